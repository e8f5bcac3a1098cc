"""The instruments: texts that set out rules or promises, and the paragraphs that matter here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cybernorms.corpus.sources import Source, load_sources
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
NUMBERS = ("", "unilateral", "bilateral", "regional or plurilateral", "multilateral")


@dataclass(frozen=True)
class Instrument:
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
    for row in read_table("instruments", list(Instrument.__dataclass_fields__), folder):
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
