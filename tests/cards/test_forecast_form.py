"""The forecast of lesson 01: said in words, kept, and closed once the outcomes are open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cybernorms import show_forecast
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecasts import in_words, open_outcomes
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION, explained
from cybernorms.widgets.forecast_form import ForecastForm
from cybernorms.widgets.form import CLOSED, ask

FORECAST: Any = find_question(QUESTION)

SIXTY = {statement.id: "60" for statement in FORECAST.statements}


def fill(form: ForecastForm, percents: dict[str, str]) -> None:
    for id, typed in percents.items():
        form._inputs._fields[id].value = typed


def kept() -> Any:
    last = Record().read().last(QUESTION)
    return last and last.response


# The statements


def test_no_outcome_is_told_with_the_forecast() -> None:
    """Prevents an end that is read before it is forecast."""
    form = ForecastForm(FORECAST)
    fill(form, SIXTY)
    form.submit()
    shown = " ".join((form.text(), form._feedback.value, form._status.value))
    for each in load_forecasts(lesson=EVERYTHING):
        assert each.outcome_text not in " ".join(shown.split())


# Percentages in words


def test_words_follow_what_is_typed() -> None:
    """Prevents words that belong to another number."""
    form = ForecastForm(FORECAST)
    words = form._inputs._words["no-first-use"]
    for typed, told in (
        ("60", "expect six"),
        ("7,5 %", "expect 75"),
        ("likely", "Write a number from 0 to 100."),
        ("120", "Write a number from 0 to 100."),
    ):
        fill(form, {"no-first-use": typed})
        assert told in words.value
    fill(form, {"no-first-use": ""})
    assert words.value == ""


def test_the_form_says_what_percentages_mean_and_offers_all_statements_as_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prevents a form for those alone who know what a percentage claims."""
    form = ForecastForm(FORECAST)
    assert to_html(explained()) in form.static_html()
    assert to_html(form.blocks()) in form.static_html()
    show_forecast(text=True)
    printed = " ".join(capsys.readouterr().out.split())
    assert printed == " ".join(to_text(form.blocks()).split())
    for each in FORECAST.statements:
        assert each.text in printed
    assert in_words(70) in printed


# Kept, and closed


def test_a_forecast_is_kept_and_filled_in_again_with_its_words() -> None:
    """Prevents a forecast that has to be made twice."""
    form = ForecastForm(FORECAST)
    fill(form, SIXTY)
    form.submit()
    assert kept() == SIXTY
    again = ForecastForm(FORECAST)
    assert again._inputs.get() == SIXTY
    assert "expect six" in again._inputs._words["no-first-use"].value


def test_a_kept_number_follows_its_statement_without_a_full_stop_between() -> None:
    """Prevents “in peacetime.: 60 per cent”."""
    told = mark(FORECAST, SIXTY).feedback
    assert not [each.label for each in told if each.label.endswith(".")]


def test_a_forecast_may_change_until_the_outcomes_are_opened() -> None:
    """Prevents a form that closes at the first try."""
    form = ForecastForm(FORECAST)
    fill(form, SIXTY)
    form.submit()
    fill(form, {"no-first-use": "10"})
    form.submit()
    assert kept()["no-first-use"] == "10"


def test_a_forecast_cannot_be_changed_after_the_reveal() -> None:
    """Prevents a forecast that is mended once the end is known, by any way in."""
    open_form = ForecastForm(FORECAST)
    fill(open_form, SIXTY)
    open_form.submit()
    open_outcomes(Record(), QUESTION)
    fill(open_form, {"no-first-use": "0"})
    assert open_form.submit() is None
    assert CLOSED in open_form._status.value
    again = ForecastForm(FORECAST)
    assert again._check.disabled and CLOSED in again._status.value
    assert again.submit() is None
    with pytest.raises(CyberNormsError, match="closed"):
        ask(QUESTION, answer=dict.fromkeys(SIXTY, 0))
    assert kept() == SIXTY
    assert Record().read().attempts(QUESTION) == 1


def test_what_cannot_be_saved_is_told_and_stays_in_the_form(tmp_path: Path) -> None:
    """Prevents six numbers from being lost with the disk."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    form = ForecastForm(FORECAST, Record(blocked / "work"))
    fill(form, SIXTY)
    assert form.submit() is None
    assert "Not saved" in form._status.value and form._inputs.get() == SIXTY
