"""Spoil a table in a copy of the data, and see what its reader says."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cybernorms.errors import CyberNormsError
from tests.factories import path_of

Rows = list[dict[str, str]]


def rows(folder: Path, table: str) -> list[list[str]]:
    """Return the cells of a table, the header first."""
    with path_of(folder, table).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def save(folder: Path, table: str, cells: list[list[str]]) -> None:
    """Write the cells of a table, the header first."""
    with path_of(folder, table).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(cells)


def change(folder: Path, table: str, act: Callable[[Rows], None]) -> None:
    """Change the rows of a table; `act` does so in place."""
    header, *cells = rows(folder, table)
    found = [dict(zip(header, each, strict=True)) for each in cells]
    act(found)
    save(folder, table, [header, *(list(each.values()) for each in found)])


def spoil(folder: Path, table: str, row: int = -1, **values: str) -> str:
    """Change fields in a row of a table, and return what the row is called.

    Row 1 is the first below the header, row -1 the last.
    """
    cells = rows(folder, table)
    header = cells[0]
    for field, value in values.items():
        cells[row][header.index(field)] = value
    save(folder, table, cells)
    return cells[row][header.index("id") if "id" in header else 0]


def alter(folder: Path, table: str, id: str, field: str, value: str) -> None:
    """Change a field in the first row that is called so."""
    named = [cells[0] for cells in rows(folder, table)]
    spoil(folder, table, named.index(id), **{field: value})


def refusal(act: Callable[..., Any], *arguments: Any, **options: Any) -> CyberNormsError:
    """Return the error that a reader ends with; it must say what is wrong and what to do."""
    with pytest.raises(CyberNormsError) as caught:
        act(*arguments, **options)
    assert caught.value.what
    assert caught.value.remedy
    return caught.value
