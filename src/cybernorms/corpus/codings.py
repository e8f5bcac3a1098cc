"""What coders said about passages and events on three axes, and the scheme that they used.

A passage is coded by the rule, the arrangement or the act that its words describe or ask for; an
event is coded by what was done, and by whom.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.documents import coded_passages
from cybernorms.corpus.events import load_events
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.paths import data_dir

AXES = {"participants": "Participants", "number": "Number of States", "subject": "Subject"}
"""The three axes with the names that learners see."""


class CodingAxis(Struct, frozen=True):
    """An axis of the scheme: the question that it asks, and how to find the answer."""

    axis: str
    question: str
    rule: str


class CodingValue(Struct, frozen=True):
    """What can be coded on an axis, with the rule for cases on the border."""

    axis: str
    value: str
    definition: str
    borderline: str


class Coding(Struct, frozen=True):
    """The value that one coder gave to an item on an axis, and why.

    `item` is the id of a passage or of an event, and `judged_on` is YYYY-MM-DD.
    """

    item: str
    coder: str
    axis: str
    value: str
    reason: str
    status: str
    judged_on: str


@cache
def _axes(folder: Path) -> tuple[CodingAxis, ...]:
    found = {}
    for row in read_table("coding_axes", list(CodingAxis.__struct_fields__), folder):
        cell = Cell("coding_axes", row)
        axis = cell.one_of("axis", tuple(AXES))
        found[axis] = CodingAxis(axis, cell.text("question"), cell.text("rule"))
    return tuple(found[axis] for axis in AXES if axis in found)


def load_axes(folder: Path | None = None) -> tuple[CodingAxis, ...]:
    """Return the axes of the scheme in their order.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _axes(folder or data_dir())


@cache
def _values(folder: Path) -> tuple[CodingValue, ...]:
    rows = read_table("coding_values", [*CodingValue.__struct_fields__, "position"], folder)
    found = []
    for row in rows:
        cell = Cell("coding_values", row)
        value = CodingValue(
            axis=cell.one_of("axis", tuple(AXES)),
            value=cell.text("value"),
            definition=cell.text("definition"),
            borderline=cell.text("borderline"),
        )
        found.append((cell.whole("position") or 0, value))
    return tuple(value for _, value in sorted(found, key=lambda each: each[0]))


def values_of(axis: str, folder: Path | None = None) -> tuple[CodingValue, ...]:
    """Return the values of an axis in their order; none where no axis has this name.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return tuple(each for each in _values(folder or data_dir()) if each.axis == axis)


def _coding(cell: Cell, items: Container[str], folder: Path) -> Coding:
    axis = cell.one_of("axis", tuple(AXES))
    return Coding(
        item=cell.known("item", items),
        coder=cell.text("coder"),
        axis=axis,
        value=cell.one_of("value", [each.value for each in values_of(axis, folder)]),
        reason=cell.text("reason"),
        status=cell.one_of("status", ("judgement",)),
        judged_on=cell.text("judged_on"),
    )


@cache
def _codings(folder: Path) -> tuple[Coding, ...]:
    items = [
        *(passage.id for passage in coded_passages(folder)),
        *(event.id for event in load_events(folder)),
    ]
    found: dict[tuple[str, str, str], Coding] = {}
    for row in read_table("codings", list(Coding.__struct_fields__), folder):
        cell = Cell("codings", row)
        coding = _coding(cell, items, folder)
        key = (coding.item, coding.coder, coding.axis)
        if key in found:
            raise cell.problem(
                "axis",
                f"Coder {coding.coder} codes {coding.item!r} twice on the axis {coding.axis!r}",
                "Keep one of the rows, or correct the coder",
            )
        found[key] = coding
    axes = list(AXES)
    return tuple(
        sorted(
            found.values(),
            key=lambda each: (items.index(each.item), axes.index(each.axis), each.coder),
        )
    )


def load_codings(folder: Path | None = None) -> tuple[Coding, ...]:
    """Return all codings: item by item, axis by axis, and the coders in alphabetical order.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _codings(folder or data_dir())


def find_codings(
    *, item: str = "", axis: str = "", coder: str = "", folder: Path | None = None
) -> tuple[Coding, ...]:
    """Return the codings of an item, on an axis and by a coder; an empty name lets all pass.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return tuple(
        each
        for each in load_codings(folder)
        if item in ("", each.item) and axis in ("", each.axis) and coder in ("", each.coder)
    )


def load_coders(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the coders, in alphabetical order.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return tuple(sorted({each.coder for each in load_codings(folder)}))
