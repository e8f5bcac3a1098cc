"""The clause lab: build a clause from parts, and see what it would reach and what it would miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as w
from msgspec import Struct, field
from msgspec.structs import replace

from cybernorms.analysis.clauses import compare_parts, distance, nearest
from cybernorms.analysis.reach import (
    RESULTS,
    Finding,
    Reach,
    bound_by,
    reach,
    reach_incident,
    sentence,
)
from cybernorms.corpus.clauses import SLOTS, Clause, Part, find_clause, load_clauses
from cybernorms.corpus.conducts import (
    ATTRIBUTES,
    ClauseChoice,
    Conduct,
    IncidentConduct,
    load_choices,
    load_conducts,
    load_incident_conducts,
    load_part_tests,
)
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Facts,
    Heading,
    Inline,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
    to_html,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.widgets.sourcing import bracketed, said
from cybernorms.widgets.view import (
    View,
    bar,
    button,
    controls,
    html,
    outcome,
    plain_looks,
    show,
)
from cybernorms.widgets.wording_lab import clause_section

TITLE = "Clause lab"
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
ASKED = {
    "relation": "Who acts",
    "act": "What is done",
    "knowledge": "What the State knows",
    "object": "What is hit",
    "purpose": "What for",
    "time": "When",
    "harm": "Harm",
    "intent": "Was the harm meant",
    "sequence": "Who began",
    "law": "In law",
}
SIGNS = {"met": "\u2713", "arguable": "\u25d0", "missed": "\u2717"}
MEANINGS = "What its parts do"
MISSED = "Cases that it misses"
INCIDENTS = "Incidents, if the attribution were right"
CAREFUL = (
    "Each line takes one public statement as right for the sake of argument. It says what the "
    "words of the clause would cover then, and not what anybody did."
)


class LabState(Struct, frozen=True):
    """What the lab shows.

    `choices` has a choice for each list; `clause` is the id of a real clause to look at instead of
    the built one; `case` is the id of an invented case or an incident to look at closely.
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


def _labels(parts: Sequence[Part]) -> str:
    return ", ".join(part.label for part in parts)


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
            told: list[Inline] = [Strong(f"{SLOTS[each.slot]}. ")]
            told.append(f"Yours: {_labels(each.only_first) or 'nothing more'}; ")
            told.append(f"there: {_labels(each.only_second) or 'nothing more'}.")
            lines.append(told)
        where = bracketed(clause.source, clause.pinpoint, clause.status)
        quoted = clause.wording == clause.quotation.text
        wording = f'"{clause.wording}"' if quoted else clause.wording
        blocks.append(Paragraph([Strong(f"{clause.label}. "), wording, " ", *where]))
        blocks.append(Bullets(lines or ["No slot differs: it says the same."]))
    return Section("The nearest real clause", blocks, 4)


def result(found: Reach) -> str:
    """Return a result with its sign, which says the same as the words."""
    return f"{SIGNS[found.verdict]} {found.result}"


def why(found: Reach) -> str:
    """Return in words on what a result rests."""
    if found.verdict == "met":
        met = " ".join(dict.fromkeys(each.reason for each in found.findings))
        return f"Every condition is met. {met}" if met else "It asks nothing of this case."
    if found.verdict == "missed":
        return " ".join(dict.fromkeys(each.reason for each in found.deciding))
    return " ".join(f"For: {each.reason} Against: {each.counter}" for each in found.deciding)


def incident_name(case: IncidentConduct) -> str:
    """Return the name of an incident with its year and the part of it that is meant."""
    aspect = f", {case.aspect}" if case.aspect else ""
    return f"{case.incident.name} ({case.incident.year_label}){aspect}"


def _mid(speaker: str) -> str:
    """Return a speaker as one stands in mid-sentence: only an article has to change."""
    return f"a {speaker[2:]}" if speaker.startswith("A ") else speaker


def incident_label(case: IncidentConduct) -> str:
    """Return what a list calls an incident, with the one who attributed it."""
    return f"{incident_name(case)}, according to {_mid(case.attribution.speaker)}"


def attributed(case: IncidentConduct) -> str:
    """Return to whom an incident was attributed, by whom and when, and what was answered."""
    statement = case.attribution
    day = f" on {said(statement.date)}" if statement.date.count("-") == 2 else ""
    return f"to {statement.names}; by {_mid(statement.speaker)}{day}; answer: {statement.answer}"


class _Subject(Struct, frozen=True):
    """The clause under test, built or real."""

    parts: Sequence[Part]
    bound: str
    date: str

    def on_case(self, case: Conduct) -> Reach:
        return reach(self.parts, case.attributes, load_part_tests())

    def on_incident(self, case: IncidentConduct) -> Reach:
        return reach_incident(self.parts, self.bound, case, load_part_tests())


