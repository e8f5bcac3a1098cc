"""What guessing brings, by kind: compared with guessers who are made up."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random
from typing import Any

import pytest

from cybernorms.exercises.kinds import KINDS, Choice, Clause, Match, Order, Several
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Question
from tests.factories import made_up

DRAWS = 4_000


def guess(question: Any, random: Random) -> Any:
    """Return a guess: everything on offer is equally likely."""
    match question:
        case Choice():
            return random.choice(question.options).id
        case Several():
            # An empty list would be no answer, so guessers who tick nothing are left out below.
            return [option.id for option in question.options if random.random() < 0.5]
        case Match():
            return {item.id: random.choice(list(question.categories)) for item in question.items}
        case Clause():
            return {part.id: random.choice(part.options).id for part in question.parts}
        case Order():
            return random.sample([item.id for item in question.items], len(question.items))
    return None


GUESSED = [
    question
    for each in load_question_sets()
    for question in each.questions
    if question.points and guess(question, Random(0)) is not None
]


@pytest.mark.parametrize("question", GUESSED, ids=lambda each: each.id)
def test_the_chances_and_the_credit_are_those_of_guessers(question: Question) -> None:
    random = Random(question.id)
    credits, chosen = 0.0, Counter[str]()
    for _ in range(DRAWS):
        result = mark(question, guess(question, random))
        credits += result.credit or 0.0
        chosen.update(result.chosen)
    expected = question.credit_by_guessing()
    assert expected is not None
    assert credits / DRAWS == pytest.approx(expected, abs=0.04)
    for option, chance in question.chances().items():
        assert chosen[option] / DRAWS == pytest.approx(chance, abs=0.04)


def test_guessing_at_boxes_is_worked_out_over_all_ways_to_tick_them() -> None:
    question = made_up("several")
    assert isinstance(question, Several)
    ids = [option.id for option in question.options]
    found = []
    for ticks in product((False, True), repeat=len(ids)):
        given = [id for id, tick in zip(ids, ticks, strict=True) if tick]
        found.append(question.judge(given).credit)
    assert question.credit_by_guessing() == pytest.approx(sum(found) / len(found))


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_a_chance_is_on_offer_and_chances_are_shares(kind: str) -> None:
    question = made_up(kind)
    assert set(question.chances()) <= set(question.offers())
    assert all(0 < chance < 1 for chance in question.chances().values())
    credit = question.credit_by_guessing()
    assert credit is None or 0 < credit < 1


@pytest.mark.parametrize("kind", ["forecast", "number", "value", "written"])
def test_where_there_is_no_end_of_answers_guessing_brings_no_fixed_share(kind: str) -> None:
    assert made_up(kind).credit_by_guessing() is None
