"""Checks of a computed value: what they ask for, and whether a value has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from cybernorms.exercises.fields import Fields
from cybernorms.exercises.responses import Unreadable, normalize
from cybernorms.exercises.values import is_table, same, simplify

CHECK_TESTS = ("columns", "rows", "contains", "equals")


class Check(Struct, frozen=True):
    """One property of a computed value.

    `test` is one of `columns`, `rows`, `contains`, `equals`; `share` is its part of the credit,
    all shares of a question add up to 1.
    """

    id: str
    name: str
    test: str
    expected: Any
    tolerance: float
    share: float
    passed: str
    failed: str

    def holds(self, value: Any) -> bool:
        """Return whether a simplified value has the property that the check asks for."""
        if self.test == "columns":
            given = value["columns"] if is_table(value) else value
            if not isinstance(given, list | dict):
                return False
            names = {normalize(name) for name in given if isinstance(name, str)}
            return all(normalize(name) in names for name in self.expected)
        if self.test == "rows":
            held = value["rows"] if is_table(value) else value
            return isinstance(held, dict | list) and len(held) == self.expected
        if self.test == "contains":
            wanted = self.expected if isinstance(self.expected, list) else [self.expected]
            return all(_contains(value, each, self.tolerance) for each in wanted)
        return same(value, self.expected, self.tolerance)


def read_check(table: Fields) -> Check:
    """Return a check from its TOML table.

    Raises:
        CyberNormsError: a field is missing or wrong, or no value can pass.
    """
    test = table.one_of("test", CHECK_TESTS)
    return Check(
        id=table.id(),
        name=table.text("name"),
        test=test,
        expected=_expected(table, test),
        tolerance=table.number("tolerance", 0.0),
        share=table.number("share", low=0.01, high=1),
        passed=table.text("passed"),
        failed=table.text("failed"),
    )


def _expected(table: Fields, test: str) -> Any:
    """Return what a check expects, once it is sure that a value can pass."""
    expected = table.take("expected")
    if test == "columns":
        names = isinstance(expected, list) and all(isinstance(each, str) for each in expected)
        if not names or not expected:
            raise table.problem("expected", "A list of names is expected", 'Write ["…", "…"]')
    elif test == "rows":
        if type(expected) is not int or expected < 0:
            raise table.problem("expected", "A whole number is expected", "Write digits only")
    elif problem := _impossible(expected):
        raise table.problem("expected", f"Nothing can equal this: {problem}", "Correct it")
    return expected


def _impossible(expected: Any) -> str:
    """Return why no value can equal what is expected, or nothing."""
    if (
        isinstance(expected, dict)
        and set(expected) == {"columns", "rows"}
        and not is_table(expected)
    ):
        return "a row of the table has more or fewer cells than there are columns"
    try:
        return "it is no number" if simplify(expected) is None else ""
    except Unreadable as problem:
        return str(problem)


def _contains(value: Any, wanted: Any, tolerance: float) -> bool:
    """Return whether a value has something in it.

    A mapping is wanted of a mapping, or of a row of a table, that has at least these entries;
    anything else is wanted among the items of a list, the rows of a table or the keys of a mapping.
    """
    if isinstance(wanted, Mapping):
        entries = [(normalize(name), each) for name, each in wanted.items()]
        return any(
            all(name in held and same(held[name], each, tolerance) for name, each in entries)
            for held in _mappings_in(value)
        )
    held = value["rows"] if is_table(value) else list(value) if isinstance(value, dict) else value
    return isinstance(held, list) and any(same(each, wanted, tolerance) for each in held)


def _mappings_in(value: Any) -> list[dict[str, Any]]:
    """Return a mapping, those in a list, or the rows of a table as such, with plain names."""
    if is_table(value):
        names = [normalize(name) for name in value["columns"]]
        return [dict(zip(names, row, strict=True)) for row in value["rows"]]
    held = value if isinstance(value, list) else [value]
    return [
        {normalize(name): each for name, each in mapping.items()}
        for mapping in held
        if isinstance(mapping, dict)
    ]
