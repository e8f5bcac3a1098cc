"""Know a learner's record by its lines, where it was given in place of a hand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from cybernorms.exercises import record

FIRST = 20  # lines, of which one is an answer in every record

Entry = tuple[tuple[str, Any], ...]


def entries_of_record(
    text: str, loads: Callable[[str], Any], fields: Sequence[str], most: int
) -> tuple[list[Entry], int] | None:
    """Return the answers in the lines of a record, and how many lines could not be read.

    Arguments:
        text: what stands in a file.
        loads: reads JSON, with a tuple of names and values for each object.
        fields: the fields of an answer, in their order in a hand-in.
        most: how many lines are read, and one more.

    Returns:
        The answers and the number, or None where the text is no record.
    """
    if not any(_entry(line, loads, fields) for line in islice(_lines(text), FIRST)):
        return None
    entries, unreadable = [], 0
    for line in islice(_lines(text), most + 1):
        entry = _entry(line, loads, fields)
        if entry:
            entries.append(entry)
        else:
            unreadable += 1
    return entries, unreadable


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())


def _entry(line: str, loads: Callable[[str], Any], fields: Sequence[str]) -> Entry | None:
    try:
        parsed = loads(line.strip("\ufeff\0 \t\r"))
    except (ValueError, RecursionError):
        return None
    found = dict(parsed) if type(parsed) is tuple else {}
    version = found.get("format")
    if version != record.FORMAT or isinstance(version, bool):
        return None
    if not isinstance(found.get("question"), str):
        return None
    return tuple((name, found.get(name)) for name in fields)
