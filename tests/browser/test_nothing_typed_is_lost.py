"""What is typed outlives kernels, tabs, browsers and servers, and other windows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error as PlaywrightError, Page, expect

from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.browser.ends import KINDS, World, lost_words
from tests.browser.forms import fill_in, press, read_form, said
from tests.browser.lab import Desk, Lab, Notebook, find_browser, open_lab

EXERCISES = "exercises/01-reading-the-report.ipynb"
WRITTEN, CHOICE = "report-correction", "report-there"
MANY = 200 if os.environ.get("CYBERNORMS_ENDURANCE") else 10


@pytest.fixture
def world(browser: Browser, tmp_path: Path) -> Iterator[World]:
    world = World(browser.browser_type, find_browser() or "", tmp_path)
    yield world
    world.close()


@pytest.mark.endurance
def test_at_most_the_last_second_of_typing_is_lost_whatever_ends(world: World) -> None:
    # Prevents that a text of an hour is gone with a kernel, a tab, a browser or a server.
    world.open()
    lost = []
    for number in range(int(os.environ.get("CYBERNORMS_ENDS", MANY))):
        kind = KINDS[number % len(KINDS)]
        if missing := lost_words(world, kind, seed=number):
            lost.append(f"{number}. {kind}: {missing}")
    assert not lost, f"{len(lost)} of {MANY} ends:\n" + "\n".join(lost)


@pytest.fixture
def two_tabs(context: BrowserContext, lab: Lab, desk: Desk) -> Iterator[list[Notebook]]:
    """One notebook in two tabs of a browser, on the same kernel."""
    path = f"{desk.name}/{EXERCISES}"
    pages = [context.new_page() for _ in range(2)]
    notebooks = []
    for number, page in enumerate(pages):
        open_lab(page, lab, f"{desk.name}-{number}", path)
        notebooks.append(Notebook(page, path, opened=True).run_all())
    kernels = {each._ask("return notebook.sessionContext.session.kernel.id") for each in notebooks}
    assert len(kernels) == 1
    yield notebooks
    notebooks[1].close()
    with suppress(PlaywrightError):  # a test may have left the page
        notebooks[0].discard_changes()
    for page in pages:
        page.close()


def test_of_two_tabs_on_one_kernel_neither_writes_over_the_other(
    two_tabs: list[Notebook], desk: Desk
) -> None:
    # Prevents that what is saved in one tab takes away what is being written in the other.
    one, two = (each.card(WRITTEN) for each in two_tabs)
    one.get_by_role("textbox").fill("The first tab has this")
    two.get_by_role("textbox").fill("The second tab has that")
    for card in (one, two):
        expect(card.locator(".cn-said")).to_contain_text("Draft kept.")
    drafts = {each.text for each in Record(desk.work).drafts.all(WRITTEN)}
    assert drafts == {"The first tab has this", "The second tab has that"}
    press(two, "Save")
    expect(two.locator(".cn-said")).to_contain_text("Saved")
    expect(one.get_by_role("textbox")).to_have_value("The first tab has this")
    assert "Saved" not in said(one) and one.locator(".cn-result").count() == 0

    # The first tab goes; its text comes back beside the other's answer.
    two_tabs[0].page.goto("about:blank")
    again = two_tabs[1].run_all().card(WRITTEN)
    text = "The first tab has this"
    if again.get_by_role("textbox").input_value() != text:
        press(again, "Show it")
    expect(again.get_by_role("textbox")).to_have_value(text)


@pytest.mark.endurance_only
def test_two_tabs_choose_and_save_each_what_is_on_its_own_screen(
    two_tabs: list[Notebook], desk: Desk
) -> None:
    # Prevents that a press in one tab saves or shows as saved what the other tab has chosen.
    question = find_question(CHOICE)
    first, second = (each.id for each in question.options[:2])  # type: ignore[attr-defined]
    one, two = (each.card(CHOICE) for each in two_tabs)
    fill_in(one, question, first)
    fill_in(two, question, second)
    press(one, "Check")
    expect(one).to_have_attribute("data-state", "done")
    two.page.wait_for_timeout(500)
    assert read_form(two, question) == second
    assert two.locator(".cn-result").count() == 0 and "Saved" not in said(two)
    press(two, "Check")
    expect(two).to_have_attribute("data-state", "done")
    assert [each.response for each in Record(desk.work).read().answers] == [first, second]


@pytest.mark.endurance_only
def test_two_notebooks_with_one_question_keep_both_texts(
    open_notebook: Callable[[str], Notebook], desk: Desk
) -> None:
    # Prevents that two kernels with the same question write over one another's texts.
    copy = EXERCISES.replace("01-", "01-copy-of-")
    (desk.folder / copy).write_bytes((desk.folder / EXERCISES).read_bytes())
    notebooks = [open_notebook(EXERCISES), open_notebook(copy)]
    cards = [each.card(WRITTEN) for each in notebooks]
    for notebook, card, text in zip(notebooks, cards, ("One text", "Another text"), strict=True):
        notebook.show()
        card.get_by_role("textbox").fill(text)
        expect(card.locator(".cn-said")).to_contain_text("Draft kept.")
    press(cards[1], "Save")
    expect(cards[1].locator(".cn-said")).to_contain_text("Saved")
    notebooks[0].show()
    expect(cards[0].get_by_role("textbox")).to_have_value("One text")
    assert "Saved" not in said(cards[0])
    assert [each.text for each in Record(desk.work).drafts.all(WRITTEN)] == ["One text"]
    press(cards[0], "Save")
    expect(cards[0].locator(".cn-said")).to_contain_text("Saved")
    answers = [each.response for each in Record(desk.work).read().answers]
    assert answers == ["Another text", "One text"]


_COMMS = """
    const code = 'import comm; print(len(comm.get_comm_manager().comms))';
    const kernel = notebook.sessionContext.session.kernel;
    const future = kernel.requestExecute({ code });
    let printed = '';
    future.onIOPub = message => { printed += message.content.text ?? ''; };
    await future.done;
    return Number(printed);
"""


@pytest.mark.endurance_only
def test_a_lesson_opened_four_times_has_no_more_comms_than_opened_once(
    page: Page, lab: Lab, desk: Desk
) -> None:
    # Prevents that each opening leaves its widgets behind in the kernel.
    path = f"{desk.name}/notebooks/02-un-norms.ipynb"
    counts = []
    for _ in range(4):
        open_lab(page, lab, desk.name, path)
        notebook = Notebook(page, path, opened=True).run_all()
        counts.append(notebook._ask(_COMMS))
        notebook.discard_changes()
    cards = notebook.panel.locator("form.cn").count()
    assert counts == [counts[0]] * 4
    assert counts[0] <= 2 * cards
    notebook.close()
