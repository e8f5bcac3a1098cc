"""The explorers on the UN track, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.corpus.assembly import load_resolutions, load_states
from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.passages import load_passages
from cybernorms.pages.attributions import StatementState, statement_blocks
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import ending
from cybernorms.pages.seats import count, story_blocks
from tests.browser.explorers import (
    TEXT,
    Deck,
    Explorer,
    focused,
    in_a_list_of_the_system,
    tab_to,
    words_in_text,
    words_of,
)
from tests.browser.lab import Desk, Lab, Notebook

MOVING = """card => [...card.querySelectorAll(".cn-dot, .cn-plate")].map(each => {
    const part = each.matches(".cn-plate") ? "::after" : undefined;
    const { transitionProperty, transitionDuration } = getComputedStyle(each, part);
    return { what: transitionProperty.split(", "), long: parseFloat(transitionDuration) };
})"""


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "un")


@pytest.fixture(scope="module")
def norms(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/02-un-norms.ipynb").run_all()
    yield lesson
    lesson.close()


def test_the_tiles_follow_mouse_and_keyboard_and_tell_each_story(norms: Notebook) -> None:
    """Prevents tiles that do not fill, stories that do not open, and 44 stops of the Tab key."""
    card = norms.card("rooms")
    rounds = card.get_by_role("radio")
    inside = card.locator(".cn-seat.is-in")
    expect(inside).to_have_count(15)
    for number in (15, 15, 20, 25, 25, 44):
        card.get_by_role("button", name="Next round").click()
        expect(inside).to_have_count(number)
    rounds.nth(3).check(force=True)
    norms.page.keyboard.press("ArrowLeft")
    expect(inside).to_have_count(15)

    tab_to(norms.page, "Next round \u2192")
    norms.page.keyboard.press("Tab")
    norms.page.keyboard.press("End")
    norms.page.keyboard.press("Enter")
    told = norms.page.locator(":focus").get_attribute("data-state-id") or ""
    story = card.locator(".cn-story")
    expect(story).to_contain_text(load_states()[told].name)
    wanted = set(words_in_text(story_blocks(load_states()[told], lesson="02")))
    assert wanted <= set(words_of(story.evaluate_all(TEXT)))
    story.get_by_role("button", name="Close").click()
    expect(story).to_be_hidden()
    assert norms.page.locator(":focus").get_attribute("data-state-id") == told
    assert card.locator(".cn-seat[tabindex='0']").count() == 1


def test_a_long_table_is_folded_below_the_tiles(norms: Notebook) -> None:
    """Prevents that 44 rows stand in everybody's way."""
    card = norms.card("rooms")
    table = card.get_by_role("table")
    expect(table).to_have_count(0)
    card.locator("summary", has_text="Show the numbers").click()
    expect(table).to_be_visible()
    expect(table.locator("tbody tr")).to_have_count(45)


def test_the_dots_are_the_figures_and_the_followed_state_is_one_of_them(norms: Notebook) -> None:
    """Prevents a picture that counts otherwise than the table."""
    card = norms.card("votes")
    vote = card.get_by_role("combobox", name="Vote")
    shown = (
        "card => Object.fromEntries(['yes', 'abstain', 'no', 'rest'].map(kind => [kind,"
        "[...card.querySelectorAll(`.cn-dot[data-b=${kind}]`)]"
        ".filter(each => each.style.opacity === '1').length]))"
    )
    for at, resolution in enumerate(load_resolutions()):
        if at % 5 and resolution.number not in ("60/45", "73/27", "75/32", "77/36"):
            continue
        vote.select_option(str(at))
        found = count(resolution)
        tally = found.tally
        figures = [tally.yes, tally.abstain, tally.no] if tally else [0, 0, 0]
        assert list(card.evaluate(shown).values()) == [*figures, found.rest], resolution.number
        expect(card.locator(".cn-blank")).to_be_visible(visible=not tally)
    card.get_by_role("combobox", name="Follow").select_option("brazil")
    vote.select_option(label=_label(vote, "73/27"))
    expect(card.locator(".cn-followed")).to_have_text("Brazil: abstained.")
    card.get_by_role("button", name="Next vote").click()
    expect(card.locator(".cn-followed")).to_contain_text("don\u2019t name its vote")


def _label(vote: Locator, number: str) -> str:
    return next(each for each in vote.locator("option").all_text_contents() if number in each)


@pytest.mark.parametrize("cell", ["rooms", "votes"])
def test_a_board_moves_only_what_is_cheap_to_move_and_nothing_where_that_is_asked(
    norms: Notebook, cell: str
) -> None:
    """Prevents a picture that stutters, and motion for those who asked for none."""
    card, page = norms.card(cell), norms.page
    moving = card.evaluate(MOVING)
    assert len(moving) > 40
    assert {each for one in moving for each in one["what"]} == {"transform", "opacity"}
    page.emulate_media(reduced_motion="reduce")
    try:
        assert {one["long"] for one in card.evaluate(MOVING)} == {0}
    finally:
        page.emulate_media(reduced_motion="no-preference")


