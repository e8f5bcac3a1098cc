"""Read the tables in `data/` as they lie there, with no reader of the package between."""

from __future__ import annotations

import calendar
import csv
import json
from datetime import date

from tests.paths import DATA

PATHS = {path.stem: path for path in sorted(DATA.rglob("*.csv"))}
TABLES = sorted(PATHS)

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with PATHS[table].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def ids(table: str) -> set[str]:
    return {row["id"] for row in rows(table)}


def package() -> dict:
    return json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


def cells() -> list[tuple[str, str, str]]:
    """Return place, column and text of each cell of each table."""
    return [
        (f"{table}.csv, row {number}, {column}", column, text)
        for table in TABLES
        for number, row in enumerate(rows(table), start=1)
        for column, text in row.items()
    ]


def linked(*columns: str) -> set[str]:
    """Return all ids that stand in columns of these names, in any table."""
    return {text for _, column, text in cells() if column in columns and text}


def sources_named() -> set[str]:
    """Return all ids of sources that a row rests on: of columns called source or …_source."""
    return {text for _, column, text in cells() if f"_{column}".endswith("_source") and text}


def first_and_last_day(text: str) -> tuple[date, date]:
    """Return the days between which YYYY, YYYY-MM or YYYY-MM-DD lies."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)
