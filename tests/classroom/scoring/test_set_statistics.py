"""The figures of a set: who is in them, and what is told of them."""

from __future__ import annotations

from math import sqrt

import pytest

from cybernorms.classroom.scoring.set_statistics import (
    LEFT_OUT,
    NO_ANSWER,
    WAITING,
    SetStatistics,
    describe_alpha,
    set_statistics,
)
from tests.classroom.scoring.test_intervals import ROWS

STAIRS = {"a": [1.0, 1, 1, 0], "b": [1.0, 1, 0, 0], "c": [1.0, 0, 0, 0]}
EQUAL = dict.fromkeys("abcd", 1.0)
CLASS = {str(item): list(column) for item, column in enumerate(zip(*ROWS, strict=True))}
SIX = dict.fromkeys(CLASS, 1.0)


def test_totals_weigh_credits_by_points() -> None:
    columns = {"a": [1.0, 1, 0, 0], "b": [1, 0.5, 0.5, 0], "c": [NO_ANSWER] * 4}
    found = set_statistics(columns, {"a": 1, "b": 2, "c": 5})
    a, b, c = found.items
    assert (a.learners, a.answered, a.difficulty) == (4, 4, 0.5)
    assert a.discrimination == b.discrimination == pytest.approx(1 / sqrt(2))
    assert (c.answered, c.difficulty, c.discrimination) == (0, None, None)
    assert found.questions == 2


def test_the_figures_of_no_questions_and_of_no_students_are_undefined() -> None:
    assert set_statistics({}, {}).items == ()
    found = set_statistics({"a": []}, {"a": 1})
    assert (found.items[0].learners, found.items[0].difficulty, found.alpha) == (0, None, None)


def test_no_answer_counts_nothing_in_totals_and_is_not_in_the_difficulty() -> None:
    blank = {item: [cell or NO_ANSWER for cell in column] for item, column in STAIRS.items()}
    found = set_statistics(blank, EQUAL)
    assert found.alpha == pytest.approx(0.75)
    assert [item.difficulty for item in found.items] == [1, 1, 1]
    assert [item.learners for item in found.items] == [4, 4, 4]


def test_whoever_was_kept_from_a_question_changes_no_figure_of_the_others() -> None:
    """Prevents a deadline from passing for ignorance: all who were late are last everywhere."""
    late = {item: [*column, LEFT_OUT, LEFT_OUT] for item, column in CLASS.items()}
    assert set_statistics(late, SIX) == set_statistics(CLASS, SIX)


@pytest.mark.parametrize("marked", [0, 1, 34])
def test_a_question_with_texts_to_mark_moves_no_other_figure(marked: int) -> None:
    """Prevents figures that fall while a teacher marks, and rise again at the end."""
    essay = [1.0] * marked + [WAITING] * (35 - marked)
    found = set_statistics(CLASS | {"essay": essay}, SIX | {"essay": 3}, ["essay"])
    alone = set_statistics(CLASS, SIX)
    assert found.items[:-1] == alone.items and found.alpha == alone.alpha
    assert found.items[-1].difficulty is None
    assert found.waiting == ("essay",) and found.written == 0
    assert "until all its texts are marked" in describe_alpha(found)


def test_a_question_whose_texts_are_all_marked_is_in_the_totals() -> None:
    found = set_statistics(CLASS | {"essay": [0.5, 1.0] * 17 + [0]}, SIX | {"essay": 3}, ["essay"])
    assert (found.waiting, found.questions, found.written) == ((), 7, 1)
    assert "of 7 questions (1 written) and 35 students" in describe_alpha(found)


def test_alpha_is_told_with_its_interval_and_its_limits() -> None:
    told = describe_alpha(set_statistics(CLASS, SIX))
    assert told.startswith("Cronbach's alpha is 0.54, at 99 per cent from 0.14 to 0.79, of 6 ")
    assert "not whether they measure the right thing" in told


def made(questions: int, learners: int, alpha: float | None) -> SetStatistics:
    return SetStatistics((), (), questions, 0, learners, alpha)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (made(1, 35, None), "two questions"),
        (made(0, 0, None), "two questions"),
        (made(5, 35, None), "the same total"),
        (made(5, 19, -162.93), "of 19 students it would be mostly chance"),
        (made(5, 19, None), "of 19 students"),
        (made(5, 1, None), "of 1 student it would"),
    ],
)
def test_where_there_is_no_alpha_the_reason_is_told_and_no_figure(
    found: SetStatistics, told: str
) -> None:
    text = describe_alpha(found)
    assert told in text and "-162" not in text


def test_the_discrimination_of_few_has_no_interval_and_that_of_many_has_one() -> None:
    (few, *_), (many, *_) = set_statistics(STAIRS, EQUAL).items, set_statistics(CLASS, SIX).items
    assert few.discrimination_interval is not None  # four pairs are just enough
    assert many.discrimination == pytest.approx(0.36346923781443075)
    assert many.discrimination_interval == pytest.approx((-0.0743317897, 0.6838038812))
    assert many.difficulty_interval is not None and many.difficulty_interval.low > 0
