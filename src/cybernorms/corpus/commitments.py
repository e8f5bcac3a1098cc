"""What was proposed and what was agreed in September 2015, who took it up, and who met after it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from cybernorms.corpus.columns import Date, IdIn, Prefixed, Status, TwoDigits
from cybernorms.corpus.instruments import Force, Stage
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow
from cybernorms.corpus.sources import Fact, Quotation, Source


class Version(Struct, frozen=True, kw_only=True):
    """An element at one time: its wording as a paraphrase, its stage and its force.

    `stage` is empty where there was nothing.
    """

    text: str
    quotation: Quotation | None = None
    stage: Stage | Literal[""] = ""
    force: Force
    source: Source
    pinpoint: str
    status: Status


class Element(TableRow, frozen=True, kw_only=True):
    """An element of the deal, as it was reported or proposed and as it was agreed."""

    table: ClassVar[str] = "elements"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    name: str
    proposed: Annotated[Version, Prefixed("proposed_", text="proposed")]
    agreed: Annotated[Version, Prefixed("agreed_", text="agreed")]
    fate: Literal["in as reported", "in as proposed", "in after all", "left out", "in neither"]
    change: str
    opens_in: TwoDigits


class Adopter(Fact, frozen=True, kw_only=True):
    """A text that takes up the promise on trade secrets.

    `added` counts those who promise it here for the first time; `knowingly` is yes, no or unknown;
    `china` says whether China promises it in this text; `date` is empty where it is not recorded.
    """

    table: ClassVar[str] = "adopters"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    date: Date = ""
    name: str
    kind: Literal["proposal", "undertaking", "talks", "law"]
    added: int
    added_names: str = ""
    knowingly: Literal["yes", "no", "unknown"]
    china: bool
    force: Force
    instrument: Annotated[str, IdIn("instruments")] = ""
    quotation: Quotation | None = None
    summary: str
    opens_in: TwoDigits
    as_of: Date = ""

    def check(self) -> None:
        if self.added:
            self.require("added_names")


class Meeting(Fact, frozen=True, kw_only=True):
    """A meeting that the deal led to."""

    table: ClassVar[str] = "meetings"
    sort_by: ClassVar[str] = "date"

    id: str
    date: Date
    name: str
    kind: Literal["dialogue", "experts group", "exercise"]
    outcome: Literal["held", "scheduled"]
    summary: str
    quotation: Quotation | None = None
    opens_in: TwoDigits
    as_of: Date = ""

    @property
    def held(self) -> bool:
        """Return whether it took place; one that did not is only known as scheduled."""
        return self.outcome == "held"


def load_elements(*, lesson: LessonNumber) -> tuple[Element, ...]:
    """Return the elements of the deal of September 2015 that a lesson may show, in their order."""
    return open_rows(Element.rows(), lesson)


def load_adopters(*, lesson: LessonNumber) -> tuple[Adopter, ...]:
    """Return the texts that take up the promise on trade secrets and that a lesson may show."""
    return open_rows(Adopter.rows(), lesson)


def load_meetings(*, lesson: LessonNumber) -> tuple[Meeting, ...]:
    """Return the meetings after the deal that a lesson may show, oldest first."""
    return open_rows(Meeting.rows(), lesson)
