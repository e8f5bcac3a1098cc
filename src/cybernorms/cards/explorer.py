"""An explorer as a card: controls that have their effect at once, and the page for their state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cybernorms.cards.card import Card, Values
from cybernorms.cards.parts import (
    Actions,
    Button as Pressed,
    Choice,
    Field as Shown,
    Fields,
    Html,
    Part,
)
from cybernorms.document import Block, Heading, Paragraph, to_html
from cybernorms.pages.explorer import Bar, Count, Explorer, Field, Figure, Options, Row

MOST_TABS, LONGEST_TAB, TABS_IN_ALL = 7, 22, 80  # letters


def choices(options: Options) -> list[Choice]:
    """Return options, each a text with its value, as they are described."""
    return [Choice(value, text) for text, value in options]


def show_field(field: Field, options: Options, *, wide: bool = False, off: bool = False) -> Shown:
    """Return how a field is described; few and short options stand side by side as tabs."""
    if field.kind == "check box":
        return Shown(field.name, field.label, look="check", off=off)
    texts = [text for text, _ in options]
    tabs = len(texts) <= MOST_TABS and sum(map(len, texts)) <= TABS_IN_ALL
    tabs = tabs and max(map(len, texts), default=0) <= LONGEST_TAB
    look: Any = "tabs" if field.kind == "tabs" or tabs else "list"
    return Shown(field.name, field.label, choices(options), look, wide, off)


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
            Html(to_html([Heading(self.explorer.title)])),
            *(self._part(each) for each in self.explorer.parts),
            Html(to_html(self.explorer.page(state))),
        ]

    def _part(self, part: Row | Bar | Count | Figure) -> Part:
        if isinstance(part, Row):
            return Fields([show_field(e, self._offered.get(e.name, ())) for e in part.fields])
        if isinstance(part, Bar):
            return Actions([Pressed(each.label, each.label) for each in part.buttons])
        if isinstance(part, Count):
            line = Paragraph(part.text(self.state_shown), "note")
            return Html(to_html([line]), live=True)
        return Html(to_html([part.draw(self.state_shown)]))


def text_values(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """Return the values of some fields that are texts."""
    return {name: value for name in names if isinstance(value := values.get(name), str)}
