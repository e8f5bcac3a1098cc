"""Mark a response: pure functions, one for each kind of question.

The rules are the same everywhere. A mark is never a silent zero: its state says whether the
response was marked, was blank, could not be read, or waits for a teacher.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from math import fsum
from typing import Any, Literal

from msgspec import Struct

from cybernorms.exercises.questions import (
    Check,
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Option,
    Order,
    Question,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.reading import read_response
from cybernorms.exercises.responses import (
    Unreadable,
    count_words,
    is_blank,
    is_table,
    plain,
    same,
)

State = Literal["marked", "blank", "unreadable", "awaiting teacher"]
Verdict = Literal["correct", "defensible", "partly correct", "incorrect", "missed", "open", ""]


class Feedback(Struct, frozen=True):
    """What is said about one part of a response.

    `label` names the part (an item, a clause part), `given` is what the learner chose, `verdict`
    is `open` where the learner left the part out, `missed` for a correct option that was not
    chosen, and empty where it is told but not judged.
    """

    label: str
    given: str
    verdict: Verdict
    reason: str
    source: str = ""
    pinpoint: str = ""


class Mark(Struct, frozen=True):
    """The result of marking one response.

    `credit` runs from 0 to 1 and `points` from 0 to `out_of`; both are None unless `state` is
    `marked`. `message` is for the other states and says what to do next.
    """

    question: str
    state: State
    credit: float | None
    points: float | None
    out_of: float
    verdict: Verdict
    feedback: tuple[Feedback, ...]
    message: str = ""
    closing: str = ""


WITHHELD_TOLD = "Your teacher marks this."

_Result = tuple[float, list[Feedback]]


def _told(option: Option, label: str = "", prefix: str = "") -> Feedback:
    return Feedback(
        label,
        option.text,
        option.verdict,  # type: ignore[arg-type]
        prefix + option.reason,
        option.source,
        option.pinpoint,
    )


def _choice(question: Choice, given: str) -> _Result:
    """Credit of the option: 1, its stated part, or 0."""
    chosen = next(option for option in question.options if option.id == given)
    return chosen.credit, [_told(chosen)]


def _several(question: Several, chosen: list[str]) -> _Result:
    """Correct chosen minus incorrect chosen, over the number correct, never below 0.

    A defensible option counts neither way, and its reason is shown.
    """
    correct = [option for option in question.options if option.verdict == "correct"]
    score, feedback = 0, []
    for option in question.options:
        if option.id in chosen:
            score += {"correct": 1, "defensible": 0, "incorrect": -1}[option.verdict]
            feedback.append(_told(option))
        elif option.verdict == "correct":
            feedback.append(
                Feedback(
                    "",
                    option.text,
                    "missed",
                    option.reason,
                    option.source,
                    option.pinpoint,
                )
            )
    return max(0.0, score / len(correct)), feedback


def _match(question: Match, pairs: dict[str, str]) -> _Result:
    """Mean over all items: 1, the stated credit where defensible, else 0; a blank item has 0."""
    credits, feedback = [], []
    for item in question.items:
        if item.id not in pairs:
            feedback.append(Feedback(item.text, "", "open", "Choose, then press Check again."))
            continue
        category = pairs[item.id]
        placement = item.placements.get(category)
        if placement:
            credits.append(placement.credit)
            feedback.append(_told(placement, item.text))
        else:
            feedback.append(
                Feedback(
                    item.text,
                    question.categories[category],
                    "incorrect",
                    item.otherwise,
                    item.source,
                    item.pinpoint,
                )
            )
    return fsum(credits) / len(question.items), feedback


def kendall_tau(given: list[str], ranks: dict[str, int]) -> float:
    """Return Kendall's tau between an order and a key, from -1 to 1.

    Pairs of equal rank in the key are left out of both sums, so that either order of them is
    right; without such pairs this is tau-a: (concordant - discordant) / number of pairs.
    Source: M. G. Kendall, A New Measure of Rank Correlation, Biometrika 30 (1938), 81-93.

    Arguments:
        given: all ids, first to last.
        ranks: the rank of each id, 1 for what comes first.

    >>> kendall_tau(["a", "b", "c"], {"a": 1, "b": 2, "c": 3})
    1.0
    """
    pairs = [pair for pair in combinations(given, 2) if ranks[pair[0]] != ranks[pair[1]]]
    concordant = sum(ranks[one] < ranks[two] for one, two in pairs)
    return (2 * concordant - len(pairs)) / len(pairs)


def _order(question: Order, given: list[str]) -> _Result:
    """Kendall's tau with the key, never below 0."""
    items = {item.id: item for item in question.items}
    ranks = {id: item.rank for id, item in items.items()}
    expected = sorted(ranks.values())
    feedback = []
    for place, id in enumerate(given):
        verdict: Verdict = "correct" if ranks[id] == expected[place] else "incorrect"
        item = items[id]
        feedback.append(
            Feedback(
                f"Place {place + 1}", item.text, verdict, item.reason, item.source, item.pinpoint
            )
        )
    return max(0.0, kendall_tau(given, ranks)), feedback


