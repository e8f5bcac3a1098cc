"""The UN groups since 2004, the glossary, and the lessons of this module."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from cybernorms.corpus.columns import Date, Status, TwoDigits
from cybernorms.corpus.rows import TableRow
from cybernorms.corpus.sources import Fact, Source

SessionKind = Literal["group of experts", "open-ended working group", "permanent mechanism"]
KINDS: tuple[str, ...] = get_args(SessionKind)


class Session(Fact, frozen=True, kw_only=True):
    """One of the UN groups that dealt with the security of ICTs.

    `end` is empty for the permanent mechanism; `experts` is None where all Member States could
    take part.
    """

    table: ClassVar[str] = "sessions"

    id: str
    name: str
    short_name: str
    kind: SessionKind
    start: Date
    end: Date = ""
    experts: int | None = None
    open_to: Literal["named experts", "all Member States"]
    mandate: str
    mandate_source: Source
    outcome: Literal["consensus report", "no consensus", "ongoing"]
    report: str = ""
    report_source: Source | None = None
    chair: str = ""
    chair_state: str = ""
    chair_status: Status | Literal[""] = ""
    summary: str
    note: str = ""
    as_of: Date = ""


def load_sessions() -> tuple[Session, ...]:
    """Return the groups from 2004 to the Global Mechanism, oldest first."""
    return Session.rows()


class Term(Fact, frozen=True, kw_only=True):
    """An entry of the glossary, and where its definition comes from."""

    table: ClassVar[str] = "glossary"

    id: str
    term: str
    definition: str


def load_glossary() -> tuple[Term, ...]:
    """Return the glossary in alphabetical order."""
    return tuple(sorted(Term.rows(), key=lambda term: term.term.casefold()))


class Lesson(TableRow, frozen=True, kw_only=True):
    """A lesson of this module; `minutes` and `core_minutes` are minutes of a learner's time."""

    table: ClassVar[str] = "lessons"

    number: TwoDigits
    id: str
    title: str
    promise: str
    minutes: int
    core_minutes: int
    points: int = 0
    heart: str
    notebook: str
    exercises: str = ""


def load_lessons() -> tuple[Lesson, ...]:
    """Return all lessons in the order in which they are read, also those still to be written."""
    return Lesson.rows()


class Outcome(TableRow, frozen=True, kw_only=True):
    """What a learner can do after the module."""

    table: ClassVar[str] = "outcomes"

    id: str
    text: str


def load_outcomes() -> dict[str, str]:
    """Return the learning outcomes, O1 to O8, by id."""
    return {outcome.id: outcome.text for outcome in Outcome.rows()}
