"""What every view shares: the style, the static form, and the plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w
from IPython.display import display

from cybernorms.document import Block, line_html, to_html, to_text
from cybernorms.errors import CyberNormsError


@cache
def style() -> str:
    """Return the style sheet as an HTML element."""
    css = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"


STATIC_NOTE = (
    '<p class="cn-static">This is a still picture of an interactive part. '
    "In JupyterLab, choose Run, then Run All Cells, to use it. "
    "Saved answers are kept and will be filled in.</p>"
)


@cache
def plain_layout() -> w.Layout:
    """Return the layout that all widgets without one of their own share.

    ipywidgets would make one for each of them, and tell the browser of each.
    """
    return w.Layout()


@cache
def plain_looks() -> dict[str, w.Widget]:
    """Return the layout and the style that all lists to choose from share."""
    style = w.Dropdown().style
    style.description_width = "initial"
    return {"layout": plain_layout(), "style": style}


@cache
def wide_looks() -> dict[str, w.Widget]:
    """Return the layout and the style that all fields of full width share."""
    return {"layout": w.Layout(width="100%"), "style": plain_looks()["style"]}


@cache
def checkbox_looks() -> dict[str, w.Widget]:
    """Return the layout and the style that all check boxes share."""
    return {"layout": plain_layout(), "style": w.Checkbox().style}


@cache
def _html_style() -> w.Widget:
    return w.HTML().style


@cache
def _button_looks() -> dict[str, w.Widget]:
    return {"layout": w.Layout(width="auto"), "style": w.Button().style}


def html(content: str, *classes: str) -> w.HTML:
    """Return an HTML widget with a class or more."""
    return w.HTML(content, layout=plain_layout(), style=_html_style(), _dom_classes=classes)


def outcome() -> w.HTML:
    """Return a place for what came of a press; the page hides it while it may be out of date."""
    return html("", "cn-outcome")


def button(label: str, *, main: bool = False, moves: bool = False, help: str = "") -> w.Button:
    """Return a button with a full-word label.

    Arguments:
        label: what is on it.
        main: whether it saves what is filled in.
        moves: whether it changes what is filled in, as a field does.
        help: what is shown when the pointer rests on it.
    """
    classes = [name for name, is_so in (("cn-main", main), ("cn-moves", moves)) if is_so]
    return w.Button(description=label, tooltip=help, **_button_looks(), _dom_classes=classes)


def bar(*buttons: w.Widget) -> w.HBox:
    """Return buttons side by side."""
    return w.HBox(buttons, layout=plain_layout(), _dom_classes=("cn-bar",))


def controls(*fields: w.Widget) -> w.Box:
    """Return the fields above an explorer, side by side where there is room."""
    return w.Box(fields, layout=plain_layout(), _dom_classes=("cn-controls",))


@cache
def _style_widget() -> w.HTML:
    return html(style(), "cn-hidden")


class View(w.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A card of widgets that also carries a static form, for pages without a live kernel.

    Arguments:
        children: the widgets, top to bottom.
        classes: style classes beside `cn` and `cn-card`.
    """

    _filling = False

    def __init__(self, children: Sequence[w.Widget], *classes: str) -> None:
        super().__init__(
            [_style_widget(), *children],
            layout=plain_layout(),
            _dom_classes=("cn", "cn-card", *classes),  # add_class would send a message for each
        )

    @cached_property
    def _status(self) -> w.HTML:
        """Return the line in which the view says what has happened."""
        return outcome()

    def say(self, look: str, text: str) -> None:
        """Announce a result; as an alert, so that screen readers read what has just appeared.

        Arguments:
            look: its style, such as `saved` or `problem`.
            text: what has happened, and what to do next.
        """
        content = line_html(text)
        self._status.value = f"<p class='cn-result cn-{look}' role='alert'>{content}</p>"

    def announce(self, look: str, result: str, text: str) -> None:
        """Announce a result in bold, if there is one, and what follows from it."""
        strong = f"{escape(result)}. " if result else ""
        self._status.value = (
            f"<p class='cn-result cn-{look}' role='alert'>{strong}"
            f"<span class='cn-saved'>{escape(text)}</span></p>"
        )

    @contextmanager
    def errors_said(self) -> Iterator[None]:
        """Say what goes wrong inside, and end there; an error would be seen by nobody."""
        try:
            yield
        except CyberNormsError as error:
            self.say("problem", str(error))

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Set fields without taking that for a change by the learner, which `_filling` tells."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False

    def note(self, text: str) -> None:
        """Say in passing how things stand, such as that something is not saved yet."""
        self._status.value = f"<p class='cn-note'>{line_html(text)}</p>"

    def blocks(self) -> Sequence[Block]:
        """Return what the view shows now, as blocks."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what the view shows now, as plain text."""
        return to_text(self.blocks())

    def static_html(self) -> str:
        """Return what the view shows now, as a page without controls."""
        return f'{style()}<div class="cn cn-card">{to_html(self.blocks())}{STATIC_NOTE}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the widget, its still form and its text.

        ipywidgets would put the repr of all children into the text, which takes its time.
        """
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {
            "text/plain": self.text(),
            "application/vnd.jupyter.widget-view+json": view,
            "text/html": self.static_html(),
        }


class Page:
    """Blocks without controls, shown as HTML and as text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    def text(self) -> str:
        """Return the page as plain text."""
        return to_text(self.blocks)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        card = f'<div class="cn cn-card">{to_html(self.blocks)}</div>'
        return {"text/plain": self.text(), "text/html": style() + card}


def in_notebook() -> bool:
    """Return whether a kernel is running, so that there is something to display on."""
    from IPython.core.getipython import get_ipython

    return get_ipython() is not None and hasattr(get_ipython(), "kernel")


def show(view: View | Page) -> None:
    """Display a view in a notebook; elsewhere, print its text."""
    if in_notebook():
        display(view)
    else:
        print(view.text())
