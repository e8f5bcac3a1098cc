"""The norm explorer, by mouse and by keyboard: the screen shows what its text form says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import find_norm
from cybernorms.document import to_text
from cybernorms.pages.norms import NormState, count_line, explorer_blocks
from tests.browser.forms import one_line
from tests.browser.lab import Desk, Lab, Notebook, eventually

CONTROLS = ["Wording", "Duty", "Theme", "Norm", "Compare with"]
BUTTONS = ["Previous norm", "Next norm", "Clear the filters"]

# Text as it stands in a part of the page, open or folded, with a space between any two pieces.
TEXT = """part => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (walker.nextNode()) pieces.push(walker.currentNode.data);
    return pieces.join(' ');
}"""
ADDRESS = re.compile(r"<(https?://\S+)>")


class Explorer:
    """The explorer of a cell, and what it should show."""

    def __init__(self, lesson: Notebook, cell: str) -> None:
        self.page: Page = lesson.page
        self.card = lesson.card(cell)
        self.page_panel = self.card.locator(".widget-html-content").last

    def field(self, label: str) -> Locator:
        return self.card.get_by_role("combobox", name=label, exact=True)

    def chosen(self, label: str) -> str:
        return one_line(self.field(label).evaluate("field => field.selectedOptions[0].text"))

    def words(self) -> list[str]:
        return re.findall(r"\w+", self.page_panel.evaluate(TEXT))

    def expect(self, state: NormState) -> None:
        """Wait until the page shows what the text form of a state says, links included."""
        text = to_text(explorer_blocks(state))
        wanted = re.findall(r"\w+", ADDRESS.sub("", text))
        eventually(self.page, lambda: self.words() == wanted, f"the page of {state}")
        links = self.page_panel.locator("a").evaluate_all("all => all.map(a => a.href)")
        assert links == ADDRESS.findall(text)
        expect(self.card.get_by_role("status")).to_have_text(count_line(state))
        expect(self.page_panel).to_be_visible()

    def back_to_the_start(self) -> None:
        self.field("Norm").select_option(index=0)
        for label in ("Wording", "Duty", "Theme", "Compare with"):
            self.field(label).select_option(index=0)
        self.field("Norm").select_option(index=0)
        self.expect(NormState())


@pytest.fixture(scope="module")
def lesson(lab: Lab, shared_page: Page) -> Iterator[Notebook]:
    desk = Desk(lab.root, "explorer")
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/02-un-norms.ipynb").run_all()
    yield lesson
    lesson.close()


@pytest.fixture
def explorer(lesson: Notebook) -> Explorer:
    return Explorer(lesson, "explorer")


def test_the_explorer_follows_the_mouse(explorer: Explorer) -> None:
    explorer.back_to_the_start()

    explorer.field("Wording").select_option(label="should not")
    explorer.expect(NormState("c", wording="should not"))
    norms = explorer.field("Norm").locator("option").all_text_contents()
    assert [name[:3] for name in norms] == ["(c)", "(f)", "(k)"]

    explorer.field("Norm").select_option(index=1)
    explorer.expect(NormState("f", wording="should not"))

    explorer.field("Compare with").select_option(label=find_norm("c", lesson=EVERYTHING).label)
    explorer.expect(NormState("f", "c", wording="should not"))

    explorer.card.get_by_role("button", name="Next norm").click()
    explorer.expect(NormState("k", "c", wording="should not"))

    explorer.card.get_by_role("button", name="Previous norm").click()
    explorer.expect(NormState("f", "c", wording="should not"))

    explorer.field("Duty").select_option(label="reporting")
    explorer.expect(NormState("f", "c", wording="should not", duty="reporting"))

    explorer.card.get_by_role("button", name="Clear the filters").click()
    explorer.expect(NormState("f"))
    assert [explorer.chosen(label) for label in CONTROLS] == [
        *("All", "All", "All"),
        find_norm("f", lesson=EVERYTHING).label,
        "Nothing",
    ]


def test_two_explorers_of_a_lesson_do_not_touch_each_other(
    explorer: Explorer, lesson: Notebook
) -> None:
    explorer.back_to_the_start()
    other = Explorer(lesson, "compare")
    other.expect(NormState("c", "f"))
    explorer.field("Theme").select_option(index=1)
    eventually(explorer.page, lambda: explorer.chosen("Theme") != "All", "a theme is chosen")
    other.expect(NormState("c", "f"))


FOCUS = """() => {
    const focused = document.activeElement;
    const style = getComputedStyle(focused);
    return {
        name: focused.labels?.[0]?.textContent ?? focused.textContent.trim(),
        inCard: focused.closest('.cn-card') !== null,
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    };
}"""


def tab_to(page: Page, name: str, most: int = 12) -> list[str]:
    """Press Tab until a control of a card has the focus; return the controls on the way to it."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["inCard"]:
            assert focus["outline"] >= 2, f"nothing shows that {focus['name']} has the focus"
            passed.append(focus["name"])
            if focus["name"] == name:
                return passed
    raise AssertionError(f"{name} is not among {passed}")


