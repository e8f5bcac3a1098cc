"""Citing sources, and what each status says."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from msgspec.structs import replace

from cybernorms.corpus.columns import Status
from cybernorms.corpus.sources import (
    STATUS_NOTES,
    cite,
    find_source,
    load_sources,
    short_name,
)
from tests.corpus.spoiling import refusal


def test_each_status_has_a_note_but_the_best() -> None:
    """Prevents a fact that was not checked from looking like one that was."""
    assert set(STATUS_NOTES) == set(get_args(Status))
    assert [status for status, note in STATUS_NOTES.items() if not note] == ["primary"]


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
