"""The explorers of lesson 05, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cybernorms.corpus.clauses import find_clause
from cybernorms.pages.clause_lab import LabState, nearest_choices, rest_blocks
from cybernorms.pages.coverage import CoverageState, coverage_blocks
from cybernorms.pages.wording import WordingState, wording_blocks
from tests.browser.explorers import Explorer, in_a_list_of_the_system, tab_to
from tests.browser.lab import Desk, Lab, Notebook

PATH = "notebooks/05-the-proposed-deal.ipynb"


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "deal")


@pytest.fixture(scope="module")
def lesson(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    notebook = Notebook(shared_page, f"{desk.name}/{PATH}").run_all()
    yield notebook
    notebook.close()


def test_clauses_are_compared_by_mouse(lesson: Notebook) -> None:
    card = Explorer(lesson, "wording")
    card.expect(wording_blocks(WordingState()))
    expect(card.panel.locator("del", has_text="cripple")).to_have_count(1)
    card.choose("Second", "Kerry, first principle: critical infrastructure")
    card.expect(wording_blocks(WordingState("nyt-first-use", "kerry-1")))
    card.choose("Third", "Norm (f): critical infrastructure")
    card.expect(wording_blocks(WordingState("nyt-first-use", "kerry-1", "norm-13f")))


@in_a_list_of_the_system
def test_clauses_are_compared_by_keyboard(lesson: Notebook) -> None:
    card = Explorer(lesson, "twins-lab")
    card.focus_first()
    tab_to(card.page, "First")
    card.page.keyboard.type("Xi Jin")
    card.expect(wording_blocks(WordingState("xi-seattle", "norm-13f")))
    tab_to(card.page, "Second")
    card.page.keyboard.type("Kerry, third")
    card.expect(wording_blocks(WordingState("xi-seattle", "kerry-3")))


def press_slot(card: Explorer, words: str, choice: str) -> None:
    """Press words of the sentence, and choose others for them."""
    card.card.locator(".cn-slot", has_text=words).first.click()
    card.card.get_by_role("radio", name=choice, exact=True).check()


def test_a_clause_is_built_tested_and_kept_by_mouse(lesson: Notebook, desk: Desk) -> None:
    card = Explorer(lesson, "clause-lab")
    real = "nyt-first-use"
    built = nearest_choices(find_clause(real, lesson="05").parts)
    card.expect(rest_blocks(LabState(built, clause=real)))
    card.choose("Case to look at closely", "A State's software spreads to hospitals by accident")
    card.expect(rest_blocks(LabState(built, clause=real, case="spill-over")))
    press_slot(card, "activity to cripple", "harm to critical infrastructure")
    built |= {"object": "infrastructure-harm"}
    card.expect(rest_blocks(LabState(built, clause=real, case="spill-over")))
    press_slot(card, "knowing?", "intentionally (of the harm)")
    built |= {"mental element": "intentionally"}
    card.expect(rest_blocks(LabState(built, clause=real, case="spill-over")))
    card.press("Keep this clause")
    expect(card.card.locator(".cn-said").first).to_contain_text("Saved.")
    assert "infrastructure-harm" in (desk.work / "answers.jsonl").read_text(encoding="utf-8")
    lesson.run("clause-lab")
    card = Explorer(lesson, "clause-lab")
    expect(card.card.locator(".cn-clause")).to_contain_text("activity that intentionally damages")
    expect(card.card.locator(".cn-said[data-at=saved]")).to_have_count(1)


@in_a_list_of_the_system
def test_a_clause_is_built_by_keyboard_alone(lesson: Notebook) -> None:
    card = Explorer(lesson, "clause-lab")
    keys = card.page.keyboard
    card.focus_first()
    tab_to(card.page, "be the first to use cyberweapons for")
    keys.press("Enter")
    keys.press("ArrowUp")
    expect(card.card.locator(".cn-clause")).to_contain_text("allow activity")
    keys.press("Escape")
    tab_to(card.page, "Keep this clause", most=60)
    keys.press("Enter")
    expect(card.card.locator(".cn-said").first).to_contain_text("Saved.")
    tab_to(card.page, "A real clause beside it")
    keys.type("Kerry, fou")
    expect(card.card.locator(".cn-real")).to_contain_text("Kerry, fourth principle")


def test_the_matrix_opens_its_cells_by_mouse_and_by_keyboard(lesson: Notebook) -> None:
    card = Explorer(lesson, "coverage")
    card.expect(coverage_blocks(CoverageState("interests")))
    card.choose("Text", "Xi, Seattle, 2015")
    card.expect(coverage_blocks(CoverageState("interests", instrument="xi-seattle-2015")))
    card.focus_first()
    tab_to(card.page, "Rows")
    card.page.keyboard.press("ArrowLeft")
    card.expect(coverage_blocks(CoverageState("norms", instrument="xi-seattle-2015")))


def test_no_cell_of_the_lesson_fails(lesson: Notebook) -> None:
    assert lesson.errors() == []
