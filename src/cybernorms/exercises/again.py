"""The questions of lesson 00, asked once more at the end: what changed in between."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.exercises.earlier import mark_answer
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import History

NO_FIRST = "You did not answer this one at the start, so there is nothing to compare it with."


class ThenAndNow(Struct, frozen=True):
    """How many questions were answered both times, and how many of these were right each time."""

    both: int
    right_then: int
    right_now: int


def chosen(given: Mark) -> str:
    """Return the words that a learner chose, as they stand in the question."""
    return "; ".join(
        f"\u201c{each.given}\u201d"
        for each in given.feedback
        if each.given and each.verdict != "missed"
    )


def what_changed(first: Mark | None, now: Mark) -> str:
    """Say in a sentence or two what became of an answer, measured by its credit.

    Arguments:
        first: the mark of the answer given at the start, or None where there is none.
        now: the mark of the answer given at the end.
    """
    if first is None or first.credit is None:
        return NO_FIRST
    then, today = first.credit, now.credit or 0.0
    if then == today == 1:
        return "You had it right at the start, and you have it right now."
    if chosen(first) == chosen(now):
        return "You answered the same at the start. The reasons say what speaks against it."
    before = f"At the start you chose {chosen(first)}."
    if today == 1:
        return f"{before} Now you have the best answer."
    if today > then:
        return f"{before} You are nearer now."
    if today < then:
        return f"{before} That was nearer: read the reasons, and decide once more."
    return f"{before} That was no better and no worse than what you choose now."


def then_and_now(questions: Sequence[Question], history: History) -> ThenAndNow:
    """Count over the questions that were answered at the start and again at the end."""
    pairs = []
    for question in questions:
        first, last = history.last(question.id), history.last(question.id + AGAIN)
        if first and last:
            pairs.append((mark_answer(question, first), mark_answer(question, last)))
    return ThenAndNow(
        both=len(pairs),
        right_then=sum(first.credit == 1 for first, _ in pairs),
        right_now=sum(now.credit == 1 for _, now in pairs),
    )
