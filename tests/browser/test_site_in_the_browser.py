"""The course by a link: read, answered, kept, handed in and marked, with nothing installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cybernorms.classroom.run.class_run import mark_class
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.shipped import shipped_notebooks
from cybernorms.site.build import build, write_site
from cybernorms.site.runtime import read_runtime
from tests.answers import best_answer, worst_answer
from tests.browser.forms import expect_mark, fill_in, press, read_form
from tests.browser.lab import ALL
from tests.browser.visit import ALIVE, COURSE, Visit, card, served, state
from tests.site.runtime import runtime_folder

SET = "exercises/03-norms-and-law"
QUESTION = find_question("law-untouched")
NAME = "Your name, as your teacher knows it"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_site(build(read_runtime(runtime_folder())), folder / COURSE)
    with served(folder) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    expect.set_options(timeout=ALIVE)
    visit = Visit(browser, address)
    yield visit
    visit.close()


def asked(path: str) -> list[str]:
    """Return the keys of the questions of a page that are answered in forms."""
    keys = shipped_notebooks()[f"{path}.ipynb"].asks
    return [key for key in keys if find_question(key.split(":")[0]).kind != "value"]


def answer(page: Page, key: str, response: object) -> None:
    """Answer a question and wait until it says that it is saved."""
    form, question = card(page, key), find_question(key)
    fill_in(form, question, response)
    press(form, "Save" if question.kind == "written" else "Check")
    expect_mark(form, mark(question, response))


def hand_in(page: Page, to: Path) -> Path:
    """Write the hand-in and return where its download was put."""
    form = card(page, "hand-in")
    form.get_by_role("textbox", name=NAME, exact=True).fill("Ada Lovelace")
    with page.expect_download() as download:
        press(form, "Write the file")
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_an_answer_is_kept_handed_in_and_marked_as_shown(visit: Visit, tmp_path: Path) -> None:
    """Prevents work that is said to be saved from being gone, or marked to other points."""
    page = visit.open(f"{SET}.html")
    answer(page, QUESTION.id, best_answer(QUESTION))
    assert "Saved in this browser" in state(page)
    assert "1 of 11" in (page.locator(".cn-count").text_content() or "")
    page.close()

    page = visit.open(f"{SET}.html")
    form = card(page, QUESTION.id)
    assert read_form(form, QUESTION) == best_answer(QUESTION)
    expect(form.locator(".cn-said").first).to_contain_text("Your answer, saved")
    path = hand_in(page, tmp_path)
    assert json.loads(path.read_bytes())["name"] == "Ada Lovelace"
    mark_class(path, tmp_path / "results", processes=1)
    [line] = (tmp_path / "results" / "gradebook.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert "Ada Lovelace" in line

    assert not visit.complaints
    assert all(url.startswith((visit.address, "blob:", "data:")) for url in visit.asked)


@pytest.mark.endurance
@pytest.mark.parametrize("path", [p for p in shipped_notebooks() if p.startswith("exercises/")])
def test_every_question_of_a_set_is_answered_and_restored(
    path: str, visit: Visit, tmp_path: Path
) -> None:
    """Prevents a kind of question that can't be answered, or comes back as something else."""
    if not ALL:
        pytest.skip("make endurance")
    name = path.removesuffix(".ipynb")
    page = visit.open(f"{name}.html")
    given = {}
    for at, key in enumerate(asked(name)):
        question = find_question(key)
        given[key] = (worst_answer if at % 3 == 2 else best_answer)(question)
        answer(page, key, given[key])
    page.close()
    page = visit.open(f"{name}.html")
    for key, response in given.items():
        question = find_question(key)
        assert mark(question, read_form(card(page, key), question)) == mark(question, response)
    made = hand_in(page, tmp_path)
    mark_class(made, tmp_path / "results", processes=1)
    points = sum(mark(find_question(key), each).points or 0 for key, each in given.items())
    gradebook = (tmp_path / "results" / "gradebook.csv").read_text(encoding="utf-8")
    assert f"{points:g}" in gradebook
    assert not visit.complaints


_ = (Axe, load_question_sets)
