"""Blocks as text of a readable width."""

from __future__ import annotations

from cybernorms.document import (
    Bullets,
    Paragraph,
    to_text,
)


def test_text_is_at_most_88_characters_wide_unless_an_address_is_longer() -> None:
    """Prevents lines that wrap badly in a cell."""
    long = Paragraph("word " * 100)
    assert max(map(len, to_text([long, Bullets(["word " * 60])]).splitlines())) <= 88
