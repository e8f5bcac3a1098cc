"""The explorers of lesson 01, by mouse and by keyboard: forecast, trace, judge, hunt."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.corpus.claims import JUDGEMENTS
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import Block, to_text
from cybernorms.exercises.forecasts import in_words
from cybernorms.exercises.question_files import find_question
from cybernorms.pages.claims import find_claim, reading_blocks, way_blocks
from cybernorms.pages.error_hunt import NONE, PARTS, categories_of, hunt_sheets
from cybernorms.pages.forecast import QUESTION
from tests.browser.lab import Desk, Lab, Notebook, eventually
from tests.browser.test_explorer_in_the_browser import ADDRESS, TEXT, tab_to

in_a_list_of_the_system = pytest.mark.skipif(
    sys.platform == "darwin", reason="keys in lists need a window of the system"
)
SAVE = "Save my judgement"


class Card:
    """An explorer in a cell, with what its panels say."""

    def __init__(self, lesson: Notebook, cell: str) -> None:
        self.lesson, self.cell = lesson, cell
        self.page: Page = lesson.page
        self.card = lesson.card(cell)

    def field(self, label: str) -> Locator:
        return self.card.get_by_role("combobox", name=label, exact=True)

    def press(self, name: str) -> None:
        self.card.get_by_role("button", name=name, exact=True).click()

    def words(self) -> set[str]:
        return set(re.findall(r"\w+", self.card.evaluate(TEXT)))

    def expect(self, blocks: Sequence[Block]) -> None:
        """Wait until the card has all the words of some blocks."""
        text = re.sub(r"\. By (\w)", r" \1", ADDRESS.sub("", to_text(blocks)))
        wanted = set(re.findall(r"\w+", text))
        eventually(self.page, lambda: wanted <= self.words(), f"the page of {self.cell}")

    def focus_first(self) -> None:
        self.lesson.focus(self.cell)


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "report")


@pytest.fixture(scope="module")
def lesson(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/01-reading-the-report.ipynb").run_all()
    yield lesson
    lesson.close()


def kept(desk: Desk, key: str) -> Any:
    """Return what the record holds last under a name, or None."""
    file = desk.work / "answers.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    found = [json.loads(line) for line in lines]
    return next((each["response"] for each in reversed(found) if each["question"] == key), None)


def test_a_forecast_is_typed_read_in_words_and_kept(lesson: Notebook, desk: Desk) -> None:
    form = Card(lesson, "my-forecast")
    statements: Any = find_question(QUESTION)
    texts = [each.text for each in statements.statements]
    first = form.card.get_by_role("textbox", name=texts[0], exact=True)
    first.fill("65")
    expect(form.card).to_contain_text(in_words(65))
    first.fill("likely")
    expect(form.card).to_contain_text("Write a number from 0 to 100.")

    first.focus()  # from here on by keyboard alone
    for place, text in enumerate(texts):
        tab_to(form.page, text) if place else None
        form.page.keyboard.press("ControlOrMeta+a")
        form.page.keyboard.type(str(10 * (place + 1)))
        expect(form.card).to_contain_text(in_words(10 * (place + 1)))
    tab_to(form.page, "Save")
    form.page.keyboard.press("Enter")
    expect(form.card.get_by_role("alert")).to_contain_text("Saved")
    percents = [str(10 * (place + 1)) for place in range(len(texts))]
    assert list(kept(desk, QUESTION).values()) == percents


def test_a_claim_is_walked_and_judged_by_mouse(lesson: Notebook, desk: Desk) -> None:
    tracer = Card(lesson, "claims")
    claim = find_claim("first-use", lesson=EVERYTHING)
    tracer.expect(way_blocks(claim))
    lost = tracer.card.locator("del").filter(has_text="that it will not")
    expect(lost).to_be_visible()
    assert lost.evaluate("each => getComputedStyle(each, '::before').content") == '"\u2212"'
    tracer.press("Next step")
    expect(tracer.card.get_by_text("Step 1 of 3")).to_be_visible()
    expect(tracer.card.get_by_text("Step 3 of 3")).to_have_count(0)
    tracer.press("Next step")
    tracer.expect(way_blocks(claim, 2))
    tracer.press("The whole way")
    expect(tracer.card.get_by_text("Step 3 of 3")).to_be_visible()

    tracer.press(SAVE)
    expect(tracer.card.get_by_role("alert")).to_contain_text("Choose a judgement first")
    tracer.card.get_by_role("radio", name=JUDGEMENTS["different"], exact=True).check()
    expect(tracer.card).to_contain_text("Not saved yet")
    expect(tracer.card.get_by_text("Best reading")).to_have_count(0)
    tracer.press(SAVE)
    expect(tracer.card.get_by_role("alert")).to_contain_text("Saved.")
    tracer.expect(reading_blocks(claim, "different"))
    assert kept(desk, "claim-first-use") == "different"


@in_a_list_of_the_system
def test_a_claim_is_found_and_judged_by_keyboard_alone(lesson: Notebook, desk: Desk) -> None:
    tracer = Card(lesson, "claims")
    page = tracer.page
    tracer.focus_first()
    tab_to(page, "Subject")
    page.keyboard.type("crime")
    expect(tracer.card.get_by_role("status")).to_contain_text("3 of 22 claims")
    tab_to(page, "Claim")
    page.keyboard.type("8.")
    claim = find_claim("ip-theft-left-out", lesson=EVERYTHING)
    tracer.expect(way_blocks(claim))
    tab_to(page, "Next step")
    page.keyboard.press("Enter")
    expect(tracer.card.get_by_text("Step 1 of 3")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tracer.card.get_by_text("Step 3 of 3")).to_be_visible()
    tab_to(page, JUDGEMENTS["faithful"])
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, SAVE)
    page.keyboard.press("Enter")
    expect(tracer.card.get_by_role("alert")).to_contain_text("Saved.")
    tracer.expect(reading_blocks(claim, "surer"))
    assert kept(desk, f"claim-{claim.id}") == "surer"
    expect(tracer.card).to_contain_text("What came of it opens in lesson 06.")


def test_lines_are_hunted_by_mouse_and_by_keyboard(lesson: Notebook, desk: Desk) -> None:
    hunt = Card(lesson, "error-hunt")
    part = PARTS[1]
    sheet = hunt_sheets()[1]
    hunt.field("Sheet").select_option(label=sheet.title)
    hunt.press("Save and compare")
    expect(hunt.card.get_by_role("alert")).to_contain_text("6 lines are still open")
    faithful = categories_of(part)[NONE]
    for text in list(sheet.lines.values())[:-1]:
        hunt.field(text).select_option(label=faithful)
    last = hunt.field(list(sheet.lines.values())[-1])
    last.focus()
    hunt.page.keyboard.type("a word")
    tab_to(hunt.page, "Save and compare")
    hunt.page.keyboard.press("Enter")
    expect(hunt.card.get_by_role("alert")).to_contain_text("Saved.")
    chosen = dict.fromkeys(sheet.lines, NONE) | {part.lines[-1]: "hedge dropped"}
    hunt.expect(sheet.reading(chosen))
    expect(hunt.card).to_contain_text("You found 1 of 5 changes")
    assert kept(desk, f"sorter-{sheet.id}") == chosen


def test_everything_is_filled_in_again_when_the_lesson_is_run_again(
    lesson: Notebook, desk: Desk
) -> None:
    lesson.run_all()
    tracer = Card(lesson, "claims")
    radio = tracer.card.get_by_role("radio", name=JUDGEMENTS["different"], exact=True)
    expect(radio).to_be_checked()
    tracer.expect(reading_blocks(find_claim("first-use", lesson=EVERYTHING), "different"))
    expect(tracer.card.get_by_role("status")).to_contain_text("judged")
    form = Card(lesson, "my-forecast")
    expect(form.card).to_contain_text(in_words(60))
    assert lesson.errors() == []
