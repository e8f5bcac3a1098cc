"""Clauses of proposals and agreements, taken apart into parts that can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.instruments import FORCES, STAGES, Instrument, load_instruments
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import Cell, Row, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

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


class Part(Struct, frozen=True):
    """A part of a clause in normal form, so that two clauses can share it in other words.

    `label` names it in a list, `text` is how it reads in a sentence, and `meaning` says what it
    does to a clause.
    """

    id: str
    slot: str
    position: int
    label: str
    text: str
    meaning: str


class Clause(Struct, frozen=True):
    """One clause of an instrument.

    `wording` holds the words of `quotation` and, where only a part of the clause may be quoted, the
    rest in the module's own words. `words` has the words of the clause by slot, letter by letter,
    and nothing for a slot that its words do not fill. `bound` names those whom the clause speaks
    to: `all`, `supporters`, or ids of States with a semicolon between them.
    """

    id: str
    position: int
    instrument: Instrument
    label: str
    quotation: Quotation
    wording: str
    stage: str
    force: str
    bound: str
    words: Mapping[str, str]
    parts: tuple[Part, ...]
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    note: str

    def of(self, slot: str) -> tuple[Part, ...]:
        """Return the parts of one slot."""
        return tuple(part for part in self.parts if part.slot == slot)


@cache
def _parts(folder: Path) -> dict[str, Part]:
    found = {}
    for row in read_table("parts", list(Part.__struct_fields__), folder):
        cell = Cell("parts", row)
        found[row["id"]] = Part(
            id=row["id"],
            slot=cell.one_of("slot", tuple(SLOTS)),
            position=cell.whole("position") or 0,
            label=cell.text("label"),
            text=cell.text("text"),
            meaning=cell.text("meaning"),
        )
    return found


def load_parts(folder: Path | None = None) -> dict[str, Part]:
    """Return the parts of clauses by id, slot by slot.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _parts(folder or data_dir())


def _parts_of(clauses: Mapping[str, Row], folder: Path) -> dict[str, tuple[Part, ...]]:
    """Return the parts of each clause in the order of the slots."""
    known = _parts(folder)
    found: dict[str, list[Part]] = defaultdict(list)
    for row in read_table("clause_parts", ["clause", "slot", "part"], folder):
        cell = Cell("clause_parts", row)
        part = known[cell.known("part", known)]
        if part.slot != row["slot"]:
            raise cell.problem("slot", f"The part {part.id!r} is a {part.slot}", "Correct the slot")
        found[cell.known("clause", clauses)].append(part)
    order = list(SLOTS)
    return {
        clause: tuple(sorted(parts, key=lambda each: (order.index(each.slot), each.position)))
        for clause, parts in found.items()
    }


def _words(cell: Cell, quotation: Quotation) -> dict[str, str]:
    """Return the words of a clause by slot, and refuse words that its quotation has not."""
    words = {}
    for slot in SLOTS:
        field = slot.replace(" ", "_")
        words[slot] = cell.text(field, required=False)
        for piece in words[slot].split(GAP):
            if piece not in quotation.text:
                raise cell.problem(
                    field,
                    f"The words {piece!r} do not stand in {quotation.id!r}",
                    "Repeat them letter by letter, or leave the field empty",
                )
    return words


@cache
def _clauses(folder: Path) -> tuple[Clause, ...]:
    sources, quotations = load_sources(folder), load_quotations(folder)
    instruments = {each.id: each for each in load_instruments(folder)}
    computed = {"words", "parts"}
    fields = [name for name in Clause.__struct_fields__ if name not in computed]
    slots = [slot.replace(" ", "_") for slot in SLOTS]
    rows = {row["id"]: row for row in read_table("clauses", [*fields, *slots], folder)}
    parts = _parts_of(rows, folder)
    found = []
    for row in rows.values():
        cell = Cell("clauses", row)
        quotation = quotations[cell.known("quotation", quotations)]
        if quotation.text not in row["wording"]:
            raise cell.problem(
                "wording",
                f"The words of {quotation.id!r} do not stand in it",
                "Repeat the quotation letter by letter",
            )
        if row["id"] not in parts:
            raise cell.problem("id", "This clause has no parts", "Add rows to clause_parts.csv")
        found.append(
            Clause(
                id=row["id"],
                position=cell.whole("position") or 0,
                instrument=instruments[cell.known("instrument", instruments)],
                label=cell.text("label"),
                quotation=quotation,
                wording=cell.text("wording"),
                stage=cell.one_of("stage", STAGES),
                force=cell.one_of("force", FORCES),
                bound=cell.text("bound"),
                words=_words(cell, quotation),
                parts=parts[row["id"]],
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                note=row["note"],
            )
        )
    return tuple(sorted(found, key=lambda clause: clause.position))


def load_clauses(folder: Path | None = None, *, lesson: str = "08") -> tuple[Clause, ...]:
    """Return the clauses that a lesson may show, in their order.

    Arguments:
        folder: where the tables lie; the module's own `data/` if not given.
        lesson: the number of the lesson; the last one shows all.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    number = lesson.zfill(2)
    return tuple(each for each in _clauses(folder or data_dir()) if each.opens_in <= number)


def find_clause(id: str, folder: Path | None = None, *, lesson: str = "08") -> Clause:
    """Return one clause that a lesson may show.

    Raises:
        CyberNormsError: no clause has this id, or it opens later.
    """
    clauses = load_clauses(folder, lesson=lesson)
    for clause in clauses:
        if clause.id == id:
            return clause
    raise CyberNormsError(
        f"No clause is called {id!r} in lesson {lesson}",
        where="clauses.csv",
        remedy=f"Choose one of: {', '.join(each.id for each in clauses)}",
    )
