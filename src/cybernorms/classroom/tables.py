"""Text and tables that anybody may have written: shown and written harmlessly, read in any form."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category

from cybernorms.classroom.sheets import read_cells
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import LONGEST_NAME

LARGEST_TABLE = 20_000_000
MOST_TITLES = 20  # rows above the headings
# Letters by their category that are drawn as nothing: fillers of Hangul, the empty Braille cell.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
SPACES = re.compile(r"\s+")
_UNREADABLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff]"
)
LONGEST_CELL = 32_000  # letters; Excel holds 32,767
# Signs with which a formula begins, in all widths; all signs at which spreadsheets split a line.
_SIGNS = "=+\\-@\u207a-\u207c\u208a-\u208c\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_SEPARATORS = ",;|\t"
# What a spreadsheet may take away in front of a formula: spaces, quotes, and what is not drawn.
_GAP = (
    "[ \\n\\r\\f\\v'\"\u0085\u00a0\u00ad\u034f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-"
    "\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]*"
)
_SEPARATES = re.compile(f"[{_SEPARATORS}]")
_MAY_ACT = re.compile(f"[{_SIGNS}]")
_ACTS = re.compile(f"(?:^|(?<=[{_SEPARATORS}]))({_GAP}(?:[{_SIGNS}]|(?i:sep)=))")
_MADE_HARMLESS = re.compile(f"(?:^|(?<=[{_SEPARATORS}]))'({_GAP}(?:[{_SIGNS}]|(?i:sep)=))")
# What Moodle writes where there is nothing, and plain numbers.
_HARMLESS = re.compile(r"-|[-+]?[0-9]+(?:[.,][0-9]+)?")


def one_line(text: str, most: int = LONGEST_NAME) -> str:
    """Return text as one line that can be shown: nothing invisible, nothing that turns it round.

    >>> one_line("Ada\\u202e  Love\\nlace\\x00")
    'Ada Love lace'
    """
    text = text[: 2 * most]
    plain = text.isprintable() and (text.isascii() or BLANKS.isdisjoint(text))
    if not plain:
        text = "".join(letter if _is_visible(letter) else "" for letter in SPACES.sub(" ", text))
    if not plain or "  " in text:
        text = SPACES.sub(" ", text)
    text = text.strip()
    return text if len(text) <= most else f"{text[: most - 2]} …"


def readable(text: str) -> str:
    """Return text of several lines without what no browser shows or what turns it round."""
    return text if text.isprintable() else _UNREADABLE.sub("", text)


def _is_visible(letter: str) -> bool:
    return letter not in BLANKS and category(letter) not in (
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    )


def plural(number: int, what: str) -> str:
    """Return a number of things, such as `1 file` or `2,000 files`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def cell(value: Any) -> str:
    """Return a cell of a table that no spreadsheet takes for a formula, nor any part of it.

    A spreadsheet may split a line at another sign than the comma, and quotes are letters to it
    then; so an apostrophe stands before what could act behind each such sign too. `as_given`
    takes it away.

    >>> cell("=1+1"), cell("Ada;=1+1"), cell("Ada"), cell(0.5), cell(None)
    ("'=1+1", "Ada;'=1+1", 'Ada', '0.5', '')
    """
    if isinstance(value, float):
        return number_cell(value)
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    plain = text.isascii() and text.isprintable() and text == text.strip()
    if not plain or len(text) > LONGEST_CELL:
        text = one_line(text, LONGEST_CELL)
    if not _MAY_ACT.search(text) or _HARMLESS.fullmatch(text):
        return text
    if not _SEPARATES.search(text):  # so that only its beginning can act
        return f"'{text}" if _ACTS.match(text) else text
    return _ACTS.sub(r"'\1", text)


def as_given(text: str) -> str:
    """Return what a cell was made of.

    >>> as_given(cell("Ada;'=1+1")), as_given("'t Hooft")
    ("Ada;'=1+1", "'t Hooft")
    """
    return _MADE_HARMLESS.sub(r"\1", text) if "'" in text else text


