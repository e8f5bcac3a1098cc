from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cards.pair import PairTable
from cybernorms.exercises.record import Record
from tests.cards.messages import press
from tests.texts import one_line


@pytest.fixture
def pair(tmp_path: Path) -> tuple[PairTable, PairTable]:
    """Two people on two computers, each with a record of their own."""
    ada, bo = (Record(tmp_path / name) for name in ("ada", "bo"))
    return PairTable("us", ada), PairTable("cn", bo)


def move_of(card: PairTable) -> str:
    """Return the text that the card shows to copy and send."""
    from html import unescape

    found = [part["html"] for part in card.describe()["parts"] if "CN8." in part.get("html", "")]
    return unescape(found[0])


def test_a_negotiation_goes_back_and_forth_until_both_have_one_text(
    pair: tuple[PairTable, PairTable],
) -> None:
    # Prevents that two people end with two texts, each of them sure that it was agreed.
    us, cn = pair
    press(us, "put", verb="conduct-or-support", object="secrets")
    press(cn, "read", pasted=move_of(us))
    assert cn.own_turn and not us.own_turn
    press(cn, "put", **{"mental element": "knowingly", "x-dialogue": True})
    press(us, "read", pasted=move_of(cn))
    press(us, "accept")
    press(cn, "read", pasted=move_of(us))
    assert us.game == cn.game and us.game.agreed
    agreed = us.game.on_the_table
    assert agreed and agreed.choices["verb"] == "conduct-or-support"
    assert agreed.choices["mental element"] == "knowingly" and agreed.extras == ("x-dialogue",)
    for card in pair:
        assert "Three questions from the back of the room" in one_line(card.text())


def test_the_own_draft_begins_with_the_text_on_the_table(
    pair: tuple[PairTable, PairTable],
) -> None:
    # Prevents that an answer silently takes back what the other side has just put in.
    us, cn = pair
    press(us, "put", object="teams", **{"x-everyone": True})
    press(cn, "read", pasted=move_of(us))
    assert cn.values()["object"] == "teams" and cn.values()["x-everyone"] is True


def test_what_cannot_be_read_changes_nothing_and_says_what_to_do(
    pair: tuple[PairTable, PairTable],
) -> None:
    # Prevents that a bad paste ends or spoils a game.
    us, cn = pair
    press(us, "put")
    own = move_of(us)
    described = press(us, "read", pasted=own)
    assert described["said"]["at"] == "problem" and len(us.game.moves) == 1
    for text in ("", "hello", own[:40], own.replace("[CN8", "[CN9"), "<script>alert(1)</script>"):
        described = press(cn, "read", pasted=text)
        assert described["said"]["at"] == "problem"
        assert "paste" in described["said"]["text"].lower()
    assert not cn.game.moves


def test_a_game_comes_back_after_the_kernel_was_gone(tmp_path: Path) -> None:
    # Prevents that a move which was sent is unknown to the one who sent it.
    record = Record(tmp_path / "ada")
    card = PairTable("cn", record)
    press(card, "put", object="files")
    again = PairTable("us", record)
    assert again.role == "cn" and again.game == card.game and move_of(again) == move_of(card)


def test_buttons_that_cannot_be_pressed_now_are_off(pair: tuple[PairTable, PairTable]) -> None:
    # Prevents two moves in a row, which the other side could not read.
    us, _ = pair
    press(us, "put")
    press(us, "put", object="files")
    assert len(us.game.moves) == 1
    buttons = [b for p in us.describe()["parts"] if p["is"] == "actions" for b in p["buttons"]]
    assert {b["name"]: b.get("off", False) for b in buttons}["put"] is True
