"""Who sat in which group, and how States voted."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.assembly import Member, Position, Resolution, State


def seats(members: Sequence[Member]) -> dict[str, set[str]]:
    """Return the ids of the groups of experts that each State sat in, by id of the State."""
    found: dict[str, set[str]] = {}
    for member in members:
        found.setdefault(member.state.id, set()).add(member.session.id)
    return found


def in_all(members: Sequence[Member]) -> list[State]:
    """Return the States that sat in every group, by name."""
    groups = {member.session.id for member in members}
    held = seats(members)
    states = {member.state.id: member.state for member in members}
    return sorted(
        (states[id] for id, sat in held.items() if sat == groups), key=lambda state: state.name
    )


def votes_of(
    positions: Sequence[Position], resolution: Resolution, body: str = "plenary"
) -> dict[str, list[str]]:
    """Return the names of the States known to have voted yes, no or abstained, by vote."""
    found: dict[str, list[str]] = {"yes": [], "no": [], "abstain": []}
    for each in positions:
        if each.resolution.id == resolution.id and each.body == body:
            found[each.vote].append(each.state.name)
    return {vote: sorted(names) for vote, names in found.items()}


def record_of(positions: Sequence[Position], state: str) -> list[Position]:
    """Return what is known of one State's votes, oldest first.

    Arguments:
        state: the id of the State.
    """
    return sorted(
        (each for each in positions if each.state.id == state),
        key=lambda each: each.resolution.date,
    )
