"""A card whose kernel has gone says so with one button, claims nothing, and loses no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError, Locator, Page, expect

from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.answers import best_answer, worst_answer
from tests.browser.forms import fill_in, press, result, said
from tests.browser.lab import ALL, Desk, Lab, Notebook, eventually, open_lab

EXERCISES = "exercises/01-reading-the-report.ipynb"
WRITTEN, NUMBER, SAVED = "report-correction", "report-one-source", "report-accused"
LOST = "This card lost its connection."
AWAY = "Not connected just now."
LATE = "No answer yet."
CLAIM = re.compile("Draft kept|Saved")
AGAIN = "Run this lesson again"

KILL = "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
_REST = """
    const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? '';
    const rest = (address, method) =>
        fetch(address, { method, headers: { 'X-XSRFToken': xsrf } });
    const session = notebook.sessionContext.session;
"""
ENDS: dict[str, str] = {
    "restart": "await notebook.sessionContext.session.kernel.restart();",
    "kill": f"notebook.sessionContext.session.kernel.requestExecute({{ code: {KILL!r} }});",
    "restart from elsewhere": _REST
    + "await rest(`/api/kernels/${session.kernel.id}/restart`, 'POST');",
    "delete": _REST + "await rest(`/api/sessions/${session.id}`, 'DELETE');",
}

# In a page: what the frame does, by the contract between cards and frame.
_FRAME = """
    window.cnAsked = [];
    window.addEventListener('cybernorms:again', event => {
        if (!notebook.node.contains(event.detail.node)) return;
        event.preventDefault();
        window.cnAsked.push(event.detail.node.dataset.key);
    });
"""
_TELL = """
    window.dispatchEvent(new CustomEvent('cybernorms:kernel',
        { detail: { panel: notebook.node, state: argument } }));