@lru_cache(maxsize=4_000)
def number_cell(value: float) -> str:
    """Return a cell with a number, to four decimals."""
    return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")


def csv_lines(rows: Iterable[Iterable[Any]]) -> str:
    """Return rows as CSV with every cell made harmless."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows([cell(each) for each in row] for row in rows)
    return held.getvalue()


class Table(NamedTuple):
    """A table as read: its columns, its rows by column, and a remark on the reading, or none.

    What stands beside the columns, without a heading, is under "", the last of the columns then.
    """

    columns: list[str]
    rows: list[dict[str, str]]
    remark: str = ""


def read_table(
    path: Path, is_head: Callable[[Sequence[str]], bool] | None = None
) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table as an LMS or a spreadsheet writes it.

    CSV with comma, semicolon or tab, in UTF-8, UTF-16 or an old encoding of the West; or a
    workbook of Excel or LibreOffice, of which the first sheet with anything in it is read.

    Arguments:
        path: the file; what it is shows in its content and not in its name.
        is_head: says of a row whether it can hold the headings; the first that can does. Else
            it is the first row, but for a title above the table.

    Raises:
        CyberNormsError: it cannot be opened, is too large, or is no table.
    """
    return open_table(path, is_head)[:2]


def open_table(path: Path, is_head: Callable[[Sequence[str]], bool] | None = None) -> Table:
    """Return what `read_table` returns, with a remark on how the file was read.

    Raises:
        CyberNormsError: it cannot be opened, is too large, or is no table.
    """
    content = content_of(path)
    cells, remark = read_cells(content, str(path))
    rows = [[as_given(each) for each in row] for row in cells]
    head = _head_of(rows, is_head)
    columns = _distinct([" ".join(cell.split()) for cell in rows[head]])
    below = [row for row in rows[head + 1 :] if row != rows[head]]
    beside = [_beside(columns, row) for row in below]
    named = [column for column in columns if column]
    filled = [dict(zip(columns, [*row, *[""] * len(columns)], strict=False)) for row in below]
    for row, more in zip(filled, beside, strict=True):
        row.pop("", None)
        if any(beside):
            row[""] = more
    return Table([*named, ""] if any(beside) else named, filled, remark)


def content_of(path: Path) -> bytes:
    """Return the bytes of a table.

    Raises:
        CyberNormsError: it cannot be opened, or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise CyberNormsError(
            f"This table cannot be opened: {error.strerror or error}",
            where=str(path),
            remedy="Name a CSV file or a workbook that is there, and close other programs that "
            "hold it",
        ) from None
    if len(content) > LARGEST_TABLE:
        raise CyberNormsError(
            "This table is larger than 20 MB", where=str(path), remedy="Name that of one class"
        )
    return content


def _head_of(rows: Sequence[Sequence[str]], is_head: Callable[[Sequence[str]], bool] | None) -> int:
    """Return the number of the row with the headings, above which titles may stand."""
    if is_head:
        for number, row in enumerate(rows[:MOST_TITLES]):
            if is_head(row):
                return number
    return next(
        (
            number
            for number, row in enumerate(rows[:MOST_TITLES])
            if sum(bool(cell.strip()) for cell in row) > 1
        ),
        0,
    )


def _distinct(columns: Sequence[str]) -> list[str]:
    """Return headings of which each stands once; a second of one name is numbered."""
    seen: Counter[str] = Counter()
    found = []
    for column in columns:
        seen[column] += 1
        again = column and seen[column] > 1
        found.append(f"{column} ({seen[column]})" if again else column)
    return found


def _beside(columns: Sequence[str], row: Sequence[str]) -> str:
    if len(row) <= len(columns) and "" not in columns:
        return ""
    cells = (cell.strip() for cell, column in zip_longest(row, columns, fillvalue="") if not column)
    return " ".join(filter(None, cells))
