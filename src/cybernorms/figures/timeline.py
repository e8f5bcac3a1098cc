"""Events on a line of time, one row for each value of an axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from cybernorms.document import Picture
from cybernorms.figures.drawn import (
    drawing,
    line,
    named,
    scale,
    shape,
    words,
    years as lines_of_years,
)
from cybernorms.figures.sessions import year_of

NEAR = 0.45
"""Years within which two marks of a row would touch."""
TOP, ROW = 30, 92  # pixels
FLOOR, STEP, MOST = 0.12, 0.16, 4  # of a row


class EventMark(Struct, frozen=True):
    """An event in the figure.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD; `values` are the values that coders gave to it on the
    axis, one where all agree, and none where it was not coded.
    """

    date: str
    name: str
    values: tuple[str, ...]


def heights(years: Sequence[float]) -> list[int]:
    """Return how many steps up each mark of a row stands, so that near ones do not cover another.

    Arguments:
        years: where the marks stand, in order.
    """
    last: list[float] = []
    found = []
    for year in years:
        free = next((level for level, end in enumerate(last) if year - end >= NEAR), len(last))
        if free == len(last) and free < MOST:
            last.append(year)
        else:
            free = min(free, MOST - 1)
            last[free] = year
        found.append(free)
    return found


def timeline_alt(axis: str, rows: Sequence[str], marks: Sequence[EventMark]) -> str:
    """Return what the figure shows, in words."""
    if not marks:
        return "An empty line of time: no event fits."
    agreed = Counter(mark.values[0] for mark in marks if len(mark.values) == 1)
    split = sum(len(mark.values) > 1 for mark in marks)
    ends = sorted(mark.date for mark in marks)
    by_value = "; ".join(f"{row}: {agreed[row]}" for row in rows)
    differ = f" On {split} of them the coders differ: an open mark in each row." if split else ""
    return (
        f"{len(marks)} events from {ends[0][:4]} to {ends[-1][:4]}, a row for each value of the "
        f"axis {axis}. Events by value: {by_value}.{differ}"
    )


def draw_timeline(
    axis: str, rows: Sequence[str], marks: Sequence[EventMark], years: tuple[int, int]
) -> Picture:
    """Return a figure of events by date and by value on an axis.

    Arguments:
        axis: the name of the axis.
        rows: its values, the first at the top.
        marks: the events; a value that is not in `rows` is left out.
        years: where the line of time begins and ends.
    """
    across = scale(years[0] - 0.3, years[1] + 1.3, left=1, right=99)
    bottom = TOP + ROW * len(rows)
    step = 5 if years[1] - years[0] > 12 else 2
    ticks = [year for year in range(years[0], years[1] + 2) if year % step == 0]
    shapes = lines_of_years(across, ticks, TOP, bottom)
    for number, row in enumerate(rows):
        top = TOP + ROW * number
        shapes += [line(0, top, 100, top, faint=True), words(0, top + 16, row)]
    for year, height, agreed in _positions(rows, marks):
        shapes.append(shape(across(year), bottom - ROW * height, "disc" if agreed else "diamond"))
    shapes += [named(0, 10, "disc", "coders agree"), named(45, 10, "diamond", "coders differ")]
    return drawing(
        bottom + 24,
        shapes,
        timeline_alt(axis, rows, marks),
        "A mark is an event; where coders differ, it stands open in the row of each. "
        "The table below names the events.",
    )


def _positions(rows: Sequence[str], marks: Sequence[EventMark]) -> list[tuple[float, float, bool]]:
    """Return year and height of each mark in each of its rows, and whether the coders agree.

    Heights are in rows, from the bottom of the figure.
    """
    found = []
    for level, row in enumerate(reversed(rows)):
        chosen = sorted(
            (year_of(each.date), len(each.values) == 1) for each in marks if row in each.values
        )
        ups = heights([year for year, _ in chosen])
        found += [
            (year, level + FLOOR + STEP * up, agreed)
            for (year, agreed), up in zip(chosen, ups, strict=True)
        ]
    return found
