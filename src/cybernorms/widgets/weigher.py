"""The evidence weigher: items to read and weigh, and the sum behind a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as w

from cybernorms.analysis.evidence import Weighing
from cybernorms.document import Aside, Block, Heading, to_html
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import is_blank
from cybernorms.pages.evidence import (
    HERE,
    ITEM,
    KEY,
    ONCE,
    bearing_table,
    explanation_table,
    find_item,
    head_blocks,
    item_ids,
    item_section,
    prior_fields,
    weight_fields,
)
from cybernorms.pages.explorer import Field
from cybernorms.pages.weighing import as_weighing, verdict_blocks
from cybernorms.widgets.explorer import draw
from cybernorms.widgets.inputs import row
from cybernorms.widgets.view import View, bar, button, controls, html, outcome, plain_looks


class Weigher(View):
    """Items to read, weights and starting points to set, and the sum behind a button.

    Arguments:
        item: the id of the item to open with; the first one if not given.
        record: where the weights are kept; the learner's own record if not given.
    """

    def __init__(self, item: str = "", record: Record | None = None) -> None:
        self._record = record or Record()
        self._shown: Weighing | None = None
        self.item = draw(ITEM, ITEM.offers(None))
        if item:
            self.item.value = item
        self._item = html("")
        self.priors = {field.name: _list(field, "0") for field in prior_fields()}
        self.weights = {field.name: _list(field, "") for field in weight_fields()}
        self.here = draw(HERE, HERE.offers(None))
        self.next = button("Next item")
        self.next.on_click(lambda _: self.go_on())
        self.once = draw(ONCE)
        self.save = button("Save and weigh", main=True)
        self.save.on_click(lambda _: self.submit())
        self._verdict = outcome()
        table = explanation_table()
        super().__init__(
            [
                html(to_html([*head_blocks(), Aside("The five explanations", [table])])),
                html(to_html([Heading("How likely before looking", 4)])),
                *self.priors.values(),
                html(to_html([Heading("Read the items", 4)])),
                controls(self.item),
                self._item,
                controls(self.here),
                bar(self.next),
                html(to_html([Heading("How much each item counts", 4)])),
                *self.weights.values(),
                self.once,
                bar(self.save),
                self._status,
                self._verdict,
            ],
            "cn-explorer",
        )
        self._restore()
        self._draw()
        self.item.observe(lambda _: self._draw(), names="value")
        self.here.observe(lambda _: self._weigh_here(), names="value")
        for field in (*self.priors.values(), *self.weights.values(), self.once):
            field.observe(lambda _: self._changed(), names="value")

    def response(self) -> dict[str, Any]:
        """Return what is filled in, as the record keeps it."""
        return {
            "items": {id: field.value for id, field in self.weights.items() if field.value},
            "priors": {id: field.value for id, field in self.priors.items()},
            "once": self.once.value,
        }

    def item_blocks(self) -> list[Block]:
        """Return the open item; how it bears on the explanations shows once weights are kept."""
        item = find_item(self.item.value)
        read = [bearing_table(item)] if item.weighed and self._shown else []
        return [item_section(item), *read]

    def blocks(self) -> Sequence[Block]:
        verdict = verdict_blocks(self._shown) if self._shown else []
        return [*head_blocks(), explanation_table(), *self.item_blocks(), *verdict]

    def go_on(self) -> None:
        """Open the next item; the first one after the last."""
        ids = item_ids()
        self.item.value = ids[(ids.index(self.item.value) + 1) % len(ids)]

    def submit(self) -> None:
        """Keep the weights, then show the sum."""
        response = self.response()
        if is_blank(response["items"]):
            self.say("problem", "Weigh at least one item first, then press Save and weigh.")
            return
        with self.errors_said():
            self._record.append(KEY, "", response)
            self._open(as_weighing(response))
            self.say("saved", "Saved. The sum is below, and each item above now shows its bearing.")

    def _open(self, weighing: Weighing) -> None:
        self._shown = weighing
        self._verdict.value = to_html(verdict_blocks(weighing))
        self._draw()

    def _restore(self) -> None:
        """Fill in the weights that were kept last, and show their sum."""
        with self.errors_said():
            if last := self._record.read().last(KEY):
                self._fill(as_weighing(last.response))

    def _fill(self, weighing: Weighing) -> None:
        for id, field in self.weights.items():
            field.value = f"{weighing.weights[id]:g}" if id in weighing.weights else ""
        for id, field in self.priors.items():
            field.value = f"{weighing.priors.get(id, 0):g}"
        self.once.value = weighing.once_each
        if weighing.weights:
            self._open(weighing)
            self.say("saved", "Your earlier weights are filled in.")

    def _changed(self) -> None:
        self.note("Not saved yet: press Save and weigh.")
        self._show_weight()

    def _draw(self) -> None:
        self._item.value = to_html(self.item_blocks())
        self._show_weight()

    def _show_weight(self) -> None:
        """Show the weight of the open item beside it; one that is not weighed has none."""
        row_of_item = self.weights.get(self.item.value)
        self.here.disabled = row_of_item is None
        self.here.value = row_of_item.value if row_of_item else ""

    def _weigh_here(self) -> None:
        """Give the open item the weight that is chosen beside it."""
        if self.item.value in self.weights:
            self.weights[self.item.value].value = self.here.value


def _list(field: Field, value: str) -> w.Dropdown:
    """Return a list to choose from with its label beside it."""
    drawn = w.Dropdown(**plain_looks(), options=field.offers(None), value=value)
    return row(field.label, drawn)
