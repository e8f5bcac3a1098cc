"""Bring what a learner gave into one form, so that equal answers in other clothes are equal."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_QUOTES = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
_SPACES = re.compile(r"\s+")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?\Z")
_LONGEST_NUMBER = 40
_LONGEST_TEXT = 20_000
_MOST_CELLS = 100_000


class Unreadable(Exception):
    """A response cannot be understood; the text says what was expected."""


def plain(text: str) -> str:
    """Return text without differences that carry no meaning: case, dashes, quotes, spaces.

    >>> plain("  Due–Diligence ") == plain("due-diligence")
    True
    """
    return _SPACES.sub(" ", text.translate(_DASHES).translate(_QUOTES)).strip().casefold()


def is_blank(response: Any) -> bool:
    """Return whether a response says nothing at all."""
    if response is None:
        return True
    if isinstance(response, str):
        return not response.strip()
    if isinstance(response, Mapping):
        return all(is_blank(value) for value in response.values())
    if isinstance(response, list | tuple | set | frozenset):
        return not response
    return False


def find_id(given: Any, texts: Mapping[str, str]) -> str:
    """Return the id that a learner meant by an id or by the text that belongs to it.

    Arguments:
        given: the id or the text, in any case, with or without brackets.
        texts: the text of every id.

    Raises:
        Unreadable: nothing on offer is called that.
    """
    if not isinstance(given, str):
        raise Unreadable(f"a choice is a text, not {_kind(given)}")
    wanted = plain(given[:_LONGEST_TEXT])
    for id, text in texts.items():
        if wanted in (plain(id), plain(text)) or wanted.strip(" ().") == plain(id):
            return id
    raise Unreadable(f"{_short(given)} is not on offer; choose from: {', '.join(texts)}")


def find_ids(given: Any, texts: Mapping[str, str]) -> list[str]:
    """Return the ids meant by a list, or by text with commas between, each at most once.

    Raises:
        Unreadable: it is no list, or something in it is not on offer.
    """
    if isinstance(given, str):
        given = [part for part in re.split(r"[,;]", given) if part.strip()]
    if not isinstance(given, list | tuple | set | frozenset):
        raise Unreadable(f"a list of choices is expected, not {_kind(given)}")
    if len(given) > 10 * len(texts):
        raise Unreadable("there are more choices in it than are on offer")
    found = [find_id(each, texts) for each in given]
    return list(dict.fromkeys(found))


def find_pairs(given: Any, keys: Mapping[str, str], what: str = "answer") -> dict[str, Any]:
    """Return a mapping with the ids meant by its keys, without those left blank.

    Raises:
        Unreadable: it is no mapping, or a key is not on offer.
    """
    if not isinstance(given, Mapping):
        raise Unreadable(f"one {what} for each line is expected, not {_kind(given)}")
    if len(given) > 10 * len(keys):
        raise Unreadable("there are more lines in it than the question has")
    return {find_id(key, keys): value for key, value in given.items() if not is_blank(value)}


def read_number(given: Any, unit: str = "") -> float:
    """Return the number that was given, as a finite float.

    Text may have a decimal comma, spaces, a unit or a per cent sign behind it, and a comma before
    groups of exactly three digits is read as a thousands separator:

    >>> read_number("1,5"), read_number("1,500"), read_number("1 500 states", "states")
    (1.5, 1500.0, 1500.0)

    Raises:
        Unreadable: it is no number, not finite, or longer than any number asked for here.
    """
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        item = getattr(given, "item", None)
        if not callable(item) or isinstance(given, bool):
            raise Unreadable(f"a number is expected, not {_kind(given)}")
        given = item()
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise Unreadable("a number is expected")
    if isinstance(given, str):
        given = _number_in(given, unit)
    try:
        number = float(given)
    except OverflowError:
        raise Unreadable("that number is too large") from None
    if not math.isfinite(number):
        raise Unreadable("a finite number is expected")
    return number


def _number_in(text: str, unit: str) -> float:
    if len(text) > _LONGEST_NUMBER + len(unit):
        raise Unreadable("a number is expected, that text is too long to be one")
    cleaned = plain(text)
    for ending in (plain(unit), "%", "percent", "per cent"):
        if ending:
            cleaned = cleaned.removesuffix(ending).rstrip()
    cleaned = cleaned.replace(" ", "").replace("_", "").replace("'", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", cleaned):
        cleaned = cleaned.replace(",", "")
    cleaned = cleaned.replace(",", ".") if cleaned.count(",") == 1 else cleaned
    if not cleaned.isascii() or not _PLAIN_NUMBER.match(cleaned):
        raise Unreadable(f"{_short(text)} is not a number; write digits, such as 11 or 2.5")
    return float(cleaned)


def read_text(given: Any) -> str:
    """Return written text as it is.

    Raises:
        Unreadable: it is not text, or longer than 20,000 characters.
    """
    if not isinstance(given, str):
        raise Unreadable(f"text is expected, not {_kind(given)}")
    if len(given) > _LONGEST_TEXT:
        raise Unreadable(f"the text is longer than {_LONGEST_TEXT:,} characters; shorten it")
    return given


def count_words(text: str) -> int:
    """Return the number of words, counting what has a letter or a digit in it."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def simplify(value: Any) -> Any:
    """Return a computed value as plain lists, mappings, numbers and texts.

    A table becomes `{"columns": [...], "rows": [[...]]}`; a pandas Series and a mapping become a
    mapping of text to value; arrays, sets and ranges become lists. pandas is not imported for it.

    Raises:
        Unreadable: the value is of another kind, or has more than 100,000 cells.
    """
    return _simplify(value, 0)


