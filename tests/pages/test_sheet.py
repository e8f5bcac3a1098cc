"""A sheet to sort: what is kept of it, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cards.sorter import Sorter
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
from tests.cards.messages import change, deck_of, seen, sort


def test_nothing_is_shown_before_a_sheet_is_full_and_kept() -> None:
    """Prevents learners from reading the coders' choices before they have made their own."""
    record = Record()
    coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    reason = find_codings(item=coded_passages(lesson=EVERYTHING)[0].id)[0].reason
    *lines, last = coder.current.lines
    for line in lines:
        sort(coder, line, next(iter(coder.current.choices(line))))
    assert "Agreement on the passages" not in coder.text() + seen(coder)
    assert reason not in coder.text()
    sort(coder, last, next(iter(coder.current.choices(last))))
    assert "Agreement on the passages" in coder.text()
    assert "Agreement on the passages" in deck_of(coder)["summary"]


def test_earlier_codings_are_filled_in_and_count_with_those_of_other_sheets() -> None:
    """Prevents a lesson of two evenings from starting over."""
    record = Record()
    for number in (0, 1):
        coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
        change(coder, sheet=sheets(record)[number].id)
        for line in coder.current.lines:
            sort(coder, line, next(iter(coder.current.choices(line))))
    dealt = deal(coded_passages(lesson=EVERYTHING))
    both = len(dealt[0]) + len(dealt[1])
    again = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    assert len(again.chosen) == len(again.current.lines)
    assert f"that you have coded ({both})" in deck_of(again)["summary"]
    kept = kept_choices(again.current, history_of(record))
    assert kept == again.chosen and len(codes_on("subject", kept)) == len(dealt[0])


def test_a_record_that_cannot_be_read_leaves_the_sheet_empty(tmp_path: Path) -> None:
    """Prevents a traceback where the file of answers is a folder."""
    (tmp_path / "work" / "answers.jsonl").mkdir(parents=True)
    record = Record(tmp_path / "work")
    coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    assert coder.chosen == {} and not deck_of(coder).get("summary")


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
