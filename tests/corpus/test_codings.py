"""The readers of axes, values and codings, and what they say of a spoilt table."""

from __future__ import annotations

import pytest

from cybernorms.corpus.codings import (
    AXES,
    find_codings,
    load_coders,
    load_codings,
    values_of,
)
from tests.corpus.spoiling import change, refusal, spoil
from tests.factories import reading_from
from tests.paths import ROOT


def test_codings_are_found_by_item_axis_and_coder() -> None:
    """Prevents a coding that is shown for another passage."""
    (coding,) = find_codings(item="kerry-3", axis="subject", coder="A")
    assert (coding.item, coding.axis, coding.value) == ("kerry-3", "subject", "trade")
    assert {each.axis for each in find_codings(item="kerry-3")} == set(AXES)
    assert find_codings(item="nobody-2015") == ()


def one_coder(rows: list[dict[str, str]]) -> None:
    rows[:] = [row for row in rows if row["coder"] == "A"]


def two_coders(rows: list[dict[str, str]]) -> None:
    one_coder(rows)
    rows += [row | {"coder": "B"} for row in rows]


@pytest.mark.parametrize(("act", "coders"), [(one_coder, ("A",)), (two_coders, ("A", "B"))])
def test_one_coder_will_do_and_two_stand_side_by_side(folder, act, coders) -> None:
    """Prevents a module that waits for the second coder."""
    change(folder, "codings", act)
    assert load_coders() == coders
    found = find_codings(item="kerry-3", axis="subject")
    assert tuple(each.coder for each in found) == coders


def test_codings_come_item_by_item_whatever_their_order_in_the_table(folder) -> None:
    """Prevents a table that is shown in the order in which somebody typed it."""
    change(folder, "codings", lambda rows: rows.reverse())
    read = load_codings()
    with reading_from(ROOT / "data"):
        assert read == load_codings()


def test_a_coder_who_codes_twice_is_refused(folder) -> None:
    """Prevents a coding that hides another of the same coder."""
    change(folder, "codings", lambda rows: rows.append(dict(rows[0])))
    error = refusal(load_codings)
    assert "twice" in error.what and "codings.csv" in error.where


def test_a_value_of_another_axis_is_refused(folder) -> None:
    """Prevents a subject among the numbers of States."""
    change(
        folder, "codings", lambda rows: [r.update(value="crime", axis="number") for r in rows[:1]]
    )
    error = refusal(load_codings)
    assert "crime" in error.what and "bilateral" in error.remedy


def test_a_passage_that_is_not_to_be_coded_cannot_be(folder) -> None:
    """Prevents a coding of words that nobody read."""
    spoil(folder, "codings", 1, item="page-oppose")
    assert "page-oppose" in refusal(load_codings).what


def test_values_come_in_their_order_and_an_axis_that_does_not_exist_has_none() -> None:
    """Prevents choices that stand in another order on each screen."""
    assert values_of("participants")[0].value == "states only"
    assert values_of("participants")[-1].value == "none of these"
    assert values_of("weather") == ()
