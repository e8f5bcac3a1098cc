"""The forecast form: probabilities for what may come of the talks, before anybody knows."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.form import Form
from cybernorms.cards.parts import Part
from cybernorms.document import Block
from cybernorms.pages.forecast import explained


class ForecastForm(Form):
    """The form of a forecast, with what a percentage means above its fields."""

    def lead_blocks(self) -> Sequence[Block]:
        return [*explained(), *super().lead_blocks()]

    def _after(self) -> list[Part]:
        """Return nothing: no statement has a reason yet, and the numbers stand above."""
        return []

    def blocks(self) -> Sequence[Block]:
        return [*explained(), *super().blocks()]
