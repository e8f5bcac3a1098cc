"""The deal game: closed forms, the one-shot game of a library, and what a region is."""

from __future__ import annotations

import builtins
import itertools
import math
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from cybernorms.analysis.deal_game import (
    BREAKS,
    HOLDS,
    LIMITS,
    VOID,
    Deal,
    Player,
    axis_points,
    balance,
    check_deal,
    equal,
    holds,
    one_shot,
    punishing_is_credible,
    region,
    region_plainly,
    value_of,
)
from cybernorms.errors import CyberNormsError
from tests.analysis.deals import any_deals, any_player

SOME = 60


def test_without_false_names_and_with_a_break_for_ever_it_is_the_grim_trigger() -> None:
    """Prevents a formula that is wrong where everybody knows the answer: a k + d a p / (1 - d)."""
    for deal in any_deals(SOME):
        if deal.biting:
            continue
        deal = replace(
            deal,
            one=replace(deal.one, false_names=0.0),
            two=replace(deal.two, false_names=0.0),
            off=math.inf,
        )
        for whose, player in enumerate((deal.one, deal.two)):
            a, d, p = player.detection, deal.patience, player.harm - player.gain
            closed = a * player.sanction + d * a * p / (1 - d)
            assert balance(deal, whose).cost == pytest.approx(closed)
            assert balance(deal, whose).value == 0


def test_where_a_name_means_nothing_nothing_holds() -> None:
    """Prevents restraint out of signals that tell a thief from nobody."""
    draw = random.Random(3)
    for number in range(SOME):
        a = draw.random()
        player = any_player(draw, detection=a, false_names=a)
        deal = equal(player, patience=0.98 * draw.random(), off=1 + number % 12)
        assert balance(deal).cost == pytest.approx(0, abs=1e-9)
        assert not holds(deal)


def test_without_a_future_it_is_the_game_of_one_round_as_a_library_solves_it() -> None:
    """Prevents a condition that differs from Nash's where there is only one round."""
    nash = pytest.importorskip("nashpy")
    seen = set()
    for deal in any_deals(SOME):
        deal = replace(deal, patience=0.0, biting=False)
        kept = any(
            row[0] > 1 - 1e-9 and column[0] > 1 - 1e-9
            for row, column in nash.Game(*one_shot(deal)).support_enumeration()
        )
        assert holds(deal) is kept
        seen.add(kept)
        player = deal.one
        worth = (player.detection - player.false_names) * player.sanction
        assert balance(deal).cost == pytest.approx(worth)
    assert seen == {True, False}


def test_punishing_is_an_equilibrium_of_one_round_exactly_where_it_is_credible() -> None:
    """Prevents a threat that nobody would carry out, once sanctions bite all the time."""
    nash = pytest.importorskip("nashpy")
    seen = set()
    for deal in any_deals(SOME, seed=11):
        deal = replace(deal, biting=True)
        taken = any(
            row[1] > 1 - 1e-9 and column[1] > 1 - 1e-9
            for row, column in nash.Game(*one_shot(deal)).support_enumeration()
        )
        assert punishing_is_credible(deal) is taken
        assert punishing_is_credible(replace(deal, biting=False))
        seen.add(taken)
    assert seen == {True, False}


def test_the_value_of_the_promise_solves_its_own_equation() -> None:
    """Prevents a slip in the algebra: V, put back into what defines it, must come out again."""
    for deal in any_deals(SOME):
        for whose, player in enumerate((deal.one, deal.two)):
            found, d = balance(deal, whose), deal.patience
            after_a_name = -found.broken + d**deal.off * found.value
            refrains = -player.false_names * player.sanction + d * (
                (1 - found.named) * found.value + found.named * after_a_name
            )
            exploits = (
                player.gain
                - player.detection * player.sanction
                + d * ((1 - found.named_if) * found.value + found.named_if * after_a_name)
            )
            assert refrains == pytest.approx(found.value)
            assert found.value == pytest.approx(value_of(deal, whose))
            assert found.gain - found.cost == pytest.approx(exploits - refrains, abs=1e-9)


