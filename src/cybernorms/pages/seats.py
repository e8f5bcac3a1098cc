"""Who sat in each round and how States voted, State by State: what is known, and how well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from cybernorms.analysis.assembly import record_of, seats
from cybernorms.corpus.assembly import (
    REGIONAL_GROUPS,
    Resolution,
    State,
    Tally,
    load_members,
    load_positions,
    load_resolutions,
    load_states,
)
from cybernorms.corpus.instruments import load_views
from cybernorms.corpus.lessons import LessonNumber
from cybernorms.corpus.process import Session, load_sessions
from cybernorms.document import Block, Bullets, Line, Paragraph, Section, Strong
from cybernorms.pages.rooms import groups_of_experts
from cybernorms.pages.sourcing import bracketed, format_date, sourced

MEMBER_STATES = 193
SINCE = "2011-07-14"  # the day from which there were so many
NO_VOTE = "Our sources name no vote of this State. That isn’t the same as not voting."
NO_VIEW = "No position of its own is in our tables."
VOTES = {"yes": "yes", "no": "no", "abstain": "abstained"}
TRACKS = {
    "single": "the yearly text",
    "Russian text": "the Russian text",
    "United States text": "the US text",
    "joint": "the joint text",
    "Programme of Action": "a programme of action",
    "cybercrime": "a text on crime",
}


def rounds() -> list[Session]:
    """Return the groups of experts in their order, and then the rooms that are open to all."""
    open_to_all = [each for each in load_sessions() if each.kind != "group of experts"]
    return [*groups_of_experts(), *open_to_all]


def checked(session: Session) -> dict[str, str]:
    """Return the ids of the States in a room: `read` in a source, or `guess` for general knowledge.

    Empty for a room that is open to all.
    """
    members = [each for each in load_members() if each.session.id == session.id]
    return {each.state.id: "guess" if each.status == "unverified" else "read" for each in members}


def years(session: Session) -> str:
    """Return the years of a round in short."""
    return f"{session.start[:4]}–{session.end[2:4]}" if session.end else f"{session.start[:4]} on"


def how_it_ended(session: Session) -> tuple[str, str]:
    """Return a look and a word for the end of a round."""
    ends = {"consensus report": ("yes", "Agreed"), "no consensus": ("no", "Not agreed")}
    return ends.get(session.outcome, ("open", "Under way"))


def round_blocks(session: Session) -> list[Block]:
    """Return what came of a round, who was in the chair, and how far its list was checked."""
    report = f", {session.report}" if session.report else ""
    head = f"{session.outcome[0].upper()}{session.outcome[1:]}{report}. "
    chair = f"In the chair: {session.chair}, {session.chair_state}."
    blocks: list[Block] = [
        Paragraph([Strong(head), chair]),
        Paragraph(sourced(session.summary, session)),
    ]
    sat = list(checked(session).values())
    if guessed := sat.count("guess"):
        text = f"{guessed} of these {len(sat)} seats are general knowledge: no list was read."
        blocks.append(Paragraph(text, "note"))
    return blocks


def by_region() -> dict[str, list[State]]:
    """Return the States that ever sat by regional group, those with most seats first."""
    held, states = seats(load_members()), load_states()
    found = sorted(held, key=lambda id: (-len(held[id]), states[id].name))
    return {
        region: [states[id] for id in found if states[id].regional_group == region]
        for region in REGIONAL_GROUPS
    }


# One State


def story_blocks(state: State, *, lesson: LessonNumber) -> list[Block]:
    """Return the whole story of a State: where it sat, how it voted, what it wanted."""
    count = len(seats(load_members()).get(state.id, ()))
    permanent = ", a permanent member of the Security Council" if state.p5 else ""
    note = f" {state.note}" if state.note else ""
    line = f"Sat in {count or 'none'} of the six groups of experts{permanent}.{note}"
    return [
        Paragraph(line),
        Section("In the room", [_seats_of(state)], 5),
        Section("How it voted, where a source names it", [_votes_of(state)], 5),
        Section("What it wanted", [_wishes_of(state, lesson)], 5),
    ]


def _seats_of(state: State) -> Block:
    known = {"read": "sat", "guess": "sat, by general knowledge"}
    sat_ever = state.id in seats(load_members())
    lines: list[Line] = []
    for session in rounds():
        chair = " and was in the chair" if session.chair_state == state.name else ""
        if session.kind != "group of experts":
            if chair:
                lines.append(f"{years(session)}: in the chair, in a room open to all")
        elif sat_ever:
            how = checked(session).get(state.id)
            lines.append(f"{years(session)}: {known[how] + chair if how else 'not there'}")
    return Bullets(lines) if lines else Paragraph("Never; since 2019 there are rooms open to all.")


def _votes_of(state: State) -> Block:
    record = record_of(load_positions(), state.id)
    whole = {each.resolution.id for each in record if each.body == "plenary"}
    lines: list[Line] = []
    for each in record:
        text = each.resolution
        if each.body == "plenary" or text.id not in whole:
            where = "" if each.body == "plenary" else ", in the First Committee"
            what = f", {text.date[:4]}, {TRACKS[text.track]} ({text.number}{where})"
            lines.append([Strong(VOTES[each.vote]), what])
    return Bullets(lines) if lines else Paragraph(NO_VOTE)


def _wishes_of(state: State, lesson: LessonNumber) -> Block:
    views = [each for each in load_views(lesson=lesson) if each.state and each.state.id == state.id]
    lines: list[Line] = [
        [Strong(f"{each.date[:4]}, {each.topic}. "), each.view, " ", *bracketed(each)]
        for each in views
    ]
    return Bullets(lines) if lines else Paragraph(NO_VIEW)


# One vote


class Count(Struct, frozen=True):
    """The figures to draw: of the plenary, or of the First Committee where only those were checked.

    `rest` is how many Member States have no vote in the record; 0 before there were 193 of them.
    `named` has the votes of single States in the same body.
    """

    tally: Tally | None
    named: Mapping[str, str]
    in_committee: bool = False
    rest: int = 0


def count(resolution: Resolution) -> Count:
    """Return what can be drawn of a vote."""
    tally = resolution.tally or resolution.committee_tally
    committee = tally is not None and resolution.tally is None
    body = "First Committee" if committee else "plenary"
    named = {
        each.state.id: each.vote
        for each in load_positions()
        if each.resolution.id == resolution.id and each.body == body
    }
    cast = tally.yes + tally.no + tally.abstain if tally else 0
    rest = MEMBER_STATES - cast if tally and resolution.date >= SINCE else 0
    return Count(tally, named, committee, rest)


def blank(resolution: Resolution) -> str:
    """Return what stands where there are no figures to draw; nothing where there are."""
    if count(resolution).tally:
        return ""
    return {
        "recorded vote": "A recorded vote. Its figures weren’t checked, so none are drawn.",
        "not found": "How this was adopted wasn’t found, so nothing is drawn.",
    }.get(resolution.mode, f"Adopted {resolution.mode}: no State’s position was counted.")


def told(resolution: Resolution) -> str:
    """Return in a sentence what a vote came to."""
    found = count(resolution)
    head = f"{resolution.number}, {resolution.date[:4]}: "
    if found.tally is None:
        return head + blank(resolution)
    where = " in the First Committee" if found.in_committee else ""
    figures = f"{found.tally.yes} yes, {found.tally.abstain} abstained, {found.tally.no} no"
    rest = f", {found.rest} without a vote in the record" if found.rest else ""
    return f"{head}{figures}{rest}{where}."


def vote_head(resolution: Resolution) -> list[Block]:
    """Return what a vote was on, where that stands, and what was not checked."""
    when = f"{format_date(resolution.date)}, {resolution.number}. "
    blocks: list[Block] = [Paragraph([Strong(when), *sourced(resolution.summary, resolution)])]
    if count(resolution).in_committee:
        text = "The dots are the First Committee’s; the plenary’s figures weren’t checked."
        blocks.append(Paragraph([Strong(text)], "note"))
    if resolution.note:
        blocks.append(Paragraph(resolution.note, "note"))
    return blocks


# All of it as text


def all_seats(*, lesson: LessonNumber) -> list[Block]:
    """Return all rounds, and the story of each State that sat or whose vote or view is known."""
    return [
        *(Section(f"{years(each)}: {each.name}", round_blocks(each), 4) for each in rounds()),
        *all_stories(lesson=lesson),
    ]


def all_stories(*, lesson: LessonNumber) -> list[Block]:
    """Return the stories of all States, by name."""
    found = load_states().values()
    return [Section(each.name, story_blocks(each, lesson=lesson), 4) for each in found]


def all_votes(resolutions: Sequence[Resolution] = ()) -> list[Block]:
    """Return all votes in the order of the drawing, each with what can be counted."""
    chosen = resolutions or load_resolutions()
    return [Section(told(each), [*vote_head(each), *_named(each)], 4) for each in chosen]


def _named(resolution: Resolution) -> list[Block]:
    states = load_states()
    named = count(resolution).named
    lines: list[Line] = [
        [Strong(f"{VOTES[vote]}: "), ", ".join(states[id].name for id in ids)]
        for vote in VOTES
        if (ids := [id for id, cast in named.items() if cast == vote])
    ]
    return [Bullets(lines)] if lines else []
