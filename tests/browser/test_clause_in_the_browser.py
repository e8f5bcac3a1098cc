"""The clause that is edited in place: by mouse, by keyboard, on two boards, and printed."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import pytest
from playwright.sync_api import Browser, Locator, expect

from cybernorms.cards.clause_lab import ClauseLab
from cybernorms.pages.clause_board import verdicts
from cybernorms.pages.clause_lab import LabState, built_parts
from tests.browser.lab import PATIENCE
from tests.browser.stand import Stand

# The time from a press until the tiles have their new words, without what answers afterwards.
PRESS = """input => {
    const board = input.closest('form').querySelector('.cn-tiles');
    const before = board.textContent;
    const start = performance.now();
    input.click();
    if (board.textContent === before) throw new Error('nothing turned');
    void board.offsetHeight;
    return performance.now() - start;
}"""


@pytest.fixture
def stand(browser: Browser, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """Return a page in a context of its own: a browser keeps what was chosen for the next page."""
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield Stand(context.new_page())
    context.close()


def lit(card: Locator) -> list[str]:
    found: list[str] = card.locator(".cn-tiles").first.evaluate(
        "board => [...board.children].map(each => each.dataset.to)"
    )
    return found


def test_a_word_is_pressed_and_the_cases_answer_at_once(stand: Stand) -> None:
    """Prevents a board that shows what the clause of a moment ago would have reached."""
    lab = ClauseLab()
    card = stand.put(lab)
    assert lit(card) == verdicts(built_parts(LabState()))
    card.locator(".cn-slot", has_text="conduct").click()
    card.get_by_role("radio", name="conduct, support or allow", exact=True).check()
    assert lit(card) == verdicts(built_parts(LabState({"verb": "conduct-support-allow"})))
    expect(card.locator(".cn-change")).to_contain_text("cases won: conduct, support or allow")
    card.locator(".cn-slot", has_text="knowing?").click()
    card.get_by_role("radio", name="knowingly", exact=True).check()
    expect(card.locator(".cn-change")).to_contain_text("lost: knowingly")
    expect(card.locator(".cn-tile[data-was]").first).to_contain_text("lost")
    expect(card.locator(".cn-clause")).to_contain_text("conduct, knowingly support or allow")
    card.get_by_role("button", name="Keep this clause").click()
    expect(card.locator(".cn-said")).to_contain_text("Saved")
    assert ClauseLab().values()["mental element"] == "knowingly"


def test_the_keyboard_alone_changes_a_word_and_reads_a_case(stand: Stand) -> None:
    """Prevents a sentence that only a mouse can edit."""
    card = stand.put(ClauseLab())
    keys = stand.page.keyboard
    card.locator(".cn-slot", has_text="conduct").focus()
    keys.press("Space")
    keys.press("ArrowDown")
    expect(card.locator(".cn-clause")).to_contain_text("support cyber-enabled theft")
    keys.press("Escape")
    expect(card.locator(".cn-choices")).to_be_hidden()
    assert stand.page.evaluate("document.activeElement.textContent") == "support"
    card.locator(".cn-tile").first.focus()
    keys.press("Enter")
    expect(card.locator(".cn-case")).to_contain_text("An agency of State A breaks into a maker")
    keys.press("End")
    keys.press("Space")
    expect(card.locator(".cn-tile[aria-pressed=true]")).to_contain_text("18")
    keys.press("Tab")  # all tiles are one stop
    assert stand.page.evaluate("!document.activeElement.matches('.cn-tile')")


def test_a_real_clause_has_a_board_of_its_own_and_the_difference_is_outlined(
    stand: Stand,
) -> None:
    """Prevents two boards that can be compared by memory only."""
    card = stand.put(ClauseLab())
    card.get_by_label("A real clause beside it").select_option("kerry-3")
    expect(card.locator(".cn-tiles")).to_have_count(2)
    expect(card.locator(".cn-real")).to_contain_text("Kerry, third principle")
    apart = card.locator(".cn-real .cn-tile[data-apart]")
    expect(apart).to_have_count(card.locator(".cn-half .cn-tile[data-apart]").count())
    expect(card.locator(".cn-real .cn-change")).to_contain_text("apart: ")


@pytest.mark.endurance_only
def test_a_press_is_answered_within_a_tenth_of_a_second(stand: Stand) -> None:
    """Prevents a board that waits for the kernel before it lights."""
    card = stand.put(ClauseLab())
    session = stand.page.context.new_cdp_session(stand.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    card.locator(".cn-slot", has_text="conduct").click()
    values = ["allow", "support", "first-use", "conduct-or-support", "conduct"] * 2
    times = [card.locator(f".cn-choices input[value={each}]").evaluate(PRESS) for each in values]
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert median(times) < 100, times


def test_on_paper_the_board_is_still_and_has_no_choices(stand: Stand) -> None:
    """Prevents a sheet with buttons on it, or without the words of the tiles."""
    card = stand.put(ClauseLab())
    card.locator(".cn-slot", has_text="conduct").click()
    stand.page.emulate_media(media="print", reduced_motion="reduce")
    expect(card.locator(".cn-choices")).to_be_hidden()
    expect(card.locator(".cn-slot.is-empty").first).to_be_hidden()
    expect(card.locator(".cn-tile").first).to_contain_text("reached")
