"""Incidents to apply the norms to: what happened, who named whom, and how the norms were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from cybernorms.corpus.assembly import State, load_states
from cybernorms.corpus.norms import load_norms
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import Cell, Row, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

STARTS = ("began", "disclosed")
ESPIONAGE = ("yes", "no", "arguable")
SPEAKERS = (
    "a state",
    "several states",
    "a union of states",
    "an agency",
    "several agencies",
    "a company",
    "researchers",
    "the press",
)
KINDS = ("political statement", "indictment", "sanction", "advisory", "report", "denial")
ANSWERS = ("denied", "none found", "no state named", "is an answer")
JUDGEMENTS = ("engaged", "arguable", "not engaged")
PASSES = ("1", "2")


class Attribution(Struct, frozen=True):
    """What somebody said in public about who is behind an incident, or the reply to it.

    `date` is empty where the day was not recorded, `state` is None where no State is named,
    `confidence` is the speaker's own word or empty, and `answer_to` is the id of the statement
    that a denial answers. `opens_in` is the number of the lesson that may first show it.
    """

    id: str
    date: str
    speaker: str
    speaker_kind: str
    names: str
    state: State | None
    wording: str
    quotation: Quotation | None
    confidence: str
    cites: str
    kind: str
    answer: str
    answer_to: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    note: str


class Judgement(Struct, frozen=True):
    """Whether a norm speaks to an incident, as one of two independent passes judged it."""

    pass_: int
    judgement: str
    reason: str


class Incident(Struct, frozen=True):
    """An incident, told without naming an author.

    `start` and `end` are YYYY, YYYY-MM or YYYY-MM-DD, `end` may be empty; `before_norms` says
    whether the norms of 2015 did not yet exist. `attributions` stand in the order of the table,
    oldest first as far as their dates are known; `judgements` holds the judgements of both passes
    by norm id, in the order of the norms.
    """

    id: str
    number: int
    name: str
    start: str
    start_is: str
    end: str
    year_label: str
    target: str
    sector: str
    what_happened: str
    before_norms: bool
    espionage_only: str
    source: Source
    pinpoint: str
    status: str
    note: str
    attributions: tuple[Attribution, ...]
    judgements: Mapping[str, tuple[Judgement, ...]]

    def answers_to(self, attribution: Attribution) -> tuple[Attribution, ...]:
        """Return the replies recorded for one statement."""
        return tuple(each for each in self.attributions if each.answer_to == attribution.id)


def reading(judgements: Sequence[Judgement]) -> str:
    """Return what the passes agree on, or "disputed" where they differ.

    >>> first = Judgement(1, "engaged", "The words fit.")
    >>> reading([first, Judgement(2, "arguable", "They fit if the act was intended.")])
    'disputed'
    >>> reading([first])
    'engaged'

    Raises:
        CyberNormsError: there is no judgement to read.
    """
    values = {each.judgement for each in judgements}
    if not values:
        raise CyberNormsError(
            "No pass has judged this norm for this incident",
            where="incident_norms.csv",
            remedy="Choose one of the norms that were judged",
        )
    return values.pop() if len(values) == 1 else "disputed"


def _attribution(
    row: Row,
    sources: Mapping[str, Source],
    quotations: Mapping[str, Quotation],
    states: Mapping[str, State],
    known: Mapping[str, Row],
) -> Attribution:
    cell = Cell("attributions", row)
    return Attribution(
        id=row["id"],
        date=row["date"],
        speaker=cell.text("speaker"),
        speaker_kind=cell.one_of("speaker_kind", SPEAKERS),
        names=cell.text("names"),
        state=states[cell.known("state", states)] if row["state"] else None,
        wording=cell.text("wording"),
        quotation=quotations[cell.known("quotation", quotations)] if row["quotation"] else None,
        confidence=row["confidence"],
        cites=cell.text("cites"),
        kind=cell.one_of("kind", KINDS),
        answer=cell.one_of("answer", ANSWERS),
        answer_to=cell.known("answer_to", known) if row["answer_to"] else "",
        opens_in=cell.text("opens_in"),
        source=sources[cell.known("source", sources)],
        pinpoint=cell.text("pinpoint"),
        status=cell.status(),
        note=row["note"],
    )


def _judgements(incidents: Container[str], folder: Path) -> dict[str, dict[str, list[Judgement]]]:
    """Return the judgements by incident and norm, norms in their order and passes in theirs."""
    order = [norm.id for norm in load_norms(folder)]
    columns = ["incident", "norm", "pass", "judgement", "reason"]
    found: dict[str, dict[str, list[Judgement]]] = defaultdict(lambda: defaultdict(list))
    rows = read_table("incident_norms", columns, folder)
    for row in rows:
        cell = Cell("incident_norms", row)
        cell.known("incident", incidents)
        cell.known("norm", order)
    for row in sorted(rows, key=lambda row: (order.index(row["norm"]), row["pass"])):
        cell = Cell("incident_norms", row)
        judgement = Judgement(
            pass_=int(cell.one_of("pass", PASSES)),
            judgement=cell.one_of("judgement", JUDGEMENTS),
            reason=cell.text("reason"),
        )
        earlier = found[row["incident"]][row["norm"]]
        if any(each.pass_ == judgement.pass_ for each in earlier):
            raise cell.problem(
                "pass",
                f"Pass {judgement.pass_} judges {row['norm']} twice for this incident",
                "Keep one of the rows, or correct the pass",
            )
        earlier.append(judgement)
    return found


@cache
def _incidents(folder: Path) -> tuple[Incident, ...]:
    sources = load_sources(folder)
    quotations = load_quotations(folder)
    states = load_states(folder)

    computed = {"attributions", "judgements"}
    fields = [name for name in Incident.__struct_fields__ if name not in computed]
    rows = read_table("incidents", fields, folder)
    known = {row["id"] for row in rows}

    said = read_table("attributions", ["incident", *Attribution.__struct_fields__], folder)
    statements = {row["id"]: row for row in said}
    attributions: dict[str, list[Attribution]] = defaultdict(list)
    for row in said:
        incident = Cell("attributions", row).known("incident", known)
        attributions[incident].append(_attribution(row, sources, quotations, states, statements))

    judged = _judgements(known, folder)

    incidents = []
    for row in rows:
        cell = Cell("incidents", row)
        incidents.append(
            Incident(
                id=row["id"],
                number=cell.whole("number") or 0,
                name=cell.text("name"),
                start=cell.text("start"),
                start_is=cell.one_of("start_is", STARTS),
                end=row["end"],
                year_label=cell.text("year_label"),
                target=cell.text("target"),
                sector=cell.text("sector"),
                what_happened=cell.text("what_happened"),
                before_norms=cell.one_of("before_norms", ("yes", "no")) == "yes",
                espionage_only=cell.one_of("espionage_only", ESPIONAGE),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                note=row["note"],
                attributions=tuple(attributions[row["id"]]),
                judgements=MappingProxyType(
                    {norm: tuple(each) for norm, each in judged[row["id"]].items()}
                ),
            )
        )
    return tuple(sorted(incidents, key=lambda incident: incident.number))


def load_incidents(folder: Path | None = None) -> tuple[Incident, ...]:
    """Return the incidents in the order of their start, with all that was said about them.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _incidents(folder or data_dir())


def find_incident(id: str, folder: Path | None = None) -> Incident:
    """Return one incident by its id.

    Raises:
        CyberNormsError: no incident has this id.
    """
    for incident in load_incidents(folder):
        if incident.id == id:
            return incident
    raise CyberNormsError(
        f"No incident is called {id!r}",
        where="incidents.csv",
        remedy="See the ids in the first column",
    )
