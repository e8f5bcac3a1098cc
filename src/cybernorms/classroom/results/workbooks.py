"""Tables of the results as workbooks, which a spreadsheet opens without a question."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cybernorms.classroom.results.rubric_rows import AS_WRITTEN, TO_FILL_IN
from cybernorms.classroom.results.rubric_tables import WORKBOOK

GRADEBOOK = "gradebook.xlsx"
_TEXTS = {
    GRADEBOOK: {"student", "lms id", "page", "files"},
    WORKBOOK: {"question", "text", "begins", "criterion", "levels", "comment", AS_WRITTEN[1]},
}
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # so that the bytes are the same
_WIDEST = 60  # letters of a column


def has_workbooks(results: Path) -> bool:
    """Return whether an earlier run has written workbooks."""
    return any((results / name).is_file() for name in _TEXTS)


def write_workbooks(results: Path) -> None:
    """Write the tables that a teacher works in as workbooks beside their CSV files.

    Ids and names are text in them, so that no spreadsheet takes an id for a number, and points are
    numbers. In that of the rubric hidden columns hold the marks that it was written with, by which
    marks that were changed in it are known.
    """
    for name, texts in _TEXTS.items():
        with (results / name).with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        if name == WORKBOOK:
            rows = list(_with_marks_again(rows))
        _write(results / name, rows, texts)


def _with_marks_again(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    columns = [TO_FILL_IN.index("mark"), TO_FILL_IN.index("comment")]
    for number, row in enumerate(rows):
        yield [*row, *([row[column] for column in columns] if number else AS_WRITTEN)]


def _write(path: Path, rows: Sequence[Sequence[str]], texts: Collection[str]) -> None:
    from xlsxwriter import Workbook

    head = rows[0]
    with Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": _LONG_AGO})
        sheet = book.add_worksheet(path.stem)
        sheet.freeze_panes(1, 1)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(head):
            longest = max(len(row[column]) for row in rows)
            hidden = {"hidden": True} if name in AS_WRITTEN else {}
            sheet.set_column(column, column, min(_WIDEST, longest + 2), None, hidden)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if number and head[column] not in texts and _NUMBER.fullmatch(text):
                    sheet.write_number(number, column, float(text))
                elif text:
                    sheet.write_string(number, column, text, None if number else bold)