def _number(question: Number, given: float) -> _Result:
    """Full credit within the tolerance, half within the wider one where the question has one."""
    off = abs(given - question.answer)
    shown = f"{given:.15g} {question.unit}".strip()
    place = {"source": question.source, "pinpoint": question.pinpoint}
    if off <= question.tolerance + 1e-9:
        return 1.0, [Feedback("", shown, "correct", question.reason, **place)]
    if question.wide_tolerance is not None and off <= question.wide_tolerance + 1e-9:
        return 0.5, [Feedback("", shown, "defensible", question.wide_reason, **place)]
    for mistake in question.mistakes:
        if abs(given - mistake.value) <= 1e-9:
            return 0.0, [Feedback("", shown, "incorrect", mistake.reason, **place)]
    return 0.0, [Feedback("", shown, "incorrect", question.otherwise, **place)]


def _forecast(question: Forecast, percents: dict[str, float]) -> _Result:
    """Complete or not: every statement has a probability from 0 to 100 per cent."""
    feedback = []
    for statement in question.statements:
        if statement.id in percents:
            given = f"{percents[statement.id]:g} per cent"
            feedback.append(Feedback(statement.text.rstrip("."), given, "", "Kept."))
        else:
            told = "This one still needs a number."
            feedback.append(Feedback(statement.text.rstrip("."), "", "open", told))
    return float(len(percents) == len(question.statements)), feedback


def _clause(question: Clause, pairs: dict[str, str]) -> _Result:
    """Share of the required parts; a defensible wording brings its stated credit."""
    credits, required, feedback = [], 0, []
    for part in question.parts:
        required += part.required
        if part.id not in pairs:
            if part.required:
                feedback.append(Feedback(part.label, "", "open", "Choose a wording."))
            continue
        chosen = next(option for option in part.options if option.id == pairs[part.id])
        credits.append(chosen.credit if part.required else 0.0)
        feedback.append(_told(chosen, part.label))
    return fsum(credits) / required, feedback


def _holds(check: Check, value: Any) -> bool:
    """Return whether a simplified value has the property that a check asks for."""
    if check.test == "columns":
        given = value["columns"] if is_table(value) else value
        if not isinstance(given, list | dict):
            return False
        names = {plain(name) for name in given if isinstance(name, str)}
        return all(plain(name) in names for name in check.expected)
    if check.test == "rows":
        held = value["rows"] if is_table(value) else value
        return isinstance(held, dict | list) and len(held) == check.expected
    if check.test == "contains":
        wanted = check.expected if isinstance(check.expected, list) else [check.expected]
        return all(_contains(value, each, check.tolerance) for each in wanted)
    return same(value, check.expected, check.tolerance)


def _contains(value: Any, wanted: Any, tolerance: float) -> bool:
    """Return whether a value has something in it.

    A mapping is wanted of a mapping, or of a row of a table, that has at least these entries;
    anything else is wanted among the items of a list, the rows of a table or the keys of a mapping.
    """
    if isinstance(wanted, Mapping):
        entries = [(plain(name), each) for name, each in wanted.items()]
        return any(
            all(name in held and same(held[name], each, tolerance) for name, each in entries)
            for held in _mappings_in(value)
        )
    held = value["rows"] if is_table(value) else list(value) if isinstance(value, dict) else value
    return isinstance(held, list) and any(same(each, wanted, tolerance) for each in held)


