"""The eleven norms of 2015, with everything the module says about each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.sources import (
    Quotation,
    Source,
    load_quotations,
    load_sources,
)
from cybernorms.corpus.tables import Cell, Row, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

WORDINGS = ("should", "should not")
DUTIES = ("restraint", "due diligence", "cooperation", "protection", "assistance", "reporting")
AXES = ("wording", "duty")
READING_VERDICTS = ("correct", "defensible")
RELATIONS = ("earlier text", "later text", "law alongside", "parallel text", "read together")


class Reading(Struct, frozen=True):
    """How a norm is sorted on one axis, and why."""

    axis: str
    value: str
    verdict: str
    reason: str


class Theme(Struct, frozen=True):
    """A subject that several norms share."""

    id: str
    name: str
    description: str


class Guidance(Struct, frozen=True):
    """A point that the report of 2021 added to a norm, in the module's own words."""

    text: str
    source: Source
    pinpoint: str
    status: str


class Misreading(Struct, frozen=True):
    """A common way to misread a norm, and the answer to it."""

    misreading: str
    reply: str
    source: Source
    pinpoint: str
    status: str


class Relation(Struct, frozen=True):
    """A paragraph elsewhere that a reader of the norm should know.

    `opens_in` is the number of the lesson that may first show it: what was agreed in September
    2015 stays closed until learners have made their forecasts.
    """

    relation: str
    label: str
    text: str
    quotation: Quotation | None
    opens_in: str
    source: Source
    pinpoint: str
    status: str


class Norm(Struct, frozen=True):
    """One of the eleven norms of paragraph 13 of A/70/174, and what the module says about it."""

    id: str
    letter: str
    name: str
    quotation: Quotation
    plain: str
    readings: tuple[Reading, ...]
    themes: tuple[Theme, ...]
    guidance: tuple[Guidance, ...]
    misreadings: tuple[Misreading, ...]
    relations: tuple[Relation, ...]

    @property
    def label(self) -> str:
        """Return letter and short name, as lists show it."""
        return f"({self.letter}) {self.name}"

    def values(self, axis: str) -> tuple[str, ...]:
        """Return all values on an axis, the correct ones before the defensible ones."""
        ordered = sorted(
            (reading for reading in self.readings if reading.axis == axis),
            key=lambda reading: READING_VERDICTS.index(reading.verdict),
        )
        return tuple(reading.value for reading in ordered)


def _by_norm(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["norm"]].append(row)
    return grouped


def _reading(row: Row) -> Reading:
    cell = Cell("norm_readings", row)
    axis = cell.one_of("axis", AXES)
    return Reading(
        axis=axis,
        value=cell.one_of("value", WORDINGS if axis == "wording" else DUTIES),
        verdict=cell.one_of("verdict", READING_VERDICTS),
        reason=cell.text("reason"),
    )


@cache
def _themes(folder: Path) -> dict[str, Theme]:
    themes = {}
    for row in read_table("themes", ["id", "name", "description"], folder):
        cell = Cell("themes", row)
        themes[row["id"]] = Theme(row["id"], cell.text("name"), cell.text("description"))
    return themes


def load_themes(folder: Path | None = None) -> dict[str, Theme]:
    """Return the themes by id."""
    return _themes(folder or data_dir())


@cache
def _norms(folder: Path) -> tuple[Norm, ...]:
    sources = load_sources(folder)
    quotations = load_quotations(folder)
    themes = load_themes(folder)

    def guidance(row: Row) -> Guidance:
        cell = Cell("norm_guidance", row)
        source = sources[cell.known("source", sources)]
        return Guidance(cell.text("text"), source, row["pinpoint"], cell.status())

    def misreading(row: Row) -> Misreading:
        cell = Cell("norm_misreadings", row)
        source = sources[cell.known("source", sources)]
        return Misreading(
            cell.text("misreading"), cell.text("reply"), source, row["pinpoint"], cell.status()
        )

    def relation(row: Row) -> Relation:
        cell = Cell("norm_relations", row)
        quoted = row["quotation"] and quotations[cell.known("quotation", quotations)]
        return Relation(
            relation=cell.one_of("relation", RELATIONS),
            label=cell.text("label"),
            text=cell.text("text"),
            quotation=quoted or None,
            opens_in=cell.text("opens_in"),
            source=sources[cell.known("source", sources)],
            pinpoint=row["pinpoint"],
            status=cell.status(),
        )

    fact = ["source", "pinpoint", "status"]
    rows = read_table("norms", ["id", "letter", "name", "quotation", "plain"], folder)
    known = {row["id"] for row in rows}

    def grouped(table: str, columns: list[str]) -> dict[str, list[Row]]:
        linked = read_table(table, ["norm", *columns], folder)
        for row in linked:
            Cell(table, row).known("norm", known)
        return _by_norm(linked)

    readings = grouped("norm_readings", ["axis", "value", "verdict", "reason"])
    theme_links = grouped("norm_themes", ["theme"])
    guidances = grouped("norm_guidance", ["text", *fact])
    misreadings = grouped("norm_misreadings", ["misreading", "reply", *fact])
    relations = grouped(
        "norm_relations", ["relation", "label", "text", "quotation", "opens_in", *fact]
    )

    norms = []
    for row in rows:
        cell = Cell("norms", row)
        norms.append(
            Norm(
                id=row["id"],
                letter=cell.text("letter"),
                name=cell.text("name"),
                quotation=quotations[cell.known("quotation", quotations)],
                plain=cell.text("plain"),
                readings=tuple(map(_reading, readings[row["id"]])),
                themes=tuple(
                    themes[Cell("norm_themes", link).known("theme", themes)]
                    for link in theme_links[row["id"]]
                ),
                guidance=tuple(map(guidance, guidances[row["id"]])),
                misreadings=tuple(map(misreading, misreadings[row["id"]])),
                relations=tuple(map(relation, relations[row["id"]])),
            )
        )
    return tuple(norms)


def load_norms(folder: Path | None = None) -> tuple[Norm, ...]:
    """Return the eleven norms in the order of the report.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _norms(folder or data_dir())


def find_norm(letter: str, folder: Path | None = None) -> Norm:
    """Return a norm by its letter, written `f`, `(f)` or `13(f)`.

    Raises:
        CyberNormsError: the report has no norm of that letter.
    """
    wanted = str(letter).casefold().strip().removeprefix("13").strip(" ()")
    for norm in load_norms(folder):
        if norm.letter == wanted:
            return norm
    raise CyberNormsError(
        f"The report of 2015 has no norm {letter!r}", remedy="Use a letter from a to k"
    )
