"""The instruments, paragraphs of them that matter here, and the views of States and others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.assembly import State, load_states
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

STAGES = ("reported", "proposed", "adopted or agreed", "in force", "ended")
FORCES = (
    "none",
    "political commitment",
    "voluntary norm",
    "binding on its parties",
    "national law or order",
    "expert opinion",
)
ISSUER_KINDS = (
    "a state",
    "several states",
    "a UN body",
    "a multistakeholder meeting",
    "experts",
    "the press",
)
TOPICS = (
    "UN Charter",
    "sovereignty",
    "human rights",
    "non-intervention",
    "self-defence",
    "humanitarian law",
    "state responsibility",
    "due diligence",
    "proxies",
    "attribution",
    "nature of norms",
    "peace and security",
    "information content",
    "internet governance",
    "cooperation",
    "treaties on crime",
    "intellectual property",
)
VIEW_TOPICS = (
    "self-defence and humanitarian law",
    "a binding treaty",
    "due diligence",
    "attribution",
    "sovereignty",
    "who should decide",
    "nature of norms",
    "new norms or old ones",
    "military use",
    "critical infrastructure",
    "a permanent forum",
)
NUMBERS = ("", "unilateral", "bilateral", "regional or plurilateral", "multilateral")


class Instrument(Struct, frozen=True):
    """A text that sets out rules or promises on what States do in cyberspace.

    `stage`, `force` and `issuer_kind` are three questions that are never mixed: how far the text
    has come, how strongly it binds, and who issued it. `date` is YYYY, YYYY-MM or YYYY-MM-DD,
    `number` is empty where no State stands behind the text, and `opens_in` is the number of the
    lesson that may first show it.
    """

    id: str
    name: str
    short_name: str
    date: str
    stage: str
    force: str
    issuer_kind: str
    issuer: str
    number: str
    summary: str
    note: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    as_of: str


@cache
def _instruments(folder: Path) -> tuple[Instrument, ...]:
    sources = load_sources(folder)
    found = []
    for row in read_table("instruments", list(Instrument.__struct_fields__), folder):
        cell = Cell("instruments", row)
        found.append(
            Instrument(
                id=row["id"],
                name=cell.text("name"),
                short_name=cell.text("short_name"),
                date=cell.text("date"),
                stage=cell.one_of("stage", STAGES),
                force=cell.one_of("force", FORCES),
                issuer_kind=cell.one_of("issuer_kind", ISSUER_KINDS),
                issuer=cell.text("issuer"),
                number=cell.one_of("number", NUMBERS),
                summary=cell.text("summary"),
                note=row["note"],
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                as_of=row["as_of"],
            )
        )
    return tuple(found)


def load_instruments(folder: Path | None = None) -> tuple[Instrument, ...]:
    """Return the instruments, oldest first.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _instruments(folder or data_dir())


def find_instrument(id: str, folder: Path | None = None) -> Instrument:
    """Return one instrument.

    Raises:
        CyberNormsError: no instrument has this id.
    """
    instruments = load_instruments(folder)
    for instrument in instruments:
        if instrument.id == id:
            return instrument
    raise CyberNormsError(
        f"No instrument is called {id!r}",
        where="instruments.csv",
        remedy=f"Choose one of: {', '.join(each.id for each in instruments)}",
    )


class Paragraph(Struct, frozen=True):
    """A paragraph of an instrument, in the module's own words.

    `force_words` is its operative verb as far as that was checked; `what_follows` is the module's
    own reading of what it means for a State.
    """

    id: str
    instrument: Instrument
    pinpoint: str
    text: str
    quotation: Quotation | None
    force_words: str
    topic: str
    what_follows: str
    opens_in: str
    source: Source
    status: str
    note: str


def _quotation(cell: Cell, quotations: dict[str, Quotation]) -> Quotation | None:
    """Return the quotation that a row names, or None where it names none."""
    if not cell.text("quotation", required=False):
        return None
    return quotations[cell.known("quotation", quotations)]


@cache
def _paragraphs(folder: Path) -> tuple[Paragraph, ...]:
    sources = load_sources(folder)
    quotations = load_quotations(folder)
    instruments = {instrument.id: instrument for instrument in load_instruments(folder)}
    found = []
    for row in read_table("paragraphs", list(Paragraph.__struct_fields__), folder):
        cell = Cell("paragraphs", row)
        found.append(
            Paragraph(
                id=row["id"],
                instrument=instruments[cell.known("instrument", instruments)],
                pinpoint=cell.text("pinpoint"),
                text=cell.text("text"),
                quotation=_quotation(cell, quotations),
                force_words=cell.text("force_words"),
                topic=cell.one_of("topic", TOPICS),
                what_follows=cell.text("what_follows"),
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                status=cell.status(),
                note=row["note"],
            )
        )
    return tuple(found)


def load_paragraphs(folder: Path | None = None) -> tuple[Paragraph, ...]:
    """Return the paragraphs, instrument by instrument, in the order of each text.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _paragraphs(folder or data_dir())


class View(Struct, frozen=True):
    """What a State, a group of States or an author holds, as the holder puts it.

    `state` is None where the holder is no single State, and `date` is YYYY, YYYY-MM or YYYY-MM-DD.
    """

    id: str
    holder: str
    state: State | None
    topic: str
    view: str
    quotation: Quotation | None
    date: str
    source: Source
    pinpoint: str
    status: str


@cache
def _views(folder: Path) -> tuple[View, ...]:
    sources = load_sources(folder)
    quotations = load_quotations(folder)
    states = load_states(folder)
    found = []
    for row in read_table("views", list(View.__struct_fields__), folder):
        cell = Cell("views", row)
        found.append(
            View(
                id=row["id"],
                holder=cell.text("holder"),
                state=states[cell.known("state", states)] if row["state"] else None,
                topic=cell.one_of("topic", VIEW_TOPICS),
                view=cell.text("view"),
                quotation=_quotation(cell, quotations),
                date=cell.text("date"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(found)


def load_views(folder: Path | None = None) -> tuple[View, ...]:
    """Return the views, topic by topic, the oldest first in each.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _views(folder or data_dir())
