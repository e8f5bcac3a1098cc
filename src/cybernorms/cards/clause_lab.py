"""The clause lab: a sentence that is edited in place, its cases, and a button that keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from cybernorms.cards.card import Card, Values, moment_of
from cybernorms.cards.clause_parts import (
    AskingPart,
    ClauseBoard,
    ClauseSlot,
    RealClause,
    SlotChoice,
    Tile,
)
from cybernorms.cards.explorer import show_field, text_values
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Button, Fields, Html, Part
from cybernorms.corpus.clauses import Part as ClausePart, find_clause
from cybernorms.corpus.conducts import load_conducts
from cybernorms.corpus.lessons import LessonNumber
from cybernorms.document import Block, Heading
from cybernorms.exercises.record import Record
from cybernorms.pages import clause_board
from cybernorms.pages.clause_lab import (
    CASE,
    CLAUSE,
    KEY,
    PLACE,
    TITLE,
    LabState,
    choice_fields,
    kept_choices,
    lab_blocks,
    place_blocks,
    rest_blocks,
)
from cybernorms.pages.kept import history_of
from cybernorms.pages.wording import clause_section

KEEP = "keep"


def _asking(parts: Iterable[ClausePart]) -> dict[str, AskingPart]:
    found = clause_board.asked(parts)
    return {id: AskingPart(each.slot, each.label, each.asks) for id, each in found.items()}


@cache
def _slots() -> tuple[ClauseSlot, ...]:
    found = []
    for name, choices in clause_board.slots().items():
        ask, empty = clause_board.ASKS[name]
        offered = [
            SlotChoice(each.id, each.label, each.text, [part.id for part in each.parts])
            for each in choices
        ]
        found.append(ClauseSlot(name, ask, empty, offered))
    return tuple(found)


@cache
def _tiles() -> tuple[Tile, ...]:
    return tuple(
        Tile(each.label, clause_board.short_label(each.label), each.story, dict(each.attributes))
        for each in load_conducts()
    )


@cache
def _on_offer() -> dict[str, AskingPart]:
    return _asking(clause_board.parts_on_offer())


def board(clause: str, lesson: LessonNumber) -> ClauseBoard:
    """Return the board of a clause that is built, and beside it that of a real one.

    Arguments:
        clause: the id of the real clause; nothing for the built one alone.
        lesson: what opens later stays closed.
    """
    beside = None
    if clause:
        real = find_clause(clause, lesson=lesson)
        words = page_html([clause_section(real, "A real clause")])
        beside = RealClause(real.label, words, _asking(real.parts))
    return ClauseBoard(_slots(), _on_offer(), _tiles(), beside)


class ClauseInPlace(Card):
    """A sentence that is edited in place, and its cases; nothing is kept.

    Arguments:
        state: the sentence that it opens with.
    """

    wide = True
    label = PLACE

    def __init__(self, state: LabState) -> None:
        super().__init__()
        self.shown = state

    def blocks(self) -> Sequence[Block]:
        return [Heading(PLACE), *place_blocks(self.shown)]

    def values(self) -> Values:
        return dict(self.shown.choices)

    def change(self, name: str, values: Values) -> None:
        """Take over another choice for a slot."""
        value = text_values(values, [name]).get(name)
        fields = {each.name: each for each in choice_fields()}
        if name in fields and value in [id for _, id in fields[name].offers(None)]:
            self.shown = replace(self.shown, choices={**self.shown.choices, name: value or ""})

    def parts(self) -> list[Part]:
        _, *rest = place_blocks(self.shown)
        return [
            Html(page_html([Heading(PLACE)])),
            board("", self.shown.lesson),
            Html(page_html(rest)),
        ]


class ClauseLab(Card):
    """A clause to build, a real one to lay beside it, its cases, and a button to keep it."""

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
        """Take over a change of the built clause, of the real one beside it, or of the case."""
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
            self.shown = replace(self.shown, choices=choices)
            self.note("Not kept yet: press Keep this clause.")
        else:
            self.shown = replace(self.shown, **{name: value})

    def parts(self) -> list[Part]:
        shown = self.shown
        return [
            Html(page_html([Heading(TITLE)])),
            board(shown.clause, shown.lesson),
            Actions([Button(KEEP, "Keep this clause", main=True)], said=True),
            Fields([show_field(each, each.offers(shown)) for each in (CLAUSE, CASE)]),
            Html(page_html(rest_blocks(shown))),
        ]
