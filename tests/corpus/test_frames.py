"""Every table as a frame, and what is said of one that was spoilt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cybernorms.corpus.frames import frame
from cybernorms.corpus.tables import read_table, table_names
from tests.corpus.spoiling import refusal, rows, save, spoil


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
    item = spoil(folder, "sessions", experts=value)
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
