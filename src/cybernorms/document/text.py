"""Blocks as plain text, 88 characters wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from textwrap import fill
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
    Strong,
    Table,
    Typed,
)
from cybernorms.document.drawings import describe_row

WIDTH = 88


def to_text(blocks: Sequence[Block], *, compact: bool = False) -> str:
    """Return blocks as plain text, an empty line between two blocks.

    Arguments:
        blocks: what to write.
        compact: without empty lines, and with words broken at hyphens, as results are printed
            below a cell.
    """
    return _compact.write(blocks) if compact else _spaced.write(blocks)


def curly(text: str) -> str:
    """Return text with curly quotation marks, where a table has straight ones in pairs.

    >>> curly('The verb is "allow".')
    'The verb is “allow”.'
    """
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text) if '"' in text else text


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """Return a number with its noun.

    >>> plural(1, "file"), plural(0, "file"), plural(3, "answer is", "answers are")
    ('1 file', '0 files', '3 answers are')
    """
    return f"{count} {noun if count == 1 else plural_noun or noun + 's'}"


def line_text(line: Line) -> str:
    """Return a line as plain text: an address behind a link, marks around what has changed."""
    return curly(line) if isinstance(line, str) else "".join(map(_inline, line))


def _inline(part: Inline) -> str:
    match part:
        case str():
            return curly(part)
        case Link():
            return f"{part.text} <{part.address}>"
        case Added():
            return f"[+{curly(part.text)}+]"
        case Lost():
            return f"[-{curly(part.text)}-]"
        case Pinpoint():
            return f"[{curly(part.text)}]"
        case Quoted():
            return f"\u201c{curly(part.text)}\u201d"
        case Strong():
            return curly(part.text)
    return part.text


class _Writer:
    """Writes blocks one below the other.

    Arguments:
        gap: what stands between two blocks.
        breaks: whether long words are broken, and words at their hyphens.
    """

    def __init__(self, gap: str, breaks: bool) -> None:
        self._gap = gap
        self._breaks = breaks
        self.writers: Mapping[type, Callable[[Any], str]] = {
            Heading: self._heading,
            Paragraph: lambda block: self._wrap(line_text(block.text)),
            Labelled: lambda block: self._wrap(f"{block.label}: {line_text(block.text)}"),
            Typed: lambda block: block.text,
            Quote: self._quote,
            Bullets: self._bullets,
            Facts: self._facts,
            Table: self._table,
            Picture: self._picture,
            Dots: lambda block: self._wrap(block.alt),
            Scale: self._scale,
            Section: self._section,
            Aside: self._aside,
            Columns: lambda block: self.write(block.sections),
        }

    def write(self, blocks: Sequence[Block]) -> str:
        return self._gap.join(self.writers[type(block)](block) for block in blocks)

    def _wrap(self, text: str, first: str = "", rest: str = "") -> str:
        return fill(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=self._breaks,
            break_on_hyphens=self._breaks,
        )

    def _heading(self, block: Heading) -> str:
        rule = "=" if block.level == 3 else "-"
        return f"{block.text}\n{rule * min(len(block.text), WIDTH)}"

    def _quote(self, block: Quote) -> str:
        quoted = self._wrap(f"\u201c{line_text(block.text)}\u201d", "  ", "  ")
        return f"{quoted}\n{self._wrap(line_text(block.location), '  -- ', '     ')}"

    def _bullets(self, block: Bullets) -> str:
        return "\n".join(self._wrap(line_text(item), "- ", "  ") for item in block.items)

    def _facts(self, block: Facts) -> str:
        return "\n".join(
            self._wrap(f"{name}: {line_text(text)}", "", "  ") for name, text in block.pairs
        )

    def _table(self, block: Table) -> str:
        first = block.columns[0]
        lines = [f"{block.caption}. By {first}:" if first else block.caption]
        for row in block.rows:
            cells = "; ".join(
                f"{column}: {line_text(cell)}"
                for column, cell in zip(block.columns[1:], row[1:], strict=True)
                if line_text(cell)
            )
            lines.append(self._wrap(f"{line_text(row[0])}: {cells}", "- ", "  "))
        return "\n".join(lines)

    def _picture(self, block: Picture) -> str:
        return f"{self._wrap(f'Figure: {block.caption}')}\n{self._wrap(block.alt)}"

    def _scale(self, block: Scale) -> str:
        return "\n".join(
            self._wrap(f"{row.name} ({row.note}): {describe_row(row)}", "- ", "  ")
            for row in block.rows
        )

    def _section(self, block: Section) -> str:
        return f"{self._heading(Heading(block.title, block.level))}\n{self.write(block.blocks)}"

    def _aside(self, block: Aside) -> str:
        return f"{block.heading or f'[{block.summary}]'}\n{self.write(block.blocks)}"


_spaced = _Writer("\n\n", breaks=False)
_compact = _Writer("\n", breaks=True)