def _mappings_in(value: Any) -> list[dict[str, Any]]:
    """Return a mapping, those in a list, or the rows of a table as such, with plain names."""
    if is_table(value):
        names = [plain(name) for name in value["columns"]]
        return [dict(zip(names, row, strict=True)) for row in value["rows"]]
    held = value if isinstance(value, list) else [value]
    return [
        {plain(name): each for name, each in mapping.items()}
        for mapping in held
        if isinstance(mapping, dict)
    ]


def _value(question: Value, value: Any) -> _Result:
    """Sum of the shares of the checks that hold for a simplified value."""
    total, feedback = 0.0, []
    for check in question.checks:
        holds = _holds(check, value)
        total += check.share if holds else 0
        feedback.append(
            Feedback(
                check.name,
                "",
                "correct" if holds else "incorrect",
                check.passed if holds else check.failed,
                question.source if holds else "",
                question.pinpoint if holds else "",
            )
        )
    return min(1.0, total), feedback


_RULES: dict[type, Callable[[Any, Any], _Result]] = {
    Choice: _choice,
    Several: _several,
    Match: _match,
    Order: _order,
    Number: _number,
    Forecast: _forecast,
    Clause: _clause,
    Value: _value,
}


def _verdict(credit: float, feedback: list[Feedback]) -> Verdict:
    if credit >= 1 - 1e-9:
        return "correct"
    if len(feedback) == 1:
        return feedback[0].verdict
    return "partly correct" if credit > 0 else "incorrect"


def mark(question: Question, response: Any) -> Mark:
    """Mark any response to a question; nothing that a learner can hand in raises an error.

    Returns:
        A mark whose state is `blank` for an empty response, `unreadable` where it cannot be
        understood, `awaiting teacher` for written text and where the key is withheld, and else
        `marked`.
    """

    def unmarked(state: State, message: str) -> Mark:
        closing = question.closing if state == "awaiting teacher" else ""
        return Mark(question.id, state, None, None, question.points, "", (), message, closing)

    try:
        # An empty list can be the result of a computation.
        if not isinstance(question, Value) and is_blank(response):
            return unmarked("blank", "Nothing is filled in yet.")
        given = read_response(question, response)
        if given is None:
            return unmarked("blank", "There is no result yet. Finish your code, then run the cell.")
        if isinstance(question, Written):
            return unmarked("awaiting teacher", _written(question, given))
        if question.withheld:
            return unmarked("awaiting teacher", _withheld(question, given))
        credit, feedback = _RULES[type(question)](question, given)
    except Unreadable as problem:
        told = str(problem)
        return unmarked("unreadable", f"{told[:1].upper()}{told[1:]}.")
    except Exception:  # a learner's own object may fail in any way when it is looked at
        return unmarked("unreadable", "It fails when it is looked at.")
    return Mark(
        question=question.id,
        state="marked",
        credit=credit,
        points=credit * question.points,
        out_of=question.points,
        verdict=_verdict(credit, feedback) if not isinstance(question, Forecast) else "",
        feedback=tuple(feedback),
        closing=question.closing,
    )


def _written(question: Written, text: str) -> str:
    """Say how long the text is; nothing marks prose automatically."""
    words, (least, most) = count_words(text), question.words
    count = "1 word" if words == 1 else f"{words} words"
    if words < least:
        advice = f"{count}, {least - words} fewer than the {least} asked for."
    elif words > most:
        advice = f"{count}, {words - most} more than the {most} asked for."
    else:
        advice = f"{count}, within the {least} to {most} asked for."
    told = WITHHELD_TOLD if question.withheld else "Now read it and the example by the rubric."
    return f"{advice} {told}"


def _withheld(question: Question, given: Any) -> str:
    """Say who marks an answer whose key is withheld, and what is still open in it."""
    lines = {Match: "items", Forecast: "statements", Clause: "parts"}.get(type(question))
    if lines is None:
        return WITHHELD_TOLD
    asked = len(getattr(question, lines))
    if len(given) == asked:
        return WITHHELD_TOLD
    return f"{WITHHELD_TOLD} {len(given)} of {asked} lines are filled in."
