"""Mark what one student handed in: which attempt counts, what lateness costs, what it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from cybernorms.classroom.policy import Policy
from cybernorms.classroom.reading import Given, read_time
from cybernorms.classroom.results import cell
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import (
    Choice,
    Clause,
    Item,
    Match,
    Number,
    Order,
    Question,
    QuestionSet,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.reading import read_response
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


@dataclass(slots=True)  # not frozen: that takes three times as long to make, and many are made
class Known:
    """What a response brings: its state and credit, the options chosen in it, its page.

    `results` are those that it had where time plays no part, by key.
    """

    state: State
    credit: float | None
    chosen: tuple[str, ...] = ()
    page: str = ""
    results: dict[str, Result] = field(default_factory=dict, compare=False)


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
        # Nothing of a text is marked here, not even its length.
        self._waiting = {
            id: Known("awaiting teacher", None)
            for id, one in questions.items()
            if isinstance(one, Written)
        }
        self._parts = {id: parts for id, one in questions.items() if (parts := parts_of(one))}
        self._kept: dict[str, dict[tuple[bool, str], Known]] = {id: {} for id in questions}

    def __call__(self, id: str, response: Any) -> Known:
        """Return what a response to a question brings."""
        is_text = type(response) is str
        if is_text and id in self._waiting and response.strip() and len(response) <= LONGEST_TEXT:
            return self._waiting[id]
        if not self._page and id in self._parts and (known := looked_up(self._parts[id], response)):
            return known
        try:
            key = (is_text, response if is_text else repr(response))
        except RecursionError:
            return Known(mark(self._questions[id], response).state, None)
        kept = self._kept[id]
        if (known := kept.get(key)) is None:
            known = self._mark(self._questions[id], response)
            if len(kept) < MOST_KEPT and len(key[1]) <= LONGEST_KEPT:
                kept[key] = known
        return known

    def _mark(self, question: Question, response: Any) -> Known:
        given = mark(question, response)
        chosen = chosen_in(question, response, given) if given.state == "marked" else ()
        page = self._page(question, given) if self._page else ""
        return Known(given.state, given.credit, chosen, page)


# The credit of each option of each part of a question, and its id among the options.
Parts = Mapping[str, Mapping[str, tuple[float, str]]]


def parts_of(question: Question) -> tuple[Parts, int] | None:
    """Return the credits of a match or a clause by part and option, and what to divide by.

    Hardly two students give the same answer to all parts of such a question, so that nothing is
    won by remembering whole answers.
    """
    match question:
        case Match():
            parts = {
                item.id: {
                    category: (
                        item.placements[category].credit if category in item.placements else 0.0,
                        f"{item.id}: {category}",
                    )
                    for category in question.categories
                }
                for item in question.items
            }
            return parts, len(question.items)
        case Clause():
            wordings = {
                part.id: {
                    option.id: (option.credit if part.required else 0.0, f"{part.id}: {option.id}")
                    for option in part.options
                }
                for part in question.parts
            }
            return wordings, sum(part.required for part in question.parts)
    return None


def looked_up(parts: tuple[Parts, int], response: Any) -> Known | None:
    """Return what a response in ids brings by its parts; None for `mark` to look at any other."""
    if type(response) is not dict or not response:
        return None
    total, chosen = 0.0, []
    for part, options in parts[0].items():
        if part in response:
            option = response[part]
            if type(option) is not str or option not in options:
                return None
            credit, name = options[option]
            total += credit
            chosen.append(name)
    if len(chosen) != len(response):
        return None
    return Known("marked", total / parts[1], tuple(chosen))


def chosen_in(question: Question, response: Any, given: Mark) -> tuple[str, ...]:
    """Return what was chosen in a response that was marked, in the ids of `options_of`."""
    match question:
        case Choice():
            return (read_response(question, response),)
        case Several():
            return tuple(read_response(question, response))
        case Match() | Clause():
            pairs = read_response(question, response)
            return tuple(f"{part}: {option}" for part, option in pairs.items())
        case Number():
            reasons = [mistake.reason for mistake in question.mistakes]
            reason = given.feedback[0].reason if given.feedback else ""
            if given.verdict == "incorrect" and reason in reasons:
                return (f"{question.mistakes[reasons.index(reason)].value:.15g}",)
    return (given.verdict,) if given.verdict else ()


def options_of(question: Question) -> dict[str, tuple[str, str]]:
    """Return all that can be chosen in a question: its text and its verdict, by id.

    For an order, a computed value and a number it is how it turned out; a number has the mistakes
    beside that which its author foresaw.
    """
    match question:
        case Choice() | Several():
            return {option.id: (option.text, option.verdict) for option in question.options}
        case Match():
            return {
                f"{item.id}: {category}": (f"{item.text}: {text}", _placed(item, category))
                for item in question.items
                for category, text in question.categories.items()
            }
        case Clause():
            return {
                f"{part.id}: {option.id}": (f"{part.label}: {option.text}", option.verdict)
                for part in question.parts
                for option in part.options
            }
        case Number():
            unit = f" {question.unit}" if question.unit else ""
            near = {"defensible": (f"near {question.answer:.15g}{unit}", "defensible")}
            return {
                "correct": (f"{question.answer:.15g}{unit}", "correct"),
                **(near if question.wide_tolerance is not None else {}),
                **{
                    f"{each.value:.15g}": (f"{each.value:.15g}{unit}", "incorrect")
                    for each in question.mistakes
                },
                "incorrect": ("any other number", "incorrect"),
            }
        case Order() | Value():
            verdicts = ("correct", "partly correct", "incorrect")
            return {verdict: (verdict, verdict) for verdict in verdicts}
    return {}


def _placed(item: Item, category: str) -> str:
    placement = item.placements.get(category)
    return placement.verdict if placement else "incorrect"


class Result(NamedTuple):
    """What one answer brings.

    `credit` (0 to 1) is before and `points` after `penalty`, the share lost for lateness; both are
    None where there is nothing to count. `waiting` are the points that a teacher has still to give.
    `cell` is what stands in students.csv, and `text` a written answer.
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
    known: Known | None = None
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


