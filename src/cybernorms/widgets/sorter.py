"""A table to fill in: put things into categories first, then see a reasoned reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import ipywidgets as w
from msgspec import Struct, field

from cybernorms.document import Block, Bullets, Heading, Paragraph, to_html
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import History, Record
from cybernorms.widgets.inputs import OPEN, row
from cybernorms.widgets.view import View, bar, button, controls, html, outcome, plain_looks

LONG = 45
"""Letters of a category that needs more room than its line."""


class Sheet(Struct, frozen=True):
    """One sheet to sort.

    `id` names it in the record; `intro` stands above the lines; `lines` and `categories` are texts
    by id; `reading` returns the reasoned reading beside what the learner chose. `own` has the
    categories of lines that have others, and `above` what stands above a line, both by its id.
    """

    id: str
    title: str
    intro: Sequence[Block]
    lines: Mapping[str, str]
    categories: Mapping[str, str]
    reading: Callable[[Mapping[str, str]], Sequence[Block]]
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    above: Mapping[str, Sequence[Block]] = field(default_factory=dict)

    def choices(self, line: str) -> Mapping[str, str]:
        """Return the categories to choose from for a line."""
        return self.own.get(line, self.categories)


class Sorter(View):
    """Sheets to choose from, lists to sort with, and a reading that opens after a choice is kept.

    Arguments:
        title: the heading.
        sheets: at least one; a list to choose from is shown where there are several.
        choose: the label of that list.
        record: where choices are kept; the learner's own record if not given.
    """

    def __init__(
        self,
        title: str,
        sheets: Sequence[Sheet],
        *,
        choose: str = "Case",
        record: Record | None = None,
    ) -> None:
        self._title = title
        self._record = record or Record()
        self._sheets = {sheet.id: sheet for sheet in sheets}
        self._filling = False
        options = [(sheet.title, sheet.id) for sheet in sheets]
        self.sheet = w.Dropdown(**plain_looks(), description=choose, options=options)
        choice = controls(self.sheet)
        self._intro, self._status, self._reading = html(""), outcome(), outcome()
        self._lines = w.VBox([])
        self.fields: dict[str, w.Dropdown] = {}
        self.compare = button("Save and compare", main=True)
        self.compare.on_click(lambda _: self.submit())
        buttons = bar(self.compare)
        head = [html(to_html([Heading(title)]))]
        shown = [choice] if len(sheets) > 1 else []
        super().__init__(
            [*head, *shown, self._intro, self._lines, buttons, self._status, self._reading],
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
            left = len(sheet.lines) - len(chosen)
            lines = "line is" if left == 1 else "lines are"
            self._say("problem", f"{left} {lines} still open. Choose for each, then compare.")
            return
        try:
            self._record.append(key_of(sheet), "", chosen)
        except CyberNormsError as error:
            self._say("problem", str(error))
            return
        self._say("saved", "Saved. Compare your choices with the reading below.")
        self._reading.value = to_html(sheet.reading(chosen))

    def _say(self, look: str, told: str) -> None:
        line = to_html([Paragraph(told)]).removeprefix("<p>").removesuffix("</p>")
        self._status.value = f"<p class='cn-result cn-{look}' role='alert'>{line}</p>"

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
        self._filling = True
        try:
            for id, field in self.fields.items():
                field.value = chosen.get(id, "")
        finally:
            self._filling = False
        if len(chosen) == len(self.fields):
            self._say("saved", "Your earlier choices are filled in.")
            self._reading.value = to_html(self.current.reading(chosen))

    def _changed(self) -> None:
        if not self._filling:
            self._reading.value = ""
            self._status.value = "<p class='cn-note'>Not saved yet: press Save and compare.</p>"


def key_of(sheet: Sheet) -> str:
    """Return what the record calls a sheet."""
    return f"sorter-{sheet.id}"


def history_of(record: Record) -> History:
    """Return what a record holds; nothing where it cannot be opened, which saving will tell."""
    try:
        return record.read()
    except CyberNormsError:
        return History()


def kept_choices(sheet: Sheet, history: History) -> dict[str, str]:
    """Return the choices that were kept last for a sheet, without those that no longer fit it."""
    last = history.last(key_of(sheet))
    given = last.response if last and isinstance(last.response, Mapping) else {}
    return {
        id: value
        for id in sheet.lines
        if isinstance(value := given.get(id), str) and value in sheet.choices(id)
    }


def sheet_blocks(title: str, sheet: Sheet, chosen: Mapping[str, str], *, read: bool) -> list[Block]:
    """Return a sheet as blocks: what there is to sort, the choices, and the reading if open."""
    blocks: list[Block] = [Heading(title), Heading(sheet.title, 4), *sheet.intro]
    told: list[str] = []
    for id, text in sheet.lines.items():
        if id in sheet.above:
            blocks += [*_listed(told), *sheet.above[id]]
            told = []
        told.append(f"{text}: {sheet.choices(id)[chosen[id]]}" if id in chosen else text)
    blocks += _listed(told)
    for names in dict.fromkeys("; ".join(sheet.choices(id).values()) for id in sheet.lines):
        blocks.append(Paragraph(f"Categories: {names}."))
    return [*blocks, *sheet.reading(chosen)] if read else blocks


def _listed(told: Sequence[str]) -> list[Block]:
    return [Bullets(told)] if told else []
