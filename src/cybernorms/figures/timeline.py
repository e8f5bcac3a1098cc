"""Events on a line of time, one row for each value of an axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from cybernorms.document import Picture
from cybernorms.figures.canvas import BLUE, GREY, INK, drawing, picture
from cybernorms.figures.sessions import year_of

NEAR = 0.45
"""Years within which two marks of a row would touch."""
STEP, MOST = 0.17, 4


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
    with drawing(9.2, 0.85 * len(rows) + 0.75, (1.75, 0.35, 0.15, 0.4)) as figure:
        axes = figure.subplots()
        positions = _positions(rows, marks)
        looks: dict[bool, dict[str, Any]] = {
            True: {"marker": "o", "markerfacecolor": BLUE, "markeredgecolor": "white"},
            False: {"marker": "D", "markerfacecolor": "white", "markeredgecolor": INK},
        }
        for agreed, look in looks.items():
            chosen = [(year, height) for year, height, same in positions if same is agreed]
            across, up = [year for year, _ in chosen], [height for _, height in chosen]
            axes.plot(across, up, linestyle="", **look)
        axes.set_yticks(range(len(rows)), [_broken(row) for row in reversed(rows)])
        axes.set_ylim(-0.5, len(rows) - 0.45)
        axes.set_xlim(years[0] - 0.3, years[1] + 1.3)
        step = 5 if years[1] - years[0] > 12 else 1
        ticks = [year for year in range(years[0], years[1] + 2) if year % step == 0]
        axes.set_xticks(ticks, [str(year) for year in ticks])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.hlines(
            [level - 0.42 for level in range(1, len(rows))], *axes.get_xlim(), GREY, linewidth=0.6
        )
        axes.grid(axis="x", color=GREY, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_title("\u25cf coders agree   \u25c7 coders differ", loc="left", fontsize=10)
        return picture(
            figure,
            timeline_alt(axis, rows, marks),
            "A mark is an event; where coders differ, it stands open in the row of each. "
            "The table below names the events.",
        )


def _positions(rows: Sequence[str], marks: Sequence[EventMark]) -> list[tuple[float, float, bool]]:
    """Return year and height of each mark in each of its rows, and whether the coders agree."""
    found = []
    for level, row in enumerate(reversed(rows)):
        chosen = sorted(
            (year_of(each.date), len(each.values) == 1) for each in marks if row in each.values
        )
        ups = heights([year for year, _ in chosen])
        found += [
            (year, level - 0.24 + STEP * up, agreed)
            for (year, agreed), up in zip(chosen, ups, strict=True)
        ]
    return found


def _broken(label: str) -> str:
    """Return a long label in two lines.

    >>> _broken("regional or plurilateral")
    'regional or\\nplurilateral'
    """
    words = label.split()
    if len(label) <= 16 or len(words) < 2:
        return label
    return " ".join(words[:-1]) + "\n" + words[-1]
