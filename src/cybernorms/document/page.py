"""A whole page of blocks that opens in any browser, runs nothing and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from cybernorms.document.blocks import Block
from cybernorms.document.html import to_html

BOTTOM = "\n</main>\n</body>\n</html>\n"


@cache
def style() -> str:
    """Return the stylesheet of all pages, without comments and spare spaces."""
    css = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?|(?<=[a-z]:) ", r"\1", css).replace(";}", "}").strip()


@cache
def page_head(images: bool = False) -> str:
    """Return how every page begins; nothing but the style in it may be used on the page."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    sources = f"{'img-src data:; ' if images else ''}style-src 'sha256-{digest}'"
    rule = f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<style>{style()}</style>\n"
    )


def page(
    title: str, blocks: Sequence[Block], *, heading: str = "", over: str = "", images: bool = False
) -> str:
    """Return a whole page.

    Arguments:
        title: of the page, which is its first heading too unless `heading` is another.
        blocks: what stands on it.
        heading: the first heading, where it says more than a title can.
        over: a line above the heading.
        images: whether figures may stand on it.
    """
    top, bottom = page_frame(title, heading=heading, over=over, images=images)
    return top + to_html(blocks) + bottom


def page_frame(
    title: str, *, heading: str = "", over: str = "", images: bool = False
) -> tuple[str, str]:
    """Return what stands above and below the blocks of a page, with the arguments of `page`."""
    return page_head(images) + page_top(title, heading=heading, over=over), BOTTOM


def page_top(title: str, *, heading: str = "", over: str = "") -> str:
    """Return what stands between the head and the blocks of a page."""
    above = f'<p class="cn-over">{escape(over)}</p>\n' if over else ""
    return (
        f"<title>{escape(title)}</title>\n</head>\n<body>\n<main>\n"
        f"{above}<h1>{escape(heading or title)}</h1>\n"
    )
