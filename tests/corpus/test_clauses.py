"""The reader of the clauses: what it says of a spoilt table, and what it keeps closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.corpus.clauses import find_clause, load_clauses
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError
from tests.corpus.spoiling import alter


@pytest.mark.parametrize(
    ("table", "id", "field", "value"),
    [
        ("clauses", "kerry-3", "verb", "conduct or knowingly support"),
        ("clauses", "kerry-3", "wording", "no country should steal"),
        ("clauses", "kerry-3", "instrument", "zzz"),
        ("clauses", "kerry-3", "stage", "signed"),
        ("parts", "v-conduct", "slot", "tense"),
        ("parts", "v-conduct", "meaning", ""),
        ("clause_parts", "nyt-first-use", "slot", "verb"),
        ("clause_parts", "nyt-first-use", "part", "zzz"),
    ],
)
def test_an_error_names_file_and_field(
    folder: Path, table: str, id: str, field: str, value: str
) -> None:
    """Prevents a table that is wrong and read all the same, or an error that nobody can use."""
    alter(folder, table, id, field, value)
    with pytest.raises(CyberNormsError) as caught:
        load_clauses(lesson=EVERYTHING)
    assert f"{table}.csv" in str(caught.value) and field in str(caught.value)


def test_a_clause_that_opens_later_is_not_found() -> None:
    """Prevents lesson 05 from telling what was agreed."""
    assert find_clause("us-china-ip", lesson="6").id == "us-china-ip"
    with pytest.raises(CyberNormsError, match="kerry-3"):
        find_clause("us-china-ip", lesson="05")
