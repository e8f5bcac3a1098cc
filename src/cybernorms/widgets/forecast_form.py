"""The forecast form: probabilities for what may come of the talks, before anybody knows."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.document import Block
from cybernorms.pages.forecast import explained
from cybernorms.widgets.form import Form


class ForecastForm(Form):
    """The form of a forecast, with what a percentage means above it."""

    def head_blocks(self) -> Sequence[Block]:
        return [*explained(), *super().head_blocks()]
