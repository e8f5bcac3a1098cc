"""Sources, quotations and how to cite them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.tables import Cell, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

STATUS_NOTES = {
    "primary": "",
    "secondary": "Read in a page that quotes or reports the source, not in the source itself.",
    "unverified": "Well known, but not checked against a copy.",
    "not found": "Looked for and not found.",
    "judgement": "This module's own reading.",
}


class Source(Struct, frozen=True):
    """A text that facts are taken from.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD; `address` is the official one, which learners see, and
    `checked_at` is where the text was read.
    """

    id: str
    issuer: str
    title: str
    date: str
    symbol: str
    address: str
    checked_at: str


class Quotation(Struct, frozen=True):
    """Words of a source, letter for letter, with the place where they stand."""

    id: str
    text: str
    source: Source
    pinpoint: str
    status: str


@cache
def _sources(folder: Path) -> dict[str, Source]:
    columns = list(Source.__struct_fields__)
    found = {}
    for row in read_table("sources", columns, folder):
        cell = Cell("sources", row)
        optional = {"symbol", "date", "checked_at", "address"}
        values = {name: cell.text(name, required=name not in optional) for name in columns}
        found[row["id"]] = Source(**values)
    return found


def load_sources(folder: Path | None = None) -> dict[str, Source]:
    """Return all sources by id."""
    return _sources(folder or data_dir())


@cache
def _quotations(folder: Path) -> dict[str, Quotation]:
    sources = _sources(folder)
    found = {}
    for row in read_table("quotations", ["id", "text", "source", "pinpoint", "status"], folder):
        cell = Cell("quotations", row)
        found[row["id"]] = Quotation(
            id=row["id"],
            text=cell.text("text"),
            source=sources[cell.known("source", sources)],
            pinpoint=cell.text("pinpoint", required=False),
            status=cell.status(),
        )
    return found


def load_quotations(folder: Path | None = None) -> dict[str, Quotation]:
    """Return all quotations by id."""
    return _quotations(folder or data_dir())


def find_source(id: str, folder: Path | None = None) -> Source:
    """Return one source.

    Raises:
        CyberNormsError: no source has this id.
    """
    sources = load_sources(folder)
    if not isinstance(id, str) or id not in sources:
        from difflib import get_close_matches

        near = get_close_matches(str(id), sources, n=1)
        hint = f"Did you mean {near[0]!r}" if near else "See the ids in the first column"
        raise CyberNormsError(f"No source is called {id!r}", where="sources.csv", remedy=hint)
    return sources[id]


def short_name(source: Source) -> str:
    """Return what a reader calls a source: its UN symbol, or issuer and year."""
    if source.symbol:
        return source.symbol
    year = source.date[:4]
    return f"{source.issuer} ({year})" if year else source.issuer


def cite(id: str, pinpoint: str = "", folder: Path | None = None) -> str:
    """Return a citation in one line: issuer, title, symbol, date, pinpoint and official address.

    >>> cite("un-a-70-174", "para 13(f)").endswith("para 13(f). https://docs.un.org/en/A/70/174")
    True

    Raises:
        CyberNormsError: no source has this id.
    """
    source = find_source(id, folder)
    parts = [source.issuer, source.title, source.symbol, source.date, str(pinpoint or "")]
    line = ", ".join(part for part in parts if part) + "."
    return f"{line} {source.address}".strip()
