"""Who sat in the UN groups, and how the General Assembly and its States voted."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.process import Session, load_sessions
from cybernorms.corpus.sources import Source, load_sources
from cybernorms.corpus.tables import STATUSES, Cell, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

REGIONAL_GROUPS = (
    "African",
    "Asia-Pacific",
    "Eastern European",
    "Latin American and Caribbean",
    "Western European and others",
)
TRACKS = (
    "single",
    "Russian text",
    "United States text",
    "joint",
    "Programme of Action",
    "cybercrime",
)
MODES = ("without a vote", "by consensus", "recorded vote", "not found")
VOTES = ("yes", "no", "abstain")
BODIES = ("plenary", "First Committee")


class State(Struct, frozen=True):
    """A State that sat in a group, or whose vote or view is recorded.

    `p5` says whether it is a permanent member of the Security Council.
    """

    id: str
    name: str
    regional_group: str
    p5: bool
    note: str
    source: Source
    pinpoint: str
    status: str


@cache
def _states(folder: Path) -> dict[str, State]:
    sources = load_sources(folder)
    found = {}
    for row in read_table("states", list(State.__struct_fields__), folder):
        cell = Cell("states", row)
        found[row["id"]] = State(
            id=row["id"],
            name=cell.text("name"),
            regional_group=cell.one_of("regional_group", REGIONAL_GROUPS),
            p5=cell.one_of("p5", ("yes", "no")) == "yes",
            note=row["note"],
            source=sources[cell.known("source", sources)],
            pinpoint=cell.text("pinpoint"),
            status=cell.status(),
        )
    return found


def load_states(folder: Path | None = None) -> dict[str, State]:
    """Return the States by id, in alphabetical order of their names.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _states(folder or data_dir())


class Member(Struct, frozen=True):
    """A State that sent an expert to one of the groups of governmental experts."""

    session: Session
    state: State
    source: Source
    pinpoint: str
    status: str


@cache
def _members(folder: Path) -> tuple[Member, ...]:
    sources = load_sources(folder)
    sessions = {session.id: session for session in load_sessions(folder)}
    states = load_states(folder)
    found = []
    for row in read_table("members", list(Member.__struct_fields__), folder):
        cell = Cell("members", row)
        found.append(
            Member(
                session=sessions[cell.known("session", sessions)],
                state=states[cell.known("state", states)],
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(found)


def load_members(folder: Path | None = None) -> tuple[Member, ...]:
    """Return the members of all groups, group by group, in alphabetical order in each.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _members(folder or data_dir())


class Tally(Struct, frozen=True):
    """The figures of a recorded vote."""

    yes: int
    no: int
    abstain: int

    def __str__(self) -> str:
        """Return the figures as the UN writes them: yes-no-abstain."""
        return f"{self.yes}-{self.no}-{self.abstain}"


class Resolution(Struct, frozen=True):
    """A resolution of the General Assembly, and how it was adopted.

    `tally` is None where there was no vote or its figures were not checked; `committee_tally` is
    None where the figures of the First Committee were not checked. `vote_status` says how well
    mode and figures are checked, `status` how well everything else is.
    """

    id: str
    symbol: str
    date: str
    title: str
    sponsor: str
    track: str
    mode: str
    tally: Tally | None
    vote_status: str
    committee_tally: Tally | None
    committee_source: Source | None
    committee_pinpoint: str
    committee_status: str
    summary: str
    note: str
    source: Source
    pinpoint: str
    status: str
    as_of: str

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


def _tally(cell: Cell, fields: tuple[str, str, str]) -> Tally | None:
    """Return three figures of a row; all are given, or none is."""
    yes, no, abstain = (cell.whole(field) for field in fields)
    if yes is not None and no is not None and abstain is not None:
        return Tally(yes, no, abstain)
    if (yes, no, abstain) == (None, None, None):
        return None
    raise cell.problem(fields[0], "Some of the three figures are missing", "Give all or none")


@cache
def _resolutions(folder: Path) -> tuple[Resolution, ...]:
    sources = load_sources(folder)
    figures = ("yes", "no", "abstain")
    in_committee = ("committee_yes", "committee_no", "committee_abstain")
    fields = set(Resolution.__struct_fields__) - {"tally", "committee_tally"}
    columns = [*sorted(fields), *figures, *in_committee]
    found = []
    for row in read_table("resolutions", columns, folder):
        cell = Cell("resolutions", row)
        counted = _tally(cell, in_committee)
        found.append(
            Resolution(
                id=row["id"],
                symbol=cell.text("symbol"),
                date=cell.text("date"),
                title=cell.text("title"),
                sponsor=row["sponsor"],
                track=cell.one_of("track", TRACKS),
                mode=cell.one_of("mode", MODES),
                tally=_tally(cell, figures),
                vote_status=cell.one_of("vote_status", STATUSES),
                committee_tally=counted,
                committee_source=(
                    sources[cell.known("committee_source", sources)] if counted else None
                ),
                committee_pinpoint=cell.text("committee_pinpoint", required=counted is not None),
                committee_status=cell.one_of("committee_status", STATUSES) if counted else "",
                summary=cell.text("summary"),
                note=row["note"],
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                as_of=row["as_of"],
            )
        )
    return tuple(found)


def load_resolutions(folder: Path | None = None) -> tuple[Resolution, ...]:
    """Return the resolutions, oldest first.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _resolutions(folder or data_dir())


def find_resolution(number: str, folder: Path | None = None) -> Resolution:
    """Return a resolution by its number or symbol, written `73/27` or `A/RES/73/27`.

    Raises:
        CyberNormsError: the tables have no such resolution.
    """
    wanted = str(number).strip().upper().removeprefix("A/RES/")
    resolutions = load_resolutions(folder)
    for resolution in resolutions:
        if resolution.number == wanted:
            return resolution
    raise CyberNormsError(
        f"No resolution here has the number {number!r}",
        where="resolutions.csv",
        remedy=f"Choose one of: {', '.join(each.number for each in resolutions)}",
    )


class Position(Struct, frozen=True):
    """How one State voted on a resolution, in the plenary or in the First Committee."""

    resolution: Resolution
    state: State
    vote: str
    body: str
    source: Source
    pinpoint: str
    status: str


@cache
def _positions(folder: Path) -> tuple[Position, ...]:
    sources = load_sources(folder)
    states = load_states(folder)
    resolutions = {resolution.id: resolution for resolution in load_resolutions(folder)}
    found = []
    for row in read_table("positions_on_votes", list(Position.__struct_fields__), folder):
        cell = Cell("positions_on_votes", row)
        found.append(
            Position(
                resolution=resolutions[cell.known("resolution", resolutions)],
                state=states[cell.known("state", states)],
                vote=cell.one_of("vote", VOTES),
                body=cell.one_of("body", BODIES),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(found)


def load_positions(folder: Path | None = None) -> tuple[Position, ...]:
    """Return the votes of single States, as far as a source names them.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _positions(folder or data_dir())
