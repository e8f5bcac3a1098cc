"""A negotiation with another person as a card: a draft to send, and a field for what comes back."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.card import Card, Values, text_of
from cybernorms.cards.explorer import choices, show_field
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Ask, Button, Entry, Field, Fields, Fold, Html, Part
from cybernorms.corpus.talks import Extra, load_extras, load_roles
from cybernorms.document import (
    Block,
    Bullets,
    Heading,
    Line,
    Paragraph,
    Section,
    Strong,
    Typed,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_lab import choice_fields
from cybernorms.pages.kept import history_of
from cybernorms.pages.moves import (
    Game,
    Move,
    as_texts,
    kept_game,
    made,
    read_move,
    sides,
    write_move,
)
from cybernorms.pages.negotiation import (
    LESSON,
    TableState,
    draft_lines,
    find_role,
    with_draft,
)
from cybernorms.pages.negotiation_page import brief_blocks, costs, end_blocks, wants_columns

TITLE = "Negotiate with another student"
KEY = "negotiation-pair"
ROLE, PASTED = "role", "pasted"
PUT, ACCEPT, LEAVE, READ, AGAIN = "put", "accept", "leave", "read", "again"
HOW = (
    "Agree who sits where. One of you puts a text and sends the move that appears, by mail or "
    "chat; the other pastes it here, and answers with a move. Nothing is sent from here, and the "
    "chair can read along."
)


class PairTable(Card):
    """A seat opposite another person, whose moves come as text to paste.

    Arguments:
        role: the side to begin with; the first one if not given.
        record: where the moves are kept; the learner's own record if not given.
    """

    wide = True
    key = KEY
    label = TITLE
    keeps = True

    def __init__(self, role: str = "", record: Record | None = None) -> None:
        super().__init__(record)
        self.role = role or sides()[0]
        self.game = Game()
        self.own = TableState(role=self.role)
        last = history_of(self.record).last(KEY)
        kept = last.response if last and isinstance(last.response, dict) else {}
        self.game = kept_game(kept.get("moves"))
        if self.game.moves:
            self.role = kept["role"] if kept.get("role") in sides() else self.role
            self.note("Your talks go on where you left them.")
        self._take_up()

    def _take_up(self) -> None:
        """Begin the own draft with the text that lies on the table."""
        there = self.game.on_the_table
        draft = TableState(role=self.role)
        self.own = with_draft(draft, there.choices, there.extras) if there else draft

    @property
    def own_turn(self) -> bool:
        """Return whether this side moves next; either may begin."""
        moves = self.game.moves
        return not self.game.over and (not moves or moves[-1].role != self.role)

    @property
    def answered(self) -> bool:
        return self.game.over

    def values(self) -> Values:
        extras = {each.id: each.id in self.own.extras for each in _extras()}
        return {ROLE: self.role, **self.own.choices, **extras, PASTED: ""}

    def change(self, name: str, values: Values) -> None:
        """Take over a change of the draft, or of the seat before the first move."""
        role = text_of(values.get(ROLE))
        if name == ROLE and role in sides() and not self.game.moves:
            self.role = role
        if name != PASTED:
            self.own = self._with(values)

    def press(self, name: str, values: Values, item: str) -> None:
        """Make a move, read one that was pasted, or begin anew."""
        if name == AGAIN:
            self._keep(Game())
            self._take_up()
            self.note("The table is empty again.")
        elif name == READ:
            self._read(text_of(values.get(PASTED)))
        elif name in (PUT, ACCEPT, LEAVE):
            self._move(name, values)

    def _move(self, name: str, values: Values) -> None:
        self.own = self._with(values)
        with self.errors_said():
            move = Move(self.role, "accept" if name == ACCEPT else "leave")
            if name == PUT:
                move = Move(self.role, "put", self.own.choices, self.own.extras)
            self._keep(made(self.game, move))
            self.say_saved("Kept. Copy your move below, and send it.")

    def _read(self, text: str) -> None:
        with self.errors_said():
            move = read_move(self.game, text)
            if move.role == self.role:
                raise CyberNormsError(
                    "This is a move of your own side",
                    remedy="Paste the one that the other side sent you",
                )
            self._keep(made(self.game, move))
            self._take_up()
            self.say_saved("Read and kept. It\u2019s your turn.")

    def _keep(self, game: Game) -> None:
        self.record.append(KEY, "", {"role": self.role, "moves": as_texts(game)})
        self.game = game

    def _with(self, values: Values) -> TableState:
        extras = [each.id for each in _extras() if values.get(each.id) is True]
        return with_draft(self.own, values, extras)

    def blocks(self) -> Sequence[Block]:
        ended = end_blocks(self._as_agreed()) if self.game.over else []
        return [Heading(TITLE), Paragraph(HOW), *self._moves(), *ended]

    def _moves(self) -> list[Block]:
        lines: list[Line] = []
        for each in reversed(self.game.moves):
            said = " ".join(draft_lines(each.choices, each.extras, LESSON))
            words = {"put": said, "accept": "We accept.", "leave": "We leave the table."}
            lines.append([Strong(f"{find_role(each.role).name}. "), words[each.kind]])
        made_so_far = Bullets(lines) if lines else Paragraph("No move yet.", "note")
        return [Section("At the table", [made_so_far], 4)]

    def _as_agreed(self) -> TableState:
        there = self.game.on_the_table
        state = TableState(role=self.role)
        return with_draft(state, there.choices, there.extras) if there else state

    def parts(self) -> list[Part]:
        role = find_role(self.role)
        roles = [(each.name, each.id) for each in load_roles(lesson=LESSON) if not each.chair]
        off = not self.own_turn
        return [
            Html(page_html([Heading(TITLE), Paragraph(HOW)])),
            Fields([Field(ROLE, "Your seat", choices(roles), "tabs", off=bool(self.game.moves))]),
            Fold(f"You are {role.in_text}: your brief", page_html(brief_blocks(role, LESSON))),
            Html(page_html(self._moves()), live=True),
            *self._own_move(),
            *self._drafting(off),
            Actions(self._buttons(), said=True),
            *([] if self.game.over else self._pasting()),
            *([Html(page_html(end_blocks(self._as_agreed())))] if self.game.over else []),
        ]

    def _drafting(self, off: bool) -> list[Part]:
        lines: list[Line] = list(draft_lines(self.own.choices, self.own.extras, LESSON))
        paid = costs(self.own)
        extras = [Field(each.id, each.label, look="check", off=off) for each in _extras()]
        return [
            Html(page_html([Section("Your draft", [Bullets(lines)], 4)]), live=True),
            Fields([show_field(each, each.offers(None), off=off) for each in choice_fields()]),
            Fields(extras),
            Fold(
                "What it gives and costs",
                page_html([wants_columns(self.own), *([Bullets(paid)] if paid else [])]),
            ),
        ]

    def _own_move(self) -> list[Part]:
        """Return the text to send, while the last move is one's own."""
        if not self.game.moves or self.game.moves[-1].role != self.role:
            return []
        text = write_move(Game(self.game.moves[:-1]), self.game.moves[-1])
        return [Html(page_html([Section("Your move, to copy and send", [Typed(text)], 4)]))]

    def _buttons(self) -> list[Button]:
        off = not self.own_turn
        buttons = [] if self.game.over else [Button(PUT, "Put this text", main=True, off=off)]
        if self.game.moves and not self.game.over:
            buttons.append(Button(ACCEPT, "Accept their text", off=off))
            buttons.append(Button(LEAVE, "Leave the table", off=off))
        if self.game.moves:
            buttons.append(Button(AGAIN, "Begin anew"))
        return buttons

    def _pasting(self) -> list[Part]:
        entry = Entry(PASTED, "Paste the other side\u2019s move here")
        read = Actions([Button(READ, "Read the move")])
        return [Ask("What did the other side send?", entry), read]


def _extras() -> tuple[Extra, ...]:
    return load_extras(lesson=LESSON)