def test_an_incident_is_coded_by_mouse_and_compared_with_two_readings(
    norms: Notebook, desk: Desk
) -> None:
    sorter = Deck(norms, "incidents")
    incident = next(
        each for each in load_incidents(lesson=EVERYTHING) if each.id == "notpetya-2017"
    )
    sheet = incident_sheet(incident)
    sorter.choose("Case", sheet.title)
    expect(sorter.card).to_contain_text(incident.what_happened[:40])
    many = len(sheet.lines)
    for number in range(1, many + 1):
        assert sorter.place == f"Norm {number} of {many}"
        assert sorter.choices() == ["Engaged", "Arguable", "Not engaged"]
        expect(sorter.card.locator(".cn-reading")).to_have_count(0)
        sorter.judge(2)
        line = list(sheet.lines)[number - 1]
        sorter.expect_words(sheet.one(line, "arguable"))
        assert sorter.dots() == f"{number} of {many} judged"
        sorter.move("Next norm" if number < many else "See them all")
    assert sorter.place == "All judged"
    sorter.expect_words(sheet.ending(dict.fromkeys(sheet.lines, "arguable")))
    expect(sorter.card.locator(".cn-sum > li")).to_have_count(many)
    sorter.move("Back")
    assert sorter.place == f"Norm {many} of {many}"
    kept = (desk.work / "answers.jsonl").read_text(encoding="utf-8")
    assert kept.count(f"sorter-incident-{incident.id}") == many, "each press is kept"


@in_a_list_of_the_system
def test_an_incident_is_coded_by_keyboard_alone(norms: Notebook, desk: Desk) -> None:
    sorter = Deck(norms, "incidents")
    incident = load_incidents(lesson=EVERYTHING)[0]
    sheet = incident_sheet(incident)
    sorter.focus_first()
    tab_to(sorter.page, "Case")
    sorter.page.keyboard.press("Home")
    expect(sorter.card).to_contain_text(incident.what_happened[:40])
    many = len(sheet.lines)
    sorter.page.keyboard.press("Tab")
    for number in range(1, many + 1):
        sorter.judge_by_key(3)
        tab_to(sorter.page, "Next norm \u2192" if number < many else "See them all \u2192")
        sorter.page.keyboard.press("Enter")
        there = f"Norm {number + 1} of {many}" if number < many else "All judged"
        expect(sorter.card.locator(".cn-deck .cn-kicker b")).to_have_text(there)
        assert focused(sorter.page) == there, "the focus goes along"
    kept = (desk.work / "answers.jsonl").read_text(encoding="utf-8")
    assert f"sorter-incident-{incident.id}" in kept


def test_a_deck_is_there_again_after_the_page_is_loaded_again(norms: Notebook) -> None:
    """Prevents that what was judged is only on the screen."""
    norms.run("incidents")
    sorter = Deck(norms, "incidents")
    incident = load_incidents(lesson=EVERYTHING)[0]
    sorter.choose("Case", incident_sheet(incident).title)
    expect(sorter.card.locator(".cn-deck .cn-kicker b")).to_have_text("All judged")
    rows = sorter.card.locator(".cn-sum > li").all_text_contents()
    assert all("Not engaged" in row for row in rows)


@pytest.fixture(scope="module")
def law(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/03-norms-and-law.ipynb").run_all()
    yield lesson
    lesson.close()


def test_passages_are_sorted_by_mouse_and_by_keyboard(law: Notebook) -> None:
    sorter = Deck(law, "law-or-norm")
    passages = load_passages()
    sorter.judge(1)
    sorter.move("Next passage")
    for number in range(2, len(passages) + 1):
        assert sorter.place == f"Passage {number} of {len(passages)}"
        sorter.judge_by_key(1)
        expect(sorter.card.locator(".cn-force")).to_have_count(0)  # it is what is asked
        sorter.move("Next passage" if number < len(passages) else "See them all")
    sorter.expect_words(ending({passage.id: "law" for passage in passages}))
    expect(sorter.card.locator(".cn-sum")).to_contain_text("Restates law")

    sorter.move("From the start")
    assert sorter.place == f"Passage 1 of {len(passages)}"
    sorter.judge_by_key(2)
    sorter.judge_by_key(3)  # whoever thinks again has the keys still at hand
    sorter.page.keyboard.press("9")  # there is no ninth choice
    sorter.expect_saved(3)


def test_statements_are_read_side_by_side_by_mouse_and_by_keyboard(law: Notebook) -> None:
    reader = Explorer(law, "statements")
    incident = next(
        each for each in load_incidents(lesson=EVERYTHING) if each.id == "exchange-2021"
    )
    first, second, third = incident.attributions[:3]
    reader.expect(statement_blocks(StatementState(incident.id, first.id, second.id)))
    reader.choose("Statement", reader.offered("Statement")[3])
    reader.expect(statement_blocks(StatementState(incident.id, third.id, second.id)))

    reader.focus_first()
    tab_to(reader.page, "Incident")
    reader.page.keyboard.type("4. Sony")
    sony = next(each for each in load_incidents(lesson=EVERYTHING) if each.id.startswith("sony"))
    one, two = sony.attributions[:2]
    reader.expect(statement_blocks(StatementState(sony.id, one.id, two.id)))


def test_no_cell_of_the_lessons_fails(norms: Notebook, law: Notebook) -> None:
    for lesson in (norms, law):
        assert (
            lesson.panel.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        )
        assert lesson.panel.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
