"""Weighing evidence: small cases whose result can be told by hand."""

from __future__ import annotations

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
from cybernorms.corpus.evidence import (
    BEARINGS,
    Bearing,
    load_bearings,
)
from cybernorms.corpus.lessons import EVERYTHING


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


# The readers


def test_a_judgement_differs_from_another_on_the_same_pair_only() -> None:
    one = bearing("early", "deal", "for")
    others = [
        bearing("early", "deal", "for"),
        bearing("early", "deal", "against"),
        bearing("early", "stealth", "against"),
        bearing("late", "deal", "against"),
    ]
    assert apart_from(one, others) == [others[1]]
