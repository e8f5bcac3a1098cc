"""The page of the desk: a frame that desk.js fills, and what never changes in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from cybernorms.classroom.results.packets import example_block, prompt_blocks
from cybernorms.document import to_html
from cybernorms.exercises.kinds import Written

_HERE = Path(__file__).parent


@cache
def part(name: str) -> str:
    """Return a file that lies beside this module, such as `desk.js`."""
    return (_HERE / name).read_text(encoding="utf-8")


def desk_page(questions: Sequence[Written], token: str) -> str:
    """Return the page.

    Arguments:
        questions: those whose answers are marked.
        token: without which the page may change nothing.
    """
    asked = "".join(
        f'<div data-question="{escape(each.id)}" hidden>'
        f"{to_html([*prompt_blocks(each), example_block(each)])}</div>"
        for each in questions
    )
    frame = part("desk.html")
    return frame.replace("{token}", escape(token)).replace("{asked}", asked)
