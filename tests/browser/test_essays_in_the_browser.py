"""Marking essays as a teacher does: by mouse or by keys alone, through crashes, on any screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cybernorms.classroom.results import workplace
from cybernorms.classroom.results.rubric_tables import read_marks
from cybernorms.exercises.question_files import load_question_sets
from tests.browser.conftest import Complaints
from tests.browser.lab import eventually
from tests.classroom.essays.essays import CRITERIA, MINISTER, QUESTION, Served, class_of
from tests.classroom.factories import WRITTEN, entry, hand_in, marked, put

QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
TEXTS = 60
NAMES = [each.name for each in QUESTION.criteria]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with cookies of its own."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints = Complaints(page)
    yield page
    context.close()
    gone = re.compile("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|503|409")
    assert [each for each in complaints.found if not gone.search(each)] == []


def open_desk(page: Page, served: Served) -> None:
    page.goto(served.address)
    expect(page.locator("#text")).not_to_be_empty()


def said(page: Page, what: str | re.Pattern[str] = re.compile(r"Saved, \d\d:\d\d")) -> None:
    expect(page.locator("#said")).to_have_text(what)


def kept(results: Path) -> dict[str, list[float | None]]:
    """Return the points by text, by criterion in order."""
    marks = read_marks(results / "rubric-marks.csv", QUESTIONS)
    return {
        text: [of[each].points if each in of else None for each in CRITERIA]
        for (question, text), of in marks.items()
        if question == WRITTEN
    }


def points(level: int) -> float:
    return QUESTION.criteria[0].levels[level].share * QUESTION.criteria[0].points


def by_mouse(page: Page, number: int) -> list[int]:
    """Mark the text on the desk by mouse; return the levels."""
    levels = [(number + each) % 4 for each in range(len(CRITERIA))]
    for name, level in zip(NAMES, levels, strict=True):
        box = page.get_by_role("group", name=name)
        box.get_by_role("button").nth(level).click()
    if number % 5 == 0:
        page.get_by_label("A sentence for the student").fill(f"Sentence {number}")
    said(page)
    page.get_by_role("button", name=re.compile("Next text|That’s all")).click()
    return levels


def by_keys(page: Page, number: int) -> list[int]:
    """Mark the text on the desk by keys; return the levels."""
    levels = [(number * 3 + each) % 4 for each in range(len(CRITERIA))]
    for level in levels:
        page.keyboard.press(str(level + 1))
    if number % 5 == 0:
        page.keyboard.press("c")
        page.keyboard.type(f"Sentence {number}")
        page.keyboard.press("Escape")
    said(page)
    page.keyboard.press("n")
    return levels


@pytest.mark.parametrize("way", [by_mouse, by_keys])
def test_a_class_is_marked_with_two_crashes_on_the_way(
    tmp_path: Path, page: Page, way: Any
) -> None:
    """Prevents an evening of marking from being lost, or from needing a mouse."""
    results = class_of(tmp_path, TEXTS)
    given: dict[str, list[float | None]] = {}
    number = 0
    for until in (TEXTS // 3, 2 * TEXTS // 3, TEXTS):
        with Served(results) as served:
            open_desk(page, served)
            expect(page.locator("#count")).to_have_text(f"{number} of {TEXTS} marked")
            while number < until:
                text = page.locator("#name").inner_text()
                assert text not in given  # it opens at the first that is not finished
                given[text] = [points(each) for each in way(page, number)]
                number += 1
                if number < TEXTS:
                    expect(page.locator("#name")).not_to_have_text(text)
            assert kept(results) == given
            if until < TEXTS:
                served.kill()
            else:
                expect(page.get_by_role("heading", name="All texts are marked.")).to_be_visible()
                page.get_by_role("button", name="I’m done").click()
                end = f"{TEXTS} of {TEXTS} texts marked; run cybernorms mark again"
                expect(page.get_by_text(end)).to_be_visible()
                assert served.process.wait(timeout=20) == 0
    assert len(given) == TEXTS
    marks = read_marks(results / "rubric-marks.csv", QUESTIONS)
    comments = [of[CRITERIA[0]].comment for of in marks.values() if of[CRITERIA[0]].comment]
    assert sorted(comments) == sorted(f"Sentence {each}" for each in range(0, TEXTS, 5))


def test_a_press_that_is_not_saved_says_so_and_is_saved_once_it_can_be(
    tmp_path: Path, page: Page
) -> None:
    """Prevents "Saved" for what is not, and a press that has to be remembered."""
    results = class_of(tmp_path, 2)
    with Served(results) as served:
        open_desk(page, served)
        with workplace.holding(results):
            page.keyboard.press("1")
            said(page, re.compile("Saving"))
            said(page, re.compile("Another run is at work"))
            page.keyboard.press("2")
            assert kept_nothing(results)
        said(page)
        [marks] = kept(results).values()
        assert marks == [points(0), points(1), None, None]
        served.kill()
        page.keyboard.press("3")
        said(page, re.compile(r"Not saved: The program has stopped. Start cybernorms essays again"))
        assert page.locator("#said").get_attribute("data-at") == "lost"
        page.once("dialog", lambda dialog: dialog.accept())  # "Leave the page?"
    with Served(results) as served:
        open_desk(page, served)
        expect(page.locator("#where")).to_have_text("2 of 4 to go")


def kept_nothing(results: Path) -> bool:
    return not (results / "rubric-marks.csv").exists()


def test_two_tabs_on_one_class_keep_each_others_marks(tmp_path: Path, page: Page) -> None:
    results = class_of(tmp_path, 1)
    with Served(results) as served:
        open_desk(page, served)
        other = page.context.new_page()
        open_desk(other, served)
        page.keyboard.press("1")
        said(page)
        other.keyboard.press("ArrowDown")
        other.keyboard.press("2")
        said(other)
        page.get_by_role("group", name=NAMES[1]).get_by_role("button").nth(3).click()
        said(page)
        for each in (page, other):
            each.reload()
            expect(each.locator("#where")).to_have_text("2 of 4 to go")
            pressed = each.get_by_role("button", pressed=True)
            expect(pressed).to_have_text(["Full1", "Missing4"])


def test_marking_a_class_meanwhile_brings_its_new_texts(tmp_path: Path, page: Page) -> None:
    results = class_of(tmp_path, 2)
    with Served(results) as served:
        open_desk(page, served)
        page.keyboard.press("1")
        said(page)
        put(tmp_path / "in", "late_77_9_x.json", hand_in("Late", [entry(WRITTEN, "At last.")]))
        marked(tmp_path / "in")
        page.keyboard.press("2")
        said(page)
        expect(page.locator("#count")).to_have_text("0 of 3 marked")
        expect(page.locator("#where")).to_have_text("2 of 4 to go")


def test_all_of_it_can_be_reached_by_keys(tmp_path: Path, page: Page) -> None:
    with Served(class_of(tmp_path, 2, (WRITTEN, MINISTER))) as served:
        open_desk(page, served)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.wait_for_timeout(300)  # the dialogue gives the focus back behind its last picture
        page.keyboard.press("ArrowDown")
        box = page.get_by_role("group", name=NAMES[1])
        expect(box.get_by_role("button").first).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(box.get_by_role("button").nth(1)).to_have_attribute("aria-pressed", "true")
        said(page)
        page.keyboard.press("ArrowUp")
        page.keyboard.press("0")
        said(page)
        expect(box.get_by_role("button", pressed=True)).to_have_count(0)
        first = page.locator("#name").inner_text()
        page.keyboard.press("n")
        expect(page.locator("#name")).not_to_have_text(first)
        expect(page.locator("#text")).to_be_focused()
        page.keyboard.press("p")
        expect(page.locator("#name")).to_have_text(first)
        page.keyboard.press("?")
        page.get_by_label("Use these keys").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        expect(page.get_by_role("button", pressed=True)).to_have_count(0)


def test_one_question_at_a_time_with_its_own_progress(tmp_path: Path, page: Page) -> None:
    with Served(class_of(tmp_path, 3, (WRITTEN, MINISTER))) as served:
        open_desk(page, served)
        name = QUESTIONS[MINISTER].name
        page.get_by_label("Question", exact=True).select_option(label=f"{name}: 0 of 3")
        expect(page.locator("#count")).to_have_text("0 of 3 marked")
        expect(page.locator("#text")).to_contain_text(MINISTER)
        for _ in QUESTIONS[MINISTER].criteria:
            page.keyboard.press("1")
        expect(page.locator("#count")).to_have_text("1 of 3 marked")
        page.locator("#text").focus()
        for _ in range(3):
            page.keyboard.press("n")
        expect(page.locator("#where")).not_to_have_text("3 of 3 points")


def test_earlier_sentences_are_on_offer(tmp_path: Path, page: Page) -> None:
    results = class_of(tmp_path, 2)
    with Served(results) as served:
        open_desk(page, served)
        page.get_by_label("A sentence for the student").fill("Name the paragraph.")
        said(page)
        page.get_by_role("button", name="Next text").click()
        page.get_by_role("button", name="Name the paragraph.").click()
        said(page)
        marks = read_marks(results / "rubric-marks.csv", QUESTIONS).values()
        assert [of[CRITERIA[0]].comment for of in marks] == ["Name the paragraph."] * 2


def test_a_double_click_marks_one_criterion(tmp_path: Path, page: Page) -> None:
    """Prevents the second click from marking what has moved below the mouse."""
    with Served(class_of(tmp_path, 1)) as served:
        open_desk(page, served)
        page.get_by_role("group", name=NAMES[0]).get_by_role("button").nth(2).dblclick()
        said(page)
        expect(page.get_by_role("button", pressed=True)).to_have_count(1)


def test_a_hostile_text_stays_text(tmp_path: Path, page: Page) -> None:
    hostile = (
        "<script>document.title='gone'</script><img src=x onerror=alert(1)>\u202eevil\u0007\n"
        "مرحبا بكم في المقال\n" + "x" * 1_000_000
    )
    put(tmp_path / "in", "eve_1_2_x.json", hand_in("Zenobia", [entry(WRITTEN, hostile)]))
    results, _ = marked(tmp_path / "in")
    with Served(results) as served:
        open_desk(page, served)
        assert page.title() == "Marking essays – cybernorms"
        assert page.locator("#text *").count() == 0
        expect(page.locator("#text")).to_contain_text("<img src=x onerror=alert(1)>evil")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.get_by_text("letters more, in the packet in written/")).to_be_visible()
        assert "Zenobia" not in page.content()


MEDIA: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
]


@pytest.mark.parametrize("width", [320, 390, 683, 1366])
def test_the_page_is_open_to_everyone(tmp_path: Path, page: Page, width: int) -> None:
    """Prevents a page that only some can use; 683 is 1366 at 200 per cent."""
    with Served(class_of(tmp_path, 2, (WRITTEN, MINISTER))) as served:
        page.emulate_media(reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 768})
        open_desk(page, served)
        page.keyboard.press("2")
        page.get_by_label("A sentence for the student").fill("Name the paragraph.")
        said(page)
        page.get_by_text("The question, and an example").click()
        for media in MEDIA:
            page.emulate_media(**media)
            assert violations(page) == [], media
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), media
        page.locator("#text").focus()
        page.keyboard.press("?")
        assert violations(page) == []
        page.keyboard.press("Escape")
        eventually(page, lambda: not page.get_by_role("dialog").is_visible(), "the list is closed")
        small = page.locator("button:visible, select:visible").evaluate_all(
            "all => all.filter(each => !each.matches('.cn-link') && each.offsetHeight < 44)"
            ".map(each => each.outerHTML)"
        )
        assert small == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]
