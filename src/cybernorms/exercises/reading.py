"""Read a response to a question: what was chosen, given in ids, before anything is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cybernorms.exercises.questions import (
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
from cybernorms.exercises.responses import (
    Unreadable,
    find_id,
    find_ids,
    find_pairs,
    read_number,
    read_text,
    simplify,
)


def _texts(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: option.text for option in options}


def _choice(question: Choice, response: Any) -> str:
    if isinstance(response, list | tuple) and len(response) == 1:
        response = response[0]
    return find_id(response, _texts(question.options))


def _several(question: Several, response: Any) -> list[str]:
    return find_ids(response, _texts(question.options))


def _match(question: Match, response: Any) -> dict[str, str]:
    pairs = find_pairs(response, {item.id: item.text for item in question.items}, "category")
    return {
        item.id: find_id(pairs[item.id], question.categories)
        for item in question.items
        if item.id in pairs
    }


def _order(question: Order, response: Any) -> list[str]:
    if isinstance(response, set | frozenset):
        raise Unreadable("a set has no order; give a list")
    texts = {item.id: item.text for item in question.items}
    given = find_ids(response, texts)
    if missing := [text for id, text in texts.items() if id not in given]:
        raise Unreadable(f"the order is not complete; still missing: {'; '.join(missing)}")
    return given


def _number(question: Number, response: Any) -> float:
    return read_number(response, question.unit)


def _forecast(question: Forecast, response: Any) -> dict[str, float]:
    texts = {statement.id: statement.text for statement in question.statements}
    percents = {}
    for id, value in find_pairs(response, texts, "probability").items():
        percents[id] = read_number(value)
        if not 0 <= percents[id] <= 100:
            raise Unreadable(f"a probability runs from 0 to 100 per cent, not {percents[id]:g}")
    return percents


def _clause(question: Clause, response: Any) -> dict[str, str]:
    pairs = find_pairs(response, {part.id: part.label for part in question.parts}, "wording")
    return {
        part.id: find_id(pairs[part.id], _texts(part.options))
        for part in question.parts
        if part.id in pairs
    }


def _value(_: Value, response: Any) -> Any:
    return simplify(response)


def _written(_: Written, response: Any) -> str:
    return read_text(response)


_READERS: Mapping[type, Callable[[Any, Any], Any]] = {
    Choice: _choice,
    Several: _several,
    Match: _match,
    Order: _order,
    Number: _number,
    Forecast: _forecast,
    Clause: _clause,
    Value: _value,
    Written: _written,
}


def read_response(question: Question, response: Any) -> Any:
    """Return a response in one form for each kind, with ids in place of texts.

    Choice: an option's id. Several: their ids, each once. Match: item id to category id. Order:
    all ids, first to last. Number: a float. Forecast: statement id to percent. Clause: part id to
    option id. Value: plain lists, mappings, numbers and texts. Written: the text. What is left
    blank in a match, a forecast or a clause is left out.

    Raises:
        Unreadable: it cannot be understood as an answer to this question.
    """
    return _READERS[type(question)](question, response)
