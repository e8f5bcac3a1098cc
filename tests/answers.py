"""Best, worst, blank and malformed answers, made from any question as its author keyed it.

Tests of question sets and of notebooks use them, so that no test holds a second copy of a key.
"""

from __future__ import annotations

from typing import Any

from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.kinds.match import Item
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question
from tests.factories import made_up

NOT_ON_OFFER = "nothing on offer is called this"


def _best(options: tuple[Option, ...]) -> str:
    return max(options, key=lambda option: option.credit).id


def _worst(options: tuple[Option, ...]) -> str:
    return min(options, key=lambda option: option.credit).id


def _best_category(item: Item) -> str:
    return max(item.placements, key=lambda category: item.placements[category].credit)


def _worst_category(question: Match, item: Item) -> str:
    def credit(category: str) -> float:
        placement = item.placements.get(category)
        return placement.credit if placement else 0.0

    return min(question.categories, key=credit)


def _best_value(question: Value) -> Any:
    """Return a value that passes all checks: the one that a check wants to equal, or pieces."""
    expected = {check.test: check.expected for check in question.checks}
    if "equals" in expected:
        return expected["equals"]
    pieces = [check.expected for check in question.checks if check.test == "contains"]
    if pieces and all(isinstance(piece, dict) for piece in pieces):
        whole = {name: value for piece in pieces for name, value in piece.items()}
        spare = range(expected.get("rows", 0) - len(whole))
        return whole | {f"spare {number}": 0 for number in spare}
    rows = [row for piece in pieces for row in (piece if isinstance(piece, list) else [piece])]
    spare = [["spare"]] * (expected.get("rows", 0) - len(rows))
    if "columns" in expected:
        return {"columns": list(expected["columns"]), "rows": rows + spare}
    return rows + spare


def best_answer(question: Question) -> Any:
    """Return the response that the key of a question holds to be best."""
    match question:
        case Choice():
            return _best(question.options)
        case Several():
            return [option.id for option in question.options if option.verdict == "correct"]
        case Match():
            return {item.id: _best_category(item) for item in question.items}
        case Order():
            return [item.id for item in sorted(question.items, key=lambda item: item.rank)]
        case Number():
            return question.answer
        case Forecast():
            return {statement.id: 50 for statement in question.statements}
        case Clause():
            return {part.id: _best(part.options) for part in question.parts}
        case Value():
            return _best_value(question)
        case Written():
            return question.exemplar
    raise TypeError(f"no best answer is known for a {question.kind}")


def worst_answer(question: Question) -> Any:
    """Return a readable response that is as wrong as the question allows.

    A written text cannot be wrong before a teacher has read it, so there is none for it.
    """
    match question:
        case Choice():
            return _worst(question.options)
        case Several():
            wrong = [option.id for option in question.options if option.verdict == "incorrect"]
            return wrong or [_best(question.options)]
        case Match():
            return {item.id: _worst_category(question, item) for item in question.items}
        case Order():
            return [item.id for item in sorted(question.items, key=lambda item: -item.rank)]
        case Number():
            off = max(question.tolerance, question.wide_tolerance or 0)
            return question.answer + 10 * off + 1000
        case Forecast():
            return {question.statements[0].id: 50} if len(question.statements) > 1 else {}
        case Clause():
            return {part.id: _worst(part.options) for part in question.parts}
        case Value():
            return -987_654.321
    raise TypeError(f"no worst answer is known for a {question.kind}")


def blank_answers(question: Question) -> list[Any]:
    """Return responses that say nothing; a computed value may be empty and yet be an answer."""
    if isinstance(question, Value):
        return [None]
    blank = [None, "", "  \n", [], {}]
    match question:
        case Match():
            blank.append({item.id: "" for item in question.items})
        case Clause():
            blank.append({part.id: None for part in question.parts})
        case Forecast():
            blank.append({statement.id: " " for statement in question.statements})
    return blank


def malformed_answers(question: Question) -> list[Any]:
    """Return responses of the wrong form, or with something in them that is not on offer."""
    match question:
        case Choice():
            ids = [option.id for option in question.options]
            return [NOT_ON_OFFER, 7, True, ids[:2], {ids[0]: ids[0]}, b"bytes", object()]
        case Several():
            ids = [option.id for option in question.options]
            return [[NOT_ON_OFFER], [ids[0], NOT_ON_OFFER], [7], 7, {ids[0]: True}, ids * 20]
        case Match():
            item, category = question.items[0].id, next(iter(question.categories))
            wrong = [{NOT_ON_OFFER: category}, {item: NOT_ON_OFFER}, {item: 7}, {item: [category]}]
            return [*wrong, [category], category, 7]
        case Order():
            ids = [item.id for item in question.items]
            return [ids[:-1], [*ids, NOT_ON_OFFER], [ids[0]] * len(ids), NOT_ON_OFFER, 7]
        case Number():
            return [NOT_ON_OFFER, "1,2,3", [question.answer], True, float("nan"), float("inf")]
        case Forecast():
            first = question.statements[0].id
            return [{first: 101}, {first: -1}, {first: "likely"}, {NOT_ON_OFFER: 50}, [50], "50"]
        case Clause():
            part = question.parts[0]
            wrong = [{part.id: NOT_ON_OFFER}, {NOT_ON_OFFER: part.options[0].id}, {part.id: 7}]
            return [*wrong, [part.options[0].id], part.options[0].text, 7]
        case Value():
            nested: Any = []
            for _ in range(20):
                nested = [nested]
            return [object(), b"bytes", nested, float("inf"), len]
        case Written():
            return [7, ["text"], {"text": "text"}, "word " * 5000, b"bytes"]
    raise TypeError(f"no malformed answers are known for a {question.kind}")


def credit(question: Question, response: Any) -> float | None:
    """Return the credit that a response brings, from 0 to 1, or None where it has no mark."""
    return mark(question, response).credit


def marked(kind: str, response: Any, **changes: Any) -> Mark:
    """Return the mark of a response to the made-up question of a kind; it must be marked."""
    result = mark(made_up(kind, **changes), response)
    assert result.state == "marked", result.message
    return result


def verdicts(result: Mark) -> list[str]:
    """Return the verdict on each part of a response."""
    return [feedback.verdict for feedback in result.feedback]
