"""The attribution statement reader: who names whom, for what, how surely, and citing what."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w
from msgspec import Struct

from cybernorms.corpus.incidents import Attribution, Incident, find_incident, load_incidents
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import (
    Block,
    Columns,
    Facts,
    Heading,
    Inline,
    Line,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    to_html,
)
from cybernorms.widgets.sourcing import bracketed, place, said
from cybernorms.widgets.view import View, controls, html, plain_looks, show


class StatementState(Struct, frozen=True):
    """What the reader shows: an incident, and two statements to put side by side, or none."""

    incident: str
    left: str = ""
    right: str = ""


def incidents_with_statements(lesson: str) -> list[Incident]:
    """Return the incidents on which there is something to read."""
    return [each for each in load_incidents(lesson=lesson) if each.attributions]


def label(statement: Attribution) -> str:
    """Return what a list calls a statement."""
    day = said(statement.date) if statement.date else "day not recorded"
    return f"{statement.speaker}, {day}"


def incident_blocks(incident: Incident) -> list[Block]:
    """Return what is said of an incident without naming an author."""
    where = bracketed(incident.source, incident.pinpoint, incident.status)
    blocks: list[Block] = [Paragraph([incident.what_happened, " ", *where])]
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
    blocks: list[Block] = []
    if statement.quotation:
        quoted = statement.quotation
        blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
    blocks += [
        Facts(facts),
        Paragraph(bracketed(statement.source, statement.pinpoint, statement.status), "note"),
    ]
    return Section(label(statement), blocks, 4)


def statement_blocks(state: StatementState, lesson: str = "03") -> list[Block]:
    """Return the incident, all statements on it as a table, and two of them side by side."""
    incident = find_incident(state.incident, lesson=lesson)
    statements = incident.attributions
    rows: list[list[Line]] = []
    for each in statements:
        told: list[Inline] = [each.wording]
        rows.append([label(each), each.names, told, each.confidence or "not said", each.cites])
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


class StatementReader(View):
    """Controls bound to a StatementState, and the page for it."""

    def __init__(self, incident: str = "", lesson: str = "03") -> None:
        self._lesson = lesson
        found = incidents_with_statements(lesson)
        options = [(f"{each.number}. {each.name} ({each.year_label})", each.id) for each in found]
        ids = [id for _, id in options]
        self.incident = w.Dropdown(
            **plain_looks(),
            description="Incident",
            options=options,
            value=incident if incident in ids else ids[0],
        )
        self.left = w.Dropdown(**plain_looks(), description="Statement")
        self.right = w.Dropdown(**plain_looks(), description="Beside it")
        first, second = controls(self.incident), controls(self.left, self.right)
        self._page = html("")
        self._title = Heading("Who says that it was whom")
        super().__init__([html(to_html([self._title])), first, second, self._page], "cn-explorer")
        self._setting = False
        self._list()
        self.incident.observe(lambda _: self._list(), names="value")
        for field in (self.left, self.right):
            field.observe(lambda _: self._draw(), names="value")

    @property
    def state(self) -> StatementState:
        """Return what the controls say."""
        return StatementState(self.incident.value, self.left.value or "", self.right.value or "")

    def blocks(self) -> Sequence[Block]:
        return [self._title, *statement_blocks(self.state, self._lesson)]

    def _list(self) -> None:
        """Offer the statements on the incident; the first accusation and its neighbour open."""
        statements = find_incident(self.incident.value, lesson=self._lesson).attributions
        options = [("None", ""), *((label(each), each.id) for each in statements)]
        self._setting = True
        try:
            for field, place_ in ((self.left, 0), (self.right, 1)):
                field.options = options
                field.value = statements[place_].id if len(statements) > place_ else ""
        finally:
            self._setting = False
        self._draw()

    def _draw(self) -> None:
        if not self._setting:
            self._page.value = to_html(statement_blocks(self.state, self._lesson))


def show_attributions(incident: str = "", *, lesson: LessonNumber = "03") -> None:
    """Show statements that attribute incidents to somebody, two of them side by side.

    Arguments:
        incident: the id of the incident to open with; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.

    Raises:
        CyberNormsError: there is no such lesson, or no statement is open in it yet.
    """
    show(StatementReader(incident, from_lesson("02", lesson, "statement")))
