"""Answers that two students gave to the very second: work that was shared, or one record of two.

A pair of students is told from `LEAST` shared answers on, if they are also a tenth of what the one
with fewer answers has. Where a class answers 30 questions in one hour, two students have the same
answer in the same second for one question in some hundreds, so for five of 30 it is no chance
(about three in a billion pairs); the tenth holds the same for those who answer hundreds.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, combinations
from typing import NamedTuple, TypeAlias

from cybernorms.classroom.intake.answers import columns_of

LEAST = 5
LEAST_SHARE = 0.1
MOST_ENTRIES = 5_000_000  # answers of a class that are held against each other
ENTRIES_AT_ONCE = 400_000
MOST_HOLDERS = 30  # students of one answer who are paired; of more a few pairs tell enough

# The answers of a file as numbers, eight bytes each.
Prints: TypeAlias = "array[int]"


def prints_of(packed: bytes) -> Prints:
    """Return a number for each answer of a file that has a time: of question, answer and second.

    They are the same for equal answers within one process only.
    """
    keys, times, responses = columns_of(packed)
    entries = zip(keys, responses, times, strict=True)
    if "" in times:
        return array("q", [hash(each) for each in entries if each[2]])
    return array("q", map(hash, entries))


class SharedPair(NamedTuple):
    """Two students by their index, and how many answers they share."""

    one: int
    other: int
    shared: int


def shared_pairs(students: Sequence[Sequence[Prints]], groups: Sequence[str]) -> list[SharedPair]:
    """Return the pairs of students who share more answers than chance gives.

    Arguments:
        students: the answers of each, file by file.
        groups: the group of each, or nothing; within a group all share their work.
    """
    compared = students[: _within_limit(students)]
    counts = [0] * len(compared)
    pairs: Counter[tuple[int, int]] = Counter()
    parts = 1 + sum(map(_size, compared)) // ENTRIES_AT_ONCE
    for part in range(parts):
        _count_pairs([_part_of(files, part, parts) for files in compared], counts, pairs)
    return [
        SharedPair(one, other, shared)
        for (one, other), shared in sorted(pairs.items())
        if shared >= max(LEAST, LEAST_SHARE * min(counts[one], counts[other]))
        and not (groups[one] and groups[one] == groups[other])
    ]


def _count_pairs(own: list[set[int]], counts: list[int], pairs: Counter[tuple[int, int]]) -> None:
    """Add to the answers of each student, and to the pairs of students who share one."""
    seen: set[int] = set()
    repeated: set[int] = set()
    for index, mine in enumerate(own):
        counts[index] += len(mine)
        repeated |= seen & mine
        seen |= mine
    holders: dict[int, list[int]] = {}
    for index, mine in enumerate(own):
        for each in mine & repeated:
            holders.setdefault(each, []).append(index)
    for indexes in holders.values():
        pairs.update(combinations(indexes[:MOST_HOLDERS], 2))


def _part_of(files: Sequence[Prints], part: int, parts: int) -> set[int]:
    """Return one part of a student's answers, each once, so that not all are in memory at once."""
    if parts == 1:
        return set().union(*files)
    return {each for file in files for each in file if each % parts == part}


def _size(files: Sequence[Prints]) -> int:
    return sum(map(len, files))


def _within_limit(students: Sequence[Sequence[Prints]]) -> int:
    """Return how many students can be compared."""
    sizes = accumulate(map(_size, students))
    return next((index for index, size in enumerate(sizes) if size > MOST_ENTRIES), len(students))
