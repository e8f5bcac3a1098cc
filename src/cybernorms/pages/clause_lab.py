"""The clause lab: build a clause from parts, and see what it would reach and what it would miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from cybernorms.analysis.clauses import compare_parts, distance, nearest
from cybernorms.analysis.reach import bound_by, sentence
from cybernorms.corpus.clauses import SLOTS, Clause, Part, find_clause, load_clauses
from cybernorms.corpus.conducts import ClauseChoice, load_choices
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import Aside, Block, Bullets, Facts, Line, Paragraph, Section, Strong
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_board import compared_table
from cybernorms.pages.clause_cases import (
    INCIDENTS,
    TestedClause,
    all_cases,
    case_section,
    case_tables,
    counts,
    incident_table,
)
from cybernorms.pages.explorer import Field, Options, among, check_open
from cybernorms.pages.kept import history_of, kept_mapping
from cybernorms.pages.sourcing import sourced
from cybernorms.pages.wording import clause_section, labels

TITLE = "Clause lab"
PLACE = "The clause that\u2019s edited in place"
KEY = "clause-lab"
LABELS = {
    "actor": "Actor",
    "modality": "Modal verb",
    "verb": "Verb",
    "mental element": "Mental element",
    "object": "Object",
    "purpose": "Qualifier: purpose",
    "limit": "Qualifier: time and law",
    "exception": "Exception",
}
START = {
    "actor": "any-state",
    "modality": "should-not",
    "verb": "conduct",
    "mental element": "no-mind",
    "object": "secrets",
    "purpose": "no-purpose",
    "limit": "no-limit",
    "exception": "no-exception",
}
ALLOW = "allow"
SENTENCES = {ALLOW: {"verb": "allow"}}
OURS = "Cases, conditions and readings are this module\u2019s own, and can be argued with."
MEANINGS = "What its parts do"
NEAREST = "The nearest real clause"
AS_TABLE = "The cases as a table, with reasons"
CAREFUL = (
    "Each line takes one public statement as right for the sake of argument. It says what the "
    "words of the clause would cover then, and not what any State did."
)


class LabState(Struct, frozen=True):
    """What the lab shows.

    `choices` has a choice for each list; `clause` is the id of a real clause to lay beside the
    built one; `case` is the id of an invented case or an incident to look at closely.
    """

    choices: Mapping[str, str] = field(default_factory=lambda: dict(START))
    clause: str = ""
    case: str = ""
    lesson: str = "05"


def chosen(state: LabState) -> list[ClauseChoice]:
    """Return the choices of a state, one of each list.

    Raises:
        CyberNormsError: a list has no choice of that name.
    """
    found = []
    for name, choices in load_choices().items():
        by_id = {each.id: each for each in choices}
        id = state.choices.get(name, START[name])
        if id not in by_id:
            raise CyberNormsError(
                f"The list {name!r} has no choice called {id!r}",
                remedy=f"Choose one of: {', '.join(by_id)}",
            )
        found.append(by_id[id])
    return found


def built_parts(state: LabState) -> list[Part]:
    """Return the parts of the built clause."""
    return [part for each in chosen(state) for part in each.parts]


def nearest_section(parts: Sequence[Part], lesson: str) -> Section:
    """Return the real clauses that are nearest to a built one, with what sets them apart."""
    found = nearest(parts, load_clauses(lesson=lesson))
    far = distance(parts, found[0].parts)
    count = "One clause is" if len(found) == 1 else f"{len(found)} clauses are"
    blocks: list[Block] = [
        Paragraph(
            f"{count} nearest. Of seven slots {far:.2g} differ, a slot that is shared in part "
            "counting in part."
        )
    ]
    for clause in found:
        lines: list[Line] = []
        for each in compare_parts(parts, clause.parts):
            if each.same:
                continue
            yours, there = (
                labels(one) or "nothing more" for one in (each.only_first, each.only_second)
            )
            lines.append([Strong(f"{SLOTS[each.slot]}. "), f"Yours: {yours}; there: {there}."])
        quoted = clause.wording == clause.quotation.text
        wording = f'"{clause.wording}"' if quoted else clause.wording
        blocks.append(Paragraph([Strong(f"{clause.label}. "), *sourced(wording, clause)]))
        blocks.append(Bullets(lines or ["No slot differs: it says the same."]))
    return Section(NEAREST, blocks, 4)


def _clause_of(state: LabState) -> Clause | None:
    return find_clause(state.clause, lesson=state.lesson) if state.clause else None


def _tested(state: LabState) -> TestedClause:
    if clause := _clause_of(state):
        return TestedClause(clause.parts, clause.bound, clause.instrument.date)
    parts = built_parts(state)
    return TestedClause(parts, bound_by(parts), "")


def _built_section(state: LabState) -> Section:
    parts = built_parts(state)
    counted = counts(TestedClause(parts, bound_by(parts), ""))
    words = [Paragraph([Strong(sentence(chosen(state)))]), Paragraph(counted)]
    return Section("The clause you built", words, 4)


def _parts_section(state: LabState) -> Aside:
    parts = built_parts(state)
    return Aside(MEANINGS, [Facts([(each.label.capitalize(), each.meaning) for each in parts])])


def lab_blocks(state: LabState) -> list[Block]:
    """Return what the lab shows for a state, with the sentence and the board as text."""
    real: list[Block] = []
    if clause := _clause_of(state):
        section = clause_section(clause, "A real clause")
        counted = Paragraph(counts(_tested(state)))
        real = [replace(section, blocks=[*section.blocks, counted])]
    return [_built_section(state), *real, *rest_blocks(state)]


def rest_blocks(state: LabState) -> list[Block]:
    """Return what the lab shows beside the sentence and the board."""
    tested = _tested(state)
    parts = built_parts(state)
    compared = [compared_table(parts, tested.parts)] if state.clause else []
    closer = [case_section(tested, state.case, state.lesson)] if state.case else []
    return [
        *closer,
        _parts_section(state),
        Aside(NEAREST, [nearest_section(parts, state.lesson)]),
        Aside(AS_TABLE, [*compared, *case_tables(tested)]),
        Aside(INCIDENTS, [Paragraph(CAREFUL), incident_table(tested, state.lesson)]),
        Paragraph(OURS, "note"),
    ]


def place_blocks(state: LabState) -> list[Block]:
    """Return a sentence that is edited in place, and what it does with each case."""
    tables = case_tables(_tested(state))
    return [_built_section(state), Aside(AS_TABLE, tables), Paragraph(OURS, "note")]


def find_sentence(name: str) -> LabState:
    """Return the state in which a sentence opens that lessons give to be edited in place.

    Raises:
        CyberNormsError: there is no such sentence.
    """
    name = check_open(name, list(SENTENCES), "sentence") or ALLOW
    return LabState({**START, **SENTENCES[name]})


def kept_choices(record: Record) -> dict[str, str]:
    """Return the choices that were kept last, as far as they still exist."""
    choices = {name: [each.id for each in found] for name, found in load_choices().items()}
    return kept_mapping(history_of(record), KEY, choices)


def start(open: str, lesson: LessonNumber) -> LabState:
    """Return the state that tests a real clause, or looks closely at a case.

    Raises:
        CyberNormsError: there is no such clause or case in this lesson.
    """
    number = from_lesson("05", lesson, "clause")
    cases = [id for _, id in all_cases(number)]
    if open in cases:
        return LabState(case=open, lesson=number)
    clauses = {each.id: each for each in load_clauses(lesson=number)}
    clause = check_open(open, [*clauses, *cases], "clause or case")
    choices = nearest_choices(clauses[clause].parts) if clause else dict(START)
    return LabState(choices, clause=clause, lesson=number)


def nearest_choices(parts: Sequence[Part]) -> dict[str, str]:
    """Return the choices that come nearest to a real clause, from which it can be edited.

    Where no choice has its verb, or none its object, the lab opens as it does without a clause.

    Arguments:
        parts: the parts of the real clause.
    """
    ids = {each.id for each in parts}
    found: dict[str, str] = {}
    for name, choices in load_choices().items():
        brought = {each.id: {part.id for part in each.parts} for each in choices}
        best = max(brought, key=lambda id: len(brought[id] & ids) - len(brought[id] - ids))
        if name in ("verb", "object") and not brought[best] & ids:
            return dict(START)
        found[name] = best
    return found


def _clauses(state: LabState) -> Options:
    real = [(each.label, each.id) for each in load_clauses(lesson=state.lesson)]
    return [("None", ""), *real]


CLAUSE = Field("clause", "A real clause beside it", _clauses)
CASE = Field(
    "case", "Case to look at closely", lambda state: [("None", ""), *all_cases(state.lesson)]
)


def choice_fields() -> list[Field]:
    """Return a list to choose from for each part of a clause, by its name in the choices."""
    return [
        Field(name, LABELS[name], among({each.id: each.label for each in choices}))
        for name, choices in load_choices().items()
    ]
