"""A kernel or server that ends is told in one sentence, and one button brings the lesson back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.frame import FramedLesson
from tests.browser.lab import ALL, SECOND, Desk, Lab, Notebook, eventually, open_lab

LESSON = "notebooks/00-start-here.ipynb"
GONE = "This lesson was interrupted. What you saved is kept."
KILL = "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"


def kill(lesson: FramedLesson) -> None:
    kernel = "notebook.sessionContext.session.kernel"
    lesson.ask(f"{kernel}.requestExecute({{ code: argument }});", KILL)


def restart_here(lesson: FramedLesson) -> None:
    lesson.ask("await notebook.sessionContext.session.kernel.restart();")


def restart_elsewhere(lesson: FramedLesson) -> None:
    lesson.api("POST", f"kernels/{lesson.session()['kernel']['id']}/restart")


def delete_session(lesson: FramedLesson) -> None:
    lesson.api("DELETE", f"sessions/{lesson.session()['id']}")


ENDS = {each.__name__: each for each in (kill, restart_here, restart_elsewhere, delete_session)}


@pytest.mark.endurance
@pytest.mark.parametrize("end", list(ENDS)[: None if ALL else 2])
def test_an_end_of_the_kernel_is_one_sentence_and_one_button(
    end: str, page: Page, lab: Lab, desk: Desk
) -> None:
    """Prevents JupyterLab's dialogues, and a page that looks alive and is dead."""
    lab.trust(desk)
    lesson = FramedLesson(page, lab, f"{desk.name}/{LESSON}")
    lesson.wait_drawn()
    page.wait_for_timeout(1500)
    before = page.locator(".cn-lesson form.cn").count()
    assert before > 10
    ENDS[end](lesson)
    expect(lesson.note).to_contain_text(GONE)
    assert "gone" in lesson.kernel_states()
    button = lesson.note.get_by_role("button")
    expect(button).to_have_text("Run this lesson again")
    page.wait_for_timeout(1500)
    assert lesson.dialogues() == 0
    button.click()
    expect(lesson.note).to_be_empty(timeout=60 * SECOND)
    assert lesson.state == "alive" and lesson.kernel_states()[-1] == "alive"
    expect(page.locator(".cn-lesson form.cn[data-state=lost]")).to_have_count(0)
    lesson.wait_drawn()
    expect(page.locator(".cn-lesson form.cn")).to_have_count(before)
    assert lesson.dialogues() == 0


@pytest.fixture
def own_lab(tmp_path: Path) -> Iterator[Lab]:
    (tmp_path / "root").mkdir()
    lab = Lab(tmp_path / "own", tmp_path / "root").start()
    yield lab
    lab.stop()


@pytest.mark.endurance_only
def test_a_server_that_is_gone_is_told_and_the_lesson_comes_back_with_it(
    own_lab: Lab, page: Page
) -> None:
    """Prevents "Server Connection Error", and a page that has to be loaded again."""
    desk = Desk(own_lab.root, "desk")
    own_lab.trust(desk)
    lesson = FramedLesson(page, own_lab, f"desk/{LESSON}")
    lesson.wait_drawn()
    own_lab.stop()
    expect(lesson.note).to_contain_text(re.compile("can't be reached"))
    assert lesson.kernel_states()[-1] == "away"
    lesson.note.get_by_role("button").click()
    expect(lesson.note).to_contain_text("once more")
    assert lesson.dialogues() == 0
    own_lab.start()
    lesson.note.get_by_role("button").click()
    expect(lesson.note).to_be_empty(timeout=60 * SECOND)
    eventually(page, lambda: lesson.state == "alive", "the lesson is back")
    expect(page.locator(".cn-lesson form.cn[data-state=lost]")).to_have_count(0)
    assert lesson.dialogues() == 0


@pytest.fixture
def own_page(browser: Browser) -> Iterator[Page]:
    """A page of a context of its own, since a clock is set for all pages of a context."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_kernel_that_is_busy_for_long_is_told(own_page: Page, lab: Lab, desk: Desk) -> None:
    """Prevents a page that waits for ever without a word."""
    page = own_page
    page.clock.install()
    lab.trust(desk)
    lesson = FramedLesson(page, lab, f"{desk.name}/{LESSON}")
    for _ in range(300):
        page.clock.run_for(100)
        page.wait_for_timeout(50)
        if lesson.counts().get("glossary"):
            break
    page.clock.run_for(2000)
    kernel = "notebook.sessionContext.session.kernel"
    lesson.ask(f"{kernel}.requestExecute({{ code: 'import time; time.sleep(300)' }});")
    eventually(page, lambda: lesson.ask(f"return {kernel}.status") == "busy", "it is busy")
    expect(lesson.note).to_be_empty()
    page.clock.run_for(31_000)
    expect(lesson.note).to_contain_text("half a minute")
    page.clock.resume()
    lesson.note.get_by_role("button", name="Stop and run it again").click()
    expect(lesson.note).to_be_empty(timeout=60 * SECOND)
    eventually(page, lambda: lesson.state == "alive", "the lesson is back")


def test_cards_are_told_in_plain_jupyterlab_and_can_have_the_lesson_run_again(
    page: Page, lab: Lab, desk: Desk
) -> None:
    """Prevents a card in plain JupyterLab that doesn't know that its kernel is gone."""
    page.add_init_script(
        "window.states = []; window.addEventListener('cybernorms:kernel',"
        " event => window.states.push([event.detail.state, event.detail.panel.className]));"
    )
    path = f"{desk.name}/{LESSON}"
    open_lab(page, lab, "told", path)
    notebook = Notebook(page, path, opened=True)
    assert page.locator("#cn-bar").count() == 0
    assert notebook.execution_count("setup") is None, "nothing runs by itself here"
    notebook._command("notebook:run-all-cells")
    eventually(page, lambda: notebook.execution_count("glossary") is not None, "it has run", 60)
    notebook.wait_ready()
    ran = notebook.execution_count("glossary")
    notebook.restart_kernel()
    notebook._ask("notebook.content.widgets.forEach(each => { each.model.executionCount = null; })")
    eventually(
        page,
        lambda: [each[0] for each in page.evaluate("window.states")] == ["alive", "gone", "alive"],
        "the cards are told",
    )
    assert all("jp-NotebookPanel" in each[1] for each in page.evaluate("window.states"))
    asked = page.evaluate(
        "() => { const node = document.querySelector('.jp-NotebookPanel form.cn');"
        " const event = new CustomEvent('cybernorms:again',"
        " { detail: { node }, cancelable: true });"
        " return window.dispatchEvent(event); }"
    )
    assert asked is False, "somebody said that it will be done"
    eventually(page, lambda: notebook.execution_count("glossary") == ran, "it runs again")
    expect(page.locator("form.cn[data-state=lost]")).to_have_count(0)
    notebook.discard_changes()
