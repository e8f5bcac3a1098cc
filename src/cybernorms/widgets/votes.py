"""The vote viewer: resolutions since 1998, how they were adopted, and who stood where."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w
from msgspec import Struct

from cybernorms.analysis.assembly import record_of, votes_of
from cybernorms.corpus.assembly import (
    TRACKS,
    Resolution,
    Tally,
    find_resolution,
    load_positions,
    load_resolutions,
    load_states,
)
from cybernorms.document import (
    Block,
    Facts,
    Heading,
    Line,
    Link,
    Paragraph,
    Picture,
    Section,
    Table,
    to_html,
)
from cybernorms.figures.votes import draw_votes
from cybernorms.widgets.sourcing import bracketed, said
from cybernorms.widgets.view import View, controls, html, plain_looks, show


class VoteState(Struct, frozen=True):
    """What the viewer shows: a track, a resolution by its number, perhaps a State by its id."""

    track: str = ""
    number: str = "53/70"
    state: str = ""


def on_track(track: str) -> list[Resolution]:
    """Return the resolutions of a track, oldest first; all of them for an empty one."""
    return [each for each in load_resolutions() if track in ("", each.track)]


def _counts(tally: Tally | None) -> str:
    return f"{tally.yes} yes, {tally.no} no, {tally.abstain} abstained" if tally else ""


def how_adopted(resolution: Resolution) -> str:
    """Return how a resolution was adopted, and say so where figures were not checked."""
    if resolution.tally:
        return f"recorded vote: {_counts(resolution.tally)}"
    return resolution.result


def overview(state: VoteState) -> Table:
    """Return the table of the resolutions on a track."""
    rows: list[list[Line]] = [
        [each.number, said(each.date), each.sponsor or "not recorded here", how_adopted(each)]
        for each in on_track(state.track)
    ]
    columns = ["Resolution", "Date", "Put forward by", "How it was adopted"]
    return Table("Resolutions of the General Assembly", columns, rows)


def resolution_section(resolution: Resolution) -> Section:
    """Return all there is on one resolution."""
    known = votes_of(load_positions(), resolution)
    committee = votes_of(load_positions(), resolution, "First Committee")
    facts: list[tuple[str, Line]] = [
        ("Text", [Link(resolution.symbol, resolution.address)]),
        ("Adopted", how_adopted(resolution)),
    ]
    if resolution.committee_tally:
        facts.append(("First Committee", _counts(resolution.committee_tally)))
    for vote, names in known.items():
        if names:
            facts.append((f"Named: {vote}", ", ".join(names)))
    for vote, names in committee.items():
        if names:
            facts.append((f"In committee: {vote}", ", ".join(names)))
    if resolution.note:
        facts.append(("Note", resolution.note))
    where = bracketed(resolution.source, resolution.pinpoint, resolution.status, resolution.as_of)
    blocks: list[Block] = [Paragraph([resolution.summary, " ", *where]), Facts(facts)]
    if resolution.tally and resolution.vote_status != "primary":
        blocks.append(Paragraph(f"Status of the figures: {resolution.vote_status}.", "note"))
    return Section(f"{resolution.number}: {resolution.title}", blocks, 4)


def state_section(id: str) -> Section:
    """Return what is known of one State's votes."""
    name = load_states()[id].name
    rows: list[list[Line]] = [
        [each.resolution.number, said(each.resolution.date), each.vote, each.body]
        for each in record_of(load_positions(), id)
    ]
    note = "Only votes that a source names are listed; others are not known here."
    table = Table(f"Votes of {name}", ["Resolution", "Date", "Vote", "Where"], rows)
    return Section(f"{name}: votes named in the sources", [table, Paragraph(note, "note")], 4)


def vote_blocks(state: VoteState) -> list[Block]:
    """Return what the viewer shows for a state."""
    blocks: list[Block] = [resolution_section(find_resolution(state.number))]
    if state.state:
        blocks.append(state_section(state.state))
    return [*blocks, overview(state)]


class VoteViewer(View):
    """Controls bound to a VoteState; the figure is drawn once, since it shows all votes."""

    def __init__(self) -> None:
        self._figure: Picture = draw_votes(load_resolutions())
        tracks = [("All", ""), *((each, each) for each in TRACKS)]
        states = load_states()
        voted = {position.state.id for position in load_positions()}
        named = [(states[id].name, id) for id in sorted(voted, key=lambda id: states[id].name)]
        self.track = w.Dropdown(**plain_looks(), description="Track", options=tracks)
        self.resolution = w.Dropdown(**plain_looks(), description="Resolution")
        self.state_field = w.Dropdown(
            **plain_looks(), description="State", options=[("None", ""), *named]
        )
        fields = controls(self.track, self.resolution, self.state_field)
        self._page = html("")
        super().__init__(
            [
                html(to_html([Heading("How States voted")])),
                html(to_html([self._figure])),
                fields,
                self._page,
            ],
            "cn-explorer",
        )
        self._setting = False
        self._list()
        self.track.observe(lambda _: self._list(), names="value")
        for field in (self.resolution, self.state_field):
            field.observe(lambda _: self._draw(), names="value")

    @property
    def state(self) -> VoteState:
        """Return what the controls say."""
        return VoteState(self.track.value, self.resolution.value, self.state_field.value)

    def blocks(self) -> Sequence[Block]:
        return [Heading("How States voted"), self._figure, *vote_blocks(self.state)]

    def _list(self) -> None:
        """Offer the resolutions of the track, and keep the one that is open if it is among them."""
        options = [
            (f"{each.number} ({each.date[:4]})", each.number) for each in on_track(self.track.value)
        ]
        before = self.resolution.value
        self._setting = True
        try:
            self.resolution.options = options
            numbers = [number for _, number in options]
            self.resolution.value = before if before in numbers else numbers[0]
        finally:
            self._setting = False
        self._draw()

    def _draw(self) -> None:
        if not self._setting:
            self._page.value = to_html(vote_blocks(self.state))


def show_votes() -> None:
    """Show the resolutions since 1998, how they were adopted, and who stood where."""
    show(VoteViewer())
