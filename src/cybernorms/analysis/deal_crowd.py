"""A crowd of States with habits, in which every two meet, and then the worst-off learn.

Each State sees names alone, not deeds; names come in every round, since no break is agreed. On
habits under noise, and on generosity and contrition as remedies: J. Wu and R. Axelrod, “How to Cope
with Noise in the Iterated Prisoner's Dilemma”, Journal of Conflict Resolution 39 (1995), 183-189.
The same rules are in `cards/front/game-crowd-model.js`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from cybernorms.analysis.deal_game import Player
from cybernorms.analysis.deal_histories import Dice

QUIET = 2.0  # what a round of restraint on both sides is worth to each
STAKES = Player()
ROUNDS, TIMES = 200, 12  # of a match, and of matches between two habits
YEARS = 8  # of learning at a time
EACH = 4  # States with each habit in the first year
STILL = 0.02  # a difference in payoff per round from which on nobody learns


class Habit(Struct, frozen=True, kw_only=True):
    """How a State decides, from names alone.

    Arguments:
        begins: it exploits in the first round.
        answer: for how many rounds it exploits after the other was named.
        forgives: the share of names that it lets pass, from 0 to 1.
        contrite: it lets an answer pass that follows on its own false name.
        waits, tries: after so many rounds without a name it exploits with this probability.
    """

    begins: bool = False
    answer: float = 0
    forgives: float = 0
    contrite: bool = False
    waits: int = 3
    tries: float = 0


HABITS = {
    "keeps": Habit(),
    "takes": Habit(begins=True, waits=0, tries=1),
    "mirror": Habit(answer=1),
    "easy": Habit(answer=1, forgives=1 / 3),
    "contrite": Habit(answer=1, contrite=True),
}


class Memory:
    """What a State remembers of a match."""

    def __init__(self) -> None:
        self.number = 0
        self.left: float = 0
        self.they_were_named = False
        self.quiet = 0
        self.wronged = self.pardon = False


def decide(habit: Habit, memory: Memory, throw: Dice) -> bool:
    """Return whether a State exploits in this round."""
    if memory.number == 0:
        return habit.begins
    pardoned = habit.contrite and memory.pardon
    if (
        memory.they_were_named
        and not pardoned
        and (not habit.forgives or throw() >= habit.forgives)
    ):
        memory.left = max(memory.left, habit.answer)
    if memory.left > 0:
        memory.left -= 1
        return True
    if not habit.tries or memory.quiet < habit.waits:
        return False
    return habit.tries >= 1 or throw() < habit.tries


def play_match(
    one: Habit, two: Habit, fog: tuple[float, float], rounds: int, throw: Dice
) -> tuple[float, float]:
    """Return what a round brings each of two States on average.

    Arguments:
        fog: the probability of a name for one that exploited, and for one that did not.
    """
    memories = (Memory(), Memory())
    sums = [0.0, 0.0]
    for number in range(rounds):
        memories[0].number = memories[1].number = number
        does = (decide(one, memories[0], throw), decide(two, memories[1], throw))
        named = tuple(throw() < fog[0 if each else 1] for each in does)
        for whose, memory in enumerate(memories):
            sums[whose] += QUIET + STAKES.gain * does[whose] - STAKES.harm * does[1 - whose]
            memory.pardon = memory.wronged
            memory.wronged = named[whose] and not does[whose]
            memory.they_were_named = named[1 - whose]
            memory.quiet = 0 if any(named) else memory.quiet + 1
    return sums[0] / rounds, sums[1] / rounds


def tournament(
    habits: Sequence[Habit],
    fog: tuple[float, float],
    throw: Dice,
    rounds: int = ROUNDS,
    times: int = TIMES,
) -> list[list[float]]:
    """Return what each habit makes in a round against each, itself too: row against column."""
    table = [[0.0] * len(habits) for _ in habits]
    for i, one in enumerate(habits):
        for j in range(i, len(habits)):
            for _ in range(times):
                mine, theirs = play_match(one, habits[j], fog, rounds, throw)
                if i == j:
                    table[i][i] += (mine + theirs) / 2 / times
                else:
                    table[i][j] += mine / times
                    table[j][i] += theirs / times
    return table


def average(table: Sequence[Sequence[float]], crowd: Sequence[int], which: int) -> float:
    """Return what a State with a habit makes in a round against all others of the crowd.

    Arguments:
        crowd: how many States have each habit.

    Returns:
        NaN where no State has the habit, or there is nobody to meet.
    """
    met = [count - (place == which) for place, count in enumerate(crowd)]
    if not crowd[which] or not sum(met):
        return math.nan
    return sum(table[which][place] * count for place, count in enumerate(met)) / sum(met)


def learn(table: Sequence[Sequence[float]], crowd: Sequence[int], years: int = YEARS) -> list[int]:
    """Return a crowd after some years in each of which the worst-off State copies the best-off."""
    now = list(crowd)
    for _ in range(years):
        alive = [place for place, count in enumerate(now) if count]
        means = {place: average(table, now, place) for place in alive}
        worst = min(alive, key=lambda place: means[place])
        best = max(alive, key=lambda place: means[place])
        if means[best] - means[worst] < STILL:
            break
        now[worst] -= 1
        now[best] += 1
    return now
