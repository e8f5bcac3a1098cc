"""What could be forecast in September 2015, who forecast it, and what happened."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import STATUSES, Cell, read_table
from cybernorms.paths import data_dir


class Forecaster(Struct, frozen=True):
    """Who said how likely a statement was, as a probability from 0 to 1 that it is true.

    The number is a judgement of this module, argued in `reason`; `words` is a paraphrase.
    """

    maker: str
    date: str
    words: str
    quotation: Quotation | None
    probability: float
    reason: str
    source: Source
    pinpoint: str
    status: str


class ForecastStatement(Struct, frozen=True):
    """A statement that could turn out true or false by 30 September 2015.

    `outcome` says whether it did turn out true, and `opens_in` from which lesson on learners see
    it and the words that explain it.
    """

    id: str
    position: int
    statement: str
    outcome: bool
    outcome_text: str
    outcome_quotation: Quotation | None
    opens_in: str
    outcome_source: Source
    outcome_pinpoint: str
    outcome_status: str
    forecasters: tuple[Forecaster, ...]


def _probability(cell: Cell) -> float:
    text = cell.text("probability")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise cell.problem(
            "probability", f"{text!r} is not a probability", "Write a number from 0 to 1"
        )
    return value


def _forecasters(known: set[str], folder: Path) -> dict[str, list[Forecaster]]:
    """Return who made a forecast, by statement, in the order of the table."""
    sources, quotations = load_sources(folder), load_quotations(folder)
    found: dict[str, list[Forecaster]] = defaultdict(list)
    for row in read_table("forecasters", ["forecast", *Forecaster.__struct_fields__], folder):
        cell = Cell("forecasters", row)
        found[cell.known("forecast", known)].append(
            Forecaster(
                maker=cell.text("maker"),
                date=cell.text("date"),
                words=cell.text("words"),
                quotation=(
                    quotations[cell.known("quotation", quotations)] if row["quotation"] else None
                ),
                probability=_probability(cell),
                reason=cell.text("reason"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return found


@cache
def _forecasts(folder: Path) -> tuple[ForecastStatement, ...]:
    sources, quotations = load_sources(folder), load_quotations(folder)
    fields = [name for name in ForecastStatement.__struct_fields__ if name != "forecasters"]
    rows = read_table("forecasts", fields, folder)
    forecasters = _forecasters({row["id"] for row in rows}, folder)
    found = []
    for row in rows:
        cell = Cell("forecasts", row)
        words = row["outcome_quotation"]
        found.append(
            ForecastStatement(
                id=row["id"],
                position=cell.whole("position") or 0,
                statement=cell.text("statement"),
                outcome=cell.one_of("outcome", ("yes", "no")) == "yes",
                outcome_text=cell.text("outcome_text"),
                outcome_quotation=(
                    quotations[cell.known("outcome_quotation", quotations)] if words else None
                ),
                opens_in=cell.text("opens_in"),
                outcome_source=sources[cell.known("outcome_source", sources)],
                outcome_pinpoint=cell.text("outcome_pinpoint"),
                outcome_status=cell.one_of("outcome_status", STATUSES),
                forecasters=tuple(forecasters[row["id"]]),
            )
        )
    return tuple(sorted(found, key=lambda statement: statement.position))


def load_forecasts(folder: Path | None = None) -> tuple[ForecastStatement, ...]:
    """Return the statements to forecast in their order, with the forecasts made in 2015.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _forecasts(folder or data_dir())
