"""What became of the first questions between the first lesson and the end of a course."""

from __future__ import annotations

from dataclasses import dataclass

from cybernorms.classroom.scoring.item_statistics import ALIKE, Credits, mean


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
