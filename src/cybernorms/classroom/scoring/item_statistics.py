"""The figures of classical test theory: difficulty, discrimination and alpha.

Each of them can be undefined, for want of answers or of differences between them; it is then None,
and never a zero that would look like a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from operator import mul, sub

Credits = Sequence[float | None]
ALIKE = 1e-12  # Below this, differences are those of rounding.


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, or None of nothing.

    >>> mean([1, 2, 6])
    3.0
    """
    return fsum(values) / len(values) if values else None


def difficulty(credits: Credits) -> float | None:
    """Return the difficulty of an item: the mean credit of those who answered it.

    It runs from 0 to 1, and a high figure means an easy item. Where all credits are 0 or 1 it is
    the share of right answers.
    Source: F. M. Lord and M. R. Novick, Statistical Theories of Mental Test Scores (1968), ch. 15.

    Arguments:
        credits: from 0 to 1, or None for who did not answer.
    """
    return mean([credit for credit in credits if credit is not None])


def sum_of_products(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return the sum of the products of pairs."""
    return float(sum(map(mul, ones, others)))


def correlation(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Return Pearson's correlation, or None below two pairs or where one side does not vary.

    Raises:
        ValueError: the two are not of the same length.
    """
    if len(ones) != len(others):
        raise ValueError(f"{len(ones)} values cannot be paired with {len(others)}")
    if len(ones) < 2:
        return None
    middle, other_middle = fsum(ones) / len(ones), fsum(others) / len(others)
    off = [one - middle for one in ones]
    other_off = [other - other_middle for other in others]
    spread = sum_of_products(off, off)
    other_spread = sum_of_products(other_off, other_off)
    if spread < ALIKE or other_spread < ALIKE:
        return None
    together = sum_of_products(off, other_off)
    return max(-1.0, min(1.0, together / sqrt(spread * other_spread)))


def discrimination(points: Credits, totals: Sequence[float]) -> float | None:
    """Return how well an item tells learners apart: the corrected item-total correlation.

    It is the correlation of the points on the item with the points on all other items. The item
    is taken out of the total, for else it would be correlated with itself.
    Source: S. Henrysson, Correction of item-total correlations in item analysis, Psychometrika 28
    (1963), 211-218.

    Arguments:
        points: on this item, or None for who did not answer it; those are left out.
        totals: of the same learners on all items, this one included.
    """
    pairs = [(one, total) for one, total in zip(points, totals, strict=True) if one is not None]
    ones, of_all = zip(*pairs, strict=True) if pairs else ((), ())
    return correlation(ones, list(map(sub, of_all, ones)))


def variance(values: Sequence[float]) -> float:
    """Return the sample variance, of two values or more."""
    middle = fsum(values) / len(values)
    off = [value - middle for value in values]
    return sum_of_products(off, off) / (len(values) - 1)


def cronbach_alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha: k / (k - 1) x (1 - sum of item variances / variance of totals).

    It is None below two items or two learners, and where all totals are the same. It can be
    negative. With items that are right or wrong it is the same as Kuder and Richardson's KR-20.
    Source: L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16
    (1951), 297-334.

    Arguments:
        rows: one for each learner, with the points on each item; 0 for what was not answered.

    Raises:
        ValueError: the rows are not of the same length.
    """
    items = list(zip(*rows, strict=True))
    if len(items) < 2 or len(rows) < 2:
        return None
    of_totals = variance([fsum(row) for row in rows])
    if of_totals < ALIKE:
        return None
    of_items = fsum(variance(item) for item in items)
    return len(items) / (len(items) - 1) * (1 - of_items / of_totals)
