"""The glossary as a card: a word, and the entries that have it."""

from __future__ import annotations

from cybernorms.cards.glossary import Glossary
from tests.cards.messages import press, seen


def test_a_word_is_looked_up() -> None:
    """Prevents a field that finds nothing, or everything."""
    card = Glossary("norm")
    assert "norm" in seen(card).lower()
    press(card, "look", word="  countermeasure ")
    assert card.word == "countermeasure" and "ountermeasure" in seen(card)
    press(card, "look", word="zzz")
    assert "nothing on" in card.text()


def test_a_message_of_another_kind_shows_the_whole_glossary() -> None:
    """Prevents a card that dies of an odd message."""
    card = Glossary("norm")
    press(card, "look", word=["norm"])
    assert card.word == "" and len(card.text()) > 2_000
