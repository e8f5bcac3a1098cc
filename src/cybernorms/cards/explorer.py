"""An explorer as a card: controls that have their effect at once, and the page for their state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cybernorms.cards.card import Card, Values
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import (
    Actions,
    Button as Pressed,
    Choice,
    Field as Shown,
    Fields,
    Html,
    Part,
)
from cybernorms.document import Block, Heading, Paragraph
from cybernorms.pages.explorer import Bar, Count, Explorer, Field, Figure, Options, Row

MOST_TABS, LONGEST_TAB, TABS_IN_ALL = 7, 24, 80  # letters
WIDEST = 36  # letters that are not cut where a list has a third of the card


def choices(options: Options) -> list[Choice]:
    """Return options, each a text with its value, as they are described."""
    return [Choice(value, text) for text, value in options]


def show_field(field: Field, options: Options, *, wide: bool = False, off: bool = False) -> Shown:
    """Return how a field is described; few and short options stand side by side as tabs.

    A tab with a letter in brackets shows the letter alone, and its name is for screen readers.
    """
    if field.kind == "check box":
        return Shown(field.name, field.label, look="check", off=off)
    if field.kind == "tabs":
        tabs = [Choice(value, *_lettered(text)) for text, value in options]
        return Shown(field.name, field.label, tabs, "tabs", wide, off)
    texts = [text for text, _ in options]
    longest = max(map(len, texts), default=0)
    few = len(texts) <= MOST_TABS and sum(map(len, texts)) <= TABS_IN_ALL
    look: Any = "tabs" if few and longest <= LONGEST_TAB else "list"
    return Shown(field.name, field.label, choices(options), look, wide or longest > WIDEST, off)


def _lettered(text: str) -> tuple[str, str]:
    """Return what a tab shows, and what else it says.

    >>> _lettered("(a) Cooperate"), _lettered("should")
    (('a', 'Cooperate'), ('should', ''))
    """
    found = re.match(r"\((\w)\) (.+)", text)
    return (found[1], found[2]) if found else (text, "")


class ExplorerCard(Card):
    """An explorer whose controls set its state.

    Arguments:
        explorer: what it shows, and its controls.
        state: what it opens with.
    """

    wide = True

    def __init__(self, explorer: Explorer, state: Any) -> None:
        super().__init__()
        self.explorer = explorer
        self.label = explorer.title
        self._offered: dict[str, Options] = {}
        self.show(state)

    def show(self, state: Any, after: str = "") -> None:
        """Bring the card into a state.

        Arguments:
            state: the state; values that are not on offer give way.
            after: the field that led to it; only those after it can have other choices now.
        """
        self.state_shown, offered = self.explorer.settle(state, after)
        self._offered |= offered

    def blocks(self) -> Sequence[Block]:
        return self.explorer.blocks(self.state_shown)

    def values(self) -> Values:
        return {each.name: getattr(self.state_shown, each.name) for each in self.explorer.fields()}

    def change(self, name: str, values: Values) -> None:
        field = next((each for each in self.explorer.fields() if each.name == name), None)
        value: Any = values.get(name)
        if field is None or not isinstance(value, bool if field.kind == "check box" else str):
            return
        if isinstance(value, str) and value not in [id for _, id in self._offered.get(name, ())]:
            return
        self.show(self.explorer.change(self.state_shown, name, value), name)

    def press(self, name: str, values: Values, item: str) -> None:
        for part in self.explorer.parts:
            for button in part.buttons if isinstance(part, Bar) else ():
                if button.label == name:
                    self.show(button.press(self.state_shown))

    def parts(self) -> list[Part]:
        state = self.state_shown
        return [
            Html(page_html([Heading(self.explorer.title)])),
            *(self._part(each) for each in self.explorer.parts),
            Html(page_html(self.explorer.page(state))),
        ]

    def _part(self, part: Row | Bar | Count | Figure) -> Part:
        if isinstance(part, Row):
            return Fields([show_field(e, self._offered.get(e.name, ())) for e in part.fields])
        if isinstance(part, Bar):
            return Actions([Pressed(each.label, each.label) for each in part.buttons])
        if isinstance(part, Count):
            line = Paragraph(part.text(self.state_shown), "note")
            return Html(page_html([line]), live=True)
        return Html(page_html([part.draw(self.state_shown)]))


def text_values(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """Return the values of some fields that are texts."""
    return {name: value for name in names if isinstance(value := values.get(name), str)}
