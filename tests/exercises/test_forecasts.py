"""A forecast: how it is scored, when it is closed, and how a percentage is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.exercises.forecasts import brier_score, in_words, is_closed, open_outcomes
from cybernorms.exercises.record import Record


def test_the_brier_score_has_its_known_values() -> None:
    """Prevents a score that rewards the wrong forecast."""
    assert brier_score({"a": 1.0}, {"a": True}) == 0
    assert brier_score({"a": 1.0}, {"a": False}) == 1
    assert brier_score({"a": 0.8, "b": 0.3}, {"a": True, "b": False}) == pytest.approx(0.065)
    for odd in ({}, {"a": 1.5}):
        with pytest.raises(ValueError, match="0 to 1"):
            brier_score(odd, {"a": True})


def test_a_forecast_stays_closed_once_its_outcomes_were_opened(tmp_path: Path) -> None:
    """Prevents forecasts that are mended after the event."""
    record = Record(tmp_path)
    assert not is_closed(record.read(), "a-forecast")
    open_outcomes(record, "a-forecast")
    open_outcomes(record, "a-forecast")
    assert is_closed(Record(tmp_path).read(), "a-forecast")
    assert not is_closed(record.read(), "another")
    assert record.read().attempts("outcomes-opened-a-forecast") == 1


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        (0, "I am certain that it does not come true."),
        (60, "Of ten such statements I expect six to come true."),
        (65, "Of twenty such statements I expect thirteen to come true."),
        (37, "Of a hundred such statements I expect 37 to come true."),
        (0.5, "Of a thousand such statements I expect 5 to come true."),
        (100, "I am certain that it comes true."),
    ],
)
def test_a_percentage_is_said_in_words(percent: float, told: str) -> None:
    """Prevents numbers that a learner writes without knowing what they claim."""
    assert in_words(percent) == told


@pytest.mark.parametrize("percent", [-1, 100.5, float("nan")])
def test_what_is_no_probability_is_not_put_into_words(percent: float) -> None:
    """Prevents a sentence about eleven statements out of ten."""
    with pytest.raises(ValueError, match="0 to 100"):
        in_words(percent)
