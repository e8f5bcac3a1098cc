"""The bank that Moodle XML makes: categories, and questions with what all kinds share."""

from __future__ import annotations

from collections.abc import Iterable

from cybernorms.classroom.export.exports import Note
from cybernorms.classroom.export.moodle_text import (
    cdata,
    decimal,
    element,
    html_element,
    nearest_fraction,
)
from cybernorms.classroom.export.question_texts import html_paragraphs, prompt_html
from cybernorms.exercises.questions import Question


class Bank:
    """The questions written so far, and what could not be carried.

    `factor` is by what the marks of the present category are multiplied.
    """

    def __init__(self) -> None:
        self.factor = 1
        self.elements: list[str] = []
        self.notes: list[Note] = []

    def note(self, question: Question, text: str, amount: str = "") -> None:
        """Note what of a question could not be carried and, where it differs, by how much."""
        self.notes.append(Note(text, question.id, amount))

    def category(self, name: str) -> None:
        """Begin a category, into which all questions go that follow."""
        path = element("text", cdata(f"$course$/top/{name}"))
        self.elements.append(element("question", element("category", path), type="category"))

    def add(self, question: Question, kind: str, body: Iterable[str], text: str = "") -> None:
        """Write a question with what all kinds share."""
        shared = [
            element("name", element("text", question.id)),
            html_element("questiontext", text or prompt_html(question)),
            html_element("generalfeedback", html_paragraphs(question.closing)),
            element("idnumber", question.id),
            element("penalty", "0.3333333"),
            element("hidden", "0"),
        ]
        if kind != "cloze":
            grade = decimal(weight_of(question) * self.factor)
            shared.insert(3, element("defaultgrade", grade))
        hint = [html_element("hint", html_paragraphs(question.hint))] if question.hint else []
        tag = element("tag", element("text", cdata(question.outcome)))
        parts = [*shared, *body, *hint, element("tags", tag)]
        self.elements.append(element("question", "\n".join(parts), type=kind))

    def fraction(self, question: Question, credit: float) -> float:
        """Return the nearest fraction that is allowed, and note where it is another credit."""
        nearest = nearest_fraction(credit)
        if abs(nearest - 100 * credit) > 0.01:
            self.note(
                question,
                f"A credit of {credit:.0%} is not among those that Moodle allows and became "
                f"{decimal(nearest)}%",
            )
        return nearest


def weight_of(question: Question) -> float:
    """Return the points of a question; one where it has none, for Moodle's quizzes need some."""
    return question.points or 1
