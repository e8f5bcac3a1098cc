"""The cards of one page, as data: what each cell shows, and what each message leads to."""

from __future__ import annotations

import io
import re
import traceback
from collections.abc import Callable, Hashable, Sequence
from contextlib import redirect_stdout
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.cards.card import Card
from cybernorms.errors import CyberNormsError
from cybernorms.widgets.showing import shown_on

_LINK = re.compile(r'(<a [^>]*?href="[^":]*)\.ipynb(?=["#])')
FAILED = "This part couldn’t be started. Nothing you saved is lost. Load the page again."


class View(Struct, frozen=True):
    """A card where a cell shows it: a name for it on this page, and its description."""

    view: str
    card: dict[str, Any]


class Shown(Struct, frozen=True):
    """What a cell shows: its cards, what it prints, and what went wrong, in words."""

    cell: str
    views: tuple[View, ...] = ()
    text: str = ""
    problem: str = ""


class Stage:
    """Runs the cells of a page in order, as a kernel would, and answers for their cards."""

    def __init__(self) -> None:
        self._space: dict[str, Any] = {"__name__": "__main__"}
        self._cards: dict[Hashable, Card] = {}
        self.views: dict[str, Card] = {}

    def run(self, cell: str, code: str) -> Shown:
        """Run a cell and return what it shows."""
        cards: list[Card] = []

        def show(name: Hashable, make: Callable[[], Card]) -> None:
            if name in self._cards:
                self._cards[name].refresh()
            else:
                self._cards[name] = make()
            cards.append(self._cards[name])

        printed, problem = io.StringIO(), ""
        try:
            with redirect_stdout(printed), shown_on(show):
                exec(compile(code, f"<{cell}>", "exec"), self._space)  # the page's own cells
        except CyberNormsError as error:
            problem = str(error)
        except Exception:
            traceback.print_exc()
            problem = FAILED
        names = [f"{cell}.{number}" for number in range(len(cards))]
        self.views.update(zip(names, cards, strict=True))
        views = tuple(View(name, describe(card)) for name, card in zip(names, cards, strict=True))
        return Shown(cell, views, printed.getvalue(), problem)

    def receive(self, view: str, message: Any) -> list[View]:
        """Have a card answer a message, and return every view of it as it is now."""
        card = self.views[view]
        card.receive(message)
        return self._views_of(card)

    def look_again(self) -> list[View]:
        """Return all views as the record has them now, since another page has written to it."""
        for card in dict.fromkeys(self.views.values()):
            card.refresh()
        return [View(name, describe(card)) for name, card in self.views.items()]

    def _views_of(self, card: Card) -> list[View]:
        described = describe(card)
        return [View(name, described) for name, each in self.views.items() if each is card]


def describe(card: Card) -> dict[str, Any]:
    """Return the description of a card, whose links lead to pages instead of notebooks."""
    described: dict[str, Any] = _linked(card.describe())
    return described


def _linked(value: Any) -> Any:
    if isinstance(value, str):
        return to_pages(value) if ".ipynb" in value else value
    if isinstance(value, list):
        return [_linked(each) for each in value]
    if isinstance(value, dict):
        return {name: _linked(each) for name, each in value.items()}
    return value


def to_pages(html: str) -> str:
    """Return HTML whose links to notebooks lead to their pages.

    >>> to_pages('<a href="../exercises/02-un-norms.ipynb">Exercises</a>')
    '<a href="../exercises/02-un-norms.html">Exercises</a>'
    """
    return _LINK.sub(r"\1.html", html)


def in_any_order(shown: Shown, others: Sequence[Shown]) -> Shown:
    """Return what a cell shows, with cards marked whose options are in another order for others.

    Arguments:
        shown: as it is for one learner.
        others: as it is for others.
    """
    views = [
        replace(one, card={**one.card, "shuffled": True})
        if any(one.card != other.views[at].card for other in others)
        else one
        for at, one in enumerate(shown.views)
    ]
    return replace(shown, views=tuple(views))
