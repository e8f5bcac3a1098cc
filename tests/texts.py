"""What a page says, as tests compare it."""

from __future__ import annotations

from collections.abc import Iterable

from cybernorms.document import Block, line_text, to_text


def one_line(text: str) -> str:
    """Return text without line breaks, which fall elsewhere at another width."""
    return " ".join(text.split())


def flat(blocks: Iterable[Block]) -> str:
    """Return the text of blocks in one line."""
    return one_line(to_text(blocks))


def on_a_page(text: str) -> str:
    """Return text of a table as it stands on a page, in one line."""
    return one_line(line_text(text))
