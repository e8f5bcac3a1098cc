"""The cells of a table that a spreadsheet or an LMS has written: CSV in any dress, or a workbook.

What a file is called does not count: a workbook named .csv is a workbook.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from cybernorms.classroom.encodings import Undecided, decode
from cybernorms.errors import CyberNormsError

Row = list[str]

MOST_ROWS = 50_000
MOST_LINES = 4 * MOST_ROWS  # a cell can have several
MOST_COLUMNS = 2_000
FEWEST_IN_ONE = 3  # cells of a line that stands whole in one column; a name can have one comma
LARGEST_UNPACKED = 200_000_000
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = "\t;,"  # names have commas, and seldom a semicolon
_BEHIND = re.compile(r"(?P<line>.*?);;(?P<beside>.*)")
_SAVE = "Save it as an Excel workbook (.xlsx) or as CSV UTF-8, and name that file"
_OTHERS = {
    b"%PDF": "This is a PDF and no table",
    b"\x89PNG": "This is a picture and no table",
    b"\xff\xd8\xff": "This is a picture and no table",
    b"\x1f\x8b": "This is a packed archive and no table",
}


class Cells(NamedTuple):
    """The rows of a table, without empty ones, and a remark on how it was read, or none."""

    rows: list[Row]
    remark: str = ""


def read_cells(content: bytes, where: str) -> Cells:
    """Return the cells of a table.

    Arguments:
        content: the bytes of the file.
        where: the file, for messages.

    Raises:
        CyberNormsError: it is no table, or letters in it cannot be told.
    """
    if content.startswith((_ZIP, _OLD_OFFICE)):
        return Cells(_filled(_workbook_rows(content, where), where))
    for start, what in _OTHERS.items():
        if content.startswith(start):
            raise CyberNormsError(what, where=where, remedy="Export the table again, as CSV")
    lines = max(content.count(b"\n"), content.count(b"\r"))
    if lines > MOST_LINES:
        raise _too_large(f"has more than {MOST_LINES:,} lines", where)
    try:
        text, remark = decode(content)
    except Undecided as reason:
        raise CyberNormsError(
            f"The letters of this table cannot be read: {reason}",
            where=where,
            remedy="Export it once more without opening it in a spreadsheet; or open the export "
            "in the spreadsheet as UTF-8, and save it as an Excel workbook (.xlsx) or as CSV UTF-8",
        ) from None
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<table", "<?xml")):
        raise CyberNormsError(
            "This is a web page that calls itself a table",
            where=where,
            remedy=f"Open it in a spreadsheet. {_SAVE}",
        )
    try:
        # Each sign at which cells may be parted is tried, on no more than a class can have.
        if max(map(text.partition("\n")[0].count, _DELIMITERS)) > MOST_COLUMNS:
            raise _too_large(f"has more than {MOST_COLUMNS:,} columns", where)
        return Cells(_filled(_csv_rows(text), where), remark)
    except csv.Error as error:
        raise CyberNormsError(
            f"This is not a CSV table: {error}",
            where=where,
            remedy="Save the spreadsheet as CSV, then name that file",
        ) from None


def _filled(rows: Sequence[Row], where: str) -> list[Row]:
    """Return the rows that hold anything.

    Raises:
        CyberNormsError: there is none, or there are more than a class has.
    """
    found = [row for row in rows if any(cell.strip() for cell in row)]
    if not found:
        raise CyberNormsError("This table is empty", where=where, remedy="Export it again")
    if len(found) > MOST_ROWS:
        raise _too_large(f"has more than {MOST_ROWS:,} rows", where)
    if max(map(len, found)) > MOST_COLUMNS:
        raise _too_large(f"has more than {MOST_COLUMNS:,} columns", where)
    return found


def _too_large(what: str, where: str) -> CyberNormsError:
    return CyberNormsError(f"This table {what}", where=where, remedy="Name that of one class")


# --- CSV --------------------------------------------------------------------------------------


def _csv_rows(text: str) -> list[Row]:
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) <= 5:  # a line that only Excel knows
        delimiter = named[4:] if named[4:] else "\t"
        return _parsed(rest, delimiter if delimiter in _DELIMITERS else ",")
    if rows := _lines_with_cells_behind(text, first):
        return rows
    for delimiter in ";\t":
        if _width([first], delimiter) > 1:
            rows = _parsed(text, delimiter)
            found = _in_one_column(rows)
            if min(len(row) for row in rows if row) > 1 and found != rows:
                return found
    rows = _parsed(text, _delimiter(text))
    return _unfolded(_in_one_column(rows))


def _delimiter(text: str) -> str:
    """Return the sign that parts most of the first lines into equally many cells."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:8]
    most = dict.fromkeys(_DELIMITERS, 0)
    for each in _DELIMITERS:
        widths = Counter(_width([line], each) for line in head)
        most[each] = max((lines for width, lines in widths.items() if width > 1), default=0)
    return max(_DELIMITERS, key=lambda each: most[each])


