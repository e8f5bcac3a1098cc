"""The explorers of lesson 04, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cybernorms.corpus.codings import AXES
from cybernorms.corpus.documents import coded_passages, find_document
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.pages.conflicts import sheets as conflict_sheets
from cybernorms.pages.documents import DocumentState, document_blocks
from cybernorms.pages.policy_coder import deal, line_id, reading
from cybernorms.pages.timeline import TimelineState, figure_of, open_events, timeline_blocks
from tests.browser.lab import Desk, Lab, Notebook
from tests.browser.test_explorer_in_the_browser import tab_to
from tests.browser.test_explorers_un_in_the_browser import Card, in_a_list_of_the_system


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "policy")


@pytest.fixture(scope="module")
def lesson(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    notebook = Notebook(shared_page, f"{desk.name}/notebooks/04-us-policy-documents.ipynb")
    yield notebook.run_all()
    notebook.close()


def test_documents_are_read_by_mouse_and_by_keyboard(lesson: Notebook) -> None:
    reader = Card(lesson, "documents-reader")
    reader.expect(document_blocks(DocumentState("kerry-2015")))
    reader.field("Topic").select_option(index=1)
    reader.expect(document_blocks(DocumentState("kerry-2015", "governance")))
    reader.field("Document").select_option(
        label=find_document("tunis-agenda-2005", lesson=EVERYTHING).short_name
    )
    reader.expect(document_blocks(DocumentState("tunis-agenda-2005", "governance")))

    reader.focus_first()
    tab_to(reader.page, "Documents")
    reader.page.keyboard.type("Cited")
    expect(reader.panel).to_contain_text("Cited by the post")
    tab_to(reader.page, "Topic")
    reader.page.keyboard.type("All")
    reader.expect(document_blocks(DocumentState("us-review-2009", "", "cited")))


def test_a_sheet_is_coded_by_mouse_saved_and_compared(lesson: Notebook, desk: Desk) -> None:
    coder = Card(lesson, "coder")
    sheet = deal(coded_passages(lesson=EVERYTHING))[0]
    save = coder.card.get_by_role("button", name="Save and compare")
    save.click()
    expect(coder.card.get_by_role("alert")).to_contain_text("still open")
    assert not coder.words()
    for place in range(1, len(sheet) + 1):
        for axis, value in (("participants", "states only"), ("number", "bilateral")):
            coder.field(f"Passage {place}: {axis}").select_option(label=value)
        coder.field(f"Passage {place}: subject").select_option(label="crime")
    save.click()
    expect(coder.card.get_by_role("alert")).to_contain_text("Saved.")
    values = {"participants": "states only", "number": "bilateral", "subject": "crime"}
    chosen = {line_id(each.id, axis): values[axis] for each in sheet for axis in AXES}
    coder.expect(reading(sheet, chosen, {}))
    assert "sorter-policy-1" in (desk.work / "answers.jsonl").read_text(encoding="utf-8")


@in_a_list_of_the_system
def test_another_sheet_is_coded_by_keyboard_alone(lesson: Notebook) -> None:
    coder = Card(lesson, "coder")
    first, second = deal(coded_passages(lesson=EVERYTHING))[:2]
    coder.focus_first()
    tab_to(coder.page, "Sheet")
    coder.page.keyboard.type("Sheet 2")
    expect(coder.card).to_contain_text(second[0].paraphrase)
    typed = {"participants": "multi", "number": "uni", "subject": "trade"}
    for place in range(1, len(second) + 1):
        for axis, keys in typed.items():
            tab_to(coder.page, f"Passage {place}: {axis}")
            coder.page.keyboard.type(keys)
    tab_to(coder.page, "Save and compare")
    coder.page.keyboard.press("Enter")
    expect(coder.panel).to_contain_text(f"that you have coded ({len(first) + len(second)})")
    coder.field("Sheet").select_option(index=0)
    expect(coder.field("Passage 1: subject")).to_have_value(re.compile("crime"))


def test_the_timeline_follows_mouse_and_keyboard(lesson: Notebook) -> None:
    timeline = Card(lesson, "timeline")
    timeline.expect(timeline_blocks(TimelineState()))
    picture = timeline.card.locator("figure img")
    expect(picture).to_have_attribute("alt", figure_of(TimelineState()).alt)
    timeline.field("Axis").select_option(label="Number of States")
    timeline.field("Value").select_option(label="bilateral")
    state = TimelineState("number", "bilateral")
    timeline.expect(timeline_blocks(state))
    expect(picture).to_have_attribute("alt", figure_of(state).alt)

    timeline.focus_first()
    tab_to(timeline.page, "Value")
    timeline.page.keyboard.type("All")
    tab_to(timeline.page, "Period")
    timeline.page.keyboard.type("1998")
    timeline.expect(timeline_blocks(TimelineState("number", period="1998 to 2008")))
    tab_to(timeline.page, "Open an event")
    timeline.page.keyboard.type("1998 ICANN")
    first = open_events("04")[0]
    timeline.expect(timeline_blocks(TimelineState("number", period="1998 to 2008", event=first.id)))


def test_figures_in_conflict_are_matched_by_mouse_and_by_keyboard(lesson: Notebook) -> None:
    conflicts = Card(lesson, "conflicts")
    sheet = conflict_sheets("04")[0]
    for label in sheet.lines.values():
        conflicts.field(label).select_option(index=1)
    conflicts.card.get_by_role("button", name="Save and compare").click()
    first = {line: next(iter(sheet.choices(line))) for line in sheet.lines}
    conflicts.expect(list(sheet.reading(first)))

    lost = conflict_sheets("04")[-1]
    conflicts.focus_first()
    tab_to(conflicts.page, "Case")
    conflicts.page.keyboard.type("Words")
    expect(conflicts.card.locator("blockquote")).to_have_count(len(lost.lines))
    for label in lost.lines.values():
        tab_to(conflicts.page, label)
        conflicts.page.keyboard.type("The source")
    tab_to(conflicts.page, "Save and compare")
    conflicts.page.keyboard.press("Enter")
    conflicts.expect(list(lost.reading(dict.fromkeys(lost.lines, "says"))))


def test_no_cell_of_the_lesson_fails(lesson: Notebook) -> None:
    assert lesson.errors() == []
