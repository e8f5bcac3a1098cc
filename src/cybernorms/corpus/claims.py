"""The claims of the report of 22 September 2015, their way to it, and where they changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.instruments import FORCES, STAGES
from cybernorms.corpus.norms import READING_VERDICTS
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import STATUSES, Cell, Row, read_table
from cybernorms.paths import data_dir

KINDS = ("fact", "quotation", "prediction", "reported prediction", "interpretation")
PREDICTIONS = ("prediction", "reported prediction")
SUBJECTS = ("state security", "internet governance", "crime and trade", "people and places")
JUDGEMENTS = {
    "faithful": "says what its source says",
    "surer": "surer than its source",
    "different": "means something else",
    "own": "own reading",
    "unconfirmed": "cannot be confirmed",
}
CHANGE_KINDS = (
    "none",
    "negation lost",
    "hedge dropped",
    "scope widened",
    "verb changed",
    "qualifier dropped",
    "place or date",
    "name or spelling",
    "accusation hardened",
    "context left out",
    "cannot be checked",
)
LINKS = ("the official", "the newspaper", "the post", "unknown")
HELD = ("yes", "in part", "no")


class Step(Struct, frozen=True):
    """One step of a claim on its way from an official text or speaker to the post.

    The words of `quotation`, if any, stand in `wording` letter by letter; the rest of it is a
    paraphrase. `change` is empty for the first step.
    """

    position: int
    speaker: str
    date: str
    wording: str
    quotation: Quotation | None
    change: str
    change_kind: str
    source: Source
    pinpoint: str
    status: str


class ClaimReading(Struct, frozen=True):
    """What a claim can be said to be, measured by its source, and why."""

    judgement: str
    verdict: str
    reason: str


class Discrepancy(Struct, frozen=True):
    """One difference between the post and its sources; `claim` is the id of the claim.

    `change_kind` says what kind of change it is above all; `also_kind`, where it is not empty, is
    another that can be argued, for `also_reason`.
    """

    id: str
    position: int
    claim: str
    name: str
    post_has: str
    source_has: str
    change_kind: str
    also_kind: str
    also_reason: str
    arose_at: str
    effect: str
    explanation: str
    source: Source
    pinpoint: str
    status: str


class FaithfulRendering(Struct, frozen=True):
    """A place where the post says what its source says; `claim` is the id of the claim."""

    id: str
    claim: str
    name: str
    post_has: str
    source_has: str
    explanation: str
    source: Source
    pinpoint: str
    status: str


class Claim(Struct, frozen=True):
    """A claim of the post: what could be said of it on its day, and what turned out.

    `quoted_stage` and `quoted_force` are those of the text that the claim is about, and empty where
    it is about a person. `outcome` is empty where nothing turned out, and `held` where nothing was
    predicted; show them to learners with `outcome_for` and `held_for`, which keep them closed until
    their lesson. `readings` has the best one first.
    """

    id: str
    number: int
    name: str
    kind: str
    claim: str
    subject: str
    quotation: Quotation | None
    quoted_stage: str
    quoted_force: str
    as_of_2015: str
    outcome: str
    outcome_quotation: Quotation | None
    outcome_source: Source | None
    outcome_pinpoint: str
    outcome_status: str
    held: str
    verdict_2015: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    note: str
    steps: tuple[Step, ...]
    readings: tuple[ClaimReading, ...]
    discrepancies: tuple[Discrepancy, ...]

    def outcome_for(self, lesson: str) -> str:
        """Return what turned out, or "" in a lesson before the one that opens it."""
        return self.outcome if self._is_open(lesson) else ""

    def held_for(self, lesson: str) -> str:
        """Return whether a prediction held, or "" in a lesson before the one that opens it."""
        return self.held if self._is_open(lesson) else ""

    def _is_open(self, lesson: str) -> bool:
        return bool(self.opens_in) and lesson.zfill(2) >= self.opens_in


def _discrepancy(row: Row, sources: Mapping[str, Source], claims: Mapping[str, Row]) -> Discrepancy:
    cell = Cell("discrepancies", row)
    also_kind = cell.one_of("also_kind", ("", *CHANGE_KINDS[1:]))
    return Discrepancy(
        id=row["id"],
        position=cell.whole("position") or 0,
        claim=cell.known("claim", claims),
        name=cell.text("name"),
        post_has=cell.text("post_has"),
        source_has=cell.text("source_has"),
        change_kind=cell.one_of("change_kind", CHANGE_KINDS[1:]),
        also_kind=also_kind,
        also_reason=cell.text("also_reason", required=bool(also_kind)),
        arose_at=cell.one_of("arose_at", LINKS),
        effect=cell.text("effect"),
        explanation=cell.text("explanation"),
        source=sources[cell.known("source", sources)],
        pinpoint=cell.text("pinpoint"),
        status=cell.status(),
    )


def _step(row: Row, sources: Mapping[str, Source], quotations: Mapping[str, Quotation]) -> Step:
    cell = Cell("claim_steps", row)
    position = cell.whole("position") or 0
    quotation = quotations[cell.known("quotation", quotations)] if row["quotation"] else None
    if quotation and quotation.text not in row["wording"]:
        raise cell.problem(
            "wording",
            f"The words of {quotation.id!r} do not stand in it",
            "Repeat the quotation letter by letter, or leave the field quotation empty",
        )
    return Step(
        position=position,
        speaker=cell.text("speaker"),
        date=cell.text("date"),
        wording=cell.text("wording"),
        quotation=quotation,
        change=cell.text("change", required=position > 1),
        change_kind=cell.one_of("change_kind", CHANGE_KINDS),
        source=sources[cell.known("source", sources)],
        pinpoint=cell.text("pinpoint"),
        status=cell.status(),
    )


def _steps(claims: Mapping[str, Row], folder: Path) -> dict[str, tuple[Step, ...]]:
    """Return the steps of each claim, in their order."""
    sources, quotations = load_sources(folder), load_quotations(folder)
    found: dict[str, list[Step]] = defaultdict(list)
    for row in read_table("claim_steps", ["claim", *Step.__struct_fields__], folder):
        claim = Cell("claim_steps", row).known("claim", claims)
        found[claim].append(_step(row, sources, quotations))
    return {
        claim: tuple(sorted(steps, key=lambda step: step.position))
        for claim, steps in found.items()
    }


def _readings(claims: Mapping[str, Row], folder: Path) -> dict[str, tuple[ClaimReading, ...]]:
    """Return the readings of each claim, with the best one first."""
    found: dict[str, list[ClaimReading]] = defaultdict(list)
    for row in read_table("claim_readings", ["claim", *ClaimReading.__struct_fields__], folder):
        cell = Cell("claim_readings", row)
        found[cell.known("claim", claims)].append(
            ClaimReading(
                judgement=cell.one_of("judgement", tuple(JUDGEMENTS.values())),
                verdict=cell.one_of("verdict", READING_VERDICTS),
                reason=cell.text("reason"),
            )
        )
    return {
        claim: tuple(sorted(each, key=lambda reading: READING_VERDICTS.index(reading.verdict)))
        for claim, each in found.items()
    }


@cache
def _discrepancies(folder: Path) -> tuple[Discrepancy, ...]:
    sources = load_sources(folder)
    claims = {row["id"]: row for row in read_table("claims", ["id"], folder)}
    rows = read_table("discrepancies", list(Discrepancy.__struct_fields__), folder)
    found = (_discrepancy(row, sources, claims) for row in rows)
    return tuple(sorted(found, key=lambda each: each.position))


def _claim(
    row: Row,
    steps: tuple[Step, ...],
    readings: tuple[ClaimReading, ...],
    discrepancies: tuple[Discrepancy, ...],
    folder: Path,
) -> Claim:
    sources, quotations = load_sources(folder), load_quotations(folder)
    cell = Cell("claims", row)
    opened = bool(row["outcome"])

    def quoted(field: str) -> Quotation | None:
        return quotations[cell.known(field, quotations)] if row[field] else None

    return Claim(
        id=row["id"],
        number=cell.whole("number") or 0,
        name=cell.text("name"),
        kind=cell.one_of("kind", KINDS),
        claim=cell.text("claim"),
        subject=cell.one_of("subject", SUBJECTS),
        quotation=quoted("quotation"),
        quoted_stage=cell.one_of("quoted_stage", ("", *STAGES)),
        quoted_force=cell.one_of("quoted_force", ("", *FORCES)),
        as_of_2015=cell.text("as_of_2015"),
        outcome=row["outcome"],
        outcome_quotation=quoted("outcome_quotation"),
        outcome_source=sources[cell.known("outcome_source", sources)] if opened else None,
        outcome_pinpoint=cell.text("outcome_pinpoint", required=opened),
        outcome_status=cell.one_of("outcome_status", STATUSES if opened else ("",)),
        held=cell.one_of("held", HELD if opened and row["kind"] in PREDICTIONS else ("",)),
        verdict_2015=cell.one_of("verdict_2015", tuple(JUDGEMENTS.values())),
        opens_in=cell.text("opens_in", required=opened),
        source=sources[cell.known("source", sources)],
        pinpoint=cell.text("pinpoint"),
        status=cell.status(),
        note=row["note"],
        steps=steps,
        readings=readings,
        discrepancies=discrepancies,
    )


def _check(claim: Claim, row: Row) -> None:
    """Raise an error where the parts of a claim do not belong together."""
    cell = Cell("claims", row)
    best = [each.judgement for each in claim.readings if each.verdict == "correct"]
    if best != [claim.verdict_2015]:
        raise cell.problem(
            "verdict_2015",
            "It is not the one correct reading of this claim",
            "Correct it here or in claim_readings",
        )
    if not claim.steps:
        raise cell.problem("id", "No step leads to this claim", "Add its steps to claim_steps")


@cache
def _claims(folder: Path) -> tuple[Claim, ...]:
    gathered = {"steps", "readings", "discrepancies"}
    fields = [name for name in Claim.__struct_fields__ if name not in gathered]
    rows = {row["id"]: row for row in read_table("claims", fields, folder)}
    steps, readings = _steps(rows, folder), _readings(rows, folder)
    found = []
    for id, row in rows.items():
        differences = tuple(each for each in _discrepancies(folder) if each.claim == id)
        claim = _claim(row, steps.get(id, ()), readings.get(id, ()), differences, folder)
        _check(claim, row)
        found.append(claim)
    return tuple(sorted(found, key=lambda claim: claim.number))


def load_claims(folder: Path | None = None) -> tuple[Claim, ...]:
    """Return the claims of the post in their order, with steps, readings and discrepancies.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _claims(folder or data_dir())


def load_discrepancies(folder: Path | None = None) -> tuple[Discrepancy, ...]:
    """Return where the post and its sources differ, in the order of the table.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _discrepancies(folder or data_dir())


@cache
def _faithful_renderings(folder: Path) -> tuple[FaithfulRendering, ...]:
    sources = load_sources(folder)
    claims = {row["id"]: row for row in read_table("claims", ["id"], folder)}
    fields = list(FaithfulRendering.__struct_fields__)
    found = []
    for row in read_table("faithful_renderings", fields, folder):
        cell = Cell("faithful_renderings", row)
        found.append(
            FaithfulRendering(
                id=row["id"],
                claim=cell.known("claim", claims),
                name=cell.text("name"),
                post_has=cell.text("post_has"),
                source_has=cell.text("source_has"),
                explanation=cell.text("explanation"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(found)


def load_faithful_renderings(folder: Path | None = None) -> tuple[FaithfulRendering, ...]:
    """Return where the post says what its source says, in the order of the table.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _faithful_renderings(folder or data_dir())
