"""Put judgements of coverage into a matrix, and find where coders differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from cybernorms.corpus.coverage import VALUES, Coverage

Matrix = Mapping[str, Mapping[str, tuple[Coverage, ...]]]
DIFFER = "coders differ"


def matrix(judgements: Iterable[Coverage]) -> Matrix:
    """Return the judgements by target and instrument, the coders of a cell in alphabetical order.

    Targets and instruments stand in the order in which they first appear.
    """
    cells: dict[str, dict[str, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for each in judgements:
        cells[each.target.id][each.instrument.id].append(each)
    return {
        target: {
            instrument: tuple(sorted(found, key=lambda each: each.coder))
            for instrument, found in row.items()
        }
        for target, row in cells.items()
    }


def agreed(cell: Iterable[Coverage]) -> str:
    """Return the value on which all coders of a cell agree, or that they differ."""
    values = {each.value for each in cell}
    return values.pop() if len(values) == 1 else DIFFER


def count_values(cells: Iterable[Iterable[Coverage]]) -> dict[str, int]:
    """Return how often each value stands in some cells, and how often the coders differ."""
    counts = Counter(agreed(cell) for cell in cells)
    return {value: counts[value] for value in (*VALUES, DIFFER) if counts[value] or value != DIFFER}


def differing(found: Matrix) -> list[tuple[Coverage, ...]]:
    """Return the cells on which coders differ, row by row."""
    return [cell for row in found.values() for cell in row.values() if agreed(cell) == DIFFER]
