"""The glossary as a card: a word to look up, and the entries that have it."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.card import Card, Values, text_of
from cybernorms.cards.parts import Actions, Ask, Button, Entry, Html, Part
from cybernorms.document import Block, to_html
from cybernorms.pages.glossary import glossary_blocks

WORD, LOOK = "word", "look"
ASKED = "Look up a word"


class Glossary(Card):
    """Entries of the glossary, and a field for the word to look for.

    Arguments:
        word: what to look for first; nothing for the whole glossary.
    """

    label = "Glossary"

    def __init__(self, word: str = "") -> None:
        super().__init__()
        self.word = word

    def blocks(self) -> Sequence[Block]:
        return glossary_blocks(self.word)

    def values(self) -> Values:
        return {WORD: self.word}

    def press(self, name: str, values: Values, item: str) -> None:
        self.word = text_of(values.get(WORD)).strip()

    def parts(self) -> list[Part]:
        return [
            Ask(ASKED, Entry(WORD, ASKED)),
            Actions([Button(LOOK, "Look it up", main=True)]),
            Html(to_html(self.blocks()), live=True),
        ]
