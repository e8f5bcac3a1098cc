"""What coders said about passages and events on three axes, and the scheme that they used.

A passage is coded by the rule, the arrangement or the act that its words describe or ask for; an
event is coded by what was done, and by whom.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from cybernorms.corpus.columns import Day, IdIn, Status
from cybernorms.corpus.documents import DocumentPassage
from cybernorms.corpus.events import Event
from cybernorms.corpus.rows import TableRow, load
from cybernorms.corpus.sources import Fact

AXES = {"participants": "Participants", "number": "Number of States", "subject": "Subject"}
"""The three axes with the names that learners see."""
AxisName = Annotated[str, IdIn("coding_axes", "axis")]


class CodingAxis(Fact, frozen=True, kw_only=True):
    """An axis of the scheme: the question that it asks, and how to find the answer."""

    table: ClassVar[str] = "coding_axes"
    sort_by: ClassVar[str] = "position"

    axis: str
    position: int
    question: str
    rule: str

    def check(self) -> None:
        self.one_of("axis", AXES)


class CodingValue(Fact, frozen=True, kw_only=True):
    """What can be coded on an axis, with the rule for cases on the border."""

    table: ClassVar[str] = "coding_values"
    sort_by: ClassVar[str] = "position"

    axis: AxisName
    value: str
    position: int
    definition: str
    borderline: str


class Coding(TableRow, frozen=True, kw_only=True):
    """The value that one coder gave to an item on an axis, and why.

    `item` is the id of a passage or of an event.
    """

    table: ClassVar[str] = "codings"

    item: str
    coder: Literal["A", "B"]
    axis: AxisName
    value: str
    reason: str
    status: Status
    judged_on: Day

    @classmethod
    def read(cls) -> tuple[Coding, ...]:
        coded = load(cls)
        items = _items()
        found: dict[tuple[str, str, str], Coding] = {}
        for each in coded:
            if each.item not in items:
                raise each.problem(
                    "item", f"Nothing to code is called {each.item!r}", "Correct the name"
                )
            if found.setdefault((each.item, each.axis, each.coder), each) is not each:
                raise each.problem(
                    "axis",
                    f"Coder {each.coder} codes {each.item!r} twice on the axis {each.axis!r}",
                    "Keep one of the rows, or correct the coder",
                )
        axes = list(AXES)
        order = sorted(found, key=lambda key: (items.index(key[0]), axes.index(key[1]), key[2]))
        return tuple(found[key] for key in order)

    def check(self) -> None:
        self.one_of("value", [each.value for each in values_of(self.axis)])
        self.one_of("status", ["judgement"])


def _items() -> list[str]:
    """Return the ids of all that can be coded: passages document by document, then events."""
    passages = {each.id: each for each in DocumentPassage.rows()}
    return [*(id for id, each in passages.items() if each.coded), *(e.id for e in Event.rows())]


def load_axes() -> tuple[CodingAxis, ...]:
    """Return the axes of the scheme in their order."""
    return CodingAxis.rows()


def values_of(axis: str) -> tuple[CodingValue, ...]:
    """Return the values of an axis in their order; none where no axis has this name."""
    return tuple(each for each in CodingValue.rows() if each.axis == axis)


def load_codings() -> tuple[Coding, ...]:
    """Return all codings: item by item, axis by axis, and the coders in alphabetical order."""
    return Coding.rows()


def find_codings(*, item: str = "", axis: str = "", coder: str = "") -> tuple[Coding, ...]:
    """Return the codings of an item, on an axis and by a coder; an empty name lets all pass."""
    return tuple(
        each
        for each in load_codings()
        if item in ("", each.item) and axis in ("", each.axis) and coder in ("", each.coder)
    )


def load_coders() -> tuple[str, ...]:
    """Return the names of the coders, in alphabetical order."""
    return tuple(sorted({each.coder for each in load_codings()}))
