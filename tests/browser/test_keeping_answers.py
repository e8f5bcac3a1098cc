"""No answer is ever lost: not by a restart, not by a full disk, not between two notebooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from cybernorms.exercises.kinds import Value
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from tests.answers import best_answer, worst_answer
from tests.browser.forms import (
    expect_mark,
    expect_result,
    fill_in,
    press,
    read_form,
    reasons,
    said,
)
from tests.browser.lab import Desk, Lab, Notebook, open_lab

SET = "exercises/02-un-norms.ipynb"
LESSON = "notebooks/02-un-norms.ipynb"


def graded() -> list[Question]:
    """Return a question of each kind that the exercise set asks in forms."""
    found = next(each for each in load_question_sets() if each.id == "02-un-norms")
    questions = {each.kind: each for each in reversed(found.questions) if each.use == "graded"}
    return [each for each in questions.values() if not isinstance(each, Value)]


def answer(notebook: Notebook, question: Question, response: Any, cell: str = "") -> None:
    card = notebook.card(cell or question.id)
    fill_in(card, question, response)
    press(card, "Save" if question.kind == "written" else "Check")
    expect_mark(card, mark(question, response))


def expect_filled_in(notebook: Notebook, told: dict[str, list[str]]) -> None:
    """See that each form holds its best answer again, and gives the same reasons as before."""
    for question in graded():
        card = notebook.card(question.id)
        assert "is filled in." in said(card)
        response = best_answer(question)
        assert mark(question, read_form(card, question)) == mark(question, response)
        assert reasons(card) == told[question.id]


def test_answers_outlive_the_kernel_the_page_and_the_server(page: Page, tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    lab = Lab(tmp_path / "own", tmp_path / "root").start()
    try:
        desk = Desk(lab.root, "survival")
        path = f"{desk.name}/{SET}"
        open_lab(page, lab, "first", path)
        notebook = Notebook(page, path, opened=True).run_all()
        for question in graded():
            answer(notebook, question, best_answer(question))
        told = {each.id: reasons(notebook.card(each.id)) for each in graded()}
        assert len(Record(desk.work).read().answers) == len(graded())

        notebook.restart_kernel()
        notebook.discard_changes()
        page.reload()
        notebook = Notebook(page, path, opened=True).run_all()
        expect_filled_in(notebook, told)

        notebook.discard_changes()
        page.goto("about:blank")
        lab.stop()
        lab.start()
        open_lab(page, lab, "second", path)
        notebook = Notebook(page, path, opened=True).run_all()
        expect_filled_in(notebook, told)
        assert len(Record(desk.work).read().answers) == len(graded())
        notebook.discard_changes()
    finally:
        lab.stop()


def test_a_saved_lesson_is_as_it_was_shipped_and_comes_alive_when_it_is_run(
    open_notebook: Callable[[str], Notebook], desk: Desk, shared_page: Page
) -> None:
    """Prevents "model not found" in a lesson that was saved, and an update that stops at it."""
    shipped = (desk.folder / LESSON).read_bytes()
    lesson = open_notebook(LESSON)
    lesson.save()
    lesson.close()
    assert (desk.folder / LESSON).read_bytes() == shipped

    again = Notebook(shared_page, lesson.path)
    assert again.outputs() == []

    # Run again, the form is alive.
    again.run("setup")
    again.run("ask-restraint")
    expect(again.card("ask-restraint").get_by_role("radio").first).to_be_visible()
    again.close()


def test_what_cannot_be_saved_stays_in_the_form_and_the_form_says_why(
    open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    notebook = open_notebook(SET)

    # A file where the folder should be: nobody, not even root, can write below it.
    desk.work.write_text("in the way", encoding="utf-8")
    question = find_question("un-guidance-2021")
    card = notebook.card(question.id)
    fill_in(card, question, best_answer(question))
    press(card, "Check")
    expect_result(card, "Not saved")
    assert str(desk.work) in said(card)
    assert "Your answer is still in the form" in said(card)
    assert read_form(card, question) == best_answer(question)
    assert reasons(card) == []
    desk.work.unlink()
    press(card, "Check")
    expect_mark(card, mark(question, best_answer(question)))

    if Path("/dev/full").exists():  # what a link leads to is never written
        answers = desk.work / "answers.jsonl"
        kept = answers.rename(desk.work / "kept")
        answers.symlink_to("/dev/full")
        question = find_question("un-rebuild-f")
        card = notebook.card(question.id)
        fill_in(card, question, best_answer(question))
        press(card, "Check")
        expect_result(card, "Not saved: answers.jsonl is not a file but a link")
        assert "press Check again" in said(card)
        assert read_form(card, question) == best_answer(question)
        kept.replace(answers)
        press(card, "Check")
        expect_mark(card, mark(question, best_answer(question)))
        assert len(Record(desk.work).read().answers) == 2
    assert notebook.errors() == []


def test_two_notebooks_open_at_once_write_one_record(
    open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    lesson, exercises = open_notebook(LESSON), open_notebook(SET)
    one, two = find_question("un-restraint"), find_question("un-trade-secrets")
    lesson.show()
    answer(lesson, one, "c", cell="ask-restraint")
    exercises.show()
    answer(exercises, two, worst_answer(two))
    lesson.show()
    answer(lesson, one, "f", cell="ask-restraint")
    record = Record(desk.work).read()
    assert [each.question for each in record.answers] == [one.id, two.id, one.id]
    assert record.problems == ()
    last = {each.id: record.last(each.id) for each in (one, two)}
    assert {id: each.response for id, each in last.items() if each} == {
        one.id: "f",
        two.id: worst_answer(two),
    }
