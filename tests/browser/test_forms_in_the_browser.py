"""Answers in real forms: filled in, pressed, told, and in the record before "Saved" is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from cybernorms.widgets.form import DRAFT_SECONDS
from playwright.sync_api import Page, expect

from cybernorms.exercises.kinds import Choice, Order
from cybernorms.exercises.marking import mark
from cybernorms.exercises.options import find_option
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from tests.answers import best_answer, worst_answer
from tests.browser.forms import (
    expect_mark,
    expect_result,
    fill_in,
    one_line,
    press,
    read_form,
    reasons,
    result,
)
from tests.browser.lab import Desk, Lab, Notebook, eventually
from tests.browser.test_explorer_in_the_browser import tab_to

# One of each kind that the exercise set has.
KINDS = {
    "choice": "un-guidance-2021",
    "number": "un-consensus-reports",
    "order": "un-degrees",
    "clause": "un-rebuild-f",
    "several": "un-hospital-request",
    "match": "un-situations",
    "written": "un-minister",
}
DEFENSIBLE = {"un-guidance-2021": "narrowed", "un-hospital-request": ["c", "d", "h"]}


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "forms")


@pytest.fixture(scope="module")
def exercises(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    notebook = Notebook(shared_page, f"{desk.name}/exercises/02-un-norms.ipynb").run_all()
    yield notebook
    notebook.close()


def saved(desk: Desk, question: Question) -> Any:
    last = Record(desk.work).read().last(question.id)
    return last.response if last else None


def answers_of(question: Question) -> list[Any]:
    """Return a wrong, an arguable and the best answer, as far as a kind of question has them."""
    if question.kind == "written":
        return [best_answer(question)]
    arguable = [DEFENSIBLE[question.id]] if question.id in DEFENSIBLE else []
    return [worst_answer(question), *arguable, best_answer(question)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_saved_then_told_with_its_reasons(
    kind: str, exercises: Notebook, desk: Desk
) -> None:
    question = find_question(KINDS[kind])
    card = exercises.card(question.id)
    for response in answers_of(question):
        given = mark(question, response)
        fill_in(card, question, response)
        expect(card.locator(".cn-note").last).to_be_visible()
        press(card, "Save" if kind == "written" else "Check")
        expect_mark(card, given)
        assert mark(question, saved(desk, question)) == given


def test_a_blank_press_says_what_to_do_and_saves_nothing(exercises: Notebook, desk: Desk) -> None:
    question = find_question("un-must-and-should")
    card = exercises.card(question.id)
    press(card, "Check")
    expect_result(card, "Not answered yet")
    assert "then press Check" in result(card)
    assert saved(desk, question) is None


def test_a_number_that_cannot_be_read_is_named_and_not_saved(
    exercises: Notebook, desk: Desk
) -> None:
    question = find_question("un-consensus-reports")
    before = saved(desk, question)
    card = exercises.card(question.id)
    card.get_by_role("textbox").fill("four or so")
    press(card, "Check")
    expect_result(card, "Could not be read")
    assert "four or so" in result(card)
    assert saved(desk, question) == before
    assert card.get_by_role("textbox").input_value() == "four or so"


def test_a_change_after_saving_asks_for_another_press(exercises: Notebook) -> None:
    question = find_question("un-access-without-damage")
    card = exercises.card(question.id)
    fill_in(card, question, worst_answer(question))
    press(card, "Check")
    expect_mark(card, mark(question, worst_answer(question)))
    fill_in(card, question, best_answer(question))
    expect(card.get_by_text("Changed since you pressed. Press Check again.")).to_be_visible()
    assert reasons(card) == []


def test_a_hint_comes_on_request(exercises: Notebook) -> None:
    question = find_question("un-trade-secrets")
    card = exercises.card(question.id)
    assert question.hint not in one_line(card.inner_text())
    press(card, "Hint")
    expect_result(card, question.hint)


def test_a_text_is_kept_while_it_is_written(exercises: Notebook, desk: Desk) -> None:
    card = exercises.card("un-minister")
    field = card.get_by_role("textbox")
    field.fill("Minister, the norms")
    field.press("End")
    field.press_sequentially(" bind nobody.")
    text = "Minister, the norms bind nobody."
    eventually(card.page, lambda: Record(desk.work).draft("un-minister") == text, "a draft")
    expect(card.get_by_text("5 words so far.")).to_be_visible()

    # The learner goes away without pressing Save, and runs the cell again another day.
    exercises.run("un-minister")
    expect(card.get_by_text("Your draft is filled in. It is not saved yet.")).to_be_visible()
    expect(card.get_by_role("textbox")).to_have_value(text)


def test_a_text_saved_while_its_draft_is_due_leaves_no_draft(
    exercises: Notebook, desk: Desk
) -> None:
    # A draft written after the answer would be taken for a newer text that is not saved.
    question = find_question("un-minister")
    card = exercises.card(question.id)
    field = card.get_by_role("textbox")
    field.fill("A minister ")
    field.press("End")
    field.press_sequentially("may say so.")
    press(card, "Save")
    expect_mark(card, mark(question, "A minister may say so."))
    card.page.wait_for_timeout(1000 * (DRAFT_SECONDS + 0.5))
    assert Record(desk.work).draft(question.id) == ""
    assert saved(desk, question) == "A minister may say so."


def test_an_entry_question_keeps_its_reasons_for_later(desk: Desk, shared_page: Page) -> None:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/00-start-here.ipynb").run_all()
    question = find_question("start-source")
    card = lesson.card("ask-source")
    fill_in(card, question, worst_answer(question))
    press(card, "Save")
    expect_result(card, "Saved. You will meet this question again")
    assert reasons(card) == []
    assert saved(desk, question) == worst_answer(question)
    lesson.close()


def on_the_screen(question: Choice, desk: Desk) -> list[str]:
    """Return the options in the order in which this learner sees them."""
    return [option.id for option in question.shuffled(Record(desk.work).seed()).options]


def test_a_choice_is_made_checked_and_changed_by_keyboard_alone(
    exercises: Notebook, desk: Desk
) -> None:
    question = find_question("un-trade-secrets")
    assert isinstance(question, Choice)
    card, page = exercises.card(question.id), exercises.page
    exercises.focus(question.id)
    first, second = on_the_screen(question, desk)[:2]

    tab_to(page, find_option(question.options, first).text)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    eventually(page, lambda: read_form(card, question) == second, "the second option is chosen")
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    expect_mark(card, mark(question, second))
    assert saved(desk, question) == second

    tab_to(page, "Hint")
    page.keyboard.press("Space")
    expect_result(card, question.hint)
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    eventually(page, lambda: read_form(card, question) == first, "the first option is chosen")
    tab_to(page, "Check")
    page.keyboard.press("Space")
    expect_mark(card, mark(question, first))


def test_an_arrow_never_leaves_its_question(exercises: Notebook, desk: Desk) -> None:
    above, below = find_question("un-guidance-2021"), find_question("un-must-and-should")
    assert isinstance(above, Choice)
    other = exercises.card(below.id)
    before = read_form(other, below)
    last = exercises.card(above.id).get_by_role("radio").last
    last.check()
    last.press("ArrowDown")
    first = on_the_screen(above, desk)[0]
    eventually(
        exercises.page,
        lambda: read_form(exercises.card(above.id), above) == first,
        "the arrow goes from the last option to the first",
    )
    assert read_form(other, below) == before


@pytest.mark.skipif(sys.platform == "darwin", reason="arrows in lists need a window of the system")
def test_lines_are_put_in_order_by_keyboard_alone(exercises: Notebook, desk: Desk) -> None:
    question = find_question("un-degrees")
    assert isinstance(question, Order)
    card, page = exercises.card(question.id), exercises.page
    before = read_form(card, question)
    exercises.focus(question.id)

    tab_to(page, "First at the top: choose a line, then move it")
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(500)  # The kernel has to hear of the choice before the button.
    tab_to(page, "Move up")
    page.keyboard.press("Enter")
    after = [*before[:-3], before[-2], before[-3], before[-1]]
    eventually(page, lambda: read_form(card, question) == after, "the last line but one is higher")
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    expect_mark(card, mark(question, after))
    assert saved(desk, question) == after
