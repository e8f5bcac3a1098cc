"""What a student's page says of the policy: dropped questions, more time, points by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cybernorms.classroom.scoring.days import describe_moment
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.rules import StudentRules
from cybernorms.exercises.questions import QuestionSet


class PageNotes(NamedTuple):
    """What holds for a student's page: the sets of which marks may be told, and what is said."""

    open_sets: frozenset[str]
    lines: tuple[str, ...] = ()


def page_notes(
    sets: Sequence[QuestionSet], policy: Policy, rules: StudentRules, now: float
) -> PageNotes:
    """Return what holds for the page of one student.

    Arguments:
        sets: those that count.
        policy: of this student.
        rules: what holds for this student alone.
        now: in seconds since 1970.
    """
    lines = []
    for each in sets:
        title = f"{each.id[:2]} {each.title}"
        if each.id in rules.extensions:
            until = describe_moment(policy.deadlines[each.id], policy.zone)
            lines.append(f"{title}: you have until {until}.")
        if each.id in rules.excused:
            lines.append(f"{title}: you are excused from this set.")
        if own := rules.overrides.get(each.id):
            lines.append(f"{title}: your teacher set the points of this set. {own.reason}")
        dropped = [one.name for one in each.questions if one.id in policy.drop]
        if dropped:
            lines.append(f"{title}: these questions no longer count: {', '.join(dropped)}.")
    return PageNotes(
        frozenset(each.id for each in sets if policy.is_open(each.id, now)), tuple(lines)
    )
