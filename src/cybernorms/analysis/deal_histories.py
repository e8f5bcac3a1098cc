"""Histories of the deal game: thousands at once to check the theory, or one to be told."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from cybernorms.analysis.deal_game import Deal, named_chances, punishment, value_of

Dice = Callable[[], float]
WORD = 0xFFFFFFFF


class Histories(Struct, frozen=True):
    """What many histories brought, an entry for each history.

    `values` are discounted sums for the first and the second State, with what follows the last
    round added from theory; `quiet` counts the rounds of restraint on both sides, `names` the
    names, `untrue` those of States that had refrained.
    """

    values: tuple[Any, Any]
    quiet: Any
    names: Any
    untrue: Any


class Round(Struct, frozen=True):
    """A round of one history: whether the promise stood, who exploited, who was named."""

    stands: bool
    exploited: tuple[bool, bool]
    named: tuple[bool, bool] = (False, False)

    @property
    def broke(self) -> bool:
        """Return whether the promise broke with this round."""
        return any(self.named)

    @property
    def quiet(self) -> bool:
        """Return whether both refrained."""
        return self.stands and not any(self.exploited)


def dice(seed: int) -> Dice:
    """Return a stream of numbers from 0 to 1, the same in Python and in the page (mulberry32).

    >>> throw = dice(1)
    >>> round(throw(), 6)
    0.627074
    """
    state = seed & WORD

    def throw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & WORD
        mixed = ((state ^ (state >> 15)) * (1 | state)) & WORD
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (61 | mixed)) & WORD)) & WORD
        return ((mixed ^ (mixed >> 14)) & WORD) / 4294967296

    return throw


def play_out(deal: Deal, exploits: tuple[bool, bool], rounds: int, throw: Dice) -> list[Round]:
    """Return one history, with two throws of the dice for each round in which the promise stands.

    Arguments:
        exploits: which States exploit while the promise stands.
    """
    chances = named_chances(deal, exploits)
    return list(_rounds(chances, exploits, deal.off, rounds, throw))


def _rounds(
    chances: tuple[float, float], exploits: tuple[bool, bool], off: float, rounds: int, throw: Dice
) -> Iterator[Round]:
    left: float = 0
    for _ in range(rounds):
        if left:
            left -= 1
            yield Round(False, (True, True))
            continue
        named = (throw() < chances[0], throw() < chances[1])
        left = off if any(named) else 0
        yield Round(True, exploits, named)


class _Way(Struct, frozen=True):
    """What a round of the promise brings, by who exploits in it."""

    does: tuple[bool, bool]
    chances: tuple[float, float]
    stages: tuple[float, float]


def _way(deal: Deal, does: tuple[bool, bool]) -> _Way:
    one, two = deal.one, deal.two
    stages = (
        one.gain * does[0] - one.harm * does[1],
        two.gain * does[1] - two.harm * does[0],
    )
    return _Way(does, named_chances(deal, does), stages)


def simulate(
    deal: Deal,
    runs: int,
    rounds: int,
    *,
    exploits: tuple[bool, bool] = (False, False),
    once: bool = False,
    seed: int = 1,
) -> Histories:
    """Return what many histories brought.

    Arguments:
        runs, rounds: how many histories, and of how many rounds each.
        exploits: which States exploit while the promise stands.
        once: they do so in the first round alone.
    """
    try:
        import numpy
    except ImportError:
        return simulate_plainly(deal, runs, rounds, exploits=exploits, once=once, seed=seed)
    first = _way(deal, exploits)
    later = _way(deal, (False, False)) if once else first
    generator = numpy.random.Generator(numpy.random.SFC64(seed))
    left, stood = numpy.zeros(runs), numpy.zeros(runs)  # rounds still to sit out; weight of others
    fined = (numpy.zeros(runs), numpy.zeros(runs))  # weight of the rounds with a sanction
    stands, names, untrue = (numpy.zeros(runs, numpy.int32) for _ in range(3))
    weight, weights = 1.0, 0.0
    for number in range(rounds):
        way = later if number else first
        on = left == 0
        thrown = generator.random(runs, numpy.float32)
        if deal.biting:
            for fine, player in zip(fined, (deal.one, deal.two), strict=True):
                fine += weight * (~on & (thrown < player.detection))
        thrown[~on] = 2  # nobody is named while the promise is off
        named, either = _named(way.chances, thrown)
        left = numpy.maximum(left - 1, 0)
        left[either] = deal.off
        for fine, each, does in zip(fined, named, way.does, strict=True):
            fine += weight * each
            names += each
            if not does:
                untrue += each
        stood += weight * on
        stands += on
        weights += weight
        weight *= deal.patience
    quiet = numpy.zeros_like(stands) if any(later.does) else stands - any(first.does)
    values = _values(deal, (first, later), (stood, weights, fined), weight, left)
    return Histories(values, quiet, names, untrue)


def _values(
    deal: Deal, ways: tuple[_Way, _Way], seen: tuple[Any, float, Any], weight: float, left: Any
) -> tuple[Any, Any]:
    """Return discounted sums, from what was seen, and what follows the last round from theory.

    Arguments:
        ways: what the first round of the promise brings, and what later ones do.
        seen: the weight of rounds in which the promise stood, of all rounds, of those with a
            sanction for each State.
        weight, left: of the round after the last, and how many rounds are still to sit out then.
    """
    first, later = ways
    stood, weights, fined = seen
    values = []
    for whose, player in enumerate((deal.one, deal.two)):
        follows = deal.patience**left * value_of(deal, whose, later.does)
        ahead = weight * (follows - punishment(deal, player, left))
        off = (player.gain - player.harm) * (weights - stood) - player.sanction * fined[whose]
        on_first = first.stages[whose] - later.stages[whose]
        values.append(later.stages[whose] * stood + on_first + off + ahead)
    return values[0], values[1]


def _named(chances: tuple[float, float], thrown: Any) -> tuple[tuple[Any, Any], Any]:
    """Return who is named, and whether anyone is, from one throw: independent of one another."""
    one, two = chances
    either = thrown < one + two - one * two
    return (thrown < one, either & (thrown >= one - one * two)), either


def simulate_plainly(
    deal: Deal,
    runs: int,
    rounds: int,
    *,
    exploits: tuple[bool, bool] = (False, False),
    once: bool = False,
    seed: int = 1,
) -> Histories:
    """Return the same as `simulate`, history by history and without numpy."""
    throw = random.Random(seed).random
    later = (False, False) if once else exploits
    follows = (value_of(deal, 0, later), value_of(deal, 1, later))
    ways = [_way(deal, exploits), _way(deal, later)]
    found = [_one(deal, rounds, ways, follows, throw) for _ in range(runs)]
    one, two, quiet, names, untrue = (list(column) for column in zip(*found, strict=True))
    return Histories((one, two), quiet, names, untrue)


def _one(
    deal: Deal, rounds: int, ways: list[_Way], follows: tuple[float, float], throw: Dice
) -> tuple[float, float, int, int, int]:
    one, two, patience, biting = deal.one, deal.two, deal.patience, deal.biting
    costs = (one.gain - one.harm, two.gain - two.harm)
    first = second = 0.0
    weight, left = 1.0, 0.0
    quiet = names = untrue = 0
    way = ways[0]
    for number in range(rounds):
        if number == 1:
            way = ways[1]
        if left:
            left -= 1
            first += weight * costs[0]
            second += weight * costs[1]
            if biting:
                first -= weight * one.sanction * (throw() < one.detection)
                second -= weight * two.sanction * (throw() < two.detection)
        else:
            named, named_too = throw() < way.chances[0], throw() < way.chances[1]
            first += weight * (way.stages[0] - one.sanction * named)
            second += weight * (way.stages[1] - two.sanction * named_too)
            names += named + named_too
            untrue += (named and not way.does[0]) + (named_too and not way.does[1])
            quiet += not (way.does[0] or way.does[1])
            if named or named_too:
                left = deal.off
        weight *= patience
    fade = patience**left
    first += weight * (fade * follows[0] - punishment(deal, one, left))
    second += weight * (fade * follows[1] - punishment(deal, two, left))
    return first, second, quiet, names, untrue


def mean_and_error(values: Any) -> tuple[float, float]:
    """Return the mean of many values and its standard error."""
    each = [float(value) for value in values]
    mean = math.fsum(each) / len(each)
    variance = math.fsum((value - mean) ** 2 for value in each) / (len(each) - 1)
    return mean, math.sqrt(variance / len(each))
