"""Documents of the kit as pages that open in any browser, and that print as they should."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from cybernorms.document import Table, curly, line_html
from cybernorms.document.html import BLOCKS
from cybernorms.kit.paper import (
    LETTERS,
    SCALE,
    AnyBlock,
    Blank,
    Grid,
    Notes,
    PageEnd,
    Sheet,
    Task,
    Text,
    Texts,
    Vote,
    Words,
)

MOST_LINES = 30
SIZES = {"a4": "A4", "letter": "letter"}


@cache
def _style() -> str:
    css = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()


def web_page(sheet: Sheet, size: str = "a4") -> str:
    """Return a document as a whole page in HTML that runs nothing and loads nothing.

    Arguments:
        sheet: what stands on it.
        size: of the paper when it is printed, `a4` or `letter`.
    """
    is_book = sheet.look == "book"
    body = _book(sheet) if is_book else _pages(sheet)
    paper = f"@page {{ size: {SIZES[size]}; margin: {'16mm' if is_book else '0'} }}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.over)}: {escape(sheet.title)}</title>\n"
        f"<style>{_style()} {paper}</style>\n</head>\n"
        f'<body class="{sheet.look} {size}">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _book(sheet: Sheet) -> str:
    over = f'<p class="over">cybernorms: {_words(sheet.over)}</p>' if sheet.over else ""
    foot = f'<p class="foot">{_words(sheet.source_line)}</p>' if sheet.source_line else ""
    return f"{over}<h1>{_words(sheet.title)}</h1>{blocks_html(sheet.blocks)}{foot}"


def _pages(sheet: Sheet) -> str:
    pages: list[list[AnyBlock]] = [[]]
    for block in sheet.blocks:
        if isinstance(block, PageEnd):
            pages.append([])
        else:
            pages[-1].append(block)
    name = (
        '<p class="name">Name <i></i> Group <i></i></p>'
        if sheet.form and sheet.look == "sheet"
        else ""
    )
    made = []
    for number, blocks in enumerate(pages, 1):
        heading = f"<h1>{_words(sheet.title)}</h1>" if number == 1 else ""
        if sheet.look == "cards":
            heading = heading.replace("<h1>", '<h1 class="hide">')
        foot = (
            f'<div class="foot"><p>{_words(sheet.source_line)}</p>'
            if sheet.source_line
            else "<div>"
        )
        made.append(
            f'<section class="page" aria-label="Page {number} of {len(pages)}">'
            f'<div class="head"><p><b>cybernorms</b> {_words(sheet.over)}</p>{name}</div>'
            f"{heading}{blocks_html(blocks)}{foot}<p>{number} / {len(pages)}</p></div></section>"
        )
    return "\n".join(made)


def blocks_html(blocks: Sequence[AnyBlock]) -> str:
    """Return blocks of a document or of paper as HTML."""
    return "".join(_WRITERS[type(block)](block) for block in blocks)


def _words(text: str) -> str:
    return escape(curly(text))


def _task(block: Task) -> str:
    hint = f" <small>{_words(block.hint)}</small>" if block.hint else ""
    return f"<h2><b>{block.number}</b> {_words(block.title)}{hint}</h2>"


def _texts(block: Texts) -> str:
    columns = "".join(
        f"<div>{''.join(_text(each) for each in column)}</div>" for column in block.columns
    )
    return f'<div class="texts n{len(block.columns)}">{columns}</div>'


def _text(block: Text) -> str:
    lines = "".join(
        f"<li>{''.join(_run(text, quoted) for text, quoted in line)}</li>" for line in block.lines
    )
    return (
        f"<h3>{_words(block.title)} <small>{_words(block.where)}</small></h3>"
        f'<ol class="lines" start="{block.first}">{lines}</ol>'
    )


def _run(text: str, quoted: bool) -> str:
    """Return words, those of a source in their own type; the space before them stays outside."""
    space = " " if text.startswith(" ") else ""
    return f"{space}<q>{_words(text.strip())}</q>" if quoted else _words(text)


def _large(block: Words) -> str:
    words = " ".join(f"<span>{_words(word)}</span>" for word in block.text.split())
    return f'<p class="words{" huge" if block.huge else ""}">{words}</p>'


def _blank(block: Blank) -> str:
    return f'<p class="fill">{_words(block.label)}{"<i></i>" * block.lines}</p>'


def _vote(block: Vote) -> str:
    mark = "box" if block.several else "letters"
    quotes = "".join(f"<blockquote>{_words(each)}</blockquote>" for each in block.passages)
    options = "".join(
        f"<li><b>{'☐' if block.several else letter}</b> {_words(text)}</li>"
        for letter, text in zip(LETTERS, block.options, strict=False)
    )
    listed = f'<ul class="{mark}">{options}</ul>' if options else ""
    counts = "".join(f"{letter} <i></i> " for letter in LETTERS[: len(block.options)])
    foot = (
        f'<p class="because"><span>because of line <i></i></span><span>class: {counts}</span></p>'
        if block.counts
        else ""
    )
    return (
        f'<div class="vote"><p class="ask"><b>{block.letter}</b> {_words(block.prompt)}</p>'
        f"{quotes}{listed}{foot}</div>"
    )


def _grid(block: Grid) -> str:
    widths = "".join(f'<col style="width:{100 * share:g}%">' for share in block.widths)
    head = "".join(f'<th scope="col">{_words(column)}</th>' for column in block.columns)
    body = "".join(
        f'<tr style="height:{block.height}mm"><th scope="row">{_words(row[0])}</th>'
        + "".join(_cell(cell) for cell in row[1:])
        + "</tr>"
        for row in block.rows
    )
    return (
        f'<table class="grid"><caption>{_words(block.caption)}</caption>'
        f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _table(block: Table) -> str:
    caption = f"<caption>{_words(block.caption)}</caption>" if block.caption else ""
    head = "".join(f'<th scope="col">{_words(column or "Row")}</th>' for column in block.columns)
    body = "".join(
        f'<tr><th scope="row">{line_html(row[0])}</th>'
        + "".join(f"<td>{line_html(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in block.rows
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: str) -> str:
    if cell == SCALE:
        ticks = "<i></i>" * 11
        return f'<td class="scale"><span class="rule" aria-hidden="true">{ticks}</span></td>'
    return f"<td>{_words(cell)}</td>" if cell else '<td class="box"></td>'


def _notes(block: Notes) -> str:
    return f'<div class="notes"><p>Notes</p>{"<i></i>" * MOST_LINES}</div>'


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    **BLOCKS,
    Table: _table,
    Task: _task,
    Texts: _texts,
    Words: _large,
    Blank: _blank,
    Vote: _vote,
    Grid: _grid,
    Notes: _notes,
    PageEnd: lambda block: '<div class="end"></div>',
}
