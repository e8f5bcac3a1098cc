"""What happened around the post, day by day, in September 2015."""

from __future__ import annotations

from typing import ClassVar, Literal

from cybernorms.corpus.columns import Date, TwoDigits
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.sources import Fact, Quotation

Lane = Literal["governments", "print"]


class DayEvent(Fact, frozen=True, kw_only=True):
    """Something that was printed, or that one of the two governments said or did.

    `date_end` is empty where it was one day. The quotation follows `what`, and may end its
    sentence. `opens_in` is the number of the lesson that may first show it.
    """

    table: ClassVar[str] = "days"
    sort_by: ClassVar[str] = "date"

    id: str
    date: Date
    date_end: Date = ""
    lane: Lane
    name: str
    who: str
    what: str
    quotation: Quotation | None = None
    opens_in: TwoDigits


def load_days(*, lesson: LessonNumber) -> tuple[DayEvent, ...]:
    """Return what a lesson may show of the days around the post, oldest first."""
    return open_rows(DayEvent.rows(), lesson)
