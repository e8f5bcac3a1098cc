"""Outcomes are told on request, once the forecast is closed."""

from __future__ import annotations

import pytest

from cybernorms.cards.forecast_score import ForecastScore
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from tests.cards.keeping import cannot_write, keep_forecast
from tests.cards.messages import at, buttons_of, press, said, seen
from tests.texts import one_line


def test_no_outcome_is_told_before_the_button_is_pressed() -> None:
    """Prevents the forecast from being read beside what happened."""
    keep_forecast(no_first_use="70")
    score = ForecastScore()
    shown = f"{one_line(score.text())} {seen(score)}"
    assert "70 per cent" in shown and not score.describe().get("answered")
    for each in load_forecasts(lesson=EVERYTHING):
        assert one_line(each.outcome_text) not in shown


def test_opening_the_outcomes_closes_the_forecast_first() -> None:
    """Prevents a score for a forecast that can still be mended."""
    keep_forecast(no_first_use="70", ip_theft_covered="20")
    score = ForecastScore()
    assert not is_closed(Record().read(), QUESTION) and not buttons_of(score)["open"].get("off")
    assert press(score, "open")["answered"]
    assert is_closed(Record().read(), QUESTION) and buttons_of(score)["open"]["off"]
    assert "Brier score: 0.57" in one_line(score.text()) and "0.57" in seen(score)
    assert said(score) == "The outcomes are open."


def test_a_forecast_that_cannot_be_closed_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents outcomes that are seen while the forecast can still be changed."""
    score = ForecastScore()
    cannot_write(monkeypatch)
    described = press(score, "open")
    assert "the disk is full" in said(score) and at(score) == "problem"
    assert not described.get("answered") and "Scores" not in seen(score)


def test_without_a_forecast_the_way_to_one_is_told_and_the_outcomes_can_still_be_opened() -> None:
    """Prevents a dead end for a learner who made no forecast."""
    score = ForecastScore()
    assert "Lesson 01 has the form" in one_line(score.text())
    press(score, "open")
    text = one_line(score.text())
    assert "You kept no forecast" in text and "The post: Statements: 3" in text
    assert "- You:" not in text


def test_an_open_forecast_is_open_after_a_restart() -> None:
    """Prevents outcomes from being hidden from a learner who has read them."""
    keep_forecast(no_first_use="70")
    press(ForecastScore(), "open")
    assert "Statement 1" in ForecastScore().text()
