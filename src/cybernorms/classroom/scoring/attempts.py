"""A student's attempts at each question: in which order they were made, and since when each stands.

An answer is as late as when it last changed. Whoever presses Check again on the same answer loses
nothing by it, and whoever tries all answers before the deadline gains nothing by choosing later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from cybernorms.classroom.intake.answers import Answers, read_time, value_of
from cybernorms.exercises.questions import Question
from cybernorms.exercises.responses import is_blank

MOST_COMPARED = 50  # hand-ins of one student, each of which is held against each
MOST_ENTRIES = 100_000  # answers in them
# The response as JSON, and the time at which it claims to have been given.
Attempt = tuple[bytes, str]


def attempts_of(hand_ins: Sequence[Answers]) -> dict[str, list[Attempt]]:
    """Return all attempts by key, oldest first, those that stand in several hand-ins once."""
    if len(hand_ins) > 1:
        apart = [_by_key(each) for each in not_contained(hand_ins)]
        return {
            key: _merged(key, apart) for key in dict.fromkeys(key for each in apart for key in each)
        }
    return _by_key(hand_ins[0]) if hand_ins else {}


def _by_key(answers: Answers) -> dict[str, list[Attempt]]:
    found: dict[str, list[Attempt]] = {}
    attempted = zip(answers.responses, answers.times, strict=True)
    for key, attempt in zip(answers.keys, attempted, strict=True):
        if key in found:
            found[key].append(attempt)
        else:
            found[key] = [attempt]
    return found


def _merged(key: str, apart: Sequence[dict[str, list[Attempt]]]) -> list[Attempt]:
    """Return the attempts of several hand-ins in one order.

    Between hand-ins the times decide. Within one its order does, since a record only grows,
    whatever the clock of the computer has done meanwhile.
    """
    placed: dict[Attempt, tuple[float, int, int]] = {}
    for number, attempts in enumerate(each[key] for each in apart if key in each):
        latest = 0.0
        for index, attempt in enumerate(attempts):
            latest = max(latest, read_time(attempt[1]) or 0.0)
            placed.setdefault(attempt, (latest, number, index))
    return sorted(placed, key=placed.__getitem__)


def not_contained(hand_ins: Sequence[Answers]) -> list[Answers]:
    """Return the hand-ins without those all of whose entries another one has."""
    if not _can_be_compared(hand_ins):
        return list(hand_ins)
    entries = [each.entries for each in hand_ins]
    return [
        each
        for row, each in enumerate(hand_ins)
        if not any(
            entries[row] < other or (entries[row] == other and row < number)
            for number, other in enumerate(entries)
            if number != row
        )
    ]


def in_order(hand_ins: Sequence[Answers]) -> list[int]:
    """Return the order in which hand-ins were made, as indexes, the last one last.

    Whatever holds all entries of another was made after it, since a record only grows; so a clock
    that runs ahead decides nothing. Two files of Canvas are in the order of its own numbers, and
    for the rest the hand-ins stay in the order in which they come.

    Arguments:
        hand_ins: those of one student, by the times at which they say that they were made.
    """
    rest = list(range(len(hand_ins)))
    if len(rest) < 2 or not _can_be_compared(hand_ins):
        return rest
    before = {row: {other for other in rest if _comes_before(hand_ins, other, row)} for row in rest}
    found: list[int] = []
    while rest:
        first = next((row for row in rest if before[row].isdisjoint(rest)), rest[0])
        found.append(first)
        rest.remove(first)
    return found


def _comes_before(hand_ins: Sequence[Answers], one: int, other: int) -> bool:
    first, second = hand_ins[one], hand_ins[other]
    if first.number and second.number:
        return first.number < second.number
    return first.entries < second.entries


def _can_be_compared(hand_ins: Sequence[Answers]) -> bool:
    """Return whether hand-ins are few enough to hold each against each, as all honest ones are."""
    return (
        len(hand_ins) <= MOST_COMPARED and sum(len(each.keys) for each in hand_ins) <= MOST_ENTRIES
    )


def meaning_of(question: Question, response: bytes) -> Any:
    """Return what a response means, which is equal for equal answers.

    Two answers are equal where the question reads the same out of them: the same options in
    whatever order they were ticked, the same places in whatever order they were filled, the same
    number however it is written, the same text but for spaces at its ends. Answers that say nothing
    are equal to each other, and those that cannot be read where the same stands in them.
    """
    try:
        value = value_of(response)
    except RecursionError:  # nested so deeply that it could only just be read
        return response
    if not question.may_be_empty and is_blank(value):
        return None
    try:
        read = question.in_its_order(question.read_response(value))
    except Exception:  # it cannot be read as an answer to this question
        return response
    return read.strip() if isinstance(read, str) else read


class History:
    """Since when each attempt of a student has stood unchanged, over all hand-ins.

    Arguments:
        hand_ins: all that the student handed in, in order.
        now: the time at which an answer counts as given where nothing says when it was, or where
            its own time is still to come.
    """

    def __init__(self, hand_ins: Sequence[Answers], now: float) -> None:
        self.hand_ins, self._now = hand_ins, now
        self._since: dict[str, dict[Attempt, float]] = {}

    @cached_property
    def attempts(self) -> dict[str, list[Attempt]]:
        """Return all attempts by key, oldest first."""
        return attempts_of(self.hand_ins)

    def time_of(self, attempt: Attempt) -> float:
        """Return when an attempt was made, in seconds since 1970, which was not after now."""
        time = read_time(attempt[1])
        return self._now if time is None else min(time, self._now)

    def since(self, key: str, question: Question, attempt: Attempt) -> float:
        """Return when an answer was first given that has not changed up to this attempt.

        Arguments:
            key: of the question in hand-ins.
            question: which says when two answers are equal.
            attempt: one of the student's.
        """
        return self.all_since(key, question)[attempt]

    def all_since(self, key: str, question: Question) -> dict[Attempt, float]:
        """Return since when each attempt at a question stands, oldest attempt first."""
        if key not in self._since:
            self._since[key] = self._unbroken(self.attempts.get(key, []), question)
        return self._since[key]

    def _unbroken(self, attempts: Sequence[Attempt], question: Question) -> dict[Attempt, float]:
        found: dict[Attempt, float] = {}
        previous, began = b"", 0.0
        for number, attempt in enumerate(attempts):
            response, time = attempt[0], self.time_of(attempt)
            unchanged = number and (
                response == previous
                or meaning_of(question, response) == meaning_of(question, previous)
            )
            began = min(began, time) if unchanged else time
            previous = response
            found.setdefault(attempt, began)
        return found
