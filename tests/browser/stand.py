"""Cards in a page without Jupyter: the same front end, and Python that answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page, Route

from cybernorms.cards.card import Card
from cybernorms.cards.front import FILES, HERE, join, style
from cybernorms.widgets import carrying
from tests.paths import ROOT

ADDRESS = "http://cards.localhost/"
START = """
putStyle(STYLE);
leaveKeys();
window.stand = (name, key, description) => {
    const cell = document.createElement("div");
    cell.dataset.cell = name;
    document.querySelector("main").append(cell);
    const shown = { ...description, store: description.key };
    const card = new Card(cell, async message => {
        const answer = JSON.parse(await window.answer(key, JSON.stringify(message)));
        card.show({ ...answer, store: answer.key });
    });
    card.show(shown);
};
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cards</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
html { color-scheme: light dark; }
body { margin: 0; background: light-dark(#f7f4ee, #15171a); color: CanvasText; }
[data-theme="light"] { color-scheme: light; } [data-theme="dark"] { color-scheme: dark; }
main { padding: 1rem; }
h1, h2 { font: 700 1.25rem/1.3 sans-serif; }
</style></head>
<body data-theme="light"><main><h1>Cards</h1><h2>One below the other</h2></main>
<script type="module" src="start.js"></script></body></html>
"""


def cards_of(notebook: str) -> dict[str, list[Card]]:
    """Run the cells of a notebook here; return the cards that each shows, by the cell's id."""
    found: dict[str, list[Card]] = {}
    space: dict[str, Any] = {}
    read: Any = nbformat.read(ROOT / notebook, as_version=4)
    for cell in read.cells:
        if cell.cell_type == "code":
            with collected() as cards:
                exec(compile(cell.source, cell.id, "exec"), space)  # as the learner's kernel would
            if cards:
                found[cell.id] = cards
    return found


@contextmanager
def collected() -> Iterator[list[Card]]:
    """Collect the cards that notebooks' calls would display."""
    cards: list[Card] = []
    before = carrying.in_notebook, carrying.display
    carrying.in_notebook = lambda: True
    carrying.display = lambda widget: cards.append(widget.card)
    carrying.CardWidget.shown.clear()
    try:
        yield cards
    finally:
        carrying.in_notebook, carrying.display = before  # type: ignore[assignment]
        carrying.CardWidget.shown.clear()


class Stand:
    """A page on which cards stand one below the other.

    Arguments:
        page: a blank page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self._cards: dict[str, Card] = {}
        page.expose_function("answer", self._answer)
        page.route(f"{ADDRESS}**", self._serve)
        page.goto(ADDRESS)
        page.wait_for_function("typeof window.stand === 'function'")

    def _serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == "start.js":
            css = f"const STYLE = {json.dumps(style())};\n"
            front = [(HERE / each).read_text(encoding="utf-8") for each in FILES[:-1]]
            body = css + join([*front, START])
            route.fulfill(body=body, content_type="text/javascript")
        elif name == "":
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            route.fulfill(status=404)

    def _answer(self, key: str, message: str) -> str:
        card = self._cards[key]
        card.receive(json.loads(message))
        return json.dumps(card.describe())

    def put(self, card: Card, name: str = "") -> Locator:
        """Add a card below the others; return it."""
        key = f"card-{len(self._cards)}"
        self._cards[key] = card
        self.page.evaluate(
            "([name, key, card]) => window.stand(name, key, card)",
            [name or key, key, json.loads(json.dumps(card.describe()))],
        )
        return self.page.locator("form.cn").last

    def put_notebook(self, notebook: str) -> None:
        """Add all cards of a notebook."""
        for cell, cards in cards_of(notebook).items():
            for card in cards:
                self.put(card, cell)

    def theme(self, look: str) -> None:
        """Turn to `light`, `dark`, or the few colours that a reader has forced upon pages."""
        dark = "dark" if look == "dark" else "light"
        self.page.evaluate("look => (document.body.dataset.theme = look)", dark)
        self.page.emulate_media(forced_colors="active" if look == "forced" else "none")
        self.page.wait_for_timeout(400)  # until the colours have come over

    def cards(self) -> Locator:
        return self.page.locator("form.cn")
