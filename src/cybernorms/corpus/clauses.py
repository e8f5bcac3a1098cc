"""Clauses of proposals and agreements, taken apart into parts that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from cybernorms.corpus.columns import ColumnEach, Date, IdIn, OneOf, TwoDigits
from cybernorms.corpus.instruments import Force, Instrument, Stage
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow, find_row, group_by, load
from cybernorms.corpus.sources import Fact, Quotation, Rendering

SLOTS = {
    "actor": "Actor",
    "modality": "Modal verb",
    "verb": "Verb",
    "mental element": "Mental element",
    "object": "Object",
    "qualifier": "Qualifier",
    "exception": "Exception",
}
GAP = " \u2026 "
"""What stands between two pieces of a clause that do not follow one another."""
Slot = Annotated[str, OneOf(SLOTS)]


class Part(Fact, frozen=True, kw_only=True):
    """A part of a clause in normal form, so that two clauses can share it in other words.

    `label` names it in a list, `text` is how it reads in a sentence, and `meaning` says what it
    does to a clause.
    """

    table: ClassVar[str] = "parts"

    id: str
    slot: Slot
    position: int
    label: str
    text: str
    meaning: str
    judged_on: Date


class PartLink(TableRow, frozen=True, kw_only=True):
    """That a clause has a part."""

    table: ClassVar[str] = "clause_parts"

    clause: Annotated[str, IdIn("clauses")]
    slot: Slot
    part: Part

    def check(self) -> None:
        if self.part.slot != self.slot:
            raise self.problem(
                "slot", f"The part {self.part.id!r} is a {self.part.slot}", "Correct the slot"
            )


class Clause(Fact, frozen=True, kw_only=True):
    """One clause of an instrument.

    `wording` holds the words of `quotation` and, where only a part of the clause may be quoted, the
    rest in the module's own words; `leaves_out` says what is missing. `words` has the words of the
    clause by slot, letter by letter, and nothing for a slot that its words do not fill. `bound`
    names those whom the clause speaks to: `all`, `supporters`, or ids of States with a semicolon
    between them.
    """

    table: ClassVar[str] = "clauses"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    instrument: Instrument
    label: str
    quotation: Quotation
    wording: str
    rendering: Rendering
    leaves_out: str = ""
    stage: Stage
    force: Force
    bound: str
    words: Annotated[Mapping[str, str], ColumnEach(dict.fromkeys(SLOTS))]
    opens_in: TwoDigits
    note: str = ""
    parts: tuple[Part, ...]

    @classmethod
    def read(cls) -> tuple[Clause, ...]:
        order = list(SLOTS)
        parts = {
            clause: tuple(
                sorted(
                    (link.part for link in links),
                    key=lambda part: (order.index(part.slot), part.position),
                )
            )
            for clause, links in group_by(PartLink.rows(), "clause").items()
        }
        return load(cls, parts=parts)

    def check(self) -> None:
        self.say_what_is_left_out()
        if self.quotation.text not in self.wording:
            raise self.problem(
                "wording",
                f"The words of {self.quotation.id!r} do not stand in it",
                "Repeat the quotation letter by letter",
            )
        if not self.parts:
            raise self.problem("id", "This clause has no parts", "Add rows to clause_parts.csv")
        for slot, words in self.words.items():
            for piece in words.split(GAP):
                if piece not in self.quotation.text:
                    raise self.problem(
                        slot.replace(" ", "_"),
                        f"The words {piece!r} do not stand in {self.quotation.id!r}",
                        "Repeat them letter by letter, or leave the field empty",
                    )

    def of(self, slot: str) -> tuple[Part, ...]:
        """Return the parts of one slot."""
        return tuple(part for part in self.parts if part.slot == slot)


def load_parts() -> dict[str, Part]:
    """Return the parts of clauses by id, slot by slot."""
    return Part.by_id()


def load_clauses(*, lesson: LessonNumber) -> tuple[Clause, ...]:
    """Return the clauses that a lesson may show, in their order."""
    return open_rows(Clause.rows(), lesson)


def find_clause(id: str, *, lesson: LessonNumber) -> Clause:
    """Return one clause that a lesson may show."""
    return find_row(load_clauses(lesson=lesson), id, "clause")
