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
from tests.cards.messages import at, buttons_of, parts_of, press, said, seen
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
    assert is_closed(Record().read(), QUESTION) and "open" not in buttons_of(score)
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


def test_a_closed_forecast_is_sent_without_outcome_and_cost() -> None:
    """Prevents an outcome that can be read in the page before the forecast is closed."""
    keep_forecast(no_first_use="70", ip_theft_covered="20")
    [drawn] = parts_of(ForecastScore(), "opened")
    assert len(drawn["panels"]) == 6 and "after" not in drawn
    for panel in drawn["panels"]:
        assert set(panel) <= {"title", "text", "marks"}
        assert not any("cost" in mark for mark in panel["marks"])


def test_a_square_costs_what_the_score_says() -> None:
    """Prevents a picture that shows another score than the table."""
    keep_forecast(no_first_use="70", ip_theft_covered="20")
    score = ForecastScore()
    press(score, "open")
    [drawn] = parts_of(score, "opened")
    first, *_ = drawn["panels"]
    assert first["happened"] is False
    assert [(each["who"], each["cost"]) for each in first["marks"]] == [
        ("You", "0.49"),
        ("Newspaper", "0.25"),
        ("The post", "0.56"),
    ]
    assert "Brier score" in drawn["after"]


def test_an_open_forecast_is_open_after_a_restart() -> None:
    """Prevents outcomes from being hidden from a learner who has read them."""
    keep_forecast(no_first_use="70")
    press(ForecastScore(), "open")
    assert "Statement 1" in ForecastScore().text()
