"""The policy of a course: deadlines, late answers, attempts, and what students are told when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from msgspec.structs import replace as with_fields

from cybernorms.classroom.scoring.days import days_late
from cybernorms.classroom.scoring.rules import NamedRules
from cybernorms.exercises.questions import QuestionSet

MODES = ("self-study", "classroom", "graded")
ATTEMPTS = ("last", "first", "best", "last before deadline")
HAND_INS = ("last", "best", "per question last")
FEEDBACK = ("at once", "after deadline")


@dataclass(frozen=True)
class Policy:
    """How a class is marked; what is not said in the policy file is as it is here.

    `deadlines` has seconds since 1970 by set; `zone` is where a day begins and ends; `per_day` and
    `at_most` are shares of an answer's points, from 0 to 1, that it loses for each day begun after
    the deadline, and at most; `grace` is in minutes; `sets` are the sets that count, all that were
    handed in if empty. `drop` are the ids of questions that count for nobody, `full_marks` of those
    for which everybody has all points. `named` holds for some students alone.
    """

    mode: str = "graded"
    attempt: str = "last"
    hand_ins: str = "last"
    feedback: str = "at once"
    sets: tuple[str, ...] = ()
    deadlines: Mapping[str, float] = field(default_factory=dict, hash=False)
    zone: tzinfo | None = None
    per_day: float = 0.0
    at_most: float = 1.0
    grace: float = 0.0
    drop: frozenset[str] = frozenset()
    full_marks: frozenset[str] = frozenset()
    named: NamedRules = field(default_factory=NamedRules, hash=False)

    def penalty(self, set: str, time: float | None) -> float:
        """Return the share of its points that an answer loses for being late, from 0 to 1."""
        deadline = self.deadlines.get(set)
        if deadline is None or time is None or time <= deadline + self.grace * 60:
            return 0.0
        return min(self.at_most, days_late(time, deadline, self.zone) * self.per_day)

    def is_late(self, set: str, time: float) -> bool:
        """Return whether an answer comes after the deadline of its set and the minutes of grace."""
        deadline = self.deadlines.get(set)
        return deadline is not None and time > deadline + self.grace * 60

    def with_extensions(self, extensions: Mapping[str, float]) -> Policy:
        """Return the policy for a student who has more time; of two dates the later one counts."""
        later = {
            set: max(deadline, extensions.get(set, deadline))
            for set, deadline in self.deadlines.items()
        }
        return replace(self, deadlines=later)

    def is_open(self, set: str, now: float) -> bool:
        """Return whether the marks and reasons of a set may be told by now."""
        return self.feedback == "at once" or self.deadlines.get(set, now) <= now

    def apply_to(self, sets: tuple[QuestionSet, ...]) -> tuple[QuestionSet, ...]:
        """Return question sets in which dropped questions bring no points."""
        if not self.drop:
            return sets
        return tuple(
            with_fields(
                each,
                questions=tuple(
                    with_fields(one, points=0.0) if one.id in self.drop else one
                    for one in each.questions
                ),
            )
            for each in sets
        )
