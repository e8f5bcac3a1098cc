"""The timeline: events on cyber conduct and on governance, sorted by one axis at a time."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from cybernorms.corpus.codings import AXES, find_codings, values_of
from cybernorms.corpus.events import Event, find_event, load_events
from cybernorms.document import (
    Block,
    Facts,
    Inline,
    Line,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    plural,
)
from cybernorms.figures.timeline import EventMark, draw_timeline
from cybernorms.pages.explorer import Explorer, Field, Figure, Options, all_or, among, row
from cybernorms.pages.sourcing import location, sourced

TITLE = "Events on three axes"
PERIODS = {
    "": ("1998", "2026"),
    "1998 to 2008": ("1998", "2009"),
    "2009 to 2012": ("2009", "2013"),
    "2013 to the day of the post": ("2013", "2015-09-23"),
    "after the day of the post": ("2015-09-23", "2026"),
}


class TimelineState(Struct, frozen=True):
    """What the timeline shows: an axis, filters, and perhaps one event with its reasons.

    `value` is one of the axis; empty filters let everything pass. `lesson` is the number of the
    lesson that shows it; events that open later stay closed.
    """

    axis: str = "subject"
    value: str = ""
    forum: str = ""
    period: str = ""
    event: str = ""
    lesson: str = "04"


def open_events(lesson: str) -> list[Event]:
    """Return the events that a lesson may show, oldest first."""
    return list(load_events(lesson=lesson))


@cache
def values_on(event: str, axis: str) -> tuple[str, ...]:
    """Return the values that the coders gave to an event on an axis; one where they agree."""
    return tuple(dict.fromkeys(each.value for each in find_codings(item=event, axis=axis)))


def listed(state: TimelineState) -> list[Event]:
    """Return the events that pass the filters; a value that any coder gave counts."""
    first, end = PERIODS[state.period]
    return [
        each
        for each in open_events(state.lesson)
        if first <= each.date < end
        and state.forum in ("", each.forum)
        and (not state.value or state.value in values_on(each.id, state.axis))
    ]


def describe_values(event: str, axis: str) -> str:
    """Return what the coders say of an event on an axis, in a few words."""
    values = values_on(event, axis)
    if len(values) < 2:
        return values[0] if values else "not coded"
    return f"coders differ: {' or '.join(values)}"


def events_table(state: TimelineState) -> Table:
    """Return the events that pass the filters as a table, with all three axes."""
    rows: list[list[Line]] = [
        [
            each.date_said,
            each.name,
            *(describe_values(each.id, axis) for axis in AXES),
            location(each),
        ]
        for each in listed(state)
    ]
    return Table("Events", ["When", "What", *AXES.values(), "Source"], rows)


def event_section(event: Event) -> Section:
    """Return one event with what each coder says of it, and why."""
    dated = "" if event.date_status == "primary" else f" ({event.date_status})"
    facts: list[tuple[str, Line]] = [("When", event.date_said + dated), ("Forum", event.forum)]
    for axis, name in AXES.items():
        line: list[Inline] = []
        for each in find_codings(item=event.id, axis=axis):
            line += [Strong(f"Coder {each.coder}, {each.value}: "), each.reason, " "]
        facts.append((name, line or "not coded"))
    if event.note:
        facts.append(("Note", event.note))
    return Section(event.name, [Paragraph(sourced(event.what, event)), Facts(facts)], 4)


def timeline_blocks(state: TimelineState) -> list[Block]:
    """Return what the timeline says beside its figure: a count, an event if open, the table."""
    events = listed(state)
    split = sum(len(values_on(each.id, state.axis)) > 1 for each in events)
    count = plural(len(events), "event")
    line = f"{count}. On the axis {AXES[state.axis]} the coders differ on {split} of them."
    blocks: list[Block] = [Paragraph([Strong(line)])]
    if state.event:
        blocks.append(event_section(find_event(state.event, lesson=state.lesson)))
    if not events:
        return [*blocks, Paragraph("No event fits all of these filters. Set one of them to All.")]
    return [*blocks, events_table(state)]


def figure_of(state: TimelineState) -> Picture:
    """Return the figure of the events that pass the filters."""
    marks = tuple(
        EventMark(each.date, each.name, values_on(each.id, state.axis)) for each in listed(state)
    )
    rows = tuple(each.value for each in values_of(state.axis))
    return _drawn(AXES[state.axis], rows, marks, _years(state.period))


@cache
def _drawn(
    axis: str, rows: tuple[str, ...], marks: tuple[EventMark, ...], years: tuple[int, int]
) -> Picture:
    return draw_timeline(axis, rows, marks, years)


def _years(period: str) -> tuple[int, int]:
    first, end = PERIODS[period]
    return int(first[:4]), int(end[:4]) - (len(end) == 4)


def _values(state: TimelineState) -> Options:
    return all_or(each.value for each in values_of(state.axis))


def _forums(state: TimelineState) -> Options:
    return all_or(sorted({each.forum for each in open_events(state.lesson)}))


def _events(state: TimelineState) -> Options:
    return [("None", ""), *((f"{each.date[:4]} {each.name}", each.id) for each in listed(state))]


EXPLORER = Explorer(
    TITLE,
    TimelineState,
    (
        row(
            Field("axis", "Axis", among(AXES)),
            Field("value", "Value", _values),
            Field("forum", "Forum", _forums),
            Field("period", "Period", among({each: each or "All" for each in PERIODS})),
        ),
        Figure(figure_of),
        row(Field("event", "Open an event", _events)),
    ),
    timeline_blocks,
    opens="event",
    what="event",
    first="04",
)
