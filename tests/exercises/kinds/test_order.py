"""An order."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given, strategies as st

from cybernorms.exercises.kinds.order import kendall_tau
from cybernorms.exercises.marking import mark
from tests.answers import marked, verdicts
from tests.factories import made_up, order_question


def tau_by_hand(given_: list[str], ranks: Mapping[str, int]) -> float:
    """Kendall's tau from its definition: the mean sign of agreement over all untied pairs."""
    signs = []
    for one, two in itertools.product(ranks, repeat=2):
        asked = (ranks[one] > ranks[two]) - (ranks[one] < ranks[two])
        got = (given_.index(one) > given_.index(two)) - (given_.index(one) < given_.index(two))
        if asked:
            signs.append(asked * got)
    return sum(signs) / len(signs)


# Order


@pytest.mark.parametrize(
    ("given_", "tau"),
    [("abcd", 1), ("bacd", 2 / 3), ("badc", 1 / 3), ("dabc", 0), ("dcab", -2 / 3), ("dcba", -1)],
)
def test_kendall_tau_has_the_values_of_the_textbook(given_: str, tau: float) -> None:
    """Prevents another coefficient from passing under the name."""
    ranks = {id: rank for rank, id in enumerate("abcd", start=1)}
    assert kendall_tau(list(given_), ranks) == pytest.approx(tau)


@given(st.data())
def test_kendall_tau_agrees_with_its_definition(data: st.DataObject) -> None:
    """Prevents a mistake with ties, or in long lists."""
    ids = "abcdefg"[: data.draw(st.integers(2, 7))]
    ranks = {id: data.draw(st.integers(1, 4)) for id in ids}
    if len(set(ranks.values())) > 1:
        given_ = data.draw(st.permutations(ids))
        assert kendall_tau(given_, ranks) == pytest.approx(tau_by_hand(given_, ranks))


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        (["draft", "fire", "flood", "signature"], 1),
        (["draft", "flood", "fire", "signature"], 1),
        (["fire", "draft", "flood", "signature"], 3 / 5),
        (["signature", "flood", "fire", "draft"], 0),
        (["signature", "draft", "fire", "flood"], 0),
        (["flood", "draft", "fire", "signature"], 3 / 5),
    ],
)
def test_an_order_is_marked_by_kendalls_tau(response: list[str], credit: float) -> None:
    """Prevents one slip from costing everything, and points below nought."""
    assert marked("order", response).credit == pytest.approx(credit)


def test_items_of_equal_rank_may_stand_either_way_round() -> None:
    """Prevents a learner from being told that one of two equal places is wrong."""
    for response in (["draft", "fire", "flood", "signature"], "draft, flood, fire, signature"):
        result = marked("order", response)
        assert (result.verdict, verdicts(result)) == ("correct", ["correct"] * 4)


def test_an_order_that_is_not_complete_names_what_is_missing() -> None:
    """Prevents an unfinished order from being marked as a short one."""
    result = mark(made_up("order"), ["draft", "fire"])
    assert result.state == "unreadable"
    assert "The small flood; The signature, in pencil" in result.message


def test_a_set_has_no_order_to_mark() -> None:
    """Prevents a mark that depends on how Python happened to shuffle a set."""
    result = mark(made_up("order"), {"draft", "fire", "flood", "signature"})
    assert result.state == "unreadable"
    assert "order" in result.message


# Anything at all


def test_a_long_order_is_marked_as_the_definition_says() -> None:
    """Prevents the marking of eleven norms from differing from that of four."""
    ranks = {f"item-{number}": number for number in range(1, 12)}
    response = sorted(ranks, key=lambda id: -ranks[id] if ranks[id] < 4 else ranks[id])
    result = mark(order_question(ranks), response)
    assert result.credit == pytest.approx(max(0, tau_by_hand(response, ranks)))