def test_the_explorer_is_worked_by_keyboard_alone(explorer: Explorer, lesson: Notebook) -> None:
    explorer.back_to_the_start()
    cells, page = lesson.cell_count(), explorer.page
    lesson.focus("explorer")

    assert tab_to(page, BUTTONS[-1]) == [*CONTROLS, *BUTTONS]
    for _ in range(len(CONTROLS) + len(BUTTONS) - 1):
        page.keyboard.press("Shift+Tab")

    assert page.evaluate(FOCUS)["name"] == "Wording"
    if sys.platform == "darwin":
        # There an arrow opens the list in a window of the system, out of a test's reach.
        page.keyboard.type("ss")
    else:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    explorer.expect(NormState("c", wording="should not"))

    tab_to(page, "Duty")
    page.keyboard.type("due")
    explorer.expect(NormState("c", wording="should not", duty="due diligence"))
    page.wait_for_timeout(1100)  # A browser takes letters that follow at once as one word.
    page.keyboard.type("all")
    explorer.expect(NormState("c", wording="should not"))

    tab_to(page, "Norm")
    page.keyboard.type("(k")
    explorer.expect(NormState("k", wording="should not"))

    tab_to(page, "Compare with")
    page.keyboard.type("(b")
    explorer.expect(NormState("k", "b", wording="should not"))

    tab_to(page, "Previous norm")
    page.keyboard.press("Enter")
    explorer.expect(NormState("f", "b", wording="should not"))

    tab_to(page, "Next norm")
    page.keyboard.press("Space")
    explorer.expect(NormState("k", "b", wording="should not"))

    tab_to(page, "Clear the filters")
    page.keyboard.press("Enter")
    explorer.expect(NormState("k"))
    assert page.evaluate(FOCUS)["name"] == "Clear the filters"
    assert lesson.cell_count() == cells


def test_a_letter_pressed_on_a_control_never_changes_the_notebook(
    explorer: Explorer, lesson: Notebook
) -> None:
    # Each of these adds, cuts, deletes or turns a cell when the notebook itself has the focus.
    cells = lesson.cell_count()
    for control in (explorer.field("Theme"), explorer.card.get_by_role("button", name="Next")):
        for key in ("a", "b", "x", "d", "d", "m", "z", "ArrowDown", "Enter", "Escape"):
            control.focus()
            explorer.page.keyboard.press(key)
    eventually(explorer.page, lambda: lesson.cell_count() == cells, "no cell has come or gone")
    assert lesson.mode() == "command"
    explorer.page.keyboard.press("Escape")


def test_a_cell_is_still_run_from_inside_its_explorer(explorer: Explorer, lesson: Notebook) -> None:
    before = lesson.execution_count("explorer")
    explorer.field("Theme").focus()
    explorer.page.keyboard.press("Control+Enter")
    eventually(
        explorer.page,
        lambda: lesson.execution_count("explorer") != before,
        "the cell has run again",
    )
    Explorer(lesson, "explorer").expect(NormState())
