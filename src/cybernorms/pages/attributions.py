"""The attribution statement reader: who names whom, for what, how surely, and citing what."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.corpus.incidents import Attribution, Incident, find_incident, load_incidents
from cybernorms.document import Block, Columns, Facts, Line, Paragraph, Section, Strong, Table
from cybernorms.pages.explorer import Explorer, Field, Options, check_open, row, set_field
from cybernorms.pages.sourcing import bracketed, format_date, quote, sourced

TITLE = "Who says that it was whom"


class StatementState(Struct, frozen=True):
    """What the reader shows: an incident, and two statements to put side by side, or none."""

    incident: str = ""
    left: str = ""
    right: str = ""
    lesson: str = "03"


def incidents_with_statements(lesson: str) -> list[Incident]:
    """Return the incidents on which there is something to read."""
    return [each for each in load_incidents(lesson=lesson) if each.attributions]


def label(statement: Attribution) -> str:
    """Return what a list calls a statement."""
    day = format_date(statement.date) if statement.date else "day not recorded"
    return f"{statement.speaker}, {day}"


def incident_blocks(incident: Incident) -> list[Block]:
    """Return what is said of an incident without naming an author."""
    blocks: list[Block] = [Paragraph(sourced(incident.what_happened, incident))]
    if incident.before_norms:
        blocks.append(
            Paragraph(
                "This happened before the eleven norms were agreed. "
                "Ask what they would have said, not whether they were kept.",
                "note",
            )
        )
    return blocks


def statement_section(statement: Attribution) -> Section:
    """Return a statement with everything that a careful reader looks for."""
    facts: list[tuple[str, Line]] = [
        ("Kind", statement.kind),
        ("Names", statement.names),
        ("In other words", statement.wording),
        ("How sure", statement.confidence or "no word on it"),
        ("Cites", statement.cites),
    ]
    if statement.answer:
        facts.append(("Answer", statement.answer))
    where = Paragraph(bracketed(statement), "note")
    return Section(label(statement), [*quote(statement.quotation), Facts(facts), where], 4)


def statement_blocks(state: StatementState) -> list[Block]:
    """Return the incident, all statements on it as a table, and two of them side by side."""
    incident = find_incident(state.incident, lesson=state.lesson)
    statements = incident.attributions
    rows: list[list[Line]] = [
        [label(each), each.names, each.wording, each.confidence or "not said", each.cites]
        for each in statements
    ]
    columns = ["Who and when", "Names", "What is said", "How sure", "Cites"]
    blocks = incident_blocks(incident)
    chosen = [each for each in statements if each.id in (state.left, state.right)]
    if chosen:
        blocks.append(Columns([statement_section(each) for each in chosen]))
    return [
        *blocks,
        Table(f"Statements on {incident.name}", columns, rows),
        Paragraph(
            [
                Strong("Mind the words. "),
                "A statement is what its speaker says. It is not a finding of this module.",
            ],
            "note",
        ),
    ]


def opened(state: StatementState, incident: str) -> StatementState:
    """Return the state that opens with an incident; the first one if none is given."""
    known = [each.id for each in incidents_with_statements(state.lesson)]
    found = check_open(incident, known, "incident with statements") or known[0]
    return change(state, "incident", found)


def change(state: StatementState, name: str, value: str) -> StatementState:
    """Return a state with a new value; another incident opens with its first two statements."""
    state = set_field(state, name, value)
    if name != "incident":
        return state
    ids = [each.id for each in find_incident(value, lesson=state.lesson).attributions]
    left, right = [*ids, "", ""][:2]
    return replace(state, left=left, right=right)


def _incidents(state: StatementState) -> Options:
    return [
        (f"{each.number}. {each.name} ({each.year_label})", each.id)
        for each in incidents_with_statements(state.lesson)
    ]


def _statements(state: StatementState) -> Options:
    found = find_incident(state.incident, lesson=state.lesson).attributions
    return [("None", ""), *((label(each), each.id) for each in found)]


EXPLORER = Explorer(
    TITLE,
    StatementState,
    (
        row(Field("incident", "Incident", _incidents)),
        row(Field("left", "Statement", _statements), Field("right", "Beside it", _statements)),
    ),
    statement_blocks,
    opens="incident",
    what="incident with statements",
    first="02",
    opened=opened,
    change=change,
)
