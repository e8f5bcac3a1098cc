"""Interests as their holders state them, and how far texts cover them and the eleven norms."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from msgspec.structs import replace

from cybernorms.corpus.columns import Date, Status, TwoDigits
from cybernorms.corpus.instruments import Instrument
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.norms import Norm, load_norms
from cybernorms.corpus.rows import TableRow
from cybernorms.corpus.sources import Fact, Quotation

CoverageValue = Literal["covers", "covers in part", "silent"]
VALUES: tuple[str, ...] = get_args(CoverageValue)
DAY_OF_THE_DEAL = "2015-09-25"
AFTER_THE_DEAL = "06"


class Interest(Fact, frozen=True, kw_only=True):
    """What a holder wants, as it has said in public; `quotation` has its own words, if any.

    `interest` tells it in the module's words.
    """

    table: ClassVar[str] = "interests"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    holder: str
    name: str
    interest: str
    quotation: Quotation | None = None
    date: Date
    opens_in: TwoDigits


class Coverage(TableRow, frozen=True, kw_only=True):
    """How far one instrument covers a norm or an interest, as one coder judged it."""

    table: ClassVar[str] = "coverage"

    id: str
    instrument: Instrument
    norm: Norm | None = None
    interest: Interest | None = None
    coder: str
    value: CoverageValue
    reason: str
    status: Status
    judged_on: Date

    def check(self) -> None:
        if bool(self.norm) == bool(self.interest):
            raise self.problem(
                "norm", "A row is on a norm or on an interest", "Fill in one of the two"
            )

    @property
    def target(self) -> Norm | Interest:
        """Return the norm or the interest that this is about."""
        target = self.norm or self.interest
        assert target, "a row without a target is refused when it is read"
        return target

    @property
    def opens_in(self) -> str:
        """Return the number of the lesson that may first show this."""
        first = opens_in(self.instrument)
        return max(first, self.interest.opens_in) if self.interest else first


def load_interests(*, lesson: LessonNumber) -> tuple[Interest, ...]:
    """Return the interests that a lesson may show, in their order."""
    return open_rows(Interest.rows(), lesson)


def opens_in(instrument: Instrument) -> str:
    """Return the number of the lesson that may first show how far an instrument goes.

    What was agreed on the day of the deal or later is told in lesson 06 and not before, even where
    an earlier lesson names the instrument.
    """
    after = instrument.date >= DAY_OF_THE_DEAL
    return max(instrument.opens_in, AFTER_THE_DEAL) if after else instrument.opens_in


def load_coverage(*, lesson: LessonNumber) -> tuple[Coverage, ...]:
    """Return the judgements that a lesson may show, instrument by instrument, coder by coder."""
    norms = {norm.id: norm for norm in load_norms(lesson=lesson)}
    return tuple(
        replace(each, norm=norms[each.norm.id]) if each.norm else each
        for each in open_rows(Coverage.rows(), lesson)
    )
