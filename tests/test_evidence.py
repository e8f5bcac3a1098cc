"""Weighing evidence and scoring forecasts: small cases whose result can be told by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from cybernorms.analysis.evidence import (
    STEPS,
    Weighing,
    apart_from,
    leaders,
    odds_in_words,
    same_fall,
    scores,
    what_would_change,
)
from cybernorms.corpus.commitments import load_adopters, load_elements, load_meetings
from cybernorms.corpus.evidence import (
    BEARINGS,
    Bearing,
    load_bearings,
    load_evidence,
    load_explanations,
)
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecast_scores import (
    base_rate,
    forecasts_of_2015,
    score_board,
    score_of,
)
from tests.factories import path_of


def bearing(item: str, explanation: str, weight: str) -> Bearing:
    some = load_bearings(lesson=EVERYTHING)[0]
    return replace(some, evidence=item, explanation=explanation, weight=weight)


TWO = [
    bearing("early", "deal", "strongly for"),
    bearing("early", "stealth", "for"),
    bearing("late", "deal", "against"),
    bearing("late", "stealth", "for"),
]
APART = {"early": "firm", "late": "agency"}
TOGETHER = {"early": "firm", "late": "firm"}


# The sum


def test_an_item_moves_an_explanation_by_its_steps_times_its_weight() -> None:
    assert scores(TWO, APART, Weighing({"early": 1}, {})) == {"deal": 2.0, "stealth": 1.0}
    assert scores(TWO, APART, Weighing({"early": 0.5}, {})) == {"deal": 1.0, "stealth": 0.5}


def test_an_item_without_a_weight_counts_nothing() -> None:
    assert scores(TWO, APART, Weighing({}, {})) == {"deal": 0.0, "stealth": 0.0}


def test_an_explanation_starts_where_the_reader_puts_it() -> None:
    found = scores(TWO, APART, Weighing({"late": 1}, {"deal": 2}))
    assert found == {"deal": 1.0, "stealth": 1.0}


def test_every_word_for_a_bearing_has_its_steps_and_opposites_cancel() -> None:
    assert set(STEPS) == set(BEARINGS)
    assert sum(STEPS.values()) == 0


def test_items_of_one_observer_count_as_their_mean() -> None:
    both = Weighing({"early": 1, "late": 1}, {}, once_each=True)
    assert scores(TWO, TOGETHER, both) == {"deal": 0.5, "stealth": 1.0}
    assert scores(TWO, APART, both) == {"deal": 1.0, "stealth": 2.0}


def test_an_item_that_is_silent_takes_nothing_from_the_others_of_its_observer() -> None:
    """Prevents a neutral item from halving what its observer has seen."""
    silent = [*TWO, bearing("silent", "deal", "neutral")]
    families = TOGETHER | {"silent": "firm"}
    with_it = Weighing({"early": 1, "silent": 1}, {}, once_each=True)
    assert scores(silent, families, with_it)["deal"] == 2.0


def test_an_item_that_speaks_alike_for_all_changes_no_order() -> None:
    alike = [*TWO, bearing("alike", "deal", "for"), bearing("alike", "stealth", "for")]
    families = APART | {"alike": "press"}
    before = scores(alike, families, Weighing({"early": 1}, {}))
    after = scores(alike, families, Weighing({"early": 1, "alike": 2}, {}))
    assert {id: after[id] - before[id] for id in before} == {"deal": 2.0, "stealth": 2.0}


def test_explanations_that_are_level_lead_together() -> None:
    assert leaders({"deal": 1.0, "stealth": 1.0, "reform": 0.5}) == {"deal", "stealth"}


def test_the_one_item_that_decides_is_named_with_what_would_follow() -> None:
    found = what_would_change(TWO, APART, Weighing({"early": 1, "late": 1}, {"deal": 1.5}))
    told = {(each.evidence, each.deed): each.leaders for each in found}
    assert told == {
        ("early", "removed"): {"stealth"},
        ("late", "doubled"): {"stealth"},
    }


def test_an_item_that_counts_nothing_is_not_named() -> None:
    found = what_would_change(TWO, APART, Weighing({"early": 1, "late": 0}, {}))
    assert {each.evidence for each in found} == {"early"}


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (0.4, "about even"),
        (-1, "slightly against"),
        (2, "about 2 to 1 for"),
        (-6, "about 8 to 1 against"),
        (40, "above 30 to 1 for"),
    ],
)
def test_odds_are_told_without_false_precision(steps: float, told: str) -> None:
    assert odds_in_words(steps) == told


# What a fall can show


def test_restraint_and_stealth_give_the_same_fall() -> None:
    stories = same_fall(60, 5, 0.5)
    assert [round(each.seen_before, 6) for each in stories] == [60] * 3
    assert [round(each.seen_after, 6) for each in stories] == [5] * 3
    restraint, stealth, _ = stories
    assert restraint.done_after < restraint.done_before
    assert stealth.done_after == stealth.done_before


@pytest.mark.parametrize(("before", "after", "share"), [(60, 5, 0), (60, 5, 1.1), (0, 5, 0.5)])
def test_impossible_shares_and_numbers_are_turned_away(
    before: float, after: float, share: float
) -> None:
    with pytest.raises(ValueError):
        same_fall(before, after, share)


# Forecasts


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


# The readers


def test_the_readers_give_all_rows_in_order() -> None:
    for load in (load_evidence, load_explanations, load_elements, load_adopters):
        positions = [each.position for each in load(lesson=EVERYTHING)]  # type: ignore[attr-defined]
        assert positions == list(range(1, len(positions) + 1))
    dates = [each.date for each in load_meetings(lesson=EVERYTHING)]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("table", "before", "after", "load", "field"),
    [
        ("evidence", ",lower bound,", ",at least,", load_evidence, "figure_kind"),
        ("evidence", ",after the deal,", ",later,", load_evidence, "about"),
        ("evidence_explanations", ",strongly for,", ",very much for,", load_bearings, "weight"),
        ("adopters", ",undertaking,", ",promise,", load_adopters, "kind"),
        ("elements", ",left out,", ",dropped,", load_elements, "fate"),
        ("meetings", ",scheduled,", ",planned,", load_meetings, "outcome"),
    ],
)
def test_a_word_that_is_not_known_is_named_with_file_and_field(
    table: str,
    before: str,
    after: str,
    load: Callable[..., object],
    field: str,
    folder: Path,
) -> None:
    path = path_of(folder, table)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CyberNormsError) as raised:
        load(lesson=EVERYTHING)
    assert f"{table}.csv" in str(raised.value) and field in str(raised.value)


def test_a_second_coder_is_read_apart_from_the_first() -> None:
    """Prevents a second pass from being added to the first in every sum."""
    first, second = load_bearings(lesson=EVERYTHING), load_bearings(lesson=EVERYTHING, coder="B")
    assert {each.coder for each in first} == {"A"} and {each.coder for each in second} == {"B"}
    assert len(first) == len(second) > 0


def test_a_judgement_differs_from_another_on_the_same_pair_only() -> None:
    one = bearing("early", "deal", "for")
    others = [
        bearing("early", "deal", "for"),
        bearing("early", "deal", "against"),
        bearing("early", "stealth", "against"),
        bearing("late", "deal", "against"),
    ]
    assert apart_from(one, others) == [others[1]]
