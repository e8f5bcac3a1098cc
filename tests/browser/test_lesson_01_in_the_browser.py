"""The explorers of lesson 01, by mouse and by keyboard: forecast, trace, judge, hunt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cybernorms.corpus.claims import JUDGEMENTS
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.forecasts import in_words
from cybernorms.exercises.question_files import find_question
from cybernorms.pages.claims import find_claim, reading_blocks, way_blocks
from cybernorms.pages.error_hunt import hunt_sheets
from cybernorms.pages.forecast import QUESTION
from tests.browser.explorers import Deck, Explorer, focused, in_a_list_of_the_system, tab_to
from tests.browser.lab import Desk, Lab, Notebook

SAVE = "Save my judgement"


def said(card: Explorer) -> Any:
    """Return the line of a card beside its buttons."""
    return card.card.locator(".cn-acts .cn-said").last


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


def test_a_forecast_is_typed_slid_read_in_words_and_kept(lesson: Notebook, desk: Desk) -> None:
    form = Explorer(lesson, "my-forecast")
    statements: Any = find_question(QUESTION)
    texts = [each.text for each in statements.statements]
    first = form.card.get_by_role("textbox", name=texts[0], exact=True)
    slider = form.card.get_by_role("slider", name=f"Slider: {texts[0]}", exact=True)
    first.fill("65")
    expect(form.card).to_contain_text(in_words(65))
    expect(slider).to_have_value("65")
    slider.press("ArrowRight")
    expect(first).to_have_value("70")
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
    expect(said(form)).to_contain_text("Saved")
    percents = [str(10 * (place + 1)) for place in range(len(texts))]
    assert list(kept(desk, QUESTION).values()) == percents


def test_a_claim_is_walked_and_judged_by_mouse(lesson: Notebook, desk: Desk) -> None:
    tracer = Explorer(lesson, "claims")
    claim = find_claim("first-use", lesson=EVERYTHING)
    tracer.expect_words(way_blocks(claim))
    expect(tracer.card.locator("del").filter(has_text="that it will not")).to_be_visible()
    tracer.press("Next step")
    expect(tracer.card.get_by_text("Step 1 of 3")).to_be_visible()
    expect(tracer.card.get_by_text("Step 3 of 3")).to_have_count(0)
    tracer.press("Next step")
    tracer.expect_words(way_blocks(claim, 2))
    tracer.press("The whole way")
    expect(tracer.card.get_by_text("Step 3 of 3")).to_be_visible()

    tracer.press(SAVE)
    expect(said(tracer)).to_contain_text("Choose a judgement first")
    tracer.card.get_by_role("radio", name=JUDGEMENTS["different"], exact=True).check()
    expect(said(tracer)).not_to_contain_text("Saved")
    expect(tracer.card.get_by_text("Best reading")).to_have_count(0)
    tracer.press(SAVE)
    expect(said(tracer)).to_contain_text("Saved")
    tracer.expect_words(reading_blocks(claim, "different"))
    assert kept(desk, "claim-first-use") == "different"


@in_a_list_of_the_system
def test_a_claim_is_found_and_judged_by_keyboard_alone(lesson: Notebook, desk: Desk) -> None:
    tracer = Explorer(lesson, "claims")
    page = tracer.page
    tracer.focus_first()
    tab_to(page, "Subject")
    for _ in tracer.offered("Subject")[: tracer.offered("Subject").index("crime and trade")]:
        page.keyboard.press("ArrowRight")
    expect(tracer.card.locator("[aria-live=polite]").first).to_contain_text("3 of 22 claims")
    tab_to(page, "Claim")
    page.keyboard.type("8.")
    claim = find_claim("ip-theft-left-out", lesson=EVERYTHING)
    tracer.expect_words(way_blocks(claim))
    tab_to(page, "Next step")
    page.keyboard.press("Enter")
    expect(tracer.card.get_by_text("Step 1 of 3")).to_be_visible()
    assert focused(page) == "Next step"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tracer.card.get_by_text("Step 3 of 3")).to_be_visible()
    tab_to(page, "What is this claim, measured by its source? Choose, then save.")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, SAVE)
    page.keyboard.press("Enter")
    expect(said(tracer)).to_contain_text("Saved")
    tracer.expect_words(reading_blocks(claim, "surer"))
    assert kept(desk, f"claim-{claim.id}") == "surer"
    expect(tracer.card).to_contain_text("What came of it opens in lesson 06.")


def test_lines_are_hunted_by_mouse_and_by_keyboard(lesson: Notebook, desk: Desk) -> None:
    hunt = Deck(lesson, "error-hunt")
    sheet = hunt_sheets()[1]
    hunt.choose("Sheet", sheet.title)
    expect(hunt.card.locator(".cn-deck .cn-kicker b")).to_have_text(f"Line 1 of {len(sheet.lines)}")
    chosen: dict[str, str] = {}
    lines = list(sheet.lines)
    for number, line in enumerate(lines, start=1):
        values = list(sheet.choices(line))
        hunt.judge(1) if number % 2 else hunt.judge_by_key(2)
        chosen[line] = values[0 if number % 2 else 1]
        hunt.expect_words(sheet.one(line, chosen[line]))
        assert kept(desk, f"sorter-{sheet.id}") == chosen
        hunt.move("Next line" if number < len(lines) else "See them all")
    hunt.expect_words(sheet.ending(chosen))


def test_everything_is_filled_in_again_when_the_lesson_is_run_again(
    lesson: Notebook, desk: Desk
) -> None:
    lesson.restart_kernel()
    lesson.run_all()
    tracer = Explorer(lesson, "claims")
    radio = tracer.card.get_by_role("radio", name=JUDGEMENTS["different"], exact=True)
    expect(radio).to_be_checked()
    tracer.expect_words(reading_blocks(find_claim("first-use", lesson=EVERYTHING), "different"))
    expect(tracer.field("Claim")).to_contain_text("judged")
    form = Explorer(lesson, "my-forecast")
    expect(form.card).to_contain_text(in_words(60))
    assert lesson.errors() == []
