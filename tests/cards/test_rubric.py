"""The rubric is in sight while a text is written."""

from __future__ import annotations

import pytest

from cybernorms.cards.form import Form
from cybernorms.cards.rubric import rubric_parts
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.record import Record
from tests.cards.messages import flat, parts_of
from tests.factories import made_up

WRITTEN = [
    question
    for each in load_question_sets()
    for question in each.questions
    if question.kind == "written"
]


@pytest.mark.parametrize("question", WRITTEN, ids=lambda question: question.id)
def test_every_level_of_every_criterion_stands_below_the_text(question, record: Record) -> None:
    """Prevents a text that is written without knowing what counts."""
    folds = {each["summary"]: each for each in parts_of(Form(question, record), "fold")}
    [name] = [each for each in folds if each.startswith("How it\u2019s marked")]
    table = flat(folds[name]["html"])
    assert folds[name]["open"] and not folds[name].get("answered")
    for each in question.criteria:
        assert f"{flat(each.name)} ({each.points:g})" in table
        assert all(flat(level.text) in table for level in each.levels)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "written"])
def test_what_is_marked_at_once_has_no_rubric(kind: str) -> None:
    """Prevents an empty table below a choice."""
    assert rubric_parts(made_up(kind)) == []