def _width(lines: Sequence[str], delimiter: str) -> int:
    """Return the most cells that lines have, or 0 where quotes do not stand as they must."""
    try:
        return max(
            (len(row) for row in csv.reader(lines, delimiter=delimiter, strict=True)), default=0
        )
    except csv.Error:
        return 0


def _parsed(text: str, delimiter: str) -> list[Row]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _in_one_column(rows: Sequence[Row]) -> list[Row]:
    """Return rows with the cells of lines that stand whole in the first column, if all do.

    So a spreadsheet shows a CSV file that has another delimiter than the spreadsheet's own. What
    was typed beside a line comes behind its cells.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return list(rows)
    head, *beside = filled[0]
    for delimiter in _DELIMITERS:
        width = _width([head], delimiter)
        if width < FEWEST_IN_ONE * (1 + sum(map(bool, beside))):
            continue
        lines = [_parsed(row[0], delimiter) for row in filled]
        if all(len(line) == 1 and len(line[0]) == width for line in lines):
            return _with_beside([line[0] for line in lines], [row[1:] for row in filled])
    return list(rows)


def _unfolded(rows: Sequence[Row]) -> list[Row]:
    """Return rows of which some may stand whole in one cell, since only they needed quotes."""
    width = max(len(next((row for row in rows if any(row)), [])), FEWEST_IN_ONE)
    found = []
    for row in rows:
        cells = [cell for cell in row if cell]
        line = _parsed(cells[0], ",") if len(cells) == 1 and "," in cells[0] else []
        found.append(line[0] if len(line) == 1 and len(line[0]) == width else row)
    return found


def _lines_with_cells_behind(text: str, first: str) -> list[Row]:
    """Return the cells of lines with commas behind which empty cells with semicolons follow."""
    head = _BEHIND.fullmatch(first.rstrip("\r"))
    if not head or ";" in head["line"] or _width([head["line"]], ",") < FEWEST_IN_ONE:
        return []
    matches = [_BEHIND.fullmatch(line) for line in text.splitlines() if line.strip()]
    lines = [next(csv.reader([match["line"]])) if match else [] for match in matches]
    if {len(line) for line in lines} != {len(lines[0])}:
        return []
    return _with_beside(lines, [match["beside"].split(";") if match else [] for match in matches])


def _with_beside(lines: list[Row], beside: Sequence[Row]) -> list[Row]:
    """Return lines with what was typed beside them, under the heading that it has there or last."""
    heading, *typed = [[cell for cell in map(str.strip, cells) if cell] for cells in beside]
    if len(heading) == 1 and heading[0] in lines[0] and all(len(each) < 2 for each in typed):
        column = lines[0].index(heading[0])
        for line, cells in zip(lines[1:], typed, strict=True):
            if cells and not line[column].strip():
                line[column] = cells[0]
        return lines
    return [[*line, *cells] for line, cells in zip(lines, beside, strict=True)]


# --- Workbooks --------------------------------------------------------------------------------


def _workbook_rows(content: bytes, where: str) -> list[Row]:
    """Return the first sheet of a workbook that holds anything."""
    from python_calamine import CalamineError, CalamineWorkbook

    _must_be_small(content, where)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
                raise CyberNormsError(
                    f"The sheet {name!r} has {sheet.height:,} rows and {sheet.width:,} columns",
                    where=where,
                    remedy="Copy the list of one class into a workbook of its own, and name that",
                )
            rows = [[as_text(value) for value in row] for row in sheet.to_python()]
            rows = [row for row in rows if any(cell.strip() for cell in row)]
            if rows:
                return _in_one_column(rows)
    except (CalamineError, OSError, ValueError) as error:
        raise CyberNormsError(
            f"This workbook cannot be read: {' '.join(str(error).split())[:100]}",
            where=where,
            remedy="Open it in the program that wrote it, without a password. " + _SAVE,
        ) from None
    return []


def _must_be_small(content: bytes, where: str) -> None:
    """See that a workbook, which is a zip, does not unpack to more than memory holds."""
    if not content.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return  # which is told when it is opened
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & set(names):
        what = "Numbers" if any(name.startswith("Index/") for name in names) else ""
        raise CyberNormsError(
            f"This is a file of {what} and no workbook of Excel" if what else "This is a zip",
            where=where,
            remedy=f"Export it as Excel or CSV in {what}" if what else "Name the table itself",
        )
    if size > LARGEST_UNPACKED:
        raise CyberNormsError(
            "This workbook is larger than any list of a class", where=where, remedy=_SAVE
        )


def as_text(value: object) -> str:
    """Return the value of a cell as people see it: ids without decimals, dates as ISO has them.

    >>> as_text(9001.0), as_text(0.1 + 0.2), as_text(datetime(2026, 3, 1)), as_text(None)
    ('9001', '0.3', '2026-03-01', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # A workbook keeps 15 digits of a number; what had more is shown as rounded.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
