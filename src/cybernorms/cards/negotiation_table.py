"""The negotiating table as a card: a draft, what each side gets, and the others' answers."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.card import Card, Values, text_of
from cybernorms.cards.explorer import choices, show_field
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Button, Field, Fields, Fold, Html, Part
from cybernorms.corpus.talks import Extra, load_extras, load_roles
from cybernorms.document import Block, Bullets, Heading, Line, Paragraph, Section
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_lab import choice_fields
from cybernorms.pages.kept import history_of
from cybernorms.pages.negotiation import (
    KEY,
    TITLE,
    TableState,
    again,
    as_response,
    draft_lines,
    find_role,
    kept_state,
    left,
    put,
    with_draft,
)
from cybernorms.pages.negotiation_page import (
    JUDGED,
    brief_blocks,
    costs,
    coverage_blocks,
    end_blocks,
    page_blocks,
    talk_section,
    wants_columns,
)

ROLE, PUT, AGAIN = "role", "put", "again"


class NegotiationTable(Card):
    """A seat at the table: a brief, a draft to build, and those who answer it.

    Arguments:
        state: the role to begin with; the first one if not given.
        record: where the talks are kept; the learner's own record if not given.
    """

    wide = True
    key = KEY
    label = TITLE

    def __init__(self, state: TableState | None = None, record: Record | None = None) -> None:
        super().__init__(record)
        self.shown = state or TableState()
        last = history_of(self.record).last(KEY)
        kept = kept_state(last.response, self.shown.lesson) if last else None
        if kept:
            self.shown = kept
            self.note("Your talks go on where you left them.")

    def blocks(self) -> Sequence[Block]:
        return page_blocks(self.shown)

    @property
    def answered(self) -> bool:
        return self.shown.over

    def values(self) -> Values:
        extras = {each.id: each.id in self.shown.extras for each in self._extras()}
        return {ROLE: self.shown.role, **self.shown.choices, **extras}

    def press(self, name: str, values: Values, item: str) -> None:
        """Put the draft that is on the screen to the others, or clear the table."""
        if name == AGAIN:
            self._keep(again(self.shown))
            self.note("The table is empty again.")
        elif name == PUT and not self.shown.over:
            self._keep(put(self._with(values)))
            self.say_saved()

    def change(self, name: str, values: Values) -> None:
        """Take over a change of the draft; another role sits down at an empty table."""
        role = text_of(values.get(ROLE))
        roles = [each.id for each in load_roles(lesson=self.shown.lesson)]
        if name == ROLE and role in roles and not self.shown.put:
            self.shown = again(self.shown, role)
        elif not self.shown.over:
            self.shown = self._with(values)

    def _extras(self) -> tuple[Extra, ...]:
        return load_extras(lesson=self.shown.lesson)

    def _with(self, values: Values) -> TableState:
        extras = [each.id for each in self._extras() if values.get(each.id) is True]
        return with_draft(self.shown, values, extras)

    def _keep(self, new: TableState) -> None:
        self.record.append(KEY, "", as_response(new))
        self.shown = new

    def parts(self) -> list[Part]:
        shown = self.shown
        role = find_role(shown.role, shown.lesson)
        roles = [(each.name, each.id) for each in load_roles(lesson=shown.lesson)]
        seat = Field(ROLE, "Your seat", choices(roles), "tabs", off=bool(shown.put))
        lines: list[Line] = list(draft_lines(shown.choices, shown.extras, shown.lesson))
        gets = [Section("What each side gets", [wants_columns(shown)], 4)]
        paid = Section("What it costs", [Bullets(costs(shown))], 4) if costs(shown) else None
        return [
            Html(page_html([Heading(TITLE)])),
            Fields([seat]),
            Fold(f"You are {role.in_text}: your brief", page_html(brief_blocks(role, shown.lesson)),
                 open=not shown.put),
            Html(page_html([Section("Your draft", [Bullets(lines)], 4)]), live=True),
            Fields([show_field(e, e.offers(None), off=shown.over) for e in choice_fields()]),
            Html(page_html([Heading("And beside the clause", 4)])),
            Fields([Field(each.id, each.label, look="check", off=shown.over)
                    for each in self._extras()]),
            Html(page_html([*gets, *([paid] if paid else [])])),
            Html(page_html([Paragraph(left(shown))]), live=True),
            Actions(self._buttons(), said=True),
            Html(page_html([talk_section(shown)]), live=True),
            *([Html(page_html(end_blocks(shown)))] if shown.over else []),
            *[Fold(each.summary, page_html(each.blocks)) for each in coverage_blocks(shown)],
            Html(page_html([Paragraph(JUDGED, "note")])),
        ]  # fmt: skip

    def _buttons(self) -> list[Button]:
        buttons = [] if self.shown.over else [Button(PUT, "Put it on the table", main=True)]
        if self.shown.put:
            buttons.append(Button(AGAIN, "Clear the table"))
        return buttons
