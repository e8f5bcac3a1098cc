"""`hand_in()`: a small form that writes the hand-in file and says what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ipywidgets as w

from cybernorms.document import Block, Heading, Line, Paragraph, Table, plural, to_html
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import (
    FOLDER,
    LONGEST_NAME,
    describe,
    find_sets,
    hand_in_of,
    other_learner,
    write_hand_in,
)
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.record import History, Record
from cybernorms.exercises.standing import Standing, format_standing, standings
from cybernorms.widgets.inputs import row
from cybernorms.widgets.view import View, bar, button, html, show

MOST_NAMED = 6
WHAT_IT_HOLDS = (
    "The file holds your name, your answers with their times, and every attempt. "
    "Nothing is sent from here: you give the file away yourself."
)


def _open_of(standing: Standing) -> str:
    """Return the questions that are still open, by name where they are few."""
    if not standing.open:
        return "nothing"
    if len(standing.open) <= MOST_NAMED:
        return "; ".join(standing.open)
    return f"{len(standing.open)} questions, such as {'; '.join(standing.open[:3])}"


def summary_blocks(sets: Sequence[QuestionSet], history: History) -> list[Block]:
    """Return what a hand-in would hold and what is missing, by set."""
    titles = {each.id: each.title for each in sets}
    found = [each for each in standings(sets, history) if each.answered or each.use == "graded"]
    rows: list[list[Line]] = [
        [
            f"{each.set[:2]} {titles[each.set]}: {each.use}",
            f"{each.answered} of {each.questions}",
            format_standing(each),
            _open_of(each),
        ]
        for each in found
    ]
    answered = sum(each.answered for each in found)
    if not answered:
        return [
            Heading("Hand in"),
            Paragraph(
                "There was nothing to hand in when this cell was run. "
                "Once you have answered, press the button: it looks again."
            ),
        ]
    columns = ["Questions", "Answered", "Points so far", "Missing"]
    blocks: list[Block] = [
        Heading("Hand in"),
        Table("What your hand-in will hold", columns, rows),
        Paragraph(WHAT_IT_HOLDS, "note"),
    ]
    missing = sum(len(each.open) for each in found if each.use == "graded")
    if missing:
        questions = plural(missing, "graded question has", "graded questions have")
        blocks.append(
            Paragraph(f"{questions} no answer yet. You can hand in all the same, and again later.")
        )
    return blocks


class HandInForm(View):
    """A field for the name, what will be handed in, and a button that writes the file.

    Arguments:
        name: what stands in the field for the name at first.
        sets: the question sets to hand in.
        record: where the answers are kept; the learner's own record if not given.
    """

    def __init__(
        self, name: str, sets: Sequence[QuestionSet], record: Record | None = None
    ) -> None:
        self._sets = sets
        self._record = record or Record()
        self._asked = ""  # the name that is another than last time, as it was asked about
        self._summary = html("")
        self.name = row("Your name, as your teacher knows it", w.Text(value=name))
        self.write = button("Write the file", main=True)
        self.write.on_click(lambda _: self.submit())
        super().__init__([self._summary, self.name, bar(self.write), self._status], "cn-form")
        self._refresh()

    def blocks(self) -> Sequence[Block]:
        return summary_blocks(self._sets, self._record.read())

    def _refresh(self) -> None:
        self._summary.value = to_html(self.blocks())

    def submit(self) -> Path | None:
        """Write the file and say where it is, or what to do first."""
        if not self.name.value.strip():
            self.announce("problem", "Not written", "Type your name first, then press the button.")
            return None
        try:
            self._refresh()
            made = hand_in_of(self._record, self._sets, self.name.value)
            folder = self._record.folder / FOLDER
            other = other_learner(folder, made.name)
            if other and self._asked != made.name:
                self._asked = made.name
                message = f"{other}. If these answers are yours, press the button again."
                self.announce("problem", "Not written", message)
                return None
            path = write_hand_in(made, folder)
        except CyberNormsError as error:
            self.announce("problem", "Not written", str(error))
            return None
        self.announce("saved", "Your hand-in is written", describe(made, path))
        return path


def hand_in(name: str = "", sets: Sequence[str | int] | None = None) -> None:
    """Show what you can hand in, ask your name, and write the file that you give to your teacher.

    Arguments:
        name: your name, if you like to give it here.
        sets: the numbers of the question sets, such as `["02"]` or `[2]`; all of them if not given.

    Raises:
        CyberNormsError: there is no such set, or your answers cannot be opened.
    """
    show(HandInForm(name[:LONGEST_NAME], find_sets(load_question_sets(), sets)))
