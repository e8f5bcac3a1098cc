"""Statistics of a class: worked examples, and everything that can be undefined."""

from __future__ import annotations

from math import sqrt

import pytest

from cybernorms.classroom.scoring.item_statistics import (
    correlation,
    cronbach_alpha,
    difficulty,
    discrimination,
)

# F. J. Anscombe, Graphs in Statistical Analysis, The American Statistician 27 (1973), 17-21: the
# first of four data sets, whose correlation is 0.816.
ANSCOMBE_X = [10.0, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE_Y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]

# Four learners, three items, each learner one right answer more than the next.
STAIRS = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_the_difficulty_is_the_mean_credit_of_who_answered() -> None:
    assert difficulty([1, 0.5, 0, None]) == 0.5


def test_the_difficulty_of_an_item_that_nobody_answered_is_undefined() -> None:
    assert difficulty([None, None]) is None
    assert difficulty([]) is None


def test_the_correlation_is_that_of_a_published_example() -> None:
    assert correlation(ANSCOMBE_X, ANSCOMBE_Y) == pytest.approx(0.81642, abs=5e-6)


@pytest.mark.parametrize("ones", [[], [1], [2, 2, 2]])
def test_a_correlation_without_pairs_or_differences_is_undefined(ones: list[float]) -> None:
    assert correlation(ones, list(range(len(ones)))) is None
    assert correlation(list(range(len(ones))), ones) is None


def test_a_correlation_of_sides_of_unequal_length_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be paired"):
        correlation([1, 2], [1, 2, 3])


def test_an_item_is_taken_out_of_the_total_before_it_is_compared_with_it() -> None:
    # Worked by hand: item 1, 1, 0, 0; the rest of the totals 2, 1, 1, 0.
    # Sum of products of deviations 1; sums of squares 1 and 2.
    assert discrimination([1, 1, 0, 0], [3, 2, 1, 0]) == pytest.approx(1 / sqrt(2))


def test_an_item_against_noise_does_not_discriminate_by_itself() -> None:
    """Prevents an item from being praised for its correlation with itself."""
    assert discrimination([1, 0, 1, 0], [2, 1, 1, 0]) == pytest.approx(0)


def test_who_did_not_answer_an_item_is_left_out_of_its_discrimination() -> None:
    full = discrimination([1, 1, 0, 0], [3, 2, 1, 0])
    assert discrimination([1, None, 1, 0, 0], [3, 7, 2, 1, 0]) == full


def test_an_item_that_all_got_right_has_no_discrimination() -> None:
    assert discrimination([1, 1, 1], [3, 2, 1]) is None


def test_alpha_is_that_of_an_example_worked_by_hand() -> None:
    # Variances of the items 1/4, 1/3 and 1/4, of the totals 5/3: 3/2 x (1 - 1/2).
    assert cronbach_alpha(STAIRS) == pytest.approx(0.75)


def test_alpha_of_right_and_wrong_items_is_kuder_and_richardsons_formula_20() -> None:
    rows = [[1, 0, 1, 1], [0, 0, 1, 0], [1, 1, 1, 0], [0, 0, 0, 0], [1, 1, 0, 1]]
    shares = [sum(item) / 5 for item in zip(*rows, strict=True)]
    totals = [sum(row) for row in rows]
    spread = sum((total - sum(totals) / 5) ** 2 for total in totals) / 5
    kr20 = 4 / 3 * (1 - sum(share * (1 - share) for share in shares) / spread)
    assert cronbach_alpha(rows) == pytest.approx(kr20)


def test_alpha_of_the_same_item_twice_is_one() -> None:
    assert cronbach_alpha([[1, 1], [0, 0], [0.5, 0.5]]) == pytest.approx(1)


def test_alpha_can_be_negative() -> None:
    """Prevents items that contradict one another from passing for items that measure nothing."""
    assert cronbach_alpha([[2, 0], [0, 1], [2, 1]]) == pytest.approx(-4 / 3)


@pytest.mark.parametrize("rows", [[[1], [0]], [[1, 0]], [], [[1, 0], [0, 1]]])
def test_alpha_of_one_item_one_learner_or_equal_totals_is_undefined(
    rows: list[list[float]],
) -> None:
    assert cronbach_alpha(rows) is None
