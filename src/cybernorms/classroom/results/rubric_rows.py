"""The lines of a table of rubric marks, whatever a spreadsheet has made of it.

Where a spreadsheet expects semicolons, as in most of Europe, it shows all of a line with commas in
one column, or breaks it at the semicolons that stand in it, and a teacher types the marks beside
it. Such a table is put together again here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cybernorms.classroom.encodings import Undecided, decode
from cybernorms.classroom.sheets import read_cells
from cybernorms.classroom.tables import as_given, content_of
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.responses import normalize

TO_FILL_IN = (
    *("question", "text", "begins", "words", "criterion", "most", "levels"),
    *("mark", "comment"),
)
# In a workbook, out of sight: the mark and the comment with which it was written.
AS_WRITTEN = ("mark as written", "comment as written")
_NEEDED = {"question", "text", "criterion"}
_MARKS = {"mark", "points"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class RubricRow(NamedTuple):
    """A line of a table: its cells by column, and what stands in cells without a column.

    `is_split` tells that the line stood in one column, so that marks are typed beside it.
    """

    number: int
    cells: dict[str, str]
    beside: list[str]
    is_split: bool = False

    @property
    def is_as_written(self) -> bool:
        """Return whether a workbook has the mark and the comment with which it was written."""
        return all(
            name in self.cells and self.cells[name] == self.cells.get(name.split()[0], "")
            for name in AS_WRITTEN
        )


def read_rows(path: Path) -> list[RubricRow]:
    """Return the lines of a table of rubric marks, with names of columns in lower case.

    Raises:
        CyberNormsError: it cannot be opened, or is no such table.
    """
    tables = list(_tables(path))
    for table in tables:
        columns = [_name(cell) for cell in table[0]] if table else []
        if _is_rubric(columns) and not _is_split(table, len(columns)):
            return [_row(*each, columns) for each in enumerate(table[1:], start=2)]
    for table in tables:
        head = table[0][0] if table else ""
        columns = [_name(cell) for cell in _parsed(head)]
        if _is_rubric(columns) and not re.search("[;\t]", head):
            beside = [_name(cell) for cell in table[0][1:]]
            return [_joined(*each, columns, beside) for each in enumerate(table[1:], start=2)]
    raise CyberNormsError(
        "This is not a table of rubric marks",
        where=path.name,
        remedy=f"Fill in rubric.csv, whose columns are {', '.join(TO_FILL_IN)}, and save it as CSV",
    )


def _tables(path: Path) -> Iterator[list[list[str]]]:
    """Yield the rows of a table, split at each of the marks that can stand between cells."""
    content = content_of(path)
    if content.startswith(_WORKBOOKS):
        yield read_cells(content, path.name)[0]
        return
    try:
        text, _ = decode(content)
    except Undecided as reason:
        raise CyberNormsError(
            f"This is not a table of rubric marks: {reason}",
            where=path.name,
            remedy="Save the spreadsheet as CSV UTF-8 or as an Excel workbook, then name that file",
        ) from None
    head, _, rest = text.partition("\n")
    text = rest if head.startswith("sep=") else text
    for delimiter in (",", ";", "\t"):
        try:
            yield _rows(text, delimiter)
        except csv.Error as error:
            raise CyberNormsError(
                f"This is not a CSV table: {error}",
                where=path.name,
                remedy="Save the spreadsheet as CSV, then name that file",
            ) from None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row in rows if any(cell.strip() for cell in row)]


def _name(cell: str) -> str:
    return normalize(cell.strip("\ufeff"))


def _parsed(line: str) -> list[str]:
    """Return the cells of one line with commas."""
    return next(csv.reader([line]), [])


def _is_rubric(columns: Sequence[str]) -> bool:
    return set(columns) >= _NEEDED and not _MARKS.isdisjoint(columns)


def _is_split(table: Sequence[Sequence[str]], columns: int) -> bool:
    """Return whether marks were typed beside lines that stand in one column.

    With commas the cells typed are then a part of the last column.
    """
    return any(re.search("[;\t]", cell) for cell in table[0]) or any(
        row[-1].startswith((";", "\t")) for row in table[1:] if len(row) <= columns
    )


def _row(number: int, row: Sequence[str], columns: Sequence[str]) -> RubricRow:
    cells: dict[str, str] = {}
    beside = []
    for index, cell in enumerate(row):
        name = columns[index] if index < len(columns) else ""
        given = as_given(cell.strip())
        if not name:
            beside.append(given)
        elif not cells.get(name):  # of two columns of one name, that which is filled in
            cells[name] = given
    return RubricRow(number, cells, [cell for cell in beside if cell])


def _joined(
    number: int, row: Sequence[str], columns: Sequence[str], names: Sequence[str]
) -> RubricRow:
    """Return a line that a spreadsheet has broken at its semicolons, and what is beside it."""
    parts = 1
    while parts < len(row) and len(_parsed(";".join(row[:parts]))) < len(columns):
        parts += 1
    made = _row(number, _parsed(";".join(row[:parts])), columns)
    beside = list(made.beside)
    for index, cell in enumerate(row[parts:], start=parts - 1):
        name = names[index] if index < len(names) else ""
        given = as_given(cell.strip())
        if given and name in (*_MARKS, "comment"):
            made.cells[name] = given
        elif given:
            beside.append(given)
    return made._replace(beside=beside, is_split=True)
