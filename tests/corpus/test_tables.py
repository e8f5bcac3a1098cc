"""Reading any table: what is said of one that was spoilt.

Without these tests a teacher who opened a table in a spreadsheet would meet a traceback.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import load_norms, load_themes
from cybernorms.corpus.process import load_glossary, load_lessons, load_outcomes, load_sessions
from cybernorms.corpus.sources import (
    load_quotations,
    load_sources,
)
from cybernorms.corpus.tables import Cell, read_table, table_names
from cybernorms.errors import CyberNormsError
from tests.corpus.spoiling import refusal, rows, save, spoil
from tests.factories import copy_of_data, path_of, reading_from
from tests.paths import ROOT

LOADERS: dict[str, Callable[[], Any]] = {
    "norms": partial(load_norms, lesson=EVERYTHING),
    "themes": load_themes,
    "sources": load_sources,
    "quotations": load_quotations,
    "sessions": load_sessions,
    "lessons": load_lessons,
    "glossary": load_glossary,
    "outcomes": load_outcomes,
}


@pytest.mark.parametrize(
    ("table", "field", "load"),
    [
        ("sources", "licence", load_sources),
        ("attributions", "speaker_kind", partial(load_incidents, lesson=EVERYTHING)),
    ],
)
def test_a_word_that_the_description_does_not_list_is_refused(
    folder: Path, table: str, field: str, load: Callable[[], Any]
) -> None:
    """Prevents a kind of thing that nobody has described."""
    spoil(folder, table, **{field: "another"})
    error = refusal(load)
    assert field in error.where and "another" in error.what and "Write one of" in error.remedy


# What the tables hold


def test_reading_the_tables_loads_no_pandas() -> None:
    """Prevents the first question of a notebook from waiting for a library it does not need."""
    code = (
        "import sys\n"
        "from cybernorms.corpus.norms import load_norms\n"
        "import cybernorms.corpus.frames, cybernorms.corpus.process\n"
        "load_norms(lesson=2)\n"
        "assert not {'pandas', 'numpy', 'matplotlib', 'ipywidgets'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


SPOILT_CELLS = [
    ("norms", "norms", "letter", ""),
    ("norms", "norms", "name", ""),
    ("norms", "norms", "plain", "  "),
    ("norms", "norms", "quotation", ""),
    ("norms", "norms", "quotation", "zzz"),
    ("norms", "norm_readings", "norm", "zzz"),
    ("norms", "norm_readings", "axis", "word"),
    ("norms", "norm_readings", "value", "shall"),
    ("norms", "norm_readings", "verdict", "incorrect"),
    ("norms", "norm_readings", "reason", ""),
    ("norms", "norm_themes", "norm", "zzz"),
    ("norms", "norm_themes", "theme", "zzz"),
    ("norms", "norm_guidance", "norm", ""),
    ("norms", "norm_guidance", "text", ""),
    ("norms", "norm_guidance", "source", "zzz"),
    ("norms", "norm_guidance", "status", "sure"),
    ("norms", "norm_misreadings", "norm", "zzz"),
    ("norms", "norm_misreadings", "misreading", ""),
    ("norms", "norm_misreadings", "reply", ""),
    ("norms", "norm_misreadings", "source", ""),
    ("norms", "norm_misreadings", "status", ""),
    ("norms", "norm_relations", "norm", "zzz"),
    ("norms", "norm_relations", "relation", "cousin"),
    ("norms", "norm_relations", "label", ""),
    ("norms", "norm_relations", "text", ""),
    ("norms", "norm_relations", "quotation", "zzz"),
    ("norms", "norm_relations", "source", "zzz"),
    ("norms", "norm_relations", "status", "Primary"),
    ("themes", "themes", "name", ""),
    ("themes", "themes", "description", ""),
    ("sources", "sources", "issuer", ""),
    ("sources", "sources", "title", ""),
    ("quotations", "quotations", "text", ""),
    ("quotations", "quotations", "source", "zzz"),
    ("quotations", "quotations", "status", "high"),
    ("sessions", "sessions", "name", ""),
    ("sessions", "sessions", "short_name", ""),
    ("sessions", "sessions", "kind", "club"),
    ("sessions", "sessions", "start", ""),
    ("sessions", "sessions", "experts", "many"),
    ("sessions", "sessions", "experts", "-15"),
    ("sessions", "sessions", "experts", "1.5"),
    ("sessions", "sessions", "experts", "²"),
    ("sessions", "sessions", "experts", "9" * 5000),
    ("sessions", "sessions", "outcome", "success"),
    ("sessions", "sessions", "summary", ""),
    ("sessions", "sessions", "source", "zzz"),
    ("sessions", "sessions", "status", "recalled"),
    ("lessons", "lessons", "title", ""),
    ("lessons", "lessons", "promise", ""),
    ("lessons", "lessons", "minutes", "an hour"),
    ("lessons", "lessons", "core_minutes", "1,5"),
    ("lessons", "lessons", "points", "ten"),
    ("glossary", "glossary", "term", ""),
    ("glossary", "glossary", "definition", ""),
    ("outcomes", "outcomes", "text", ""),
]


# Spoilt cells


@pytest.mark.parametrize(("loader", "table", "field", "value"), SPOILT_CELLS)
def test_a_spoilt_cell_is_named_by_file_item_and_field(
    loader: str, table: str, field: str, value: str, folder: Path
) -> None:
    """Prevents an empty text, an unknown word or a broken link from reaching learners."""
    item = spoil(folder, table, **{field: value})
    error = refusal(LOADERS[loader])
    assert f"{table}.csv" in error.where
    assert item in error.where
    assert f"field {field!r}" in error.where


def raw(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return act


def cells(change: Callable[[list[list[str]]], list[list[str]]]) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        data = path.parent.parent
        save(data, path.stem, change(rows(data, path.stem)))

    return act


SPOILT_TABLES: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (Path.unlink, "no table"),
    "empty": (raw(lambda _: b""), "column is missing"),
    "Latin-1": (raw(lambda content: content + "é".encode("latin-1")), "cannot be read"),
    "UTF-16": (raw(lambda content: content.decode().encode("utf-16")), "cannot be read"),
    "a quotation mark too many": (raw(lambda content: content + b'"'), "cannot be read"),
    "a giant cell": (raw(lambda content: content + b"x" * 200_000), "cannot be read"),
    "semicolons": (raw(lambda content: content.replace(b",", b";")), "semicolons"),
    "a column too few": (cells(lambda table: [row[1:] for row in table]), "column is missing: id"),
    "a column of another name": (
        cells(lambda table: [["ID", *table[0][1:]], *table[1:]]),
        "column is missing: id",
    ),
    "a column twice": (cells(lambda table: [[*row, row[0]] for row in table]), "'id' stands twice"),
    "a short row": (cells(lambda table: [*table, ["one"]]), "1 cells"),
    "a long row": (cells(lambda table: [*table, [*table[1], "more"]]), "cells where the header"),
    "a row twice": (cells(lambda table: [*table, table[1]]), "stands twice"),
    "a row without id": (cells(lambda table: [*table, ["", *table[1][1:]]]), "no id"),
    "empty rows of a spreadsheet": (
        cells(lambda table: [*table, [""] * len(table[0])]),
        "no id",
    ),
    "a folder": (lambda path: (path.unlink(), path.mkdir())[1], "cannot be opened"),
}


# Spoilt tables


@pytest.mark.parametrize("case", SPOILT_TABLES)
@pytest.mark.parametrize("table", ["sources", "glossary"])
def test_a_spoilt_table_is_named_with_a_remedy(case: str, table: str, folder: Path) -> None:
    """Prevents a traceback after somebody saved a table with a spreadsheet."""
    change, words = SPOILT_TABLES[case]
    change(path_of(folder, table))
    error = refusal(LOADERS[table])
    assert f"{table}.csv" in error.where
    assert words in error.what


def test_a_line_of_a_table_is_named_by_its_number(folder: Path) -> None:
    """Prevents a search through a long table."""
    save(folder, "glossary", [*rows(folder, "glossary"), ["one"]])
    last = path_of(folder, "glossary").read_bytes().count(b"\n")
    assert refusal(load_glossary).where == f"glossary.csv, line {last}"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda content: b"\xef\xbb\xbf" + content, id="BOM"),
        pytest.param(lambda content: content.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda content: content + b"\n\n", id="empty lines"),
    ],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_a_table_saved_on_windows_is_the_same(
    loader: str, change: Callable[[bytes], bytes], folder: Path
) -> None:
    """Prevents a table from changing because Excel or git rewrote its line ends."""
    before = LOADERS[loader]()
    other = copy_of_data(folder / "other")
    for path in other.glob("*/*.csv"):
        path.write_bytes(change(path.read_bytes()))
    with reading_from(other):
        after = LOADERS[loader]()
    assert str(after).replace("\\r\\n", "\\n") == str(before)


def test_more_columns_than_a_reader_needs_do_no_harm(folder: Path) -> None:
    """Prevents a new column from breaking an older reader."""
    save(folder, "sources", [[*row, "new"] for row in rows(folder, "sources")])
    read = load_sources()
    with reading_from(ROOT / "data"):
        assert read == load_sources()


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=5)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=4))
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    """Prevents a traceback from a table that nobody thought of."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "un").mkdir()
    (folder / "un" / "odd.csv").touch()
    save(folder, "odd", table)
    try:
        with reading_from(folder):
            read = read_table("odd", [])
    except CyberNormsError as error:
        assert "odd.csv" in error.where
        assert error.remedy
    else:
        assert all(set(row) == set(table[0]) for row in read)


def test_a_cell_names_its_row_by_the_first_cells_where_there_is_no_id() -> None:
    """Prevents an error about a linking table from naming no row."""
    cell = Cell("links", {"norm": "a", "theme": "b", "reason": ""})
    error = refusal(cell.text, "reason")
    assert error.where == "links.csv, a, b, field 'reason'"


def test_the_description_lists_every_table() -> None:
    """Prevents a table whose numbers would be taken for text."""
    from cybernorms.paths import data_dir

    package = json.loads((data_dir() / "datapackage.json").read_text(encoding="utf-8"))
    described = {Path(resource["path"]).stem for resource in package["resources"]}
    assert set(table_names()) <= described
