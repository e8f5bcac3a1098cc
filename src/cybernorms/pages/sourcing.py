"""Where a fact stands, as learners see it: short name, pinpoint, official address, status."""

from __future__ import annotations

from calendar import month_name

from cybernorms.corpus.sources import Source, short_name
from cybernorms.document import Inline, Link


def place(source: Source, pinpoint: str, status: str = "primary", as_of: str = "") -> list[Inline]:
    """Return a link to a source with pinpoint, and its status where it is not primary."""
    if status == "judgement":
        return ["this module\u2019s own reading"]
    name = ", ".join(part for part in (short_name(source), pinpoint) if part)
    parts: list[Inline] = [Link(name, source.address) if source.address else name]
    if status != "primary":
        parts.append(f" ({status})")
    if as_of:
        parts.append(f", as of {as_of}")
    return parts


def bracketed(source: Source, pinpoint: str, status: str, as_of: str = "") -> list[Inline]:
    """Return a place in brackets, to stand behind a sentence."""
    return ["[", *place(source, pinpoint, status, as_of), "]"]


def said(date: str) -> str:
    """Return a date as people say it.

    >>> said("2018-12-05"), said("2023-12"), said("2010")
    ('5 December 2018', 'December 2023', '2010')
    """
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = month_name[int(parts[1])]
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{month} {parts[0]}"