def _clause_of(state: LabState) -> Clause | None:
    return find_clause(state.clause, lesson=state.lesson) if state.clause else None


def _subject(state: LabState) -> _Subject:
    if clause := _clause_of(state):
        return _Subject(clause.parts, clause.bound, clause.instrument.date)
    parts = built_parts(state)
    return _Subject(parts, bound_by(parts), "")


def case_tables(subject: _Subject) -> list[Block]:
    """Return what the clause does with each invented case; those that it misses open on demand."""
    reached: list[list[Line]] = []
    missed: list[list[Line]] = []
    for case in load_conducts():
        found = subject.on_case(case)
        rows = missed if found.verdict == "missed" else reached
        rows.append([case.label, result(found), why(found)])
    columns = ["Case", "The clause", "Why"]
    blocks: list[Block] = []
    if reached:
        blocks.append(Table("Cases that it reaches, or may reach", columns, reached))
    if missed:
        blocks.append(Aside(MISSED, [Table(MISSED, columns, missed)]))
    return blocks


def incident_table(subject: _Subject, lesson: str) -> Table:
    """Return what the clause would do with each incident if the attribution were right."""
    rows: list[list[Line]] = []
    for case in load_incident_conducts(lesson=lesson):
        found = subject.on_incident(case)
        early = subject.date > case.incident.start
        told = f"It happened before this text. {why(found)}" if early else why(found)
        rows.append([incident_name(case), attributed(case), result(found), told])
    columns = ["Incident", "Attributed", "The clause", "Why"]
    return Table(INCIDENTS, columns, rows)


def _finding(each: Finding) -> list[Inline]:
    told: list[Inline] = [Strong(f"{each.about}: {each.verdict}. ")]
    if each.counter:
        return [*told, f"For: {each.reason} Against: {each.counter}"]
    return [*told, each.reason]


def case_section(subject: _Subject, state: LabState) -> Section:
    """Return one case with all that the clause asks of it."""
    for case in load_conducts():
        if case.id == state.case:
            found = subject.on_case(case)
            opening: list[Block] = [Paragraph(f"Invented. {case.story}")]
            law, attributes, label = case.law_reason, case.attributes, case.label
            break
    else:
        incident = next(
            each for each in load_incident_conducts(lesson=state.lesson) if each.id == state.case
        )
        found = subject.on_incident(incident)
        told = incident.incident
        opening = [
            Paragraph(
                [
                    told.what_happened,
                    " ",
                    *bracketed(told.source, told.pinpoint, told.status),
                ]
            ),
            Paragraph([Strong("Attributed "), attributed(incident), "."]),
            Paragraph([Strong("How it is read here. "), incident.reason]),
        ]
        law, attributes, label = "", incident.attributes, incident_label(incident)
    facts: list[tuple[str, Line]] = [
        (ASKED[name], ATTRIBUTES[name][value]) for name, value in attributes.items()
    ]
    if law:
        facts[-1] = (ASKED["law"], f"{ATTRIBUTES['law'][attributes['law']]}. {law}")
    findings: list[Line] = [_finding(each) for each in found.findings]
    blocks: list[Block] = [
        *opening,
        Facts(facts),
        Paragraph(
            [
                Strong(
                    f"The clause {found.result}."
                    if found.verdict != "arguable"
                    else "Whether the clause reaches it is arguable."
                )
            ]
        ),
        Bullets(findings or ["The clause asks nothing of this case."]),
    ]
    return Section(f"Case: {label}", blocks, 4)


def counts(subject: _Subject) -> str:
    """Return how many of the invented cases a clause reaches, and how many can be argued."""
    verdicts = [subject.on_case(case).verdict for case in load_conducts()]
    told = ", ".join(f"{RESULTS[each]}: {verdicts.count(each)}" for each in RESULTS)
    return f"Of {len(verdicts)} invented cases: {told}."


def lab_blocks(state: LabState) -> list[Block]:
    """Return what the lab shows for a state."""
    subject = _subject(state)
    clause = _clause_of(state)
    if clause:
        first: list[Block] = [clause_section(clause, "A real clause")]
    else:
        built = Paragraph([Strong(sentence(chosen(state)))])
        meanings = Facts([(part.label.capitalize(), part.meaning) for part in subject.parts])
        first = [
            Section("The clause you built", [built, Aside(MEANINGS, [meanings])], 4),
            nearest_section(subject.parts, state.lesson),
        ]
    closer = [case_section(subject, state)] if state.case else []
    return [
        *first,
        Paragraph(counts(subject)),
        *closer,
        *case_tables(subject),
        Aside(INCIDENTS, [Paragraph(CAREFUL), incident_table(subject, state.lesson)]),
        Paragraph(
            "Cases, conditions and readings of incidents are this module\u2019s own, and can be "
            "argued with.",
            "note",
        ),
    ]


