"""The evidence on the promise of 2015, five rival explanations, and how each item bears on each."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from msgspec import Struct

from cybernorms.corpus.columns import Date, IdIn, Prefixed, Status, TwoDigits, Word
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.sources import Fact, Quotation, Source

Weight = Literal["strongly for", "for", "neutral", "against", "strongly against"]
BEARINGS: tuple[str, ...] = get_args(Weight)


class Reply(Struct, frozen=True, kw_only=True):
    """What China answered to an item, or that no answer to it was found."""

    text: str
    quotation: Quotation | None = None
    source: Source
    pinpoint: str
    status: Status


class Evidence(Fact, frozen=True, kw_only=True):
    """An item of evidence as reported speech, with how good it is and what was answered.

    `about` says when the conduct took place, measured by the day of the deal; items of one
    `family` go back to the same observer and are not independent of each other; `weighed` says
    whether the item bears on why fewer thefts were seen.
    """

    table: ClassVar[str] = "evidence"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    title: str
    date: Date
    date_said: str = ""
    kind: Word
    who: str
    says: str
    figure: str = ""
    figure_kind: Literal["exact", "lower bound", "upper bound", "range", "none"]
    unit: str = ""
    about: Literal["before the deal", "after the deal", "both", "the text", "another subject"]
    family: str
    weighed: bool
    good_for: str
    weak_because: str
    answer: Annotated[Reply, Prefixed("answer_", text="china_answer")]
    quotation: Quotation | None = None
    opens_in: TwoDigits
    as_of: Date = ""

    def check(self) -> None:
        if self.figure_kind != "none":
            self.require("figure", "unit")


class Explanation(Fact, frozen=True, kw_only=True):
    """A reason why fewer thefts may have been seen; several can hold at once."""

    table: ClassVar[str] = "explanations"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    name: str
    says: str
    expects: str
    against: str
    opens_in: TwoDigits


class Bearing(Fact, frozen=True, kw_only=True):
    """How an item bears on an explanation, as one coder judges; both are named by their id."""

    table: ClassVar[str] = "evidence_explanations"

    evidence: Annotated[str, IdIn("evidence")]
    explanation: Annotated[str, IdIn("explanations")]
    coder: str
    weight: Weight
    reason: str
    judged_on: Date


def load_evidence(*, lesson: LessonNumber) -> tuple[Evidence, ...]:
    """Return the items of evidence that a lesson may show, in the order of the ledger."""
    return open_rows(Evidence.rows(), lesson)


def load_explanations(*, lesson: LessonNumber) -> tuple[Explanation, ...]:
    """Return the rival explanations that a lesson may show, in their order."""
    return open_rows(Explanation.rows(), lesson)


def load_bearings(*, lesson: LessonNumber, coder: str = "A") -> tuple[Bearing, ...]:
    """Return how what a lesson may weigh bears on its explanations, as one coder judges."""
    items = {each.id for each in load_evidence(lesson=lesson)}
    explanations = {each.id for each in load_explanations(lesson=lesson)}
    return tuple(
        each
        for each in Bearing.rows()
        if each.coder == coder and each.evidence in items and each.explanation in explanations
    )
