"""What a clause does with each case: invented ones, and incidents as somebody attributed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from cybernorms.analysis.reach import RESULTS, Finding, Reach, reach, reach_incident
from cybernorms.corpus.clauses import Part
from cybernorms.corpus.conducts import (
    ATTRIBUTES,
    Conduct,
    IncidentConduct,
    load_conducts,
    load_incident_conducts,
    load_part_tests,
)
from cybernorms.document import (
    Block,
    Bullets,
    Facts,
    Inline,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.pages.sourcing import format_date, sourced

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
MISSED = "Cases that it misses"
INCIDENTS = "Incidents, if the attribution were right"


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
    day = f" on {format_date(statement.date)}" if statement.date.count("-") == 2 else ""
    return f"to {statement.names}; by {_mid(statement.speaker)}{day}; answer: {statement.answer}"


class TestedClause(Struct, frozen=True):
    """The clause under test, built or real."""

    parts: Sequence[Part]
    bound: str
    date: str

    def on_case(self, case: Conduct) -> Reach:
        return reach(self.parts, case.attributes, load_part_tests())

    def on_incident(self, case: IncidentConduct) -> Reach:
        return reach_incident(self.parts, self.bound, case, load_part_tests())


def case_tables(tested: TestedClause) -> list[Block]:
    """Return what the clause does with each invented case, those that it misses apart."""
    reached: list[list[Line]] = []
    missed: list[list[Line]] = []
    for case in load_conducts():
        found = tested.on_case(case)
        rows = missed if found.verdict == "missed" else reached
        rows.append([case.label, result(found), why(found)])
    columns = ["Case", "The clause", "Why"]
    blocks: list[Block] = []
    if reached:
        caption = "Cases that it reaches, or may reach"
        blocks.append(Table(caption, columns, reached, fold=False))
    if missed:
        blocks.append(Table(MISSED, columns, missed, fold=False))
    return blocks


def incident_table(tested: TestedClause, lesson: str) -> Table:
    """Return what the clause would do with each incident if the attribution were right."""
    rows: list[list[Line]] = []
    for case in load_incident_conducts(lesson=lesson):
        found = tested.on_incident(case)
        early = tested.date > case.incident.start
        reason = f"It happened before this text. {why(found)}" if early else why(found)
        rows.append([incident_name(case), attributed(case), result(found), reason])
    columns = ["Incident", "Attributed", "The clause", "Why"]
    return Table(INCIDENTS, columns, rows)


def _finding(each: Finding) -> list[Inline]:
    reason = f"For: {each.reason} Against: {each.counter}" if each.counter else each.reason
    return [Strong(f"{each.about}: {each.verdict}. "), reason]


class _Case(Struct, frozen=True):
    """A case to look at closely, invented or an incident, and what the clause does with it."""

    label: str
    opening: Sequence[Block]
    attributes: Mapping[str, str]
    law: str
    found: Reach


def _invented(tested: TestedClause, case: Conduct) -> _Case:
    story = Paragraph(f"Invented. {case.story}")
    found = tested.on_case(case)
    return _Case(case.label, [story], case.attributes, case.law_reason, found)


def _incident(tested: TestedClause, case: IncidentConduct) -> _Case:
    incident = case.incident
    opening = [
        Paragraph(sourced(incident.what_happened, incident)),
        Paragraph([Strong("Attributed "), attributed(case), "."]),
        Paragraph([Strong("How it is read here. "), case.reason]),
    ]
    found = tested.on_incident(case)
    return _Case(incident_label(case), opening, case.attributes, "", found)


def _find_case(tested: TestedClause, id: str, lesson: str) -> _Case:
    for case in load_conducts():
        if case.id == id:
            return _invented(tested, case)
    found = (each for each in load_incident_conducts(lesson=lesson) if each.id == id)
    return _incident(tested, next(found))


def case_section(tested: TestedClause, id: str, lesson: str) -> Section:
    """Return one case with all that the clause asks of it."""
    case = _find_case(tested, id, lesson)
    facts: list[tuple[str, Line]] = [
        (ASKED[name], ATTRIBUTES[name][value]) for name, value in case.attributes.items()
    ]
    if case.law:
        facts[-1] = (ASKED["law"], f"{ATTRIBUTES['law'][case.attributes['law']]}. {case.law}")
    verdict = (
        "Whether the clause reaches it is arguable."
        if case.found.verdict == "arguable"
        else f"The clause {case.found.result}."
    )
    findings: list[Line] = [_finding(each) for each in case.found.findings]
    blocks: list[Block] = [
        *case.opening,
        Facts(facts),
        Paragraph([Strong(verdict)]),
        Bullets(findings or ["The clause asks nothing of this case."]),
    ]
    return Section(f"Case: {case.label}", blocks, 4)


def counts(tested: TestedClause) -> str:
    """Return how many of the invented cases a clause reaches, and how many can be argued."""
    verdicts = [tested.on_case(case).verdict for case in load_conducts()]
    results = ", ".join(f"{RESULTS[each]}: {verdicts.count(each)}" for each in RESULTS)
    return f"Of {len(verdicts)} invented cases: {results}."


def all_cases(lesson: str) -> list[tuple[str, str]]:
    """Return the name and the id of every case that a lesson may show."""
    invented = [(each.label, each.id) for each in load_conducts()]
    incidents = load_incident_conducts(lesson=lesson)
    return [*invented, *((incident_label(each), each.id) for each in incidents)]