def _simplify(value: Any, depth: int) -> Any:
    if depth > 6:
        raise Unreadable("the value is nested too deeply")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _finite(value)
    kind = type(value).__name__
    if kind == "DataFrame":
        value = value.reset_index() if value.index.names != [None] else value
        if value.size > _MOST_CELLS:
            raise Unreadable("the table is larger than any table asked for here")
        rows = value.astype(object).to_numpy().tolist()
        return {
            "columns": [str(column) for column in value.columns],
            "rows": [[_simplify(cell, depth + 1) for cell in row] for row in rows],
        }
    if kind == "Series":
        value = value.to_dict()
    if isinstance(value, Mapping):
        if len(value) > _MOST_CELLS:
            raise Unreadable("there is more in it than is asked for")
        return {_name(key): _simplify(each, depth + 1) for key, each in value.items()}
    if kind in ("ndarray", "Index", "RangeIndex") and hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        if len(value) > _MOST_CELLS:
            raise Unreadable("there is more in it than is asked for")
        return [_simplify(each, depth + 1) for each in value]
    if hasattr(value, "item") and callable(value.item):
        return _simplify(value.item(), depth + 1)
    if kind in ("NAType", "NaTType"):
        return None
    raise Unreadable(f"this is {_kind(value)}; a number, text, list or table is expected")


def _name(key: Any) -> str:
    if isinstance(key, tuple):
        return ", ".join(map(str, key))
    return str(key)


def _finite(number: float) -> float | None:
    """Return a number, or None for the NaN by which pandas marks a missing cell."""
    if isinstance(number, float) and math.isnan(number):
        return None
    try:
        if math.isinf(float(number)):
            raise Unreadable("a finite number is expected")
    except OverflowError:
        raise Unreadable("that number is too large") from None
    return number


def same(given: Any, expected: Any, tolerance: float = 0.0) -> bool:
    """Return whether two simplified values are equal but for their clothes.

    Numbers may differ by `tolerance` and may be written as text; text may differ in case, dashes
    and spaces; tables may differ in the order of columns and of rows.
    """
    if is_table(expected) and is_table(given):
        return _same_table(given, expected, tolerance)
    if isinstance(expected, Mapping):
        if not isinstance(given, Mapping) or len(given) != len(expected):
            return False
        theirs = {plain(str(key)): value for key, value in given.items()}
        return all(
            plain(str(key)) in theirs and same(theirs[plain(str(key))], value, tolerance)
            for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(given, list)
            and len(given) == len(expected)
            and all(same(one, two, tolerance) for one, two in zip(given, expected, strict=True))
        )
    if isinstance(expected, bool) or expected is None:
        return given is expected
    if isinstance(expected, int | float):
        try:
            return abs(read_number(given) - expected) <= tolerance + 1e-9
        except Unreadable:
            return False
    return isinstance(given, str) and plain(given) == plain(str(expected))


def is_table(value: Any) -> bool:
    """Return whether a simplified value is a table, and not a mapping that looks like one."""
    if not isinstance(value, Mapping) or set(value) != {"columns", "rows"}:
        return False
    columns, rows = value["columns"], value["rows"]
    return (
        isinstance(columns, list)
        and all(isinstance(name, str) for name in columns)
        and isinstance(rows, list)
        and all(isinstance(row, list) and len(row) == len(columns) for row in rows)
    )


def _same_table(given: Any, expected: Any, tolerance: float) -> bool:
    names, wanted = [plain(name) for name in given["columns"]], list(expected["columns"])
    if sorted(names) != sorted(plain(name) for name in wanted):
        return False
    places = [names.index(plain(name)) for name in wanted]
    rows = [[row[place] for place in places] for row in given["rows"]]

    def order(row: list[Any]) -> list[str]:
        return [plain(str(cell)) for cell in row]

    return same(sorted(rows, key=order), sorted(expected["rows"], key=order), tolerance)


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "a list"
    return names.get(type(value), f"a value of type {type(value).__name__}")


def _short(text: str) -> str:
    """Return text as a short quotation in one line."""
    line = _SPACES.sub(" ", text[:60]).strip()
    return f"\u201c{line if len(text) <= 60 else line + ' …'}\u201d"
