"""Statistics of a class: how hard each item was, how well it told learners apart, what it drew.

The terms are those of classical test theory. Every figure can be undefined, for want of answers or
of differences between them; it is then None, and never a zero that would look like a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from operator import mul, sub

from cybernorms.exercises.questions import Offer

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


ALPHA_CAVEAT = (
    "Alpha says how far the items rise and fall together in this class, not whether they measure "
    "the right thing. It grows with the number of items, is a lower bound of reliability only "
    "where errors are independent, and is uncertain in a small class "
    "(K. Sijtsma, Psychometrika 74, 2009, 107-120)."
)


def describe_alpha(alpha: float | None, items: int, learners: int) -> str:
    """Return Cronbach's alpha as a sentence, or why there is none."""
    if alpha is not None:
        return f"Cronbach's alpha is {alpha:.2f}, of {items} items and {learners} learners."
    if items < 2:
        return "Cronbach's alpha is undefined: it needs at least two items."
    if learners < 2:
        return "Cronbach's alpha is undefined: it needs at least two learners."
    return "Cronbach's alpha is undefined: all learners have the same total."


@dataclass(frozen=True)
class ItemStatistics:
    """What the answers of a class say about one question.

    `learners` handed the set in, `answered` of them gave an answer that was marked;
    `difficulty` and `discrimination` are None where they are undefined.
    """

    question: str
    learners: int
    answered: int
    difficulty: float | None
    discrimination: float | None


def item_statistics(
    credits: Mapping[str, Credits], points: Mapping[str, float]
) -> list[ItemStatistics]:
    """Return the statistics of each item of a test that one class took.

    Arguments:
        credits: for each item the credit of each learner, from 0 to 1, always in the same order
            of learners; None for who did not answer or was not marked.
        points: what each item can bring.
    """
    gained = {item: _gained(row, points[item]) for item, row in credits.items()}
    totals = [fsum(row) for row in zip(*map(_filled, gained.values()), strict=True)]
    return [
        ItemStatistics(
            question=item,
            learners=len(row),
            answered=len(row) - row.count(None),
            difficulty=difficulty(row),
            discrimination=discrimination(gained[item], totals),
        )
        for item, row in credits.items()
    ]


def alpha_of(credits: Mapping[str, Credits], points: Mapping[str, float]) -> float | None:
    """Return Cronbach's alpha of a test, with 0 for what was not answered.

    Arguments:
        credits, points: as for `item_statistics`.
    """
    columns = [_filled(_gained(row, points[item])) for item, row in credits.items()]
    return cronbach_alpha(list(zip(*columns, strict=True)))


def _gained(credits: Credits, points: float) -> Credits:
    if points == 1:
        return credits
    return [None if each is None else each * points for each in credits]


def _filled(row: Credits) -> list[float]:
    """Return a row with 0 for what was not answered."""
    return [each or 0.0 for each in row]


@dataclass(frozen=True)
class OptionCount:
    """How often something on offer was chosen: `count` of `answered` learners chose it."""

    question: str
    offer: Offer
    count: int
    answered: int

    @property
    def share(self) -> float:
        """Return the share of those who answered that chose this."""
        return self.count / self.answered if self.answered else 0.0


def most_drawn(counts: Sequence[OptionCount], most: int = 3) -> list[OptionCount]:
    """Return the wrong options that drew the largest shares, at most one of each question.

    They are what to teach again: each is a misconception with the reason that answers it.

    Arguments:
        counts: of all questions of a class.
        most: how many to return.
    """
    wrong = [each for each in counts if each.offer.verdict == "incorrect" and each.count]
    found: dict[str, OptionCount] = {}
    for each in sorted(wrong, key=lambda each: (-each.share, -each.count)):
        found.setdefault(each.question, each)
    return list(found.values())[:most]


def normalised_gain(before: float, after: float) -> float | None:
    """Return what was gained of what could be gained, or None where all was right before.

    Source: R. R. Hake, Interactive-engagement versus traditional methods, American Journal of
    Physics 66 (1998), 64-74.

    Arguments:
        before, after: shares from 0 to 1.

    >>> normalised_gain(0.25, 0.75)
    0.6666666666666666
    """
    return None if before > 1 - ALIKE else (after - before) / (1 - before)


GAIN_CAVEAT = (
    "The same questions were asked before and after, of the same learners, and nobody was taught "
    "otherwise for comparison: some of the gain is practice, and learners who left are not in it. "
    "The normalised gain favours classes that knew much to begin with, and means little where few "
    "were wrong before."
)


@dataclass(frozen=True)
class Gain:
    """What became of one question between the first lesson and the end of the course.

    `learners` answered it both times; `before` and `after` are the shares of them with full
    credit; the shares and the gain are None where they are undefined.
    """

    question: str
    learners: int
    before: float | None
    after: float | None
    normalised: float | None


def gain(question: str, before: Credits, after: Credits) -> Gain:
    """Return the gain of a class on one question.

    Arguments:
        question: its id.
        before, after: the credit of each learner, in the same order; None for who did not answer.
    """
    both = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if one is not None and other is not None
    ]
    right_before = mean([float(one > 1 - 1e-9) for one, _ in both])
    right_after = mean([float(other > 1 - 1e-9) for _, other in both])
    normalised = None
    if right_before is not None and right_after is not None:
        normalised = normalised_gain(right_before, right_after)
    return Gain(question, len(both), right_before, right_after, normalised)
