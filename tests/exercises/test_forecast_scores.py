"""What a forecast is worth: small cases whose score can be told by hand."""

from __future__ import annotations

import pytest

from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.forecast_scores import (
    base_rate,
    forecasts_of_2015,
    score_board,
    score_of,
)


def test_certainty_that_was_right_costs_nothing_and_certainty_that_was_wrong_costs_all() -> None:
    statements = load_forecasts(lesson=EVERYTHING)
    right = {each.id: float(each.outcome) for each in statements}
    wrong = {each.id: 1 - float(each.outcome) for each in statements}
    assert score_of("You", right, statements).score == 0
    assert score_of("You", wrong, statements).score == 1


def test_half_for_all_scores_a_quarter_whatever_happened() -> None:
    board = {each.maker: each for each in score_board({}, load_forecasts(lesson=EVERYTHING))}
    assert board["50 per cent for all"].score == 0.25


def test_two_of_six_came_true_and_the_base_rate_beats_half() -> None:
    statements = load_forecasts(lesson=EVERYTHING)
    assert base_rate(statements) == pytest.approx(1 / 3)
    board = {each.maker: each for each in score_board({}, statements)}
    assert board["The base rate for all"].score == pytest.approx(2 / 9)


def test_somebody_who_forecast_three_statements_is_scored_on_three() -> None:
    post = forecasts_of_2015(load_forecasts(lesson=EVERYTHING))["The post"]
    found = score_of("The post", post, load_forecasts(lesson=EVERYTHING))
    assert len(found.errors) == len(post) == 3
    assert found.score == pytest.approx(sum(found.errors.values()) / 3)


def test_the_learner_is_on_the_board_only_with_a_forecast() -> None:
    assert "You" not in {each.maker for each in score_board({}, load_forecasts(lesson=EVERYTHING))}
    board = score_board({"ip-theft-covered": 0.9}, load_forecasts(lesson=EVERYTHING))
    assert board[0].maker == "You" and board[0].score == pytest.approx(0.01)


def test_a_probability_out_of_range_is_turned_away() -> None:
    with pytest.raises(ValueError):
        score_of("You", {"ip-theft-covered": 1.2}, load_forecasts(lesson=EVERYTHING))
