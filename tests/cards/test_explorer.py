"""The view of an explorer follows its controls."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from msgspec import Struct

from cybernorms.document import Heading, Paragraph, to_html, to_text
from cybernorms.pages.explorer import Count, Explorer, Field, Row
from tests.explorers import PAGES, explore


@pytest.mark.parametrize("page", PAGES)
def test_the_view_of_an_explorer_says_what_its_page_says(page: str) -> None:
    """Prevents a page that is right on paper and another one on the screen."""
    view = explore(page, lesson="06")
    module: Any = import_module(f"cybernorms.pages.{page}")
    assert view.text() == to_text(module.EXPLORER.blocks(view.state))
    for block in module.EXPLORER.page(view.state):
        assert to_html([block]) in view._page.value


class Choice(Struct, frozen=True):
    """A made-up state: a letter, and a word that begins with it."""

    letter: str = "a"
    word: str = ""
    lesson: str = "00"


WORDS = {"a": ("alpha", "apex"), "b": ("beta",), "c": ()}


def made_up(asked: list[str]) -> Explorer:
    """Return an explorer that notes which of its fields are asked what they offer."""

    def letters(state: Choice) -> list[tuple[str, str]]:
        asked.append("letter")
        return [(each.upper(), each) for each in WORDS]

    def words(state: Choice) -> list[tuple[str, str]]:
        asked.append("word")
        return [(each, each) for each in WORDS[state.letter]]

    return Explorer(
        "Words",
        Choice,
        (
            Row((Field("letter", "Letter", letters),)),
            Count(lambda state: f"{len(WORDS[state.letter])} words"),
            Row((Field("word", "Word", words),)),
        ),
        lambda state: [Paragraph(state.word)],
        opens="word",
        what="word",
    )


def test_a_value_that_is_not_on_offer_gives_way_to_the_first() -> None:
    """Prevents a list that shows one thing beside a page that shows another."""
    explorer = made_up([])
    assert explorer.settle(Choice("a", "apex"))[0] == Choice("a", "apex")
    assert explorer.settle(Choice("b", "apex"))[0] == Choice("b", "beta")
    assert explorer.settle(Choice("c", "beta"))[0] == Choice("c", "beta")  # nothing is on offer


def test_only_the_fields_after_the_one_that_changed_are_asked() -> None:
    """Prevents explorers that answer slowly because every list is made anew each time."""
    asked: list[str] = []
    explorer = made_up(asked)
    _, offered = explorer.settle(Choice("b"), "letter")
    assert asked == ["word"] and list(offered) == ["word"]
    assert explorer.settle(Choice("b", "beta"), "word")[1] == {} and asked == ["word"]


def test_a_count_among_the_controls_is_part_of_the_text() -> None:
    """Prevents a count that only the screen shows."""
    blocks = made_up([]).blocks(Choice("a", "apex"))
    assert blocks == [Heading("Words"), Paragraph("2 words"), Paragraph("apex")]
