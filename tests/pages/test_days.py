"""The ten days of September 2015: what each lesson may tell of them, and in which words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cybernorms.corpus.days import load_days
from cybernorms.document import to_text
from cybernorms.pages import days
from tests.texts import one_line


def said(lesson: str) -> str:
    return one_line(to_text(days.days_blocks(lesson)))


def names(lesson: str) -> list[str]:
    return [event.name for row in days.rows(lesson) for event in row.events]


def test_every_lesson_shows_all_that_it_may_tell_and_nothing_else() -> None:
    # Prevents an event that falls between two rows, and one that is told before its lesson.
    for lesson in ("00", "01", "02", "04", "05", "06"):
        assert names(lesson) == [each.name for each in load_days(lesson=lesson)]


def test_the_timeline_grows() -> None:
    # Prevents a picture that is the same in each lesson, or forgets what it has shown.
    shown = [set(names(lesson)) for lesson in ("00", "01", "05", "06")]
    assert all(before < after for before, after in pairwise(shown))
    new = [each for each in load_days(lesson="05") if days.is_new(each, "05")]
    assert [each.name for each in new] == ["Xi Jinping speaks in Seattle"]


@pytest.mark.parametrize("lesson", ["00", "01", "02", "04", "05"])
def test_nothing_hints_at_what_came_of_the_talks(lesson: str) -> None:
    # Prevents a day that is drawn because something happened on it which is not told yet.
    assert [row.day for row in days.rows(lesson) if int(row.day[-2:].strip("–")) > 22] == (
        ["24"] if lesson > "00" else []
    )
    assert days.CLOSED in said(lesson)
    assert [row.look for row in days.rows(lesson)].count("here") == 1


def test_the_last_lesson_closes_nothing_and_stands_nowhere() -> None:
    # Prevents a timeline that still promises what it shows.
    assert days.CLOSED not in said("06")
    assert [row.day for row in days.rows("06")][-2:] == ["25", "26"]
    assert not {"here", "plan"} & {row.look for row in days.rows("06")}


def test_the_years_open_where_events_may_be_shown() -> None:
    # Prevents years that tell in lesson 01 what lesson 04 opens, and a gap where nothing happened.
    assert days.years("01") == []
    found = days.years("04")
    assert [each.year for each in found] == list(range(1998, 2027))
    assert found[-1].events and len(days.years("06")[17].events) > len(found[17].events)
