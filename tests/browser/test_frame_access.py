"""The whole page of a lesson is open to everyone: axe, narrow screens, keyboard, forced colours."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.frame import FramedLesson
from tests.browser.lab import Desk, Lab

SET = "exercises/01-reading-the-report.ipynb"
GRAVE = ("critical", "serious")
WIDTHS = (
    "[document.documentElement, document.querySelector('.cn-page'),"
    " document.querySelector('.cn-top')].map(each => each.scrollWidth - each.clientWidth)"
)


@pytest.fixture
def lesson(page: Page, lab: Lab, desk: Desk) -> FramedLesson:
    lab.trust(desk)
    lesson = FramedLesson(page, lab, f"{desk.name}/{SET}")
    lesson.wait_drawn()
    return lesson


def grave(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in GRAVE
    ]


def test_axe_finds_nothing_grave_in_the_whole_page(lesson: FramedLesson) -> None:
    """Prevents a frame that a screen reader cannot get through, in light and dark."""
    assert grave(lesson.page) == []
    theme = "await window.jupyterapp.commands.execute('apputils:change-theme', { theme: argument })"
    lesson.ask(theme, "JupyterLab Dark")
    lesson.page.wait_for_timeout(1000)
    try:
        assert grave(lesson.page) == []
    finally:
        lesson.ask(theme, "JupyterLab Light")


def test_nothing_scrolls_sideways_and_contents_fold_on_a_narrow_screen(
    lesson: FramedLesson,
) -> None:
    """Prevents a lesson that cannot be read on a phone, or at 400 per cent."""
    page = lesson.page
    for width in (820, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(400)
        assert page.evaluate(WIDTHS) == [0, 0, 0], width
        contents = lesson.bar.get_by_role("button", name="Contents")
        expect(contents).to_be_visible()
    contents.click()
    page.get_by_role("link", name="Question 3", exact=True).click()
    heading = page.get_by_role("heading", name="Question 3", exact=True)
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()


def test_the_bar_is_worked_by_keyboard(lesson: FramedLesson) -> None:
    """Prevents a menu that only a mouse opens, or that one cannot leave."""
    page = lesson.page
    lesson.bar.get_by_role("button", name="Lessons").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cn-menu")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#cn-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#cn-menu")).not_to_be_visible()
    expect(lesson.bar.get_by_role("button", name="Lessons")).to_be_focused()
    page.get_by_role("link", name="Skip to the lesson").focus()
    page.keyboard.press("Enter")
    # JupyterLab hands the focus on to the cell that it calls active, which is in the lesson too.
    assert page.evaluate("document.activeElement.closest('.cn-lesson.jp-NotebookPanel') !== null")
