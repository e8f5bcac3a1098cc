"""Conduct that a clause may reach: invented cases, incidents as attributed, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from cybernorms.corpus.assembly import State, load_states
from cybernorms.corpus.clauses import Part, load_parts
from cybernorms.corpus.incidents import Attribution, Incident, load_incidents
from cybernorms.corpus.tables import Cell, Row, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "relation": {
        "organ": "the State\u2019s own people act",
        "directed": "a group acts on the State\u2019s orders",
        "supported": "a group acts with the State\u2019s help",
        "tolerated": "others act, and the State lets them",
        "unaware": "others act, and the State does not know",
        "unclear": "no State is named as the one who acts",
    },
    "act": {
        "copies": "data are copied",
        "disrupts": "a system is disrupted",
        "plants": "access is planted and not used",
        "blocks": "lines are flooded or blocked",
        "misuses": "a response team is misused",
        "ignores": "a request is left unanswered",
        "tampers": "a product is changed in secret",
    },
    "knowledge": {
        "knows": "the State knows",
        "should know": "the State could know if it looked",
        "does not know": "the State does not know",
    },
    "object": {
        "infrastructure": "critical infrastructure",
        "perhaps infrastructure": "perhaps critical infrastructure",
        "secrets": "business secrets",
        "files": "files of an authority",
        "mixed": "companies and authorities",
        "team": "a response team",
        "product": "a product on its way to users",
        "other target": "another target",
    },
    "purpose": {
        "commercial": "an advantage in trade",
        "intelligence": "knowledge for the State",
        "pressure": "pressure or readiness for a conflict",
        "crime": "money for criminals",
        "unclear": "not known",
    },
    "time": {
        "peace": "in peacetime",
        "conflict": "in an armed conflict",
        "disputed": "peacetime or conflict, disputed",
    },
    "harm": {
        "none": "none so far",
        "copied": "none but the copying",
        "slight": "a short disturbance",
        "serious": "a long stop",
    },
    "intent": {
        "meant": "it was meant",
        "side effect": "it was a side effect",
        "unclear": "what was meant is not known",
    },
    "sequence": {"first": "the first blow", "answer": "an answer to a blow"},
    "law": {
        "contrary": "contrary to international law",
        "disputed": "whether it breaks the law is disputed",
        "none named": "no rule is named that forbids it",
    },
}
OTHER = "other"
VERDICTS = ("met", "arguable", "missed")
LISTS = (
    "actor",
    "modality",
    "verb",
    "mental element",
    "object",
    "purpose",
    "limit",
    "exception",
)


class PartTest(Struct, frozen=True):
    """What a part of a clause asks of conduct, for one value of one attribute.

    `value` is `other` for all values that have no row of their own. Where the verdict is arguable,
    `reason` is the reading in which the conduct is covered and `counter` the one in which it is
    not.
    """

    part: str
    attribute: str
    value: str
    verdict: str
    reason: str
    counter: str


class Conduct(Struct, frozen=True):
    """An invented case; `attributes` has a value for each of the ATTRIBUTES."""

    id: str
    position: int
    label: str
    story: str
    attributes: Mapping[str, str]
    law_reason: str


class IncidentConduct(Struct, frozen=True):
    """An incident as one statement attributes it, in the terms of the ATTRIBUTES.

    `aspect` says which part of the incident is meant, where it has several, and is empty otherwise.
    `named` is the State that the statement names, or None; `victims` are the States that were hit,
    as far as the facts gathered here go. `reason` says why the incident is read in this way.
    """

    id: str
    incident: Incident
    aspect: str
    attribution: Attribution
    victims: tuple[State, ...]
    attributes: Mapping[str, str]
    reason: str

    @property
    def named(self) -> State | None:
        """Return the State that the statement names, if any."""
        return self.attribution.state


class ClauseChoice(Struct, frozen=True):
    """One choice in one list of the clause lab, with the parts that it brings along."""

    id: str
    list: str
    position: int
    label: str
    text: str
    parts: tuple[Part, ...]


@cache
def _tests(folder: Path) -> tuple[PartTest, ...]:
    parts = load_parts(folder)
    found = []
    for row in read_table("part_tests", list(PartTest.__struct_fields__), folder):
        cell = Cell("part_tests", row)
        attribute = cell.one_of("attribute", tuple(ATTRIBUTES))
        verdict = cell.one_of("verdict", VERDICTS)
        found.append(
            PartTest(
                part=cell.known("part", parts),
                attribute=attribute,
                value=cell.one_of("value", (*ATTRIBUTES[attribute], OTHER)),
                verdict=verdict,
                reason=cell.text("reason"),
                counter=cell.text("counter", required=verdict == "arguable"),
            )
        )
    return tuple(found)


def load_part_tests(folder: Path | None = None) -> tuple[PartTest, ...]:
    """Return what the parts of clauses ask of conduct.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _tests(folder or data_dir())


