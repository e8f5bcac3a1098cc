"""Blocks say the same as HTML and as text, and let nothing through that a browser would run."""

from __future__ import annotations

import re
from html import unescape

import pytest

from cybernorms.document import (
    Aside,
    Bullets,
    Columns,
    Facts,
    Heading,
    Link,
    Paragraph,
    Picture,
    Quote,
    Section,
    Strong,
    Table,
    to_html,
    to_text,
)

HOSTILE = '<script>alert("1")</script>'
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


@pytest.mark.parametrize(
    "block",
    [
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Paragraph([Strong(HOSTILE), Link(HOSTILE, f'"onclick={HOSTILE}')]),
        Quote(HOSTILE, HOSTILE),
        Bullets([HOSTILE]),
        Facts([(HOSTILE, HOSTILE)]),
        Table(HOSTILE, [HOSTILE, HOSTILE], [[HOSTILE, HOSTILE]]),
        Picture("data:,", HOSTILE, HOSTILE),
        Section(HOSTILE, []),
        Aside(HOSTILE, []),
    ],
)
def test_markup_in_texts_is_escaped(block) -> None:
    """Prevents a text of the data or of a learner from running in a browser."""
    shown = to_html([block])
    assert "<script" not in shown
    assert not re.search(r'="[^"]*"onclick', shown)


def test_text_is_at_most_88_characters_wide_unless_an_address_is_longer() -> None:
    """Prevents lines that wrap badly in a cell."""
    long = Paragraph("word " * 100)
    assert max(map(len, to_text([long, Bullets(["word " * 60])]).splitlines())) <= 88


def test_links_within_the_module_stay_in_jupyterlab() -> None:
    """Prevents a new browser tab for each lesson."""
    assert "target" not in to_html([Paragraph([Link("a lesson", "02-un-norms.ipynb")])])
    assert "target" in to_html([Paragraph([Link("a source", "https://docs.un.org")])])


def test_straight_quotes_of_the_data_are_shown_curly_in_pairs() -> None:
    """Prevents two kinds of quotation marks on one screen; a lone mark is left alone."""
    assert "\u201callow\u201d" in to_text([Paragraph('The verb is "allow".')])
    assert '5"' in to_text([Paragraph('A 5" disk')])
