"""Mark what one student handed in: which attempt counts, what lateness costs, what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from cybernorms.classroom.intake.answers import Answers, read_time, value_of
from cybernorms.classroom.scoring.policy import Policy
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
]


class Result(NamedTuple):
    """What one answer brings.

    `credit` (0 to 1) is before and `points` after `penalty`, the share lost for lateness; both are
    None where there is nothing to count. `chosen` is what was chosen, `response` what was given,
    as JSON, and `mark` what is said of it; `note` is what the student has to know beside that.
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
    note: str = ""

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

    def __call__(self, response: bytes) -> Result:
        """Return what a response, as JSON, brings when it is in time."""
        if (known := self._kept.get(response)) is not None:
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


# The response as JSON, and the time at which it claims to have been given.
Attempt = tuple[bytes, str]


def attempts_of(hand_ins: Sequence[Answers]) -> dict[str, list[Attempt]]:
    """Return all attempts by key, oldest first, those that stand in several hand-ins once."""
    found: dict[str, list[Attempt]] = {}
    for answers in hand_ins:
        attempted = zip(answers.responses, answers.times, strict=True)
        for key, attempt in zip(answers.keys, attempted, strict=True):
            if key in found:
                found[key].append(attempt)
            else:
                found[key] = [attempt]
    if len(hand_ins) > 1:
        for key, attempts in found.items():
            once = dict.fromkeys(attempts)
            found[key] = sorted(once, key=lambda each: read_time(each[1]) or 0.0)
    return found


def choose(attempts: Sequence[Attempt], policy: Policy, marker: Marker) -> Attempt | None:
    """Return the attempt that counts, or None where none was given in time."""
    if policy.attempt == "last":
        return attempts[-1]
    if policy.attempt == "first":
        return attempts[0]
    set, question = marker.set, marker.question
    if policy.attempt == "best" and not question.by_teacher:

        def worth(attempt: Attempt) -> float:
            response, time = attempt
            credit = marker(response).credit
            late = policy.penalty(set, read_time(time))
            return -1.0 if credit is None else credit * (1 - late)

        return max(attempts, key=worth)  # the first of equals, which was the earliest
    if policy.attempt == "last before deadline" and set in policy.deadlines:
        deadline = policy.deadlines[set] + policy.grace * 60
        in_time = [each for each in attempts if (read_time(each[1]) or 0.0) <= deadline]
        return in_time[-1] if in_time else None
    return attempts[-1]


class ScoredAnswers(NamedTuple):
    """One result for each key that counts, in order, and the key of each attempt there was."""

    results: list[Result]
    attempted: Sequence[str]


class Scorer:
    """Scores the answers of one student after the other.

    Arguments:
        keys: set, key and question of all that counts, as `keys_of` gives them.
        policy: which attempt counts, and what lateness costs.
    """

    def __init__(self, keys: Sequence[tuple[str, str, Question]], policy: Policy) -> None:
        self._policy = policy
        self._markers = [Marker(*each) for each in keys]

    def __call__(self, hand_ins: Sequence[Answers]) -> ScoredAnswers:
        """Return what a student's answers bring, without rubric marks."""
        attempts = attempts_of(hand_ins)
        results = [
            self._result(marker, attempts[marker.key]) if marker.key in attempts else marker.nothing
            for marker in self._markers
        ]
        return ScoredAnswers(results, [key for key, each in attempts.items() for _ in each])

    def _result(self, marker: Marker, attempts: Sequence[Attempt]) -> Result:
        chosen = choose(attempts, self._policy, marker)
        if chosen is None:
            return marker.nothing._replace(state="after the deadline")
        response, time = chosen
        result = marker(response)
        if marker.set not in self._policy.deadlines or not marker.question.points:
            return result
        penalty = self._policy.penalty(marker.set, read_time(time))
        if not penalty:
            return result
        points = None if result.points is None else result.points * (1 - penalty)
        return result._replace(penalty=penalty, points=points)
