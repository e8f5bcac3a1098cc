"""What prose states that can be checked: quotations, UN symbols, full dates and vote counts.

Only these four are looked for. Names, numbers in words and scare quotes of up to three words are
not; they would drown the finds that matter.
"""

from __future__ import annotations

import calendar
import csv
import html
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from operator import attrgetter
from pathlib import Path

from tests.factories import path_of
from tests.paths import ROOT

MONTHS = list(calendar.month_name)[1:]

_SYMBOL = re.compile(r"\bA/(?:RES/|AC\.\d+/|C\.\d/)?\d{2,4}(?:/[A-Z0-9.]+)*\b")
_RESOLUTION = re.compile(r"\b[Rr]esolution (\d{2,3}/\d{1,3})\b")
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_VOTE = re.compile(r"\b\d{1,3}[-\u2013]\d{1,3}[-\u2013]\d{1,3}\b")
_QUOTED = re.compile(r"\u201c([^\u201c\u201d]*)\u201d")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")


@dataclass(frozen=True)
class Statement:
    """Something that prose states, and where."""

    kind: str
    text: str
    place: str


def flat(text: str) -> str:
    """Return text as it is compared: no case, no markup, plain quotes and dashes."""
    text = html.unescape(text).translate(
        {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"}
    )
    return re.sub(r"\s+", " ", re.sub(r"[*_]", "", text)).strip().casefold()


def statements_in(prose: str, place: str) -> Iterator[Statement]:
    """Yield each checkable statement of a passage of Markdown or plain text."""
    prose = _CODE.sub(" ", prose)
    for block in re.findall(r"(?:^>.*\n?)+", prose, re.MULTILINE):
        lines = [line.lstrip("> ").strip() for line in block.splitlines()]
        quoted = " ".join(line for line in lines if line).split("\u201d")[0].strip("\u201c ")
        yield Statement("quotation", quoted, place)
    bare = _ADDRESS.sub(" ", prose)
    for quoted in _QUOTED.findall(bare):
        if len(re.findall(r"\w+", quoted)) >= 4:
            yield Statement("quotation", quoted, place)
    for symbol in _SYMBOL.findall(bare):
        yield Statement("symbol", symbol, place)
    for number in _RESOLUTION.findall(bare):
        yield Statement("symbol", f"A/RES/{number}", place)
    for day, month, year in _DATE.findall(bare):
        iso = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
        yield Statement("date", iso, place)
    for vote in _VOTE.findall(bare):
        yield Statement("vote", vote.replace("\u2013", "-"), place)


def prose_of_notebook(path: Path) -> Iterator[tuple[str, str]]:
    """Yield place and text of each prose cell of a notebook."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            yield f"{path.name}, cell {cell['id']}", "".join(cell["source"])


def prose_of_questions(path: Path) -> Iterator[tuple[str, str]]:
    """Yield place and text of each text of a question set."""

    def walk(value: object, place: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, list):
            for number, each in enumerate(value, start=1):
                yield from walk(each, f"{place} {number}")
        elif isinstance(value, dict):
            name = value.get("id", "")
            for key, each in value.items():
                if key not in ("id", "sources", "passages", "source", "pinpoint"):
                    yield from walk(each, f"{place}, {name} {key}".replace("  ", " "))

    yield from walk(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def all_prose() -> Iterator[tuple[str, str]]:
    """Yield place and text of everything that learners read: lessons, exercises, questions."""
    for folder in ("notebooks", "notebooks/instructor", "exercises"):
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            yield from prose_of_notebook(path)
    for path in sorted((ROOT / "exercises" / "questions").glob("*.toml")):
        yield from prose_of_questions(path)


@cache
def cells() -> tuple[str, ...]:
    """Return every cell of every table, flattened."""
    found = []
    for path in sorted((ROOT / "data").glob("*/*.csv"), key=attrgetter("name")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [flat(cell) for row in csv.reader(file) for cell in row]
    return tuple(found)


@cache
def quoted_cells() -> tuple[str, ...]:
    """Return the texts that prose may quote: quotations, titles, and misreadings."""
    wanted = {
        "quotations": "text",
        "sources": "title",
        "lessons": "title",
        "norm_misreadings": "misreading",
    }
    found = []
    for table, column in wanted.items():
        with path_of(ROOT / "data", table).open(encoding="utf-8", newline="") as file:
            found += [flat(row[column]) for row in csv.DictReader(file)]
    return tuple(found)


def is_known(statement: Statement) -> bool:
    """Return whether the tables of `data/` bear a statement out."""
    text = flat(statement.text)
    if statement.kind == "quotation":
        pieces = [piece.strip(" .,;:") for piece in re.split(r"…|\.\.\.", text)]
        return any(all(piece in cell for piece in pieces) for cell in quoted_cells())
    if statement.kind == "symbol":
        return any(re.search(rf"(?<![\w/]){re.escape(text)}(?![\w/])", cell) for cell in cells())
    if statement.kind == "date":
        year, month, day = text.split("-")
        said = f"{int(day)} {MONTHS[int(month) - 1]} {year}".casefold()
        return any(re.search(rf"(?<!\d){said}|{text}", cell) for cell in cells())
    return any(text in cell for cell in cells())


@cache
def _places() -> tuple[tuple[str, str], ...]:
    """Return place and flattened text of every cell, the place as file, row and column."""
    found = []
    for path in sorted((ROOT / "data").glob("*/*.csv"), key=attrgetter("name")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                name = row.get("id") or f"line {number}"
                found += [(f"{path.name}, {name}, {column}", flat(row[column])) for column in row]
    return tuple(found)


def nearest(statement: Statement) -> str:
    """Return the place in the data that is most like a statement, so that both can be compared."""
    text = flat(statement.text)
    words = set(re.findall(r"\w+", text))

    def likeness(cell: tuple[str, str]) -> float:
        shared = len(words & set(re.findall(r"\w+", cell[1])))
        return shared / (len(words) + 0.02 * len(cell[1].split()))

    if statement.kind == "quotation":
        place, cell = max(_places(), key=likeness)
    else:
        short = [each for each in _places() if each[1] and len(each[1]) <= 40]
        place, cell = max(short, key=lambda each: SequenceMatcher(None, text, each[1]).ratio())
    return f"{place}: {cell[:120]!r}"
