"""The clause lab: lists to build a clause with, and a button that keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from cybernorms.cards.card import Card, Values, moment_of
from cybernorms.cards.explorer import show_field, text_values
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Button, Fields, Html, Part
from cybernorms.document import Block, Heading
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
from cybernorms.pages.kept import history_of

KEEP = "keep"


class ClauseLab(Card):
    """Lists to build a clause with, a real clause or a case to look at, and a button to keep it."""

    wide = True
    key = KEY
    label = TITLE

    def __init__(self, state: LabState | None = None, record: Record | None = None) -> None:
        super().__init__(record)
        start = state or LabState()
        kept = kept_choices(self.record)
        self.shown = replace(start, choices={**start.choices, **kept})
        if kept:
            self.say_saved("The clause that you kept is filled in.")
            self.kept = moment_of(history_of(self.record).last(KEY))

    @property
    def holds(self) -> Sequence[str]:
        return [each.name for each in choice_fields()]

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), *lab_blocks(self.shown)]

    def values(self) -> Values:
        shown = self.shown
        return {**shown.choices, CLAUSE.name: shown.clause, CASE.name: shown.case}

    def press(self, name: str, values: Values, item: str) -> None:
        """Keep the built clause, so that it comes back when the notebook is opened again."""
        if name != KEEP:
            return
        for each in choice_fields():
            self._choose(each.name, text_values(values, [each.name]).get(each.name))
        with self.errors_said():
            self.record.append(KEY, "", dict(self.shown.choices))
            self.say_saved("Saved. This clause comes back when you open the notebook again.")

    def change(self, name: str, values: Values) -> None:
        """Take over a change; one of the built clause turns to that clause."""
        self._choose(name, text_values(values, [name]).get(name))

    def _choose(self, name: str, value: str | None) -> None:
        """Take over what a list shows, unless it shows that already."""
        fields = {each.name: each for each in [*choice_fields(), CLAUSE, CASE]}
        if value is None or name not in fields or value == self.values().get(name):
            return
        if value not in [id for _, id in fields[name].offers(self.shown)]:
            return
        if name in self.shown.choices:
            choices = {**self.shown.choices, name: value}
            self.shown = replace(self.shown, choices=choices, clause="")
            self.note("Not kept yet: press Keep this clause.")
        else:
            self.shown = replace(self.shown, **{name: value})

    def parts(self) -> list[Part]:
        shown = self.shown
        return [
            Html(page_html([Heading(TITLE)])),
            Fields([show_field(each, each.offers(None)) for each in choice_fields()]),
            Actions([Button(KEEP, "Keep this clause", main=True)], said=True),
            Fields([show_field(each, each.offers(shown)) for each in (CLAUSE, CASE)]),
            Html(page_html(lab_blocks(shown))),
        ]
