"""A number."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.exercises.marking import mark
from tests.answers import marked
from tests.factories import made_up


@pytest.mark.parametrize(
    ("response", "credit", "verdict"),
    [
        (1500, 1, "correct"),
        (1500.5, 1, "correct"),
        (1499.5, 1, "correct"),
        (1500.51, 0.5, "defensible"),
        (1510, 0.5, "defensible"),
        (1490, 0.5, "defensible"),
        (1510.01, 0, "incorrect"),
        (1489.99, 0, "incorrect"),
        (-1500, 0, "incorrect"),
        (0, 0, "incorrect"),
        (1e300, 0, "incorrect"),
    ],
)
def test_a_number_is_right_within_the_tolerance_and_half_right_within_the_wider(
    response: float, credit: float, verdict: str
) -> None:
    """Prevents a number just inside or outside either tolerance from being marked wrongly."""
    result = marked("number", response)
    assert (result.credit, result.verdict) == (credit, verdict)


def test_a_number_without_tolerances_must_be_that_number() -> None:
    """Prevents a wider tolerance where the question has none."""
    table = {"tolerance": 0, "answer": 0.3}
    question = made_up("number", **table)
    assert mark(question, 0.1 + 0.2).credit == 1
    assert mark(question, 10.4).credit == 0


def test_a_known_mistake_is_told_how_it_came_about() -> None:
    """Prevents the reason for a common slip from being drowned by the general one."""
    (told,) = marked("number", "150 books").feedback
    assert told.reason == "That is the number of shelves."
    (told,) = marked("number", 151).feedback
    assert told.reason == "Neither count is anywhere near that."


@pytest.mark.parametrize(
    ("response", "shown"), [(1234567, "1234567 books"), (0.1, "0.1 books"), ("1,5", "1.5 books")]
)
def test_a_number_is_shown_as_it_was_given(response: Any, shown: str) -> None:
    """Prevents a learner from reading 1.23457e+06 for the 1234567 that was typed."""
    (told,) = marked("number", response).feedback
    assert told.given == shown
