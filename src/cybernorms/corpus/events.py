"""Events between 1998 and 2025 in the making of rules for cyberspace."""

from __future__ import annotations

from typing import Annotated, ClassVar

from cybernorms.corpus.columns import Date, IdIn, Status, TwoDigits
from cybernorms.corpus.documents import DocumentId
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import find_row
from cybernorms.corpus.sources import Fact


class Event(Fact, frozen=True, kw_only=True):
    """Something that happened, on a day, over several days, or in a month.

    `date_end` is empty for a single day or month, and `date_said` is the date as prose has it. The
    date has a status of its own. `document` and `instrument` are ids, or empty, and `opens_in` is
    the number of the lesson that may first show the event.
    """

    table: ClassVar[str] = "events"
    sort_by: ClassVar[str] = "date"

    id: str
    date: Date
    date_end: Date = ""
    date_said: str
    date_status: Status
    name: str
    what: str
    forum: str
    document: DocumentId = ""
    instrument: Annotated[str, IdIn("instruments")] = ""
    opens_in: TwoDigits
    note: str = ""
    as_of: Date = ""


def load_events(*, lesson: LessonNumber) -> tuple[Event, ...]:
    """Return the events that a lesson may show, oldest first."""
    return open_rows(Event.rows(), lesson)


def find_event(id: str, *, lesson: LessonNumber) -> Event:
    """Return one event that a lesson may show."""
    return find_row(load_events(lesson=lesson), id, "event")
