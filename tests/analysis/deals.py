"""Deals for tests: drawn at random, and how many of them a run tries."""

from __future__ import annotations

import random
from collections.abc import Iterator

from cybernorms.analysis.deal_game import Deal, Player, equal
from tests.browser.lab import ALL

MANY = 500 if ALL else 25
RARE = 0.02  # names that are rarer than this happen too seldom to be counted


def any_player(draw: random.Random, **fixed: float) -> Player:
    """Return a State with numbers that do not contradict each other."""
    detection = 0.1 + 0.9 * draw.random()
    gain = 0.5 + 4 * draw.random()
    numbers = {
        "gain": gain,
        "harm": gain + 0.2 + 4 * draw.random(),
        "sanction": 6 * draw.random(),
        "detection": detection,
        "false_names": RARE + (detection - RARE) * draw.random(),
    }
    return Player(**(numbers | fixed))


def any_deals(many: int, seed: int = 7, *, patience: float = 0.98) -> Iterator[Deal]:
    """Return deals: every other one between unequal States, in every third sanctions bite."""
    draw = random.Random(seed)
    for number in range(many):
        rest = {"patience": patience * draw.random(), "off": float(draw.randint(1, 12))}
        biting = number % 3 == 2
        if number % 2:
            yield Deal(one=any_player(draw), two=any_player(draw), biting=biting, **rest)
        else:
            yield equal(any_player(draw), biting=biting, **rest)
