"""The deal game of lesson 07, by mouse and by keyboard, in JupyterLab and in a page alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from cybernorms.cards.card import Card
from cybernorms.cards.game import GameStep
from cybernorms.exercises.record import Record
from cybernorms.pages.game import game_blocks
from tests.browser.explorers import Explorer, words_in_text, words_of
from tests.browser.lab import Desk, Lab, Notebook
from tests.browser.stand import Stand
from tests.cards.game_twin import as_javascript, compare, program

LEAVE, TAKE = "Leave them alone", "Take the drawings"
TWIN = 25  # deals; the test beside the card compares more
# How long a press takes until what it changed is painted, in milliseconds.
PAINTED = """async button => {
    const start = performance.now();
    button.click();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start;
}"""


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "promise")


@pytest.fixture(scope="module")
def lesson(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/07-will-a-promise-hold.ipynb").run_all()
    yield lesson
    lesson.close()


@pytest.fixture
def stand(context: BrowserContext) -> Iterator[Stand]:
    page = context.new_page()
    yield Stand(page)
    page.close()


def put(stand: Stand, step: str, folder: Path) -> Locator:
    return stand.put(GameStep(step, Record(folder)))


def press(card: Locator, name: str) -> None:
    card.get_by_role("button", name=name).click()


def test_a_promise_is_played_in_jupyterlab_and_its_reading_opens(
    lesson: Notebook, desk: Desk
) -> None:
    """Prevents a lesson that complains, and a reading that stays closed after the game."""
    assert lesson.errors() == []
    card = Explorer(lesson, "daylight").card
    assert card.get_attribute("data-answered") is None
    for move in [LEAVE, TAKE, *[LEAVE] * 9]:
        if not card.get_by_role("button", name=move).is_visible():
            break
        press(card, move)
    expect(card.get_by_role("heading")).to_contain_text(["You took five, and paid"])
    expect(card.locator(".cn-said")).to_contain_text("Saved")
    expect(card).to_have_attribute("data-answered", "")
    last = Record(desk.work).read().last("game-daylight")
    assert last is not None and last.response["stole"] == 1


def test_fog_is_played_by_keyboard_alone(stand: Stand, tmp_path: Path) -> None:
    """Prevents a game that needs a mouse, and a discovery that does not come."""
    card, page = put(stand, "fog", tmp_path), stand.page
    card.get_by_role("button", name=LEAVE).focus()
    for _ in range(30):
        if card.get_by_role("button", name="Let three seasons go by").is_visible():
            page.keyboard.press("Enter")  # it has the focus by itself
        elif card.get_by_role("button", name=LEAVE).is_visible():
            page.keyboard.press("1")
        else:
            break
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card).to_contain_text("Guess first")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card.get_by_role("heading")).to_have_text("It broke twice, and nobody had broken it")
    assert card.evaluate("card => card.contains(document.activeElement)")
    assert card.locator(".cn-flag.is-false").count() == 3  # two in the strip, one in its legend
    expect(card.locator("svg[role=img]")).to_have_attribute("aria-label", re.compile("Season 12."))


@pytest.mark.parametrize("step", ["daylight", "fog"])
def test_a_move_is_on_the_screen_at_once_and_needs_no_kernel(
    step: str, stand: Stand, tmp_path: Path
) -> None:
    """Prevents a game that waits for a computer which nobody has to ask."""

    class Silent(GameStep):
        def receive(self, message: object) -> None:
            raise AssertionError("a move asks nobody")

    card: Card = Silent(step, Record(tmp_path))
    shown = stand.put(card)
    button = shown.get_by_role("button", name=LEAVE).element_handle()
    took = [button.evaluate(PAINTED) for _ in range(2)]
    assert shown.locator(".cn-log li").count() == 2
    assert min(took) < 100


def test_with_reduced_motion_nothing_moves_and_the_sentence_says_the_same(
    stand: Stand, tmp_path: Path
) -> None:
    """Prevents a picture that moves for those who asked that nothing should."""
    stand.page.emulate_media(reduced_motion="no-preference")
    moving = put(stand, "daylight", tmp_path / "a")
    press(moving, TAKE)
    assert moving.evaluate("card => card.getAnimations({subtree: true}).length") > 0
    stand.page.emulate_media(reduced_motion="reduce")
    still = put(stand, "daylight", tmp_path / "b")
    press(still, TAKE)
    assert still.evaluate("card => card.getAnimations({subtree: true}).length") == 0
    expect(still.locator(".cn-say")).to_have_text(
        "Season 1. You have the drawings: 5 for you. They lose 3, and they watched you do it."
    )


def test_nonsense_stays_in_its_field_and_the_last_good_picture_stays(
    stand: Stand, tmp_path: Path
) -> None:
    """Prevents an empty picture, or one of numbers that nobody meant."""
    card = put(stand, "rules", tmp_path)
    name = card.get_by_label(re.compile("^What a name costs")).first
    good = card.locator(".cn-bars").inner_html()
    for odd, said in (("two", "A number, please"), ("-1", "From 0 to 8"), ("99", "From 0 to 8")):
        name.fill(odd)
        expect(name).to_have_attribute("aria-invalid", "true")
        expect(card.locator(".cn-dial em").first).to_contain_text(said)
        assert card.locator(".cn-bars").inner_html() == good
    name.fill("5")
    expect(card.locator(".cn-dial em").first).to_be_empty()
    card.get_by_label(re.compile("^How long it stays off")).first.fill("1")
    press(card, "Play forty seasons")
    expect(card).to_contain_text(re.compile(r"3\d quiet seasons of 40"))
    expect(card.get_by_role("heading")).to_contain_text([re.compile("and not one of them true")])


def test_the_map_is_found_by_moving_one_thing_at_a_time(stand: Stand, tmp_path: Path) -> None:
    """Prevents a map that only a mouse can move on, and a hunt that ends nowhere."""
    card, page = put(stand, "map", tmp_path), stand.page
    point = card.get_by_role("slider", name="Where you are on the map")
    expect(card.locator(".cn-say")).to_contain_text("It doesn’t hold.")
    point.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(point).to_have_attribute("aria-valuetext", re.compile("2 times in 100.*it holds"))
    expect(card).to_contain_text("fewer false names (now")
    press(card, "Back to the start")
    map_box, at = card.locator(".cn-region").bounding_box(), point.bounding_box()
    assert map_box and at
    above = at["x"] + at["width"] / 2  # straight up, where thieves are named
    page.mouse.click(above, map_box["y"] + 20)
    expect(card.locator(".cn-say")).to_contain_text("It holds.")
    expect(card).to_contain_text("Naming fewer innocents did what naming more thieves does")
    names = card.get_by_label(re.compile("^An honest State is named")).first
    press(card, "Back to the start")
    names.fill("49")
    card.get_by_label(re.compile("^A thief is named")).first.fill("20")
    expect(card).to_contain_text("can’t be named more often than a thief")


def test_a_crowd_plays_learns_and_keeps_the_habit_that_was_put_together(
    stand: Stand, tmp_path: Path
) -> None:
    """Prevents a tournament whose player has to put the habit together again each day."""
    card = put(stand, "crowd", tmp_path)
    card.get_by_role("radio", name="Fog", exact=True).check(force=True)
    card.locator("select").nth(1).select_option(label="for three seasons")
    card.get_by_label("Which habit will do best?").select_option(label="Keeps its word")
    press(card, "Let them play")
    expect(card).to_contain_text("“Takes what it can” did best in the first year")
    expect(card).to_contain_text("You’d bet on “Keeps its word”.")
    press(card, "Let the losers learn")
    expect(card).to_contain_text("“Takes what it can” spreads")
    expect(card.locator(".cn-said")).to_contain_text("Saved")
    again = put(stand, "crowd", tmp_path)
    expect(again.locator("select").nth(1)).to_have_value("3")


def test_two_worlds_have_one_picture_until_one_looks_behind(stand: Stand, tmp_path: Path) -> None:
    """Prevents a picture that gives away what cannot be told."""
    card = put(stand, "worlds", tmp_path)
    before = card.locator("figure svg").evaluate_all("all => all.map(each => each.innerHTML)")
    assert before[0] == before[1]
    press(card, "Look behind the names")
    expect(card).to_contain_text("Say something first")
    card.get_by_role("radio", name="You can’t tell").check(force=True)
    press(card, "Look behind the names")
    expect(card).to_contain_text("The same names, and two different worlds")
    after = card.locator("figure svg").evaluate_all("all => all.map(each => each.innerHTML)")
    assert after[0] != after[1]


def test_in_the_sandbox_two_states_differ_and_settings_come_back(
    stand: Stand, tmp_path: Path
) -> None:
    """Prevents a verdict on two States that looks at one of them."""
    card = put(stand, "sandbox", tmp_path)
    press(card, "April to September 2015")
    expect(card).to_contain_text("with invented numbers")
    expect(card.locator(".cn-say")).to_contain_text("It holds.")
    card.get_by_label("The two States differ").check()
    theirs = card.locator("section").get_by_label(re.compile("^What a name costs")).first
    theirs.fill("0")
    expect(card.locator(".cn-say")).to_contain_text("The other side would take.")
    expect(card.locator(".cn-said")).to_contain_text("Saved")
    again = put(stand, "sandbox", tmp_path)
    expect(again.locator(".cn-say")).to_contain_text("The other side would take.")
    again.get_by_label("Sanctions also bite while the promise is off").check()
    expect(again.locator(".cn-say")).to_contain_text("The other side")


def test_the_sum_below_the_map_is_the_note_of_the_text(stand: Stand, tmp_path: Path) -> None:
    """Prevents a derivation on the screen that differs from the one in the text."""
    card = put(stand, "map", tmp_path)
    card.get_by_text("Show the sum").click()
    shown = words_of(card.locator("details", has_text="Where the line").inner_text())
    told = words_in_text(game_blocks("map")[-3:])
    assert len(told) > 200 and set(told) <= set(shown)


def test_the_page_computes_what_python_does(stand: Stand) -> None:
    """Prevents a game whose numbers only one kind of engine gets right."""
    source = re.sub(r"^export ", "", as_javascript(), flags=re.MULTILINE)
    found = stand.page.evaluate(
        f"() => {{ {source}\n{program(TWIN)}\nreturn JSON.stringify(out) }}"
    )
    compare(json.loads(found), TWIN)
