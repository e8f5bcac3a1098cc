"""Conduct that a clause may reach: invented cases, incidents as attributed, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec.structs import replace

from cybernorms.corpus.assembly import State
from cybernorms.corpus.clauses import Part
from cybernorms.corpus.columns import SEMICOLONS, ColumnEach, Date, IdIn, OneOf, Status
from cybernorms.corpus.incidents import Attribution, Incident, load_incidents
from cybernorms.corpus.lessons import LessonNumber, is_open
from cybernorms.corpus.rows import TableRow
from cybernorms.errors import CyberNormsError

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
Attributes = Annotated[Mapping[str, str], ColumnEach(ATTRIBUTES)]


class PartTest(TableRow, frozen=True, kw_only=True):
    """What a part of a clause asks of conduct, for one value of one attribute.

    `value` is `other` for all values that have no row of their own. Where the verdict is arguable,
    `reason` is the reading in which the conduct is covered and `counter` the one in which it is
    not.
    """

    table: ClassVar[str] = "part_tests"

    part: Annotated[str, IdIn("parts")]
    attribute: Annotated[str, OneOf(ATTRIBUTES)]
    value: str
    verdict: Literal["met", "arguable", "missed"]
    reason: str
    counter: str = ""
    status: Status
    judged_on: Date

    def check(self) -> None:
        self.one_of("value", (*ATTRIBUTES[self.attribute], OTHER))
        if self.verdict == "arguable":
            self.require("counter")


class Conduct(TableRow, frozen=True, kw_only=True):
    """An invented case; `attributes` has a value for each of the ATTRIBUTES."""

    table: ClassVar[str] = "conducts"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    label: str
    story: str
    attributes: Attributes
    law_reason: str
    status: Status
    judged_on: Date


class IncidentConduct(TableRow, frozen=True, kw_only=True):
    """An incident as one statement attributes it, in the terms of the ATTRIBUTES.

    `aspect` says which part of the incident is meant, where it has several, and is empty otherwise.
    `named` is the State that the statement names, or None; `victims` are the States that were hit,
    as far as the facts gathered here go. `reason` says why the incident is read in this way.
    """

    table: ClassVar[str] = "incident_conducts"

    id: str
    incident: Incident
    aspect: str = ""
    attribution: Attribution
    victims: Annotated[tuple[State, ...], SEMICOLONS] = ()
    attributes: Attributes
    reason: str
    status: Status
    judged_on: Date

    def check(self) -> None:
        if self.attribution.incident != self.incident.id:
            raise self.problem(
                "attribution",
                f"{self.attribution.id!r} is not a statement on this incident",
                "Name one that is",
            )

    @property
    def named(self) -> State | None:
        """Return the State that the statement names, if any."""
        return self.attribution.state


class ClauseChoice(TableRow, frozen=True, kw_only=True):
    """One choice in one list of the clause lab, with the parts that it brings along."""

    table: ClassVar[str] = "clause_choices"

    id: str
    list: Annotated[str, OneOf(LISTS)]
    position: int
    label: str
    text: str = ""
    parts: Annotated[tuple[Part, ...], SEMICOLONS] = ()


def load_part_tests() -> tuple[PartTest, ...]:
    """Return what the parts of clauses ask of conduct."""
    return PartTest.rows()


def load_conducts() -> tuple[Conduct, ...]:
    """Return the invented cases in their order."""
    return Conduct.rows()


def load_incident_conducts(*, lesson: LessonNumber) -> tuple[IncidentConduct, ...]:
    """Return the incidents as attributed, as far as a lesson may show the statements."""
    incidents = {each.id: each for each in load_incidents(lesson=lesson)}
    return tuple(
        replace(each, incident=incidents[each.incident.id])
        for each in IncidentConduct.rows()
        if is_open(each.attribution.opens_in, lesson)
    )


def load_choices() -> dict[str, tuple[ClauseChoice, ...]]:
    """Return the choices of the clause lab by list, the lists in the order of a sentence."""
    choices = ClauseChoice.rows()
    found = {name: tuple(each for each in choices if each.list == name) for name in LISTS}
    if empty := [name for name, each in found.items() if not each]:
        raise CyberNormsError(
            f"The list {empty[0]!r} has no choices",
            where="clause_choices.csv",
            remedy="Add a row for it",
        )
    return found
