"""Pages made of blocks, each of which can be written as HTML and as plain text.

An explorer says what it shows once, as blocks; the two forms come from the same blocks, so that
what a screen reader, a test or a printed page gets is what the screen shows.
"""

from __future__ import annotations

from cybernorms.document.blocks import (
    Added,
    Aside,
    Block,
    Bullets,
    Columns,
    Facts,
    Heading,
    Inline,
    Labelled,
    Line,
    Link,
    Lost,
    Paragraph,
    Picture,
    Pinpoint,
    Quote,
    Section,
    Sign,
    Strong,
    Table,
    Typed,
    Verbatim,
)
from cybernorms.document.html import line_html, to_html
from cybernorms.document.text import WIDTH, curly, line_text, plural, to_text

__all__ = [
    "WIDTH",
    "Added",
    "Aside",
    "Block",
    "Bullets",
    "Columns",
    "Facts",
    "Heading",
    "Inline",
    "Labelled",
    "Line",
    "Link",
    "Lost",
    "Paragraph",
    "Picture",
    "Pinpoint",
    "Quote",
    "Section",
    "Sign",
    "Strong",
    "Table",
    "Typed",
    "Verbatim",
    "curly",
    "line_html",
    "line_text",
    "plural",
    "to_html",
    "to_text",
]
