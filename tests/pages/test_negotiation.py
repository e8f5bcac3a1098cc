from __future__ import annotations

import random

import pytest

from cybernorms.analysis.negotiation import EVENINGS
from cybernorms.corpus.conducts import load_choices
from cybernorms.corpus.talks import Extra
from cybernorms.errors import CyberNormsError
from cybernorms.pages.negotiation import (
    TableState,
    again,
    as_response,
    counterparts,
    find_reply,
    kept_state,
    left,
    put,
    start,
    with_draft,
)
from cybernorms.pages.negotiation_page import (
    compared_blocks,
    costs,
    defence_blocks,
    open_points,
    page_blocks,
)
from tests.texts import flat

DEAL = {
    "actor": "governments",
    "modality": "will-not",
    "verb": "conduct-or-support",
    "mental element": "knowingly",
    "object": "secrets",
    "purpose": "advantage",
}
AGREED = ["x-requests", "x-dialogue", "x-experts", "x-report"]


def test_the_text_of_2015_differs_in_no_slot_and_no_point_from_itself() -> None:
    # Prevents a comparison that finds fault with the deal for being the deal.
    state = with_draft(TableState(), DEAL, AGREED)
    text = flat(compared_blocks(state))
    assert "differs" not in text
    assert text.count("Yours: ● yes; 25 September 2015: ● yes") == len(AGREED)
    assert text.count("Yours: ○ no; 25 September 2015: ○ no") == len(Extra.rows()) - len(AGREED)


@pytest.mark.parametrize("role", ["us", "cn", "br"])
def test_every_role_hears_the_others_and_never_itself(role: str) -> None:
    # Prevents a side that argues with itself.
    state = put(start(role, "08"))
    speakers = {find_reply(id).role for id in state.put[0].replies}
    assert speakers == {each.id for each in counterparts(state)} and role not in speakers


def test_nothing_can_be_put_once_it_is_over() -> None:
    # Prevents a fifth evening, which the plane would not wait for.
    state = TableState()
    for _ in range(6):
        state = put(with_draft(state, {"modality": "will"}, []))
    assert len(state.put) == len(EVENINGS) and "plane has left" in left(state)
    assert again(state, "cn") == TableState(role="cn")


@pytest.mark.parametrize("seed", range(12))
def test_every_table_can_be_read_and_comes_back_from_a_record(seed: int) -> None:
    # Prevents a draft whose page ends in an error, and answers that change when it is opened again.
    chance = random.Random(seed)
    state = start(chance.choice(["us", "cn", "br"]), "08")
    for _ in EVENINGS:
        choices = {name: chance.choice(found).id for name, found in load_choices().items()}
        extras = [each.id for each in Extra.rows() if chance.random() < 0.3]
        state = put(with_draft(state, choices, extras))
        assert len(flat(page_blocks(state))) > 1000
        assert kept_state(as_response(state)) == state
    assert len(defence_blocks(state)) == 6
    assert open_points(state) or costs(state)


def test_nobody_sits_down_before_lesson_08_or_under_another_name() -> None:
    # Prevents that what was agreed is told early, and a typing slip that opens another seat.
    for open, lesson in (("", "07"), ("xx", "08")):
        with pytest.raises(CyberNormsError) as caught:
            start(open, lesson)
        assert caught.value.remedy
