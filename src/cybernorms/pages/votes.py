"""The vote viewer: resolutions since 1998, how they were adopted, and who stood where."""

from __future__ import annotations

from functools import cache

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
from cybernorms.document import Block, Facts, Line, Link, Paragraph, Picture, Section, Table
from cybernorms.figures.votes import draw_votes
from cybernorms.pages.explorer import Explorer, Field, Figure, Options, all_or, row
from cybernorms.pages.sourcing import format_date, sourced

TITLE = "How States voted"


class VoteState(Struct, frozen=True):
    """What the viewer shows: a track, a resolution by its number, perhaps a State by its id."""

    track: str = ""
    number: str = "53/70"
    state: str = ""
    lesson: str = "02"


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
        [
            each.number,
            format_date(each.date),
            each.sponsor or "not recorded here",
            how_adopted(each),
        ]
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
    blocks: list[Block] = [Paragraph(sourced(resolution.summary, resolution)), Facts(facts)]
    if resolution.tally and resolution.vote_status != "primary":
        blocks.append(Paragraph(f"Status of the figures: {resolution.vote_status}.", "note"))
    return Section(f"{resolution.number}: {resolution.title}", blocks, 4)


def state_section(id: str) -> Section:
    """Return what is known of one State's votes."""
    state = load_states()[id]
    name = state.name
    rows: list[list[Line]] = [
        [each.resolution.number, format_date(each.resolution.date), each.vote, each.body]
        for each in record_of(load_positions(), id)
    ]
    note = "Only votes that a source names are listed; others are not known here."
    table = Table(f"Votes of {name}", ["Resolution", "Date", "Vote", "Where"], rows)
    blocks: list[Block] = [table, Paragraph(note, "note")]
    if state.un_name:
        blocks.append(Paragraph(f"In UN lists: {state.un_name}.", "note"))
    return Section(f"{name}: votes named in the sources", blocks, 4)


def vote_blocks(state: VoteState) -> list[Block]:
    """Return what the viewer shows for a state."""
    blocks: list[Block] = [resolution_section(find_resolution(state.number))]
    if state.state:
        blocks.append(state_section(state.state))
    return [*blocks, overview(state)]


@cache
def _figure() -> Picture:
    return draw_votes(load_resolutions())


def _resolutions(state: VoteState) -> Options:
    return [(f"{each.number} ({each.date[:4]})", each.number) for each in on_track(state.track)]


def _states(state: VoteState) -> Options:
    names = {each.state.id: each.state.name for each in load_positions()}
    listed = sorted(names.items(), key=lambda item: item[1])
    return [("None", ""), *((name, id) for id, name in listed)]


EXPLORER = Explorer(
    TITLE,
    VoteState,
    (
        Figure(lambda state: _figure()),
        row(
            Field("track", "Track", lambda state: all_or(TRACKS)),
            Field("number", "Resolution", _resolutions),
            Field("state", "State", _states),
        ),
    ),
    vote_blocks,
    opens="number",
    what="resolution",
)
