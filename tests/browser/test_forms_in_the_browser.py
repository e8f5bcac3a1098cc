"""Answers in real forms: filled in, pressed, told, and in the record before "Saved" is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
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
    said,
    tab_to,
)
from tests.browser.lab import Desk, Lab, Notebook, eventually

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
DRAFT_SECONDS = 1.5
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
    # Prevents a form of some kind that saves something else than was filled in, or tells it wrong.
    question = find_question(KINDS[kind])
    card = exercises.card(question.id)
    for response in answers_of(question):
        given = mark(question, response)
        fill_in(card, question, response)
        expect(card.locator(".cn-said")).to_contain_text("Kept in this browser")
        expect(card).to_have_attribute("data-state", "chosen")
        press(card, "Save" if kind == "written" else "Check")
        expect_mark(card, given)
        assert mark(question, saved(desk, question)) == given


def test_a_blank_press_says_what_to_do_and_saves_nothing(exercises: Notebook, desk: Desk) -> None:
    # Prevents a press that does nothing and says nothing.
    question = find_question("un-must-and-should")
    card = exercises.card(question.id)
    press(card, "Check")
    expect_result(card, "Not answered yet")
    assert "then press Check" in said(card)
    assert saved(desk, question) is None


def test_a_number_that_cannot_be_read_is_named_and_not_saved(
    exercises: Notebook, desk: Desk
) -> None:
    # Prevents that a word for a number is saved as a wrong answer.
    question = find_question("un-consensus-reports")
    before = saved(desk, question)
    card = exercises.card(question.id)
    fill_in(card, question, "four or so")
    press(card, "Check")
    expect_result(card, "Could not be read")
    assert "four or so" in said(card)
    assert saved(desk, question) == before
    assert card.get_by_role("textbox").input_value() == "four or so"


def test_a_change_after_saving_asks_for_another_press(exercises: Notebook) -> None:
    # Prevents a verdict that stays over another answer than the one that it is on.
    question = find_question("un-access-without-damage")
    card = exercises.card(question.id)
    fill_in(card, question, worst_answer(question))
    press(card, "Check")
    expect_mark(card, mark(question, worst_answer(question)))
    fill_in(card, question, best_answer(question))
    expect(card.get_by_text("Changed, and not saved yet.")).to_be_visible()
    assert reasons(card) == [] and result(card) == ""


def test_a_hint_comes_on_request(exercises: Notebook) -> None:
    # Prevents a hint that is read before it is asked for, or never.
    question = find_question("un-trade-secrets")
    card = exercises.card(question.id)
    assert question.hint not in one_line(card.inner_text())
    card.get_by_text("Hint", exact=True).click()
    expect(card.get_by_text(question.hint, exact=True)).to_be_visible()


def test_a_text_is_kept_while_it_is_written(exercises: Notebook, desk: Desk) -> None:
    # Prevents that a text is only in the browser, or gone when the cell is run again.
    card = exercises.card("un-minister")
    field = card.get_by_role("textbox")
    field.fill("Minister, the norms")
    field.press("End")
    field.press_sequentially(" bind nobody.")
    text = "Minister, the norms bind nobody."
    eventually(card.page, lambda: Record(desk.work).draft("un-minister") == text, "a draft")
    expect(card.get_by_text("Draft kept.")).to_be_visible()
    expect(card.get_by_text("5 words of")).to_be_visible()

    # The learner goes away without pressing Save, and runs the cell again another day.
    exercises.run("un-minister")
    expect(card.get_by_role("textbox")).to_have_value(text)
    assert result(card) == ""


def test_writing_in_the_middle_of_a_text_goes_on_there(exercises: Notebook, desk: Desk) -> None:
    # Prevents a field that is drawn anew under the hands of who writes: the cursor would jump.
    question = find_question("un-minister")
    card = exercises.card(question.id)
    field = card.get_by_role("textbox")
    field.fill("Minister, nobody.")
    press(card, "Save")
    expect_mark(card, mark(question, "Minister, nobody."))
    field.evaluate("field => field.setSelectionRange(10, 10)")
    for letter in "the norms bind ":
        field.press_sequentially(letter, delay=120)
    expect(field).to_have_value("Minister, the norms bind nobody.")
    expect(card.get_by_text("Draft kept.")).to_be_visible()
    field.press_sequentially("really ")
    expect(field).to_have_value("Minister, the norms bind really nobody.")


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
    assert said(card).startswith("Saved")


def test_an_entry_question_keeps_its_reasons_for_later(desk: Desk, shared_page: Page) -> None:
    # Prevents that the first meeting with a question gives away what the end of the course asks.
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
    # Prevents a form that needs a mouse.
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

    # The focus is where the next step is, and the first option is one key away.
    expect(card.get_by_role("button", name="Answer again")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    eventually(page, lambda: read_form(card, question) == first, "the first option is chosen")
    tab_to(page, "Check")
    page.keyboard.press("Space")
    expect_mark(card, mark(question, first))


def test_an_arrow_never_leaves_its_question(exercises: Notebook, desk: Desk) -> None:
    # Prevents radio buttons of two forms that share a name, or an arrow that JupyterLab takes.
    above, below = find_question("un-guidance-2021"), find_question("un-must-and-should")
    assert isinstance(above, Choice)
    other, card = exercises.card(below.id), exercises.card(above.id)
    before = read_form(other, below)
    fill_in(card, above, on_the_screen(above, desk)[-1])
    card.get_by_role("radio").last.press("ArrowDown")
    first = on_the_screen(above, desk)[0]
    eventually(
        exercises.page,
        lambda: read_form(card, above) == first,
        "the arrow goes from the last option to the first",
    )
    assert read_form(other, below) == before


def test_lines_are_put_in_order_by_keyboard_alone(exercises: Notebook, desk: Desk) -> None:
    # Prevents an order that can only be dragged, or a button that moves away from the focus.
    question = find_question("un-degrees")
    assert isinstance(question, Order)
    card, page = exercises.card(question.id), exercises.page
    fill_in(card, question, worst_answer(question))
    before = read_form(card, question)
    exercises.focus(question.id)

    texts = {item.id: item.text for item in question.items}
    tab_to(page, f"Up: {texts[before[-1]]}")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    after = [*before[:-3], before[-1], before[-3], before[-2]]
    assert read_form(card, question) == after
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    expect_mark(card, mark(question, after))
    assert saved(desk, question) == after


def test_lines_are_put_in_order_by_dragging(exercises: Notebook, desk: Desk) -> None:
    # Prevents a drag that shows one order and saves another.
    question = find_question("un-order-votes")
    assert isinstance(question, Order)
    card = exercises.card(question.id)
    card.scroll_into_view_if_needed()
    before = read_form(card, question)
    rows = card.locator(".cn-order > li")
    rows.nth(0).locator("span").first.drag_to(rows.nth(2).locator("span").first)
    after = read_form(card, question)
    assert after != before and sorted(after) == sorted(before)
    press(card, "Check")
    expect_mark(card, mark(question, after))
    assert saved(desk, question) == after
