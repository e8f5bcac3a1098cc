"""The figure of events says in words what it draws, and no mark covers another."""

from __future__ import annotations

import pytest

from cybernorms.figures.timeline import MOST, NEAR, EventMark, draw_timeline, heights, timeline_alt

ROWS = ("States only", "multistakeholder")
AGREED = EventMark("2005-11-16", "World Summit", ("States only",))
SPLIT = EventMark("2014-04-23", "Meeting in Brazil", ("States only", "multistakeholder"))


def test_the_text_counts_the_events_of_each_row_and_those_on_which_coders_differ() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    alt = timeline_alt("participants", ROWS, [AGREED, SPLIT])
    assert "2 events from 2005 to 2014" in alt
    assert "States only: 1; multistakeholder: 0" in alt
    assert "On 1 of them the coders differ" in alt


def test_no_event_is_told_in_words_and_still_draws() -> None:
    """Prevents an error where filters let nothing pass."""
    assert "no event fits" in timeline_alt("number", ROWS, [])
    assert draw_timeline("number", ROWS, [], (1998, 2025)).source.startswith("<svg")


def test_near_marks_stand_above_one_another_and_far_ones_on_the_ground() -> None:
    """Prevents marks that hide each other."""
    assert heights([2000, 2000 + NEAR / 2, 2000 + NEAR, 2010]) == [0, 1, 0, 0]


def test_a_crowd_of_marks_stays_inside_its_row() -> None:
    """Prevents marks of one value from standing in the row of the next."""
    assert max(heights([2015.0] * 20)) == MOST - 1


@pytest.mark.parametrize("marks", [(AGREED,), (SPLIT,), (AGREED, SPLIT)])
def test_the_figure_carries_its_text(marks: tuple[EventMark, ...]) -> None:
    """Prevents an image without words."""
    figure = draw_timeline("participants", ROWS, marks, (1998, 2025))
    assert figure.alt == timeline_alt("participants", ROWS, marks)
    assert "coders differ" in figure.caption
