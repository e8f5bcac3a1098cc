"""The explorers on the UN track, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.passages import load_passages
from cybernorms.document import Block, to_text
from cybernorms.pages.attributions import StatementState, statement_blocks
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import reading as law_reading
from cybernorms.pages.rooms import RoomState, room_blocks
from cybernorms.pages.votes import VoteState, vote_blocks
from tests.browser.lab import Desk, Lab, Notebook, eventually
from tests.browser.test_explorer_in_the_browser import ADDRESS, TEXT, tab_to

in_a_list_of_the_system = pytest.mark.skipif(
    sys.platform == "darwin", reason="keys in lists need a window of the system"
)


class Card:
    """An explorer in a cell, whose last panel shows what its controls say."""

    def __init__(self, notebook: Notebook, cell: str) -> None:
        self.notebook, self.cell = notebook, cell
        self.page: Page = notebook.page
        self.card = notebook.card(cell)
        self.panel = self.card.locator(".widget-html-content").last

    def field(self, label: str) -> Locator:
        return self.card.get_by_role("combobox", name=label, exact=True)

    def words(self) -> list[str]:
        return re.findall(r"\w+", self.panel.evaluate(TEXT))

    def expect(self, blocks: Sequence[Block]) -> None:
        """Wait until the panel has the words of some blocks."""
        text = re.sub(r"\. By (\w)", r" \1", ADDRESS.sub("", to_text(blocks)))
        wanted = sorted(set(re.findall(r"\w+", text)))
        eventually(
            self.page, lambda: sorted(set(self.words())) == wanted, f"the page of {self.cell}"
        )

    def focus_first(self) -> None:
        self.notebook.focus(self.cell)


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "un")


@pytest.fixture(scope="module")
def norms(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/02-un-norms.ipynb").run_all()
    yield lesson
    lesson.close()


def test_the_room_matrix_follows_mouse_and_keyboard(norms: Notebook) -> None:
    rooms = Card(norms, "rooms")
    rooms.expect(room_blocks(RoomState()))
    rooms.field("Which States").select_option(label="States that sat in every group")
    rooms.expect(room_blocks(RoomState("every")))
    rooms.field("Regional group").select_option(label="African")
    rooms.expect(room_blocks(RoomState("every", "African")))
    expect(rooms.panel).to_contain_text("Nobody fits")

    rooms.focus_first()
    tab_to(rooms.page, "Which States")
    rooms.page.keyboard.type("States that were not")
    rooms.expect(room_blocks(RoomState("not-2015", "African")))
    tab_to(rooms.page, "Regional group")
    rooms.page.keyboard.type("All")
    rooms.expect(room_blocks(RoomState("not-2015")))


def test_the_vote_viewer_follows_mouse_and_keyboard(norms: Notebook) -> None:
    votes = Card(norms, "votes")
    votes.expect(vote_blocks(VoteState()))
    expect(votes.card.locator("figure img")).to_have_attribute("alt", re.compile("177 yes, 1 no"))
    votes.field("Resolution").select_option(label="75/32 (2020)")
    votes.expect(vote_blocks(VoteState(number="75/32")))
    expect(votes.panel).to_contain_text("figures not checked")

    votes.focus_first()
    tab_to(votes.page, "Track")
    votes.page.keyboard.type("Russian")
    votes.expect(vote_blocks(VoteState("Russian text", "73/27")))
    tab_to(votes.page, "State")
    votes.page.keyboard.type("United S")
    votes.expect(vote_blocks(VoteState("Russian text", "73/27", "united-states")))


def test_an_incident_is_coded_by_mouse_and_compared_with_two_readings(norms: Notebook) -> None:
    sorter = Card(norms, "incidents")
    incident = next(
        each for each in load_incidents(lesson=EVERYTHING) if each.id == "notpetya-2017"
    )
    sheet = incident_sheet(incident)
    sorter.field("Case").select_option(label=sheet.title)
    expect(sorter.card).to_contain_text(incident.what_happened[:40])
    sorter.card.get_by_role("button", name="Save and compare").click()
    expect(sorter.card.get_by_role("alert")).to_contain_text("still open")
    for text in sheet.lines.values():
        sorter.field(text).select_option(index=2)
    sorter.card.get_by_role("button", name="Save and compare").click()
    expect(sorter.card.get_by_role("alert")).to_contain_text("Saved.")
    sorter.expect(list(sheet.reading(dict.fromkeys(sheet.lines, "arguable"))))
    expect(sorter.panel).to_contain_text("the two readings differ")


@in_a_list_of_the_system
def test_an_incident_is_coded_by_keyboard_alone(norms: Notebook, desk: Desk) -> None:
    sorter = Card(norms, "incidents")
    incident = load_incidents(lesson=EVERYTHING)[0]
    sheet = incident_sheet(incident)
    sorter.focus_first()
    tab_to(sorter.page, "Case")
    sorter.page.keyboard.press("Home")
    lines = list(sheet.lines.items())
    expect(sorter.card).to_contain_text(incident.what_happened[:40])
    for _, text in lines:
        tab_to(sorter.page, text)
        sorter.page.keyboard.type("not eng")
    tab_to(sorter.page, "Save and compare")
    sorter.page.keyboard.press("Enter")
    sorter.expect(list(sheet.reading(dict.fromkeys(sheet.lines, "not engaged"))))
    kept = (desk.work / "answers.jsonl").read_text(encoding="utf-8")
    assert f"sorter-incident-{incident.id}" in kept


@pytest.fixture(scope="module")
def law(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    lesson = Notebook(shared_page, f"{desk.name}/notebooks/03-norms-and-law.ipynb").run_all()
    yield lesson
    lesson.close()


def test_passages_are_sorted_by_mouse_and_by_keyboard(law: Notebook) -> None:
    sorter = Card(law, "law-or-norm")
    passages = load_passages()
    lists = sorter.card.get_by_role("combobox")
    assert lists.count() == len(passages)
    for place in range(len(passages)):
        lists.nth(place).select_option(index=1)
    sorter.card.get_by_role("button", name="Save and compare").click()
    sorter.expect(law_reading({passage.id: "law" for passage in passages}))

    last = lists.nth(len(passages) - 1)
    last.focus()
    sorter.page.keyboard.type("neither")
    expect(sorter.card.locator(".cn-note")).to_contain_text("Not saved yet")
    sorter.page.keyboard.press("Tab")
    sorter.page.keyboard.press("Enter")
    chosen = {passage.id: "law" for passage in passages} | {passages[-1].id: "neither"}
    sorter.expect(law_reading(chosen))


def test_statements_are_read_side_by_side_by_mouse_and_by_keyboard(law: Notebook) -> None:
    reader = Card(law, "statements")
    incident = next(
        each for each in load_incidents(lesson=EVERYTHING) if each.id == "exchange-2021"
    )
    first, second, third = incident.attributions[:3]
    reader.expect(statement_blocks(StatementState(incident.id, first.id, second.id)))
    reader.field("Statement").select_option(index=3)
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
