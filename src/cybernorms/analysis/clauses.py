"""Compare clauses part by part, and find the real clause that is nearest to a built one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from cybernorms.corpus.clauses import SLOTS, Clause, Part


class SlotDifference(Struct, frozen=True):
    """What two clauses have in common in one slot, and what only one of them has."""

    slot: str
    shared: tuple[Part, ...]
    only_first: tuple[Part, ...]
    only_second: tuple[Part, ...]

    @property
    def same(self) -> bool:
        """Return whether the two clauses say the same in this slot."""
        return not self.only_first and not self.only_second

    @property
    def distance(self) -> float:
        """Return how far apart the two are in this slot: 0 for the same, 1 for nothing shared.

        It is one minus the share of common parts among all parts of both (P. Jaccard, 1912, The
        distribution of the flora in the alpine zone, New Phytologist 11, 37-50).
        """
        parts = len(self.shared) + len(self.only_first) + len(self.only_second)
        return 1 - len(self.shared) / parts if parts else 0.0


def compare_parts(first: Iterable[Part], second: Iterable[Part]) -> list[SlotDifference]:
    """Return slot by slot what two clauses share and where they part."""
    one, two = list(first), list(second)
    differences = []
    for slot in SLOTS:
        left = [part for part in one if part.slot == slot]
        right = [part for part in two if part.slot == slot]
        differences.append(
            SlotDifference(
                slot,
                tuple(part for part in left if part in right),
                tuple(part for part in left if part not in right),
                tuple(part for part in right if part not in left),
            )
        )
    return differences


def distance(first: Iterable[Part], second: Iterable[Part]) -> float:
    """Return how many of the seven slots differ, a slot that is shared in part counting in part."""
    return sum(each.distance for each in compare_parts(first, second))


def nearest(parts: Iterable[Part], clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that are nearest to a built one, all of them where several are as near.

    Arguments:
        parts: the parts of the built clause.
        clauses: the real clauses to choose from.
    """
    built = list(parts)
    found = {clause.id: round(distance(built, clause.parts), 6) for clause in clauses}
    least = min(found.values(), default=0.0)
    return [clause for clause in clauses if found[clause.id] == least]
