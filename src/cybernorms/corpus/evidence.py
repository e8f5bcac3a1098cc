"""The evidence on the promise of 2015, five rival explanations, and how each item bears on each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import STATUSES, Cell, Row, read_table
from cybernorms.paths import data_dir

KINDS = (
    "vendor report",
    "indictment",
    "official statement",
    "think tank",
    "survey",
    "news report",
    "advisory",
)
FIGURE_KINDS = ("exact", "lower bound", "upper bound", "range", "none")
ABOUT = ("before the deal", "after the deal", "both", "the text", "another subject")
BEARINGS = ("strongly for", "for", "neutral", "against", "strongly against")


class Answer(Struct, frozen=True):
    """What China answered to an item, or that no answer to it was found."""

    text: str
    quotation: Quotation | None
    source: Source
    pinpoint: str
    status: str


class Evidence(Struct, frozen=True):
    """An item of evidence as reported speech, with how good it is and what was answered.

    `about` says when the conduct took place, measured by the day of the deal; items of one
    `family` go back to the same observer and are not independent of each other; `weighed` says
    whether the item bears on why fewer thefts were seen.
    """

    id: str
    position: int
    title: str
    date: str
    date_said: str
    kind: str
    who: str
    says: str
    figure: str
    figure_kind: str
    unit: str
    about: str
    family: str
    weighed: bool
    good_for: str
    weak_because: str
    answer: Answer
    quotation: Quotation | None
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    as_of: str


class Explanation(Struct, frozen=True):
    """A reason why fewer thefts may have been seen; several can hold at once."""

    id: str
    position: int
    name: str
    says: str
    expects: str
    against: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str


class Bearing(Struct, frozen=True):
    """How an item bears on an explanation, as one coder judges; both are named by their id."""

    evidence: str
    explanation: str
    coder: str
    weight: str
    reason: str
    judged_on: str


def _answer(
    cell: Cell, row: Row, sources: Mapping[str, Source], quotations: Mapping[str, Quotation]
) -> Answer:
    words = row["answer_quotation"]
    return Answer(
        text=cell.text("china_answer"),
        quotation=quotations[cell.known("answer_quotation", quotations)] if words else None,
        source=sources[cell.known("answer_source", sources)],
        pinpoint=cell.text("answer_pinpoint"),
        status=cell.one_of("answer_status", STATUSES),
    )


@cache
def _evidence(folder: Path) -> tuple[Evidence, ...]:
    sources, quotations = load_sources(folder), load_quotations(folder)
    answered = ["quotation", "source", "pinpoint", "status"]
    fields = [name for name in Evidence.__struct_fields__ if name != "answer"]
    columns = [*fields, "china_answer", *(f"answer_{name}" for name in answered)]
    found = []
    for row in read_table("evidence", columns, folder):
        cell = Cell("evidence", row)
        figure_kind = cell.one_of("figure_kind", FIGURE_KINDS)
        found.append(
            Evidence(
                id=row["id"],
                position=cell.whole("position") or 0,
                title=cell.text("title"),
                date=cell.text("date"),
                date_said=row["date_said"],
                kind=cell.one_of("kind", KINDS),
                who=cell.text("who"),
                says=cell.text("says"),
                figure=cell.text("figure", required=figure_kind != "none"),
                figure_kind=figure_kind,
                unit=cell.text("unit", required=figure_kind != "none"),
                about=cell.one_of("about", ABOUT),
                family=cell.text("family"),
                weighed=cell.one_of("weighed", ("yes", "no")) == "yes",
                good_for=cell.text("good_for"),
                weak_because=cell.text("weak_because"),
                answer=_answer(cell, row, sources, quotations),
                quotation=(
                    quotations[cell.known("quotation", quotations)] if row["quotation"] else None
                ),
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                as_of=row["as_of"],
            )
        )
    return tuple(sorted(found, key=lambda each: each.position))


def load_evidence(folder: Path | None = None) -> tuple[Evidence, ...]:
    """Return the items of evidence in the order of the ledger.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _evidence(folder or data_dir())


@cache
def _explanations(folder: Path) -> tuple[Explanation, ...]:
    sources = load_sources(folder)
    found = []
    for row in read_table("explanations", list(Explanation.__struct_fields__), folder):
        cell = Cell("explanations", row)
        found.append(
            Explanation(
                id=row["id"],
                position=cell.whole("position") or 0,
                name=cell.text("name"),
                says=cell.text("says"),
                expects=cell.text("expects"),
                against=cell.text("against"),
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(sorted(found, key=lambda each: each.position))


def load_explanations(folder: Path | None = None) -> tuple[Explanation, ...]:
    """Return the rival explanations in their order.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _explanations(folder or data_dir())


@cache
def _bearings(folder: Path) -> tuple[Bearing, ...]:
    evidence = {each.id for each in load_evidence(folder)}
    explanations = {each.id for each in load_explanations(folder)}
    found = []
    for row in read_table("evidence_explanations", list(Bearing.__struct_fields__), folder):
        cell = Cell("evidence_explanations", row)
        found.append(
            Bearing(
                evidence=cell.known("evidence", evidence),
                explanation=cell.known("explanation", explanations),
                coder=cell.text("coder"),
                weight=cell.one_of("weight", BEARINGS),
                reason=cell.text("reason"),
                judged_on=cell.text("judged_on"),
            )
        )
    return tuple(found)


def load_bearings(folder: Path | None = None, *, coder: str = "A") -> tuple[Bearing, ...]:
    """Return how each item that is weighed bears on each explanation, as one coder judges.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return tuple(each for each in _bearings(folder or data_dir()) if each.coder == coder)
