"""Interests as their holders state them, and how far texts cover them and the eleven norms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.instruments import Instrument, load_instruments
from cybernorms.corpus.norms import Norm, load_norms
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.paths import data_dir

VALUES = ("covers", "covers in part", "silent")
DAY_OF_THE_DEAL = "2015-09-25"
AFTER_THE_DEAL = "06"


class Interest(Struct, frozen=True):
    """What a holder wants, as it has said in public; `quotation` has its own words, if any.

    `interest` tells it in the module's words. `date` is YYYY, YYYY-MM or YYYY-MM-DD.
    """

    id: str
    position: int
    holder: str
    name: str
    interest: str
    quotation: Quotation | None
    date: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str


class Coverage(Struct, frozen=True):
    """How far one instrument covers a norm or an interest, as one coder judged it."""

    id: str
    instrument: Instrument
    target: Norm | Interest
    coder: str
    value: str
    reason: str


@cache
def _interests(folder: Path) -> tuple[Interest, ...]:
    sources, quotations = load_sources(folder), load_quotations(folder)
    found = []
    for row in read_table("interests", list(Interest.__struct_fields__), folder):
        cell = Cell("interests", row)
        quoted = row["quotation"]
        found.append(
            Interest(
                id=row["id"],
                position=cell.whole("position") or 0,
                holder=cell.text("holder"),
                name=cell.text("name"),
                interest=cell.text("interest"),
                quotation=quotations[cell.known("quotation", quotations)] if quoted else None,
                date=cell.text("date"),
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(sorted(found, key=lambda interest: interest.position))


def load_interests(folder: Path | None = None, *, lesson: str = "08") -> tuple[Interest, ...]:
    """Return the interests that a lesson may show, in their order.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    number = lesson.zfill(2)
    return tuple(each for each in _interests(folder or data_dir()) if each.opens_in <= number)


def opens_in(instrument: Instrument) -> str:
    """Return the number of the lesson that may first show how far an instrument goes.

    What was agreed on the day of the deal or later is told in lesson 06 and not before, even where
    an earlier lesson names the instrument.
    """
    after = instrument.date >= DAY_OF_THE_DEAL
    return max(instrument.opens_in, AFTER_THE_DEAL) if after else instrument.opens_in


@cache
def _coverage(folder: Path) -> tuple[Coverage, ...]:
    instruments = {each.id: each for each in load_instruments(folder)}
    norms = {each.id: each for each in load_norms(folder)}
    interests = {each.id: each for each in _interests(folder)}
    columns = ["id", "instrument", "norm", "interest", "coder", "value", "reason"]
    found = []
    for row in read_table("coverage", columns, folder):
        cell = Cell("coverage", row)
        if bool(row["norm"]) == bool(row["interest"]):
            raise cell.problem(
                "norm", "A row is on a norm or on an interest", "Fill in one of the two"
            )
        target: Norm | Interest
        if row["norm"]:
            target = norms[cell.known("norm", norms)]
        else:
            target = interests[cell.known("interest", interests)]
        found.append(
            Coverage(
                id=row["id"],
                instrument=instruments[cell.known("instrument", instruments)],
                target=target,
                coder=cell.text("coder"),
                value=cell.one_of("value", VALUES),
                reason=cell.text("reason"),
            )
        )
    return tuple(found)


def load_coverage(folder: Path | None = None, *, lesson: str = "08") -> tuple[Coverage, ...]:
    """Return the judgements that a lesson may show, instrument by instrument, coder by coder.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    number = lesson.zfill(2)
    return tuple(
        each
        for each in _coverage(folder or data_dir())
        if opens_in(each.instrument) <= number
        and (isinstance(each.target, Norm) or each.target.opens_in <= number)
    )
