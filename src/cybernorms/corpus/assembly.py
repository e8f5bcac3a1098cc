"""Who sat in the UN groups, and how the General Assembly and its States voted."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from msgspec import Struct

from cybernorms.corpus.columns import Date, Prefixed, Status
from cybernorms.corpus.process import Session
from cybernorms.corpus.sources import Fact, Source
from cybernorms.errors import CyberNormsError

RegionalGroup = Literal[
    "African",
    "Asia-Pacific",
    "Eastern European",
    "Latin American and Caribbean",
    "Western European and others",
]
Track = Literal[
    "single",
    "Russian text",
    "United States text",
    "joint",
    "Programme of Action",
    "cybercrime",
]
REGIONAL_GROUPS: tuple[str, ...] = get_args(RegionalGroup)
TRACKS: tuple[str, ...] = get_args(Track)


class State(Fact, frozen=True, kw_only=True):
    """A State that sat in a group, or whose vote or view is recorded.

    `p5` says whether it is a permanent member of the Security Council.
    """

    table: ClassVar[str] = "states"

    id: str
    name: str
    un_name: str = ""
    regional_group: RegionalGroup
    p5: bool
    note: str = ""


def load_states() -> dict[str, State]:
    """Return the States by id, in alphabetical order of their names."""
    return State.by_id()


class Member(Fact, frozen=True, kw_only=True):
    """A State that sent an expert to one of the groups of governmental experts."""

    table: ClassVar[str] = "members"

    session: Session
    state: State


def load_members() -> tuple[Member, ...]:
    """Return the members of all groups, group by group, in alphabetical order in each."""
    return Member.rows()


class Tally(Struct, frozen=True):
    """The figures of a recorded vote."""

    yes: int
    no: int
    abstain: int

    def __str__(self) -> str:
        """Return the figures as the UN writes them: yes-no-abstain."""
        return f"{self.yes}-{self.no}-{self.abstain}"


class Resolution(Fact, frozen=True, kw_only=True):
    """A resolution of the General Assembly, and how it was adopted.

    `tally` is None where there was no vote or its figures were not checked; `committee_tally` is
    None where the figures of the First Committee were not checked. `vote_status` says how well
    mode and figures are checked, `status` how well everything else is.
    """

    table: ClassVar[str] = "resolutions"

    id: str
    symbol: str
    date: Date
    title: str
    sponsor: str = ""
    track: Track
    mode: Literal["without a vote", "by consensus", "recorded vote", "not found"]
    body: Literal["plenary"]
    tally: Annotated[Tally | None, Prefixed("")] = None
    vote_status: Status
    committee_tally: Annotated[Tally | None, Prefixed("committee_")] = None
    committee_source: Source | None = None
    committee_pinpoint: str = ""
    committee_status: Status | Literal[""] = ""
    summary: str
    note: str = ""
    as_of: Date = ""

    def check(self) -> None:
        if self.committee_tally:
            self.require("committee_source", "committee_pinpoint", "committee_status")

    @property
    def number(self) -> str:
        """Return the number as readers know it, without the symbol of the Assembly."""
        return self.symbol.removeprefix("A/RES/")

    @property
    def address(self) -> str:
        """Return the official address of the text."""
        return f"https://docs.un.org/en/{self.symbol}"

    @property
    def result(self) -> str:
        """Return in words how it was adopted, with the figures where they were checked."""
        if self.tally:
            return str(self.tally)
        if self.mode == "recorded vote":
            return "recorded vote, figures not checked"
        return "how it was adopted was not found" if self.mode == "not found" else self.mode


def load_resolutions() -> tuple[Resolution, ...]:
    """Return the resolutions, oldest first."""
    return Resolution.rows()


def find_resolution(number: str) -> Resolution:
    """Return a resolution by its number or symbol, written `73/27` or `A/RES/73/27`.

    Raises:
        CyberNormsError: the tables have no such resolution.
    """
    wanted = str(number).strip().upper().removeprefix("A/RES/")
    resolutions = load_resolutions()
    for resolution in resolutions:
        if resolution.number == wanted:
            return resolution
    raise CyberNormsError(
        f"No resolution here has the number {number!r}",
        where="resolutions.csv",
        remedy=f"Choose one of: {', '.join(each.number for each in resolutions)}",
    )


class Position(Fact, frozen=True, kw_only=True):
    """How one State voted on a resolution, in the plenary or in the First Committee."""

    table: ClassVar[str] = "positions_on_votes"

    resolution: Resolution
    state: State
    vote: Literal["yes", "no", "abstain"]
    body: Literal["plenary", "First Committee"]


def load_positions() -> tuple[Position, ...]:
    """Return the votes of single States, as far as a source names them."""
    return Position.rows()
