"""The norm explorer, by mouse and by keyboard: the screen shows what its text form says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import find_norm
from cybernorms.document import to_text
from cybernorms.pages.norms import NormState, count_line, explorer_blocks
from tests.browser.explorers import (
    ADDRESS,
    TEXT,
    Explorer,
    focused,
    tab_to,
    words_in_text,
    words_of,
)
from tests.browser.lab import Desk, Lab, Notebook, eventually

CONTROLS = ["Wording", "Duty", "Theme", "Norm", "Compare with"]
BUTTONS = ["Previous norm", "Next norm", "Clear the filters"]


class NormExplorer(Explorer):
    """The norm explorer of a cell, and what it should show."""

    def expect_state(self, state: NormState) -> None:
        """Wait until the page shows what the text form of a state says, links included."""
        blocks = explorer_blocks(state)
        wanted = words_in_text(blocks)
        eventually(
            self.page,
            lambda: words_of(self.panel.evaluate_all(TEXT)) == wanted,
            f"the page of {state}",
        )
        links = self.panel.locator("a").evaluate_all("all => all.map(a => a.href)")
        assert links == ADDRESS.findall(to_text(blocks))
        expect(self.card.locator("[aria-live=polite]")).to_have_text(count_line(state))

    def back_to_the_start(self) -> None:
        self.press("Clear the filters")
        self.choose("Norm", "a")
        self.choose("Compare with", "Nothing")
        self.expect_state(NormState())


@pytest.fixture(scope="module")
def lesson(lab: Lab, shared_page: Page) -> Iterator[Notebook]:
    desk = Desk(lab.root, "explorer")
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/02-un-norms.ipynb").run_all()
    yield lesson
    lesson.close()


@pytest.fixture
def explorer(lesson: Notebook) -> NormExplorer:
    return NormExplorer(lesson, "explorer")


def test_the_explorer_follows_the_mouse(explorer: NormExplorer) -> None:
    explorer.back_to_the_start()

    explorer.choose("Wording", "should not")
    explorer.expect_state(NormState("c", wording="should not"))
    assert [name[:2] for name in explorer.offered("Norm")] == ["c ", "f ", "k "]
    assert "f Do not damage critical infrastructure" in explorer.offered("Norm")

    explorer.choose("Norm", "f")
    explorer.expect_state(NormState("f", wording="should not"))

    explorer.choose("Compare with", find_norm("c", lesson=EVERYTHING).label)
    explorer.expect_state(NormState("f", "c", wording="should not"))

    explorer.press("Next norm")
    explorer.expect_state(NormState("k", "c", wording="should not"))

    explorer.press("Previous norm")
    explorer.expect_state(NormState("f", "c", wording="should not"))

    explorer.choose("Duty", "reporting")
    explorer.expect_state(NormState("f", "c", wording="should not", duty="reporting"))

    explorer.press("Clear the filters")
    explorer.expect_state(NormState("f"))
    assert [explorer.chosen(label) for label in CONTROLS] == [
        *("All", "All", "All"),
        "f Do not damage critical infrastructure",
        "Nothing",
    ]


def test_two_explorers_of_a_lesson_do_not_touch_each_other(
    explorer: NormExplorer, lesson: Notebook
) -> None:
    explorer.back_to_the_start()
    other = NormExplorer(lesson, "compare")
    other.expect_state(NormState("c", "f"))
    explorer.field("Theme").select_option(index=1)
    eventually(explorer.page, lambda: explorer.chosen("Theme") != "All", "a theme is chosen")
    other.expect_state(NormState("c", "f"))


def test_the_explorer_is_worked_by_keyboard_alone(explorer: NormExplorer, lesson: Notebook) -> None:
    explorer.back_to_the_start()
    cells, page = lesson.cell_count(), explorer.page
    lesson.focus("explorer")

    assert tab_to(page, BUTTONS[-1]) == [*CONTROLS, *BUTTONS]
    for _ in range(len(CONTROLS) + len(BUTTONS) - 1):
        page.keyboard.press("Shift+Tab")

    assert focused(page) == "Wording"
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    explorer.expect_state(NormState("c", wording="should not"))

    tab_to(page, "Duty")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    explorer.expect_state(NormState("c", wording="should not", duty="due diligence"))
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    explorer.expect_state(NormState("c", wording="should not"))

    tab_to(page, "Norm")
    page.keyboard.press("ArrowLeft")  # around the end, as in any group of tabs
    explorer.expect_state(NormState("k", wording="should not"))
    assert focused(page) == "Norm"

    tab_to(page, "Compare with")
    page.keyboard.type("(b")
    explorer.expect_state(NormState("k", "b", wording="should not"))

    tab_to(page, "Previous norm")
    page.keyboard.press("Enter")
    explorer.expect_state(NormState("f", "b", wording="should not"))

    tab_to(page, "Next norm")
    page.keyboard.press("Space")
    explorer.expect_state(NormState("k", "b", wording="should not"))

    tab_to(page, "Clear the filters")
    page.keyboard.press("Enter")
    explorer.expect_state(NormState("k"))
    assert focused(page) == "Clear the filters"
    assert lesson.cell_count() == cells


def test_a_letter_pressed_on_a_control_never_changes_the_notebook(
    explorer: NormExplorer, lesson: Notebook
) -> None:
    # Each of these adds, cuts, deletes or turns a cell when the notebook itself has the focus.
    cells = lesson.cell_count()
    tab = explorer.field("Norm").locator("input").first
    button = explorer.card.get_by_role("button", name="Next")
    for control in (explorer.field("Theme"), tab, button):
        for key in ("a", "b", "x", "d", "d", "m", "z", "ArrowDown", "Enter", "Escape"):
            control.focus()
            explorer.page.keyboard.press(key)
    eventually(explorer.page, lambda: lesson.cell_count() == cells, "no cell has come or gone")
    assert lesson.mode() == "command"
    explorer.page.keyboard.press("Escape")


def test_a_cell_is_still_run_from_inside_its_explorer(
    explorer: NormExplorer, lesson: Notebook
) -> None:
    explorer.back_to_the_start()
    explorer.choose("Norm", "d")
    explorer.expect_state(NormState("d"))
    before = lesson.execution_count("explorer")
    explorer.field("Theme").focus()
    explorer.page.keyboard.press("Control+Enter")
    eventually(
        explorer.page,
        lambda: lesson.execution_count("explorer") != before,
        "the cell has run again",
    )
    NormExplorer(lesson, "explorer").expect_state(NormState("d"))
