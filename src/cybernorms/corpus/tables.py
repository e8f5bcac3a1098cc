"""Read the CSV tables of `data/` and say exactly what is wrong with one that cannot be read."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cybernorms import paths
from cybernorms.corpus import leaked
from cybernorms.errors import CyberNormsError

Row = dict[str, str]


def table_names() -> list[str]:
    """Return the names of all tables, in alphabetical order, without `.csv`."""
    return sorted(path.stem for path in paths.data_dir().rglob("*.csv"))


def described(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return what the data package says of the columns of a table, by column.

    Raises:
        CyberNormsError: the description cannot be read.
    """
    return _package(paths.data_dir()).get(name, {})


@cache
def _package(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the data package says of every column of every table."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        return {
            Path(each["path"]).stem: {field["name"]: field for field in each["schema"]["fields"]}
            for each in package["resources"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        raise CyberNormsError(
            "The description of the tables cannot be read",
            where="datapackage.json",
            remedy="Restore the file from a fresh copy of the module",
        ) from None


def _path_of(name: str) -> Path:
    """Return where a table lies; a table that does not exist would lie in `data/` itself."""
    folder, file = paths.data_dir(), f"{name}.csv"
    return next(folder.glob(f"*/{file}"), folder / file)


def _check_header(file: str, header: Sequence[str], columns: Sequence[str]) -> None:
    if len(header) == 1 and ";" in header[0]:
        raise CyberNormsError(
            "The cells of this table are set apart by semicolons",
            where=file,
            remedy="Save it again as CSV with commas, or restore the file",
        )
    if missing := [column for column in columns if column not in header]:
        raise CyberNormsError(
            f"A column is missing: {', '.join(missing)}",
            where=file,
            remedy="Add the column to the first line, or restore the file",
        )
    if twice := [column for column in header if header.count(column) > 1]:
        raise CyberNormsError(
            f"The column {twice[0]!r} stands twice", where=file, remedy="Take one of them out"
        )


def _read_cells(name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header of a table, and its other lines with their numbers."""
    path = _path_of(name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            return header, [(reader.line_num, cells) for cells in reader if cells]
    except FileNotFoundError:
        raise CyberNormsError(
            f"There is no table called {name!r}",
            where=str(path),
            remedy=f"Choose one of: {', '.join(table_names())}",
        ) from None
    except OSError as error:
        raise CyberNormsError(
            f"This table cannot be opened: {error.strerror}",
            where=path.name,
            remedy="Close other programs that use the file, or restore it",
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CyberNormsError(
            f"This table cannot be read: {error}",
            where=path.name,
            remedy="Save it again as CSV in UTF-8",
        ) from None


def read_table(name: str, columns: Sequence[str]) -> list[Row]:
    """Return the rows of one table as dictionaries of text, as far as they are to be shown.

    Rows that rest on a leaked text are left out where such texts are switched off.

    Arguments:
        name: the table, without `.csv`.
        columns: the columns that the caller needs; others are kept too.

    Raises:
        CyberNormsError: as `read_whole`.
    """
    rows = read_whole(name, columns)
    return rows if leaked.are_shown() else leaked.without_leaked(name, rows, read_whole)


def read_whole(name: str, columns: Sequence[str] = ()) -> list[Row]:
    """Return all rows of one table as dictionaries of text.

    Arguments:
        name: the table, without `.csv`.
        columns: the columns that the caller needs; others are kept too.

    Raises:
        CyberNormsError: the file is missing or not UTF-8, a column is missing or stands twice, a
            row has too many or too few cells, or an `id` is empty or stands twice.
    """
    file = f"{name}.csv"
    header, numbered = _read_cells(name)
    _check_header(file, header, columns)
    rows = []
    seen: set[str] = set()
    for line, cells in numbered:
        if len(cells) != len(header):
            raise CyberNormsError(
                f"A row has {len(cells)} cells where the header has {len(header)}",
                where=f"{file}, line {line}",
                remedy="Put a cell that contains a comma in double quotation marks",
            )
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        if "id" in row:
            if not row["id"] or row["id"] in seen:
                problem = f"The id {row['id']!r} stands twice" if row["id"] else "A row has no id"
                raise CyberNormsError(
                    problem, where=f"{file}, line {line}", remedy="Give each row its own id"
                )
            seen.add(row["id"])
        rows.append(row)
    return rows


class Cell:
    """The cells of one row, read with errors that name file, item and field."""

    def __init__(self, table: str, row: Row) -> None:
        self._table = table
        self._row = row
        self._item = row.get("id") or ", ".join(list(row.values())[:2])

    def problem(self, field: str, what: str, remedy: str) -> CyberNormsError:
        """Return the error for one field of this row."""
        return CyberNormsError(
            what, where=f"{self._table}.csv, {self._item}, field {field!r}", remedy=remedy
        )

    def text(self, field: str, *, required: bool = True) -> str:
        """Return a cell as text."""
        value = self._row[field]
        if required and not value:
            raise self.problem(field, "This cell is empty", "Fill it in, or take the row out")
        return value

    def one_of(self, field: str, allowed: Sequence[str]) -> str:
        """Return a cell that must hold one of a few words."""
        value = self._row[field]
        if value not in allowed:
            raise self.problem(
                field, f"The value {value!r} is not known", f"Write one of: {', '.join(allowed)}"
            )
        return value

    def whole(self, field: str) -> int | None:
        """Return a cell as a whole number, or None where it is empty."""
        value = self._row[field]
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise self.problem(field, f"{value!r} is not a whole number", "Write digits only")
        return int(value)

    def number(self, field: str) -> float:
        """Return a cell as a number."""
        value = self._row[field]
        try:
            return float(value)
        except ValueError:
            raise self.problem(
                field, f"{value!r} is not a number", "Write digits, with a point before decimals"
            ) from None
