"""The explorers of lesson 05, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cybernorms.corpus.conducts import load_choices
from cybernorms.pages.clause_lab import LABELS, START, LabState, lab_blocks
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


def test_a_clause_is_built_tested_and_kept_by_mouse(lesson: Notebook, desk: Desk) -> None:
    card = Explorer(lesson, "clause-lab")
    card.expect(lab_blocks(LabState(clause="nyt-first-use")))
    card.choose("Case to look at closely", "A State's software spreads to hospitals by accident")
    card.expect(lab_blocks(LabState(clause="nyt-first-use", case="spill-over")))
    card.choose("Object", "harm to critical infrastructure")
    built = START | {"object": "infrastructure-harm"}
    card.expect(lab_blocks(LabState(built, case="spill-over")))
    card.choose("Mental element", "intentionally (of the harm)")
    built |= {"mental element": "intentionally"}
    card.expect(lab_blocks(LabState(built, case="spill-over")))
    card.press("Keep this clause")
    expect(card.card.locator(".cn-said").first).to_contain_text("Saved.")
    assert "infrastructure-harm" in (desk.work / "answers.jsonl").read_text(encoding="utf-8")
    lesson.run("clause-lab")
    card = Explorer(lesson, "clause-lab")
    assert card.chosen("Object") == "harm to critical infrastructure"
    expect(card.card.locator(".cn-said[data-at=saved]")).to_have_count(1)


@in_a_list_of_the_system
def test_a_clause_is_built_by_keyboard_alone(lesson: Notebook) -> None:
    card = Explorer(lesson, "clause-lab")
    for name in load_choices():
        expect(card.field(LABELS[name])).to_have_count(1)
    card.focus_first()
    tab_to(card.page, "Verb")
    card.page.keyboard.type("allow")
    tab_to(card.page, "Object")
    card.page.keyboard.type("theft of bus")
    tab_to(card.page, "Keep this clause")
    card.page.keyboard.press("Enter")
    expect(card.card.locator(".cn-said").first).to_contain_text("Saved.")
    expect(card.panel).to_contain_text("A State should not allow")
    tab_to(card.page, "Clause to test")
    card.page.keyboard.type("Kerry, fou")
    expect(card.panel).to_contain_text("A real clause: Kerry, fourth principle")


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
