"""Cells in which learners write: shown, kept, put back, and run by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cybernorms.exercises.record import Record
from tests.browser.frame import FramedLesson
from tests.browser.lab import Desk, Lab, eventually

SET = "exercises/02-un-norms.ipynb"
CELL = "un-duty-table"
ANSWER = (
    'readings = data("norm_readings")\n'
    'judged = readings[(readings["axis"] == "duty") & (readings["verdict"] == "correct")]\n'
    'duties = judged["value"].value_counts()\n'
    'check("un-duty-table", duties)'
)


@pytest.fixture
def lesson(page: Page, lab: Lab, desk: Desk) -> FramedLesson:
    lab.trust(desk)
    lesson = FramedLesson(page, lab, f"{desk.name}/{SET}")
    lesson.wait_run()
    return lesson


def kept(desk: Desk) -> list[Path]:
    return sorted((desk.work / "drafts").glob("code-*.txt"))


def write(lesson: FramedLesson, text: str) -> None:
    field = lesson.cell(CELL).locator(".cm-content")
    field.click()
    lesson.page.keyboard.press("Control+a")
    lesson.page.keyboard.insert_text(text)


def test_code_is_shown_and_only_the_learner_runs_it(lesson: FramedLesson, desk: Desk) -> None:
    """Prevents a task without a place to write, and a run that nobody asked for."""
    own = lesson.cell(CELL)
    expect(own.locator(".jp-Cell-inputWrapper")).to_be_visible()
    assert lesson.counts()[CELL] is None
    write(lesson, ANSWER)
    own.get_by_role("button", name="Run").click()
    expect(own.locator(".jp-OutputArea")).to_contain_text("Correct")
    assert Record(desk.work).read().last("un-duty-table")


def test_shift_enter_runs_it_without_leaving_the_cell(lesson: FramedLesson) -> None:
    """Prevents a learner who knows notebooks from being stuck."""
    write(lesson, "print(6 * 7)")
    cells = lesson.ask("return notebook.content.widgets.length")
    lesson.page.keyboard.press("Shift+Enter")
    expect(lesson.cell(CELL).locator(".jp-OutputArea")).to_contain_text("42")
    assert lesson.ask("return notebook.content.widgets.length") == cells
    assert lesson.ask("return notebook.content.activeCell.model.sharedModel.getSource()") == (
        "print(6 * 7)"
    )


def test_what_was_typed_comes_back_and_is_not_run(lesson: FramedLesson, desk: Desk) -> None:
    """Prevents code that is lost since the notebook is never saved."""
    write(lesson, "open('ran', 'w')  # mine")
    expect(lesson.cell(CELL).get_by_text("Kept")).to_be_visible()
    write(lesson, "open('ran', 'w')  # mine, and more")
    lesson.page.reload()
    lesson.wait_run()
    expect(lesson.cell(CELL).locator(".cm-content")).to_have_text(
        "open('ran', 'w')  # mine, and more"
    )
    lesson.page.wait_for_timeout(500)
    assert lesson.counts()[CELL] is None
    assert not (desk.folder / "exercises" / "ran").exists()
    before = (desk.folder / SET).read_bytes()
    lesson.page.keyboard.press("Control+s")
    assert (desk.folder / SET).read_bytes() == before


def test_a_window_that_is_left_open_does_not_write_over_another(
    lesson: FramedLesson, desk: Desk
) -> None:
    """Prevents an old window from taking the place of what was written since."""
    write(lesson, "x = 1")
    drafts = desk.work / "drafts"
    eventually(
        lesson.page, lambda: drafts.is_dir() and len([*drafts.glob("code-*.txt")]) == 1, "kept"
    )
    [kept] = drafts.glob("code-*.txt")
    kept.write_text("written elsewhere", encoding="utf-8")
    write(lesson, "x = 2")
    eventually(lesson.page, lambda: len([*drafts.glob("code-*.txt")]) == 2, "both are kept")
    texts = {path.read_text(encoding="utf-8") for path in drafts.glob("code-*.txt")}
    assert texts == {"written elsewhere", "x = 2"}
