"""A page to read as a card; one that can go out of date has a button that looks again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cybernorms.cards.card import Card, Values
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Button, Html, Part
from cybernorms.document import Block

AGAIN = "look"


class Reading(Card):
    """Blocks to read.

    Arguments:
        label: what it is, for screen readers.
        make: returns the blocks.
        changes: whether they change with what the learner does elsewhere.
    """

    wide = True

    def __init__(
        self, label: str, make: Callable[[], Sequence[Block]], *, changes: bool = False
    ) -> None:
        super().__init__()
        self.label = label
        self._make, self._changes = make, changes
        self._blocks = make()

    def blocks(self) -> Sequence[Block]:
        return self._blocks

    def refresh(self) -> None:
        self._blocks = self._make()

    def press(self, name: str, values: Values, item: str) -> None:
        self.refresh()
        self.note("")

    def parts(self) -> list[Part]:
        page = Html(page_html(self._blocks))
        again = Actions([Button(AGAIN, "Look again")], said=True)
        return [page, again] if self._changes else [page]
