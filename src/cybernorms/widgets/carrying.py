"""The comm between a card and a notebook: one widget a card, drawn by the module's front end."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import RLock
from typing import Any, ClassVar

import anywidget
import traitlets
from IPython.display import display

from cybernorms.cards.card import Card
from cybernorms.cards.front import module, starter, still_style
from cybernorms.document import to_html

# Messages can be answered in a thread of their own, while a cell runs that shows the same card.
_TURN = RLock()

CODE = "code"  # what a front end asks for that lost the card which carried it
STILL_NOTE = (
    '<p class="cn-still-note">This is a still picture of a card. In JupyterLab, choose Run, then '
    "Run All Cells, to use it. Saved answers are kept and will be filled in.</p>"
)


class CardWidget(anywidget.AnyWidget):
    """A card in a notebook.

    The front end is sent once, with the first card of a kernel: each `_esm` only waits for it.

    Arguments:
        card: what it shows and who answers.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    description = traitlets.Dict().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)

    # Run again in a living kernel, a cell shows the same widget, so that comms do not pile up.
    shown: ClassVar[dict[Hashable, CardWidget]] = {}

    def __init__(self, card: Card) -> None:
        self.card = card
        first = not self.shown
        super().__init__(
            _esm=starter(),
            code=module() if first else "",
            description=self._describe(),
        )
        self.on_msg(self._hear)

    def _describe(self) -> dict[str, Any]:
        return {**self.card.describe(), "store": store_of(self.card)}

    def _hear(self, _: Any, message: Any, __: Any) -> None:
        if isinstance(message, dict) and message.get("do") == CODE:
            self.code = module()
            return
        with _TURN:
            self.card.receive(message)
            before, self.description = self.description, self._describe()
            if self.description == before:  # an answer that was sent before, and lost on the way
                self.send_state("description")

    def show_again(self) -> None:
        """Look at the record again, and tell all views."""
        self.card.refresh()
        self.description = self._describe()

    def static_html(self) -> str:
        """Return what the card shows now, as a page without controls."""
        page = to_html(self.card.blocks())
        return f'{still_style()}<div class="cn-still">{page}{STILL_NOTE}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # type: ignore[override]
        """Return the widget, its still form and its text."""
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {
            "text/plain": self.card.text(),
            "application/vnd.jupyter.widget-view+json": view,
            "text/html": self.static_html(),
        }


def store_of(card: Card) -> str:
    """Return the name by which a browser keeps what is typed: learner, notebook and answer."""
    if not card.key:
        return ""
    here = os.environ.get("JPY_SESSION_NAME") or str(Path.cwd())
    place = hashlib.sha256(f"{card.record.folder}\n{here}".encode(errors="replace"))
    return f"{place.hexdigest()[:16]}:{card.key}"


def in_notebook() -> bool:
    """Return whether a kernel is running, so that there is something to display on."""
    from IPython.core.getipython import get_ipython

    return get_ipython() is not None and hasattr(get_ipython(), "kernel")


def show(name: Hashable, make: Callable[[], Card]) -> None:
    """Display a card in a notebook; elsewhere, print its text.

    Arguments:
        name: what tells it from all others, so that it is made only once.
        make: makes it.
    """
    if not in_notebook():
        print(make().text())
        return
    with _TURN:
        widget = CardWidget.shown.get(name)
        if widget is None:
            widget = CardWidget(make())
            CardWidget.shown[name] = widget
        else:
            widget.show_again()
    display(widget)
