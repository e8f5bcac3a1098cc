"""Bring computed values into one form, and compare them."""

from __future__ import annotations

import math
from collections.abc import Collection, ItemsView, KeysView, Mapping, Sequence, ValuesView
from itertools import islice
from typing import Any

from cybernorms.exercises.responses import (
    Unreadable,
    kind_of,
    normalize,
    read_number,
    read_text,
)

_LISTS = (Sequence, KeysView, ValuesView, ItemsView)
_MOST_CELLS = 20_000
_MOST_ROWS_IN_ANY_ORDER = 200


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
    raise Unreadable(f"this is {kind_of(value)}; a number, text, list or table is expected")


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
    """Return whether two simplified values mean the same.

    Numbers may differ by `tolerance` and may be written as text; text may differ in case, dashes
    and spaces; tables may differ in the order of columns and of rows.
    """
    if is_table(expected) and is_table(given):
        return _same_table(given, expected, tolerance)
    if isinstance(expected, Mapping):
        if not isinstance(given, Mapping) or len(given) != len(expected):
            return False
        theirs = {normalize(str(key)): value for key, value in given.items()}
        return all(
            normalize(str(key)) in theirs and same(theirs[normalize(str(key))], value, tolerance)
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
    return isinstance(given, str) and normalize(given) == normalize(text)


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
    names, wanted = [normalize(name) for name in given["columns"]], list(expected["columns"])
    if sorted(names) != sorted(normalize(name) for name in wanted):
        return False
    if len(given["rows"]) != len(expected["rows"]):
        return False
    columns = [names.index(normalize(name)) for name in wanted]
    rows = sorted(([row[column] for column in columns] for row in given["rows"]), key=_sort_key)
    others = sorted(expected["rows"], key=_sort_key)
    return same(rows, others, tolerance) or (
        # A number that is a little off may have moved its row elsewhere.
        len(rows) <= _MOST_ROWS_IN_ANY_ORDER and _same_in_any_order(rows, others, tolerance)
    )


def _same_in_any_order(given: list[Any], expected: list[Any], tolerance: float) -> bool:
    left = list(given)
    for row in expected:
        index = next((i for i, each in enumerate(left) if same(each, row, tolerance)), None)
        if index is None:
            return False
        del left[index]
    return True


def _sort_key(row: list[Any]) -> tuple[list[str], list[float], list[str]]:
    """Return a key by which rows that mean the same come to stand at the same index."""
    words, numbers = [], []
    for cell in row:
        try:
            number = read_number(cell)
        except Unreadable:
            words.append(normalize("" if cell is None else str(cell)))
            numbers.append(0.0)
        else:
            words.append("")
            numbers.append(number)
    return words, numbers, [f"{type(cell).__name__} {cell}" for cell in row]
