"""Incidents to apply the norms to: what happened, who named whom, and how the norms were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from msgspec import field
from msgspec.structs import replace

from cybernorms.corpus.assembly import State
from cybernorms.corpus.columns import Date, Day, IdIn, Status, TwoDigits, Word
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.norms import Norm, NormId
from cybernorms.corpus.rows import TableRow, find_row, group_by, load
from cybernorms.corpus.sources import Fact, Quotation
from cybernorms.errors import CyberNormsError

IncidentId = Annotated[str, IdIn("incidents")]


class Attribution(Fact, frozen=True, kw_only=True):
    """What somebody said in public about who is behind an incident, or the reply to it.

    `date` is empty where the day was not recorded, `state` is None where no State is named,
    `confidence` is the speaker's own word or empty, and `answer_to` is the id of the statement
    that a denial answers. `opens_in` is the number of the lesson that may first show it.
    """

    table: ClassVar[str] = "attributions"

    id: str
    incident: IncidentId
    date: Date = ""
    speaker: str
    speaker_kind: Word
    names: str
    state: State | None = None
    wording: str
    quotation: Quotation | None = None
    confidence: str = ""
    cites: str
    kind: Word
    answer: Literal["denied", "none found", "no state named", "is an answer"]
    answer_to: Annotated[str, IdIn("attributions")] = ""
    opens_in: TwoDigits
    note: str = ""


class Judgement(TableRow, frozen=True, kw_only=True):
    """Whether a norm speaks to an incident, as one of two independent passes judged it."""

    table: ClassVar[str] = "incident_norms"

    incident: IncidentId
    norm: NormId
    pass_: Literal[1, 2] = field(name="pass")
    judgement: Literal["engaged", "arguable", "not engaged"]
    reason: str
    judged_on: Date
    status: Status

    @classmethod
    def read(cls) -> tuple[Judgement, ...]:
        """Return the judgements, norms in their order and passes in theirs."""
        order = [norm.id for norm in Norm.rows()]
        found: dict[tuple[str, int, int], Judgement] = {}
        for each in load(cls):
            key = (each.incident, order.index(each.norm), each.pass_)
            if found.setdefault(key, each) is not each:
                raise each.problem(
                    "pass",
                    f"Pass {each.pass_} judges {each.norm} twice for this incident",
                    "Keep one of the rows, or correct the pass",
                )
        return tuple(found[key] for key in sorted(found))


class Incident(Fact, frozen=True, kw_only=True):
    """An incident, told without naming an author.

    `end` may be empty; `before_norms` says whether the norms of 2015 did not yet exist.
    `attributions` stand in the order of the table, oldest first as far as their dates are known;
    `judgements` holds the judgements of both passes by norm id, in the order of the norms.
    """

    table: ClassVar[str] = "incidents"
    sort_by: ClassVar[str] = "number"

    id: str
    number: int
    name: str
    start: Date
    start_is: Literal["began", "disclosed"]
    end: Date = ""
    year_label: str
    target: str
    sector: str
    what_happened: str
    before_norms: bool
    espionage_only: Literal["yes", "no", "arguable"]
    note: str = ""
    attributions: tuple[Attribution, ...]
    judgements: Mapping[str, tuple[Judgement, ...]]

    @classmethod
    def read(cls) -> tuple[Incident, ...]:
        judgements = {
            incident: MappingProxyType(group_by(found, "norm"))
            for incident, found in group_by(Judgement.rows(), "incident").items()
        }
        attributions = group_by(Attribution.rows(), "incident")
        return load(cls, attributions=attributions, judgements=judgements)


class IncidentHour(Fact, frozen=True, kw_only=True):
    """What happened at one point of an incident; `time` is empty where no report names one."""

    table: ClassVar[str] = "incident_hours"
    sort_by: ClassVar[str] = "number"

    incident: IncidentId
    number: int
    day: Day
    time: str = ""
    what: str


def load_hours(incident: str) -> tuple[IncidentHour, ...]:
    """Return an incident by the hour, as far as reports tell it.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return tuple(each for each in IncidentHour.rows() if each.incident == incident)


def reading(judgements: Sequence[Judgement]) -> str:
    """Return what the passes agree on, or "disputed" where they differ.

    Raises:
        CyberNormsError: there is no judgement to read.
    """
    values: set[str] = {each.judgement for each in judgements}
    if not values:
        raise CyberNormsError(
            "No pass has judged this norm for this incident",
            where="incident_norms.csv",
            remedy="Choose one of the norms that were judged",
        )
    return values.pop() if len(values) == 1 else "disputed"


def load_incidents(*, lesson: LessonNumber) -> tuple[Incident, ...]:
    """Return the incidents in the order of their start, with the statements a lesson may show."""
    return tuple(
        replace(incident, attributions=open_rows(incident.attributions, lesson))
        for incident in Incident.rows()
    )


def find_incident(id: str, *, lesson: LessonNumber) -> Incident:
    """Return one incident by its id, with the statements a lesson may show."""
    return find_row(load_incidents(lesson=lesson), id, "incident")
