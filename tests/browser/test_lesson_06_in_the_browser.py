"""The explorers of lesson 06, by mouse and by keyboard, in the order of the lesson."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.document import to_text
from cybernorms.exercises.record import Record
from cybernorms.pages.evidence import weighed_items
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.proposed_agreed import GUESSES
from cybernorms.pages.weighing import as_weighing, verdict_blocks
from tests.browser.lab import Desk, Lab, Notebook, eventually
from tests.browser.test_explorer_in_the_browser import ADDRESS, TEXT, tab_to

in_a_list_of_the_system = pytest.mark.skipif(
    sys.platform == "darwin", reason="keys in lists need a window of the system"
)


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


def field(card: Locator, label: str) -> Locator:
    return card.get_by_role("combobox", name=label, exact=True)


def press(card: Locator, label: str) -> None:
    card.get_by_role("button", name=label, exact=True).click()


def test_the_lesson_runs_without_a_complaint(lesson: Notebook) -> None:
    assert lesson.errors() == []


def test_an_element_opens_after_a_guess_by_mouse(lesson: Notebook, desk: Desk) -> None:
    card = lesson.card("workbench")
    expect(card).to_contain_text("your forecast is closed")
    expect(card).not_to_contain_text("On 25 September 2015")
    press(card, "Save and open")
    expect(card.get_by_role("alert")).to_contain_text("Choose a guess first")
    field(card, "My guess").select_option(label=GUESSES["left-out"])
    press(card, "Save and open")
    expect(card).to_contain_text("You guessed right")
    expect(card).to_contain_text("On 25 September 2015")
    last = Record(desk.work).read().last("element-first-use")
    assert last is not None and last.response == "left-out"


@in_a_list_of_the_system
def test_an_element_opens_after_a_guess_by_keyboard(lesson: Notebook) -> None:
    card = lesson.card("workbench")
    lesson.focus("workbench")
    tab_to(lesson.page, "Element")
    lesson.page.keyboard.type("3. Theft")
    expect(card).to_contain_text("John Kerry had proposed such a norm")
    expect(card).not_to_contain_text("You guessed right")
    tab_to(lesson.page, "My guess")
    lesson.page.keyboard.type("It came in, though")
    lesson.page.keyboard.press("Tab")
    lesson.page.keyboard.press("Enter")
    expect(card).to_contain_text("2 of 9 elements opened.")


def test_the_forecast_is_scored_once_the_outcomes_are_open(lesson: Notebook, desk: Desk) -> None:
    """The cell ran before the first element closed the forecast, so its button still works."""
    card = lesson.card("score")
    expect(card).to_contain_text("Your forecast is kept")
    expect(card).not_to_contain_text("Brier score")
    press(card, "Open the outcomes")
    expect(card).to_contain_text("You, on the same statements")
    expect(card).to_contain_text("0.57")
    assert Record(desk.work).read().last(f"outcomes-opened-{QUESTION}") is not None


def test_the_spread_follows_filter_and_text(lesson: Notebook) -> None:
    card = lesson.card("spread")
    figure = card.locator("figure img")
    expect(figure).to_have_attribute("alt", re.compile("Kerry in Seoul"))
    field(card, "Wording of").select_option(label="3. United Kingdom and China")
    expect(card.locator("del")).to_contain_text(["knowingly"])
    field(card, "Texts").select_option(label="Only what China promised")
    expect(figure).not_to_have_attribute("alt", re.compile("Kerry in Seoul"))
    expect(card.locator("tbody tr")).to_have_count(6)


def words(text: str) -> list[str]:
    return sorted(set(re.findall(r"\w+", text)))


def test_items_are_weighed_by_mouse_and_the_screen_says_what_the_text_says(
    lesson: Notebook, desk: Desk
) -> None:
    card = lesson.card("weigher")
    press(card, "Save and weigh")
    expect(card.get_by_role("alert")).to_contain_text("Weigh at least one item")
    for item in weighed_items():
        label = f"{item.position}. {item.title} ({item.date[:4]})"
        field(card, label).select_option(label="fully")
    press(card, "Save and weigh")
    expect(card.get_by_role("alert")).to_contain_text("Saved.")
    everything = as_weighing({"items": {each.id: "1" for each in weighed_items()}})
    text = to_text(verdict_blocks(everything))
    wanted = words(re.sub(r"\. By (\w)", r" \1", ADDRESS.sub("", text)))
    panel = card.locator(".widget-html-content").last
    eventually(lesson.page, lambda: words(panel.evaluate(TEXT)) == wanted, "the verdict")


@in_a_list_of_the_system
def test_an_item_is_opened_and_weighed_by_keyboard(lesson: Notebook) -> None:
    card = lesson.card("weigher")
    lesson.focus("weigher")
    tab_to(lesson.page, "The deal")
    lesson.page.keyboard.type("very likely")
    tab_to(lesson.page, "Item")
    lesson.page.keyboard.type("16.")
    expect(card).to_contain_text("The acts end before the deal.")
    expect(card).to_contain_text("How this item bears on each explanation")
    tab_to(lesson.page, "It counts")
    lesson.page.keyboard.type("not at all")
    expect(card).to_contain_text("Not saved yet")
    tab_to(lesson.page, "Next item")
    lesson.page.keyboard.press("Enter")
    expect(card).to_contain_text("Two firms and three persons are charged over trade secrets")
    tab_to(lesson.page, "Save and weigh", most=30)
    lesson.page.keyboard.press("Enter")
    expect(card).to_contain_text("Items that count: 14 of 15")
    expect(card).to_contain_text("+2")
