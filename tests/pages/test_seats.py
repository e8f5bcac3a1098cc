"""Who sat and how States voted, as far as the tables hold it and no further."""

from __future__ import annotations

import pytest

from cybernorms.corpus.assembly import (
    find_resolution,
    load_members,
    load_positions,
    load_resolutions,
    load_states,
)
from cybernorms.corpus.instruments import load_views
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import curly, to_text
from cybernorms.pages.seats import (
    MEMBER_STATES,
    NO_VOTE,
    all_seats,
    all_votes,
    blank,
    by_region,
    checked,
    count,
    round_blocks,
    rounds,
    story_blocks,
    told,
)
from tests.texts import one_line


def story(id: str, lesson: str = "02") -> str:
    return one_line(to_text(story_blocks(load_states()[id], lesson=lesson)))


def test_six_rooms_with_chairs_come_before_the_rooms_that_are_open_to_all() -> None:
    """Prevents a step in which nobody sits and nothing says why."""
    found = rounds()
    assert [len(checked(each)) for each in found] == [15, 15, 15, 20, 25, 25, 0, 0, 0]
    assert all(each.experts for each in found[:6]) and not any(each.experts for each in found[6:])


def test_every_state_that_sat_has_one_tile() -> None:
    """Prevents a State that is lost between two regions."""
    tiles = [state.id for states in by_region().values() for state in states]
    assert sorted(tiles) == sorted({each.state.id for each in load_members()})


def test_seats_from_general_knowledge_are_counted_out_loud() -> None:
    """Prevents recalled lists from passing for lists that were read."""
    texts = {each.id: one_line(to_text(round_blocks(each))) for each in rounds()}
    assert "15 of these 15 seats are general knowledge" in texts["gge-2004"]
    assert "12 of these 25 seats are general knowledge" in texts["gge-2016"]
    assert "general knowledge" not in texts["gge-2014"]
    assert "2004–05: sat, by general knowledge" in story("mali")


def test_a_story_names_the_votes_that_a_source_names_and_no_other() -> None:
    """Prevents an invented vote."""
    assert "no, 2005, the yearly text (60/45)" in story("united-states")
    assert NO_VOTE in story("kenya")
    for id in load_states():
        named = {each.resolution.number for each in load_positions() if each.state.id == id}
        for resolution in load_resolutions():
            assert (f"({resolution.number}" in story(id)) is (resolution.number in named), id


def test_a_vote_of_the_plenary_is_not_told_again_from_the_committee() -> None:
    """Prevents one vote from being counted twice."""
    assert story("china").count("(74/28") == 1
    assert "(74/28, in the First Committee)" in story("bolivia")


def test_a_story_has_the_views_that_its_lesson_may_show_and_no_other() -> None:
    """Prevents a later lesson from being told in passing."""
    held = [each for each in load_views(lesson=EVERYTHING) if each.state]
    assert any(each.opens_in > "02" for each in load_views(lesson=EVERYTHING))
    for view in held:
        assert view.state is not None
        told_now = one_line(curly(view.view)) in story(view.state.id)
        assert told_now is (view.opens_in <= "02"), view.id


@pytest.mark.parametrize("resolution", load_resolutions(), ids=lambda each: each.number)
def test_dots_are_the_votes_that_were_checked_and_add_up(resolution) -> None:
    """Prevents dots that stand for nobody, or a named State that has none."""
    found = count(resolution)
    if found.tally is None:
        assert blank(resolution) and found.rest == 0 and blank(resolution) in told(resolution)
        return
    assert blank(resolution) == ""
    cast = {"yes": found.tally.yes, "no": found.tally.no, "abstain": found.tally.abstain}
    assert sum(cast.values()) + found.rest == (
        MEMBER_STATES if resolution.date >= "2011-07-14" else sum(cast.values())
    )
    for vote, many in cast.items():
        assert list(found.named.values()).count(vote) <= many
        assert str(many) in told(resolution)


def test_figures_of_the_committee_are_never_shown_as_the_plenarys() -> None:
    """Prevents a gap in the record from being filled in silence."""
    found = count(find_resolution("75/32"))
    assert found.in_committee and "First Committee" in told(find_resolution("75/32"))
    assert not count(find_resolution("73/27")).in_committee
    assert "weren’t checked" in blank(find_resolution("77/36"))
    assert "no State’s position was counted" in blank(find_resolution("76/19"))


def test_all_of_it_can_be_read_as_text() -> None:
    """Prevents a picture that says more than its words."""
    text = one_line(to_text([*all_seats(lesson="02"), *all_votes()]))
    for state in load_states().values():
        assert state.name in text
    for resolution in load_resolutions():
        assert told(resolution).split(":")[0] in text
