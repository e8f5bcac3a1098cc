"""Mark what one student handed in: which attempt counts, what lateness costs, what it brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cybernorms.classroom.policy import Policy
from cybernorms.classroom.reading import Given, read_time
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import (
    Choice,
    Clause,
    Match,
    Number,
    Question,
    QuestionSet,
    Several,
    Written,
)
from cybernorms.exercises.responses import Unreadable, find_id, find_ids, find_pairs, read_number

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


@dataclass(frozen=True)
class Known:
    """The mark of a response, and the options that were chosen in it."""

    mark: Mark
    chosen: tuple[str, ...]


class Marker:
    """Marks responses, and remembers those that several students give.

    Arguments:
        questions: all that can be answered, by id.
    """

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions
        self._kept: dict[str, dict[tuple[bool, str], Known]] = {id: {} for id in questions}

    def __call__(self, id: str, response: Any) -> Known:
        """Return the mark of a response to a question."""
        is_text = type(response) is str
        key = (is_text, response if is_text else repr(response))
        kept = self._kept[id]
        if (known := kept.get(key)) is not None:
            return known
        question = self.questions[id]
        given = mark(question, response)
        chosen = chosen_options(question, response, given) if given.state == "marked" else ()
        known = Known(given, chosen)
        if len(kept) < MOST_KEPT and len(key[1]) <= LONGEST_KEPT:
            kept[key] = known
        return known


def options_of(question: Question) -> list[str]:
    """Return all that can be chosen in a question, as `chosen_options` names it."""
    match question:
        case Choice() | Several():
            return [option.id for option in question.options]
        case Match():
            return [
                f"{i.id} -> {category}" for i in question.items for category in question.categories
            ]
        case Clause():
            return [f"{p.id} -> {option.id}" for p in question.parts for option in p.options]
        case Number():
            return ["correct", "defensible", *(f"{m.value:g}" for m in question.mistakes), "other"]
    return ["correct", "partly correct", "incorrect"]


def chosen_options(question: Question, response: Any, given: Mark) -> tuple[str, ...]:
    """Return what was chosen in a response that could be marked, as ids.

    For an order or a computed value it is the verdict; for a number the verdict, or the mistake
    that led to it.
    """
    try:
        match question:
            case Choice():
                if isinstance(response, list) and len(response) == 1:
                    response = response[0]
                return (find_id(response, {each.id: each.text for each in question.options}),)
            case Several():
                found = find_ids(response, {each.id: each.text for each in question.options})
                return tuple(sorted(found))
            case Match():
                pairs = find_pairs(response, {each.id: each.text for each in question.items})
                return tuple(
                    f"{id} -> {find_id(category, question.categories)}"
                    for id, category in sorted(pairs.items())
                )
            case Clause():
                pairs = find_pairs(response, {each.id: each.label for each in question.parts})
                texts = {p.id: {o.id: o.text for o in p.options} for p in question.parts}
                return tuple(
                    f"{id} -> {find_id(option, texts[id])}" for id, option in sorted(pairs.items())
                )
            case Number():
                number = read_number(response, question.unit)
                near = [m for m in question.mistakes if abs(number - m.value) <= 1e-9]
                if given.verdict == "incorrect":
                    return (f"{near[0].value:g}" if near else "other",)
    except Unreadable:
        return ()
    return (given.verdict,) if given.verdict else ()


@dataclass(frozen=True)
class Result:
    """What one answer brings.

    `credit` (0 to 1) is before and `points` after `penalty`, the share lost for lateness; both are
    None where there is nothing to count. `waiting` are the points that a teacher has still to give.
    """

    key: str
    question: Question
    state: State
    credit: float | None
    points: float | None
    waiting: float
    penalty: float
    response: Any
    known: Known | None
    attempts: int


RubricMarks = Mapping[str, Mapping[str, float]]


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


def attempts_of(hand_ins: Sequence[tuple[float | None, Sequence[Given]]]) -> dict[str, list[Given]]:
    """Return all attempts at each question, oldest first, those in several hand-ins once."""
    found: dict[str, list[Given]] = {}
    for _, answers in hand_ins:
        for answer in answers:
            found.setdefault(answer[0], []).append(answer)
    if len(hand_ins) > 1:
        for key, attempts in found.items():
            once = {repr(attempt): attempt for attempt in attempts}
            found[key] = sorted(once.values(), key=lambda each: read_time(each[2]) or 0.0)
    return found


def choose(
    attempts: Sequence[Given], set: str, question: Question, policy: Policy, marker: Marker
) -> Given | None:
    """Return the attempt that counts, or None where none was given in time."""
    if policy.attempt == "first":
        return attempts[0]
    if policy.attempt == "best" and not isinstance(question, Written):
        # The first of equals, which was the earliest.
        return max(attempts, key=lambda each: _worth(each, set, policy, marker))
    if policy.attempt == "last before deadline" and set in policy.deadlines:
        deadline = policy.deadlines[set] + policy.grace * 60
        in_time = [each for each in attempts if (read_time(each[2]) or 0.0) <= deadline]
        return in_time[-1] if in_time else None
    return attempts[-1]


def _worth(given: Given, set: str, policy: Policy, marker: Marker) -> float:
    credit = marker(given[0].removesuffix(AGAIN), given[1]).mark.credit
    return -1.0 if credit is None else credit * (1 - policy.penalty(set, read_time(given[2])))


def results_of(
    attempts: Mapping[str, Sequence[Given]],
    keys: Sequence[tuple[str, str, Question]],
    policy: Policy,
    marker: Marker,
) -> list[Result]:
    """Return what a student's answers bring, for each key in order; rubric marks not counted."""
    results = []
    for set, key, question in keys:
        given = attempts.get(key)
        if not given:
            results.append(_nothing(key, question, "not answered", 0))
            continue
        chosen = choose(given, set, question, policy, marker)
        if chosen is None:
            results.append(_nothing(key, question, "after the deadline", len(given)))
            continue
        results.append(_result(chosen, set, question, policy, marker, len(given)))
    return results


def _nothing(key: str, question: Question, state: State, attempts: int) -> Result:
    return Result(key, question, state, None, None, 0.0, 0.0, None, None, attempts)


def _result(
    given: Given, set: str, question: Question, policy: Policy, marker: Marker, attempts: int
) -> Result:
    key, response, at = given
    known = marker(question.id, response)
    credit, waiting, penalty = known.mark.credit, 0.0, 0.0
    if question.points and policy.deadlines:
        penalty = policy.penalty(set, read_time(at))
    if known.mark.state == "awaiting teacher":
        waiting = question.points * (1 - penalty)
    points = None if credit is None else credit * question.points * (1 - penalty)
    return Result(
        key,
        question,
        known.mark.state,
        credit,
        points,
        waiting,
        penalty,
        response,
        known,
        attempts,
    )