"""


def claims(card: Locator) -> str:
    """Return what a form claims of its answer."""
    line = card.locator(".cn-said").first
    return " ".join(CLAIM.findall(said(card) if line.is_visible() else ""))


def close_dialogs(page: Page) -> None:
    with suppress(PlaywrightError):
        page.locator(".jp-Dialog button.jp-mod-accept").click(timeout=3000)


def run_again(notebook: Notebook, end: str) -> None:
    """Run all cells, as a learner does who is told to."""
    if end == "delete":  # JupyterLab starts another kernel first, and forgets what it was to run.
        notebook._ask("window.jupyterapp.commands.execute('notebook:run-all-cells');")
    notebook.wait_ready()
    notebook.run_all()


@pytest.mark.endurance
@pytest.mark.parametrize("end", list(ENDS)[: None if ALL else 2])
def test_a_form_that_lost_its_kernel_says_so_at_a_press_and_its_text_comes_back(
    end: str, open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    # Prevents a dead form that says "Draft kept", and a text that is gone with its kernel.
    notebook = open_notebook(EXERCISES)
    page = notebook.page
    saved, written, number = (notebook.card(each) for each in (SAVED, WRITTEN, NUMBER))
    fill_in(saved, find_question(SAVED), best_answer(find_question(SAVED)))
    press(saved, "Check")
    expect(saved.locator(".cn-said")).to_contain_text("Saved")
    field = written.get_by_role("textbox")
    field.fill("The post says")
    expect(written.get_by_text("Draft kept.")).to_be_visible()
    number.get_by_role("textbox").fill("17")
    field.fill("The post says more than")

    notebook._ask(ENDS[end])
    close_dialogs(page)
    field.fill("The post says more than its sources")
    assert claims(written) == "" and claims(number) == ""
    with suppress(PlaywrightError):  # the buttons are away where the end is told at once
        written.locator(".cn-do").click(timeout=2000)
    lost = written.get_by_text(re.compile(f"{LOST}|{LATE}|{AWAY}"))
    expect(lost).to_be_visible(timeout=10_000)
    expect(written.get_by_text("What you filled in is still here")).to_be_visible()
    expect(written.get_by_role("button", name=AGAIN)).to_have_count(1)
    assert claims(written) == ""
    expect(field).to_have_value("The post says more than its sources")
    assert Record(desk.work).read().last(WRITTEN) is None

    run_again(notebook, end)
    expect(field).to_have_value("The post says more than its sources")
    expect(number.get_by_role("textbox")).to_have_value("17")
    expect(written.get_by_text("Filled in as you left it at")).to_be_visible()
    for card in (saved, written, number):
        expect(card.get_by_role("button", name=AGAIN)).to_have_count(0)
    press(written, "Save")
    expect(written.locator(".cn-said")).to_contain_text("Saved")
    last = Record(desk.work).read().last(WRITTEN)
    assert last and last.response == "The post says more than its sources"

    # What is saved is the record's from then on, whoever changes it.
    notebook.run_all()
    expect(written.get_by_text("is filled in")).to_be_visible()
    expect(written.locator(".cn-offer")).to_be_hidden()


def test_the_frame_tells_of_an_end_and_is_asked_to_run_the_lesson_again(
    open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    # Prevents a card that hears nothing of the frame, or does not say what the frame knows.
    notebook = open_notebook(EXERCISES)
    notebook._ask(_FRAME)
    number = notebook.card(NUMBER)
    number.get_by_role("textbox").fill("17")
    for state, words in {"away": "Not connected just now.", "gone": LOST}.items():
        notebook._ask(_TELL, state)
        expect(number).to_have_attribute("data-state", "lost")
        expect(number.get_by_role("alert")).to_contain_text(words)
        expect(number.get_by_role("alert")).to_contain_text("What you filled in is still here.")
        expect(number.get_by_role("alert").get_by_role("button")).to_have_count(1)
        if state == "away":
            notebook._ask(_TELL, "alive")
            expect(number).to_have_attribute("data-state", "chosen")
            expect(number.get_by_role("alert")).to_be_hidden()
    notebook._ask(_TELL, "alive")  # the new kernel knows nothing of this card
    expect(number).to_have_attribute("data-state", "lost")
    notebook._ask("notebook.content.widgets.forEach(each => { each.model.executionCount = null; })")
    press(number, AGAIN)
    assert notebook.page.evaluate("window.cnAsked") == [NUMBER]
    eventually(
        notebook.page,
        lambda: notebook.execution_count(NUMBER) is not None,
        "the lesson runs again",
    )
    expect(number.get_by_role("textbox")).to_have_value("17")
    press(number, "Check")
    expect(number.locator(".cn-said")).to_contain_text("Saved")


def test_a_press_while_the_connection_is_away_is_taken_once_it_is_back(
    open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    # Prevents that "This goes on by itself" is untrue of what was pressed, or true twice.
    notebook = open_notebook(EXERCISES)
    question = find_question(SAVED)
    card = notebook.card(SAVED)
    fill_in(card, question, worst_answer(question))
    notebook._ask(
        "const kernel = notebook.sessionContext.session.kernel;"
        "window.cnSend = kernel._sendMessage; window.cnHeld = [];"
        "kernel._sendMessage = (...all) => { window.cnHeld.push(all); };"
    )
    press(card, "Check")
    notebook._ask(_TELL, "away")
    notebook._ask(
        "const kernel = notebook.sessionContext.session.kernel;"
        "kernel._sendMessage = window.cnSend;"
        "for (const all of window.cnHeld) kernel._sendMessage(...all);" + _TELL,
        "alive",
    )
    expect(card).to_have_attribute("data-state", "done")
    notebook.page.wait_for_timeout(500)
    answers = [each.response for each in Record(desk.work).read().answers]
    assert answers == [worst_answer(question)]


def test_without_a_frame_the_button_says_what_to_press(
    open_notebook: Callable[[str], Notebook],
) -> None:
    # Prevents a button that does nothing where nobody hears it.
    notebook = open_notebook(EXERCISES)
    card = notebook.card(NUMBER)
    notebook._ask(
        "window.cnDispatch = window.dispatchEvent; window.dispatchEvent = event =>"
        " event.type === 'cybernorms:again' || window.cnDispatch.call(window, event);" + _TELL,
        "gone",
    )
    try:
        press(card, AGAIN)
        expect(card.get_by_role("alert")).to_contain_text("choose Run, then Run All Cells")
    finally:
        notebook.page.evaluate("() => { window.dispatchEvent = window.cnDispatch; }")


def test_what_is_typed_is_offered_beside_what_the_record_has(
    open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    # Prevents that one of two texts takes the other's place when a lesson is run again.
    notebook = open_notebook(EXERCISES)
    card = notebook.card(WRITTEN)
    field = card.get_by_role("textbox")
    field.fill("What was saved")
    press(card, "Save")
    expect(card.locator(".cn-said")).to_contain_text("Saved")
    field.fill("What was typed later")
    notebook._ask(ENDS["restart"])
    notebook.wait_ready()
    notebook.run_all()
    expect(field).to_have_value("What was typed later")
    assert "Saved" not in said(card) and not result(card)
    press(card, "Show what was saved")
    expect(field).to_have_value("What was saved")
    field.fill("A third text")  # which must take the place of neither
    press(card, "Show it")
    expect(field).to_have_value("What was typed later")
    press(card, "Show it")
    expect(field).to_have_value("A third text")
    press(card, "Save")
    expect(card.locator(".cn-said")).to_contain_text("Saved")
    notebook.run_all()
    expect(field).to_have_value("A third text")
    expect(card.get_by_text("This browser also kept an answer")).to_be_visible()
    press(card, "Throw it away")
    expect(card.locator(".cn-offer")).to_be_hidden()
    notebook.run_all()
    expect(field).to_have_value("A third text")
    expect(card.locator(".cn-offer")).to_be_hidden()


@pytest.mark.endurance_only
def test_a_form_says_that_the_server_is_gone_and_its_text_is_there_when_it_is_back(
    page: Page, tmp_path: Path
) -> None:
    # Prevents a text that is lost with the server, or a form that waits for it without a word.
    (tmp_path / "root").mkdir()
    lab = Lab(tmp_path / "own", tmp_path / "root").start()
    try:
        desk = Desk(lab.root, "gone")
        path = f"{desk.name}/{EXERCISES}"
        open_lab(page, lab, "gone", path)
        notebook = Notebook(page, path, opened=True).run_all()
        written = notebook.card(WRITTEN)
        field = written.get_by_role("textbox")
        field.fill("The post says")
        expect(written.get_by_text("Draft kept.")).to_be_visible()
        lab.stop()
        field.fill("The post says more")
        # Without the frame, JupyterLab puts a dialogue of its own in the way.
        written.locator(".cn-do").evaluate("button => button.click()")
        expect(written.get_by_text(re.compile(f"{LOST}|{LATE}|{AWAY}"))).to_be_visible(
            timeout=10_000
        )
        expect(written.get_by_role("button", name=AGAIN)).to_have_count(1)
        assert claims(written) == ""
        expect(field).to_have_value("The post says more")
        lab.start()
        notebook.discard_changes()
        page.goto("about:blank")
        open_lab(page, lab, "back", path)
        notebook = Notebook(page, path, opened=True).run_all()
        field = notebook.card(WRITTEN).get_by_role("textbox")
        expect(field).to_have_value("The post says more")
        press(notebook.card(WRITTEN), "Save")
        eventually(page, lambda: Record(desk.work).read().last(WRITTEN) is not None, "saved")
        notebook.discard_changes()
    finally:
        lab.stop()
