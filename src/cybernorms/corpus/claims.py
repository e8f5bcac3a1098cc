"""The claims of the report of 22 September 2015, their way to it, and where they changed."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from msgspec.structs import replace

from cybernorms.corpus.columns import Date, Day, IdIn, OneOf, Status
from cybernorms.corpus.instruments import Force, Stage
from cybernorms.corpus.lessons import LessonNumber, is_open
from cybernorms.corpus.norms import ReadingVerdict
from cybernorms.corpus.rows import TableRow, group_by, load
from cybernorms.corpus.sources import Fact, Quotation, Rendering, RenderingIfAny, Source

ClaimKind = Literal["fact", "quotation", "prediction", "reported prediction", "interpretation"]
Subject = Literal["state security", "internet governance", "crime and trade", "people and places"]
Change = Literal[
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
]
JUDGEMENTS = {
    "faithful": "says what its source says",
    "surer": "surer than its source",
    "different": "means something else",
    "own": "own reading",
    "unconfirmed": "cannot be confirmed",
}
Judged = Annotated[str, OneOf(JUDGEMENTS.values())]
ClaimId = Annotated[str, IdIn("claims")]
KINDS: tuple[str, ...] = get_args(ClaimKind)
PREDICTIONS = ("prediction", "reported prediction")
SUBJECTS: tuple[str, ...] = get_args(Subject)
CHANGE_KINDS: tuple[str, ...] = ("none", *get_args(Change))


class Step(Fact, frozen=True, kw_only=True):
    """One step of a claim on its way from an official text or speaker to the post.

    The words of `quotation`, if any, stand in `wording` letter by letter. `rendering` says whether
    all of it are words of the text, and `leaves_out` what is missing of those; a text that nobody
    could read has no words. `change` is empty for the first step.
    """

    table: ClassVar[str] = "claim_steps"
    sort_by: ClassVar[str] = "position"

    claim: ClaimId
    position: int
    speaker: str
    date: Date
    wording: str
    rendering: RenderingIfAny
    leaves_out: str = ""
    quotation: Quotation | None = None
    change: str = ""
    change_kind: Change | Literal["none"]

    def check(self) -> None:
        self.say_what_is_left_out()
        if self.position > 1:
            self.require("change")
        if self.quotation and self.quotation.text not in self.wording:
            raise self.problem(
                "wording",
                f"The words of {self.quotation.id!r} do not stand in it",
                "Repeat the quotation letter by letter, or leave the field quotation empty",
            )


class ClaimReading(TableRow, frozen=True, kw_only=True):
    """What a claim can be said to be, measured by its source, and why."""

    table: ClassVar[str] = "claim_readings"
    sort_by: ClassVar[str] = "verdict"  # correct comes before defensible

    claim: ClaimId
    judgement: Judged
    verdict: ReadingVerdict
    reason: str
    status: Status
    judged_on: Day


class ClaimWord(TableRow, frozen=True, kw_only=True):
    """What a word of a sentence is worth as the one whose loss matters, and why.

    It is a word of the step before the last; `*` stands for all that have no row of their own.
    """

    table: ClassVar[str] = "claim_words"

    claim: ClaimId
    word: str
    verdict: Literal["correct", "defensible", "incorrect"]
    reason: str
    status: Status
    judged_on: Day


class Discrepancy(Fact, frozen=True, kw_only=True):
    """One difference between the post and its sources; `claim` is the id of the claim.

    `change_kind` says what kind of change it is above all; `also_kind`, where it is not empty, is
    another that can be argued, for `also_reason`. What both texts have is in their words or in
    ours, which the columns beside it say, together with what is left out of them.
    """

    table: ClassVar[str] = "discrepancies"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    claim: ClaimId
    name: str
    post_has: str
    post_rendering: RenderingIfAny
    post_leaves_out: str = ""
    source_has: str
    source_rendering: RenderingIfAny
    source_leaves_out: str = ""
    change_kind: Change
    also_kind: Change | Literal[""] = ""
    also_reason: str = ""
    arose_at: Literal["the official", "the newspaper", "the post", "unknown"]
    effect: str
    explanation: str

    def check(self) -> None:
        self.say_what_is_left_out("post_")
        self.say_what_is_left_out("source_")
        if self.also_kind:
            self.require("also_reason")


class FaithfulRendering(Fact, frozen=True, kw_only=True):
    """A place where the post says what its source says; `claim` is the id of the claim."""

    table: ClassVar[str] = "faithful_renderings"

    id: str
    claim: ClaimId
    name: str
    post_has: str
    post_rendering: Rendering
    post_leaves_out: str = ""
    source_has: str
    source_rendering: Rendering
    source_leaves_out: str = ""
    explanation: str

    def check(self) -> None:
        self.say_what_is_left_out("post_")
        self.say_what_is_left_out("source_")


class Claim(Fact, frozen=True, kw_only=True):
    """A claim of the post: what could be said of it on its day, and what turned out.

    `quoted_stage` and `quoted_force` are those of the text that the claim is about, and empty where
    it is about a person. `outcome` is empty where nothing turned out, and `held` where nothing was
    predicted; both are empty, too, in a lesson before `opens_in`. `readings` has the best one
    first.
    """

    table: ClassVar[str] = "claims"
    sort_by: ClassVar[str] = "number"

    id: str
    number: int
    name: str
    kind: ClaimKind
    claim: str
    rendering: Rendering
    leaves_out: str = ""
    subject: Subject
    quotation: Quotation | None = None
    quoted_stage: Stage | Literal[""] = ""
    quoted_force: Force | Literal[""] = ""
    as_of_2015: str
    outcome: str = ""
    outcome_quotation: Quotation | None = None
    outcome_source: Source | None = None
    outcome_pinpoint: str = ""
    outcome_status: Status | Literal[""] = ""
    held: Literal["yes", "in part", "no", ""] = ""
    verdict_2015: Judged
    opens_in: Literal["06", ""] = ""
    note: str = ""
    steps: tuple[Step, ...]
    readings: tuple[ClaimReading, ...]
    discrepancies: tuple[Discrepancy, ...]

    @classmethod
    def read(cls) -> tuple[Claim, ...]:
        return load(
            cls,
            steps=group_by(Step.rows(), "claim"),
            readings=group_by(ClaimReading.rows(), "claim"),
            discrepancies=group_by(Discrepancy.rows(), "claim"),
        )

    def check(self) -> None:
        self.say_what_is_left_out()
        if self.outcome:
            self.require("outcome_source", "outcome_pinpoint", "outcome_status", "opens_in")
        else:
            self.forbid("outcome_status")
        if self.outcome and self.kind in PREDICTIONS:
            self.require("held")
        else:
            self.forbid("held")
        if [each.judgement for each in self.readings if each.verdict == "correct"] != [
            self.verdict_2015
        ]:
            raise self.problem(
                "verdict_2015",
                "It is not the one correct reading of this claim",
                "Correct it here or in claim_readings",
            )
        if not self.steps:
            raise self.problem("id", "No step leads to this claim", "Add its steps to claim_steps")

    def before_its_outcome(self) -> Claim:
        """Return this claim as it stood before anything turned out."""
        return replace(
            self,
            outcome="",
            outcome_quotation=None,
            outcome_source=None,
            outcome_pinpoint="",
            outcome_status="",
            held="",
        )


def load_claims(*, lesson: LessonNumber) -> tuple[Claim, ...]:
    """Return the claims of the post in their order, each with what a lesson may tell of it."""
    return tuple(
        claim.before_its_outcome()
        if claim.outcome and not is_open(claim.opens_in, lesson)
        else claim
        for claim in Claim.rows()
    )


def load_discrepancies() -> tuple[Discrepancy, ...]:
    """Return where the post and its sources differ, in the order of the table."""
    return Discrepancy.rows()


def load_faithful_renderings() -> tuple[FaithfulRendering, ...]:
    """Return where the post says what its source says, in the order of the table."""
    return FaithfulRendering.rows()


def load_claim_words(claim: str) -> dict[str, ClaimWord]:
    """Return what is said of the words of a claim's sentence, by word; `*` for all others.

    Nothing where the claim has no sentence to look through.
    """
    return {row.word: row for row in ClaimWord.rows() if row.claim == claim}
