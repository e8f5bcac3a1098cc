"""Passages of reports, and the force that each of them has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.norms import READING_VERDICTS
from cybernorms.corpus.sources import Quotation, load_quotations
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.paths import data_dir

KINDS_OF_FORCE = {
    "law": "restates law that binds anyway",
    "norm": "asks, as a voluntary expectation",
    "neither": "neither: it describes or warns",
}


class ForceReading(Struct, frozen=True):
    """A force that a passage can be said to have, and why."""

    force: str
    verdict: str
    reason: str


class Passage(Struct, frozen=True):
    """A passage, its readings with the best one first, and what follows for a State."""

    id: str
    quotation: Quotation
    follows: str
    readings: tuple[ForceReading, ...]


@cache
def _passages(folder: Path) -> tuple[Passage, ...]:
    quotations = load_quotations(folder)
    rows = read_table("passages", ["id", "position", "quotation", "follows"], folder)
    known = {row["id"] for row in rows}
    readings: dict[str, list[ForceReading]] = {id: [] for id in known}
    columns = ["passage", "force", "verdict", "reason"]
    for row in read_table("passage_readings", columns, folder):
        cell = Cell("passage_readings", row)
        readings[cell.known("passage", known)].append(
            ForceReading(
                cell.one_of("force", tuple(KINDS_OF_FORCE)),
                cell.one_of("verdict", READING_VERDICTS),
                cell.text("reason"),
            )
        )
    found = []
    for row in sorted(rows, key=lambda row: int(row["position"] or 0)):
        cell = Cell("passages", row)
        if not any(each.verdict == "correct" for each in readings[row["id"]]):
            raise cell.problem("id", "No reading of it is correct", "Add one to passage_readings")
        found.append(
            Passage(
                id=row["id"],
                quotation=quotations[cell.known("quotation", quotations)],
                follows=cell.text("follows"),
                readings=tuple(
                    sorted(
                        readings[row["id"]],
                        key=lambda each: READING_VERDICTS.index(each.verdict),
                    )
                ),
            )
        )
    return tuple(found)


def load_passages(folder: Path | None = None) -> tuple[Passage, ...]:
    """Return the passages to sort by force, in their order.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _passages(folder or data_dir())
