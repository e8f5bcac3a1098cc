"""Who sat in the UN groups."""

from __future__ import annotations

import pytest

from cybernorms.analysis.assembly import in_all, seats
from cybernorms.corpus.assembly import (
    REGIONAL_GROUPS,
    load_members,
)
from cybernorms.document import to_text
from cybernorms.pages.rooms import WHO, RoomState, chosen_states, room_blocks


def names(state: RoomState) -> list[str]:
    return [each.name for each in chosen_states(state)]


def test_six_states_sat_in_every_group_and_india_was_not_there_in_2015() -> None:
    """Prevents a matrix that says something else than the lists."""
    assert [state.name for state in in_all(load_members())] == names(RoomState("every"))
    assert len(names(RoomState("every"))) == 6
    assert "India" in names(RoomState("not-2015")) and "India" not in names(RoomState("in-2015"))
    assert len(names(RoomState("in-2015"))) == 20
    assert sum(map(len, seats(load_members()).values())) == 15 + 15 + 15 + 20 + 25 + 25


@pytest.mark.parametrize("who", WHO)
def test_every_choice_of_the_matrix_lists_those_it_names(who: str) -> None:
    """Prevents a filter that lets somebody through or forgets somebody."""
    parts = [names(RoomState(who, region)) for region in REGIONAL_GROUPS]
    assert sorted(name for part in parts for name in part) == sorted(names(RoomState(who)))
    text = " ".join(to_text(room_blocks(RoomState(who))).split())
    for name in names(RoomState(who)):
        assert f"- {name}: Regional group" in text


def test_nobody_in_a_filter_is_told_and_the_notes_stay() -> None:
    """Prevents an empty page without a word."""
    text = to_text(room_blocks(RoomState("every", "African")))
    assert "Nobody fits" in text and "In every group" in text


def test_the_matrix_says_how_far_each_list_was_checked() -> None:
    """Prevents recalled lists from passing for checked ones."""
    text = " ".join(to_text(room_blocks(RoomState())).split())
    assert "Read in the source: 2012-13, 2014-15." in text
    assert "From general knowledge: 2004-05." in text
