"""How States voted."""

from __future__ import annotations

from cybernorms.analysis.assembly import record_of, votes_of
from cybernorms.corpus.assembly import (
    find_resolution,
    load_positions,
    load_resolutions,
)
from cybernorms.document import to_text
from cybernorms.figures.votes import votes_alt
from cybernorms.pages.votes import VoteState, how_adopted, vote_blocks
from tests.cards.messages import change
from tests.explorers import explore


def test_the_lone_no_the_two_tracks_and_the_joint_text_are_shown() -> None:
    """Prevents the four turns of the story from being lost in the table."""
    for number in ("60/45", "61/54", "62/17", "63/37"):
        resolution = find_resolution(number)
        assert votes_of(load_positions(), resolution)["no"] == ["United States"]
        assert ", 1 no, " in how_adopted(resolution)
    assert how_adopted(find_resolution("64/25")) == "without a vote"
    assert how_adopted(find_resolution("73/27")) == "recorded vote: 119 yes, 46 no, 14 abstained"
    assert how_adopted(find_resolution("73/266")) == "recorded vote: 138 yes, 12 no, 16 abstained"
    assert how_adopted(find_resolution("76/19")) == "without a vote"


def test_votes_without_checked_figures_say_so_and_have_no_bar() -> None:
    """Prevents invented figures."""
    unchecked = find_resolution("75/32")
    assert how_adopted(unchecked) == "recorded vote, figures not checked"
    assert "75/32" not in votes_alt(load_resolutions())
    assert "figures not checked" in to_text(vote_blocks(VoteState(number="75/32")))


def test_one_states_votes_are_listed_by_date_and_no_more_than_the_sources_name() -> None:
    """Prevents guesses about votes that no source names."""
    votes = record_of(load_positions(), "united-states")
    assert [each.resolution.date for each in votes] == sorted(e.resolution.date for e in votes)
    text = to_text(vote_blocks(VoteState(number="60/45", state="united-states")))
    assert "others are not known here" in text


def test_a_track_that_lacks_the_open_resolution_opens_its_first() -> None:
    """Prevents an error when the list changes under the choice."""
    viewer = explore("votes")
    change(viewer, number="76/19")
    change(viewer, track="Russian text")
    assert viewer.state_shown.number == "73/27"
    change(viewer, track="")
    assert viewer.state_shown.number == "73/27"
