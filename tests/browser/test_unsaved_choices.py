"""What is chosen and not saved yet outlives its kernel, like a text that is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.exercises.record import Record
from cybernorms.pages.clause_lab import KEY as CLAUSE
from cybernorms.pages.evidence import KEY as EVIDENCE
from tests.browser.forms import press
from tests.browser.lab import Desk, Lab, Notebook

PATH = "notebooks/choices.ipynb"
CELLS = {
    "setup": "import cybernorms as cn",
    "lab": "cn.show_clause_lab()",
    "bench": "cn.show_proposed_agreed()",
    "weigher": "cn.show_evidence()",
    "sorter": "cn.show_law_or_norm()",
}
_TELL_GONE = """
    window.dispatchEvent(new CustomEvent('cybernorms:kernel',
        { detail: { panel: notebook.node, state: 'gone' } }));
"""


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    desk = Desk(lab.root, "choices")
    cells = [
        {"cell_type": "code", "id": id, "source": code, "metadata": {}, "outputs": []}
        | {"execution_count": None}
        for id, code in CELLS.items()
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (desk.folder / PATH).write_text(json.dumps(notebook), encoding="utf-8")
    return desk


@pytest.fixture
def notebook(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    notebook = Notebook(shared_page, f"{desk.name}/{PATH}").run_all()
    yield notebook
    notebook.close()


def limit(notebook: Notebook) -> Locator:
    """Return the words of the clause on time and law, which are edited in place."""
    return notebook.card("lab").locator(".cn-slot", has_text="in peacetime").first


def start_anew(notebook: Notebook) -> None:
    """Restart the kernel, which knows nothing but the record, and run all cells."""
    notebook.page.wait_for_timeout(600)  # longer than the last moment that may be lost
    notebook.restart_kernel()
    notebook.run_all()


def test_choices_that_were_not_saved_are_filled_in_again(notebook: Notebook, desk: Desk) -> None:
    # Prevents that a guess, starting points, or the lists of a clause go with their kernel.
    lab, bench, weigher = (notebook.card(each) for each in ("lab", "bench", "weigher"))
    lab.locator(".cn-slot", has_text="limit?").first.click()
    lab.get_by_role("radio", name="in peacetime", exact=True).check()
    expect(limit(notebook)).to_be_visible()
    guess = bench.locator(".cn-opts input").nth(1)
    guess.check()
    start = weigher.locator(".cn-rows fieldset").first.locator("input").last
    start.check(force=True)
    expect(weigher.locator(".cn-said").first).to_have_text("Kept in this browser")
    start_anew(notebook)
    assert not Record(desk.work).read().answers
    expect(limit(notebook)).to_be_visible()
    expect(guess).to_be_checked()
    expect(start).to_be_checked()
    for card in (lab, bench, weigher):
        expect(card.locator(".cn-offer")).to_contain_text("Filled in as you left it at")

    # A second end, before anything is saved, takes nothing either.
    start_anew(notebook)
    expect(limit(notebook)).to_be_visible()
    expect(guess).to_be_checked()
    expect(start).to_be_checked()

    # Saved, they are the record's, and no longer offered.
    press(lab, "Keep this clause")
    expect(lab.locator(".cn-said")).to_contain_text("Saved.")
    press(bench, "Save and open")
    expect(bench.locator(".cn-said")).to_contain_text("Saved.")
    start_anew(notebook)
    expect(limit(notebook)).to_be_visible()
    expect(lab.locator(".cn-offer")).to_be_hidden()
    expect(bench.locator(".cn-offer")).to_be_hidden()
    last = Record(desk.work).read().last(CLAUSE)
    assert last and last.response["limit"] == "peacetime"


def test_what_is_chosen_while_the_kernel_is_gone_is_saved_once_it_is_back(
    notebook: Notebook, desk: Desk
) -> None:
    # Prevents that a judgement on a dead page is lost, though the page says that it is still there.
    weigher, sorter = (notebook.card(each) for each in ("weigher", "sorter"))
    notebook._ask(_TELL_GONE)
    for card in (weigher, sorter):
        card.locator(".cn-big .cn-btn").first.click()
        expect(card.get_by_role("alert")).to_contain_text("What you filled in is still here.")
    before = len(Record(desk.work).read().answers)
    start_anew(notebook)
    for card in (weigher, sorter):
        expect(card.locator(".cn-said").first).to_contain_text("Saved")
    answers = Record(desk.work).read().answers
    assert len(answers) == before + 2
    last = Record(desk.work).read().last(EVIDENCE)
    assert last and len(last.response["items"]) == 1
