"""A quiz in the text that text2qti makes a QTI zip of.

Source of the form: https://github.com/gpoore/text2qti.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from cybernorms.classroom.export.exports import Note, zip_of
from cybernorms.classroom.export.question_texts import (
    count_points,
    prompt_text,
    reason_of,
)
from cybernorms.classroom.export.weights import in_steps
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question

STEP = 0.5  # text2qti knows half points and no smaller ones
_MARKS = re.compile(r"[\\`*_\[\]{}#!$]|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def text_line(text: str) -> str:
    """Return text in one line in which no character has a meaning of its own.

    >>> text_line("5 * 3 < 20 & [a]\\n$x$")
    '5 \\\\* 3 &lt; 20 &amp; \\\\[a\\\\] \\\\$x\\\\$'
    """
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKS.sub(r"\\\g<0>", line)


@dataclass(frozen=True)
class Entry:
    """A question as text2qti reads it: title, points, prompt, general feedback and answers.

    `question` is the id of the one that it is made of, whole or in part.
    """

    question: str
    title: str
    points: float
    prompt: str
    feedback: str
    answers: Sequence[str]


class Quiz:
    """The entries of one set, and what could not be carried.

    Arguments:
        factor: by what all points are multiplied.
    """

    def __init__(self, factor: int = 1) -> None:
        self.factor = factor
        self.entries: list[Entry] = []
        self.notes: list[Note] = []
        self.for_graders: list[str] = []

    @property
    def points(self) -> float:
        """Return the points of all entries."""
        return sum(entry.points for entry in self.entries)

    def has(self, question: Question) -> bool:
        """Return whether a question has an entry."""
        return any(entry.question == question.id for entry in self.entries)

    def note(self, question: Question, text: str, amount: str = "") -> None:
        self.notes.append(Note(text, question.id, amount))

    def add(
        self,
        question: Question,
        answers: Sequence[str],
        *,
        part: str = "",
        points: float | None = None,
        prompt: str = "",
        feedback: str | None = None,
    ) -> None:
        """Add an entry for a question, or with `part` for one part of it."""
        if points is None:
            wanted = question.points * self.factor
            points = in_steps(wanted, STEP)
            if abs(points - wanted) > 1e-9:
                self.note(
                    question, f"{format_points(points)} points in place of {format_points(wanted)}"
                )
        self.entries.append(
            Entry(
                question=question.id,
                title=f"{question.id}, {part}" if part else question.id,
                points=points,
                prompt=prompt or prompt_text(question),
                feedback=question.closing if feedback is None else feedback,
                answers=answers,
            )
        )

    def parts(self, question: Question, count: int) -> float:
        """Return the points of each part of a question that becomes several questions."""
        wanted = question.points * self.factor
        each = in_steps(wanted / count, STEP)
        message = f"It became {count} questions of {count_points(each)}"
        if abs(each * count - wanted) > 1e-9:
            message += (
                f", together {format_points(each * count)} in place of {format_points(wanted)}"
            )
        self.note(question, message)
        return each

    def text(self, title: str) -> str:
        lines = [f"Quiz title: {text_line(title)}", "Shuffle answers: false", ""]
        for number, entry in enumerate(self.entries, start=1):
            lines += [f"Title: {text_line(entry.title)}", f"Points: {format_points(entry.points)}"]
            lines.append(f"{number}. {text_line(entry.prompt)}")
            if entry.feedback:
                lines.append(f"... {text_line(entry.feedback)}")
            lines += [*entry.answers, ""]
        return "\n".join(lines)


def choice_lines(answers: Sequence[tuple[str, str, bool]]) -> list[str]:
    """Return the lines of a choice: text, reason, and whether it is the one that counts."""
    lines = []
    for index, (text, reason, right) in enumerate(answers):
        lines.append(f"{'*' if right else ''}{_letter(index)}) {text_line(text)}")
        if reason:
            lines.append(f"... {text_line(reason)}")
    return lines


def option_lines(options: Sequence[Option]) -> list[str]:
    """Return the lines of a choice of which the first correct option counts."""
    first = next(option for option in options if option.verdict == "correct")
    return choice_lines([(each.text, reason_of(each), each is first) for each in options])


def _letter(index: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[index]


def zipped(text: str) -> bytes:
    """Return the zip that text2qti makes, with times that are always the same."""
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz as Text2QtiQuiz

    made = QTI(Text2QtiQuiz(text, config=Config())).zip_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return zip_of({name: archive.read(name) for name in archive.namelist()})
