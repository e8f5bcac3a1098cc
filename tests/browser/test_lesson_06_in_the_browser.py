"""The explorers of lesson 06, by mouse and by keyboard, in the order of the lesson."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cybernorms.exercises.record import Record
from cybernorms.pages.evidence import WEIGHTS, bearing_table, find_item, item_ids, weighed_items
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.proposed_agreed import GUESSES
from cybernorms.pages.weighing import as_weighing, verdict_blocks
from tests.browser.explorers import Deck, Explorer, in_a_list_of_the_system, tab_to
from tests.browser.lab import Desk, Lab, Notebook


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    desk = Desk(lab.root, "after")
    percents = {"no-first-use": "70", "ip-theft-covered": "20"}
    Record(desk.work).append(QUESTION, "", percents)
    return desk


@pytest.fixture(scope="module")
def lesson(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/06-what-was-agreed.ipynb").run_all()
    yield lesson
    lesson.close()


def test_the_lesson_runs_without_a_complaint(lesson: Notebook) -> None:
    assert lesson.errors() == []


def test_an_element_opens_after_a_guess_by_mouse(lesson: Notebook, desk: Desk) -> None:
    bench = Explorer(lesson, "workbench")
    expect(bench.card).to_contain_text("your forecast is closed")
    expect(bench.card).not_to_contain_text("On 25 September 2015")
    bench.press("Save and open")
    expect(bench.card.locator(".cn-said")).to_contain_text("Choose a guess first")
    bench.card.get_by_role("radio", name=GUESSES["left-out"], exact=True).check()
    bench.press("Save and open")
    expect(bench.card).to_contain_text("You guessed right")
    expect(bench.card).to_contain_text("On 25 September 2015")
    last = Record(desk.work).read().last("element-first-use")
    assert last is not None and last.response == "left-out"


@in_a_list_of_the_system
def test_an_element_opens_after_a_guess_by_keyboard(lesson: Notebook) -> None:
    bench, page = Explorer(lesson, "workbench"), lesson.page
    bench.focus_first()
    tab_to(page, "Element")
    page.keyboard.type("3. Theft")
    expect(bench.card).to_contain_text("John Kerry had proposed such a norm")
    expect(bench.card).not_to_contain_text("You guessed right")
    tab_to(page, "My guess")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Save and open")
    page.keyboard.press("Enter")
    expect(bench.card).to_contain_text("2 of 9 elements opened.")
    tab_to(page, "Next element")
    page.keyboard.press("Enter")
    expect(bench.field("Element")).to_have_value(re.compile("."))
    expect(bench.card.get_by_role("button", name="Save and open")).to_be_visible()


def test_the_forecast_is_scored_once_the_outcomes_are_open(lesson: Notebook, desk: Desk) -> None:
    """The cell ran before the first element closed the forecast, so its button still works."""
    score = Explorer(lesson, "score")
    expect(score.card).to_contain_text("Your forecast is kept")
    expect(score.card).not_to_contain_text("Brier score")
    score.press("Open the outcomes")
    expect(score.card).to_contain_text("You, on the same statements")
    expect(score.card).to_contain_text("0.57")
    assert Record(desk.work).read().last(f"outcomes-opened-{QUESTION}") is not None


def test_the_spread_follows_filter_and_text(lesson: Notebook) -> None:
    spread = Explorer(lesson, "spread")
    figure = spread.card.locator("figure svg[role=img]")
    expect(figure).to_have_attribute("aria-label", re.compile("Kerry in Seoul"))
    spread.choose("Wording of", "3. United Kingdom and China")
    expect(spread.card.locator("del")).to_contain_text(["knowingly"])
    spread.choose("Texts", "Only what China promised")
    expect(figure).not_to_have_attribute("aria-label", re.compile("Kerry in Seoul"))
    expect(spread.card.locator("tbody tr")).to_have_count(6)


def test_items_are_weighed_by_mouse_and_the_screen_says_what_the_text_says(
    lesson: Notebook, desk: Desk
) -> None:
    weigher = Deck(lesson, "weigher")
    fully = list(filter(None, WEIGHTS)).index("1") + 1
    many = len(item_ids())
    for number, id in enumerate(item_ids(), start=1):
        assert weigher.place == f"Item {number} of {many}"
        item = find_item(id)
        if item.weighed:
            weigher.judge(fully)
            weigher.expect_words([bearing_table(item)])
        weigher.move("Next item" if number < many else "See them all")
    assert weigher.place == "All judged"
    weigher.expect_words(
        verdict_blocks(as_weighing({"items": {each.id: "1" for each in weighed_items()}}))
    )


@in_a_list_of_the_system
def test_an_item_is_weighed_by_keyboard(lesson: Notebook, desk: Desk) -> None:
    weigher, page = Deck(lesson, "weigher"), lesson.page
    weigher.focus_first()
    tab_to(page, "The deal")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    weigher.move("From the start")
    assert weigher.place.startswith("Item 1 of")
    weigher.judge_by_key(1)
    tab_to(page, "Next item \u2192")
    page.keyboard.press("Enter")
    assert weigher.place.startswith("Item 2 of")
    expect(weigher.card).to_contain_text("Items that count: 14 of 15")
    last = Record(desk.work).read().last("evidence-weights")
    assert last is None or last.response["items"][item_ids()[0]] == "0"
