"""Forecasts: kept until the outcomes are opened, then closed, then scored."""

from __future__ import annotations

from collections.abc import Mapping

from cybernorms.exercises.record import History, Record

_OPENED = "outcomes-opened-"
_COUNTS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip


def is_closed(history: History, question: str) -> bool:
    """Return whether the outcomes of a forecast were opened, so that it can no longer change."""
    return history.last(_OPENED + question) is not None


def open_outcomes(record: Record, question: str) -> None:
    """Note that the outcomes of a forecast are open from now on.

    Raises:
        CyberNormsError: it could not be written; the outcomes then stay closed.
    """
    if not is_closed(record.read(), question):
        record.append(_OPENED + question, "", True)


def in_words(percent: float) -> str:
    """Return what a probability says, as a share of many such statements.

    >>> in_words(60)
    'Of ten such statements I expect six to come true.'
    >>> in_words(2.5)
    'Of a thousand such statements I expect 25 to come true.'

    Raises:
        ValueError: it is no probability in per cent, from 0 to 100.
    """
    if not 0 <= percent <= 100:
        raise ValueError("a probability runs from 0 to 100 per cent")
    if percent in (0, 100):
        return f"I am certain that it {'comes' if percent else 'does not come'} true."
    for many, name in ((10, "ten"), (20, "twenty")):
        expected = percent * many / 100
        if expected == int(expected):
            return f"Of {name} such statements I expect {_COUNTS[int(expected)]} to come true."
    many, name = (100, "a hundred") if percent == int(percent) else (1000, "a thousand")
    expected = percent * many / 100
    return f"Of {name} such statements I expect {expected:g} to come true."


def brier_score(probabilities: Mapping[str, float], outcomes: Mapping[str, bool]) -> float:
    """Return the Brier score of a forecast, from 0 (perfect) to 1 (perfectly wrong).

    It is the mean squared difference between the probability given and what happened, 1 or 0; to
    say 50 per cent of everything scores 0.25. Source: G. W. Brier, Verification of Forecasts
    Expressed in Terms of Probability, Monthly Weather Review 78 (1950), 1-3.

    Arguments:
        probabilities: by statement, from 0 to 1.
        outcomes: by statement, whether it came true.

    >>> brier_score({"a": 0.5, "b": 0.5}, {"a": True, "b": False})
    0.25

    Raises:
        ValueError: no statement has both, or a probability is out of range.
    """
    shared = [id for id in probabilities if id in outcomes]
    if not shared or any(not 0 <= probabilities[id] <= 1 for id in shared):
        raise ValueError("a Brier score needs probabilities from 0 to 1 and their outcomes")
    return sum((probabilities[id] - outcomes[id]) ** 2 for id in shared) / len(shared)
