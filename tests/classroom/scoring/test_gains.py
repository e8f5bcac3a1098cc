"""What was gained over a course, and where nothing can be said of it."""

from __future__ import annotations

import pytest

from cybernorms.classroom.scoring.gains import gain, normalised_gain


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
