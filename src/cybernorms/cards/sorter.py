"""Things to sort as a deck: one at a time, with the reason at once and a summary at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cybernorms.cards.card import Card, Values, choices_of, moment_of, shown_for, text_of
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Choice, Deck, Field, Fields, Html, Item, Part
from cybernorms.document import Block, Heading
from cybernorms.exercises.record import Record
from cybernorms.pages.kept import history_of
from cybernorms.pages.sheet import Sheet, kept_choices, sheet_blocks

SHEET, DECK = "sheet", "deck"


class Sorter(Card):
    """Sheets to choose from, and the lines of a sheet one at a time; each choice is kept at once.

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
        super().__init__(record)
        self.label = self._title = title
        self._choose = choose
        self._sheets = {sheet.id: sheet for sheet in sheets}
        self._open(opened or sheets[0].id)

    @property
    def current(self) -> Sheet:
        """Return the sheet that is open."""
        return self._sheets[self._sheet]

    @property
    def key(self) -> str:  # type: ignore[override]
        return self.current.key

    def _open(self, sheet: str) -> None:
        """Open a sheet, with the choices that were kept last."""
        self._sheet = sheet
        history = history_of(self.record)
        self.chosen = kept_choices(self.current, history)
        self.kept = moment_of(history.last(self.key))
        self.note("")

    def refresh(self) -> None:
        self._open(self._sheet)

    def blocks(self) -> Sequence[Block]:
        whole = len(self.chosen) == len(self.current.lines)
        return sheet_blocks(self._title, self.current, self.chosen, read=whole)

    @property
    def answered(self) -> bool:
        return len(self.chosen) == len(self.current.lines)

    def values(self) -> Values:
        return {SHEET: self._sheet, self._deck_name: dict(self.chosen)}

    @property
    def holds(self) -> Sequence[str]:
        return [self._deck_name]

    @property
    def _deck_name(self) -> str:
        return f"{DECK}-{self._sheet}"

    def change(self, name: str, values: Values) -> None:
        """Open another sheet; or keep choices that a browser kept while there was no kernel."""
        chosen = values.get(SHEET)
        if name == SHEET and isinstance(chosen, str) and chosen in self._sheets:
            self._open(chosen)
        elif name == self._deck_name:
            self._keep(self.current, choices_of(values.get(name)))

    def press(self, name: str, values: Values, item: str) -> None:
        """Keep the choice for a line; its reading opens once it is kept."""
        sheet = self._sheets[shown_for(values, DECK, self._sheets, self._sheet)]
        given = values.get(f"{DECK}-{sheet.id}")
        choice = text_of(given.get(item)) if isinstance(given, Mapping) else ""
        self._keep(sheet, {item: choice})

    def _keep(self, sheet: Sheet, given: Mapping[str, str]) -> None:
        """Add choices to those that are kept for a sheet."""
        given = {id: each for id, each in given.items() if id in sheet.lines}
        given = {id: each for id, each in given.items() if each in sheet.choices(id)}
        if not given:
            return
        here = sheet is self.current
        kept = kept_choices(sheet, history_of(self.record))  # another window may have added some
        known = {**(self.chosen if here else {}), **kept, **given}
        chosen = {id: known[id] for id in sheet.lines if id in known}
        with self.errors_said():
            self.record.append(sheet.key, "", chosen)
            if here:
                self.chosen = chosen
                self.say_saved()

    def parts(self) -> list[Part]:
        sheet = self.current
        options = [Choice(each.id, each.title) for each in self._sheets.values()]
        choice = [Fields([Field(SHEET, self._choose, options, wide=True)])] if options[1:] else []
        return [
            Html(page_html([Heading(self._title)])),
            *choice,
            Html(page_html(sheet.intro)),
            self._deck(sheet),
        ]

    def _deck(self, sheet: Sheet) -> Deck:
        sets: list[tuple[Choice, ...]] = []
        items = []
        for line in sheet.lines:
            offered = tuple(_split(value, text) for value, text in sheet.choices(line).items())
            if offered not in sets:
                sets.append(offered)
            items.append(self._item(sheet, line, sets.index(offered)))
        whole = len(self.chosen) == len(sheet.lines)
        summary = page_html(sheet.ending(self.chosen)) if whole else ""
        return Deck(self._deck_name, sheet.unit, items, sets, summary=summary)

    def _item(self, sheet: Sheet, line: str, options: int) -> Item:
        lead = page_html(sheet.leading(line))
        choice = self.chosen.get(line)
        if choice is None:
            return Item(line, lead, sheet.lines[line], options)
        look: Any = sheet.look(line, choice)
        reading = page_html(sheet.one(line, choice))
        return Item(line, lead, sheet.lines[line], options, look, reading)


def _split(value: str, text: str) -> Choice:
    """Return a category, with what explains it in smaller type."""
    name, colon, small = text.partition(": ")
    return Choice(value, f"{name[0].upper()}{name[1:]}", small if colon else "")
