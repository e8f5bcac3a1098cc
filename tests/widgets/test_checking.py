"""A computed value is checked."""

from __future__ import annotations

import pytest

from cybernorms.exercises.record import Record
from cybernorms.widgets.checking import check


def test_a_computed_value_is_checked_saved_and_told(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents optional tasks that say only right or wrong."""
    check("un-duty-table", None)
    assert "no result yet" in capsys.readouterr().out
    assert not record.path.exists()
    check("un-duty-table", {"protection": 3, "restraint": 1})
    told = capsys.readouterr().out
    assert "Partly correct" in told and "Not this one." in told
    assert record.read().last("un-duty-table").response == {"protection": 3, "restraint": 1}
