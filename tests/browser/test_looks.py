"""What is shown can be used: by everyone (axe-core), in light and dark, on every width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.lab import ROOT, Desk, Lab, Notebook, eventually
from tests.browser.stand import Stand

NOTEBOOKS = [
    *sorted(f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")),
    *sorted(f"exercises/{path.name}" for path in (ROOT / "exercises").glob("*.ipynb")),
]
IN_LAB = ["notebooks/01-reading-the-report.ipynb", "exercises/02-un-norms.ipynb"]

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
    return found.map(each => `${card.dataset.key} ${each}`);
}"""
# Words that a box cuts: more text than it has room for, and no way to scroll to it.
CUT = """card => [...card.querySelectorAll(
        'button, .cn-chip > span, .cn-opt, th, td, summary, legend'
    )]
    .filter(part => part.offsetParent && !part.closest('.cn-hide'))
    .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
    .map(part => `${card.dataset.key} ${part.tagName}: ${part.textContent.slice(0, 60)}`)"""
OPEN_ALL = (
    "cards => cards.forEach(c => c.querySelectorAll('details').forEach(d => (d.open = true)))"
)


def answer_one_of_each(stand: Stand) -> None:
    """Answer some cards of each kind, so that verdicts and reasons are on the screen."""
    seen: dict[str, int] = {}
    for card in stand.cards().all():
        kind = card.evaluate(
            "card => ['.cn-deck', '.cn-opts input[type=radio]', '.cn-opts', '.cn-percents',"
            " '.cn-lists', '.cn-rows', '.cn-order', 'textarea', '.cn-number']"
            ".find(each => card.querySelector(each)) ?? ''"
        )
        seen[kind] = seen.get(kind, 0) + 1
        if kind and seen[kind] <= 2:
            _answer(card, kind)


def _answer(card: Any, kind: str) -> None:
    if kind == ".cn-deck":
        if card.locator(".cn-big .cn-btn").count():
            card.locator(".cn-big .cn-btn").first.click()
        return
    if kind.startswith(".cn-opts"):
        card.locator(".cn-opts input").first.check()
    elif kind in (".cn-percents", ".cn-number"):
        for field in card.locator(".cn-number").all():
            field.fill("30")
    elif kind == ".cn-lists":
        for field in card.locator(".cn-lists select").all():
            field.select_option(index=1)
    elif kind == ".cn-rows":
        for field in card.locator(".cn-rows > fieldset").all():
            field.locator("input").first.check()
    elif kind == ".cn-order":
        card.locator(".cn-order button").nth(1).click()
    else:
        card.locator("textarea").fill("Minister, the norms bind nobody, and they still count.")
    if card.locator(".cn-do").count():
        card.locator(".cn-do").first.click()


