"""One view for all explorers: their controls as widgets, bound to a state and its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from cybernorms.document import Block, Heading, to_html
from cybernorms.pages.explorer import Bar, Button, Count, Explorer, Field, Figure, Options, Row
from cybernorms.widgets.view import View, bar, button, checkbox_looks, controls, html, plain_looks


def draw(field: Field, options: Options = ()) -> w.Widget:
    """Return the widget for a field."""
    if field.kind == "check box":
        return w.Checkbox(**checkbox_looks(), description=field.label, indent=False)
    return w.Dropdown(**plain_looks(), description=field.label, options=options)


class ExplorerView(View):
    """An explorer whose controls set its state.

    Arguments:
        explorer: what it shows, and its controls.
        state: what it opens with.
    """

    def __init__(self, explorer: Explorer, state: Any) -> None:
        self._explorer = explorer
        self.fields = {field.name: draw(field) for field in explorer.fields()}
        self.buttons: dict[str, w.Button] = {}
        self._live: list[tuple[w.HTML, Callable[[Any], str]]] = []
        self._page = self._follow(lambda state: to_html(explorer.page(state)))
        parts = [self._part(part) for part in explorer.parts]
        super().__init__(
            [html(to_html([Heading(explorer.title)])), *parts, self._page], "cn-explorer"
        )
        self.show_state(state)
        for name, field in self.fields.items():
            field.observe(lambda change, name=name: self._changed(name, change["new"]), "value")

    def blocks(self) -> Sequence[Block]:
        return self._explorer.blocks(self.state)

    def show_state(self, state: Any, after: str = "") -> None:
        """Bring controls and page into a state.

        Arguments:
            state: the state; values that are not on offer give way.
            after: the field that led to it; only those after it can have other choices now.
        """
        state, offered = self._explorer.settle(state, after)
        with self.filling():
            for name, field in self.fields.items():
                if isinstance(field, w.Checkbox):
                    field.value = getattr(state, name)
            for name, options in offered.items():
                field = self.fields[name]
                if field.options != (new := tuple(options)):
                    field.options = new
                if new:
                    field.value = getattr(state, name)
        self.state = state
        for widget, content in self._live:
            widget.value = content(state)

    def _changed(self, name: str, value: Any) -> None:
        if not self._filling:
            self.show_state(self._explorer.change(self.state, name, value), name)

    def _follow(self, content: Callable[[Any], str]) -> w.HTML:
        """Return a widget whose content follows the state."""
        widget = html("")
        self._live.append((widget, content))
        return widget

    def _part(self, part: Row | Bar | Count | Figure) -> w.Widget:
        """Return the widgets for a part of the controls."""
        if isinstance(part, Row):
            return controls(*(self.fields[field.name] for field in part.fields))
        if isinstance(part, Bar):
            return bar(*(self._button(each) for each in part.buttons))
        if isinstance(part, Count):
            count = part.text
            return self._follow(
                lambda state: f"<p class='cn-note' role='status'>{escape(count(state))}</p>"
            )
        figure = part.draw
        return self._follow(lambda state: to_html([figure(state)]))

    def _button(self, described: Button) -> w.Button:
        made = self.buttons[described.label] = button(described.label)
        made.on_click(lambda _: self.show_state(described.press(self.state)))
        return made
