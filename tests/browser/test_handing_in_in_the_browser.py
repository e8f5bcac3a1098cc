"""Handing in and marking: a learner answers and writes the file, a teacher opens the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cybernorms.classroom.run.class_run import mark_class
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from tests.answers import best_answer
from tests.browser.forms import expect_mark, expect_result, fill_in, press
from tests.browser.lab import Desk, Notebook

SET = "exercises/03-norms-and-law.ipynb"
QUESTION = find_question("law-untouched")


def test_a_learner_hands_in_and_a_teacher_marks(
    open_notebook: Callable[[str], Notebook], desk: Desk, page: Page, tmp_path: Path
) -> None:
    notebook = open_notebook(SET)
    card = notebook.card("hand-in-form")
    assert "nothing to hand in" in (card.text_content() or "")
    press(card, "Write the file")
    expect_result(card, "Type your name first")

    form = notebook.card(QUESTION.id)
    fill_in(form, QUESTION, best_answer(QUESTION))
    press(form, "Check")
    expect_mark(form, mark(QUESTION, best_answer(QUESTION)))

    name = card.get_by_role("textbox", name="Your name, as your teacher knows it", exact=True)
    name.fill("Ada <b>Lovelace</b>")
    press(card, "Write the file")
    expect_result(card, "Your hand-in is written")
    [path] = (desk.work / "hand-ins").iterdir()
    assert path.name in (card.text_content() or "")
    assert "1 of 11" in (card.text_content() or "")
    assert json.loads(path.read_bytes())["name"] == "Ada <b>Lovelace</b>"

    mark_class(path, tmp_path / "results", processes=1)
    [feedback] = (tmp_path / "results" / "pages").iterdir()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for each in (feedback, tmp_path / "results" / "report.html"):
        page.goto(each.as_uri())
        assert page.locator("h1").count() == 1
        assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"
        assert not complaints, "the page's own style is refused by its own rule"
        width = "getComputedStyle(document.querySelector('main')).maxWidth"
        assert page.evaluate(width) == "1344px"
    page.goto(feedback.as_uri())
    assert page.locator(".cn-over").text_content() == "Feedback for Ada <b>Lovelace</b>"
    assert "points" in (page.locator("h1").text_content() or "")


def test_a_page_for_students_breaks_no_rule_of_accessibility(page: Page, tmp_path: Path) -> None:
    from cybernorms.classroom.report.class_report import write_report
    from tests.classroom.factories import folder_of, hand_in, marked

    results, _ = marked(folder_of(tmp_path / "in", a_json=hand_in(), b_json=b"{"))
    write_report(results)
    # The rule of these pages lets no script in, and that is axe-core itself.
    for path in [*(results / "pages").iterdir(), *results.rglob("*.html")]:
        content = path.read_text(encoding="utf-8")
        page.set_content(content.replace('http-equiv="Content-Security-Policy"', ""))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"resultTypes": ["violations"]})
            assert found.violations_count == 0, f"{path.name}: {found.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path.name
        page.set_viewport_size({"width": 1366, "height": 768})
