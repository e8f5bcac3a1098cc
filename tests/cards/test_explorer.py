"""The card of an explorer follows its controls."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from cybernorms.cards.explorer import ExplorerCard, show_field
from cybernorms.cards.page import page_html
from cybernorms.document import Heading, Paragraph, to_text
from cybernorms.pages.explorer import Bar, Button, Count, Explorer, Field, Row
from tests.cards.messages import buttons_of, change, parts_of, press, seen
from tests.explorers import PAGES, explore

each_page = pytest.mark.parametrize("page", PAGES)


def fields_of(card: ExplorerCard) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for part in parts_of(card, "fields") for each in part["fields"]}


@each_page
def test_the_card_of_an_explorer_says_what_its_page_says(page: str) -> None:
    """Prevents a page that is right on paper and another one on the screen."""
    card = explore(page, lesson="06")
    explorer: Any = import_module(f"cybernorms.pages.{page}").EXPLORER
    assert card.text() == to_text(explorer.blocks(card.state_shown))
    assert card.describe()["parts"][-1]["html"] == page_html(explorer.page(card.state_shown))
    assert {each.name for each in explorer.fields()} == set(fields_of(card)) == set(card.values())


@each_page
def test_every_choice_of_an_explorer_can_be_made_and_is_what_is_then_shown(page: str) -> None:
    """Prevents a list that shows one thing beside a page that shows another."""
    for name in fields_of(explore(page, lesson="06")):
        card = explore(page, lesson="06")
        options = [each["value"] for each in fields_of(card)[name].get("options", ())]
        for value in options[:2] + options[-2:] if options else (True, False):
            described = change(card, **{name: value})
            assert described["values"][name] == value
            for field in fields_of(card).values():
                values = [each["value"] for each in field.get("options", ())]
                assert not values or described["values"][field["name"]] in values


@each_page
@pytest.mark.parametrize("value", ["zzz", 7, None, ["a"], {"a": "b"}])
def test_what_is_not_on_offer_is_never_shown(page: str, value: Any) -> None:
    """Prevents an error, and what a lesson keeps closed, for a value that no list has."""
    card = explore(page, lesson="06")
    for name, field in fields_of(card).items():
        described = change(card, **{name: value})
        values = [each["value"] for each in field.get("options", ())]
        assert not values or described["values"][name] in values
        assert described["said"] == {} and isinstance(card.text(), str)


def test_a_button_of_an_explorer_sets_its_state_and_an_unknown_one_does_nothing() -> None:
    """Prevents a button that stands there and does nothing."""
    letters = (Button("To b", lambda state: Choice("b", "beta")),)
    explorer = made_up([])
    parts = (*explorer.parts, Bar(letters))
    card = ExplorerCard(replace(explorer, parts=parts), Choice("a", "apex"))
    assert list(buttons_of(card)) == ["To b"]
    press(card, "To c")
    assert card.values() == {"letter": "a", "word": "apex"}
    press(card, "To b")
    assert card.values() == {"letter": "b", "word": "beta"} and "1 words" in seen(card)


def test_few_and_short_choices_stand_side_by_side() -> None:
    """Prevents a list to open for yes and no, and tabs that fill the screen."""
    field = Field("name", "Name")
    assert show_field(field, [("One", "1"), ("Two", "2")]).look == "tabs"
    assert show_field(field, [(f"Option {n}", str(n)) for n in range(8)]).look == "list"
    assert show_field(field, [("A text of more than 22 letters", "1")]).look == "list"
    assert show_field(Field("name", "Name", kind="check box"), ()).look == "check"


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
