"""A form whose kernel has gone says so, claims nothing, and loses no text."""

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
from tests.browser.forms import fill_in, press
from tests.browser.lab import Desk, Lab, Notebook, open_lab
from tests.browser.presses import seen

EXERCISES = "exercises/01-reading-the-report.ipynb"
WRITTEN, NUMBER, SAVED = "report-correction", "report-one-source", "report-accused"
LOST = "This form has lost its connection."
CLAIM = re.compile("Draft kept|Saved|saved yet")

KILL = "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
ENDS: dict[str, str] = {
    "restart": "await notebook.sessionContext.session.kernel.restart();",
    "kill": f"notebook.sessionContext.session.kernel.requestExecute({{ code: {KILL!r} }});",
    "delete": """
        const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? '';
        await fetch(`/api/sessions/${notebook.sessionContext.session.id}`,
                    { method: 'DELETE', headers: { 'X-XSRFToken': xsrf } });
    """,
}


def claims(card: Locator) -> str:
    """Return what a form claims of its answer, if it can be seen."""
    return " ".join(found for line in seen(card) for found in CLAIM.findall(line))


def close_dialogs(page: Page) -> None:
    with suppress(PlaywrightError):
        page.locator(".jp-Dialog button.jp-mod-accept").click(timeout=3000)


@pytest.mark.parametrize("end", ENDS)
def test_a_form_that_lost_its_kernel_claims_nothing_and_its_text_comes_back(
    end: str, open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    notebook = open_notebook(EXERCISES)
    page = notebook.page
    saved, written, number = (notebook.card(each) for each in (SAVED, WRITTEN, NUMBER))
    fill_in(saved, find_question(SAVED), best_answer(find_question(SAVED)))
    press(saved, "Check")
    expect(saved.get_by_text("Saved.")).to_be_visible()
    field = written.get_by_role("textbox")
    field.fill("The post says")
    expect(written.get_by_text("Draft kept.")).to_be_visible()
    number.get_by_role("textbox").fill("17")
    field.fill("The post says more than")

    notebook._ask(ENDS[end])
    for card in (saved, written, number):
        expect(card.get_by_text(LOST)).to_be_visible()
    close_dialogs(page)
    assert claims(written) == "" and claims(number) == ""
    assert claims(saved) == "Saved", "what was saved before is saved"
    expect(saved).not_to_contain_text("Your text")
    expect(written).to_contain_text("Your text is still here")

    field.fill("The post says more than its sources")
    press(written, "Save")
    fill_in(saved, find_question(SAVED), worst_answer(find_question(SAVED)))
    press(saved, "Check")
    page.wait_for_timeout(1000)
    for card in (saved, written, number):
        assert claims(card) == ""
        expect(card.get_by_text(LOST)).to_be_visible()
    expect(field).to_have_value("The post says more than its sources")
    assert Record(desk.work).read().last(WRITTEN) is None

    if end == "delete":  # JupyterLab starts another kernel first, and forgets what it was to run.
        notebook._ask("window.jupyterapp.commands.execute('notebook:run-all-cells');")
        notebook.wait_ready()
    notebook.run_all()
    expect(field).to_have_value("The post says more than its sources")
    expect(number.get_by_role("textbox")).to_have_value("17")
    expect(written.get_by_text("Draft kept.")).to_be_visible()
    for card in (saved, written, number):
        expect(card.get_by_text(LOST)).to_have_count(0)
    press(written, "Save")
    expect(written.get_by_text("Saved.")).to_be_visible()
    last = Record(desk.work).read().last(WRITTEN)
    assert last and last.response == "The post says more than its sources"

    # What is saved is the record's from then on, whoever changes it.
    notebook.run_all()
    expect(written.get_by_text("is filled in")).to_be_visible()


def test_a_form_says_that_the_server_is_gone_and_keeps_the_text(page: Page, tmp_path: Path) -> None:
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
        press(written, "Save")
        expect(written.get_by_text("Not connected just now.")).to_be_visible()
        assert claims(written) == ""
        expect(field).to_have_value("The post says more")
        notebook.discard_changes()
    finally:
        lab.stop()
