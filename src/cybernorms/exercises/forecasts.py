"""Forecasts: kept until the outcomes are opened, then closed, then scored."""

from __future__ import annotations

from collections.abc import Mapping

from cybernorms.exercises.record import History, Record

_OPENED = "outcomes-opened-"


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
