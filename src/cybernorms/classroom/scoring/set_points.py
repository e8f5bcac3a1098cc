"""What a student's answers bring in each set, and what lateness took of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cybernorms.classroom.scoring.rules import Override, StudentRules
from cybernorms.classroom.scoring.scorer import Result


class SetPoints(NamedTuple):
    """What one student has in one set; `points` is None where there is nothing to count.

    `out_of` are the points that can be had, `waiting` those that a teacher has still to give, and
    `grade` is what the LMS is told. `lost` are the points that lateness cost, `at_risk` those that
    it will cost of what is not marked yet, and `more_in_time` is how much more the answers would
    bring that were given in time. `excused` and `override` are as the policy says.
    """

    points: float | None
    out_of: float
    waiting: float | None = None
    lost: float | None = None
    grade: float | None = None
    late: bool = False
    at_risk: float = 0.0
    more_in_time: float = 0.0
    excused: bool = False
    override: Override | None = None


def set_points(
    columns: Mapping[str, Sequence[int]],
    results: Sequence[Result],
    rules: StudentRules,
    mode: str,
) -> list[SetPoints]:
    """Return what a student has in each set that brings points, in order.

    Arguments:
        columns: the indexes of the results of each set that bring points.
        results: those of the student.
        rules: what holds for this student alone.
        mode: of the policy.
    """
    found = []
    for id, indexes in columns.items():
        each = _sums([results[index] for index in indexes], taking_part=mode == "classroom")
        if own := rules.overrides.get(id):
            each = SetPoints(own.points, each.out_of, 0.0, 0.0, own.points, override=own)
        if id in rules.excused and each.points is None:
            each = each._replace(excused=True)
        found.append(each)
    return found


def _sums(results: Sequence[Result], *, taking_part: bool) -> SetPoints:
    """Return the sums over the graded questions of a set, None where none was answered."""
    out_of = points = waiting = lost = grade = at_risk = more = 0.0
    answered = late = False
    for result in results:
        most, state = result.question.points, result.state
        out_of += most
        if state == "not answered":
            continue
        answered = True
        points += result.points or 0.0
        if state == "marked":
            grade += most
        elif state == "awaiting teacher":
            grade += most
            waiting += result.waiting
        if result.penalty or state == "after the deadline":
            late = True
            lost += result.lost
            if state == "awaiting teacher":
                at_risk += most * result.penalty
            if result.in_time is not None and not result.question.by_teacher:
                more += result.in_time - (result.points or 0.0)
    if not answered:
        return SetPoints(None, out_of)
    if not taking_part:
        grade = points
    return SetPoints(points, out_of, waiting, lost, grade, late, at_risk, more)
