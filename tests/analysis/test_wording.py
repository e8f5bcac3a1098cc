"""What changed between two wordings, and what a forecast is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.analysis.wording import changes
from cybernorms.exercises.forecasts import brier_score, is_closed, open_outcomes
from cybernorms.exercises.record import Record


def test_a_lost_not_is_found() -> None:
    """Prevents the change that matters most from being shown as no change."""
    pieces = changes(
        "that it will not be the first to use it", "that it will be the first to use it"
    )
    assert [text.strip() for text, what in pieces if what == "lost"] == ["not"]
    assert not [text for text, what in pieces if what == "added"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("could become", "will most likely become"), ("", "a word"), ("a word", ""), ("", "")],
)
def test_both_wordings_can_be_put_together_again(before: str, after: str) -> None:
    """Prevents words from being lost by the comparison itself."""
    pieces = changes(before, after)
    assert "".join(text for text, what in pieces if what != "lost") == after
    old = "".join(text for text, what in pieces if what != "added")
    assert old.casefold() == before.casefold()


def test_case_alone_is_no_change() -> None:
    """Prevents the beginning of a sentence from looking like a change."""
    assert [what for _, what in changes("States should", "states should")] == ["kept"]


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
