"""The clause lab: lists to build a clause with, and a button that keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from cybernorms.document import Block, Heading, to_html
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_lab import (
    CASE,
    CLAUSE,
    KEY,
    TITLE,
    LabState,
    choice_fields,
    kept_choices,
    lab_blocks,
)
from cybernorms.widgets.explorer import draw
from cybernorms.widgets.view import View, bar, button, controls, html


class ClauseLab(View):
    """Lists to build a clause with, a real clause or a case to look at, and a button to keep it."""

    def __init__(self, state: LabState | None = None, record: Record | None = None) -> None:
        self._record = record or Record()
        kept = kept_choices(self._record)
        start = state or LabState()
        self.state = replace(start, choices={**start.choices, **kept})
        self.fields = {field.name: draw(field, field.offers(None)) for field in choice_fields()}
        for name, field in self.fields.items():
            field.value = self.state.choices[name]
        self.clause = draw(CLAUSE, CLAUSE.offers(self.state))
        self.clause.value = self.state.clause
        self.case = draw(CASE, CASE.offers(self.state))
        self.case.value = self.state.case
        self.keep = button("Keep this clause", main=True)
        self.keep.on_click(lambda _: self.submit())
        if kept:
            self.say("saved", "The clause that you kept is filled in.")
        self._page = html(to_html(lab_blocks(self.state)))
        super().__init__(
            [
                html(to_html([Heading(TITLE)])),
                controls(*self.fields.values()),
                bar(self.keep),
                self._status,
                controls(self.clause, self.case),
                self._page,
            ],
            "cn-explorer",
        )
        for each in self.fields.values():
            each.observe(lambda _: self._build(), names="value")
        for each in (self.clause, self.case):
            each.observe(lambda _: self._read(), names="value")

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), *lab_blocks(self.state)]

    def submit(self) -> None:
        """Keep the built clause, so that it comes back when the notebook is opened again."""
        with self.errors_said():
            self._record.append(KEY, "", dict(self.state.choices))
            self.say("saved", "Saved. This clause comes back when you open the notebook again.")

    def _build(self) -> None:
        """Take over a change of the built clause, and turn to that clause."""
        self.note("Not kept yet: press Keep this clause.")
        if self.clause.value:
            self.clause.value = ""  # draws
        else:
            self._read()

    def _read(self) -> None:
        self.state = replace(
            self.state,
            choices={name: each.value for name, each in self.fields.items()},
            clause=self.clause.value,
            case=self.case.value,
        )
        self._page.value = to_html(lab_blocks(self.state))
