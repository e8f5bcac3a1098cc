"""The eleven norms of 2015, with everything the module says about each of them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from msgspec.structs import replace

from cybernorms.corpus.columns import Day, IdIn, Status, TwoDigits
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow, group_by, load
from cybernorms.corpus.sources import Fact, Quotation
from cybernorms.errors import CyberNormsError

NormId = Annotated[str, IdIn("norms")]
Wording = Literal["should", "should not"]
Duty = Literal["restraint", "due diligence", "cooperation", "protection", "assistance", "reporting"]
Axis = Literal["wording", "duty"]
ReadingVerdict = Literal["correct", "defensible"]
WORDINGS: tuple[str, ...] = get_args(Wording)
DUTIES: tuple[str, ...] = get_args(Duty)
AXES: tuple[str, ...] = get_args(Axis)
READING_VERDICTS: tuple[str, ...] = get_args(ReadingVerdict)


class Reading(TableRow, frozen=True, kw_only=True):
    """How a norm is sorted on one axis, and why."""

    table: ClassVar[str] = "norm_readings"

    norm: NormId
    axis: Axis
    value: Wording | Duty
    verdict: ReadingVerdict
    reason: str
    status: Status
    judged_on: Day

    def check(self) -> None:
        self.one_of("value", WORDINGS if self.axis == "wording" else DUTIES)


class Theme(TableRow, frozen=True, kw_only=True):
    """A subject that several norms share."""

    table: ClassVar[str] = "themes"

    id: str
    name: str
    description: str


class ThemeLink(TableRow, frozen=True, kw_only=True):
    """That a norm belongs to a theme, and why."""

    table: ClassVar[str] = "norm_themes"

    norm: NormId
    theme: Theme
    reason: str
    status: Status


class Guidance(Fact, frozen=True, kw_only=True):
    """A point that the report of 2021 added to a norm, in the module's own words."""

    table: ClassVar[str] = "norm_guidance"

    norm: NormId
    position: int
    text: str
    checked_at: str = ""


class Misreading(Fact, frozen=True, kw_only=True):
    """A common way to misread a norm, and the answer to it."""

    table: ClassVar[str] = "norm_misreadings"

    norm: NormId
    misreading: str
    reply: str


class Relation(Fact, frozen=True, kw_only=True):
    """A paragraph elsewhere that a reader of the norm should know.

    `opens_in` is the number of the lesson that may first show it: what was agreed in September
    2015 stays closed until learners have made their forecasts.
    """

    table: ClassVar[str] = "norm_relations"

    norm: NormId
    position: int
    relation: Literal[
        "earlier text", "later text", "law alongside", "parallel text", "read together"
    ]
    label: str
    text: str
    quotation: Quotation | None = None
    opens_in: TwoDigits


class Norm(Fact, frozen=True, kw_only=True):
    """One of the eleven norms of paragraph 13 of A/70/174, and what the module says about it."""

    table: ClassVar[str] = "norms"

    id: str
    letter: str
    name: str
    quotation: Quotation
    plain: str
    readings: tuple[Reading, ...]
    themes: tuple[Theme, ...]
    guidance: tuple[Guidance, ...]
    misreadings: tuple[Misreading, ...]
    relations: tuple[Relation, ...]

    @classmethod
    def read(cls) -> tuple[Norm, ...]:
        links = group_by(ThemeLink.rows(), "norm")
        return load(
            cls,
            readings=group_by(Reading.rows(), "norm"),
            themes={norm: tuple(link.theme for link in found) for norm, found in links.items()},
            guidance=group_by(Guidance.rows(), "norm"),
            misreadings=group_by(Misreading.rows(), "norm"),
            relations=group_by(Relation.rows(), "norm"),
        )

    @property
    def label(self) -> str:
        """Return letter and short name, as lists show it."""
        return f"({self.letter}) {self.name}"

    def values(self, axis: str) -> tuple[str, ...]:
        """Return all values on an axis, the correct ones before the defensible ones."""
        ordered = sorted(
            (reading for reading in self.readings if reading.axis == axis),
            key=lambda reading: READING_VERDICTS.index(reading.verdict),
        )
        return tuple(reading.value for reading in ordered)


def load_themes() -> dict[str, Theme]:
    """Return the themes by id."""
    return Theme.by_id()


def load_norms(*, lesson: LessonNumber) -> tuple[Norm, ...]:
    """Return the eleven norms in the order of the report, with what a lesson may relate to them."""
    return tuple(replace(norm, relations=open_rows(norm.relations, lesson)) for norm in Norm.rows())


def find_norm(letter: str, *, lesson: LessonNumber) -> Norm:
    """Return a norm by its letter, written `f`, `(f)` or `13(f)`, as a lesson may show it.

    Raises:
        CyberNormsError: the report has no norm of that letter, or there is no such lesson.
    """
    wanted = str(letter).casefold().strip().removeprefix("13").strip(" ()")
    for norm in load_norms(lesson=lesson):
        if norm.letter == wanted:
            return norm
    raise CyberNormsError(
        f"The report of 2015 has no norm {letter!r}", remedy="Use a letter from a to k"
    )
