"""Passages of reports, and the force that each of them has."""

from __future__ import annotations

from typing import Annotated, ClassVar

from cybernorms.corpus.columns import Day, IdIn, OneOf, Status
from cybernorms.corpus.norms import ReadingVerdict
from cybernorms.corpus.rows import TableRow, group_by, load
from cybernorms.corpus.sources import Fact, Quotation

KINDS_OF_FORCE = {
    "law": "restates law that binds anyway",
    "norm": "asks, as a voluntary expectation",
    "neither": "neither: it describes or warns",
}


class ForceReading(TableRow, frozen=True, kw_only=True):
    """A force that a passage can be said to have, and why."""

    table: ClassVar[str] = "passage_readings"
    sort_by: ClassVar[str] = "verdict"  # correct comes before defensible

    passage: Annotated[str, IdIn("passages")]
    force: Annotated[str, OneOf(KINDS_OF_FORCE)]
    verdict: ReadingVerdict
    reason: str
    status: Status
    judged_on: Day


class Passage(Fact, frozen=True, kw_only=True):
    """A passage, its readings with the best one first, and what follows for a State."""

    table: ClassVar[str] = "passages"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    quotation: Quotation
    follows: str
    readings: tuple[ForceReading, ...]

    @classmethod
    def read(cls) -> tuple[Passage, ...]:
        return load(cls, readings=group_by(ForceReading.rows(), "passage"))

    def check(self) -> None:
        if not any(each.verdict == "correct" for each in self.readings):
            raise self.problem("id", "No reading of it is correct", "Add one to passage_readings")


def load_passages() -> tuple[Passage, ...]:
    """Return the passages to sort by force, in their order."""
    return Passage.rows()
