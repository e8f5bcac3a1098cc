"""A card that writes the hand-in file and says what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cybernorms.cards.card import Card, Values, text_of
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Ask, Button, Entry, Html, Part
from cybernorms.document import Block, Heading, Line, Paragraph, Table, plural
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import (
    FOLDER,
    describe,
    hand_in_of,
    other_learner,
    write_hand_in,
)
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.record import History, Record
from cybernorms.exercises.standing import Standing, format_standing, standings

NAME, WRITE, LOOK = "name", "write", "look"
MOST_NAMED = 6
WHAT_IT_HOLDS = (
    "The file holds your name, your answers with their times, and every attempt. "
    "Nothing is sent from here: you give the file away yourself."
)
ASKED = "Your name, as your teacher knows it"


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
                "There was nothing to hand in when this was last looked at. "
                "Once you have answered, press the button: it looks again."
            ),
        ]
    columns = ["Questions", "Answered", "Points so far", "Missing"]
    blocks: list[Block] = [
        Heading("Hand in"),
        Table("What your hand-in will hold", columns, rows, fold=False),
        Paragraph(WHAT_IT_HOLDS, "note"),
    ]
    missing = sum(len(each.open) for each in found if each.use == "graded")
    if missing:
        questions = plural(missing, "graded question has", "graded questions have")
        blocks.append(
            Paragraph(f"{questions} no answer yet. You can hand in all the same, and again later.")
        )
    return blocks


class HandIn(Card):
    """A field for the name, what will be handed in, and a button that writes the file.

    Arguments:
        name: what stands in the field for the name at first.
        sets: the question sets to hand in.
        record: where the answers are kept; the learner's own record if not given.
    """

    label = "Hand in"
    key = "hand-in"

    def __init__(
        self, name: str, sets: Sequence[QuestionSet], record: Record | None = None
    ) -> None:
        super().__init__(record)
        self._sets = sets
        self._name = name
        self._asked = ""  # the name that is another than last time, as it was asked about

    def blocks(self) -> Sequence[Block]:
        return summary_blocks(self._sets, self.record.read())

    def values(self) -> Values:
        return {NAME: self._name}

    def press(self, name: str, values: Values, item: str) -> None:
        self._name = text_of(values.get(NAME))
        if name == WRITE:
            self.submit(self._name)

    def submit(self, name: str) -> Path | None:
        """Write the file and say where it is, or what to do first."""
        if not name.strip():
            self.complain("Not written", "Type your name first, then press the button.")
            return None
        try:
            made = hand_in_of(self.record, self._sets, name)
            folder = self.record.folder / FOLDER
            other = other_learner(folder, made.name)
            if other and self._asked != made.name:
                self._asked = made.name
                message = f"{other}. If these answers are yours, press the button again."
                self.complain("Not written", message)
                return None
            path = write_hand_in(made, folder)
        except CyberNormsError as error:
            self.complain("Not written", str(error))
            return None
        self.say_saved(f"Your hand-in is written. {describe(made, path)}")
        return path

    def parts(self) -> list[Part]:
        try:
            page = self.blocks()
        except CyberNormsError as error:
            page = [Heading("Hand in"), Paragraph(str(error))]
        return [
            Html(page_html(page)),
            Ask(ASKED, Entry(NAME, ASKED)),
            Actions(
                [Button(WRITE, "Write the file", main=True), Button(LOOK, "Look again")], said=True
            ),
        ]
