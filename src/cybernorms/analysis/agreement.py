"""How far coders agree: the share of equal codings, and what is left of it beyond chance.

The definitions are those of Cohen (1960) and of Krippendorff (2011, "Computing Krippendorff's
Alpha-Reliability") for values without an order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

Codes = Mapping[str, str]
"""What one coder decided: a value for each item."""


class Measure(Struct, frozen=True):
    """A figure of agreement.

    `value` is None where the figure cannot be computed, and `why` then says for what reason;
    `items` is the number of items that went into it.
    """

    value: float | None
    items: int
    why: str = ""


def shared_items(one: Codes, two: Codes) -> list[str]:
    """Return the items that both coders coded, in the order of the first."""
    return [item for item in one if item in two]


def equal_items(one: Codes, two: Codes) -> list[str]:
    """Return the items to which both coders gave the same value."""
    return [item for item in shared_items(one, two) if one[item] == two[item]]


def percent_agreement(one: Codes, two: Codes) -> Measure:
    """Return the percentage of the shared items to which both gave the same value."""
    shared = shared_items(one, two)
    if not shared:
        return _nothing_shared()
    return Measure(100 * len(equal_items(one, two)) / len(shared), len(shared))


def percent_by_chance(one: Codes, two: Codes) -> Measure:
    """Return the percentage on which two coders would agree by chance.

    Each is thought to hand out values blindly, as often as he or she used them on the shared items
    (Cohen 1960).
    """
    shared = shared_items(one, two)
    if not shared:
        return _nothing_shared()
    return Measure(100 * _by_chance(one, two, shared), len(shared))


def cohens_kappa(one: Codes, two: Codes) -> Measure:
    """Return the share of the agreement beyond chance that two coders reached.

    It is (agreement - chance) / (1 - chance), after Jacob Cohen, "A Coefficient of Agreement for
    Nominal Scales", Educational and Psychological Measurement 20 (1960), 37-46. Where both gave one
    and the same value to everything, that is nothing divided by nothing.
    """
    shared = shared_items(one, two)
    if not shared:
        return _nothing_shared()
    if len({codes[item] for codes in (one, two) for item in shared}) == 1:
        return _no_variation(len(shared))
    chance = _by_chance(one, two, shared)
    seen = len(equal_items(one, two)) / len(shared)
    return Measure((seen - chance) / (1 - chance), len(shared))


def krippendorffs_alpha(coders: Sequence[Codes]) -> Measure:
    """Return one minus the disagreement of all coders over that expected by chance.

    For any number of coders and with gaps: an item counts where two or more coded it. The values
    are nominal, so that all differences weigh the same. After Klaus Krippendorff, Content Analysis:
    An Introduction to Its Methodology, and Hayes and Krippendorff, "Answering the Call for a
    Standard Reliability Measure for Coding Data", Communication Methods and Measures 1 (2007),
    77-89. Where all values are the same, nothing would be divided by nothing.
    """
    held = [item for codes in coders for item in codes]
    paired = [item for item in dict.fromkeys(held) if held.count(item) > 1]
    if not paired:
        return _nothing_shared()
    if len({codes[item] for codes in coders for item in paired if item in codes}) == 1:
        return _no_variation(len(paired))
    units = [Counter(codes[item] for codes in coders if item in codes) for item in paired]
    values = sum(units, Counter[str]())
    size = values.total()
    seen = sum(_unequal_pairs(unit) / (unit.total() - 1) for unit in units) / size
    expected = _unequal_pairs(values) / (size * (size - 1))
    return Measure(1 - seen / expected, len(paired))


def _nothing_shared() -> Measure:
    return Measure(None, 0, "no item was coded by two coders")


def _no_variation(items: int) -> Measure:
    return Measure(
        None,
        items,
        "all codings have the same value, so that chance alone would bring full agreement, "
        "and nothing is left to measure",
    )


def _by_chance(one: Codes, two: Codes, shared: Sequence[str]) -> float:
    """Return the share of items on which two coders would agree by chance."""
    first, second = (Counter(codes[item] for item in shared) for codes in (one, two))
    return sum(count * second[value] for value, count in first.items()) / len(shared) ** 2


def _unequal_pairs(counts: Counter[str]) -> int:
    """Return how many ordered pairs of codings have two different values."""
    return counts.total() ** 2 - sum(count * count for count in counts.values())
