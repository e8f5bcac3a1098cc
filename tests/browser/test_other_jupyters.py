"""The oldest JupyterLab that is allowed, and Notebook 7: cards are alive and answers are saved."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.answers import best_answer
from tests.browser.conftest import Complaints
from tests.browser.forms import fill_in, press
from tests.browser.frame import FramedLesson
from tests.browser.lab import ALL, SECOND, Desk, Lab, Notebook, open_lab
from tests.paths import ROOT

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.skipif(
        not ALL, reason="installs another Jupyter from the internet; set CYBERNORMS_ENDURANCE"
    ),
]
OTHERS = {"JupyterLab 4.4": "jupyterlab==4.4.*", "Notebook 7": "notebook>=7,<8"}
LESSON, SET = "notebooks/02-un-norms.ipynb", "exercises/01-reading-the-report.ipynb"
QUESTION, WRITTEN = "report-accused", "report-correction"
AGAIN = "Run this lesson again"
Install = Callable[[str], str]


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Make an environment with the module and another Jupyter; return its Python."""
    made: dict[str, str] = {}

    def in_venv(name: str) -> str:
        if name not in made:
            folder = tmp_path_factory.mktemp("venv") / "it"
            uv = [sys.executable, "-m", "uv"]
            subprocess.run([*uv, "venv", "-q", "--python", sys.executable, folder], check=True)
            bin = "Scripts" if sys.platform == "win32" else "bin"
            python = str(folder / bin / "python")
            wanted = ["--python", python, "--editable", str(ROOT), OTHERS[name]]
            subprocess.run([*uv, "pip", "install", "-q", *wanted], check=True)
            made[name] = python
        return made[name]

    return in_venv


@pytest.fixture
def start(install: Install, tmp_path: Path) -> Iterator[Callable[[str], Lab]]:
    """Start another Jupyter on a root of its own, and end it when the test is over."""
    (tmp_path / "root").mkdir()
    labs: list[Lab] = []

    def start_it(name: str) -> Lab:
        python, is_notebook = install(name), name.startswith("Notebook")
        lab = Lab(tmp_path / "own", tmp_path / "root", python=python, notebook=is_notebook)
        labs.append(lab)
        return lab.start()

    yield start_it
    for lab in labs:
        lab.stop()


def card_of(notebook: Notebook, name: str) -> Locator:
    """Go to a card, since JupyterLab 4.4 takes cells out of the page that are far away."""
    notebook._ask(
        "const at = notebook.content.widgets.findIndex(each => each.model.id === argument);"
        "await notebook.content.scrollToItem(at, 'center');",
        name,
    )
    return notebook.card(name)


def answer_and_restart(notebook: Notebook, desk: Desk) -> None:
    """Save an answer and type a text; both are there after a restart."""
    question, text = find_question(QUESTION), "The post says more"
    card = card_of(notebook, QUESTION)
    fill_in(card, question, best_answer(question))
    press(card, "Check")
    expect(card).to_have_attribute("data-state", "done")
    written = card_of(notebook, WRITTEN)
    written.get_by_role("textbox").fill(text)
    expect(written.locator(".cn-said")).to_contain_text(re.compile("Kept in this|Draft kept"))
    notebook.restart_kernel()
    expect(written.get_by_role("alert")).to_contain_text("This card lost its connection.")
    press(written, AGAIN)
    expect(written.get_by_role("alert")).to_be_hidden(timeout=60 * SECOND)
    expect(written.get_by_role("textbox")).to_have_value(text)
    written = card_of(notebook, WRITTEN)
    press(written, "Save")
    expect(written.locator(".cn-said")).to_contain_text("Saved")
    answers = {each.question for each in Record(desk.work).read().answers}
    assert answers == {QUESTION, WRITTEN}
    expect(card_of(notebook, QUESTION)).to_have_attribute("data-state", "done")


def test_cards_answer_and_come_back_in_the_oldest_jupyterlab(
    start: Callable[[str], Lab], page: Page
) -> None:
    # Prevents a module that says it works with JupyterLab 4.4, and was never tried there.
    complaints = Complaints(page)
    lab = start("JupyterLab 4.4")
    desk = Desk(lab.root, "old")
    path = f"{desk.name}/{SET}"
    open_lab(page, lab, "old", path)
    notebook = Notebook(page, path, opened=True).run_all()
    assert not notebook.errors()
    answer_and_restart(notebook, desk)
    notebook.close()
    assert not [each for each in complaints.found if "cybernorms" in each]


def test_the_frame_runs_a_lesson_by_itself_in_the_oldest_jupyterlab(
    start: Callable[[str], Lab], page: Page
) -> None:
    # Prevents a frame that only the newest JupyterLab draws.
    lab = start("JupyterLab 4.4")
    desk = Desk(lab.root, "old")
    lab.trust(desk)
    lesson = FramedLesson(page, lab, f"{desk.name}/{LESSON}")
    lesson.wait_drawn()
    expect(lesson.bar).to_contain_text("Lesson 02 The UN norms")
    expect(lesson.note).to_be_empty()
    assert not lesson.ask("return notebook.context.model.dirty")
    lesson.api("POST", f"kernels/{lesson.session()['kernel']['id']}/restart")
    expect(lesson.note).to_contain_text("This lesson was interrupted.")
    lesson.note.get_by_role("button", name=AGAIN).click()
    expect(lesson.note).to_be_empty(timeout=60 * SECOND)
    assert lesson.dialogues() == 0


def test_cards_answer_and_come_back_in_notebook_7_and_the_frame_stays_away(
    start: Callable[[str], Lab], page: Page
) -> None:
    # Prevents an extension for JupyterLab that gets in the way of Notebook 7.
    complaints = Complaints(page)
    lab = start("Notebook 7")
    desk = Desk(lab.root, "seven")
    path = f"{desk.name}/{SET}"
    page.goto(f"{lab.url}/notebooks/{path}")
    page.wait_for_function("window.jupyterapp?.shell?.isAttached", timeout=60 * SECOND)
    notebook = Notebook(page, path, opened=True).run_all()
    assert not notebook.errors()
    assert page.locator("#cn-bar, .cn-frame").count() == 0
    answer_and_restart(notebook, desk)
    assert not [each for each in complaints.found if "cybernorms" in each]
    notebook.discard_changes()
