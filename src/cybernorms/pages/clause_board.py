"""The board of a clause: what its slots offer, what each part asks, and what its cases are.

The front end works out from this which cases a clause reaches, by the rules of `analysis.reach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from cybernorms.analysis.reach import RESULTS, reach
from cybernorms.corpus.clauses import Part
from cybernorms.corpus.conducts import ClauseChoice, load_choices, load_conducts, load_part_tests
from cybernorms.document import Line, Table

# What each slot answers, and what stands in the sentence while it is empty.
ASKS: Mapping[str, tuple[str, str]] = {
    "actor": ("Who?", ""),
    "modality": ("How strongly?", ""),
    "verb": ("Do what?", ""),
    "mental element": ("Knowing or meaning what?", "knowing?"),
    "object": ("What is it about?", ""),
    "purpose": ("What for?", "what for?"),
    "limit": ("When, or under which law?", "limit?"),
    "exception": ("Unless what?", "unless?"),
}
WORDS = {"met": "reached", "arguable": "arguable", "missed": "missed"}
COMPARED = "The same cases under both clauses"


class Asked(Struct, frozen=True):
    """What a part of a clause asks: its slot, its label, and for each attribute the findings.

    `asks` has, by attribute and by value, the verdict, the reason and the reading against.
    """

    slot: str
    label: str
    asks: Mapping[str, Mapping[str, tuple[str, str, str]]]


def asked(parts: Iterable[Part]) -> dict[str, Asked]:
    """Return what parts ask of a case, by the id of the part."""
    found: dict[str, Asked] = {}
    tests = load_part_tests()
    for part in parts:
        asks: dict[str, dict[str, tuple[str, str, str]]] = {}
        for each in tests:
            if each.part == part.id:
                reading = (each.verdict, each.reason, each.counter)
                asks.setdefault(each.attribute, {})[each.value] = reading
        found[part.id] = Asked(part.slot, part.label, asks)
    return found


def slots() -> dict[str, tuple[ClauseChoice, ...]]:
    """Return what each slot of a built clause offers, in the order of the sentence."""
    return {name: tuple(choices) for name, choices in load_choices().items()}


def parts_on_offer() -> list[Part]:
    """Return all parts that a choice can bring into a clause, each of them once."""
    every = (part for found in slots().values() for each in found for part in each.parts)
    return list({part.id: part for part in every}.values())


def short_label(label: str) -> str:
    """Return the label of a case as it fits on a tile.

    >>> short_label("A State's agency copies trade secrets"), short_label("A State helps a group")
    ('Its agency copies trade secrets', 'Helps a group')
    """
    if label.startswith("A State's "):
        return label.replace("A State's", "Its", 1)
    rest = label.removeprefix("A State ")
    return rest[:1].upper() + rest[1:]


def verdicts(parts: Sequence[Part]) -> list[str]:
    """Return what a clause does with each invented case, in their order."""
    tests = load_part_tests()
    return [reach(parts, each.attributes, tests).verdict for each in load_conducts()]


def compared_table(first: Sequence[Part], second: Sequence[Part]) -> Table:
    """Return what two clauses do with each invented case, side by side.

    Arguments:
        first: the parts of the clause that was built.
        second: the parts of a real one.
    """
    rows: list[list[Line]] = []
    for case, one, two in zip(load_conducts(), verdicts(first), verdicts(second), strict=True):
        apart = "the same" if one == two else "they differ"
        name = f"{case.position}. {case.label}"
        rows.append([name, RESULTS[one], RESULTS[two], apart])
    return Table(COMPARED, ["Case", "Yours", "The real one", "Apart"], rows)
