"""Statistics of a class: worked examples, and everything that can be undefined."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import pytest

from cybernorms.classroom.scoring.item_statistics import (
    OptionCount,
    alpha_of,
    correlation,
    cronbach_alpha,
    describe_alpha,
    difficulty,
    discrimination,
    gain,
    item_statistics,
    most_drawn,
    normalised_gain,
)
from cybernorms.exercises.questions import Offer

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


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([[1], [0]], "two items"),
        ([[1, 0]], "two learners"),
        ([], "two items"),
        ([[1, 0], [0, 1]], "the same total"),
    ],
)
def test_alpha_says_why_it_is_undefined(rows: list[list[float]], told: str) -> None:
    assert cronbach_alpha(rows) is None
    items = len(rows[0]) if rows else 0
    assert told in describe_alpha(None, items, len(rows))


def test_alpha_is_told_with_items_and_learners() -> None:
    assert describe_alpha(0.754, 3, 4) == "Cronbach's alpha is 0.75, of 3 items and 4 learners."


def test_statistics_of_items_weigh_totals_by_points() -> None:
    credits = {"a": [1, 1, 0, 0], "b": [1, 0.5, 0.5, 0], "c": [None, None, None, None]}
    a, b, c = item_statistics(credits, {"a": 1, "b": 2, "c": 5})
    assert (a.learners, a.answered, a.difficulty) == (4, 4, 0.5)
    assert a.discrimination == b.discrimination == pytest.approx(1 / sqrt(2))
    assert (c.answered, c.difficulty, c.discrimination) == (0, None, None)


def test_statistics_of_no_items_and_of_no_learners_are_empty_and_undefined() -> None:
    assert item_statistics({}, {}) == []
    (only,) = item_statistics({"a": []}, {"a": 1})
    assert (only.learners, only.difficulty, only.discrimination) == (0, None, None)
    assert alpha_of({}, {}) is None


def test_alpha_of_a_test_counts_what_is_not_answered_as_nothing() -> None:
    columns = {f"item {place}": list(item) for place, item in enumerate(zip(*STAIRS, strict=True))}
    blank = {item: [each or None for each in column] for item, column in columns.items()}
    assert alpha_of(blank, dict.fromkeys(columns, 1.0)) == pytest.approx(0.75)


def drawn(question: str, option: str, count: int, verdict: str = "incorrect") -> OptionCount:
    return OptionCount(question, Offer("", option, verdict, "A reason."), count, 10)


def test_what_to_teach_again_is_the_most_drawn_wrong_option_of_different_questions() -> None:
    counts = [
        drawn("a", "right", 9, "correct"),
        drawn("a", "wrong", 4),
        drawn("a", "also wrong", 5),
        drawn("b", "wrong", 2),
        drawn("c", "arguable", 9, "defensible"),
        drawn("c", "wrong", 0),
        drawn("d", "wrong", 6),
    ]
    found = most_drawn(counts, 3)
    assert [(each.question, each.offer.text) for each in found] == [
        ("d", "wrong"),
        ("a", "also wrong"),
        ("b", "wrong"),
    ]
    assert all(one.share >= other.share for one, other in pairwise(found))


def test_the_gain_counts_only_learners_who_answered_both_times() -> None:
    found = gain("q", [1, 0, 0, 0.5, None, 0], [1, 1, 0, 1, 1, None])
    assert (found.learners, found.before, found.after) == (4, 0.25, 0.75)
    assert found.normalised == pytest.approx(2 / 3)


def test_the_gain_of_nobody_is_undefined() -> None:
    found = gain("q", [None, 1], [1, None])
    assert (found.learners, found.before, found.after, found.normalised) == (0, None, None, None)


def test_a_gain_is_undefined_where_all_was_right_before_and_can_be_negative() -> None:
    assert normalised_gain(1, 0.5) is None
    assert normalised_gain(0.5, 0.25) == -0.5
