"""Answers that two students gave to the very second: work that was shared, or one record of two.

A pair of students is told from `LEAST` shared answers on, if they are also a tenth of what the one
with fewer answers has. Where a class answers 30 questions in one hour, two students have the same
answer in the same second for one question in some hundreds, so for five of 30 it is no chance
(about three in a billion pairs); the tenth holds the same for those who answer hundreds.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from cybernorms.classroom.intake.answers import Answers

LEAST = 5
LEAST_SHARE = 0.1
MOST_ENTRIES = 2_000_000  # answers of a class that are held against each other
MOST_HOLDERS = 30  # students of one answer who are paired; of more a few pairs tell enough

# The answers of a file as numbers, eight bytes each.
Prints: TypeAlias = "array[int]"


def prints_of(packed: bytes) -> Prints:
    """Return a number for each answer of a file that has a time: of question, answer and second.

    They are the same for equal answers within one process only.
    """
    entries = Answers(packed).entries
    return array("q", [hash(each) for each in entries if each[2]])


class SharedPair(NamedTuple):
    """Two students by their index, and how many answers they share."""

    one: int
    other: int
    shared: int


def shared_pairs(students: Sequence[Iterable[Prints]], groups: Sequence[str]) -> list[SharedPair]:
    """Return the pairs of students who share more answers than chance gives.

    Arguments:
        students: the answers of each, file by file.
        groups: the group of each, or nothing; within a group all share their work.
    """
    own = _within_limit(students)
    seen: set[int] = set()
    repeated: set[int] = set()
    for mine in own:
        repeated |= seen & mine
        seen |= mine
    del seen
    holders: dict[int, list[int]] = {}
    for index, mine in enumerate(own):
        for each in mine & repeated:
            holders.setdefault(each, []).append(index)
    pairs: Counter[tuple[int, int]] = Counter()
    for indexes in holders.values():
        pairs.update(combinations(indexes[:MOST_HOLDERS], 2))
    return [
        SharedPair(one, other, shared)
        for (one, other), shared in sorted(pairs.items())
        if shared >= max(LEAST, LEAST_SHARE * min(len(own[one]), len(own[other])))
        and not (groups[one] and groups[one] == groups[other])
    ]


def _within_limit(students: Sequence[Iterable[Prints]]) -> list[set[int]]:
    own, count = [], 0
    for files in students:
        mine: set[int] = set().union(*files) if count < MOST_ENTRIES else set()
        count += len(mine)
        own.append(mine)
    return own
