"""A sheet to sort: what is kept of it, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.corpus.codings import find_codings
from cybernorms.corpus.documents import (
    coded_passages,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.record import Record
from cybernorms.pages.kept import history_of
from cybernorms.pages.policy_coder import (
    codes_on,
    deal,
    sheets,
)
from cybernorms.pages.sheet import kept_choices
from cybernorms.widgets.sorter import Sorter


def test_nothing_is_shown_before_a_sheet_is_full_and_kept() -> None:
    """Prevents learners from reading the coders' choices before they have made their own."""
    record = Record()
    coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    coder.submit()
    assert "lines are still open" in coder._status.value and not coder._reading.value
    assert find_codings(item=coded_passages(lesson=EVERYTHING)[0].id)[0].reason not in coder.text()
    for field in coder.fields.values():
        field.value = field.options[1][1]
    coder.submit()
    assert "Agreement on the passages" in coder._reading.value


def test_earlier_codings_are_filled_in_and_count_with_those_of_other_sheets() -> None:
    """Prevents a lesson of two evenings from starting over."""
    record = Record()
    for number in (0, 1):
        coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
        coder.sheet.value = coder.sheet.options[number][1]
        for field in coder.fields.values():
            field.value = field.options[1][1]
        coder.submit()
    dealt = deal(coded_passages(lesson=EVERYTHING))
    both = len(dealt[0]) + len(dealt[1])
    again = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    assert len(again.chosen()) == len(again.fields)
    assert f"that you have coded ({both})" in again._reading.value
    kept = kept_choices(again.current, history_of(record))
    assert kept == again.chosen() and len(codes_on("subject", kept)) == len(dealt[0])


def test_a_record_that_cannot_be_read_leaves_the_sheet_empty(tmp_path: Path) -> None:
    """Prevents a traceback where the file of answers is a folder."""
    (tmp_path / "work" / "answers.jsonl").mkdir(parents=True)
    record = Record(tmp_path / "work")
    coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    assert coder.chosen() == {} and not coder._reading.value


@pytest.mark.parametrize("response", ["crime", ["crime"], {"gone:subject": "crime"}, None])
def test_choices_that_no_longer_fit_a_sheet_are_left_out(response: object) -> None:
    """Prevents a record of another version from filling in what is not on offer."""
    record = Record()
    sheet = sheets(record)[0]
    record.append("sorter-policy-1", "", response)
    assert kept_choices(sheet, history_of(record)) == {}
    line = next(iter(sheet.lines))
    record.append("sorter-policy-1", "", {line: "multistakeholder", "gone:subject": "crime"})
    assert kept_choices(sheet, history_of(record)) == {line: "multistakeholder"}
