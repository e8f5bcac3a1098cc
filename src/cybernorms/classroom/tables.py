"""Text and tables that anybody may have written: shown and written harmlessly, read in any form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import LONGEST_NAME

LARGEST_TABLE = 20_000_000
SPACES = re.compile(r"\s+")
_UNREADABLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff]"
)
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def one_line(text: str, most: int = LONGEST_NAME) -> str:
    """Return text as one line that can be shown: nothing invisible, nothing that turns it round.

    >>> one_line("Ada\\u202e  Love\\nlace\\x00")
    'Ada Love lace'
    """
    text = text[: 2 * most]
    if not (text.isascii() and text.isprintable()):
        text = "".join(letter if _is_visible(letter) else "" for letter in SPACES.sub(" ", text))
    text = SPACES.sub(" ", text).strip()
    return text if len(text) <= most else f"{text[: most - 2]} …"


def readable(text: str) -> str:
    """Return text of several lines without what no browser shows or what turns it round."""
    return text if text.isprintable() else _UNREADABLE.sub("", text)


def _is_visible(letter: str) -> bool:
    return category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def plural(number: int, what: str) -> str:
    """Return a number of things, such as `1 file` or `2,000 files`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def cell(value: Any) -> str:
    """Return a cell of a table that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("Ada"), cell(0.5), cell(None)
    ("'=1+1", 'Ada', '0.5', '')
    """
    if isinstance(value, float):
        return _number(value)
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    text = one_line(text, 2_000) if not (text.isascii() and text.isprintable()) else text
    harmless = text == "-"  # what Moodle writes where there is nothing
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) and not harmless else text


@lru_cache(maxsize=4_000)
def _number(value: float) -> str:
    return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")


def csv_lines(rows: Iterable[Iterable[Any]]) -> str:
    """Return rows as CSV with every cell made harmless."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows([cell(each) for each in row] for row in rows)
    return held.getvalue()


def read_csv(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a CSV file as an LMS or a spreadsheet writes it.

    Comma, semicolon or tab; UTF-8 with or without a mark, UTF-16, or the old Windows encoding.

    Raises:
        CyberNormsError: it cannot be opened, is too large, or is no table.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise CyberNormsError(
            f"This table cannot be opened: {error.strerror or error}",
            where=str(path),
            remedy="Name a CSV file that is there, and close other programs that hold it",
        ) from None
    if len(content) > LARGEST_TABLE:
        raise CyberNormsError(
            "This table is larger than 20 MB", where=str(path), remedy="Name that of one class"
        )
    text = _decoded(content)
    head, _, rest = text.partition("\n")
    if head.startswith("sep="):  # a line that Excel writes and no other program knows
        text, head = rest, rest.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CyberNormsError(
            f"This is not a CSV table: {error}",
            where=str(path),
            remedy="Save the spreadsheet as CSV, then name that file",
        ) from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise CyberNormsError("This table is empty", where=str(path), remedy="Export it again")
    columns = [cell.strip() for cell in rows[0]]
    filled = [dict(zip(columns, [*row, *[""] * len(columns)], strict=False)) for row in rows[1:]]
    return columns, filled


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
