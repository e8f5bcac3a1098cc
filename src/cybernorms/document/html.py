"""Blocks as HTML, in which everything is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from cybernorms.document.blocks import (
    Added,
    Aside,
    Block,
    Bullets,
    Columns,
    Dots,
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
    Quoted,
    Scale,
    Section,
    Sign,
    Small,
    Status,
    Strong,
    Table,
    Typed,
    Verbatim,
)
from cybernorms.document.drawings import dots_svg, scale_html
from cybernorms.document.text import curly

LINES_KEPT = 4_000  # enough for all that question sets say
TEXTS_KEPT = 32


def to_html(blocks: Sequence[Block]) -> str:
    """Return blocks as HTML."""
    return "".join([BLOCKS[type(block)](block) for block in blocks])


def line_html(line: Line) -> str:
    """Return a line as HTML."""
    if isinstance(line, str):
        return _words(line)
    return _inlines(line) if isinstance(line, tuple) else "".join(map(_inline, line))


@lru_cache(LINES_KEPT)
def _inlines(line: tuple[Inline, ...]) -> str:
    """Return a line of several pieces; reasons are the same for all who chose the same."""
    return "".join(map(_inline, line))


def _inline(part: Inline) -> str:
    return INLINES[type(part)](part)


@lru_cache(LINES_KEPT)
def _words(text: str) -> str:
    return escape(curly(text))


def _anchor(link: Link) -> str:
    """Return a link; one to a page elsewhere opens beside the notebook."""
    outside = ' target="_blank" rel="noopener"' if "://" in link.address else ""
    return f'<a href="{escape(link.address)}"{outside}>{escape(link.text)}</a>'


def _sign(sign: Sign) -> str:
    return f'<span class="cn-sign cn-{escape(sign.look)}">{escape(sign.text)}</span>'


def _status(part: Status) -> str:
    look = part.status if part.status in EVIDENCE else "unchecked"
    return f'<span class="cn-ev" data-ev="{look}">{_words(part.word)}</span>'


EVIDENCE = ("primary", "secondary", "judgement")
INLINES: Mapping[type, Callable[[Any], str]] = {
    str: _words,
    Link: _anchor,
    Strong: lambda part: f"<strong>{_words(part.text)}</strong>",
    Added: lambda part: f"<ins>{_words(part.text)}</ins>",
    Lost: lambda part: f"<del>{_words(part.text)}</del>",
    Sign: _sign,
    Pinpoint: lambda part: f'<span class="cn-place">[{_words(part.text)}]</span>',
    Verbatim: lambda part: escape(part.text),
    Quoted: lambda part: f"<q>{_words(part.text)}</q>",
    Small: lambda part: f"<small>{_words(part.text)}</small>",
    Status: _status,
}


def _style(role: str) -> str:
    return f' class="cn-{role}"' if role else ""


def _heading(block: Heading) -> str:
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


def _paragraph(block: Paragraph) -> str:
    return f"<p{_style(block.role)}>{line_html(block.text)}</p>"


def _labelled(block: Labelled) -> str:
    label = f"<strong>{escape(block.label)}.</strong>"
    return f"<p{_style(block.role)}>{label} {line_html(block.text)}</p>"


@lru_cache(TEXTS_KEPT)
def _typed_text(text: str) -> str:
    return f'<div class="cn-typed" dir="auto">{escape(text)}</div>'


def _typed(block: Typed) -> str:
    """Return what somebody typed, which stands on several pages one after the other."""
    return _typed_text(block.text)


def _quote(block: Quote) -> str:
    """Return a quotation; its place is no `footer`, which would be a landmark of the page."""
    where = f'<div class="cn-at">{line_html(block.location)}'
    force = block.force
    if not force:
        return f"<blockquote><p>{line_html(block.text)}</p>{where}</div></blockquote>"
    return (
        f'<blockquote data-force="{escape(force)}"><p>{line_html(block.text)}</p>'
        f'{where} <span class="cn-force">{escape(force)}</span></div></blockquote>'
    )


def _bullets(block: Bullets) -> str:
    items = "".join([f"<li>{line_html(item)}</li>" for item in block.items])
    return f"<ul{_style(block.role)}>{items}</ul>"


def _facts(block: Facts) -> str:
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{line_html(text)}</dd></div>"
        for name, text in block.pairs
    )
    return f"<dl>{rows}</dl>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    body = "".join(
        f'<tr><th scope="row">{line_html(row[0])}</th>'
        + "".join(f"<td>{line_html(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in block.rows
    )
    caption = escape(block.caption)
    return (
        f'<div class="cn-scroll" tabindex="0" role="region" aria-label="{caption}">'
        f"<table><caption>{caption}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _picture(block: Picture) -> str:
    image = block.source
    if not image.startswith("<svg"):
        image = f'<img src="{image}" alt="{escape(block.alt)}">'
    return f"<figure>{image}<figcaption>{escape(block.caption)}</figcaption></figure>"


def _section(block: Section) -> str:
    id = f' id="{escape(block.id)}"' if block.id else ""
    heading = _heading(Heading(block.title, block.level))
    return f"<section{id}{_style(block.style)}>{heading}{to_html(block.blocks)}</section>"


def _aside(block: Aside) -> str:
    state = " open" if block.open else ""
    summary = f"<summary>{escape(block.summary)}</summary>"
    return f"<details{state}>{summary}{to_html(block.blocks)}</details>"


def _columns(block: Columns) -> str:
    return f'<div class="cn-columns">{to_html(block.sections)}</div>'


BLOCKS: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Labelled: _labelled,
    Typed: _typed,
    Quote: _quote,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    Picture: _picture,
    Dots: dots_svg,
    Scale: scale_html,
    Section: _section,
    Aside: _aside,
    Columns: _columns,
}
