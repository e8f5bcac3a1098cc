"""What a figure can bear: the values that a class like this one could as well have shown.

All intervals are at 99 per cent unless another level is asked for. At 95 per cent a class without
any bad question raises a handful of false alarms, since so many questions are looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import atanh, exp, lgamma, log, log1p, sqrt, tanh
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.99
FEWEST = 20  # learners; of fewer no figure on a whole set and no warning is told


class Interval(NamedTuple):
    """From where to where a figure may lie."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Return whether a value lies in it."""
        return self.low <= value <= self.high


def wilson(share: float, learners: int, level: float = LEVEL) -> Interval | None:
    """Return the interval of a share, or None of nobody.

    For credits between 0 and 1 it is at most too wide, since no figures from 0 to 1 vary more
    than those that are all 0 or 1.
    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927), 209-212.

    Arguments:
        share: from 0 to 1.
        learners: of whom it is the share.
        level: of confidence.

    >>> low, high = wilson(19 / 32, 32)
    >>> round(low, 4), round(high, 4)
    (0.3735, 0.7818)
    """
    if learners < 1:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    by = 1 + z * z / learners
    middle = (share + z * z / (2 * learners)) / by
    off = z / by * sqrt(share * (1 - share) / learners + z * z / (4 * learners * learners))
    return Interval(max(0.0, middle - off), min(1.0, middle + off))


def fisher(correlation: float, pairs: int, level: float = LEVEL) -> Interval | None:
    """Return the interval of a correlation, or None below four pairs.

    Source: R. A. Fisher, On the "probable error" of a coefficient of correlation deduced from a
    small sample, Metron 1 (1921), 3-32.

    Arguments:
        correlation: from -1 to 1.
        pairs: of which it was computed.
        level: of confidence.

    >>> low, high = fisher(0.5, 35)
    >>> round(low, 3), round(high, 3)
    (0.094, 0.764)
    """
    if pairs < 4:
        return None
    if abs(correlation) > 1 - 1e-15:
        return Interval(correlation, correlation)
    off = NormalDist().inv_cdf((1 + level) / 2) / sqrt(pairs - 3)
    middle = atanh(correlation)
    return Interval(tanh(middle - off), tanh(middle + off))


def feldt(alpha: float, items: int, learners: int, level: float = LEVEL) -> Interval | None:
    """Return the interval of Cronbach's alpha, or None below two items or learners.

    Source: L. S. Feldt, D. J. Woodruff and F. A. Salih, Statistical inference for coefficient
    alpha, Applied Psychological Measurement 11 (1987), 93-103.

    Arguments:
        alpha: of one class.
        items, learners: of which it was computed.
        level: of confidence.
    """
    if items < 2 or learners < 2:
        return None
    freedom = learners - 1, (learners - 1) * (items - 1)
    tail = (1 - level) / 2
    low = 1 - (1 - alpha) * f_quantile(1 - tail, *freedom)
    return Interval(low, 1 - (1 - alpha) * f_quantile(tail, *freedom))


@lru_cache(200)
def f_quantile(chance: float, numerator: int, denominator: int) -> float:
    """Return the value that a variable of an F distribution stays below with a chance.

    Arguments:
        chance: above 0 and below 1.
        numerator, denominator: the degrees of freedom.
    """
    one, other = numerator / 2, denominator / 2
    x = _root(lambda x: incomplete_beta(one, other, x) - chance)
    return x * denominator / ((1 - x) * numerator)


def _root(of: Callable[[float], float]) -> float:
    """Return where a function that rises from 0 to 1 is zero, by halving."""
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if of(middle) < 0 else (low, middle)
    return middle


def incomplete_beta(one: float, other: float, x: float) -> float:
    """Return the regularized incomplete beta function, by its continued fraction.

    Source: W. H. Press and others, Numerical Recipes (3rd ed., 2007), ch. 6.4, after J. Lentz,
    Applied Optics 15 (1976), 668-671.

    Arguments:
        one, other: the parameters, above 0.
        x: from 0 to 1.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (one + 1) / (one + other + 2):
        return 1 - incomplete_beta(other, one, 1 - x)
    front = lgamma(one + other) - lgamma(one) - lgamma(other) + one * log(x) + other * log1p(-x)
    return exp(front) / (one * _fraction(one, other, x))


def _fraction(one: float, other: float, x: float) -> float:
    """Return 1 + d1 / (1 + d2 / (1 + ...)), the continued fraction of the incomplete beta."""
    whole = above = 1.0
    below = 0.0
    for step in range(1, 100_000):
        half, odd = divmod(step, 2)
        if odd:
            part = -(one + half) * (one + other + half) * x
            part /= (one + 2 * half) * (one + 2 * half + 1)
        else:
            part = half * (other - half) * x / ((one + 2 * half - 1) * (one + 2 * half))
        below = 1 / ((1 + part * below) or 1e-300)
        above = (1 + part / above) or 1e-300
        whole *= above * below
        if abs(above * below - 1) < 1e-15:
            break
    return whole
