"""What is shown can be used: by everyone (axe-core), in light and dark, on every width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cybernorms.exercises.question_files import find_question
from tests.answers import best_answer, worst_answer
from tests.browser.forms import expect_result, fill_in, press
from tests.browser.lab import Desk, Lab, Notebook

NOTEBOOKS = [
    "notebooks/00-start-here.ipynb",
    "notebooks/02-un-norms.ipynb",
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


@pytest.fixture(scope="module")
def notebooks(lab: Lab, shared_page: Page) -> Iterator[list[Notebook]]:
    """Open all notebooks, with verdicts of each colour, a hint and a complaint in sight."""
    desk = Desk(lab.root, "looks")
    opened = [Notebook(shared_page, f"{desk.name}/{path}").run_all() for path in NOTEBOOKS]
    # JupyterLab leaves out of sight what is scrolled away, and axe-core then passes it over.
    shared_page.add_style_tag(content=".jp-Cell { content-visibility: visible !important; }")
    _, lesson, exercises = opened
    lesson.show()
    restraint = lesson.card("ask-restraint")
    fill_in(restraint, find_question("un-restraint"), "c")
    press(restraint, "Check")
    expect_result(restraint, "Defensible")
    press(restraint, "Hint")
    press(lesson.card("ask-misreading"), "Check")
    lesson.card("compare").locator("summary").first.click()
    exercises.show()
    for id in ("un-rebuild-f", "un-situations", "un-degrees", "un-minister"):
        question, card = find_question(id), exercises.card(id)
        written = question.kind == "written"
        fill_in(card, question, (best_answer if written else worst_answer)(question))
        press(card, "Save" if written else "Check")
        expect_result(card, "Saved")
    for summary in exercises.card("un-minister").locator("summary").all():
        summary.click()
    yield opened
    for notebook in opened:
        notebook.close()


def test_every_cell_of_every_notebook_runs(notebooks: list[Notebook]) -> None:
    assert [error for notebook in notebooks for error in notebook.errors()] == []


def violations(notebook: Notebook) -> list[str]:
    """Return what axe-core finds in the outputs of a notebook, a line for each element."""
    notebook.show()
    notebook.page.wait_for_timeout(200)
    found: list[dict[str, Any]] = (
        Axe()
        .run(notebook.page, {"include": [[f"#{notebook.id} .jp-OutputArea-output"]]})
        .response["violations"]
    )
    return [
        f"{notebook.path}: {rule['id']} at {node['target'][-1]}: {node['failureSummary']}"
        for rule in found
        if rule["id"] not in ACCEPTED
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_outputs_are_open_to_everyone(theme: str, notebooks: list[Notebook]) -> None:
    page = notebooks[0].page
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    found = [line for notebook in notebooks for line in violations(notebook)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("width", [390, 820, 1280, 1920])
def test_nothing_sticks_out_of_a_card(width: int, notebooks: list[Notebook]) -> None:
    page = notebooks[0].page
    before = page.viewport_size or {"width": 1280, "height": 900}
    phone = width < 600
    if phone:  # On so small a screen the list of files is closed, or no lesson can be read.
        page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size({"width": width, "height": 900})
    try:
        found = []
        for notebook in notebooks:
            notebook.show()
            page.wait_for_timeout(250)
            cards = notebook.panel.locator(".cn-card")
            assert cards.first.evaluate("card => card.clientWidth") > 0.5 * min(width, 900) - 100
            for number in range(cards.count()):
                out = cards.nth(number).evaluate(STICKING_OUT)
                found += [f"{notebook.path}, card {number}: {part}" for part in out]
        assert found == [], "\n".join(found)
    finally:
        page.set_viewport_size(before)
        if phone:
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
