"""One choice."""

from __future__ import annotations

import pytest

from tests.answers import marked, verdicts


@pytest.mark.parametrize(
    ("response", "credit", "verdict"),
    [("d", 1, "correct"), ("e", 0.5, "defensible"), ("f", 0, "incorrect")],
)
def test_a_choice_brings_the_credit_of_its_option(
    response: str, credit: float, verdict: str
) -> None:
    """Prevents a defensible choice from counting as right or as wrong."""
    result = marked("choice", response)
    assert (result.credit, result.points, result.verdict) == (credit, 2 * credit, verdict)
    assert verdicts(result) == [verdict]


def test_a_choice_is_told_its_reason_and_its_paragraph() -> None:
    """Prevents feedback that says whether and not why."""
    (told,) = marked("choice", "e").feedback
    assert told.reason == "It is worded as restraint, but a borrower must also watch the cousin."
    assert (told.source, told.pinpoint) == ("lower-shelving", "art 4(e)")
    assert marked("choice", "e").closing == "A duty to hold back can be met by doing nothing."
