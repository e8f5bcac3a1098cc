"""A forecast."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.exercises.marking import mark
from tests.answers import marked
from tests.factories import made_up


def test_a_forecast_is_complete_or_not() -> None:
    """Prevents a bold or a modest forecast from winning points."""
    for response in ({"returned": 0, "renounced": 100}, {"returned": "30 %", "renounced": "2,5"}):
        result = marked("forecast", response)
        assert (result.credit, result.verdict) == (1, "")
    result = marked("forecast", {"returned": 50, "renounced": ""})
    assert (result.credit, result.verdict) == (0, "")
    assert [each.reason for each in result.feedback] == ["Kept.", "This one still needs a number."]


@pytest.mark.parametrize("percent", [-1, 100.5, "101", "NaN", float("nan"), 10**400, True, [5]])
def test_a_probability_runs_from_nought_to_a_hundred(percent: Any) -> None:
    """Prevents a forecast that the Brier score cannot take."""
    response = {"returned": percent, "renounced": 5}
    assert mark(made_up("forecast"), response).state == "unreadable"
