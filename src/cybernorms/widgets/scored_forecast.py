"""The learner's forecast and its score: a button closes the one and opens the other."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.document import Block, Heading, to_html
from cybernorms.exercises.forecasts import is_closed, open_outcomes
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.forecast_score import TITLE, closed_blocks, kept_forecast, scored_blocks
from cybernorms.widgets.view import View, bar, button, html


class ForecastScore(View):
    """A button that opens the outcomes and so closes the forecast, and the scores behind it.

    Arguments:
        record: where the forecast is kept; the learner's own record if not given.
    """

    def __init__(self, record: Record | None = None) -> None:
        self._record = record or Record()
        self.opened = False
        self.learner: dict[str, float] = {}
        self.reveal = button("Open the outcomes", main=True)
        self.reveal.on_click(lambda _: self.submit())
        self._page = html("")
        super().__init__(
            [html(to_html([Heading(TITLE)])), bar(self.reveal), self._status, self._page],
            "cn-explorer",
        )
        with self.errors_said():
            self.opened = is_closed(self._record.read(), QUESTION)
            self._draw()

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), *self._scores()]

    def _scores(self) -> list[Block]:
        return scored_blocks(self.learner) if self.opened else closed_blocks(self.learner)

    def submit(self) -> None:
        """Close the forecast, then show what happened; nothing opens that was not closed first."""
        with self.errors_said():
            open_outcomes(self._record, QUESTION)
            self.opened = True
            self._draw()

    def _draw(self) -> None:
        self.learner = kept_forecast(self._record)
        self.reveal.disabled = self.opened
        self._status.value = ""
        if self.opened:
            self._status.value = "<p class='cn-note' role='status'>The outcomes are open.</p>"
        self._page.value = to_html(self._scores())
