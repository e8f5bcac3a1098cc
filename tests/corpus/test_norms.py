"""The reader of the eleven norms."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import AXES, find_norm, load_norms
from tests.corpus.spoiling import refusal


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


def test_what_is_loaded_cannot_be_changed() -> None:
    """Prevents one cell of a notebook from changing what the next one shows."""
    with pytest.raises(AttributeError):
        load_norms(lesson=EVERYTHING)[0].name = "Another"  # type: ignore[misc]
