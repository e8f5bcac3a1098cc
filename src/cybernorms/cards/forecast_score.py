"""The learner's forecast, opened: six lines, and a square on each distance to what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybernorms.cards.card import Card, Values
from cybernorms.cards.drawn import Forecasted, Opened, Panel
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Button, Fold, Html, Part
from cybernorms.document import Block, Heading, curly, line_html, to_html
from cybernorms.exercises.forecasts import is_closed, open_outcomes
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.forecast_score import (
    MEANING,
    TITLE,
    Row,
    closed_blocks,
    happened,
    kept_forecast,
    lines,
    meaning_blocks,
    score_blocks,
    scored_blocks,
    statement_blocks,
)

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
        heading = Html(page_html([Heading(TITLE)]))
        if not self.opened:
            return [
                heading,
                Html(page_html(closed_blocks(self.learner))),
                self._lines(""),
                Actions([Button(OPEN, "Open the outcomes", main=True)], said=True),
            ]
        return [
            heading,
            self._lines(to_html(score_blocks(self.learner))),
            Fold(MEANING, to_html(meaning_blocks())),
            Fold("Each statement with its sources", to_html(statement_blocks(self.learner))),
        ]

    def _lines(self, after: str) -> Opened:
        return Opened("lines", [self._panel(each) for each in lines(self.learner)], after)

    def _panel(self, row: Row) -> Panel:
        """Return a line; what came of it and what it cost are left out as long as it is closed."""
        marks = []
        for each in row.marks:
            shape: Any = each.shape
            cost = f"{each.cost:.2f}" if self.opened else ""
            marks.append(Forecasted(each.who, shape, each.percent, cost))
        statement = row.statement
        title, text = curly(statement.name), curly(statement.statement)
        if not self.opened:
            return Panel(title, text, marks)
        return Panel(title, text, marks, statement.outcome, line_html(happened(statement)))
