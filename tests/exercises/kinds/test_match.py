"""Items matched to categories."""

from __future__ import annotations

import pytest

from tests.answers import marked
from tests.exercises.right_answers import MATCHED


@pytest.mark.parametrize(
    ("changes", "credit", "verdict"),
    [
        ({}, 1, "correct"),
        ({"cousins": "restraint"}, 2.5 / 3, "partly correct"),
        ({"cousins": "reporting"}, 2 / 3, "partly correct"),
        ({"cousins": ""}, 2 / 3, "partly correct"),
        ({"cousins": "restraint", "dog-ears": "", "torn-pages": ""}, 0.5 / 3, "partly correct"),
        (dict.fromkeys(MATCHED, "restraint") | {"dog-ears": "reporting"}, 0.5 / 3, None),
        (dict(zip(MATCHED, ["reporting", "reporting", "restraint"], strict=True)), 0, "incorrect"),
    ],
)
def test_a_match_is_the_mean_over_all_items(
    changes: dict[str, str], credit: float, verdict: str | None
) -> None:
    """Prevents an item left open from raising the mean of the others."""
    result = marked("match", MATCHED | changes)
    assert result.credit == pytest.approx(credit)
    assert verdict in (None, result.verdict)


def test_each_item_of_a_match_is_told_why() -> None:
    """Prevents a wrong category from going without a reason."""
    told = marked("match", {"dog-ears": "reporting", "cousins": "restraint"}).feedback
    assert [(each.given, each.verdict, each.reason) for each in told] == [
        ("Report", "incorrect", "Folding is one's own act, and nothing has to be reported."),
        ("Hold back", "defensible", "It is worded as restraint."),
        ("", "open", "Choose a category."),
    ]
