"""The Markdown of a notebook or a guide as blocks, and the folded parts of it by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any

import mistune
from msgspec import Struct

from cybernorms.document import (
    Block,
    Bullets,
    Heading,
    Inline,
    Line,
    Link,
    Paragraph,
    Quote,
    Strong,
    Table,
    Verbatim,
    line_text,
)

Token = Mapping[str, Any]
_parse = mistune.create_markdown(renderer=None, plugins=["table"])
_DETAILS = re.compile(r"<(/?)details\b([^>]*)>")
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_LEAD = re.compile(r"<p><strong>(.*?)</strong></p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class Folded(Struct, frozen=True):
    """A part that a reader opens; `later` says that it waits for an answer."""

    summary: str
    later: bool
    text: str


def pieces(source: str) -> list[str | Folded]:
    r"""Return a text and its outermost folded parts, in the order in which they stand.

    >>> [type(each).__name__ for each in pieces("a\n<details>\n\nb\n</details>\nc")]
    ['str', 'Folded', 'str']
    """
    found: list[str | Folded] = []
    depth, start, attributes, last = 0, 0, "", 0
    for tag in _DETAILS.finditer(source):
        if not tag[1]:
            if depth == 0:
                found.append(source[last : tag.start()])
                start, attributes = tag.end(), tag[2]
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append(_folded(source[start : tag.start()], attributes))
                last = tag.end()
    found.append(source[last:])
    return [each for each in found if isinstance(each, Folded) or each.strip()]


def _folded(inside: str, attributes: str) -> Folded:
    summary = _SUMMARY.search(inside)
    name = unescape(_TAG.sub("", summary[1])).strip() if summary else ""
    return Folded(name, "cn-later" in attributes, _SUMMARY.sub("", inside, count=1).strip())


def take_lead(text: str) -> tuple[str, str]:
    """Return the thought that a reading opens with, where it has one, and the rest of it."""
    found = _LEAD.match(text)
    return (unescape(found[1]), text[found.end() :].strip()) if found else ("", text)


def blocks_of(source: str) -> list[Block]:
    """Return Markdown as blocks; what is folded in it is opened, and other HTML left out."""
    made: list[Block] = []
    for piece in pieces(source):
        if isinstance(piece, str):
            made += [block for token in _tokens(piece) if (block := _block(token))]
            continue
        lead, rest = take_lead(piece.text)
        made += [Paragraph([Strong(lead or piece.summary)]), *blocks_of(rest)]
    return made


def spoken(line: Line) -> str:
    """Return a line as plain text, with links as their words alone."""
    return line_text([each.text if isinstance(each, Link) else each for each in _pieces(line)])


def paragraphs_of(blocks: Iterable[Block]) -> list[str]:
    """Return the plain text of the paragraphs and items among blocks."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(spoken(block.text))
        elif isinstance(block, Bullets):
            found += [spoken(item) for item in block.items]
    return found


def _tokens(source: str) -> Sequence[Token]:
    parsed = _parse(source)
    assert isinstance(parsed, list)  # tokens, since there is no renderer
    return parsed


def _block(token: Token) -> Block | None:
    children = token.get("children", ())
    match token["type"]:
        case "heading":
            return Heading(line_text(_line(children)), token["attrs"]["level"])
        case "paragraph" | "block_text":
            return Paragraph(_line(children))
        case "list":
            return _bullets(token)
        case "block_quote":
            return _quote(children)
        case "table":
            return _table(children)
        case "block_code":
            return Paragraph([Verbatim(token["raw"].strip())])
    return None


def _bullets(token: Token) -> Bullets:
    ordered = token["attrs"]["ordered"]
    items: list[Line] = []
    for number, item in enumerate(token["children"], token["attrs"].get("start") or 1):
        parts = [_line(each.get("children", ())) for each in item["children"]]
        line = [piece for part in parts for piece in [*_pieces(part), " "]][:-1]
        items.append([f"{number}. ", *line] if ordered else line)
    return Bullets(items, "numbered" if ordered else "")


def _pieces(line: Line) -> Sequence[Inline]:
    return [line] if isinstance(line, str) else line


def _quote(children: Sequence[Token]) -> Quote:
    """Return a quotation, whose last paragraph says where it stands."""
    lines = [_line(each.get("children", ())) for each in children if each["type"] == "paragraph"]
    *words, where = lines if len(lines) > 1 else [*lines, ""]
    text = [piece for line in words for piece in [*_pieces(line), " "]][:-1]
    said = line_text(text).strip('“”"')
    return Quote(said, where)


def _table(children: Sequence[Token]) -> Table:
    head, body = children
    columns = [line_text(_line(cell["children"])) for cell in head["children"]]
    rows = [[_line(cell["children"]) for cell in row["children"]] for row in body["children"]]
    return Table("", columns, rows)


def _line(children: Iterable[Token]) -> list[Inline]:
    """Return the inlines of a line, with neighbouring plain text joined."""
    pieces: list[Inline] = []
    for piece in (made for token in children for made in _inlines(token)):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _inlines(token: Token) -> list[Inline]:
    match token["type"]:
        case "text":
            return [unescape(token["raw"])]
        case "softbreak" | "linebreak":
            return [" "]
        case "codespan":
            return [Verbatim(unescape(token["raw"]))]
        case "strong":
            return [Strong(line_text(_line(token["children"])))]
        case "emphasis":
            return _line(token["children"])
        case "link":
            words, address = line_text(_line(token["children"])), token["attrs"]["url"]
            return [Link(words, address) if "://" in address else words]
    return []
