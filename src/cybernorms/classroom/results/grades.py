"""What a student brings into the gradebook of an LMS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.results.lms_columns import Column
from cybernorms.exercises.questions import QuestionSet


class Grade(NamedTuple):
    """A student as the LMS knows them; `row` is a row of the roster.

    `points` has what each set brought, None for a set to which there is no answer; `excused` are
    the rows of the sets that need not be handed in.
    """

    name: str
    sender: Sender
    row: int | None
    points: Sequence[float | None]
    excused: tuple[int, ...] = ()


def has_marks(grade: Grade) -> bool:
    """Return whether a student has points, or none of them, in any set."""
    return any(points is not None for points in grade.points)


def in_column(
    grade: Grade, number: int, each: QuestionSet, column: Column, there: str
) -> float | str:
    """Return what stands in a column for a set: points on its scale, or the grade that is there."""
    points = grade.points[number]
    if points is None:
        return there
    return points if column.most == each.points else points / each.points * column.most
