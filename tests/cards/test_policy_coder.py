"""The two coders open once the learner has coded a sheet, and not before."""

from __future__ import annotations

from cybernorms.cards.policy_coder import PolicyCoder
from cybernorms.exercises.record import Record
from cybernorms.pages import policy_coder
from tests.cards.messages import deck_of, parts_of, sort


def test_two_coders_are_shown_once_a_sheet_is_coded() -> None:
    """Prevents their codings from being copied."""
    record = Record()
    card = PolicyCoder("Policy coder", policy_coder.sheets(record), record=record)
    assert not parts_of(card, "coders") and "Where two readers part" not in card.text()
    deck = deck_of(card)
    for item in deck["items"]:
        sort(card, item["id"], deck["options"][item.get("options", 0)][0]["value"])
    [drawn] = parts_of(card, "coders")
    assert "Where two readers part" in card.text() and len(drawn["pairs"]) == 3
    for pair in drawn["pairs"]:
        apart = [each for each in pair["items"] if each["one"] != each["two"]]
        assert apart and all(each["name"] and each["html"] for each in apart)
