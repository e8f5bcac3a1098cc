"""Where a fact stands, as learners see it: short name, pinpoint, official address, status."""

from __future__ import annotations

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
