"""The UN groups since 2004, the glossary, and the lessons of this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.sources import Source, load_sources
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.paths import data_dir

KINDS = ("group of experts", "open-ended working group", "permanent mechanism")
OUTCOMES = ("consensus report", "no consensus", "ongoing")


class Session(Struct, frozen=True):
    """One of the UN groups that dealt with the security of ICTs.

    `start` and `end` are YYYY or YYYY-MM-DD, `end` is empty for the permanent mechanism;
    `experts` is None where all Member States could take part.
    """

    id: str
    name: str
    short_name: str
    kind: str
    start: str
    end: str
    experts: int | None
    mandate: str
    outcome: str
    report: str
    chair: str
    chair_state: str
    summary: str
    source: Source
    pinpoint: str
    status: str
    as_of: str


@cache
def _sessions(folder: Path) -> tuple[Session, ...]:
    sources = load_sources(folder)
    found = []
    for row in read_table("sessions", list(Session.__struct_fields__), folder):
        cell = Cell("sessions", row)
        found.append(
            Session(
                id=row["id"],
                name=cell.text("name"),
                short_name=cell.text("short_name"),
                kind=cell.one_of("kind", KINDS),
                start=cell.text("start"),
                end=row["end"],
                experts=cell.whole("experts"),
                mandate=row["mandate"],
                outcome=cell.one_of("outcome", OUTCOMES),
                report=row["report"],
                chair=row["chair"],
                chair_state=row["chair_state"],
                summary=cell.text("summary"),
                source=sources[cell.known("source", sources)],
                pinpoint=row["pinpoint"],
                status=cell.status(),
                as_of=row["as_of"],
            )
        )
    return tuple(found)


def load_sessions(folder: Path | None = None) -> tuple[Session, ...]:
    """Return the groups from 2004 to the Global Mechanism, oldest first."""
    return _sessions(folder or data_dir())


class Term(Struct, frozen=True):
    """An entry of the glossary, and where its definition comes from."""

    id: str
    term: str
    definition: str
    source: Source
    pinpoint: str
    status: str


def load_glossary(folder: Path | None = None) -> tuple[Term, ...]:
    """Return the glossary in alphabetical order."""
    sources = load_sources(folder)
    terms = []
    for row in read_table("glossary", list(Term.__struct_fields__), folder):
        cell = Cell("glossary", row)
        terms.append(
            Term(
                id=row["id"],
                term=cell.text("term"),
                definition=cell.text("definition"),
                source=sources[cell.known("source", sources)],
                pinpoint=row["pinpoint"],
                status=cell.status(),
            )
        )
    return tuple(sorted(terms, key=lambda term: term.term.casefold()))


class Lesson(Struct, frozen=True):
    """A lesson of this module; `minutes` and `core_minutes` are minutes of a learner's time."""

    number: str
    id: str
    title: str
    promise: str
    minutes: int
    core_minutes: int
    points: int
    notebook: str
    exercises: str


def load_lessons(folder: Path | None = None) -> tuple[Lesson, ...]:
    """Return all lessons in the order in which they are read, also those still to be written."""
    lessons = []
    for row in read_table("lessons", list(Lesson.__struct_fields__), folder):
        cell = Cell("lessons", row)
        lessons.append(
            Lesson(
                number=row["number"],
                id=row["id"],
                title=cell.text("title"),
                promise=cell.text("promise"),
                minutes=cell.whole("minutes") or 0,
                core_minutes=cell.whole("core_minutes") or 0,
                points=cell.whole("points") or 0,
                notebook=row["notebook"],
                exercises=row["exercises"],
            )
        )
    return tuple(lessons)


def load_outcomes(folder: Path | None = None) -> dict[str, str]:
    """Return the learning outcomes, O1 to O8, by id."""
    rows = read_table("outcomes", ["id", "text"], folder)
    return {row["id"]: Cell("outcomes", row).text("text") for row in rows}
