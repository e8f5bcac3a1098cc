"""Mark what one student handed in: which attempt counts, what lateness costs, what it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from cybernorms.classroom.policy import Policy
from cybernorms.classroom.reading import Answers, read_time, value_of
from cybernorms.classroom.results import cell
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.responses import LONGEST_TEXT

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


class Known(NamedTuple):
    """What a response brings: state and credit, what was chosen in it, its page, written text."""

    state: State
    credit: float | None
    chosen: tuple[str, ...] = ()
    page: str = ""
    text: str = ""


class Marker:
    """Marks responses, and remembers those that several students give.

    Arguments:
        questions: all that can be answered, by id.
        page: what writes a mark for a page; nothing is written if not given.
    """

    def __init__(
        self,
        questions: Mapping[str, Question],
        page: Callable[[Question, Mark], str] | None = None,
    ) -> None:
        self._questions = questions
        self._page = page
        # Hardly two students give the same answer to these: to remember them is of no use.
        self._unlike = {id for id, one in questions.items() if isinstance(one, Written)}
        self._kept: dict[str, dict[bytes, Known]] = {id: {} for id in questions}

    def __call__(self, id: str, response: bytes) -> Known:
        """Return what a response, as JSON, brings in a question."""
        if id in self._unlike:
            return self._mark(id, response)
        kept = self._kept[id]
        if (known := kept.get(response)) is None:
            known = self._mark(id, response)
            if len(kept) < MOST_KEPT and len(response) <= LONGEST_KEPT:
                kept[response] = known
        return known

    def _mark(self, id: str, encoded: bytes) -> Known:
        try:
            response = value_of(encoded)
        except RecursionError:  # nested so deeply that it could only just be read
            return Known("unreadable", None)
        question = self._questions[id]
        text = response if isinstance(question, Written) and isinstance(response, str) else ""
        if text.strip() and len(text) <= LONGEST_TEXT:  # nothing of it is marked here
            return Known("awaiting teacher", None, text=text)
        given = mark(question, response)
        page = self._page(question, given) if self._page else ""
        return Known(given.state, given.credit, given.chosen, page, text)


class Result(NamedTuple):
    """What one answer brings.

    `credit` (0 to 1) is before and `points` after `penalty`, the share lost for lateness; both are
    None where there is nothing to count. `waiting` are the points that a teacher has still to give.
    `cell` is what stands in students.csv, `chosen` what was chosen, `page` the mark as it stands on
    a page, and `text` a written answer.
    """

    key: str
    set: str
    question: Question
    state: State
    cell: str
    credit: float | None = None
    points: float | None = None
    waiting: float = 0.0
    penalty: float = 0.0
    chosen: tuple[str, ...] = ()
    page: str = ""
    text: str = ""


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


class Given(NamedTuple):
    """An attempt: the response as JSON, and when it claims to have been given."""

    response: bytes
    at: str


def attempts_of(hand_ins: Sequence[Answers]) -> dict[str, list[Given]]:
    """Return all attempts by key, oldest first, those that stand in several hand-ins once."""
    found: dict[str, list[Given]] = {}
    for answers in hand_ins:
        for key, response, at in zip(answers.keys, answers.responses, answers.times, strict=True):
            found.setdefault(key, []).append(Given(response, at))
    if len(hand_ins) > 1:
        for key, attempts in found.items():
            once = dict.fromkeys(attempts)
            found[key] = sorted(once, key=lambda each: read_time(each.at) or 0.0)
    return found


def choose(
    attempts: Sequence[Given], set: str, question: Question, policy: Policy, marker: Marker
) -> Given | None:
    """Return the attempt that counts, or None where none was given in time."""
    if policy.attempt == "first":
        return attempts[0]
    if policy.attempt == "best" and not isinstance(question, Written):

        def worth(given: Given) -> float:
            credit = marker(question.id, given.response).credit
            late = policy.penalty(set, read_time(given.at))
            return -1.0 if credit is None else credit * (1 - late)

        return max(attempts, key=worth)  # the first of equals, which was the earliest
    if policy.attempt == "last before deadline" and set in policy.deadlines:
        deadline = policy.deadlines[set] + policy.grace * 60
        in_time = [each for each in attempts if (read_time(each.at) or 0.0) <= deadline]
        return in_time[-1] if in_time else None
    return attempts[-1]


class Scored(NamedTuple):
    """One result for each key that counts, in order, and the key of each attempt there was."""

    results: list[Result]
    attempted: Sequence[str]


class Scorer:
    """Scores the answers of one student after the other.

    Arguments:
        keys: set, key and question of all that counts, as `keys_of` gives them.
        policy: which attempt counts, and what lateness costs.
        marker: what marks a response.
    """

    def __init__(
        self, keys: Sequence[tuple[str, str, Question]], policy: Policy, marker: Marker
    ) -> None:
        self._policy, self._marker = policy, marker
        self._columns = [
            _Column(
                key,
                {},
                bool(one.points and set in policy.deadlines),
                Result(key, set, one, "not answered", "not answered"),
            )
            for set, key, one in keys
        ]
        self._timed = any(column.timed for column in self._columns)

    def __call__(self, hand_ins: Sequence[Answers]) -> Scored:
        """Return what a student's answers bring, without rubric marks."""
        if self._policy.attempt == "last" and len(hand_ins) == 1:
            [only] = hand_ins
            times = dict(zip(only.keys, only.times, strict=True)) if self._timed else {}
            last = dict(zip(only.keys, only.responses, strict=True))
            return Scored(self._results(last, times), only.keys)
        attempts = attempts_of(hand_ins)
        chosen = {
            key: choose(attempts[key], nothing.set, nothing.question, self._policy, self._marker)
            for key, _, _, nothing in self._columns
            if key in attempts
        }
        given = {key: each.response for key, each in chosen.items() if each}
        times = {key: each.at if each else "" for key, each in chosen.items()}
        attempted = [key for key, each in attempts.items() for _ in each]
        return Scored(self._results(given, times), attempted)

    def _results(self, given: Mapping[str, bytes], times: Mapping[str, str]) -> list[Result]:
        """Return the result of each key.

        Arguments:
            given: the responses that count.
            times: when they were given, if that plays a part; what stands only here was too late.
        """
        results = []
        for key, seen, timed, nothing in self._columns:
            if (response := given.get(key)) is None:
                results.append(_too_late(nothing) if key in times else nothing)
                continue
            penalty = self._policy.penalty(nothing.set, read_time(times[key])) if timed else 0.0
            if penalty or (result := seen.get(response)) is None:
                result = self._result(nothing, response, penalty)
                if not penalty and len(seen) < MOST_KEPT and len(response) <= LONGEST_KEPT:
                    seen[response] = result
            results.append(result)
        return results

    def _result(self, nothing: Result, response: bytes, penalty: float) -> Result:
        key, set, question, *_ = nothing
        state, credit, chosen, page, text = self._marker(question.id, response)
        return Result(
            key,
            set,
            question,
            state,
            state if credit is None else cell(credit),
            credit,
            None if credit is None else credit * question.points * (1 - penalty),
            question.points * (1 - penalty) if state == "awaiting teacher" else 0.0,
            penalty,
            chosen,
            page,
            text,
        )


def _too_late(nothing: Result) -> Result:
    return nothing._replace(state="after the deadline", cell="after the deadline")


class _Column(NamedTuple):
    """What a scorer knows of one key.

    `seen` are the results of responses that lost nothing for lateness, as only what is `timed`
    can, and `nothing` is the result of no response.
    """

    key: str
    seen: dict[bytes, Result]
    timed: bool
    nothing: Result
