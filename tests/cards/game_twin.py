"""The model of the deal game in JavaScript beside that in Python: what both are asked."""

from __future__ import annotations

import json
import math
from itertools import chain
from typing import Any

from msgspec import to_builtins

from cybernorms.analysis import deal_crowd
from cybernorms.analysis.deal_crowd import HABITS, Habit
from cybernorms.analysis.deal_game import (
    LIMITS,
    Deal,
    axis_points,
    balance,
    holds,
    one_shot,
    punishing_is_credible,
    region,
)
from cybernorms.analysis.deal_histories import dice, play_out
from cybernorms.cards.front import HERE, join
from tests.analysis.deals import MANY, any_deals

POINTS = 12  # on each side of the small regions that are compared
FIELDS = ("named", "named_if", "broken", "value", "gain", "sanction", "peace")
AXES = (("false_names", "detection"), ("patience", "sanction"), ("false_names", "off"))
OWN = Habit(begins=True, answer=3, forgives=2 / 3, contrite=True, waits=3, tries=0.2)
ANSWER = """
const same = (deal, equal) => (equal ? { ...deal, two: deal.one } : deal);
const read = each => same({ ...each.deal, off: each.deal.off ?? Infinity }, each.equal);
const told = round => [round.stands, ...round.does, ...round.named];
const out = asked.deals.map(each => {
  const deal = read(each);
  const [across, up] = each.axes;
  return {
    balances: [0, 1].map(whose => balance(deal, whose)),
    holds: dealHolds(deal),
    credible: punishingIsCredible(deal),
    oneShot: oneShot(deal),
    region: regionOf(deal, across, up, axisPoints(...each.xs), axisPoints(...each.ys)).flat(),
    history: playOut(deal, [each.equal, false], 40, diceOf(each.seed)).map(told),
  };
});
const throwing = diceOf(asked.seed);
const table = playTournament(asked.habits, asked.fog, throwing, 60, 3);
const crowd = asked.habits.map(() => 4);
out.push({ table, learnt: [1, 8, 40].map(years => learned(table, crowd, years)) });
"""


def as_javascript() -> str:
    """Return the models of the page as one module."""
    names = ("game-model.js", "game-crowd-model.js")
    return join([(HERE / name).read_text(encoding="utf-8") for name in names])


def _span(name: str) -> tuple[float, float, int]:
    low, high = LIMITS[name]
    return low, min(high, 12.0), POINTS


def asked(many: int = MANY) -> dict[str, Any]:
    """Return what both are asked, as data."""
    found = []
    for seed, deal in enumerate(any_deals(many, seed=21)):
        across, up = AXES[seed % len(AXES)]
        found.append(
            {
                "deal": to_builtins(deal),
                "equal": deal.one == deal.two,
                "seed": seed,
                "axes": (across, up),
                "xs": _span(across),
                "ys": _span(up),
            }
        )
    habits = [to_builtins(each) for each in (*HABITS.values(), OWN)]
    return {"deals": found, "seed": 5, "habits": habits, "fog": (0.7, 0.08)}


def program(many: int = MANY) -> str:
    """Return JavaScript that leaves the answers in `out`."""
    return f"const asked = {json.dumps(asked(many))};\n{ANSWER}"


def compare(answers: list[Any], many: int = MANY) -> None:
    """Hold what the page computes against what Python does."""
    assert len(answers) == many + 1
    for seed, (deal, answer) in enumerate(zip(any_deals(many, seed=21), answers, strict=False)):
        _compare_deal(deal, answer, seed)
    habits = [*HABITS.values(), OWN]
    table = deal_crowd.tournament(habits, (0.7, 0.08), dice(5), 60, 3)
    flat, found = list(chain(*table)), list(chain(*answers[-1]["table"]))
    assert _near(flat, found)
    crowd = [4] * len(habits)
    assert answers[-1]["learnt"] == [deal_crowd.learn(table, crowd, years) for years in (1, 8, 40)]


def _compare_deal(deal: Deal, answer: dict[str, Any], seed: int) -> None:
    for whose in (0, 1):
        mine, page = balance(deal, whose), answer["balances"][whose]
        names = {"named_if": "namedIf"}
        pairs = [(getattr(mine, each), page[names.get(each, each)]) for each in FIELDS]
        assert _near(*map(list, zip(*pairs, strict=True)))
        assert page["holds"] is bool(mine.holds)
    assert answer["holds"] is holds(deal)
    assert answer["credible"] is punishing_is_credible(deal)
    for mine_matrix, page_matrix in zip(one_shot(deal), answer["oneShot"], strict=True):
        assert _near(list(chain(*mine_matrix)), list(chain(*page_matrix)))
    across, up = AXES[seed % len(AXES)]
    points = region(deal, across, up, axis_points(*_span(across)), axis_points(*_span(up)))
    assert list(chain(*points)) == answer["region"]
    told = play_out(deal, (deal.one == deal.two, False), 40, dice(seed))
    assert [[e.stands, *e.exploited, *e.named] for e in told] == answer["history"]


def _near(mine: list[float], page: list[float]) -> bool:
    return len(mine) == len(page) and all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(mine, page, strict=True)
    )
