"""A question of lesson 00 asked again at the end of the course, beside its first answer."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from cybernorms.cards.form import Form
from cybernorms.cards.other_windows import format_moment
from cybernorms.document import Block, Inline, Paragraph, Strong, line_text
from cybernorms.exercises.again import what_changed
from cybernorms.exercises.earlier import mark_answer
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.question_blocks import format_minutes, head_blocks, title_line
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record


class FormAgain(Form):
    """A question of lesson 00 at the end of the course: with reasons, and with what changed.

    The answer is kept beside the first one, which stays as it was.
    """

    def __init__(self, question: Question, record: Record | None = None) -> None:
        super().__init__(replace(question, use="practice"), record, key=question.id + AGAIN)

    def kind_line(self) -> str:
        return f"From lesson 00, asked again, no points, {format_minutes(self.question)}"

    def blocks(self) -> Sequence[Block]:
        top = title_line(self.question, self.kind_line())
        return [top, *head_blocks(self.question)[1:], *self.question.offer_blocks()]

    def result_blocks(self, given: Mark) -> list[Block]:
        then = Paragraph(then_and_now(self.record, self.question, given))
        return [then, *super().result_blocks(given)]


def then_and_now(record: Record, question: Question, now: Mark) -> list[Inline]:
    """Return what changed since a question was first answered, with the day of that answer."""
    first = record.read().last(question.id)
    if first is None:
        return [Strong("Then and now. "), what_changed(None, now)]
    message = what_changed(mark_answer(question, first), now)
    return [
        Strong("Then and now. "),
        f"{message} Your first answer was saved {format_moment(first.time)}.",
    ]


def then_and_now_text(record: Record, question: Question, now: Mark) -> str:
    """Return what changed since a question was first answered, as plain text."""
    return line_text(then_and_now(record, question, now))
