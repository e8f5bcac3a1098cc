"""The readers of the tables: what they load, and what they say of a table that was spoilt.

Without these tests a slip in a table would reach learners as a fact, or a teacher who opened a
table in a spreadsheet would meet a traceback.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from cybernorms.corpus.columns import Status
from cybernorms.corpus.frames import frame
from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import AXES, find_norm, load_norms, load_themes
from cybernorms.corpus.process import load_glossary, load_lessons, load_outcomes, load_sessions
from cybernorms.corpus.sources import (
    STATUS_NOTES,
    cite,
    find_source,
    load_quotations,
    load_sources,
    short_name,
)
from cybernorms.corpus.tables import Cell, read_table, table_names
from cybernorms.errors import CyberNormsError
from tests.factories import copy_of_data, path_of, reading_from

ROOT = Path(__file__).resolve().parents[1]

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


def refusal(act: Callable[..., Any], *arguments: Any) -> CyberNormsError:
    with pytest.raises(CyberNormsError) as caught:
        act(*arguments)
    assert caught.value.what
    assert caught.value.remedy
    return caught.value


def rows(folder: Path, table: str) -> list[list[str]]:
    with path_of(folder, table).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def save(folder: Path, table: str, cells: list[list[str]]) -> None:
    with path_of(folder, table).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(cells)


def spoil(folder: Path, table: str, field: str, value: str) -> str:
    """Change a field in the last row of a table, and return what the row is called."""
    cells = rows(folder, table)
    header = cells[0]
    cells[-1][header.index(field)] = value
    save(folder, table, cells)
    return cells[-1][header.index("id")] if "id" in header else cells[-1][0]


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
    spoil(folder, table, field, "another")
    error = refusal(load)
    assert field in error.where and "another" in error.what and "Write one of" in error.remedy


# What the tables hold


def test_the_eleven_norms_stand_in_the_order_of_the_report() -> None:
    """Prevents a norm from being lost, or from standing under another letter."""
    norms = load_norms(lesson=EVERYTHING)
    assert "".join(norm.letter for norm in norms) == "abcdefghijk"
    assert all(norm.label.startswith(f"({norm.letter}) ") for norm in norms)
    assert all(norm.quotation.text and norm.plain and norm.themes for norm in norms)


def test_each_norm_is_read_on_both_axes_and_correct_readings_come_first() -> None:
    """Prevents a norm that no question about wording or duty can be asked of."""
    for norm in load_norms(lesson=EVERYTHING):
        for axis in AXES:
            verdicts = [
                reading.verdict
                for value in norm.values(axis)
                for reading in norm.readings
                if (reading.axis, reading.value) == (axis, value)
            ]
            assert verdicts[0] == "correct"
            assert verdicts == sorted(verdicts)


@pytest.mark.parametrize("letter", ["f", "F", "(f)", " (F) ", "13(f)", "13f", "13 (f)"])
def test_a_norm_is_found_by_its_letter(letter: str) -> None:
    """Prevents a learner from having to know how the module writes a letter."""
    assert find_norm(letter, lesson=EVERYTHING).letter == "f"


@pytest.mark.parametrize(
    "letter", ["", "l", "ff", "13", "norm", "\x00", "\ud800", None, 6, ["f"], {}]
)
def test_a_norm_that_is_none_is_refused_with_the_letters(letter: Any) -> None:
    """Prevents a traceback for find_norm(6, lesson=EVERYTHING)."""
    assert "a to k" in refusal(partial(find_norm, lesson=EVERYTHING), letter).remedy


def test_everything_else_loads() -> None:
    """Prevents a table that its reader cannot read."""
    assert [session.status for session in load_sessions()]
    assert [lesson.number for lesson in load_lessons()] == [f"{number:02}" for number in range(9)]
    assert sum(lesson.points for lesson in load_lessons()) == 100
    assert list(load_outcomes()) == [f"O{number}" for number in range(1, 9)]
    terms = [term.term.casefold() for term in load_glossary()]
    assert terms == sorted(terms)
    assert load_themes()


def test_the_experts_of_an_open_group_are_none_and_not_nought() -> None:
    """Prevents an open group from being drawn as one without people."""
    experts = {session.kind: session.experts for session in load_sessions()}
    assert experts["open-ended working group"] is None
    assert experts["group of experts"]


def test_each_status_has_a_note_but_the_best() -> None:
    """Prevents a fact that was not checked from looking like one that was."""
    assert set(STATUS_NOTES) == set(get_args(Status))
    assert [status for status, note in STATUS_NOTES.items() if not note] == ["primary"]


def test_what_is_loaded_cannot_be_changed() -> None:
    """Prevents one cell of a notebook from changing what the next one shows."""
    with pytest.raises(AttributeError):
        load_norms(lesson=EVERYTHING)[0].name = "Another"  # type: ignore[misc]


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


# Citing


def test_a_citation_has_issuer_title_symbol_date_pinpoint_and_address() -> None:
    """Prevents a citation that nobody can follow."""
    source = find_source("un-a-70-174")
    line = cite("un-a-70-174", "para 13(f)")
    parts = [source.issuer, source.title, "A/70/174", source.date, "para 13(f)", source.address]
    places = [line.index(part) for part in parts]
    assert places == sorted(places)
    assert "\n" not in line


def test_a_citation_leaves_out_what_a_source_has_not() -> None:
    """Prevents empty commas in a citation."""
    for id in load_sources():
        line = cite(id)
        assert ", ," not in line
        assert "  " not in line
        assert ".." not in line.split("http", maxsplit=1)[0]


@pytest.mark.parametrize("id", ["un-a-70-175", "", "zzz", None, 5, ["un-a-70-174"], {}, "\x00"])
def test_a_source_that_nobody_has_is_refused_with_a_remedy(id: Any) -> None:
    """Prevents a traceback for a misspelt source."""
    error = refusal(cite, id)
    assert error.where == "sources.csv"
    assert id != "un-a-70-175" or "'un-a-70-174'" in error.remedy


def test_a_source_is_called_by_its_symbol_or_by_issuer_and_year() -> None:
    """Prevents a source without symbol from having no name in feedback."""
    some = find_source("cybernorms-readings")
    source = replace(some, issuer="The Library", date="2015-09-22", symbol="")
    assert short_name(source) == "The Library (2015)"
    assert short_name(replace(source, date="")) == "The Library"
    assert short_name(replace(source, symbol="L/1")) == "L/1"


# Tables as frames


@pytest.mark.parametrize("name", table_names())
def test_every_table_is_a_frame_with_all_its_rows(name: str) -> None:
    """Prevents a table that can be read but not shown."""
    table = frame(name)
    assert len(table) == len(read_table(name, []))
    assert not table.map(lambda cell: isinstance(cell, float)).any().any()


def test_whole_numbers_are_numbers_and_gaps_stay_gaps() -> None:
    """Prevents 15 experts from being sorted as text, and no number from becoming nought."""
    experts = frame("sessions")["experts"]
    assert str(experts.dtype) == "Int64"
    assert experts.isna().any()
    assert experts.max() >= 15


def test_a_number_of_a_lesson_stays_text() -> None:
    """Prevents lesson 02 from becoming lesson 2."""
    assert frame("lessons")["number"].tolist()[:2] == ["00", "01"]


def test_without_a_name_the_tables_are_listed() -> None:
    """Prevents a learner from having to guess the names."""
    listed = frame()
    assert listed["table"].tolist() == table_names()
    assert (listed["rows"] > 0).all()


@pytest.mark.parametrize(
    "name",
    [
        "norm",
        "zzz",
        "../data/norms",
        "/etc/passwd",
        "norms.csv",
        "a\x00b",
        "x" * 5000,
        "\ud800",
        5,
        ["norms"],
    ],
)
def test_a_table_that_nobody_has_is_refused_with_the_names(name: Any) -> None:
    """Prevents a traceback, and the reading of files that are no tables."""
    error = refusal(frame, name)
    assert "norms" in error.remedy


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b"{}", b"\xff", b'{"resources": [{}]}']
)
def test_a_spoilt_description_of_the_tables_is_told(folder: Path, content: bytes | None) -> None:
    """Prevents a traceback where datapackage.json is missing or spoilt."""
    path = folder / "datapackage.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert refusal(frame, "sessions").where == "datapackage.json"


@pytest.mark.parametrize("value", ["many", "1.5", "1e3", "15 experts"])
def test_a_number_that_is_none_is_told_and_not_left_out(folder: Path, value: str) -> None:
    """Prevents a slip of the pen from turning into a gap that nobody sees."""
    item = spoil(folder, "sessions", "experts", value)
    error = refusal(frame, "sessions")
    assert "sessions.csv" in error.where
    assert item in error.where
    assert "field 'experts'" in error.where


def test_a_table_without_rows_is_a_frame_without_rows(folder: Path) -> None:
    """Prevents a traceback where all rows were filtered out of a table."""
    save(folder, "sessions", rows(folder, "sessions")[:1])
    table = frame("sessions")
    assert isinstance(table, pd.DataFrame)
    assert len(table) == 0


# Spoilt cells

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


@pytest.mark.parametrize(("loader", "table", "field", "value"), SPOILT_CELLS)
def test_a_spoilt_cell_is_named_by_file_item_and_field(
    loader: str, table: str, field: str, value: str, folder: Path
) -> None:
    """Prevents an empty text, an unknown word or a broken link from reaching learners."""
    item = spoil(folder, table, field, value)
    error = refusal(LOADERS[loader])
    assert f"{table}.csv" in error.where
    assert item in error.where
    assert f"field {field!r}" in error.where


# Spoilt tables


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
