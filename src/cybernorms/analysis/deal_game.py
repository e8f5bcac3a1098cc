"""The deal game: when two States have reason to keep a promise that no court enforces.

In each round each State refrains or exploits. Exploiting brings `gain` and costs the other `harm`.
After a round of restraint a public signal names each State or doesn't: with probability
`detection` if it exploited, `false_names` if it didn't. A State that is named bears `sanction`.
Once anybody is named, both exploit for `off` rounds, unnamed and unpunished; then they refrain
again. `patience` discounts, and is also the chance that there is another round.

The strategy is the public trigger of E. J. Green and R. H. Porter, “Noncooperative Collusion under
Imperfect Price Information”, Econometrica 52 (1984), 87-100. All payoffs are in the same unit, per
round, and restraint on both sides without a name is worth 0. The same formulas are in
`cards/front/game-model.js`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from cybernorms.errors import CyberNormsError

HOLDS, BREAKS, VOID = 1, 0, 2  # what a point of a region is
POINTS = 200  # on each side of a region
LIMITS = {
    "gain": (0.1, 20.0),
    "harm": (0.2, 40.0),
    "sanction": (0.0, 40.0),
    "detection": (0.0, 1.0),
    "false_names": (0.0, 1.0),
    "patience": (0.0, 0.99),
    "off": (1.0, math.inf),
}
ROUNDING = 1e-12  # of a condition that holds with equality


class Player(Struct, frozen=True, kw_only=True):
    """What a State has at stake: payoffs per round, and probabilities from 0 to 1.

    `harm` is what this State suffers when the other exploits it.
    """

    gain: float = 3.0
    harm: float = 5.0
    sanction: float = 0.0
    detection: float = 0.6
    false_names: float = 0.1


class Deal(Struct, frozen=True, kw_only=True):
    """A promise between two States.

    `off` is for how many rounds it is off after a name (`math.inf`: for ever), `patience` the
    discount factor, from 0 to 0.99; `biting` has sanctions bite in those rounds too.
    """

    one: Player = Player()
    two: Player = Player()
    patience: float = 0.9
    off: float = 3.0
    biting: bool = False


class Balance(Struct, frozen=True):
    """What exploiting once brings a State and what it costs on average, in payoffs per round.

    `named` is the chance that a round ends with a name though both refrain, `named_if` the same
    if this State exploits; `value` what keeping the promise is worth from now on, `broken` what the
    rounds without it cost.
    """

    named: Any
    named_if: Any
    broken: Any
    value: Any
    gain: Any
    sanction: Any
    peace: Any

    @property
    def cost(self) -> Any:
        """Return what exploiting once costs: the sanction, and the peace that it puts at risk."""
        return self.sanction + self.peace

    @property
    def holds(self) -> Any:
        """Return whether refraining is at least as good."""
        return self.gain <= self.cost + ROUNDING


def equal(player: Player, *, patience: float = 0.9, off: float = 3, biting: bool = False) -> Deal:
    """Return a deal between two States that have the same at stake."""
    return Deal(one=player, two=player, patience=patience, off=off, biting=biting)


def check_deal(deal: Deal) -> None:
    """Check that a deal can be computed.

    Raises:
        CyberNormsError: a number is missing, out of range, or contradicts another.
    """
    fields = {"patience": deal.patience, "off": deal.off}
    for whose, player in (("one", deal.one), ("two", deal.two)):
        fields |= {f"{whose}.{name}": value for name, value in asdict(player).items()}
        if not player.gain < player.harm:
            raise _impossible("harm", "What a State suffers is more than what the other gains")
        if not player.false_names <= player.detection:
            raise _impossible(
                "false_names", "A State that refrained is not named more often than one that took"
            )
    for name, value in fields.items():
        low, high = LIMITS[name.rpartition(".")[2]]
        if not low <= value <= high:
            raise _impossible(name, f"Give a number from {low:g} to {high:g}")


def _impossible(name: str, remedy: str) -> CyberNormsError:
    return CyberNormsError(f"No deal has such a value of “{name}”", remedy=remedy)


def punishment(deal: Deal, player: Player, rounds: Any) -> Any:
    """Return what a number of rounds without the promise cost a State, seen from the first."""
    each = player.harm - player.gain + deal.biting * player.detection * player.sanction
    return each * (1 - deal.patience**rounds) / (1 - deal.patience)


def balance(deal: Deal, whose: int = 0) -> Balance:
    """Return what exploiting once brings a State and what it costs.

    Refraining is a perfect public equilibrium if it pays for both States: gain <= (a - f) k +
    d (φ1 - φ0) (V (1 - d^T) + P), by the one-shot deviation principle.

    Arguments:
        whose: 0 for the first State, 1 for the second.
    """
    mine, other = (deal.one, deal.two)[:: -1 if whose else 1]
    return _balance(
        *(mine.gain, mine.harm, mine.sanction, mine.detection, mine.false_names),
        *(other.false_names, deal.patience, deal.off, deal.biting),
    )


def _balance(
    g: Any, h: Any, k: Any, a: Any, f: Any, other: Any, d: Any, rounds: Any, biting: bool
) -> Balance:
    """Return the balance, of numbers or of arrays of numbers that fit together."""
    named = 1 - (1 - f) * (1 - other)
    named_if = 1 - (1 - a) * (1 - other)
    fade = d**rounds
    broken = (h - g + a * k if biting else h - g) * (1 - fade) / (1 - d)
    value = (-f * k - d * named * broken) / (1 - d * (1 - named) - named * d * fade)
    peace = d * (named_if - named) * (value * (1 - fade) + broken)
    return Balance(named, named_if, broken, value, g, (a - f) * k, peace)


def holds(deal: Deal) -> bool:
    """Return whether both States have reason to keep the promise."""
    return bool(balance(deal).holds and balance(deal, 1).holds)


def punishing_is_credible(deal: Deal) -> bool:
    """Return whether exploiting pays while the promise is off, so that the threat is believed.

    It always does where sanctions belong to rounds of restraint; where they bite at all times, only
    if gain >= (a - f) k for both States.
    """
    players = (deal.one, deal.two)
    return not deal.biting or all(
        each.gain >= (each.detection - each.false_names) * each.sanction for each in players
    )


def value_of(deal: Deal, whose: int = 0, exploits: tuple[bool, bool] = (False, False)) -> float:
    """Return what the rest of the game is worth to a State while the promise stands.

    Arguments:
        exploits: which of the two States exploit in each round in which the promise stands.
    """
    players = (deal.one, deal.two)
    mine, chances = players[whose], named_chances(deal, exploits)
    named = 1 - (1 - chances[0]) * (1 - chances[1])
    first = _stage(mine, exploits[whose], exploits[1 - whose]) - chances[whose] * mine.sanction
    fade = float(deal.patience**deal.off)
    broken = punishment(deal, mine, deal.off)
    lost = deal.patience * named * float(broken)
    return (first - lost) / (1 - deal.patience * (1 - named) - named * deal.patience * fade)


def _stage(mine: Player, i_exploit: bool, they_exploit: bool) -> float:
    return mine.gain * i_exploit - mine.harm * they_exploit


def named_chances(deal: Deal, exploits: tuple[bool, bool]) -> tuple[float, float]:
    """Return the probability with which each State is named in a round of the promise."""
    one, two = (
        player.detection if does else player.false_names
        for player, does in zip((deal.one, deal.two), exploits, strict=True)
    )
    return one, two


def one_shot(deal: Deal) -> tuple[list[list[float]], list[list[float]]]:
    """Return the game of a single round as two 2 by 2 matrices of expected payoffs.

    Rows are what the first State does, columns the second: refrain, exploit.
    """
    matrices: tuple[list[list[float]], list[list[float]]] = ([], [])
    for row in (False, True):
        pairs = []
        for column in (False, True):
            chances = named_chances(deal, (row, column))
            one = _stage(deal.one, row, column) - chances[0] * deal.one.sanction
            two = _stage(deal.two, column, row) - chances[1] * deal.two.sanction
            pairs.append((one, two))
        for matrix, line in zip(matrices, zip(*pairs, strict=True), strict=True):
            matrix.append(list(line))
    return matrices


def set_number(deal: Deal, name: str, value: Any) -> Deal:
    """Return a deal with another number; of both States where they are one, else of the first."""
    if name in ("patience", "off"):
        return replace(deal, **{name: value})
    one = replace(deal.one, **{name: value})
    return replace(deal, one=one, two=one if deal.two is deal.one else deal.two)


def axis_points(low: float, high: float, points: int = POINTS) -> list[float]:
    """Return the middles of equal steps from `low` to `high`."""
    return [low + (high - low) * (place + 0.5) / points for place in range(points)]


def region(
    deal: Deal, across: str, up: str, xs: Sequence[float], ys: Sequence[float]
) -> list[list[int]]:
    """Return where the promise holds when two of its numbers are moved: a row for each of `ys`.

    Each point is `HOLDS`, `BREAKS`, or `VOID` where the numbers contradict each other. With numpy
    all points are computed at once.

    Arguments:
        across, up: names of numbers of a deal, such as `false_names`.
        xs, ys: their values.
    """
    try:
        import numpy
    except ImportError:
        return region_plainly(deal, across, up, xs, ys)
    same = deal.one == deal.two
    deal = replace(deal, two=deal.one) if same else deal
    moved = set_number(deal, across, numpy.array(xs, float)[None, :])
    moved = set_number(moved, up, numpy.array(ys, float)[:, None])
    good, void = True, False
    for whose in (0,) if same else (0, 1):
        player = (moved.one, moved.two)[whose]
        good = good & balance(moved, whose).holds
        void = void | (player.false_names > player.detection) | (player.gain >= player.harm)
    grid = numpy.where(void, VOID, numpy.where(good, HOLDS, BREAKS))
    rows: list[list[int]] = numpy.broadcast_to(grid, (len(ys), len(xs))).tolist()
    return rows


def region_plainly(
    deal: Deal, across: str, up: str, xs: Sequence[float], ys: Sequence[float]
) -> list[list[int]]:
    """Return the same as `region`, point by point and without numpy."""
    same = deal.one == deal.two
    base = {**asdict(deal.one), "patience": deal.patience, "off": deal.off}
    other = {**asdict(deal.two), "patience": deal.patience, "off": deal.off}
    common = [name for name in (across, up) if same or name in ("patience", "off")]
    rows = []
    for y in ys:
        row = []
        for x in xs:
            base[across], base[up] = x, y
            for name in common:
                other[name] = base[name]
            point = _point(base, other, deal.biting)
            if point == HOLDS and not same:
                point = _point(other, base, deal.biting)
            row.append(point)
        rows.append(row)
    return rows


def _point(mine: dict[str, Any], other: dict[str, Any], biting: bool) -> int:
    g, h, a, f = mine["gain"], mine["harm"], mine["detection"], mine["false_names"]
    if (
        f > a
        or g >= h
        or other["false_names"] > other["detection"]
        or other["gain"] >= other["harm"]
    ):
        return VOID
    named = other["false_names"]
    numbers = (mine["sanction"], a, f, named, mine["patience"], mine["off"], biting)
    return HOLDS if _balance(g, h, *numbers).holds else BREAKS
