"""Which rows a lesson may show: each row of a fact that opens later says in which lesson."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from cybernorms.corpus.process import load_lessons
from cybernorms.errors import CyberNormsError

LessonNumber = str | int
EVERYTHING = "all"
"""What a reader is given in place of a lesson where rows are counted and shown to nobody."""


class Opening(Protocol):
    """A row that says which lesson opens it."""

    @property
    def opens_in(self) -> str:
        """The number of the first lesson that may show this row."""


Opens = TypeVar("Opens", bound=Opening)


def read_lesson(given: Any) -> str:
    """Return the number of a lesson as the tables have it, in two digits.

    >>> read_lesson(2), read_lesson("2"), read_lesson("02")
    ('02', '02', '02')

    Raises:
        CyberNormsError: there is no such lesson.
    """
    numbers = [lesson.number for lesson in load_lessons()]
    written = f"{given:02}" if type(given) is int else given
    number = f"0{written}" if isinstance(written, str) and len(written) == 1 else written
    if not isinstance(number, str) or number not in numbers:
        raise CyberNormsError(
            f"There is no lesson {given!r}",
            remedy=f"Write the number of a lesson, from {numbers[0]} to {numbers[-1]}, "
            f'for example lesson="{numbers[2]}"',
        )
    return number


def _last_open(lesson: LessonNumber) -> str:
    """Return the number of the last lesson whose rows are open."""
    return load_lessons()[-1].number if lesson == EVERYTHING else read_lesson(lesson)


def is_open(opens_in: str, lesson: LessonNumber) -> bool:
    """Return whether a lesson may show what opens in another; what opens in none stays closed.

    Raises:
        CyberNormsError: there is no such lesson.
    """
    return "" < opens_in <= _last_open(lesson)


def open_rows(rows: Iterable[Opens], lesson: LessonNumber) -> tuple[Opens, ...]:
    """Return the rows that a lesson may show.

    Raises:
        CyberNormsError: there is no such lesson.
    """
    last = _last_open(lesson)
    return tuple(each for each in rows if "" < each.opens_in <= last)


def from_lesson(first: str, given: Any, what: str) -> str:
    """Return the number of a lesson, which has to be the first that shows something or a later one.

    Arguments:
        first: the number of the first lesson that shows it.
        given: the lesson that is asked for.
        what: what is shown, in the singular, for the message.

    Raises:
        CyberNormsError: there is no such lesson, or nothing is open in it yet.
    """
    number = read_lesson(given)
    if number < first:
        raise CyberNormsError(
            f"No {what} opens before lesson {first}, and this is lesson {number}",
            remedy=f'Write lesson="{first}", or leave it out',
        )
    return number