def attempts_of(hand_ins: Sequence[Sequence[Given]]) -> dict[str, list[Given]]:
    """Return all attempts at each question, oldest first, those in several hand-ins once."""
    found: dict[str, list[Given]] = {}
    for answers in hand_ins:
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
    credit = marker(given[0].removesuffix(AGAIN), given[1]).credit
    return -1.0 if credit is None else credit * (1 - policy.penalty(set, read_time(given[2])))


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
        self.keys = keys
        self._policy, self._marker = policy, marker
        self._last = policy.attempt == "last"
        self._columns = [
            _Column(set, key, one, Result(key, set, one, "not answered", "not answered"), {})
            for set, key, one in keys
        ]

    def __call__(self, attempts: Mapping[str, Sequence[Given]]) -> list[Result]:
        """Return what a student's answers bring, for each key in order, without rubric marks."""
        results = []
        for column in self._columns:
            set, key, question, nothing, seen = column
            if not (given := attempts.get(key)):
                results.append(nothing)
            elif not self._last:
                chosen = choose(given, set, question, self._policy, self._marker)
                results.append(self._result(chosen, column) if chosen else _too_late(column))
            elif type(given[-1][1]) is str and (result := seen.get(given[-1][1])):
                results.append(result)
            else:
                results.append(self._result(given[-1], column))
        return results

    def _result(self, given: Given, column: _Column) -> Result:
        set, key, question, _, seen = column
        known = self._marker(question.id, given[1])
        if (result := known.results.get(key)) is not None:
            return result
        timed = bool(question.points and set in self._policy.deadlines)
        penalty = self._policy.penalty(set, read_time(given[2])) if timed else 0.0
        result = _result(given, set, question, known, penalty)
        if not timed and not isinstance(question, Written):
            known.results[key] = result
            if type(given[1]) is str and len(seen) < MOST_KEPT:
                seen[given[1]] = result
        return result


class _Column(NamedTuple):
    """What a scorer knows of one key; `seen` are results of texts in which time plays no part."""

    set: str
    key: str
    question: Question
    nothing: Result
    seen: dict[str, Result]


def _too_late(column: _Column) -> Result:
    state: State = "after the deadline"
    return Result(column.key, column.set, column.question, state, state)


@lru_cache(maxsize=1_000)
def _credit_cell(credit: float) -> str:
    return cell(credit)


def _result(given: Given, set: str, question: Question, known: Known, penalty: float) -> Result:
    credit, state = known.credit, known.state
    return Result(
        given[0],
        set,
        question,
        state,
        state if credit is None else _credit_cell(credit),
        credit,
        None if credit is None else credit * question.points * (1 - penalty),
        question.points * (1 - penalty) if state == "awaiting teacher" else 0.0,
        penalty,
        known,
        given[1] if isinstance(question, Written) and isinstance(given[1], str) else "",
    )
