"""Every kind of question can be answered with a pen, and says nothing of its key."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.exercises.kinds import KINDS, Order
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.kit.on_paper import ON_PAPER, mixed, on_paper
from cybernorms.kit.paper import Grid, Vote

QUESTIONS = [one for each in load_question_sets() for one in each.questions]


def test_every_kind_has_a_form_on_paper() -> None:
    """Prevents a tenth kind from being left out of class sheets and exams in silence."""
    assert set(ON_PAPER) == set(KINDS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_has_its_prompt_and_room_for_an_answer(kind: str) -> None:
    question = next(each for each in QUESTIONS if each.kind == kind)
    blocks = on_paper(question, "a")
    if kind == "value":  # what is computed isn't asked for on paper
        assert not blocks
        return
    head = blocks[0]
    assert isinstance(head, Vote) and head.prompt == question.prompt
    assert head.options or len(blocks) > 1


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS if isinstance(each, Order)], ids=lambda each: each.id
)
def test_what_is_to_be_put_in_order_does_not_stand_in_it(question: Question) -> None:
    """Prevents a paper on which copying the list brings all points."""
    grid = next(each for each in on_paper(question, "1") if isinstance(each, Grid))
    assert isinstance(question, Order)
    ranks = {item.text: item.rank for item in question.items}
    order = [ranks[row[0]] for row in grid.rows]
    assert order != sorted(order)


def test_the_order_follows_from_ids_alone() -> None:
    """Prevents a paper of the bundle without keys from differing from the teacher's letters."""
    question: Any = next(each for each in QUESTIONS if each.kind == "match")
    assert mixed(question, question.items) == mixed(question, question.items[::-1])
