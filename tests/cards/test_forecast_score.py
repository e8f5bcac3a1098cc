"""Outcomes are told on request, once the forecast is closed."""

from __future__ import annotations

import pytest

from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.widgets.scored_forecast import ForecastScore
from tests.texts import one_line
from tests.widgets.keeping import cannot_write, keep_forecast


def test_no_outcome_is_told_before_the_button_is_pressed() -> None:
    """Prevents the forecast from being read beside what happened."""
    keep_forecast(no_first_use="70")
    shown = one_line(ForecastScore().text())
    assert "70 per cent" in shown
    for each in load_forecasts(lesson=EVERYTHING):
        assert one_line(each.outcome_text) not in shown


def test_opening_the_outcomes_closes_the_forecast_first() -> None:
    keep_forecast(no_first_use="70", ip_theft_covered="20")
    score = ForecastScore()
    assert not is_closed(Record().read(), QUESTION)
    score.submit()
    assert is_closed(Record().read(), QUESTION) and score.reveal.disabled
    assert "Brier score: 0.57" in one_line(score.text())


def test_a_forecast_that_cannot_be_closed_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents outcomes that are seen while the forecast can still be changed."""
    score = ForecastScore()
    cannot_write(monkeypatch)
    score.submit()
    assert "the disk is full" in score._status.value and not score.opened
    assert "Scores" not in score._page.value


def test_without_a_forecast_the_way_to_one_is_told_and_the_outcomes_can_still_be_opened() -> None:
    score = ForecastScore()
    assert "Lesson 01 has the form" in one_line(score.text())
    score.submit()
    text = one_line(score.text())
    assert "You kept no forecast" in text and "The post: Statements: 3" in text
    assert "- You:" not in text


def test_an_open_forecast_is_open_after_a_restart() -> None:
    keep_forecast(no_first_use="70")
    ForecastScore().submit()
    assert "Statement 1" in ForecastScore().text()
