"""The readers of conduct: what they say of a spoilt table."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.corpus.conducts import (
    load_choices,
    load_conducts,
    load_incident_conducts,
    load_part_tests,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError
from tests.corpus.spoiling import alter


@pytest.mark.parametrize(
    ("table", "id", "field", "value"),
    [
        ("part_tests", "v-conduct", "attribute", "colour"),
        ("part_tests", "v-conduct", "value", "zzz"),
        ("conducts", "grid-off", "harm", "huge"),
        ("incident_conducts", "opm-2015", "victims", "atlantis"),
        ("incident_conducts", "opm-2015", "attribution", "notpetya-uk"),
        ("clause_choices", "conduct", "parts", "zzz"),
    ],
)
def test_an_error_in_the_tables_of_conduct_names_file_and_field(
    folder: Path, table: str, id: str, field: str, value: str
) -> None:
    """Prevents a case that no rule can test, and a statement taken from another incident."""
    alter(folder, table, id, field, value)
    with pytest.raises(CyberNormsError) as caught:
        load_part_tests(), load_conducts()
        load_incident_conducts(lesson=EVERYTHING), load_choices()
    assert f"{table}.csv" in str(caught.value) and field in str(caught.value)
