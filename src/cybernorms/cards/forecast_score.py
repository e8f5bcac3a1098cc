"""The learner's forecast and its score: a button closes the one and opens the other."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.card import Card, Values
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Button, Html, Part
from cybernorms.document import Block, Heading
from cybernorms.exercises.forecasts import is_closed, open_outcomes
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.forecast_score import TITLE, closed_blocks, kept_forecast, scored_blocks

OPEN = "open"


class ForecastScore(Card):
    """A button that opens the outcomes and so closes the forecast, and the scores behind it.

    Arguments:
        record: where the forecast is kept; the learner's own record if not given.
    """

    wide = True
    label = TITLE

    def __init__(self, record: Record | None = None) -> None:
        super().__init__(record)
        self.opened = False
        self.learner: dict[str, float] = {}
        self.refresh()

    def refresh(self) -> None:
        with self.errors_said():
            self.opened = is_closed(self.record.read(), QUESTION)
            self._look()

    def _look(self) -> None:
        self.learner = kept_forecast(self.record)
        self.note("The outcomes are open." if self.opened else "")

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), *self._scores()]

    @property
    def answered(self) -> bool:
        return self.opened

    def _scores(self) -> list[Block]:
        return scored_blocks(self.learner) if self.opened else closed_blocks(self.learner)

    def press(self, name: str, values: Values, item: str) -> None:
        """Close the forecast, then show what happened; nothing opens that was not closed first."""
        if name != OPEN:
            return
        with self.errors_said():
            open_outcomes(self.record, QUESTION)
            self.opened = True
            self._look()

    def parts(self) -> list[Part]:
        return [
            Html(page_html([Heading(TITLE)])),
            Actions([Button(OPEN, "Open the outcomes", main=True, off=self.opened)], said=True),
            Html(page_html(self._scores())),
        ]
