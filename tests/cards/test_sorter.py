"""A sheet is compared only when it is full and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.record import Record
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import sheet as law_sheet
from cybernorms.widgets.sorter import Sorter


def fill(sorter: Sorter, choice: Callable[[str], str]) -> None:
    for id, field in sorter.fields.items():
        field.value = choice(id)


def test_a_sheet_is_compared_only_when_it_is_full_and_kept() -> None:
    """Prevents readings that are looked at before anything was decided."""
    sorter = Sorter("Law or norm", [law_sheet()])
    sorter.submit()
    assert "10 lines are still open" in sorter._status.value and not sorter._reading.value
    fill(sorter, lambda id: "law")
    sorter.submit()
    assert "Best reading" in sorter._reading.value
    assert Record().read().last("sorter-law-or-norm") is not None
    again = Sorter("Law or norm", [law_sheet()])
    assert again.chosen() == sorter.chosen() and "Best reading" in again._reading.value


def test_a_change_closes_the_reading() -> None:
    """Prevents a reading that stands beside other choices."""
    sorter = Sorter("Law or norm", [law_sheet()])
    fill(sorter, lambda id: "law")
    sorter.submit()
    next(iter(sorter.fields.values())).value = "norm"
    assert not sorter._reading.value and "Not saved yet" in sorter._status.value


def test_what_cannot_be_saved_is_told_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a reading for choices that are lost."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    sorter = Sorter("Law or norm", [law_sheet()], record=Record(blocked / "work"))
    fill(sorter, lambda id: "law")
    sorter.submit()
    assert "Not saved" in sorter._status.value and not sorter._reading.value
    assert len(sorter.chosen()) == len(sorter.fields)


def test_switching_the_case_shows_its_own_lines_and_choices() -> None:
    """Prevents choices for one incident from being kept for another."""
    sorter = Sorter(
        "Incident sorter", [incident_sheet(each) for each in load_incidents(lesson=EVERYTHING)]
    )
    fill(sorter, lambda id: "arguable")
    sorter.submit()
    first, second = sorter.sheet.options[0][1], sorter.sheet.options[1][1]
    sorter.sheet.value = second
    assert not sorter.chosen() and not sorter._reading.value
    sorter.sheet.value = first
    assert set(sorter.chosen().values()) == {"arguable"} and sorter._reading.value
