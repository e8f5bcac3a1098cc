"""What was proposed and what was agreed in September 2015, who took it up, and who met after it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.instruments import FORCES, STAGES
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import STATUSES, Cell, Row, read_table
from cybernorms.paths import data_dir

FATES = ("in as reported", "in as proposed", "in after all", "left out", "in neither")
ADOPTER_KINDS = ("proposal", "undertaking", "talks", "law")
MEETING_KINDS = ("dialogue", "experts group", "exercise")


class Version(Struct, frozen=True):
    """An element at one time: its wording as a paraphrase, its stage and its force.

    `stage` is empty where there was nothing.
    """

    text: str
    quotation: Quotation | None
    stage: str
    force: str
    source: Source
    pinpoint: str
    status: str


class Element(Struct, frozen=True):
    """An element of the deal, as it was reported or proposed and as it was agreed."""

    id: str
    position: int
    name: str
    proposed: Version
    agreed: Version
    fate: str
    change: str
    opens_in: str


class Adopter(Struct, frozen=True):
    """A text that takes up the promise on trade secrets.

    `added` counts those who promise it here for the first time; `knowingly` is yes, no or unknown;
    `china` says whether China promises it in this text; `date` is empty where it is not recorded.
    """

    id: str
    position: int
    date: str
    name: str
    kind: str
    added: int
    added_names: str
    knowingly: str
    china: bool
    force: str
    quotation: Quotation | None
    summary: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    as_of: str


class Meeting(Struct, frozen=True):
    """A meeting that the deal led to; `held` is False for one that is only known as scheduled."""

    id: str
    date: str
    name: str
    kind: str
    held: bool
    summary: str
    quotation: Quotation | None
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    as_of: str


def _quoted(cell: Cell, row: Row, field: str, folder: Path) -> Quotation | None:
    quotations = load_quotations(folder)
    return quotations[cell.known(field, quotations)] if row[field] else None


def _version(cell: Cell, row: Row, when: str, folder: Path) -> Version:
    """Return the version of an element that stands in the columns which begin with `when`."""
    sources = load_sources(folder)
    return Version(
        text=cell.text(when),
        quotation=_quoted(cell, row, f"{when}_quotation", folder),
        stage=cell.one_of(f"{when}_stage", ("", *STAGES)),
        force=cell.one_of(f"{when}_force", FORCES),
        source=sources[cell.known(f"{when}_source", sources)],
        pinpoint=cell.text(f"{when}_pinpoint"),
        status=cell.one_of(f"{when}_status", STATUSES),
    )


@cache
def _elements(folder: Path) -> tuple[Element, ...]:
    parts = ("quotation", "stage", "force", "source", "pinpoint", "status")
    versions = [f"{when}_{part}" for when in ("proposed", "agreed") for part in parts]
    found = []
    for row in read_table("elements", [*Element.__struct_fields__, *versions], folder):
        cell = Cell("elements", row)
        found.append(
            Element(
                id=row["id"],
                position=cell.whole("position") or 0,
                name=cell.text("name"),
                proposed=_version(cell, row, "proposed", folder),
                agreed=_version(cell, row, "agreed", folder),
                fate=cell.one_of("fate", FATES),
                change=cell.text("change"),
                opens_in=cell.text("opens_in"),
            )
        )
    return tuple(sorted(found, key=lambda each: each.position))


def load_elements(folder: Path | None = None) -> tuple[Element, ...]:
    """Return the elements of the deal of September 2015 in their order.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _elements(folder or data_dir())


@cache
def _adopters(folder: Path) -> tuple[Adopter, ...]:
    sources = load_sources(folder)
    found = []
    for row in read_table("adopters", list(Adopter.__struct_fields__), folder):
        cell = Cell("adopters", row)
        found.append(
            Adopter(
                id=row["id"],
                position=cell.whole("position") or 0,
                date=row["date"],
                name=cell.text("name"),
                kind=cell.one_of("kind", ADOPTER_KINDS),
                added=cell.whole("added") or 0,
                added_names=cell.text("added_names", required=row["added"] != "0"),
                knowingly=cell.one_of("knowingly", ("yes", "no", "unknown")),
                china=cell.one_of("china", ("yes", "no")) == "yes",
                force=cell.one_of("force", FORCES),
                quotation=_quoted(cell, row, "quotation", folder),
                summary=cell.text("summary"),
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                as_of=row["as_of"],
            )
        )
    return tuple(sorted(found, key=lambda each: each.position))


def load_adopters(folder: Path | None = None) -> tuple[Adopter, ...]:
    """Return the texts that take up the promise on trade secrets, oldest first.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _adopters(folder or data_dir())


@cache
def _meetings(folder: Path) -> tuple[Meeting, ...]:
    sources = load_sources(folder)
    fields = [name for name in Meeting.__struct_fields__ if name != "held"]
    found = []
    for row in read_table("meetings", [*fields, "outcome"], folder):
        cell = Cell("meetings", row)
        found.append(
            Meeting(
                id=row["id"],
                date=cell.text("date"),
                name=cell.text("name"),
                kind=cell.one_of("kind", MEETING_KINDS),
                held=cell.one_of("outcome", ("held", "scheduled")) == "held",
                summary=cell.text("summary"),
                quotation=_quoted(cell, row, "quotation", folder),
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                as_of=row["as_of"],
            )
        )
    return tuple(sorted(found, key=lambda each: each.date))


def load_meetings(folder: Path | None = None) -> tuple[Meeting, ...]:
    """Return the meetings after the deal, oldest first.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _meetings(folder or data_dir())
