from __future__ import annotations

import pytest

from cybernorms.cards.negotiation_table import NegotiationTable
from cybernorms.exercises.record import Record
from cybernorms.pages.negotiation import KEY, TableState, kept_state
from tests.cards.messages import change, press
from tests.texts import one_line

DEAL = {
    "actor": "governments",
    "modality": "will-not",
    "verb": "conduct-or-support",
    "mental element": "knowingly",
    "object": "secrets",
    "purpose": "advantage",
    "x-requests": True,
    "x-dialogue": True,
    "x-experts": True,
    "x-report": True,
}


def text(card: NegotiationTable) -> str:
    return one_line(card.text())


def test_what_is_put_is_what_is_on_the_screen_at_the_press() -> None:
    # Prevents that a change which the kernel hasn't heard of yet is missing from the text put.
    card = NegotiationTable()
    press(card, "put", **DEAL)
    assert card.shown.put[0].choices["mental element"] == "knowingly"
    assert set(card.shown.put[0].extras) == {"x-requests", "x-dialogue", "x-experts", "x-report"}
    assert card.shown.agreed
    assert "Agreed on the evening of 9 September" in text(card)
    assert "Three questions from the back of the room" in text(card)


def test_each_text_takes_an_evening_and_after_four_the_talks_are_over() -> None:
    # Prevents endless talks, in which patience alone would win.
    card = NegotiationTable()
    for number in range(6):
        press(card, "put", modality="will", **{"x-review": bool(number % 2)})
    assert len(card.shown.put) == 4 and card.shown.over and not card.shown.agreed
    assert "nothing is agreed" in text(card)
    described = card.describe()
    assert "put" not in str([part for part in described["parts"] if part["is"] == "actions"])


def test_talks_come_back_with_the_same_answers_and_in_another_notebook() -> None:
    # Prevents that a closed laptop costs an evening, or that an edited record invents an answer.
    card = NegotiationTable()
    press(card, "put", verb="conduct-or-support")
    said = card.shown.put[0].replies
    again = NegotiationTable(TableState(role="cn"))
    assert again.shown.role == "us" and again.shown.put[0].replies == said


def test_the_chair_hears_both_sides() -> None:
    # Prevents that Brazil in the chair negotiates with one side only, or with itself.
    card = NegotiationTable(TableState(role="br"))
    press(card, "put", verb="conduct-or-support", object="secrets")
    assert "United States: " in text(card) and "China: " in text(card)
    assert len(card.shown.put[0].replies) == 2


def test_another_seat_can_be_taken_only_at_an_empty_table() -> None:
    # Prevents that a change of seat in the middle turns answers into those of the own side.
    card = NegotiationTable()
    change(card, role="cn")
    assert card.shown.role == "cn"
    press(card, "put")
    change(card, role="us")
    assert card.shown.role == "cn"
    press(card, "again")
    assert not card.shown.put
    change(card, role="us")
    assert card.shown.role == "us"


def test_a_draft_shows_at_once_what_it_costs_whom() -> None:
    # Prevents that a word can be chosen without its price.
    card = NegotiationTable()
    change(card, **{"x-no-sanctions": True})
    assert "You put away the sanctions" in text(card)
    assert not card.shown.put


@pytest.mark.parametrize(
    "response",
    [
        None,
        [],
        "us",
        {"role": "xx", "put": []},
        {"role": "us", "put": [1]},
        {"role": "us", "put": [{}] * 9},
        {"role": ["us"], "put": []},
    ],
)
def test_a_record_that_was_edited_by_hand_gives_an_empty_table(response: object) -> None:
    # Prevents a lesson that cannot be opened after a slip in the record.
    Record().append(KEY, "", response)
    assert kept_state(response) is None
    assert NegotiationTable().shown == TableState()
