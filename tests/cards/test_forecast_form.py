"""The forecast of lesson 01: said in words, kept, and closed once the outcomes are open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cybernorms import show_forecast
from cybernorms.cards.forecast_form import ForecastForm
from cybernorms.cards.form import CLOSED
from cybernorms.cards.page import page_html
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecasts import in_words, open_outcomes
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION, explained
from cybernorms.widgets.asking import ask
from tests.cards.messages import answer_of, at, buttons_of, check, flat, parts_of, said, seen

FORECAST: Any = find_question(QUESTION)
SIXTY = {statement.id: "60" for statement in FORECAST.statements}


def kept() -> Any:
    last = Record().read().last(QUESTION)
    return last and last.response


# The statements


def test_no_outcome_is_told_with_the_forecast() -> None:
    """Prevents an end that is read before it is forecast."""
    form = ForecastForm(FORECAST)
    check(form, SIXTY)
    shown = f"{form.text()} {seen(form)}"
    for each in load_forecasts(lesson=EVERYTHING):
        assert each.outcome_text not in " ".join(shown.split())


# Percentages in words


def test_every_whole_percentage_has_its_words() -> None:
    """Prevents words that belong to another number; the front end looks them up by it."""
    [asked] = parts_of(ForecastForm(FORECAST), "ask")
    words = asked["control"]["words"]
    assert words == [in_words(percent) for percent in range(101)]
    assert "expect six" in words[60]


@pytest.mark.parametrize("typed", ["likely", "120", "-1"])
def test_what_is_no_percentage_is_refused_and_stays_in_the_form(typed: str) -> None:
    """Prevents a forecast that nobody can score."""
    form = ForecastForm(FORECAST)
    check(form, {**SIXTY, "no-first-use": typed})
    assert at(form) == "problem" and kept() is None
    assert answer_of(form)["no-first-use"] == typed


def test_a_percentage_may_have_a_comma_and_a_sign() -> None:
    """Prevents a form that wants numbers typed as in one country."""
    form = ForecastForm(FORECAST)
    check(form, {**SIXTY, "no-first-use": "7,5 %"})
    assert at(form) == "saved" and kept()["no-first-use"] == "7,5 %"
    assert mark(FORECAST, kept()).state == "marked"


def test_the_form_says_what_percentages_mean_and_offers_all_statements_as_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prevents a form for those alone who know what a percentage claims."""
    form = ForecastForm(FORECAST)
    assert flat(to_html(explained())) in flat(to_html(form.blocks()))
    assert flat(page_html(explained())) in seen(form)
    show_forecast(text=True)
    printed = " ".join(capsys.readouterr().out.split())
    assert printed == " ".join(to_text(form.blocks()).split())
    for each in FORECAST.statements:
        assert each.text in printed
    assert in_words(70) in printed


# Kept, and closed


def test_a_forecast_is_kept_and_filled_in_again() -> None:
    """Prevents a forecast that has to be made twice."""
    check(ForecastForm(FORECAST), SIXTY)
    assert kept() == SIXTY
    assert answer_of(ForecastForm(FORECAST)) == SIXTY


def test_a_kept_number_follows_its_statement_without_a_full_stop_between() -> None:
    """Prevents “in peacetime.: 60 per cent”."""
    told = mark(FORECAST, SIXTY).feedback
    assert told and not [each.label for each in told if each.label.endswith(".")]


def test_a_forecast_may_change_until_the_outcomes_are_opened() -> None:
    """Prevents a form that closes at the first try."""
    form = ForecastForm(FORECAST)
    check(form, SIXTY)
    assert form.describe().get("state", "open") == "open"
    check(form, {**SIXTY, "no-first-use": "10"})
    assert kept()["no-first-use"] == "10"


def test_a_forecast_cannot_be_changed_after_the_reveal() -> None:
    """Prevents a forecast that is mended once the end is known, by any way in."""
    open_form = ForecastForm(FORECAST)
    check(open_form, SIXTY)
    open_outcomes(Record(), QUESTION)
    described = check(open_form, {**SIXTY, "no-first-use": "0"})
    assert CLOSED in said(open_form) and not described["reply"].get("saved")
    again = ForecastForm(FORECAST)
    assert again.describe()["state"] == "closed" and buttons_of(again)["check"]["off"]
    assert CLOSED in said(again) and answer_of(again) == SIXTY
    check(again, {**SIXTY, "no-first-use": "0"})
    with pytest.raises(CyberNormsError, match="closed"):
        ask(QUESTION, answer=dict.fromkeys(SIXTY, 0))
    assert kept() == SIXTY
    assert Record().read().attempts(QUESTION) == 1


def test_what_cannot_be_saved_is_told_and_stays_in_the_form(tmp_path: Path) -> None:
    """Prevents six numbers from being lost with the disk."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    form = ForecastForm(FORECAST, Record(blocked / "work"))
    check(form, SIXTY)
    assert "Not saved" in said(form) and at(form) == "problem" and answer_of(form) == SIXTY