@pytest.fixture(scope="module", params=NOTEBOOKS)
def stand(
    request: pytest.FixtureRequest,
    context: BrowserContext,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stand]:
    """Put all cards of one notebook after the other on a page; answer some of each kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CYBERNORMS_WORK", str(tmp_path_factory.mktemp("work")))
        patch.chdir(ROOT / Path(request.param).parent)
        page = context.new_page()
        stand = Stand(page)
        page.emulate_media(reduced_motion="reduce")  # what moves is measured where it ends
        stand.put_notebook(request.param)
        answer_one_of_each(stand)
        page.wait_for_timeout(300)
        yield stand
        page.close()


# What else there is to find does not depend on colours.
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, what: str, options: dict[str, Any]) -> list[str]:
    """Return what axe-core finds of any weight that matters, each with the place and the reason."""
    results = (
        Axe().run(page, {"include": [[what]]}, {"resultTypes": ["violations"], **options}).response
    )
    return [
        f"{rule['impact']} {rule['id']} at {node['target'][-1]}: {node['failureSummary']}"
        for rule in results["violations"]
        if rule["impact"] != "minor"
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_cards_are_open_to_everyone(look: str, stand: Stand) -> None:
    """Prevents that a card shuts out whoever hears it, sees no colours or sets their own."""
    page = stand.page
    page.set_viewport_size({"width": 1366, "height": 768})
    stand.theme(look)
    try:
        stand.cards().evaluate_all(OPEN_ALL)
        found = violations(page, "main", OF_COLOUR if look == "dark" else {})
        assert found == [], "\n".join(found)
    finally:
        stand.theme("light")


@pytest.mark.parametrize(
    ("width", "bigger"), [(320, 1), (390, 1), (820, 1), (1366, 1), (1920, 1), (1280, 2)]
)
def test_nothing_sticks_out_of_a_card_or_is_cut(width: int, bigger: int, stand: Stand) -> None:
    """Prevents that a reader has to scroll sideways, on a phone or with everything twice as big."""
    page = stand.page
    # A browser that zooms by two has half as many pixels for everything.
    page.set_viewport_size({"width": width // bigger, "height": 768 // bigger})
    page.wait_for_timeout(100)
    whole = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = stand.cards().evaluate_all(f"cards => cards.flatMap({STICKING_OUT})")
    cut = stand.cards().evaluate_all(f"cards => cards.flatMap({CUT})")
    assert found == [], "\n".join(found)
    assert cut == [], "\n".join(cut)
    assert whole, "the page scrolls sideways"


def test_text_twice_as_big_still_fits(stand: Stand) -> None:
    """Prevents that whoever sets larger letters loses words."""
    page = stand.page
    page.set_viewport_size({"width": 1280, "height": 768})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    try:
        page.wait_for_timeout(100)
        found = stand.cards().evaluate_all(f"cards => cards.flatMap({STICKING_OUT})")
        cut = stand.cards().evaluate_all(f"cards => cards.flatMap({CUT})")
        assert found + cut == [], "\n".join(found + cut)
    finally:
        page.evaluate("document.documentElement.style.fontSize = ''")


# Names of States in a sentence are as high as its lines (WCAG 2.5.8 leaves those out).
TARGETS = """card => [...card.querySelectorAll(
        'button:not(.cn-state), select, summary, .cn-chip, .cn-opt, .cn-check'
    )]
    .filter(part => part.offsetParent)
    .map(part => [part, part.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5)
    .map(([part, box]) => `${card.dataset.key} ${part.textContent.slice(0, 40)}: ${box.height}`)"""


def test_what_is_pressed_is_large_enough_for_a_finger(stand: Stand) -> None:
    stand.page.set_viewport_size({"width": 390, "height": 768})
    found = stand.cards().evaluate_all(f"cards => cards.flatMap({TARGETS})")
    assert found == [], "\n".join(found)


def test_print_opens_folds_and_leaves_buttons_out(stand: Stand) -> None:
    """Prevents that paper shows what can only be pressed, or hides what cannot be opened there."""
    stand.cards().evaluate_all(
        "cards => cards.forEach(c => c.querySelectorAll('details').forEach(d => (d.open = false)))"
    )
    stand.page.emulate_media(media="print")
    stand.page.wait_for_timeout(200)
    try:
        hidden = stand.cards().evaluate_all(
            "cards => cards.flatMap(card => [...card.querySelectorAll('details > :not(summary)')])"
            ".filter(part => !part.checkVisibility({ contentVisibilityAuto: true }))"
            ".map(part => part.textContent.slice(0, 60))"
        )
        buttons = stand.cards().evaluate_all(
            "cards => cards.flatMap(card => [...card.querySelectorAll('.cn-acts > .cn-btn')])"
            ".filter(part => part.checkVisibility()).map(part => part.textContent)"
        )
        assert (hidden, buttons) == ([], [])
    finally:
        stand.page.emulate_media(media="screen")


def test_a_dark_page_is_printed_light(stand: Stand) -> None:
    """Prevents sheets full of black ink, on which grey words cannot be read."""
    theme = "look => (document.body.dataset.theme = look)"
    stand.page.evaluate(theme, "dark")  # and no word on colours, which take a while
    stand.page.emulate_media(media="print")
    try:
        schemes = "cards => cards.map(card => getComputedStyle(card).colorScheme)"
        assert set(stand.cards().evaluate_all(schemes)) == {"light"}
        filters = "all => all.map(each => getComputedStyle(each).filter)"
        assert set(stand.page.locator("figure img").evaluate_all(filters)) <= {"none"}
    finally:
        stand.page.emulate_media(media="screen")
        stand.page.evaluate(theme, "light")


# In JupyterLab, whose own styles reach into cards

# Without these, axe-core takes what is scrolled away, or all, for hidden, and passes it unseen.
ALL_IN_SIGHT = """
    .jp-Cell { content-visibility: visible !important; }
    body { height: 100vh; }
"""
UNSEEN_BY_AXE = """outputs => {
    axe.setup(document.body);
    const cards = [...document.querySelectorAll(`${outputs} form.cn`)];
    const unseen = cards.filter(card => !axe.commons.dom.isVisibleOnScreen(card));
    axe.teardown();
    return unseen.map(card => card.textContent.slice(0, 80));
}"""


@pytest.fixture(scope="module", params=IN_LAB)
def notebook(request: pytest.FixtureRequest, lab: Lab, shared_page: Page) -> Iterator[Notebook]:
    desk = Desk(lab.root, re.sub(r"\W", "-", f"looks-{request.param}"))
    notebook = Notebook(shared_page, f"{desk.name}/{request.param}").run_all()
    yield notebook
    notebook.close()


def test_every_cell_runs_without_an_error(notebook: Notebook) -> None:
    assert notebook.errors() == []


@pytest.mark.parametrize(
    ("theme", "options"), [("JupyterLab Dark", OF_COLOUR), ("JupyterLab Light", {})]
)
def test_outputs_in_jupyterlab_are_open_to_everyone(
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
        found = violations(page, outputs, options)
        assert page.evaluate(UNSEEN_BY_AXE, outputs) == []
    finally:
        all_in_sight.evaluate("style => style.remove()")
        page.set_viewport_size(before)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("width", [390, 820, 1366])
def test_nothing_sticks_out_of_a_card_in_jupyterlab(width: int, notebook: Notebook) -> None:
    page = notebook.page
    before = page.viewport_size or {"width": 1280, "height": 900}
    phone = width < 600
    if phone:  # On so small a screen the list of files is closed, or no lesson can be read.
        page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size({"width": width, "height": 900})
    try:
        page.wait_for_timeout(250)
        cards = notebook.panel.locator("form.cn")
        found = cards.evaluate_all(f"cards => cards.flatMap({STICKING_OUT})")
        assert found == [], "\n".join(found)
    finally:
        page.set_viewport_size(before)
        if phone:
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
