"""Two coders side by side: what is drawn is what the figures of agreement are computed from."""

from __future__ import annotations

import pytest

from cybernorms.analysis.agreement import cohens_kappa, percent_agreement
from cybernorms.document import to_text
from cybernorms.pages.two_coders import apart_table, pair_blocks, pairs
from tests.texts import one_line


def test_the_squares_and_the_crossing_lines_give_the_figures() -> None:
    # Prevents a drawing whose lines do not add up to the kappa below it.
    for pair in pairs("04"):
        one = {str(place): each.one for place, each in enumerate(pair.items)}
        two = {str(place): each.two for place, each in enumerate(pair.items)}
        assert pair.agreed + len(pair.apart) == len(pair.items) > 50
        assert percent_agreement(one, two).value == pytest.approx(100 * pair.agreed / len(one))
        if pair.kappa is not None:
            assert cohens_kappa(one, two).value == pytest.approx(pair.kappa)
            share = (pair.agreed / len(one) - pair.chance) / (1 - pair.chance)
            assert share == pytest.approx(pair.kappa)
        assert {each.one for each in pair.items} | {each.two for each in pair.items} == set(
            pair.values
        )


def test_each_item_on_which_they_part_has_both_reasons_in_the_table_and_the_text() -> None:
    # Prevents a crossing line of which nobody can read why it crosses.
    text = one_line(to_text(pair_blocks("04")))
    for pair in pairs("04"):
        assert len(apart_table(pair).rows) == len(pair.apart)
        for each in pair.apart:
            assert all(one_line(reason) in text for reason in each.reasons)


def test_what_opens_later_is_not_counted_before() -> None:
    # Prevents a square for an event that its lesson has yet to tell.
    assert len(pairs("04")[0].items) < len(pairs("06")[0].items)
