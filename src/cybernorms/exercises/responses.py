"""Bring what a learner gave into one form, so that equal answers in other clothes are equal."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, ItemsView, KeysView, Mapping, Sequence, Set, ValuesView
from itertools import islice
from typing import Any
from unicodedata import normalize

_CLOTHES = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **{0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'},
    # Zero-width spaces and soft hyphens, which come along when text is pasted.
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0xAD), ""),
}
_SPACES = re.compile(r"\s+")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?\Z")
_GROUPED_NUMBER = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?\Z")
_GAP_IN_NUMBER = re.compile(r"(?<=\d)[ '_](?=\d{3}(?!\d))|(?<=^[+-]) ")
_NO_WORD = re.compile(r"(?<!\S)(?:[^\w\s]|_)+(?!\S)")
_LISTS = (Sequence, KeysView, ValuesView, ItemsView)
_LONGEST_NUMBER = 40
LONGEST_TEXT = 20_000
_MOST_CELLS = 20_000
_MOST_ROWS_IN_ANY_ORDER = 200


class Unreadable(Exception):
    """A response cannot be understood; the text says what was expected."""


def plain(text: str) -> str:
    """Return text without differences that carry no meaning: case, dashes, quotes, spaces.

    >>> plain("  Due–Diligence ") == plain("due-diligence")
    True
    """
    if not text.isascii():
        text = normalize("NFD", normalize("NFD", text.translate(_CLOTHES)).casefold())
    return _SPACES.sub(" ", text).strip().casefold()


def is_blank(response: Any) -> bool:
    """Return whether a response says nothing at all, nor does any line of it."""
    if isinstance(response, Mapping):
        return all(map(_says_nothing, response.values()))
    if isinstance(response, list | tuple | set | frozenset):
        return all(map(_says_nothing, response))
    return _says_nothing(response)


def _says_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Mapping | list | tuple | Set) and not value)


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
    if given in texts:  # what forms hand in
        return given
    if len(given) > LONGEST_TEXT:
        raise Unreadable("that text is too long to be one of the choices")
    wanted = plain(given)
    ids = {plain(id): id for id in texts}
    for id in (
        ids.get(wanted),
        next((id for id, text in texts.items() if plain(text) == wanted), None),
        ids.get(wanted.strip(" ().")),
    ):
        if id is not None:
            return id
    raise Unreadable(f"{_short(given)} is not on offer; choose from: {', '.join(texts)}")


def find_ids(given: Any, texts: Mapping[str, str]) -> list[str]:
    """Return the ids meant by a list, or by text with commas between, each at most once.

    Raises:
        Unreadable: it is no list, or something in it is not on offer.
    """
    if isinstance(given, str):
        if len(given) > LONGEST_TEXT:
            raise Unreadable("that text is too long to be a list of choices")
        try:
            return [find_id(given, texts)]
        except Unreadable:
            given = re.split(r"[,;]", given)
    if not isinstance(given, list | tuple | Set):
        raise Unreadable(f"a list of choices is expected, not {_kind(given)}")
    if len(given) > 10 * len(texts):
        raise Unreadable("there are more choices in it than are on offer")
    found = [find_id(each, texts) for each in given if not is_blank(each)]
    return list(dict.fromkeys(found))


def find_pairs(given: Any, keys: Mapping[str, str], what: str = "answer") -> dict[str, Any]:
    """Return a mapping with the ids meant by its keys, without those left blank.

    Raises:
        Unreadable: it is no mapping, or a key is not on offer or stands twice.
    """
    if not isinstance(given, Mapping):
        raise Unreadable(f"one {what} for each line is expected, not {_kind(given)}")
    if len(given) > 10 * len(keys):
        raise Unreadable("there are more lines in it than the question has")
    pairs: dict[str, Any] = {}
    for key, value in given.items():
        id = find_id(key, keys)
        if id in pairs:
            raise Unreadable(f"{id} stands twice in it")
        if not is_blank(value):
            pairs[id] = value
    return pairs


def read_number(given: Any, unit: str = "") -> float:
    """Return the number that was given, as a finite float.

    Text may have a decimal comma, a unit or a per cent sign behind it; a comma or a space before
    groups of exactly three digits is read as a thousands separator:

    >>> read_number("1,5"), read_number("1,500"), read_number("1 500 states", "states")
    (1.5, 1500.0, 1500.0)

    Raises:
        Unreadable: it is no number, not finite, or longer than any number asked for here.
    """
    if not isinstance(given, int | float | str):
        given = _bare(given)
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise Unreadable(f"a number is expected, not {_kind(given)}")
    if isinstance(given, str):
        given = _number_in(given, unit)
    try:
        number = float(given)
    except OverflowError:
        raise Unreadable("that number is too large") from None
    if not math.isfinite(number):
        raise Unreadable("a finite number is expected")
    return number


def _bare(given: Any) -> Any:
    """Return the number in a numpy scalar, in an array of one cell, in a Decimal or a Fraction."""
    try:
        if type(given).__name__ in ("Decimal", "Fraction"):
            return float(given)
        if not isinstance(given, type) and callable(getattr(given, "item", None)):
            return given.item()
    except Exception:
        raise Unreadable("one number is expected") from None
    return given


def _number_in(text: str, unit: str) -> float:
    if len(text) > _LONGEST_NUMBER + len(unit):
        raise Unreadable("a number is expected, that text is too long to be one")
    cleaned = plain(text)
    for ending in (plain(unit), "%", "percent", "per cent"):
        if ending:
            cleaned = cleaned.removesuffix(ending).rstrip()
    cleaned = _GAP_IN_NUMBER.sub("", cleaned)
    if _GROUPED_NUMBER.match(cleaned):
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
    if len(given) > LONGEST_TEXT:
        raise Unreadable(f"the text is longer than {LONGEST_TEXT:,} characters; shorten it")
    return given


def count_words(text: str) -> int:
    """Return the number of words, counting what has a letter or a digit in it."""
    return len(text.split()) - len(_NO_WORD.findall(text))


def simplify(value: Any) -> Any:
    """Return a computed value as plain lists, mappings, numbers and texts.

    A table becomes `{"columns": [...], "rows": [[...]]}`, with a named index as a column. A pandas
    Series becomes a mapping of its index to its values, or a list where the index only counts the
    rows; arrays, sets and ranges become lists, dates become text. pandas is not imported for it.

    Raises:
        Unreadable: the value is of another kind, or has more than 20,000 cells.
    """
    return _simplify(value, 0, _Room())


class _Room:
    """How many cells may still come."""

    def __init__(self) -> None:
        self._cells = _MOST_CELLS

    def take(self, cells: int) -> None:
        self._cells -= cells
        if self._cells < 0:
            raise Unreadable("there is more in it than is asked for")


def _simplify(value: Any, depth: int, room: _Room) -> Any:
    if depth > 6:
        raise Unreadable("the value is nested too deeply")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return read_text(value)
    if isinstance(value, int | float):
        return _finite(value)
    kind = type(value).__name__
    if kind in ("Decimal", "Fraction"):
        return read_number(value)
    if kind in ("NAType", "NaTType"):
        return None
    if isinstance(value, type):
        raise Unreadable("this is the name of a type; a number, text, list or table is expected")
    if kind in ("DataFrame", "Series"):
        _must_not_be_large(value)
        value = _cells_of_table(value) if kind == "DataFrame" else _cells_of_series(value)
    if isinstance(value, Mapping):
        room.take(len(value))
        return {_name(key): _simplify(each, depth + 1, room) for key, each in value.items()}
    if callable(getattr(value, "tolist", None)):  # arrays and scalars of numpy and pandas
        _must_not_be_large(value)
        return _simplify(value.tolist(), depth + 1, room)
    if callable(getattr(value, "isoformat", None)):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, set | frozenset):
        room.take(len(value))
        return _sorted([_simplify(each, depth + 1, room) for each in value])
    if isinstance(value, _LISTS) and not isinstance(value, bytes | bytearray | memoryview):
        room.take(_length(value))
        return [_simplify(each, depth + 1, room) for each in islice(value, _length(value))]
    raise Unreadable(f"this is {_kind(value)}; a number, text, list or table is expected")


def _must_not_be_large(value: Any) -> None:
    """Look at the size of an array or a table before anything is copied out of it."""
    size = getattr(value, "size", 0)
    if isinstance(size, int) and size > _MOST_CELLS:
        raise Unreadable("there is more in it than is asked for")


def _length(value: Collection[Any]) -> int:
    try:
        return len(value)
    except OverflowError:  # range(10**30)
        return _MOST_CELLS + 1


def _cells_of_table(table: Any) -> dict[str, Any]:
    names = [name for name in table.index.names if name is not None and name not in table.columns]
    table = table.reset_index(level=names) if names else table
    rows = table.astype(object).to_numpy().tolist()
    return {"columns": [_name(column) for column in table.columns], "rows": rows}


def _cells_of_series(series: Any) -> Any:
    only_counts = series.index.name is None and series.index.dtype.kind in "iu"
    return series.tolist() if only_counts or not series.index.is_unique else series.to_dict()


def _sorted(values: list[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=str)


def _name(key: Any) -> str:
    try:
        return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
    except ValueError:  # a number of thousands of digits
        raise Unreadable("that number is too large") from None


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
    text = str(expected)
    if isinstance(given, int | float) and not isinstance(given, bool):
        try:
            return abs(read_number(text) - given) <= tolerance + 1e-9
        except Unreadable:
            return False
    given = "" if given is None else given  # a missing cell
    return isinstance(given, str) and plain(given) == plain(text)


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
    if len(given["rows"]) != len(expected["rows"]):
        return False
    places = [names.index(plain(name)) for name in wanted]
    rows = sorted(([row[place] for place in places] for row in given["rows"]), key=_sort_key)
    others = sorted(expected["rows"], key=_sort_key)
    return same(rows, others, tolerance) or (
        # A number that is a little off may have moved its row to another place.
        len(rows) <= _MOST_ROWS_IN_ANY_ORDER and _same_in_any_order(rows, others, tolerance)
    )


def _same_in_any_order(given: list[Any], expected: list[Any], tolerance: float) -> bool:
    left = list(given)
    for row in expected:
        place = next((at for at, each in enumerate(left) if same(each, row, tolerance)), None)
        if place is None:
            return False
        del left[place]
    return True


def _sort_key(row: list[Any]) -> tuple[list[str], list[float], list[str]]:
    """Return a key by which equal rows in other clothes come to stand at the same place."""
    words, numbers = [], []
    for cell in row:
        try:
            number = read_number(cell)
        except Unreadable:
            words.append(plain("" if cell is None else str(cell)))
            numbers.append(0.0)
        else:
            words.append("")
            numbers.append(number)
    return words, numbers, [f"{type(cell).__name__} {cell}" for cell in row]


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
    """Return text as a short quotation in one line, without characters that cannot be shown."""
    line = _SPACES.sub(" ", text[:60]).strip()
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return f"\u201c{line if len(text) <= 60 else line + ' …'}\u201d"
