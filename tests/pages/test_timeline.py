"""The timeline of policy."""

from __future__ import annotations

import pytest

from cybernorms.corpus.codings import AXES, find_codings, values_of
from cybernorms.corpus.events import load_events
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_text
from cybernorms.pages.timeline import (
    PERIODS,
    TimelineState,
    event_section,
    figure_of,
    listed as listed_events,
    open_events,
    timeline_blocks,
    values_on,
)
from tests.cards.messages import change, options_of
from tests.explorers import explore
from tests.texts import on_a_page, one_line


def test_every_open_event_stands_in_the_table_and_no_closed_one_anywhere() -> None:
    """Prevents what was agreed on 25 September 2015 from being told before lesson 06."""
    text = one_line(explore("timeline").text())
    closed = {each.id for each in load_events(lesson=EVERYTHING)} - {
        each.id for each in open_events("04")
    }
    assert closed
    for event in load_events(lesson=EVERYTHING):
        assert (one_line(event.name) in text) is (event.id not in closed)
    assert len(open_events("06")) == len(load_events(lesson=EVERYTHING))


@pytest.mark.parametrize("axis", AXES)
def test_values_of_an_axis_let_every_coded_event_through_at_least_once(axis: str) -> None:
    """Prevents a filter that forgets somebody."""
    found = {
        event.id
        for value in values_of(axis)
        for event in listed_events(TimelineState(axis=axis, value=value.value))
    }
    assert found == {each.id for each in open_events("04") if values_on(each.id, axis)}


def test_periods_part_the_events_without_overlap() -> None:
    """Prevents an event that is told twice, or falls between two periods."""
    parts = [listed_events(TimelineState(period=period)) for period in PERIODS if period]
    ids = [event.id for part in parts for event in part]
    assert sorted(ids) == sorted(each.id for each in open_events("04"))


def test_an_event_on_which_coders_differ_says_so_with_both_reasons() -> None:
    """Prevents one reading from passing for the only one."""
    split = [
        (event, axis)
        for event in open_events("04")
        for axis in AXES
        if len(values_on(event.id, axis)) > 1
    ]
    assert split
    for event, axis in split:
        text = one_line(to_text([event_section(event)]))
        for coding in find_codings(item=event.id, axis=axis):
            assert f"{coding.value}: {on_a_page(coding.reason)}" in text
        table = one_line(to_text(timeline_blocks(TimelineState(axis=axis))))
        assert f"coders differ: {' or '.join(values_on(event.id, axis))}" in table


def test_the_figure_tells_as_many_events_as_the_table() -> None:
    """Prevents a figure and a table that say different things."""
    for state in (TimelineState(), TimelineState("number", "bilateral")):
        events = listed_events(state)
        assert figure_of(state).alt.startswith(f"{len(events)} events")


def test_filters_that_nothing_passes_say_so() -> None:
    """Prevents an empty page without a word."""
    state = TimelineState(forum="Internet Governance Forum", period="1998 to 2008", value="crime")
    assert "No event fits" in to_text(timeline_blocks(state))
    assert "no event fits" in figure_of(state).alt


def test_a_change_of_axis_offers_its_values_and_forgets_the_old_one() -> None:
    """Prevents a filter by a value that the axis does not have."""
    timeline = explore("timeline")
    change(timeline, value="crime")
    change(timeline, axis="number")
    assert timeline.state_shown.value == ""
    assert [value for _, value in options_of(timeline, "value")][1:] == [
        each.value for each in values_of("number")
    ]


def test_an_open_event_that_the_filters_hide_is_closed() -> None:
    """Prevents a page on an event that the table does not list."""
    timeline = explore("timeline")
    change(timeline, event=open_events("04")[0].id)
    change(timeline, period="after the day of the post")
    assert timeline.state_shown.event == ""
