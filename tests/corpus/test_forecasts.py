"""The readers of statements and forecasts, and what they say of a table that was spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from tests.corpus.spoiling import refusal, spoil


def test_outcomes_of_statements_are_true_or_false() -> None:
    """Prevents a statement that counts as true because its cell says "no"."""
    outcomes = {each.id: each.outcome for each in load_forecasts(lesson=EVERYTHING)}
    assert outcomes == {
        "no-first-use": False,
        "welcomes-un-norms": True,
        "arms-control-agreement": False,
        "ip-theft-covered": True,
        "government-espionage-covered": False,
        "leaves-multistakeholder": False,
    }


@pytest.mark.parametrize("probability", ["1.2", "-0.1", "75 %", "nan", ""])
def test_a_number_that_is_no_probability_is_refused(folder: Path, probability: str) -> None:
    """Prevents a score that is better than perfect."""
    spoil(folder, "forecasters", 1, probability=probability)
    assert "probability" in str(refusal(load_forecasts, lesson=EVERYTHING))


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("forecasts", {"outcome": "perhaps"}),
        ("forecasts", {"outcome_source": "nothing"}),
        ("forecasts", {"outcome_status": "certain"}),
        ("forecasters", {"forecast": "nothing"}),
        ("forecasters", {"quotation": "nothing"}),
    ],
)
def test_a_forecast_that_cannot_be_right_is_refused(
    folder: Path, table: str, values: dict[str, str]
) -> None:
    """Prevents a comparison with a forecast that nobody made."""
    spoil(folder, table, 1, **values)
    assert f"{next(iter(values))!r}" in str(refusal(load_forecasts, lesson=EVERYTHING))
