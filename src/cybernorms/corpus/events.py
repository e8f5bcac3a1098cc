"""Events between 1998 and 2025 in the making of rules for cyberspace."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.documents import load_documents
from cybernorms.corpus.instruments import load_instruments
from cybernorms.corpus.sources import Source, load_sources
from cybernorms.corpus.tables import STATUSES, Cell, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir


class Event(Struct, frozen=True):
    """Something that happened, on a day, over several days, or in a month.

    `date` and `date_end` are YYYY-MM or YYYY-MM-DD, `date_end` is empty for a single day or month,
    and `date_said` is the date as prose has it. The date has a status of its own. `document` and
    `instrument` are ids, or empty, and `opens_in` is the number of the lesson that may first show
    the event.
    """

    id: str
    date: str
    date_end: str
    date_said: str
    date_status: str
    name: str
    what: str
    forum: str
    document: str
    instrument: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    note: str
    as_of: str


@cache
def _events(folder: Path) -> tuple[Event, ...]:
    sources = load_sources(folder)
    documents = {document.id for document in load_documents(folder)}
    instruments = {instrument.id for instrument in load_instruments(folder)}
    found = []
    for row in read_table("events", list(Event.__struct_fields__), folder):
        cell = Cell("events", row)
        found.append(
            Event(
                id=row["id"],
                date=cell.text("date"),
                date_end=row["date_end"],
                date_said=cell.text("date_said"),
                date_status=cell.one_of("date_status", STATUSES),
                name=cell.text("name"),
                what=cell.text("what"),
                forum=cell.text("forum"),
                document=cell.known("document", documents) if row["document"] else "",
                instrument=cell.known("instrument", instruments) if row["instrument"] else "",
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                note=row["note"],
                as_of=row["as_of"],
            )
        )
    return tuple(sorted(found, key=lambda event: event.date))


def load_events(folder: Path | None = None) -> tuple[Event, ...]:
    """Return the events, oldest first.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _events(folder or data_dir())


def find_event(id: str, folder: Path | None = None) -> Event:
    """Return one event.

    Raises:
        CyberNormsError: no event has this id.
    """
    for event in load_events(folder):
        if event.id == id:
            return event
    raise CyberNormsError(
        f"No event is called {id!r}",
        where="events.csv",
        remedy="See the ids in the first column",
    )
