"""The boards of seats and votes send along all that a press needs."""

from __future__ import annotations

import json

import pytest

from cybernorms.cards.seats import SeatsBoard, VotesBoard
from cybernorms.corpus.assembly import load_positions, load_states
from cybernorms.pages import rooms, votes
from tests.cards.messages import parts_of


def seats_board(open: str = "") -> SeatsBoard:
    return SeatsBoard(rooms.EXPLORER.start(open, "02"))


def votes_board(open: str = "") -> VotesBoard:
    return VotesBoard(votes.EXPLORER.start(open, "02"))


def test_every_state_in_a_room_has_a_tile_and_a_story() -> None:
    """Prevents a press that opens nothing."""
    (board,) = parts_of(seats_board(), "seats")
    tiles = {state["value"] for region in board["regions"] for state in region["states"]}
    stories = {each["id"] for each in board["stories"]}
    for each in board["rounds"]:
        assert set(each["sat"]) <= tiles <= stories
    chairs = {each["years"]: each.get("chair", "") for each in board["rounds"]}
    assert chairs["2014–15"] == "brazil" and chairs["2016–17"] == "germany"
    assert len(tiles) + board["outside"] == 193


def test_every_state_that_is_named_can_be_followed() -> None:
    """Prevents a vote in our sources that the picture leaves out."""
    (board,) = parts_of(votes_board(), "ballots")
    drawn = {(each["id"], id) for each in board["ballots"] for id in each["named"]}
    whole = {each.resolution.number for each in load_positions() if each.body == "plenary"}
    known = {
        (each.resolution.number, each.state.id)
        for each in load_positions()
        if each.body == "plenary" or each.resolution.number not in whole
    }
    assert drawn == known and len(drawn) > 50
    assert board["follow"] in load_states()


def test_the_dots_begin_with_the_vote_that_was_asked_for() -> None:
    """Prevents an id that is taken and forgotten."""
    (board,) = parts_of(votes_board("73/27"), "ballots")
    assert board["open"] == "73/27"
    assert board["open"] in [each["id"] for each in board["ballots"]]


@pytest.mark.parametrize("card", [seats_board(), votes_board()], ids=["seats", "votes"])
def test_a_board_is_small_enough_to_be_sent_at_once(card: SeatsBoard) -> None:
    """Prevents a lesson that is slow to open because every story is sent twice."""
    assert len(json.dumps(card.describe())) < 100_000


def test_the_numbers_stay_below_the_pictures() -> None:
    """Prevents a picture without its table."""
    for card, caption in ((seats_board(), "States by group"), (votes_board(), "Resolutions")):
        html = "".join(each["html"] for each in parts_of(card, "html"))
        assert f"Show the numbers: {caption}" in html and "<table" in html
