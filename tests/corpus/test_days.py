"""The days around the post, as they are read from their table."""

from __future__ import annotations

import pytest

from cybernorms.corpus.days import DayEvent, load_days
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError


def test_days_are_read_in_their_order_and_end_after_they_begin() -> None:
    """Prevents a timeline that runs backwards."""
    days = load_days(lesson=EVERYTHING)
    dates = [each.date for each in days]
    assert len(days) > 10 and dates == sorted(dates)
    assert all(each.date < each.date_end for each in days if each.date_end)


def test_words_that_are_quoted_are_from_the_source_of_their_day() -> None:
    """Prevents words of one source under the name of another."""
    for each in load_days(lesson=EVERYTHING):
        assert each.quotation is None or each.quotation.source == each.source, each.id


def test_a_lesson_loads_what_it_may_tell() -> None:
    """Prevents an outcome in the lessons before it."""
    assert {each.id for each in load_days(lesson="00")} == {"story", "post"}
    assert "commitments" not in {each.id for each in load_days(lesson="05")}
    assert len(load_days(lesson="06")) == len(DayEvent.rows())
    with pytest.raises(CyberNormsError, match="no lesson"):
        load_days(lesson="zz")
