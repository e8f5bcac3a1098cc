"""Several choices."""

from __future__ import annotations

import pytest

from tests.answers import marked


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        (["late-fees", "lost-books"], 1),
        (["late-fees"], 1 / 2),
        (["late-fees", "lost-books", "dragons"], 1 / 2),
        (["late-fees", "dragons"], 0),
        (["dragons"], 0),
        (["dragons", "prison"], 0),
        (["late-fees", "lost-books", "dragons", "prison"], 0),
        (["tea-stains"], 0),
        (["late-fees", "lost-books", "tea-stains"], 1),
        (["late-fees", "tea-stains", "tea-stains"], 1 / 2),
        (["late-fees", "late-fees", "late-fees"], 1 / 2),
    ],
)
def test_several_count_correct_minus_incorrect_over_the_number_correct(
    response: list[str], credit: float
) -> None:
    """Prevents points for ticking everything, and points below nought."""
    assert marked("several", response).credit == pytest.approx(credit)


def test_a_defensible_option_is_told_and_one_left_out_is_named() -> None:
    """Prevents a learner from never reading why an option was arguable, or was missed."""
    feedback = marked("several", ["tea-stains", "late-fees"]).feedback
    assert [(each.label, each.given, each.verdict) for each in feedback] == [
        ("", "Late fees", "correct"),
        ("", "Lost books, maps and scores", "missed"),
        ("", "Tea stains", "defensible"),
    ]
