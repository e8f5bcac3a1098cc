"""Copies that a sync service leaves beside a record, as two computers wrote to it at once.

Each service has its own names for them (`answers-LAPTOP-7Q2.jsonl`, `answers (1).jsonl`,
`answers.sync-conflict-….jsonl`), in the language of the computer. All have the name of the record
in them, and lie beside it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

NOT_YET = -1.0  # before all times


class Line(NamedTuple):
    """A line of a record: its bytes, its time, and where it stands."""

    raw: bytes
    time: str
    file: str
    number: int


def find_copies(record: Path) -> list[Path]:
    """Return the copies beside a record, by name; none where its folder cannot be read."""
    stem, _, ending = record.name.lower().partition(".")
    found = []
    try:
        with os.scandir(record.parent) as entries:
            for entry in entries:
                name = entry.name.lower()
                if stem not in name or f".{ending}" not in name or entry.name == record.name:
                    continue
                passing = name.startswith(".") or name.endswith((".lock", ".part", ".tmp"))
                if not passing and entry.is_file(follow_symlinks=False):
                    found.append(record.parent / entry.name)
    except OSError:
        return []
    return sorted(found)


def merge(files: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of several copies of a record in the order of their times.

    A line that stands in several copies counts once. One without a time that can be read stays
    behind the line before it; of lines with the same time, those of the first file come first.
    """
    seen: Counter[bytes] = Counter()
    timed: list[tuple[float, Line]] = []
    for lines in files:
        known, last = Counter(seen), NOT_YET
        for line in lines:
            last = _seconds(line.time, last)
            if known[line.raw]:
                known[line.raw] -= 1
            else:
                seen[line.raw] += 1
                timed.append((last, line))
    return [line for _, line in sorted(timed, key=lambda each: each[0])]


def _seconds(time: str, otherwise: float) -> float:
    try:
        when = datetime.fromisoformat(time)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return otherwise


def describe_copies(record: str, copies: Sequence[str]) -> str:
    """Return what is said of copies that were read along, and how to have one record again."""
    if not copies:
        return ""
    names = f"{record}, {', '.join(copies[:-1])}".rstrip(", ")
    count = "Two records were" if len(copies) == 1 else f"{len(copies) + 1} records were"
    all_of_them = "both were" if len(copies) == 1 else "all were"
    return (
        f"{count} found; {all_of_them} read: {names} and {copies[-1]}. "
        "Such copies come from a service that keeps a folder the same on several computers, or "
        "from an older folder of the module. To have one record again, close the module on the "
        "other computers, wait until the service has finished, then run: cybernorms join-records"
    )
