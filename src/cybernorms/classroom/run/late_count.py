"""What lateness costs a class by its policy: told, and asked about where it costs most students."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.classroom.scoring.days import describe_moment
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.set_points import SetPoints
from cybernorms.classroom.tables import plural
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.questions import QuestionSet


class _Count:
    """Of one set or of all: who handed in, who was late, who lost most of it, the points lost."""

    def __init__(self) -> None:
        self.students = self.late = self.heavy = 0
        self.lost = 0.0

    def add(self, sets: Sequence[SetPoints]) -> None:
        sets = [each for each in sets if each.points is not None and not each.override]
        if not sets:
            return
        lost = sum(each.lost or 0.0 for each in sets)
        gone = lost + sum(each.at_risk for each in sets)
        left = sum((each.points or 0.0) + (each.waiting or 0.0) for each in sets)
        self.students += 1
        self.late += any(each.late for each in sets)
        self.heavy += gone > left
        self.lost += lost

    @property
    def is_heavy(self) -> bool:
        return 2 * self.heavy > self.students

    def describe(self) -> str:
        late = f"{self.late:,} of {plural(self.students, 'student')}"
        return f"{late}, {format_points(self.lost)} points lost"


class LateCount:
    """Counts what lateness costs a class, as students are marked.

    Arguments:
        sets: those that bring points.
        policy: of the class.
    """

    def __init__(self, sets: Sequence[QuestionSet], policy: Policy) -> None:
        self._sets, self._policy = sets, policy
        self._all = _Count()
        self._of_set = [_Count() for _ in sets]
        self._would_have_more = 0

    def add(self, points: Sequence[SetPoints]) -> None:
        """Count one student."""
        if not self._policy.deadlines:
            return
        self._all.add(points)
        for count, each in zip(self._of_set, points, strict=True):
            count.add([each])
        self._would_have_more += sum(each.more_in_time for each in points) > 1e-9

    def summary(self) -> str:
        """Return what lateness costs, as a sentence, or nothing."""
        return f"Late by your policy: {self._all.describe()}." if self._all.late else ""

    def lines(self) -> list[str]:
        """Return a line on each set for which somebody was late, and what would have been."""
        lines = [
            f"{self._due(each)}: {count.describe()}."
            for each, count in zip(self._sets, self._of_set, strict=True)
            if count.late
        ]
        if more := self._would_have_more:
            lines.append(
                f"{plural(more, 'student')} would have more points by the answers given in time; "
                'attempt = "last before deadline" in the policy counts those.'
            )
        return lines

    def _due(self, each: QuestionSet) -> str:
        deadline = self._policy.deadlines.get(each.id)
        if deadline is None:
            return each.id
        return f"{each.id}, due {describe_moment(deadline, self._policy.zone)}"

    def takes_most(self) -> list[str]:
        """Return a line on each set of which most students lose more than half of their points."""
        counts = zip(self._sets, self._of_set, strict=True)
        lines = [f"{self._due(each)}: {_heavy(count)}" for each, count in counts if count.is_heavy]
        if not lines and self._all.is_heavy:
            lines.append(f"all sets together: {_heavy(self._all)}")
        return lines


def _heavy(count: _Count) -> str:
    lose = "loses" if count.heavy == 1 else "lose"
    return (
        f"{count.heavy:,} of {plural(count.students, 'student')} {lose} more than half of their "
        "points for lateness"
    )
