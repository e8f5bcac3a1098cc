"""The instruments, paragraphs of them that matter here, and the views of States and others."""

from __future__ import annotations

from typing import ClassVar, Literal

from cybernorms.corpus.assembly import State
from cybernorms.corpus.columns import Date, Status, TwoDigits, Word
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow, find_row
from cybernorms.corpus.sources import Fact, Quotation, Source

Stage = Literal["reported", "proposed", "adopted or agreed", "in force", "ended"]
Force = Literal[
    "none",
    "political commitment",
    "voluntary norm",
    "binding on its parties",
    "national law or order",
    "expert opinion",
]


class Instrument(Fact, frozen=True, kw_only=True):
    """A text that sets out rules or promises on what States do in cyberspace.

    `stage`, `force` and `issuer_kind` are three questions that are never mixed: how far the text
    has come, how strongly it binds, and who issued it. `number` is empty where no State stands
    behind the text, and `opens_in` is the number of the lesson that may first show it.
    """

    table: ClassVar[str] = "instruments"

    id: str
    name: str
    short_name: str
    date: Date
    stage: Stage
    force: Force
    issuer_kind: Word
    issuer: str
    number: Word = ""
    summary: str
    note: str = ""
    opens_in: TwoDigits
    as_of: Date = ""


def load_instruments(*, lesson: LessonNumber) -> tuple[Instrument, ...]:
    """Return the instruments that a lesson may show, oldest first."""
    return open_rows(Instrument.rows(), lesson)


def find_instrument(id: str, *, lesson: LessonNumber) -> Instrument:
    """Return one instrument that a lesson may show."""
    return find_row(load_instruments(lesson=lesson), id, "instrument")


class Paragraph(TableRow, frozen=True, kw_only=True):
    """A paragraph of an instrument, in the module's own words.

    `force_words` is its operative verb as far as that was checked; `what_follows` is the module's
    own reading of what it means for a State.
    """

    table: ClassVar[str] = "paragraphs"

    id: str
    instrument: Instrument
    pinpoint: str
    text: str
    quotation: Quotation | None = None
    force_words: str
    topic: Word
    what_follows: str
    opens_in: TwoDigits
    source: Source
    status: Status
    checked_at: str = ""
    note: str = ""


def load_paragraphs(*, lesson: LessonNumber) -> tuple[Paragraph, ...]:
    """Return the paragraphs that a lesson may show, instrument by instrument, in their order."""
    return open_rows(Paragraph.rows(), lesson)


class View(Fact, frozen=True, kw_only=True):
    """What a State, a group of States or an author holds, as the holder puts it.

    `state` is None where the holder is no single State. `opens_in` is the number of the lesson that
    may first show it.
    """

    table: ClassVar[str] = "views"

    id: str
    holder: str
    state: State | None = None
    topic: Word
    view: str
    quotation: Quotation | None = None
    date: Date
    opens_in: TwoDigits


def load_views(*, lesson: LessonNumber) -> tuple[View, ...]:
    """Return the views that a lesson may show, topic by topic, the oldest first in each.

    Raises:
        CyberNormsError: there is no such lesson, or a table has a row that cannot be right.
    """
    return open_rows(View.rows(), lesson)
