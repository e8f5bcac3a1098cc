"""The kit as tests look at it: made once, and as plain text."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import unescape
from typing import Any

from docx import Document

from cybernorms.kit.catalogue import documents
from cybernorms.kit.lessons import TaughtLesson, load_taught
from cybernorms.kit.paper import Sheet
from cybernorms.kit.talk import Slide, slides_of
from cybernorms.kit.web import web_page
from cybernorms.kit.word import word_file

TAGS = re.compile(r"<[^>]+>")


@cache
def lessons() -> tuple[TaughtLesson, ...]:
    return tuple(load_taught())


@cache
def sheets() -> tuple[Sheet, ...]:
    return tuple(documents(lessons()))


@cache
def slides() -> dict[str, list[Slide]]:
    return {each.name: slides_of(each) for each in lessons()}


@cache
def page(name: str) -> str:
    return web_page(sheet(name))


@cache
def word(name: str) -> Any:
    return Document(io.BytesIO(word_bytes(name)))


@cache
def word_bytes(name: str) -> bytes:
    return word_file(sheet(name))


def sheet(name: str) -> Sheet:
    return next(each for each in sheets() if each.name == name)


def lesson(name: str) -> TaughtLesson:
    return next(each for each in lessons() if each.name == name)


def words_of_page(html: str) -> str:
    """Return what a page says, with its runs of words joined as a reader joins them."""
    body = html.partition("<body")[2]
    return plain(unescape(TAGS.sub(" ", body)))


def words_of_file(content: bytes, part: str = "word/document.xml") -> str:
    """Return what a part of an Office file says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(part).decode("utf-8")
    return plain(unescape(TAGS.sub("", re.sub(r"</(?:w|a):p>|<w:tab/>", " ", xml))))


def plain(text: str) -> str:
    """Return a text with straight marks and single spaces."""
    straight = text.translate(str.maketrans("“”‘’\u00a0", "\"\"'' "))
    return re.sub(r"\s+([,.;)])", r"\1", " ".join(straight.split()))
