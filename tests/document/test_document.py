"""Blocks say the same as HTML and as text, and let nothing through that a browser would run."""

from __future__ import annotations

import re
from html import unescape
from typing import get_args

import pytest

from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Columns,
    Facts,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Section,
    Sign,
    Status,
    Strong,
    Table,
    Typed,
    Verbatim,
    html,
    text,
    to_html,
    to_text,
)

BLOCKS = [
    Heading("Heading one"),
    Paragraph(
        ["Words ", Strong("strong"), " and ", Link("a link", "https://docs.un.org/en/A/70/174")]
    ),
    Quote("Quoted words", "The place"),
    Bullets(["First item", "Second item"]),
    Facts([("Name", "What is said")]),
    Table("The caption", ["Row", "Column"], [["One", "Cell one"], ["Two", "Cell two"]]),
    Columns(
        [Section("Left", [Paragraph("Left words")]), Section("Right", [Paragraph("Right words")])]
    ),
    Aside("More", [Paragraph("Hidden words")]),
]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_html_and_text_have_the_same_words() -> None:
    """Prevents a text form that says less than the screen."""
    shown = unescape(re.sub(r"<[^>]*>", " ", to_html(BLOCKS)))
    text = to_text(BLOCKS).replace("https://docs.un.org/en/A/70/174", "")
    assert set(words(shown)) == set(words(text)) - {"By"}


@pytest.mark.parametrize("kind", get_args(Block), ids=lambda kind: kind.__name__)
def test_every_kind_of_block_has_both_forms(kind: type) -> None:
    """Prevents a new block from failing only where somebody prints the page."""
    assert kind in html.BLOCKS
    assert kind in text._spaced.writers


@pytest.mark.parametrize("kind", get_args(Inline), ids=lambda kind: kind.__name__)
def test_every_piece_of_a_line_has_both_forms(kind: type) -> None:
    assert kind in html.INLINES
    more = {Link: ["look"], Sign: ["look"], Status: ["a piece", "a piece"]}.get(kind, [])
    part = kind("a piece", *more)
    assert "a piece" in to_text([Paragraph([part])])


def test_what_somebody_typed_stays_as_it_is() -> None:
    """Prevents the words of a learner from being changed on the way to a teacher."""
    assert "&quot;as is&quot;" in to_html([Paragraph([Verbatim('"as is"')])])
    assert 'typed "so"\n  and so' in to_text([Typed('typed "so"\n  and so')])


def test_straight_quotes_of_the_data_are_shown_curly_in_pairs() -> None:
    """Prevents two kinds of quotation marks on one screen; a lone mark is left alone."""
    assert "\u201callow\u201d" in to_text([Paragraph('The verb is "allow".')])
    assert '5"' in to_text([Paragraph('A 5" disk')])
