"""The forecast as a question: its statements, and that it brings no points."""

from __future__ import annotations

from typing import Any

from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.question_files import find_question
from cybernorms.pages.forecast import QUESTION

FORECAST: Any = find_question(QUESTION)


def test_the_statements_are_those_of_the_table_with_the_day_in_the_prompt() -> None:
    """Prevents a forecast of one statement that is scored by the outcome of another."""
    table = {each.id: each.statement for each in load_forecasts(lesson=EVERYTHING)}
    assert [each.id for each in FORECAST.statements] == list(table)
    assert "by 30 September 2015" in FORECAST.prompt
    for each in FORECAST.statements:
        start = "By 30 September 2015 "
        assert table[each.id] == f"{start}{each.text[0].lower()}{each.text[1:]}"


def test_the_forecast_brings_no_points() -> None:
    """Prevents a learner from playing safe for the sake of a mark."""
    assert (FORECAST.use, FORECAST.points, FORECAST.outcome) == ("practice", 0, "O6")
