"""A table to fill in: put things into categories first, then see a reasoned reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import ipywidgets as w

from cybernorms.document import Block, Heading, plural, to_html
from cybernorms.exercises.record import Record
from cybernorms.pages.kept import history_of
from cybernorms.pages.sheet import Sheet, kept_choices, sheet_blocks
from cybernorms.widgets.inputs import OPEN, row
from cybernorms.widgets.view import View, bar, button, controls, html, outcome, plain_looks

LONG = 45
"""Letters of a category that needs more room than its line."""


class Sorter(View):
    """Sheets to choose from, lists to sort with, and a reading that opens after a choice is kept.

    Arguments:
        title: the heading.
        sheets: at least one; a list to choose from is shown where there are several.
        choose: the label of that list.
        opened: the id of the sheet to open with; the first one if not given.
        record: where choices are kept; the learner's own record if not given.
    """

    def __init__(
        self,
        title: str,
        sheets: Sequence[Sheet],
        *,
        choose: str = "Case",
        opened: str = "",
        record: Record | None = None,
    ) -> None:
        self._title = title
        self._record = record or Record()
        self._sheets = {sheet.id: sheet for sheet in sheets}
        options = [(sheet.title, sheet.id) for sheet in sheets]
        self.sheet = w.Dropdown(**plain_looks(), description=choose, options=options)
        if opened:
            self.sheet.value = opened
        choice = controls(self.sheet)
        self._intro, self._reading = html(""), outcome()
        self._lines = w.VBox([])
        self.fields: dict[str, w.Dropdown] = {}
        self.compare = button("Save and compare", main=True)
        self.compare.on_click(lambda _: self.submit())
        buttons = bar(self.compare)
        head = [html(to_html([Heading(title)]))]
        choices = [choice] if len(sheets) > 1 else []
        super().__init__(
            [*head, *choices, self._intro, self._lines, buttons, self._status, self._reading],
            "cn-explorer",
        )
        self.sheet.observe(lambda _: self._open(), names="value")
        self._open()

    @property
    def current(self) -> Sheet:
        """Return the sheet that is open."""
        return self._sheets[self.sheet.value]

    def chosen(self) -> dict[str, str]:
        """Return the categories chosen so far, by line."""
        return {id: field.value for id, field in self.fields.items() if field.value}

    def blocks(self) -> Sequence[Block]:
        return sheet_blocks(
            self._title, self.current, self.chosen(), read=bool(self._reading.value)
        )

    def submit(self) -> None:
        """Keep the choices and open the reading; blank lines are asked for first."""
        sheet, chosen = self.current, self.chosen()
        if len(chosen) < len(sheet.lines):
            left = plural(len(sheet.lines) - len(chosen), "line is", "lines are")
            self.say("problem", f"{left} still open. Choose for each, then compare.")
            return
        with self.errors_said():
            self._record.append(sheet.key, "", chosen)
            self.say("saved", "Saved. Compare your choices with the reading below.")
            self._reading.value = to_html(sheet.reading(chosen))

    def _open(self) -> None:
        """Show a sheet, with the choices that were kept last."""
        sheet = self.current
        self._intro.value = to_html(sheet.intro)
        self._status.value, self._reading.value = "", ""
        if list(self.fields) != list(sheet.lines):
            self.fields = {id: self._line(sheet, id) for id in sheet.lines}
            self._lines.children = list(self._rows(sheet))
        self._fill(kept_choices(sheet, history_of(self._record)))

    def _line(self, sheet: Sheet, id: str) -> w.Dropdown:
        choices = [(OPEN, ""), *((text, value) for value, text in sheet.choices(id).items())]
        chosen = row(sheet.lines[id], w.Dropdown(**plain_looks(), options=choices))
        if max(map(len, sheet.choices(id).values())) > LONG:
            chosen.add_class("cn-wide")
        chosen.observe(lambda _: self._changed(), names="value")
        return chosen

    def _rows(self, sheet: Sheet) -> Iterator[w.Widget]:
        """Yield the lists to choose from, each under what stands above it."""
        for id, chosen in self.fields.items():
            if id in sheet.above:
                yield html(to_html(sheet.above[id]))
            yield chosen

    def _fill(self, chosen: Mapping[str, str]) -> None:
        with self.filling():
            for id, field in self.fields.items():
                field.value = chosen.get(id, "")
        if len(chosen) == len(self.fields):
            self.say("saved", "Your earlier choices are filled in.")
            self._reading.value = to_html(self.current.reading(chosen))

    def _changed(self) -> None:
        if not self._filling:
            self._reading.value = ""
            self.note("Not saved yet: press Save and compare.")
