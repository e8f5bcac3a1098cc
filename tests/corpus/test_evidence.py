"""The readers of what came of the deal: evidence, explanations and what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms.corpus.commitments import load_adopters, load_elements, load_meetings
from cybernorms.corpus.evidence import (
    load_bearings,
    load_evidence,
    load_explanations,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError
from tests.factories import path_of


def test_the_readers_give_all_rows_in_order() -> None:
    for load in (load_evidence, load_explanations, load_elements, load_adopters):
        positions = [each.position for each in load(lesson=EVERYTHING)]  # type: ignore[attr-defined]
        assert positions == list(range(1, len(positions) + 1))
    dates = [each.date for each in load_meetings(lesson=EVERYTHING)]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("table", "before", "after", "load", "field"),
    [
        ("evidence", ",lower bound,", ",at least,", load_evidence, "figure_kind"),
        ("evidence", ",after the deal,", ",later,", load_evidence, "about"),
        ("evidence_explanations", ",strongly for,", ",very much for,", load_bearings, "weight"),
        ("adopters", ",undertaking,", ",promise,", load_adopters, "kind"),
        ("elements", ",left out,", ",dropped,", load_elements, "fate"),
        ("meetings", ",scheduled,", ",planned,", load_meetings, "outcome"),
    ],
)
def test_a_word_that_is_not_known_is_named_with_file_and_field(
    table: str,
    before: str,
    after: str,
    load: Callable[..., object],
    field: str,
    folder: Path,
) -> None:
    path = path_of(folder, table)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CyberNormsError) as raised:
        load(lesson=EVERYTHING)
    assert f"{table}.csv" in str(raised.value) and field in str(raised.value)


def test_a_second_coder_is_read_apart_from_the_first() -> None:
    """Prevents a second pass from being added to the first in every sum."""
    first, second = load_bearings(lesson=EVERYTHING), load_bearings(lesson=EVERYTHING, coder="B")
    assert {each.coder for each in first} == {"A"} and {each.coder for each in second} == {"B"}
    assert len(first) == len(second) > 0
