"""A page to print has the learner's own answers with reasons, by title, and tells nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.exercises.shipped import Shipped, shipped_notebooks
from cybernorms.pages.my_answers import my_answers
from tests.answers import best_answer

SETS = sorted(shipped_notebooks())


def answered(work: Path, *ids: str) -> Record:
    record = Record(work)
    for id in ids:
        question = find_question(id)
        record.append(id, question.revision, best_answer(question))
    return record


@pytest.mark.parametrize("path", SETS)
def test_all_answers_of_a_notebook_stand_on_its_page(path: str, tmp_path: Path) -> None:
    """Prevents a page that leaves an answer out, or names one by its id."""
    notebook = shipped_notebooks()[path]
    ids = [key for key in notebook.asks if not key.endswith(":again")]
    page = my_answers(path, notebook, answered(tmp_path, *ids).read())
    assert f"{len(ids)} of " in page
    for id in ids:
        assert id not in re.sub(r"<style>.*?</style>", "", page), id
    assert page.count("<h2") == len(ids) + (len(ids) < len(notebook.asks))


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_itself_stands_there_for_each_kind(kind: str, tmp_path: Path) -> None:
    """Prevents a page of verdicts on answers that nobody can read there."""
    questions = [one for each in load_question_sets() for one in each.questions]
    question = next(one for one in questions if one.kind == kind)
    notebook = Shipped("", "A title", (question.id,))
    page = my_answers("notebooks/02-x.ipynb", notebook, answered(tmp_path, question.id).read())
    assert "Your answer" in page


def test_open_questions_are_named_by_title(tmp_path: Path) -> None:
    """Prevents a learner from not seeing what is left to do."""
    path = "exercises/02-un-norms.ipynb"
    page = my_answers(path, shipped_notebooks()[path], Record(tmp_path).read())
    assert "Still open" in page and find_question("un-guidance-2021").title in page
    assert "Exercise set 02" in page


def test_what_was_typed_is_text_on_the_page(tmp_path: Path) -> None:
    """Prevents an answer that runs in the page, or looks like a part of it."""
    question = find_question("un-minister")
    record = Record(tmp_path)
    record.append(question.id, question.revision, "<script>alert(1)</script> " * 50)
    notebook = Shipped("", "A title", (question.id,))
    page = my_answers("exercises/02-x.ipynb", notebook, record.read())
    assert "<script" not in page and "&lt;script&gt;" in page


def test_answers_before_the_course_are_printed_without_their_reasons(tmp_path: Path) -> None:
    """Prevents a page that tells what is kept for the end of the course."""
    question = find_question("start-voluntary")
    record = answered(tmp_path, question.id)
    notebook = Shipped("", "Start here", (question.id,))
    page = my_answers("notebooks/00-x.ipynb", notebook, record.read())
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "Your answer" in page and "Correct" not in page and "cn-result" not in page
    again = question.id + ":again"
    record.append(again, question.revision, best_answer(question))
    page = my_answers("notebooks/06-x.ipynb", Shipped("", "Again", (again,)), record.read())
    assert "Correct" in page
