"""Intervals against values that were computed once with scipy 1.17.1 and pingouin 0.7.0."""

from __future__ import annotations

import pytest

from cybernorms.classroom.scoring.intervals import (
    f_quantile,
    feldt,
    fisher,
    incomplete_beta,
    wilson,
)
from cybernorms.classroom.scoring.item_statistics import cronbach_alpha

CLOSE = 1e-10


# scipy.special.betainc(one, other, x)
@pytest.mark.parametrize(
    ("one", "other", "x", "value"),
    [
        (0.5, 0.5, 0.3, 0.36901011956554536),
        (2, 3, 0.4, 0.5248),
        (17, 289, 0.06, 0.6571223754363683),
        (17, 289, 0.03, 0.011601164062297652),
        (5, 0.5, 0.999, 0.9222819921009667),
        (749.5, 12741.5, 0.055, 0.3930243718188644),
        (1, 1, 0.2, 0.2),
        (9.5, 161.5, 0.001, 2.929956002385295e-14),
        (3, 4, 0.0, 0.0),
        (3, 4, 1.0, 1.0),
    ],
)
def test_the_incomplete_beta_function_is_exact(
    one: float, other: float, x: float, value: float
) -> None:
    assert incomplete_beta(one, other, x) == pytest.approx(value, rel=CLOSE)


# scipy.stats.f.ppf(chance, numerator, denominator)
@pytest.mark.parametrize(
    ("chance", "numerator", "denominator", "value"),
    [
        (0.005, 34, 578, 0.4789758316055),
        (0.005, 1, 1, 6.168756429056015e-05),
        (0.025, 299, 5083, 0.8425295961914582),
        (0.5, 19, 19, 1.0),
        (0.975, 34, 578, 1.5547771082586141),
        (0.995, 19, 19, 3.431750198511526),
        (0.995, 1, 1, 16210.722720219721),
        (0.995, 1499, 25483, 1.0997114222052946),
        (0.995, 4999, 379924, 1.0526365135998035),
    ],
)
def test_the_quantiles_of_f_are_exact(
    chance: float, numerator: int, denominator: int, value: float
) -> None:
    assert f_quantile(chance, numerator, denominator) == pytest.approx(value, rel=CLOSE)


# scipy.stats.binomtest(count, of).proportion_ci(level, method="wilson")
@pytest.mark.parametrize(
    ("count", "of", "level", "low", "high"),
    [
        (0, 35, 0.99, 0.0, 0.15935902674629132),
        (19, 32, 0.99, 0.3734854913867519, 0.781814523052562),
        (9, 34, 0.999, 0.09739086155615134, 0.5456859019896001),
        (35, 35, 0.99, 0.8406409732537088, 1.0),
        (1, 2, 0.99, 0.06171307677810184, 0.9382869232218982),
    ],
)
def test_the_interval_of_a_share_is_wilsons(
    count: int, of: int, level: float, low: float, high: float
) -> None:
    assert wilson(count / of, of, level) == pytest.approx((low, high), abs=CLOSE)


# Right and wrong answers of 35 learners to six items, by numpy.random.default_rng(7). Of these,
# pingouin.cronbach_alpha(..., ci=0.99) gives 0.5401256106071176 from 0.139 to 0.786, and with
# ci=0.95 from 0.256 to 0.741.
ANSWERS = (
    "001001101101001100000001000000001000000110111111000001101010101001011001"
    "100110000001110000101010000010000100000000000000000000110000000000100101"
    "100101011100000000101010111001011001000000001000000000010100011111"
)
ROWS = [list(map(float, ANSWERS[at : at + 6])) for at in range(0, len(ANSWERS), 6)]


@pytest.mark.parametrize(("level", "low", "high"), [(0.99, 0.139, 0.786), (0.95, 0.256, 0.741)])
def test_the_interval_of_alpha_is_feldts(level: float, low: float, high: float) -> None:
    alpha = cronbach_alpha(ROWS)
    assert alpha == pytest.approx(0.5401256106071176, abs=1e-12)
    assert feldt(alpha, 6, 35, level) == pytest.approx((low, high), abs=5e-4)


# scipy.stats.pearsonr(x, y).confidence_interval(0.99) of items 1 and 5 with the rest
@pytest.mark.parametrize(
    ("correlation", "low", "high"),
    [
        (0.36346923781443075, -0.07433178969090239, 0.6838038811767588),
        (0.21053798026662976, -0.23701812948800643, 0.584374912503099),
    ],
)
def test_the_interval_of_a_correlation_is_fishers(
    correlation: float, low: float, high: float
) -> None:
    assert fisher(correlation, 35) == pytest.approx((low, high), abs=CLOSE)


def test_without_enough_learners_there_is_no_interval() -> None:
    assert wilson(0.5, 0) is None
    assert fisher(0.5, 3) is None
    assert feldt(0.5, 1, 35) is None and feldt(0.5, 6, 1) is None


@pytest.mark.parametrize("value", [1.0, -1.0])
def test_a_perfect_correlation_has_no_width(value: float) -> None:
    assert fisher(value, 30) == (value, value)
