"""The room matrix: which State sat in which group of experts."""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec import Struct

from cybernorms.analysis.assembly import in_all, seats
from cybernorms.corpus.assembly import REGIONAL_GROUPS, State, load_members, load_states
from cybernorms.corpus.process import Session, load_sessions
from cybernorms.document import Block, Line, Paragraph, Strong, Table, plural
from cybernorms.pages.explorer import Explorer, Field, all_or, among, row

TITLE = "Who was in the room"
WHO = {
    "all": "All States that ever sat",
    "every": "States that sat in every group",
    "once": "States that sat once",
    "not-2015": "States that were not in the room in 2014-15",
    "in-2015": "States that were in the room in 2014-15",
}
WROTE_THE_NORMS = "gge-2014"


class RoomState(Struct, frozen=True):
    """What the matrix shows: which States, of which regional group; empty for all."""

    who: str = "all"
    region: str = ""
    lesson: str = "02"


def groups_of_experts() -> list[Session]:
    """Return the groups of experts, oldest first."""
    return [each for each in load_sessions() if each.kind == "group of experts"]


def chosen_states(state: RoomState) -> list[State]:
    """Return the States that the matrix lists, those with most seats first, then by name."""
    held = seats(load_members())
    states = load_states()
    every = len(groups_of_experts())
    tests: dict[str, Callable[[Collection[str]], bool]] = {
        "all": lambda sat: True,
        "every": lambda sat: len(sat) == every,
        "once": lambda sat: len(sat) == 1,
        "not-2015": lambda sat: WROTE_THE_NORMS not in sat,
        "in-2015": lambda sat: WROTE_THE_NORMS in sat,
    }
    passes = tests[state.who]
    found = [
        states[id]
        for id, sat in held.items()
        if passes(sat) and state.region in ("", states[id].regional_group)
    ]
    return sorted(found, key=lambda each: (-len(held[each.id]), each.name))


def _years(session: Session) -> str:
    return f"{session.start[:4]}-{session.end[2:4]}"


def room_blocks(state: RoomState) -> list[Block]:
    """Return the matrix for a state of the controls, with a line that counts."""
    groups, held, states = groups_of_experts(), seats(load_members()), chosen_states(state)
    count = plural(len(states), "State")
    where = f", {state.region}" if state.region else ""
    blocks: list[Block] = [Paragraph([Strong(f"{WHO[state.who]}{where}: "), f"{count}."])]
    if not states:
        blocks.append(Paragraph("Nobody fits. Choose All for the regional group."))
        return [*blocks, *_notes()]
    columns = ["State", "Regional group", *(_years(each) for each in groups), "Groups"]
    rows: list[list[Line]] = [
        [
            each.name,
            each.regional_group,
            *("\u25cf sat" if group.id in held[each.id] else "" for group in groups),
            str(len(held[each.id])),
        ]
        for each in states
    ]
    outcomes: list[Line] = ["What came of it", "", *(each.outcome for each in groups), ""]
    table = Table("States by group of experts", columns, [outcomes, *rows])
    return [*blocks, table, *_notes()]


def _notes() -> list[Block]:
    """Return who sat in all groups, and how far the lists are checked."""
    names = ", ".join(state.name for state in in_all(load_members()))
    statuses: dict[str, list[str]] = {}
    for member in load_members():
        statuses.setdefault(_years(member.session), []).append(member.status)
    checked = [
        (
            "Read in the source",
            [years for years, each in statuses.items() if set(each) == {"primary"}],
        ),
        (
            "Read in reports",
            [years for years, each in statuses.items() if set(each) == {"secondary"}],
        ),
        (
            "Partly read in reports",
            [
                f"{years} ({each.count('secondary')} of {len(each)} States)"
                for years, each in statuses.items()
                if len(set(each)) > 1
            ],
        ),
        (
            "From general knowledge",
            [y for y, each in statuses.items() if set(each) == {"unverified"}],
        ),
    ]
    lists = " ".join(f"{how}: {', '.join(years)}." for how, years in checked if years)
    return [
        Paragraph([Strong("In every group: "), f"{names}."]),
        Paragraph(
            f"How far the lists are checked. {lists} Regional groups are general knowledge.", "note"
        ),
    ]


EXPLORER = Explorer(
    TITLE,
    RoomState,
    (
        row(
            Field("who", "Which States", among(WHO)),
            Field("region", "Regional group", lambda state: all_or(REGIONAL_GROUPS)),
        ),
    ),
    room_blocks,
    opens="who",
    what="choice of States",
)
