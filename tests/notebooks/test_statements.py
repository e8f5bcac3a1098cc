"""Prose must not state what the data does not hold: facts go wrong where they are typed twice."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.statements import Statement, all_prose, is_known, nearest, statements_in

FOUND = [found for place, prose in all_prose() for found in statements_in(prose, place)]


def test_every_statement_of_the_prose_stands_in_the_data() -> None:
    """Prevents a misquoted norm, a wrong symbol, date or vote from reaching a class."""
    unknown = [
        f"{each.place}: {each.kind} {each.text!r}; nearest in the data: {nearest(each)}"
        for each in FOUND
        if not is_known(each)
    ]
    assert not unknown, "Not in data/*/*.csv:\n" + "\n".join(unknown)


@pytest.mark.parametrize("kind", ["quotation", "symbol", "date"])
def test_the_search_finds_statements_at_all(kind: str) -> None:
    """Prevents a broken pattern from letting everything pass."""
    assert sum(each.kind == kind for each in FOUND) >= 2


@pytest.mark.parametrize(
    ("prose", "kind"),
    [
        ("> \u201cStates must not knowingly allow their territory\u201d", "quotation"),
        ("> States should never knowingly allow it", "quotation"),
        ("It says \u201cshould not knowingly permit their territory\u201d there.", "quotation"),
        ("See A/70/175 for the report.", "symbol"),
        ("In resolution 70/999 the Assembly did so.", "symbol"),
        ("It is dated 23 July 1995.", "date"),
        ("It was adopted by 177-2-0.", "vote"),
    ],
)
def test_a_statement_that_the_data_does_not_hold_is_reported(prose: str, kind: str) -> None:
    """Prevents a check that cannot fail."""
    found = list(statements_in(prose, "here"))
    assert [each.kind for each in found if not is_known(each)] == [kind] * len(found)
    assert found


def test_a_right_statement_in_other_clothes_is_known() -> None:
    """Prevents false alarms over quotation marks, line breaks and markup."""
    quoted = "States **should not** knowingly allow\ntheir territory to be used"
    assert is_known(Statement("quotation", quoted, "here"))
    assert is_known(Statement("quotation", "should not conduct \u2026 critical infrastructure", ""))
    assert is_known(Statement("symbol", "A/70/174", "here"))
    assert is_known(Statement("date", "2015-07-22", "here"))


def test_code_and_addresses_are_not_prose() -> None:
    """Prevents alarms over `code` and over the numbers in a link."""
    prose = "`A/99/999` and [the report](https://docs.un.org/en/A/99/999)"
    assert not list(statements_in(prose, "here"))


def test_a_report_names_the_place_in_the_data_that_is_meant() -> None:
    """Prevents a search through all tables for what a sentence in a lesson has changed."""
    wrong = "States should not knowingly allow their country to be used for wrongful acts"
    assert re.search("(quotations|clauses).csv, .*13c", nearest(Statement("quotation", wrong, "")))
    assert "resolutions.csv" in nearest(Statement("symbol", "A/RES/73/28", ""))
    assert "2015-07-22" in nearest(Statement("date", "2015-07-23", ""))
