"""Pages made of blocks, each of which can be written as HTML and as plain text.

An explorer says what it shows once, as blocks; the two forms come from the same blocks, so that
what a screen reader, a test or a printed page gets is what the screen shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from textwrap import fill

from msgspec import Struct

WIDTH = 88


class Link(Struct, frozen=True):
    """Words that lead to an address."""

    text: str
    address: str


class Strong(Struct, frozen=True):
    """Words that carry weight."""

    text: str


class Added(Struct, frozen=True):
    """Words that a text has and the one before it had not."""

    text: str


class Lost(Struct, frozen=True):
    """Words that the text before had and this one has not."""

    text: str


Inline = str | Link | Strong | Added | Lost
Line = str | Sequence[Inline]


def _inlines(line: Line) -> Sequence[Inline]:
    return (line,) if isinstance(line, str) else line


def curly(text: str) -> str:
    """Return text with curly quotation marks, where a table has straight ones in pairs.

    >>> curly('The verb is "allow".')
    'The verb is “allow”.'
    """
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text)


def line_html(line: Line) -> str:
    """Return a line as HTML with everything escaped."""
    parts = []
    for part in _inlines(line):
        if isinstance(part, Link):
            parts.append(_anchor(part))
        elif isinstance(part, Strong):
            parts.append(f"<strong>{escape(curly(part.text))}</strong>")
        elif isinstance(part, Added):
            parts.append(f"<ins>{escape(curly(part.text))}</ins>")
        elif isinstance(part, Lost):
            parts.append(f"<del>{escape(curly(part.text))}</del>")
        else:
            parts.append(escape(curly(part)))
    return "".join(parts)


def _anchor(link: Link) -> str:
    """Return a link as HTML; one to a page elsewhere opens beside the notebook."""
    outside = ' target="_blank" rel="noopener"' if "://" in link.address else ""
    return f'<a href="{escape(link.address)}"{outside}>{escape(link.text)}</a>'


def _part_text(part: Inline) -> str:
    """Return a piece as plain text: an address behind a link, marks around what has changed."""
    if isinstance(part, Link):
        return f"{part.text} <{part.address}>"
    if isinstance(part, Added):
        return f"[+{curly(part.text)}+]"
    if isinstance(part, Lost):
        return f"[-{curly(part.text)}-]"
    return curly(part.text if isinstance(part, Strong) else part)


def line_text(line: Line) -> str:
    """Return a line as plain text."""
    return "".join(_part_text(part) for part in _inlines(line))


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


class Heading(Struct, frozen=True):
    """A heading; level 3 is the first inside a notebook's sections."""

    text: str
    level: int = 3

    def html(self) -> str:
        return f"<h{self.level}>{escape(self.text)}</h{self.level}>"

    def plain(self) -> str:
        rule = "=" if self.level == 3 else "-"
        return f"{self.text}\n{rule * min(len(self.text), WIDTH)}"


class Paragraph(Struct, frozen=True):
    """A paragraph; `role` is a style: `note`, `status`, `plain`, or none."""

    text: Line
    role: str = ""

    def html(self) -> str:
        style = f' class="cn-{self.role}"' if self.role else ""
        return f"<p{style}>{line_html(self.text)}</p>"

    def plain(self) -> str:
        return _wrapped(line_text(self.text))


class Quote(Struct, frozen=True):
    """The words of a source, with the place where they stand."""

    text: Line
    place: Line

    def html(self) -> str:
        return (
            f"<blockquote><p>{line_html(self.text)}</p>"
            f"<footer>{line_html(self.place)}</footer></blockquote>"
        )

    def plain(self) -> str:
        quoted = _wrapped(f"\u201c{line_text(self.text)}\u201d", "  ", "  ")
        return f"{quoted}\n{_wrapped(line_text(self.place), '  -- ', '     ')}"


class Bullets(Struct, frozen=True):
    """A list without order."""

    items: Sequence[Line]

    def html(self) -> str:
        return "<ul>" + "".join(f"<li>{line_html(item)}</li>" for item in self.items) + "</ul>"

    def plain(self) -> str:
        return "\n".join(_wrapped(line_text(item), "- ", "  ") for item in self.items)


class Facts(Struct, frozen=True):
    """Names with what is said about each."""

    pairs: Sequence[tuple[str, Line]]

    def html(self) -> str:
        rows = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{line_html(text)}</dd></div>"
            for name, text in self.pairs
        )
        return f"<dl>{rows}</dl>"

    def plain(self) -> str:
        return "\n".join(
            _wrapped(f"{name}: {line_text(text)}", "", "  ") for name, text in self.pairs
        )


class Table(Struct, frozen=True):
    """A table whose first column names the row."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Line]]

    def html(self) -> str:
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in self.columns)
        body = "".join(
            f'<tr><th scope="row">{line_html(row[0])}</th>'
            + "".join(f"<td>{line_html(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in self.rows
        )
        return (
            '<div class="cn-scroll" tabindex="0" role="region" '
            f'aria-label="{escape(self.caption)}">'
            f"<table><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def plain(self) -> str:
        lines = [f"{self.caption}. By {self.columns[0]}:" if self.columns[0] else self.caption]
        for row in self.rows:
            told = "; ".join(
                f"{column}: {line_text(cell)}"
                for column, cell in zip(self.columns[1:], row[1:], strict=True)
                if line_text(cell)
            )
            lines.append(_wrapped(f"{line_text(row[0])}: {told}", "- ", "  "))
        return "\n".join(lines)


class Picture(Struct, frozen=True):
    """A figure as an image, with the text that stands for it and a caption.

    `source` is the image as a data address.
    """

    source: str
    alt: str
    caption: str

    def html(self) -> str:
        return (
            f'<figure><img src="{self.source}" alt="{escape(self.alt)}">'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def plain(self) -> str:
        return f"{_wrapped(f'Figure: {self.caption}')}\n{_wrapped(self.alt)}"


class Section(Struct, frozen=True):
    """Blocks under a heading of their own, named for screen readers; `style` is a class."""

    title: str
    blocks: Sequence[Block]
    level: int = 4
    style: str = ""

    def html(self) -> str:
        style = f' class="cn-{self.style}"' if self.style else ""
        heading = Heading(self.title, self.level).html()
        return f"<section{style}>{heading}{to_html(self.blocks)}</section>"

    def plain(self) -> str:
        return f"{Heading(self.title, self.level).plain()}\n{to_text(self.blocks)}"


class Aside(Struct, frozen=True):
    """Blocks that a reader opens on demand; plain text shows them always."""

    summary: str
    blocks: Sequence[Block]

    def html(self) -> str:
        return f"<details><summary>{escape(self.summary)}</summary>{to_html(self.blocks)}</details>"

    def plain(self) -> str:
        return f"[{self.summary}]\n{to_text(self.blocks)}"


class Columns(Struct, frozen=True):
    """Sections side by side where there is room, one below the other where there is not."""

    sections: Sequence[Section]

    def html(self) -> str:
        return f'<div class="cn-columns">{to_html(self.sections)}</div>'

    def plain(self) -> str:
        return to_text(self.sections)


Block = Heading | Paragraph | Quote | Bullets | Facts | Table | Picture | Section | Aside | Columns


def to_html(blocks: Sequence[Block]) -> str:
    """Return blocks as HTML."""
    return "".join(block.html() for block in blocks)


def to_text(blocks: Sequence[Block]) -> str:
    """Return blocks as plain text, 88 characters wide, an empty line between two blocks."""
    return "\n\n".join(block.plain() for block in blocks)
