"""Questions without their key: what students get where marks count, and how it is read.

A question with `key = "withheld"` has no verdict, credit, reason, answer or exemplar. Its form
saves an answer and says no more; a teacher who has the full question marks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.fields import Fields, must_differ
from cybernorms.exercises.questions import (
    Choice,
    Clause,
    Item,
    Match,
    Number,
    Option,
    Order,
    Part,
    Question,
    QuestionSet,
    Ranked,
    Several,
    Value,
)

WITHHELD = "withheld"
UNKNOWN = float("nan")

# What may be handed out of a question and of the tables in it; all else stays with the teacher.
_OPEN = {
    "question": (
        *("id", "kind", "use", "outcome", "minutes", "points", "prompt", "hint"),
        *("sources", "passages", "unit", "words"),
        *("option", "category", "item", "statement", "part", "criterion"),
    ),
    "option": ("id", "text"),
    "category": ("id", "text"),
    "item": ("id", "text"),
    "statement": ("id", "text"),
    "part": ("id", "label", "required", "option"),
    "criterion": ("id", "name", "points", "level"),
    "level": ("name", "text"),
}


def withhold(table: Mapping[str, Any], revision: str) -> dict[str, Any]:
    """Return the TOML table of a question without its key.

    Arguments:
        table: of the full question.
        revision: of the full question, which goes along so that answers can be told apart.
    """
    return {**_open_part(table, "question"), "key": WITHHELD, "revision": revision}


def _open_part(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {
        field: [_open_part(each, field) for each in table[field]]
        if field in _OPEN
        else table[field]
        for field in _OPEN[name]
        if field in table
    }


def must_have_keys(sets: Sequence[QuestionSet], what: str) -> None:
    """Raise an error where questions have no key, for something that cannot be done without.

    Arguments:
        sets: the question sets.
        what: what is to be done, such as `A class cannot be marked`.
    """
    for each in sets:
        for question in each.questions:
            if question.withheld:
                raise CyberNormsError(
                    f"{what}: question {question.id!r} has no key",
                    where=each.id,
                    remedy="This is a package for students; use the teacher's copy of the module",
                )


def _options(fields: Fields) -> tuple[Option, ...]:
    options = []
    for table in fields.tables("option", least=2):
        options.append(Option(table.id(), table.text("text"), "", 0.0, "", "", ""))
        table.done()
    must_differ(fields, "option", [each.id for each in options], [each.text for each in options])
    return tuple(options)


def _choice(common: dict[str, Any], fields: Fields) -> Question:
    return Choice(**common, options=_options(fields))


def _several(common: dict[str, Any], fields: Fields) -> Question:
    return Several(**common, options=_options(fields))


def _named(fields: Fields, field: str) -> dict[str, str]:
    """Return id and text of each table of an array."""
    named = []
    for table in fields.tables(field, least=2):
        named.append((table.id(), table.text("text")))
        table.done()
    must_differ(fields, field, [id for id, _ in named], [text for _, text in named])
    return dict(named)


def _match(common: dict[str, Any], fields: Fields) -> Question:
    categories, items = _named(fields, "category"), _named(fields, "item")
    read = tuple(Item(id, text, {}, "", "", "") for id, text in items.items())
    return Match(**common, categories=categories, items=read)


def _order(common: dict[str, Any], fields: Fields) -> Question:
    items = _named(fields, "item")
    read = tuple(Ranked(id, text, 0, "", "", "") for id, text in items.items())
    return Order(**common, items=read)


def _number(common: dict[str, Any], fields: Fields) -> Question:
    return Number(
        **common,
        answer=UNKNOWN,
        tolerance=0.0,
        wide_tolerance=None,
        unit=fields.text("unit", ""),
        reason="",
        wide_reason="",
        otherwise="",
        mistakes=(),
        source="",
        pinpoint="",
    )


def _clause(common: dict[str, Any], fields: Fields) -> Question:
    parts = []
    for table in fields.tables("part", least=2):
        required = table.flag("required", True)
        parts.append(Part(table.id(), table.text("label"), required, _options(table)))
        table.done()
    must_differ(fields, "part", [part.id for part in parts], [part.label for part in parts])
    return Clause(**common, parts=tuple(parts))


def _value(common: dict[str, Any], _: Fields) -> Question:
    return Value(**common, checks=(), source="", pinpoint="")


# Forecasts have no key, and a written question is read as usual but for its exemplar.
READERS: Mapping[str, Callable[[dict[str, Any], Fields], Question]] = {
    "choice": _choice,
    "several": _several,
    "match": _match,
    "order": _order,
    "number": _number,
    "clause": _clause,
    "value": _value,
}
