"""The explorers on the UN track, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.passages import load_passages
from cybernorms.pages.attributions import StatementState, statement_blocks
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import ending
from cybernorms.pages.rooms import RoomState, room_blocks
from cybernorms.pages.votes import VoteState, vote_blocks
from tests.browser.explorers import Deck, Explorer, focused, in_a_list_of_the_system, tab_to
from tests.browser.lab import Desk, Lab, Notebook


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "un")


@pytest.fixture(scope="module")
def norms(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/02-un-norms.ipynb").run_all()
    yield lesson
    lesson.close()


@in_a_list_of_the_system
def test_the_room_matrix_follows_mouse_and_keyboard(norms: Notebook) -> None:
    rooms = Explorer(norms, "rooms")
    rooms.expect(room_blocks(RoomState()))
    rooms.choose("Which States", "States that sat in every group")
    rooms.expect(room_blocks(RoomState("every")))
    rooms.choose("Regional group", "African")
    rooms.expect(room_blocks(RoomState("every", "African")))
    expect(rooms.panel).to_contain_text("Nobody fits")

    rooms.focus_first()
    tab_to(rooms.page, "Which States")
    rooms.page.keyboard.type("States that were not")
    rooms.expect(room_blocks(RoomState("not-2015", "African")))
    tab_to(rooms.page, "Regional group")
    rooms.page.keyboard.type("All")
    rooms.expect(room_blocks(RoomState("not-2015")))


def test_a_long_table_is_folded_and_stays_open_once_it_is_opened(norms: Notebook) -> None:
    """Prevents that 44 rows stand in everybody's way, or shut again at each choice."""
    rooms = Explorer(norms, "rooms")
    table = rooms.card.get_by_role("table")
    rooms.choose("Which States", "All States that ever sat")
    expect(table).to_have_count(0)
    rooms.card.locator("summary", has_text="Show the numbers").click()
    expect(table).to_be_visible()
    rooms.choose("Which States", "States that sat once")
    rooms.expect(room_blocks(RoomState("once")))
    expect(table).to_be_visible()


@in_a_list_of_the_system
def test_the_vote_viewer_follows_mouse_and_keyboard(norms: Notebook) -> None:
    votes = Explorer(norms, "votes")
    votes.expect(vote_blocks(VoteState()))
    expect(votes.card.locator("figure img")).to_have_attribute("alt", re.compile("177 yes, 1 no"))
    votes.choose("Resolution", "75/32 (2020)")
    votes.expect(vote_blocks(VoteState(number="75/32")))
    expect(votes.panel).to_contain_text("figures not checked")

    votes.focus_first()
    tab_to(votes.page, "Track")
    votes.page.keyboard.press("ArrowRight")
    votes.page.keyboard.press("ArrowRight")
    votes.expect(vote_blocks(VoteState("Russian text", "73/27")))
    tab_to(votes.page, "State")
    votes.page.keyboard.type("United S")
    votes.expect(vote_blocks(VoteState("Russian text", "73/27", "united-states")))


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
