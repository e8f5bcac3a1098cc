"""A clause that is built of parts."""

from __future__ import annotations

import pytest

from tests.answers import marked


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        ({"actor": "borrowers", "verb": "should-not"}, 1),
        ({"actor": "borrowers", "verb": "should-not", "mental-element": "knowingly"}, 1),
        ({"actor": "borrowers", "verb": "should-not", "mental-element": "sleepily"}, 1),
        ({"actor": "borrowers", "verb": "must-not"}, 0.7),
        ({"actor": "borrowers", "verb": "may"}, 0.5),
        ({"actor": "borrowers"}, 0.5),
        ({"mental-element": "knowingly"}, 0),
        ({"actor": "books", "verb": "may", "mental-element": "knowingly"}, 0),
    ],
)
def test_a_clause_is_the_share_of_its_required_parts(
    response: dict[str, str], credit: float
) -> None:
    """Prevents a part that may be left out from counting."""
    assert marked("clause", response).credit == pytest.approx(credit)


def test_a_part_left_open_is_named_only_where_it_is_required() -> None:
    """Prevents a learner from being sent to fill in what need not be."""
    feedback = marked("clause", {"actor": "borrowers"}).feedback
    assert [each.label for each in feedback] == ["Actor", "Verb"]