def _attributes(table: str, row: Row) -> Mapping[str, str]:
    cell = Cell(table, row)
    return MappingProxyType(
        {name: cell.one_of(name, tuple(values)) for name, values in ATTRIBUTES.items()}
    )


@cache
def _conducts(folder: Path) -> tuple[Conduct, ...]:
    columns = ["id", "position", "label", "story", "law_reason", *ATTRIBUTES]
    found = []
    for row in read_table("conducts", columns, folder):
        cell = Cell("conducts", row)
        found.append(
            Conduct(
                id=row["id"],
                position=cell.whole("position") or 0,
                label=cell.text("label"),
                story=cell.text("story"),
                attributes=_attributes("conducts", row),
                law_reason=cell.text("law_reason"),
            )
        )
    return tuple(sorted(found, key=lambda conduct: conduct.position))


def load_conducts(folder: Path | None = None) -> tuple[Conduct, ...]:
    """Return the invented cases in their order.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _conducts(folder or data_dir())


def _victims(cell: Cell, states: Mapping[str, State]) -> tuple[State, ...]:
    ids = [id for id in cell.text("victims", required=False).split(";") if id]
    if unknown := [id for id in ids if id not in states]:
        raise cell.problem(
            "victims", f"No State is called {unknown[0]!r}", "Use ids of states.csv with semicolons"
        )
    return tuple(states[id] for id in ids)


@cache
def _incident_conducts(folder: Path) -> tuple[IncidentConduct, ...]:
    incidents = {each.id: each for each in load_incidents(folder)}
    states = load_states(folder)
    columns = ["id", "incident", "aspect", "attribution", "victims", "reason", *ATTRIBUTES]
    found = []
    for row in read_table("incident_conducts", columns, folder):
        cell = Cell("incident_conducts", row)
        incident = incidents[cell.known("incident", incidents)]
        said = {each.id: each for each in incident.attributions}
        found.append(
            IncidentConduct(
                id=row["id"],
                incident=incident,
                aspect=row["aspect"],
                attribution=said[cell.known("attribution", said)],
                victims=_victims(cell, states),
                attributes=_attributes("incident_conducts", row),
                reason=cell.text("reason"),
            )
        )
    return tuple(found)


def load_incident_conducts(
    folder: Path | None = None, *, lesson: str = "08"
) -> tuple[IncidentConduct, ...]:
    """Return the incidents as attributed, as far as a lesson may show the statements.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    number = lesson.zfill(2)
    return tuple(
        each
        for each in _incident_conducts(folder or data_dir())
        if each.attribution.opens_in <= number
    )


@cache
def _choices(folder: Path) -> tuple[ClauseChoice, ...]:
    parts = load_parts(folder)
    found = []
    for row in read_table("clause_choices", list(ClauseChoice.__struct_fields__), folder):
        cell = Cell("clause_choices", row)
        ids = [id for id in row["parts"].split(";") if id]
        if unknown := [id for id in ids if id not in parts]:
            raise cell.problem(
                "parts", f"No part is called {unknown[0]!r}", "Use ids of parts.csv with semicolons"
            )
        found.append(
            ClauseChoice(
                id=row["id"],
                list=cell.one_of("list", LISTS),
                position=cell.whole("position") or 0,
                label=cell.text("label"),
                text=row["text"],
                parts=tuple(parts[id] for id in ids),
            )
        )
    return tuple(found)


def load_choices(folder: Path | None = None) -> dict[str, tuple[ClauseChoice, ...]]:
    """Return the choices of the clause lab by list, the lists in the order of a sentence.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    choices = _choices(folder or data_dir())
    found = {name: tuple(each for each in choices if each.list == name) for name in LISTS}
    if empty := [name for name, each in found.items() if not each]:
        raise CyberNormsError(
            f"The list {empty[0]!r} has no choices",
            where="clause_choices.csv",
            remedy="Add a row for it",
        )
    return found
