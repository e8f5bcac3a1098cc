"""A crowd of habits: who wins in which fog, and who is left once the losers learn."""

from __future__ import annotations

import math

import pytest

from cybernorms.analysis.deal_crowd import (
    HABITS,
    Habit,
    average,
    learn,
    play_match,
    tournament,
)
from cybernorms.analysis.deal_histories import dice

CLEAR, HAZE, FOG = (1.0, 0.0), (0.9, 0.05), (0.6, 0.1)


def winners(fog: tuple[float, float], years: int) -> set[str]:
    table = tournament(list(HABITS.values()), fog, dice(1))
    crowd = learn(table, [4] * len(HABITS), years)
    most = max(crowd)
    return {name for name, count in zip(HABITS, crowd, strict=True) if count == most}


@pytest.mark.parametrize(
    ("fog", "left"), [(CLEAR, {"mirror"}), (HAZE, {"contrite"}), (FOG, {"takes"})]
)
def test_which_habit_is_left_depends_on_the_fog(fog: tuple[float, float], left: set[str]) -> None:
    """Prevents a lesson that says what its own game does not show."""
    assert winners(fog, 40) == left


def test_in_daylight_habits_meet_as_can_be_told_by_hand() -> None:
    """Prevents a habit that does not do what its sentence says."""
    throw = dice(1)
    keeps, takes, mirror = HABITS["keeps"], HABITS["takes"], HABITS["mirror"]
    assert play_match(keeps, keeps, CLEAR, 10, throw) == (2, 2)
    assert play_match(keeps, takes, CLEAR, 10, throw) == (-3, 5)
    assert play_match(mirror, takes, CLEAR, 10, throw) == (-0.3, 0.5)
    grim = Habit(answer=math.inf)
    assert play_match(grim, takes, CLEAR, 10, throw) == (-0.3, 0.5)
    once = Habit(begins=True)
    assert play_match(grim, once, CLEAR, 4, throw) == ((-3 + 5 * 3) / 4, (5 - 3 * 3) / 4)
    patient = Habit(waits=3, tries=1)
    assert play_match(patient, keeps, CLEAR, 4, throw) == ((2 * 3 + 5) / 4, (2 * 3 - 3) / 4)


def test_contrition_ends_a_quarrel_that_a_false_name_began() -> None:
    """Prevents a remedy for noise that remedies nothing."""
    table = tournament([HABITS["mirror"], HABITS["contrite"]], HAZE, dice(2))
    assert table[1][1] > table[0][0] + 0.3


def test_the_worst_off_learn_from_the_best_off_and_nobody_is_lost() -> None:
    """Prevents a crowd that grows or shrinks."""
    table = [[2.0, -3.0], [5.0, 0.0]]
    assert learn(table, [2, 2], 1) == [1, 3]
    assert learn(table, [2, 2], 9) == [0, 4]
    assert learn([[2.0, 2.0], [2.0, 2.0]], [2, 2], 9) == [2, 2]
    assert math.isnan(average(table, [0, 4], 0)) and average(table, [0, 4], 1) == 0
