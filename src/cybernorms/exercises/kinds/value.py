"""Compute a value in code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from msgspec import Struct

from cybernorms.document import Block, Paragraph
from cybernorms.exercises.fields import Fields, Known, must_differ
from cybernorms.exercises.questions import (
    Feedback,
    Judgement,
    Offer,
    Question,
    offers_by_outcome,
    verdict_of,
)
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


class Value(Question, frozen=True):
    """Compute a number, text, list, mapping or table in code. Response: the value."""

    may_be_empty: ClassVar[bool] = True

    checks: tuple[Check, ...]
    source: str
    pinpoint: str

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        checks = tuple(_check(table) for table in fields.tables("check"))
        must_differ(fields, "check", [check.id for check in checks])
        total = sum(check.share for check in checks)
        if abs(total - 1) > 1e-6:
            raise fields.problem(
                "check", f"The shares add up to {total:g}", "Make them add up to 1"
            )
        return cls(
            **common,
            checks=checks,
            source=fields.reference("source", known.sources, ""),
            pinpoint=fields.text("pinpoint", ""),
        )

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, checks=(), source="", pinpoint="")

    def read_response(self, response: Any) -> Any:
        """Return plain lists, mappings, numbers and texts."""
        return simplify(response)

    def judge(self, given: Any) -> Judgement:
        """Sum of the shares of the checks that hold."""
        total, feedback = 0.0, []
        for check in self.checks:
            if check.holds(given):
                total += check.share
                reason = (check.passed, self.source, self.pinpoint)
                feedback.append(Feedback(check.name, "", "correct", *reason))
            else:
                feedback.append(Feedback(check.name, "", "incorrect", check.failed))
        credit = min(1.0, total)
        return Judgement(credit, tuple(feedback), (verdict_of(credit, feedback),))

    def offers(self) -> dict[str, Offer]:
        return offers_by_outcome()

    def offer_blocks(self) -> list[Block]:
        call = f'Compute it in the next cell, and end with: check("{self.id}", your_result)'
        return [Paragraph(call)]


def _check(table: Fields) -> Check:
    test = table.one_of("test", CHECK_TESTS)
    check = Check(
        id=table.id(),
        name=table.text("name"),
        test=test,
        expected=_expected(table, test),
        tolerance=table.number("tolerance", 0.0),
        share=table.number("share", low=0.01, high=1),
        passed=table.text("passed"),
        failed=table.text("failed"),
    )
    table.done()
    return check


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
