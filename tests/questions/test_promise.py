"""The questions of set 07: their points, and keys that the game bears out."""

from __future__ import annotations

import re

import pytest

from cybernorms.analysis.deal_game import Player, balance, equal, holds
from cybernorms.corpus.process import load_lessons
from cybernorms.exercises.kinds import Match, Number, Order, Several
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.pages.game import quiet_of
from cybernorms.pages.game_settings import START, deal_of
from tests.answers import best_answer

SET = next(each for each in load_question_sets() if each.id == "07-will-a-promise-hold")
GRADED = [question for question in SET.questions if question.use == "graded"]
MOVED = {
    "fewer": ("false_names", 0.02),
    "more": ("detection", 0.9),
    "dearer": ("sanction", 5.0),
    "bit": ("sanction", 3.0),
    "patience": ("patience", 0.98),
    "shorter": ("off", 1.0),
    "longer": ("off", 8.0),
}


def test_the_graded_questions_bring_eight_points() -> None:
    """Prevents a gradebook that does not add up to what the lesson promises."""
    lesson = next(each for each in load_lessons() if each.number == "07")
    assert SET.points == lesson.points == 8
    assert sum(question.kind == "written" for question in GRADED) == 1
    assert len({question.kind for question in GRADED}) >= 6


def test_most_questions_are_on_the_promise_and_others_on_evidence_and_on_words() -> None:
    """Prevents an outcome of the course that no set asks for."""
    outcomes = [question.outcome for question in GRADED]
    assert outcomes.count("O8") >= 6
    assert {"O6", "O7"} <= set(outcomes)


def moved(option: str) -> dict[str, float]:
    name, value = MOVED[option]
    return {**START, name: value}


def test_the_changes_that_help_are_those_of_the_model() -> None:
    """Prevents a key that the card of step 6 contradicts."""
    question = find_question("promise-levers")
    assert isinstance(question, Several)
    assert not holds(deal_of(START))
    for option in question.options:
        assert holds(deal_of(moved(option.id))) is (option.verdict != "incorrect"), option.id
        told = re.search(r"about (\d\.\d)", option.reason)
        if told and option.id != "dearer":
            cost = balance(deal_of(moved(option.id))).cost
            assert float(told[1]) == pytest.approx(cost, abs=0.05), option.id
    sanction, peace = re.findall(
        r"\d\.\d", next(e for e in question.options if e.id == "dearer").reason
    )
    found = balance(deal_of(moved("dearer")))
    assert [float(sanction), float(peace)] == pytest.approx([found.sanction, found.peace], abs=0.05)
    assert quiet_of(deal_of(moved("longer")), 100) == 40


def test_what_moves_the_promise_alone_is_keyed_as_the_map_has_it() -> None:
    """Prevents a practice question that the map above it contradicts."""
    question = find_question("promise-two-ends")
    assert isinstance(question, Several)
    verdicts = {option.id: option.verdict for option in question.options}
    assert verdicts == {
        "fewer": "correct", "more": "correct", "dearer": "correct",
        "longer": "defensible", "patience": "incorrect",
    }  # fmt: skip


def test_chances_and_prices_are_computed_right() -> None:
    """Prevents a number that the formula does not give."""
    alarm, price = find_question("promise-false-alarm"), find_question("promise-price")
    assert isinstance(alarm, Number) and isinstance(price, Number)
    assert balance(equal(Player(false_names=0.2))).named == pytest.approx(alarm.answer)
    once = equal(Player(detection=0.7, false_names=0.1, sanction=price.answer), patience=0)
    assert balance(once).cost == pytest.approx(once.one.gain)


def test_rules_are_ordered_by_their_quiet_seasons() -> None:
    """Prevents an order that the dials of step 3 contradict."""
    question = find_question("promise-order")
    assert isinstance(question, Order)
    rules = {
        "free-three": {"sanction": 0.0, "off": 3.0, "patience": 0.9},
        "free-twelve": {"sanction": 0.0, "off": 12.0, "patience": 0.98},
        "dear-three": {"sanction": 5.0, "off": 3.0, "patience": 0.9},
        "dear-one": {"sanction": 5.0, "off": 1.0, "patience": 0.9},
    }
    quiet = {id: quiet_of(deal_of(numbers), 100) for id, numbers in rules.items()}
    assert best_answer(question) == sorted(quiet, key=quiet.__getitem__)
    told = {item.id: item.reason for item in question.items}
    for id, number in quiet.items():
        assert id == "free-three" or re.search(rf"\b{number}\b", told[id]), (id, number)


def test_a_longer_break_costs_more_and_leaves_fewer_quiet_seasons() -> None:
    """Prevents the feedback on the minister from being a guess."""
    costs = [balance(deal_of({**START, "off": off})).cost for off in (3.0, 12.0)]
    assert costs[0] < costs[1]
    dear = {**START, "sanction": 5.0}
    assert [quiet_of(deal_of({**dear, "off": off}), 100) for off in (3.0, 12.0)] == [64, 30]


def test_each_event_moves_the_dial_that_the_key_names() -> None:
    """Prevents a key that has slipped from one category to another."""
    question = find_question("promise-dials")
    assert isinstance(question, Match)
    best = best_answer(question)
    assert best == {
        "order": "cost", "marks": "honest", "sensors": "thief", "meet": "next", "proof": "honest",
    }  # fmt: skip
