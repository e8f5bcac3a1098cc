"""The structs of the corpus and `datapackage.json` say the same of every column, both ways."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cybernorms.corpus.columns import Column, columns_of
from tests.factories import structs_of_tables
from tests.paths import ROOT

READ_AS_FRAMES_ALONE = {"series"}
LESSON = "0[0-8]"
DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
DAY = r"\d{4}-\d{2}-\d{2}"

Place = tuple[str, str]

STRUCTS = {kind.table: kind for kind in structs_of_tables()}
ANNOTATED: dict[Place, Column] = {
    (table, column.name): column for table, kind in STRUCTS.items() for column in columns_of(kind)
}


def resources() -> dict[str, dict[str, Any]]:
    """Return the descriptions of the tables that structs read, by table."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    found = {Path(each["path"]).stem: each["schema"] for each in package["resources"]}
    return {table: each for table, each in found.items() if table not in READ_AS_FRAMES_ALONE}


DESCRIBED: dict[Place, dict[str, Any]] = {
    (table, field["name"]): field
    for table, schema in resources().items()
    for field in schema["fields"]
}


def described(constraint: str) -> dict[Place, Any]:
    """Return what the description says under one word, by column, where it says anything."""
    said = {place: each.get("constraints", {}) for place, each in DESCRIBED.items()}
    return {place: each[constraint] for place, each in said.items() if each.get(constraint)}


def test_every_column_of_every_table_has_its_annotation() -> None:
    """Prevents a column that the reader lets pass unread, and one that only the reader knows."""
    assert set(STRUCTS) == set(resources())
    assert len(STRUCTS) == len(structs_of_tables())
    assert set(ANNOTATED) == set(DESCRIBED)


def test_the_words_that_may_be_chosen_are_the_same() -> None:
    """Prevents a reader that refuses what the description allows, or the other way round."""
    annotated = {place: set(each.words) for place, each in ANNOTATED.items() if each.words}
    assert annotated == {place: set(words) for place, words in described("enum").items()}
    assert len(annotated) > 150


def test_links_are_the_same() -> None:
    """Prevents a link that is checked on one road only; a list of ids cannot be described."""
    annotated = {
        place: (each.link.table, each.link.column)
        for place, each in ANNOTATED.items()
        if each.link and not each.many
    }
    links = {
        (table, key["fields"]): (
            key["reference"]["resource"].replace("-", "_") or table,
            key["reference"]["fields"],
        )
        for table, schema in resources().items()
        for key in schema.get("foreignKeys", [])
    }
    assert annotated == links
    assert len(links) > 100


def test_the_same_cells_must_be_filled_in() -> None:
    """Prevents an empty cell that one of the two lets pass."""
    annotated = {place for place, each in ANNOTATED.items() if each.required}
    assert annotated == set(described("required"))


def test_numbers_are_numbers_in_both() -> None:
    """Prevents a number that a frame shows as text, or that is compared as text."""
    types = {int: "integer", float: "number"}
    annotated = {place: types.get(each.kind, "string") for place, each in ANNOTATED.items()}
    assert annotated == {
        place: each["type"].replace("date", "string") for place, each in DESCRIBED.items()
    }


@pytest.mark.parametrize("form", [DATE, DAY, LESSON])
def test_dates_and_lessons_are_written_alike(form: str) -> None:
    """Prevents a date that cannot be compared, and a lesson that opens nothing or too much."""
    annotated = {
        place for place, each in ANNOTATED.items() if each.form and each.form.pattern == form
    }
    patterns = {place: text.strip("^$") for place, text in described("pattern").items()}
    of_type = {place for place, each in DESCRIBED.items() if each["type"] == "date"}
    found = {place for place, pattern in patterns.items() if pattern == form}
    assert annotated == (found | of_type if form == DAY else found)


def test_every_lesson_in_which_something_opens_is_checked() -> None:
    """Prevents a lesson written as 6, before which everything would count as open."""
    opening = {
        place: each for place, each in ANNOTATED.items() if place[1] in ("opens_in", "lesson")
    }
    assert [place for place, each in opening.items() if not each.form and not each.words] == []
    assert len(opening) == 21