def kept_choices(record: Record) -> dict[str, str]:
    """Return the choices that were kept last, as far as they still exist."""
    try:
        last = record.read().last(KEY)
    except CyberNormsError:
        return {}
    response: Any = last.response if last else {}
    if not isinstance(response, dict):
        return {}  # a record that was edited by hand
    return {
        name: response[name]
        for name, choices in load_choices().items()
        if response.get(name) in [each.id for each in choices]
    }


class ClauseLab(View):
    """Lists to build a clause with, a real clause or a case to look at, and a button to keep it."""

    def __init__(self, state: LabState | None = None, record: Record | None = None) -> None:
        self._record = record or Record()
        kept = kept_choices(self._record)
        start = state or LabState()
        self.state = replace(start, choices={**start.choices, **kept})
        self.fields = {
            name: w.Dropdown(
                **plain_looks(),
                description=LABELS[name],
                options=[(each.label, each.id) for each in choices],
                value=self.state.choices[name],
            )
            for name, choices in load_choices().items()
        }
        self.clause = w.Dropdown(**plain_looks(), description="Clause to test")
        self.clause.options = [
            ("The one that I build", ""),
            *((each.label, each.id) for each in load_clauses(lesson=self.state.lesson)),
        ]
        self.clause.value = self.state.clause
        self.case = w.Dropdown(**plain_looks(), description="Case to look at closely")
        self.case.options = [
            ("None", ""),
            *((each.label, each.id) for each in load_conducts()),
            *(
                (incident_label(each), each.id)
                for each in load_incident_conducts(lesson=self.state.lesson)
            ),
        ]
        self.case.value = self.state.case
        self.keep = button("Keep this clause", main=True)
        self.keep.on_click(lambda _: self.submit())
        self._status = outcome()
        if kept:
            self._say("saved", "The clause that you kept is filled in.")
        self._page = html(to_html(lab_blocks(self.state)))
        super().__init__(
            [
                html(to_html([Heading(TITLE)])),
                controls(*self.fields.values()),
                bar(self.keep),
                self._status,
                controls(self.clause, self.case),
                self._page,
            ],
            "cn-explorer",
        )
        for each in self.fields.values():
            each.observe(lambda _: self._build(), names="value")
        for each in (self.clause, self.case):
            each.observe(lambda _: self._read(), names="value")

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), *lab_blocks(self.state)]

    def submit(self) -> None:
        """Keep the built clause, so that it comes back when the notebook is opened again."""
        try:
            self._record.append(KEY, "", dict(self.state.choices))
        except CyberNormsError as error:
            self._say("problem", str(error))
            return
        self._say("saved", "Saved. This clause comes back when you open the notebook again.")

    def _say(self, look: str, told: str) -> None:
        line = to_html([Paragraph(told)]).removeprefix("<p>").removesuffix("</p>")
        self._status.value = f"<p class='cn-result cn-{look}' role='alert'>{line}</p>"

    def _build(self) -> None:
        """Take over a change of the built clause, and turn to that clause."""
        self._status.value = "<p class='cn-note'>Not kept yet: press Keep this clause.</p>"
        if self.clause.value:
            self.clause.value = ""  # draws
        else:
            self._read()

    def _read(self) -> None:
        self.state = replace(
            self.state,
            choices={name: each.value for name, each in self.fields.items()},
            clause=self.clause.value,
            case=self.case.value,
        )
        self._page.value = to_html(lab_blocks(self.state))


def show_clause_lab(clause: str = "", *, case: str = "", lesson: str = "05") -> None:
    """Show the clause lab: build a clause, and see which conduct it would reach or miss, and why.

    Arguments:
        clause: the id of a real clause to test first; the built one if not given.
        case: the id of a case to look at closely.
        lesson: the number of the lesson; what opens later stays closed.

    Raises:
        CyberNormsError: there is no such clause or case in this lesson.
    """
    state = LabState(clause=clause, case=case, lesson=lesson.zfill(2))
    _clause_of(state)
    cases = [
        *(each.id for each in load_conducts()),
        *(each.id for each in load_incident_conducts(lesson=state.lesson)),
    ]
    if case and case not in cases:
        raise CyberNormsError(
            f"No case is called {case!r}", remedy=f"Choose one of: {', '.join(cases)}"
        )
    show(ClauseLab(state))
