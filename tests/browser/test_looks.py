"""What is shown can be used: by everyone (axe-core), in light and dark, on every width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cybernorms.exercises.question_files import find_question
from tests.answers import best_answer, worst_answer
from tests.browser.forms import expect_result, fill_in, press
from tests.browser.lab import ROOT, Desk, Lab, Notebook, eventually

NOTEBOOKS = [
    *sorted(f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")),
    "exercises/02-un-norms.ipynb",
]
# Each violation that stays, with the reason why; axe-core's name of the rule comes first.
ACCEPTED = {
    "landmark-contentinfo-is-top-level": "the footer of a quotation is no footer of the page, "
    "and browsers do not treat it as one; the rule is advice beyond WCAG",
}

# A list of every part of a card that sticks out of it and cannot be scrolled into sight.
STICKING_OUT = """card => {
    const edge = card.getBoundingClientRect().right + 1;
    const found = card.scrollWidth > card.clientWidth + 1 ? ['the card itself scrolls'] : [];
    for (const part of card.querySelectorAll('*')) {
        if (part.closest('.cn-scroll') && !part.matches('.cn-scroll')) continue;
        const box = part.getBoundingClientRect();
        if (box.width && box.height && box.right > edge)
            found.push(`${part.tagName} ${part.className}: ${part.textContent.slice(0, 40)}`);
    }
    return found;
}"""


@pytest.fixture(scope="module", params=NOTEBOOKS)
def notebook(request: pytest.FixtureRequest, lab: Lab, shared_page: Page) -> Iterator[Notebook]:
    """Open one notebook after the other; where there are forms, bring much of them into sight."""
    desk = Desk(lab.root, re.sub(r"\W", "-", f"looks-{request.param}"))
    notebook = Notebook(shared_page, f"{desk.name}/{request.param}").run_all()
    if request.param == "notebooks/02-un-norms.ipynb":
        show_verdict_hint_and_complaint(notebook)
    if request.param == "exercises/02-un-norms.ipynb":
        show_reasons_and_example(notebook)
    yield notebook
    notebook.close()


def show_verdict_hint_and_complaint(lesson: Notebook) -> None:
    restraint = lesson.card("ask-restraint")
    fill_in(restraint, find_question("un-restraint"), "c")
    press(restraint, "Check")
    expect_result(restraint, "Defensible")
    press(restraint, "Hint")
    press(lesson.card("ask-misreading"), "Check")
    lesson.card("compare").locator("summary").first.click()


def show_reasons_and_example(exercises: Notebook) -> None:
    for id in ("un-rebuild-f", "un-situations", "un-degrees", "un-minister"):
        question, card = find_question(id), exercises.card(id)
        written = question.kind == "written"
        fill_in(card, question, (best_answer if written else worst_answer)(question))
        press(card, "Save" if written else "Check")
        expect_result(card, "Saved")
    for summary in exercises.card("un-minister").locator("summary").all():
        summary.click()


def test_every_cell_runs_without_an_error(notebook: Notebook) -> None:
    assert notebook.errors() == []


# Without these, axe-core takes what is scrolled away, or all, for hidden, and passes it unseen.
ALL_IN_SIGHT = """
    .jp-Cell { content-visibility: visible !important; }
    body { height: 100vh; }
"""


UNSEEN_BY_AXE = """outputs => {
    axe.setup(document.body);
    const cards = [...document.querySelectorAll(`${outputs} .cn-card`)];
    const unseen = cards.filter(card => !axe.commons.dom.isVisibleOnScreen(card));
    axe.teardown();
    return unseen.map(card => card.textContent.slice(0, 80));
}"""
# What else there is to find does not depend on colours.
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.mark.parametrize(
    ("theme", "options"), [("JupyterLab Dark", OF_COLOUR), ("JupyterLab Light", {})]
)
def test_outputs_are_open_to_everyone(
    theme: str, options: dict[str, Any], notebook: Notebook
) -> None:
    page = notebook.page
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    before = page.viewport_size or {"width": 1280, "height": 900}
    all_in_sight = page.add_style_tag(content=ALL_IN_SIGHT)
    page.set_viewport_size({"width": 1280, "height": notebook.height() + 600})
    try:
        eventually(page, notebook.all_in_sight, "the whole notebook is in sight")
        outputs = f"#{notebook.id} .jp-OutputArea-output"
        results = (
            Axe()
            .run(page, {"include": [[outputs]]}, {"resultTypes": ["violations"], **options})
            .response
        )
        assert page.evaluate(UNSEEN_BY_AXE, outputs) == []
    finally:
        all_in_sight.evaluate("style => style.remove()")
        page.set_viewport_size(before)
    found = [
        f"{rule['id']} at {node['target'][-1]}: {node['failureSummary']}"
        for rule in results["violations"]
        if rule["id"] not in ACCEPTED
        for node in rule["nodes"]
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("width", [390, 820, 1280, 1920])
def test_nothing_sticks_out_of_a_card(width: int, notebook: Notebook) -> None:
    page = notebook.page
    before = page.viewport_size or {"width": 1280, "height": 900}
    phone = width < 600
    if phone:  # On so small a screen the list of files is closed, or no lesson can be read.
        page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size({"width": width, "height": 900})
    try:
        page.wait_for_timeout(250)
        cards = notebook.panel.locator(".cn-card")
        assert cards.first.evaluate("card => card.clientWidth") > 0.5 * min(width, 900) - 100
        found = cards.evaluate_all(f"cards => cards.flatMap({STICKING_OUT})")
        assert found == [], "\n".join(found)
    finally:
        page.set_viewport_size(before)
        if phone:
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
