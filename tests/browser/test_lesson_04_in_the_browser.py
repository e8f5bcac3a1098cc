"""The explorers of lesson 04, by mouse and by keyboard: the screen shows what the text says."""

from __future__ import annotations

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
from tests.browser.explorers import Deck, Explorer, in_a_list_of_the_system, tab_to
from tests.browser.lab import Desk, Lab, Notebook


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "policy")


@pytest.fixture(scope="module")
def lesson(desk: Desk, shared_page: Page) -> Iterator[Notebook]:
    notebook = Notebook(shared_page, f"{desk.name}/notebooks/04-us-policy-documents.ipynb")
    yield notebook.run_all()
    notebook.close()


@in_a_list_of_the_system
def test_documents_are_read_by_mouse_and_by_keyboard(lesson: Notebook) -> None:
    reader = Explorer(lesson, "documents-reader")
    reader.expect(document_blocks(DocumentState("kerry-2015")))
    reader.choose("Topic", reader.offered("Topic")[1])
    reader.expect(document_blocks(DocumentState("kerry-2015", "governance")))
    reader.choose("Document", find_document("tunis-agenda-2005", lesson=EVERYTHING).short_name)
    reader.expect(document_blocks(DocumentState("tunis-agenda-2005", "governance")))

    reader.focus_first()
    tab_to(reader.page, "Documents")
    for _ in reader.offered("Documents")[: reader.offered("Documents").index("Cited by the post")]:
        reader.page.keyboard.press("ArrowRight")
    expect(reader.panel).to_contain_text("Cited by the post")
    tab_to(reader.page, "Topic")
    reader.page.keyboard.type("All")
    reader.expect(document_blocks(DocumentState("us-review-2009", "", "cited")))


def test_a_sheet_is_coded_by_mouse_saved_and_compared(lesson: Notebook, desk: Desk) -> None:
    coder = Deck(lesson, "coder")
    sheet = deal(coded_passages(lesson=EVERYTHING))[0]
    many = len(sheet) * len(AXES)
    wanted = {"participants": "States only", "number": "Bilateral", "subject": "Crime"}
    chosen: dict[str, str] = {}
    for passage in sheet:
        for axis in AXES:
            expect(coder.card.locator(".cn-deck")).to_contain_text(passage.paraphrase[:40])
            coder.judge(coder.choices().index(wanted[axis]) + 1)
            chosen[line_id(passage.id, axis)] = wanted[axis].lower()
            coder.move("Next reading" if len(chosen) < many else "See them all")
    coder.expect_words(reading(sheet, chosen, {}))
    assert "sorter-policy-1" in (desk.work / "answers.jsonl").read_text(encoding="utf-8")


@in_a_list_of_the_system
def test_another_sheet_is_coded_by_keyboard_alone(lesson: Notebook) -> None:
    coder = Deck(lesson, "coder")
    first, second = deal(coded_passages(lesson=EVERYTHING))[:2]
    coder.focus_first()
    tab_to(coder.page, "Sheet")
    coder.page.keyboard.type("Sheet 2")
    expect(coder.card.locator(".cn-deck")).to_contain_text(second[0].paraphrase[:40])
    coder.page.keyboard.press("Tab")
    many = len(second) * len(AXES)
    for number in range(1, many + 1):
        coder.judge_by_key(1)
        tab_to(coder.page, "Next reading \u2192" if number < many else "See them all \u2192")
        coder.page.keyboard.press("Enter")
    expect(coder.card).to_contain_text(f"that you have coded ({len(first) + len(second)})")
    coder.choose("Sheet", f"Sheet 1: {len(first)} passages")
    expect(coder.card.locator(".cn-sum")).to_contain_text("Crime")


def test_the_timeline_follows_mouse_and_keyboard(lesson: Notebook) -> None:
    timeline = Explorer(lesson, "timeline")
    timeline.expect(timeline_blocks(TimelineState()))
    picture = timeline.card.locator("figure svg[role=img]")
    expect(picture).to_have_attribute("aria-label", figure_of(TimelineState()).alt)
    timeline.choose("Axis", "Number of States")
    timeline.choose("Value", "bilateral")
    state = TimelineState("number", "bilateral")
    timeline.expect(timeline_blocks(state))
    expect(picture).to_have_attribute("aria-label", figure_of(state).alt)

    timeline.focus_first()
    tab_to(timeline.page, "Value")
    while timeline.chosen("Value") != "All":
        before = timeline.chosen("Value")
        timeline.page.keyboard.press("ArrowLeft")
        assert timeline.chosen("Value") != before
    tab_to(timeline.page, "Period")
    timeline.page.keyboard.type("1998")
    timeline.expect(timeline_blocks(TimelineState("number", period="1998 to 2008")))
    tab_to(timeline.page, "Open an event")
    timeline.page.keyboard.type("1998 ICANN")
    first = open_events("04")[0]
    timeline.expect(timeline_blocks(TimelineState("number", period="1998 to 2008", event=first.id)))


@in_a_list_of_the_system
def test_figures_in_conflict_are_matched_by_mouse_and_by_keyboard(lesson: Notebook) -> None:
    conflicts = Deck(lesson, "conflicts")
    sheet = conflict_sheets("04")[0]
    first = {line: next(iter(sheet.choices(line))) for line in sheet.lines}
    for number, line in enumerate(sheet.lines, start=1):
        conflicts.judge(1)
        conflicts.expect_words(sheet.one(line, first[line]))
        last = number == len(sheet.lines)
        conflicts.move("See them all" if last else f"Next {sheet.unit.lower()}")
    conflicts.expect_words(sheet.ending(first))

    lost = conflict_sheets("04")[-1]
    conflicts.focus_first()
    tab_to(conflicts.page, "Case")
    conflicts.page.keyboard.type("Words")
    expect(conflicts.card.locator(".cn-deck blockquote")).to_have_count(1)
    conflicts.page.keyboard.press("Tab")
    for number in range(1, len(lost.lines) + 1):
        conflicts.judge_by_key(1)
        last = number == len(lost.lines)
        tab_to(conflicts.page, "See them all \u2192" if last else "Next words \u2192")
        conflicts.page.keyboard.press("Enter")
    conflicts.expect_words(lost.ending(dict.fromkeys(lost.lines, "says")))


def test_no_cell_of_the_lesson_fails(lesson: Notebook) -> None:
    assert lesson.errors() == []
