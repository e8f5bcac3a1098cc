"""A clause that is edited in place as data, with what its parts ask of each case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cybernorms.cards.parts import Part, _Data


class SlotChoice(_Data, frozen=True):
    """One choice of a slot: how a list calls it, how it reads, and the parts that it brings."""

    value: str
    label: str
    text: str = ""
    brings: Sequence[str] = ()


class ClauseSlot(_Data, frozen=True):
    """A slot of a clause: what it answers, the word in its place while it is empty, its choices."""

    name: str
    ask: str
    empty: str
    choices: Sequence[SlotChoice]


class AskingPart(_Data, frozen=True):
    """What a part of a clause asks: by attribute and by value verdict, reason, counter-reading."""

    slot: str
    label: str
    asks: Mapping[str, Mapping[str, Sequence[str]]]


class Tile(_Data, frozen=True):
    """An invented case: its label, whole and as it fits on a tile, its story, its attributes."""

    label: str
    short: str
    story: str
    attributes: Mapping[str, str]


class RealClause(_Data, frozen=True):
    """A real clause to lay beside the built one: its name, its words as HTML, what it asks."""

    label: str
    html: str
    asking: Mapping[str, AskingPart]


class ClauseBoard(Part, frozen=True, tag="clause"):
    """A clause that is edited in place, and its cases. Values: a choice for each slot, by name.

    What it reaches is worked out in the front end. `beside` is a real clause on a second board.
    """

    slots: Sequence[ClauseSlot]
    asking: Mapping[str, AskingPart]
    cases: Sequence[Tile]
    beside: RealClause | None = None
