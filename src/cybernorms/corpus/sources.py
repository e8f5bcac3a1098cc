"""Sources, quotations and how to cite them."""

from __future__ import annotations

from typing import ClassVar, Literal

from cybernorms.corpus.columns import Date, Status, Word
from cybernorms.corpus.rows import TableRow, find_row

STATUS_NOTES = {
    "primary": "",
    "secondary": "Read in a page that quotes or reports the source, not in the source itself.",
    "unverified": "Well known, but not checked against a copy.",
    "not found": "Looked for and not found.",
    "judgement": "This module's own reading.",
}


Rendering = Literal["verbatim", "paraphrase"]
"""Whether a cell has the words of a text, letter by letter and perhaps not all, or ours."""
RenderingIfAny = Literal["verbatim", "paraphrase", "none"]
"""The same, where there may be no words to give."""


class Source(TableRow, frozen=True, kw_only=True):
    """A text that facts are taken from.

    `address` is the official one, which learners see, and `checked_at` is where the text was read,
    on the day `checked_on`.
    """

    table: ClassVar[str] = "sources"

    id: str
    issuer: str
    title: str
    date: Date = ""
    symbol: str = ""
    address: str = ""
    checked_at: str = ""
    checked_on: Date
    licence: Word
    kind: Word
    note: str = ""


class Fact(TableRow, frozen=True, kw_only=True):
    """A row that states something: its source, the place there, and how well it was checked."""

    source: Source
    pinpoint: str
    status: Status

    def say_what_is_left_out(self, side: str = "") -> None:
        """Raise an error where a paraphrase does not say what it leaves out of the words.

        Arguments:
            side: what the names of both columns begin with, such as "post_".
        """
        if getattr(self, f"{side}rendering") == "paraphrase":
            self.require(f"{side}leaves_out")


class Quotation(Fact, frozen=True, kw_only=True):
    """Words of a source, letter for letter, with the place where they stand."""

    table: ClassVar[str] = "quotations"

    id: str
    text: str
    checked_at: str
    note: str = ""


def load_sources() -> dict[str, Source]:
    """Return all sources by id."""
    return Source.by_id()


def load_quotations() -> dict[str, Quotation]:
    """Return all quotations by id."""
    return Quotation.by_id()


def find_source(id: str) -> Source:
    """Return one source.

    Raises:
        CyberNormsError: no source has this id.
    """
    return find_row(Source.rows(), id, "source")


def short_name(source: Source) -> str:
    """Return what a reader calls a source: its UN symbol, or issuer and year."""
    if source.symbol:
        return source.symbol
    year = source.date[:4]
    return f"{source.issuer} ({year})" if year else source.issuer


def cite(id: str, pinpoint: str = "") -> str:
    """Return a citation in one line: issuer, title, symbol, date, pinpoint and official address.

    >>> cite("un-a-70-174", "para 13(f)").endswith("para 13(f). https://docs.un.org/en/A/70/174")
    True

    Raises:
        CyberNormsError: no source has this id.
    """
    source = find_source(id)
    parts = [source.issuer, source.title, source.symbol, source.date, str(pinpoint or "")]
    line = ", ".join(part for part in parts if part) + "."
    return f"{line} {source.address}".strip()
