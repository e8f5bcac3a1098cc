"""Points in steps: by what to multiply those of a set for a system without smaller parts."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

Weight = tuple[float, int]
"""The points of a question, and of how many equal parts it is made in the other system."""


def in_steps(points: float, step: float) -> float:
    """Return the nearest multiple of a step above zero.

    >>> in_steps(1.3, 0.5), in_steps(0.1, 0.5), in_steps(2.5, 1)
    (1.5, 0.5, 3)
    """
    return max(step, floor(points / step + 0.5) * step)


def factor_of(weights: Sequence[Weight], *, step: float, most: int, near: float = 0.0) -> int:
    """Return by what to multiply all points of a set so that its questions keep their weight.

    A question of one point that is made of six parts would else bring six steps.

    Arguments:
        weights: of the questions whose parts have points in steps.
        step: the smallest number of points, of which all others are multiples.
        most: the largest factor that may be taken.
        near: how far from its weight a question may be, as a part of it.

    Returns:
        The smallest factor that brings each question as near to its weight as `near` says, or else
        the one that comes nearest.
    """

    def off(factor: int) -> float:
        return max(
            (
                abs(parts * in_steps(points * factor / parts, step) / (points * factor) - 1)
                for points, parts in weights
            ),
            default=0.0,
        )

    factors = range(1, most + 1)
    return next((each for each in factors if off(each) <= near + 1e-9), None) or min(
        factors, key=off
    )