def test_each_state_is_judged_by_its_own_stakes() -> None:
    """Prevents a promise that is called safe because one of the two would keep it."""
    content = Player(sanction=20)
    tempted = Player(gain=4, sanction=0)
    deal = Deal(one=content, two=tempted, off=1)
    assert balance(deal, 0).holds and not balance(deal, 1).holds and not holds(deal)


def test_more_false_names_break_a_promise_that_held() -> None:
    """Prevents a model that has lost the point of the lesson."""
    clear = equal(Player(sanction=2, false_names=0.02), patience=0.9, off=3)
    assert holds(clear)
    assert not holds(equal(Player(sanction=2, false_names=0.1), patience=0.9, off=3))
    assert not holds(
        equal(Player(sanction=2, false_names=0.02, detection=0.3), patience=0.9, off=3)
    )


def grid_of(deal: Deal, across: str = "false_names", up: str = "detection") -> list[list[int]]:
    xs, ys = axis_points(*span(across), 40), axis_points(*span(up), 40)
    found = region(deal, across, up, xs, ys)
    assert found == region_plainly(deal, across, up, xs, ys)
    return found


def span(name: str) -> tuple[float, float]:
    low, high = LIMITS[name]
    return low, min(high, 12)


@pytest.mark.parametrize(("across", "up"), list(itertools.permutations(LIMITS, 2))[::5])
def test_a_region_is_the_same_with_and_without_numpy(across: str, up: str) -> None:
    """Prevents two pictures of one deal."""
    for deal in any_deals(2, seed=5):
        grid_of(deal, across, up)


def test_a_region_says_where_it_holds_where_not_and_where_numbers_contradict() -> None:
    """Prevents a map with a colour for what cannot be."""
    found = grid_of(equal(Player(sanction=3), patience=0.9, off=3))
    assert {HOLDS, BREAKS, VOID} == set(itertools.chain(*found))
    assert found[0][-1] == VOID and found[-1][0] == HOLDS


@contextmanager
def no_numpy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "numpy":
            raise ImportError(name)
        return real(name, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", refuse)
        yield


def test_a_region_needs_no_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents an empty map where the course runs in a page."""
    deal = equal(Player(sanction=3))
    xs, ys = axis_points(0, 0.5, 9), axis_points(0, 1, 9)
    found = region(deal, "false_names", "detection", xs, ys)
    with no_numpy(monkeypatch):
        assert region(deal, "false_names", "detection", xs, ys) == found


def test_a_region_of_200_by_200_points_is_there_in_100_milliseconds() -> None:
    """Prevents a map that lags behind the hand."""
    deal = next(itertools.islice(any_deals(2), 1, None))
    xs, ys = axis_points(0, 0.5), axis_points(0, 1)
    took = []
    for _ in range(5):
        start = time.process_time()  # of this process, whatever others run
        region(deal, "false_names", "detection", xs, ys)
        took.append(time.process_time() - start)
    assert min(took) < 0.1


@pytest.mark.parametrize(
    ("deal", "named"),
    [
        (equal(Player(gain=6)), "harm"),
        (equal(Player(false_names=0.7)), "false_names"),
        (equal(Player(), patience=1), "patience"),
        (equal(Player(), off=0), "off"),
        (Deal(two=Player(sanction=-1)), "two.sanction"),
        (equal(Player(detection=math.nan)), "false_names"),
        (equal(Player(sanction=math.nan)), "one.sanction"),
    ],
)
def test_a_deal_that_cannot_be_is_refused_with_what_is_allowed(deal: Deal, named: str) -> None:
    """Prevents numbers out of a formula that was fed nonsense."""
    with pytest.raises(CyberNormsError, match=named) as refused:
        check_deal(deal)
    assert refused.value.remedy
    check_deal(Deal())
