"""Cards that draw: the forecast opened, the ten days, the weigher's bars, and two coders."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.cards.days import TenDays
from cybernorms.cards.forecast_score import ForecastScore
from cybernorms.cards.policy_coder import PolicyCoder
from cybernorms.cards.weigher import Weigher
from cybernorms.exercises.record import Record
from cybernorms.pages import policy_coder
from cybernorms.pages.forecast import QUESTION
from tests.browser.stand import Stand
from tests.cards.messages import deck_of, sort

ANSWER = 100  # milliseconds in which a press is to be answered on the screen
SIX = {
    "no-first-use": "60",
    "welcomes-un-norms": "80",
    "arms-control-agreement": "35",
    "ip-theft-covered": "30",
    "government-espionage-covered": "20",
    "leaves-multistakeholder": "40",
}
TIMED = """(button) => {
    const began = performance.now();
    button.click();
    void document.body.offsetHeight;
    return performance.now() - began;
}"""


@pytest.fixture
def stand(page: Page) -> Stand:
    return Stand(page)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path)


def median_of_presses(button: Locator, times: int) -> float:
    """Return how long a press takes until the page is laid out anew, in milliseconds."""
    found = sorted(float(button.evaluate(TIMED)) for _ in range(times))
    return found[len(found) // 2]


def test_outcomes_open_one_by_one_and_each_distance_is_a_square(
    stand: Stand, record: Record
) -> None:
    """Prevents six outcomes that are told at once, and squares of another size than the cost."""
    record.append(QUESTION, "", SIX)
    card = stand.put(ForecastScore(record))
    expect(card.locator(".cn-panel.is-open")).to_have_count(0)
    expect(card.locator(".cn-sq")).to_have_count(0)
    card.get_by_role("button", name="Open the outcomes").focus()
    stand.page.keyboard.press("Enter")
    expect(card.locator(".cn-panel.is-open")).to_have_count(1)
    expect(card.get_by_text("Mean cost.")).to_be_hidden()
    square = card.locator(".cn-sq.is-me").first
    assert float(square.get_attribute("width") or 0) / 200 == pytest.approx(0.6)
    for opened in range(2, 7):
        stand.page.keyboard.press("Enter")  # the focus stays where the button was
        expect(card.locator(".cn-panel.is-open")).to_have_count(opened)
    expect(card.get_by_text("Mean cost.")).to_be_visible()
    expect(card.get_by_role("img", name="You 60, costs 0.36").first).to_be_visible()
    again = card.get_by_role("button", name="Open them again")
    assert median_of_presses(again, 1) < ANSWER


def test_the_ten_days_are_walked_by_keyboard_and_grow_into_years(stand: Stand) -> None:
    """Prevents a timeline for the mouse alone."""
    card = stand.put(TenDays("06"))
    forward = card.get_by_role("button", name="Next →")
    forward.focus()
    for _ in range(2):
        stand.page.keyboard.press("Enter")
    expect(card.locator(".cn-event[open]")).to_have_count(1)
    expect(card.locator(".cn-event[open]")).to_contain_text("substantial agreement")
    assert median_of_presses(forward, 5) < ANSWER
    card.get_by_role("button", name="1998 to 2026").press("Enter")
    expect(card.locator(".cn-day")).to_have_count(29)
    card.get_by_role("button", name="The ten days of September").press("Enter")
    expect(card.get_by_text("Four commitments").first).to_be_visible()


def test_an_early_lesson_has_neither_the_years_nor_the_end(stand: Stand) -> None:
    """Prevents a button that leads to what the lesson may not tell."""
    card = stand.put(TenDays("01", "night"))
    expect(card.locator(".cn-event[open]")).to_contain_text("all night")
    expect(card.get_by_role("button", name="1998 to 2026")).to_have_count(0)
    expect(card.locator(".cn-day").last).to_contain_text("opens in lesson 06")


def test_bars_move_with_a_weight_and_stand_still_where_motion_is_not_wanted(
    stand: Stand, record: Record
) -> None:
    """Prevents bars that say nothing, and motion for those who asked for none."""
    card = stand.put(Weigher(record=record))
    expect(card.locator(".cn-scales")).to_have_count(0)
    fully = card.get_by_role("button", name="fully")
    fully.click()
    expect(card.locator(".cn-scales > li")).to_have_count(5)
    stand.page.emulate_media(reduced_motion="reduce")
    bar = card.locator(".cn-bar").first
    assert bar.evaluate("bar => getComputedStyle(bar).transitionDuration") in ("0s", "")
    assert median_of_presses(fully, 5) < ANSWER


def test_two_coders_change_their_axis_by_keyboard(stand: Stand, record: Record) -> None:
    """Prevents a picture of which only the first axis can be reached."""
    coder = PolicyCoder("Policy coder", policy_coder.sheets(record), record=record)
    deck = deck_of(coder)
    for item in deck["items"]:
        sort(coder, item["id"], deck["options"][item.get("options", 0)][0]["value"])
    card = stand.put(coder)
    expect(card.locator(".cn-cross")).to_have_count(card.locator(".cn-differ > li").count())
    card.get_by_role("button", name="Subject").press("Enter")
    expect(card.get_by_role("button", name="Subject")).to_have_attribute("aria-pressed", "true")
    expect(card.locator(".cn-kappa-is")).to_contain_text("κ = 0")
