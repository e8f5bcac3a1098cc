"""Mark what one student handed in: which attempt counts, what lateness costs, what it brings."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from cybernorms.classroom.intake.answers import Answers, value_of
from cybernorms.classroom.scoring.attempts import Attempt, History, attempts_of
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.rules import Override
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import Question, QuestionSet

LONGEST_KEPT = 2_000
MOST_KEPT = 400

State = Literal[
    "marked",
    "blank",
    "unreadable",
    "awaiting teacher",
    "not answered",
    "after the deadline",
    "dropped",
    "full marks",
]


class Result(NamedTuple):
    """What one answer brings.

    `credit` (0 to 1) is before and `points` after `penalty`, the share lost for lateness; both are
    None where there is nothing to count. `chosen` is what was chosen, `response` what was given,
    as JSON, and `mark` what is said of it. `lost` are the points that lateness cost, and `in_time`
    those that the last answer in time would bring, None where this one is not late. `override`
    are points that stand in place of those that were reckoned.
    """

    key: str
    set: str
    question: Question
    state: State
    credit: float | None = None
    points: float | None = None
    penalty: float = 0.0
    chosen: tuple[str, ...] = ()
    response: bytes = b""
    mark: Mark | None = None
    lost: float = 0.0
    in_time: float | None = None
    override: Override | None = None

    @property
    def waiting(self) -> float:
        """Return the points that a teacher has still to give."""
        if self.state != "awaiting teacher":
            return 0.0
        return self.question.points * (1 - self.penalty)

    @property
    def text(self) -> str:
        """Return a written answer, or nothing."""
        if not self.response or not isinstance(self.question, Written):
            return ""
        response = value_of(self.response)
        return response if isinstance(response, str) else ""


class Marker:
    """Marks responses to one question, and remembers what those bring that several students give.

    Arguments:
        set: the id of the question's set.
        key: by which the question stands in hand-ins.
        question: the question.
    """

    def __init__(self, set: str, key: str, question: Question) -> None:
        self.set, self.key, self.question = set, key, question
        self.nothing = Result(key, set, question, "not answered")
        self._kept: dict[bytes, Result] = {}
        self.known = self._kept.get

    def __call__(self, response: bytes) -> Result:
        """Return what a response, as JSON, brings when it is in time."""
        if (known := self.known(response)) is not None:
            return known
        given = self._mark(response)
        question, credit = self.question, given.credit
        points = None if credit is None else credit * question.points
        result = Result(
            *(self.key, self.set, question, given.state, credit, points, 0.0),
            *(given.chosen, response, given),
        )
        # Hardly two students write the same text.
        if (
            not question.by_teacher
            and len(response) <= LONGEST_KEPT
            and len(self._kept) < MOST_KEPT
        ):
            self._kept[response] = result
        return result

    def _mark(self, encoded: bytes) -> Mark:
        try:
            response = value_of(encoded)
        except RecursionError:  # nested so deeply that it could only just be read
            question = self.question
            return Mark(question.id, "unreadable", None, None, question.points, "", ())
        return mark(self.question, response)


def is_answer(result: Result) -> bool:
    """Return whether anything was handed in for a question, in time or not."""
    return result.state != "not answered"


def keys_of(sets: Sequence[QuestionSet]) -> list[tuple[str, str, Question]]:
    """Return set, key and question of all that can be answered, in order.

    Questions before the course have a second key, for the same question after it.
    """
    found = []
    for each in sets:
        for question in each.questions:
            found.append((each.id, question.id, question))
            if question.use == "entry":
                found.append((each.id, question.id + AGAIN, question))
    return found


def choose(
    attempts: Sequence[Attempt], policy: Policy, marker: Marker, history: History
) -> Attempt | None:
    """Return the attempt that counts, or None where none was given in time."""
    if policy.attempt == "last":
        return attempts[-1]
    if policy.attempt == "first":
        return attempts[0]
    if policy.attempt == "best" and not marker.question.by_teacher:

        def worth(attempt: Attempt) -> float:
            credit = marker(attempt[0]).credit
            if credit is None:
                return -1.0
            return credit * (1 - penalty_of(attempt, policy, marker, history))

        return max(attempts, key=worth)  # the first of equals, which was the earliest
    if policy.attempt == "last before deadline" and marker.set in policy.deadlines:
        in_time = [one for one in attempts if not is_late(one, policy, marker, history)]
        return in_time[-1] if in_time else None
    return attempts[-1]


def is_late(attempt: Attempt, policy: Policy, marker: Marker, history: History) -> bool:
    """Return whether an answer was given, or changed to what it is, after the deadline."""
    set, question = marker.set, marker.question
    # Only what is late by its own time can be in time by that of an equal answer before it.
    return policy.is_late(set, history.time_of(attempt)) and policy.is_late(
        set, history.since(marker.key, question, attempt)
    )


def penalty_of(attempt: Attempt, policy: Policy, marker: Marker, history: History) -> float:
    """Return the share of its points that an attempt loses, by when its answer last changed."""
    set, question = marker.set, marker.question
    if set not in policy.deadlines or not policy.is_late(set, history.time_of(attempt)):
        return 0.0
    return policy.penalty(set, history.since(marker.key, question, attempt))


class ScoredAnswers(NamedTuple):
    """One result for each key that counts, in order, and the key of each attempt there was.

    `lacking` is, by set, how many questions have answers only in hand-ins that do not count.
    """

    results: list[Result]
    attempted: Sequence[str]
    lacking: Mapping[str, int] = {}


class Scorer:
    """Scores the answers of one student after the other.

    Arguments:
        keys: set, key and question of all that counts, as `keys_of` gives them.
        policy: which attempt counts, and what lateness costs.
        now: the time at which an answer counts as given where nothing says when it was.
    """

    def __init__(
        self,
        keys: Sequence[tuple[str, str, Question]],
        policy: Policy,
        now: float | None = None,
    ) -> None:
        self._policy = policy
        self._markers = [Marker(*each) for each in keys]
        self._now = clock.time() if now is None else now

    def history(self, hand_ins: Sequence[Answers]) -> History:
        """Return since when the answers of all of a student's hand-ins stand."""
        return History(hand_ins, self._now)

    def __call__(
        self,
        hand_ins: Sequence[Answers],
        *,
        history: History | None = None,
        policy: Policy | None = None,
    ) -> ScoredAnswers:
        """Return what a student's answers bring, without rubric marks.

        Arguments:
            hand_ins: those from which the attempt is chosen that counts.
            history: of all hand-ins of the student, if these are not all.
            policy: of this student, if it is not that of the class.
        """
        policy = policy or self._policy
        if policy.attempt == "last" and not policy.deadlines and len(hand_ins) == 1:
            return self._last_of(hand_ins[0])
        history = history or self.history(hand_ins)
        attempts = history.attempts if history.hand_ins is hand_ins else attempts_of(hand_ins)
        results = [
            self._result(marker, attempts[marker.key], policy, history)
            if marker.key in attempts
            else marker.nothing
            for marker in self._markers
        ]
        return ScoredAnswers(results, [key for key, each in attempts.items() for _ in each])

    def _last_of(self, answers: Answers) -> ScoredAnswers:
        """Return what the last answers of a hand-in bring where nothing can be late."""
        last = dict(zip(answers.keys, answers.responses, strict=True))
        results = [
            each.nothing
            if (response := last.get(each.key)) is None
            else each.known(response) or each(response)
            for each in self._markers
        ]
        return ScoredAnswers(results, answers.keys)

    def _result(
        self, marker: Marker, attempts: Sequence[Attempt], policy: Policy, history: History
    ) -> Result:
        chosen = choose(attempts, policy, marker, history)
        if chosen is None:
            lost = marker(attempts[-1][0]).points or 0.0
            return marker.nothing._replace(state="after the deadline", lost=lost)
        result = marker(chosen[0])
        if marker.set not in policy.deadlines or not marker.question.points:
            return result
        penalty = penalty_of(chosen, policy, marker, history)
        if not penalty:
            return result
        in_time = _points_in_time(marker, policy, history)
        return with_credit(result._replace(penalty=penalty, in_time=in_time), result.credit)


def _points_in_time(marker: Marker, policy: Policy, history: History) -> float:
    """Return the points of the last answer that was given before the deadline."""
    since = history.all_since(marker.key, marker.question)
    in_time = [one for one, began in since.items() if not policy.is_late(marker.set, began)]
    return (marker(in_time[-1][0]).points or 0.0) if in_time else 0.0


def with_credit(result: Result, credit: float | None) -> Result:
    """Return a result with a credit, from 0 to 1 or None, from which its penalty is taken."""
    if credit is None:
        return result._replace(credit=None, points=None)
    points = credit * result.question.points
    return result._replace(
        credit=credit, points=points * (1 - result.penalty), lost=points * result.penalty
    )
