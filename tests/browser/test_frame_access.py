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


# In a page: pressables and words of the bar that lie on one another, or stick out of the window.
CROWDED = """() => {
    const all = [...document.querySelectorAll(
        '#cn-bar .cn-top :is(button, .cn-go, .cn-here b, .cn-count)')];
    const boxes = all.map(each => [each.textContent, each.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && box.height > 1);
    const out = boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth + 1);
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const lying = boxes.filter(([, a], at) => boxes.slice(at + 1).some(([, b]) => meet(a, b)));
    return [...out, ...lying].map(([text]) => text);
}"""
BAR_SHARE = "document.querySelector('#cn-bar').getBoundingClientRect().height / innerHeight"


@pytest.mark.parametrize("how", ["zoomed", "larger text"])
def test_the_page_can_be_read_twice_as_large(how: str, lesson: FramedLesson) -> None:
    """Prevents a frame that takes half of the screen, or hides its own buttons, at 200 per cent."""
    page = lesson.page
    if how == "zoomed":  # which halves what the page has of the window
        page.set_viewport_size({"width": 683, "height": 384})
    else:
        page.set_viewport_size({"width": 1366, "height": 768})
        page.add_style_tag(content="html { font-size: 200% !important; }")
        page.evaluate("window.dispatchEvent(new Event('resize'))")
    page.wait_for_timeout(500)
    assert page.evaluate(WIDTHS) == [0, 0, 0]
    assert page.evaluate(CROWDED) == []
    assert page.evaluate(BAR_SHARE) < 0.25
    for name in ("Lessons", "This page"):
        lesson.bar.get_by_role("button", name=name, exact=True).click()
        menu = page.locator(":popover-open")
        box = menu.bounding_box()
        size = page.viewport_size
        assert box and size and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]
        page.keyboard.press("Escape")


def test_in_forced_colours_each_state_of_the_frame_can_be_seen(lesson: FramedLesson) -> None:
    """Prevents a place, a focus or a progress that only colours show, which a reader replaced."""
    page = lesson.page
    page.emulate_media(forced_colors="active")
    try:
        assert grave(page) == []
        lesson.bar.get_by_role("button", name="Lessons").focus()
        page.keyboard.press("Enter")
        outline = "each => getComputedStyle(each).outlineStyle"
        assert page.locator("#cn-menu a[aria-current]").evaluate(outline) == "solid"
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Question 1", exact=True).click()
        place = page.locator(".cn-toc a[aria-current]")
        expect(place).to_have_text("Question 1")
        assert place.evaluate(outline) == "solid"
        page.keyboard.press("Tab")
        assert page.locator(":focus-visible").evaluate(outline) == "solid"
        assert lesson.bar.locator("progress").evaluate(outline) == "solid"
    finally:
        page.emulate_media(forced_colors="none")
