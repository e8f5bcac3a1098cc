"""Histories of the deal game against the theory, and how fast they are played."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from cybernorms.analysis.deal_game import Deal, Player, balance, equal, value_of
from cybernorms.analysis.deal_histories import (
    Histories,
    dice,
    mean_and_error,
    play_out,
    simulate,
    simulate_plainly,
)
from tests.analysis.deals import MANY, any_deals
from tests.analysis.test_deal_game import no_numpy

RUNS, ROUNDS = 2000, 200


def distances(deal: Deal, seed: int) -> list[float]:
    """Return how many standard errors lie between simulated and computed values of a deal."""
    found = []
    whose = seed % 2
    keeps = simulate(deal, RUNS, ROUNDS, seed=seed)
    found.append(distance(keeps, whose, value_of(deal, whose)))
    breaks = (not whose, bool(whose))
    once = simulate(deal, RUNS, ROUNDS, exploits=breaks, once=True, seed=seed)
    theory = balance(deal, whose)
    found.append(distance(once, whose, theory.value + theory.gain - theory.cost))
    return found


def distance(found: Histories, whose: int, theory: float) -> float:
    mean, error = mean_and_error(found.values[whose])
    if error < 1e-9:
        assert mean == pytest.approx(theory)
        return 0.0
    return abs(mean - theory) / error


@pytest.mark.endurance
def test_simulated_deals_agree_with_the_formula() -> None:
    """Prevents a formula that no game played would bear out."""
    far = [each for seed, deal in enumerate(any_deals(MANY)) for each in distances(deal, seed)]
    assert len(far) == 2 * MANY
    assert sum(each > 3 for each in far) <= max(1, 0.015 * len(far))
    assert max(far) <= 5


def test_what_follows_the_last_round_is_added() -> None:
    """Prevents values that are too near to nothing where the future counts for much."""
    deal = equal(Player(sanction=1), patience=0.99, off=6)
    found = simulate(deal, RUNS, 20)
    assert distance(found, 0, value_of(deal)) < 4


@pytest.mark.parametrize("exploits", [(True, False), (False, True), (True, True)])
def test_a_state_that_always_exploits_gets_what_is_computed(exploits: tuple[bool, bool]) -> None:
    """Prevents a wrong bill for those who break their word."""
    for deal in any_deals(4, seed=9):
        found = simulate(deal, RUNS, ROUNDS, exploits=exploits)
        for whose in (0, 1):
            assert distance(found, whose, value_of(deal, whose, exploits)) < 4


@pytest.mark.parametrize("biting", [False, True])
def test_both_ways_of_simulating_agree(biting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents another game where there is no numpy."""
    deal = replace(next(any_deals(1, seed=2)), biting=biting)
    plain = simulate_plainly(deal, 800, 60)
    with no_numpy(monkeypatch):
        again = simulate(deal, 800, 60)
    assert again == plain
    fast = simulate(deal, 800, 60)
    for whose in (0, 1):
        assert distance(plain, whose, value_of(deal, whose)) < 4
    for field in ("quiet", "names", "untrue"):
        counts = [mean_and_error(getattr(each, field)) for each in (plain, fast)]
        assert abs(counts[0][0] - counts[1][0]) < 4 * sum(error for _, error in counts)


def test_while_both_keep_their_word_every_name_is_untrue() -> None:
    """Prevents a count that calls the innocent guilty."""
    deal = equal(Player(), patience=0.9, off=2)
    kept = simulate(deal, 200, 50)
    assert (kept.names == kept.untrue).all() and kept.names.sum() > 0
    taken = simulate(deal, 200, 50, exploits=(True, True))
    assert taken.untrue.sum() == 0 and taken.quiet.sum() == 0 and taken.names.sum() > 0


def test_ten_thousand_histories_take_a_second_and_a_tenth_of_plain_loops() -> None:
    """Prevents a simulation for which a class has to wait."""
    deal = equal(Player(sanction=3), patience=0.9, off=3)
    simulate(deal, 10, 10)
    start = time.process_time()
    simulate(deal, 10_000, 200)
    fast = time.process_time() - start
    start = time.process_time()
    simulate_plainly(deal, 1000, 200)
    plain = 10 * (time.process_time() - start)
    assert fast < 1
    assert plain > 10 * fast


def test_a_history_is_off_for_as_long_as_was_agreed() -> None:
    """Prevents a break that ends early or never."""
    deal = equal(Player(detection=1.0, false_names=0.0), off=3)
    rounds = play_out(deal, (True, False), 9, dice(4))
    assert [each.stands for each in rounds] == [True, False, False, False] * 2 + [True]
    assert all(each.named == (True, False) and each.broke for each in rounds if each.stands)
    quiet = play_out(deal, (False, False), 9, dice(4))
    assert all(each.quiet and not each.broke for each in quiet)
