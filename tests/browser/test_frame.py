"""A lesson opens as a course, runs without a key, and never changes a file."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.exercises.shipped import shipped_notebooks
from tests.answers import best_answer
from tests.browser.forms import fill_in, press
from tests.browser.frame import FramedLesson
from tests.browser.lab import Desk, Lab, eventually

LESSON = "notebooks/02-un-norms.ipynb"
OWN = set(shipped_notebooks()[LESSON].code)  # cells in which learners write
SET = "exercises/02-un-norms.ipynb"
Open = Callable[..., FramedLesson]
# In a page: where the paragraph that is being read stands, and what has the focus.
HELD = (
    "const cells = [...document.querySelectorAll('.cn-page .jp-MarkdownCell')];"
    "window.held ??= cells.find(each => each.getBoundingClientRect().bottom > 60);"
    "return [window.held.getBoundingClientRect().top, document.activeElement.className];"
)
SIZE = "parseFloat(getComputedStyle(document.querySelector('.jp-MarkdownOutput p')).fontSize)"
HIDDEN = (
    "#jp-menu-panel, #jp-top-panel, #jp-bottom-panel, .jp-FileBrowser, .jp-NotebookPanel-toolbar,"
    ".jp-InputPrompt, .jp-OutputPrompt, .jp-Collapser, .jp-cell-toolbar, .jp-SideBar"
)


@pytest.fixture
def open_lesson(page: Page, lab: Lab, desk: Desk) -> Open:
    """Open a lesson of the desk, laid out for this learner unless it is said otherwise."""

    def open_it(path: str, *, trusted: bool = True) -> FramedLesson:
        if trusted:
            lab.trust(desk)
        return FramedLesson(page, lab, f"{desk.name}/{path}")

    return open_it


def answer(desk: Desk, *ids: str) -> None:
    for id in ids:
        question = find_question(id)
        Record(desk.work).append(id, question.revision, best_answer(question))


def test_a_lesson_opens_as_a_course_and_runs_without_a_key(open_lesson: Open) -> None:
    """Prevents a first page full of menus, and cells that a student has to run."""
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    page = lesson.page
    for hidden in page.locator(HIDDEN).all():
        expect(hidden).not_to_be_visible()
    expect(page.locator(".cn-lesson .jp-CodeCell .jp-Cell-inputWrapper").first).not_to_be_visible()
    expect(lesson.bar).to_contain_text("Lesson 02 The UN norms")
    expect(lesson.bar).to_contain_text("Answered 0 of 14")
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name="The obvious one, and the other ten")).to_be_visible()
    expect(lesson.note).to_be_empty()
    assert lesson.kernel_states() == ["alive"]
    assert page.title() == "The UN norms"


def test_cells_run_in_order_and_once(open_lesson: Open) -> None:
    """Prevents cards that are drawn twice, or before what they need."""
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    counts = lesson.counts()
    own = {counts.pop(cell) for cell in OWN}
    assert own == {None}, "what a learner writes is run by the learner alone"
    assert list(counts.values()) == list(range(1, len(counts) + 1))


def test_focus_and_place_stay_where_they_are_while_cells_run(open_lesson: Open) -> None:
    """Prevents a reader who has scrolled from being thrown to the top, or pushed down by cards."""
    lesson = open_lesson(LESSON)
    page = lesson.page
    heading = page.locator(".jp-MarkdownOutput h2").nth(2)
    heading.wait_for()
    page.evaluate("document.querySelector('.cn-page').scrollTop = 900")
    page.wait_for_timeout(50)
    mark = f"() => {{ {HELD} }}"
    ran = lesson.counts()["progress"]
    before = page.evaluate(mark)
    lesson.wait_drawn()
    page.wait_for_timeout(500)
    after = page.evaluate(mark)
    assert ran is None, "it is measured while the cells have still to run"
    assert abs(after[0] - before[0]) < 60
    assert after[1].split(" jp-toolbar")[0] == before[1].split(" jp-toolbar")[0]
    assert lesson.ask("return notebook.content.activeCellIndex") == 0


def test_a_cell_that_fails_is_told_and_the_rest_runs(open_lesson: Open, desk: Desk) -> None:
    """Prevents a page that stays empty below the first thing that goes wrong."""
    _change(desk, LESSON, "ask-voluntary", "raise ValueError('broken')")
    lesson = open_lesson(LESSON)
    lesson.note.get_by_role("button", name="Run it").click()
    expect(lesson.note).to_contain_text("couldn't be shown")
    counts = lesson.counts()
    assert {cell for cell, count in counts.items() if count is None} == OWN


def _change(desk: Desk, path: str, cell: str, source: str) -> None:
    file = desk.folder / path
    notebook = json.loads(file.read_text(encoding="utf-8"))
    [found] = [each for each in notebook["cells"] if each["id"] == cell]
    found["source"] = source
    file.write_text(json.dumps(notebook), encoding="utf-8")


def test_a_lesson_with_other_bytes_asks_before_it_runs(open_lesson: Open, desk: Desk) -> None:
    """Prevents a notebook that somebody changed from running when it is opened."""
    _change(desk, LESSON, "progress", "open('ran', 'w')")
    lesson = open_lesson(LESSON)
    expect(lesson.note).to_contain_text("isn't as it came with the module")
    eventually(lesson.page, lambda: lesson.state == "alive", "the kernel is there")
    lesson.page.wait_for_timeout(1000)
    assert not (desk.folder / "notebooks" / "ran").exists()
    assert set(lesson.counts().values()) == {None}
    lesson.note.get_by_role("button", name="Run it").click()
    lesson.wait_run()
    assert (desk.folder / "notebooks" / "ran").exists()


def test_a_lesson_in_a_folder_of_somebody_else_asks_before_it_runs(open_lesson: Open) -> None:
    """Prevents a sent folder, with its own libraries beside the lesson, from running."""
    lesson = open_lesson(LESSON, trusted=False)
    expect(lesson.note).to_contain_text("wasn't laid out on this computer")
    lesson.page.wait_for_timeout(1000)
    assert set(lesson.counts().values()) == {None}
    lesson.note.get_by_role("button", name="Run it").click()
    lesson.wait_run()


def test_working_and_saving_leave_the_files_as_they_were(
    open_lesson: Open, desk: Desk, lab: Lab
) -> None:
    """Prevents an update that stops at a lesson, and a question whether the page may be left."""
    git = ["git", "-C", str(desk.folder)]
    own = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    (desk.folder / ".gitignore").write_text("work/\n.ipynb_checkpoints/\n", encoding="utf-8")
    subprocess.run([*git, "add", "-A"], check=True, capture_output=True)
    subprocess.run([*git, *own, "commit", "-qm", "shipped"], check=True, capture_output=True)
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    page = lesson.page
    form = lesson.cell("ask-voluntary").locator("form.cn").first
    question = find_question("un-voluntary")
    fill_in(form, question, best_answer(question))
    press(form, "Check")
    expect(form.locator(".cn-said")).to_contain_text("Saved")
    page.keyboard.press("Control+s")
    lesson.ask("await window.jupyterapp.commands.execute('docmanager:save')")
    lesson.ask("await notebook.context.save()")
    assert lesson.ask("return notebook.context.model.dirty") is False
    page.reload()
    lesson.wait_drawn()
    expect(lesson.bar).to_contain_text("Answered 1 of 14")
    status = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True)
    assert status.stdout == ""


def test_leaving_the_page_asks_nothing(open_lesson: Open) -> None:
    """Prevents "Leave page? Changes may not be saved" where all is saved."""
    lesson = open_lesson(SET)
    lesson.wait_drawn()
    page = lesson.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    own = lesson.cell("un-duty-table")
    own.locator(".cm-content").click()
    page.keyboard.type("x = 1")
    page.reload()
    lesson.wait_drawn()
    assert asked == []


def test_progress_in_the_bar_follows_each_saved_answer(open_lesson: Open, desk: Desk) -> None:
    """Prevents a bar that counts only what was there when the page was opened."""
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    answer(desk, "un-voluntary", "un-restraint")
    lesson.page.evaluate(
        "window.dispatchEvent(new CustomEvent('cybernorms:saved', { detail: {} }))"
    )
    expect(lesson.bar).to_contain_text("Answered 2 of 14")
    lesson.bar.get_by_role("button", name="Lessons").click()
    here = lesson.page.locator("#cn-menu [aria-current=page]")
    expect(here).to_contain_text("Lesson 02")


def test_coming_back_leads_to_the_first_open_question(open_lesson: Open, desk: Desk) -> None:
    """Prevents a learner from searching for the place each time."""
    asks = shipped_notebooks()[LESSON].asks
    answer(desk, *asks[:4])
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    eventually(lesson.page, lambda: lesson.scrolled() > 500, "the page goes on")
    lesson.page.wait_for_timeout(1500)
    card = lesson.page.locator(f"form.cn[data-key={asks[4]}]")
    expect(card).to_be_in_viewport()
    top = card.bounding_box()
    assert top and top["y"] < 200


def test_a_first_visit_begins_at_the_top(open_lesson: Open) -> None:
    """Prevents a lesson that begins at its first question."""
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    lesson.page.wait_for_timeout(1500)
    assert lesson.scrolled() == 0


def test_links_to_lessons_load_a_page_so_that_back_leads_back(
    open_lesson: Open, desk: Desk
) -> None:
    """Prevents a Back that leaves the lesson unchanged under another address."""
    lesson = open_lesson(SET)
    page = lesson.page
    page.get_by_role("link", name="lesson 02").first.click()
    page.wait_for_url(f"**/doc/tree/{desk.name}/{LESSON}")
    expect(page.locator("#cn-bar")).to_contain_text("Lesson 02")
    page.go_back()
    page.wait_for_url(f"**/doc/tree/{desk.name}/{SET}")
    expect(page.locator("#cn-bar")).to_contain_text("Exercises 02")


def test_back_and_next_lead_through_the_course(open_lesson: Open, desk: Desk) -> None:
    """Prevents a student from having to look for what comes next."""
    lesson = open_lesson(LESSON)
    lesson.bar.get_by_role("link", name="Next").click()
    lesson.page.wait_for_url(f"**/doc/tree/{desk.name}/{SET}")
    expect(lesson.bar).to_contain_text("Exercises 02")
    lesson.bar.get_by_role("link", name="Back").click()
    lesson.page.wait_for_url(f"**/doc/tree/{desk.name}/{LESSON}")


def test_code_is_one_press_away_and_cannot_be_changed_by_accident(open_lesson: Open) -> None:
    """Prevents a page that hides what it does, and a lesson damaged by a key."""
    lesson = open_lesson(LESSON)
    lesson.wait_drawn()
    page = lesson.page
    code = lesson.cell("explorer").locator(".jp-Cell-inputWrapper")
    lesson.bar.get_by_role("button", name="This page").click()
    lesson.bar.get_by_role("button", name="Show the code").click()
    page.keyboard.press("Escape")
    expect(code).to_be_visible()
    cells = lesson.ask("return notebook.content.widgets.length")
    code.locator(".cm-content").click()
    page.keyboard.type("xxdd")
    page.locator(".jp-MarkdownOutput").first.dblclick()
    page.keyboard.press("Escape")
    for key in ("a", "b", "x", "d", "d", "m", "Control+Shift+-"):
        page.keyboard.press(key)
    assert lesson.ask("return notebook.content.widgets.length") == cells
    sources = "return notebook.content.widgets.map(each => each.model.sharedModel.getSource())"
    assert "xxdd" not in "".join(lesson.ask(sources))
    rendered = page.locator(".jp-MarkdownCell.jp-mod-rendered")
    assert rendered.count() == page.locator(".jp-MarkdownCell").count()


def test_larger_type_lasts_from_lesson_to_lesson(open_lesson: Open) -> None:
    """Prevents a teacher from setting it again before each lesson."""
    lesson = open_lesson(LESSON)
    page = lesson.page
    before = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.jp-MarkdownOutput p')).fontSize)"
    )
    lesson.bar.get_by_role("button", name="This page").click()
    lesson.bar.get_by_role("button", name="Larger type").click()
    page.reload()
    page.wait_for_selector(".cn-lesson .jp-MarkdownOutput p")
    after = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.jp-MarkdownOutput p')).fontSize)"
    )
    assert after == pytest.approx(before * 1.5)


def test_answers_are_printed_from_a_page_of_their_own(
    open_lesson: Open, desk: Desk, context: BrowserContext
) -> None:
    """Prevents a lesson from being the only place in which one's answers can be read."""
    answer(desk, "un-voluntary")
    lesson = open_lesson(LESSON)
    lesson.page.evaluate("window.open = address => { window.opened = address; return null; }")
    lesson.bar.get_by_role("button", name="This page").click()
    lesson.bar.get_by_role("button", name="Print my answers").click()
    printed = context.new_page()
    printed.goto(lesson.page.evaluate("window.opened"))
    expect(printed.locator("main")).to_contain_text(find_question("un-voluntary").title)
    expect(printed.locator("main")).to_contain_text("Your answer")
    printed.close()


def test_another_notebook_is_left_as_jupyterlab_shows_it(page: Page, lab: Lab, desk: Desk) -> None:
    """Prevents a notebook of one's own without its menus and its save."""
    other = desk.folder / "notebooks" / "own.ipynb"
    shutil.copy(desk.folder / LESSON, other)
    page.goto(f"{lab.url}/doc/tree/{desk.name}/notebooks/own.ipynb")
    page.wait_for_selector(".jp-NotebookPanel")
    expect(page.locator("#jp-menu-panel")).to_be_visible()
    expect(page.locator("#cn-bar")).to_have_count(0)
    assert not page.evaluate("document.body.classList.contains('cn-frame')")


def test_a_desk_has_the_notebooks_that_were_shipped(desk: Desk) -> None:
    """Prevents tests of self-running lessons that run only because they ask."""
    for path, each in shipped_notebooks().items():
        content = Path(desk.folder / path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each.sha256
