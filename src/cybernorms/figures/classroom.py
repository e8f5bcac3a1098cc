"""Figures on a class: its points, who got what right, how items behave, what was gained."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from textwrap import shorten

from cybernorms.document import Picture
from cybernorms.figures.canvas import BLUE, GREY, INK, SOFT, drawing, picture

Item = tuple[str, float, float]
BANDS = 10
LOW_DISCRIMINATION = 0.2


def bands_of(points: Sequence[float], out_of: float) -> list[int]:
    """Return how many learners have points in each tenth; full points are in the last.

    >>> bands_of([0, 4.9, 5, 10], 10)
    [1, 0, 0, 0, 1, 1, 0, 0, 0, 1]
    """
    counts = [0] * BANDS
    for each in points:
        counts[min(BANDS - 1, int(each / out_of * BANDS + 1e-9))] += 1
    return counts


def band_names(out_of: float) -> list[str]:
    """Return the points of each tenth, such as `0 to 2.8`."""
    step = out_of / BANDS
    return [f"{number * step:.3g} to {(number + 1) * step:.3g}" for number in range(BANDS)]


def distribution_alt(points: Sequence[float], out_of: float) -> str:
    """Return what the figure of the points shows, in words."""
    counts = zip(band_names(out_of), bands_of(points, out_of), strict=True)
    listed = "; ".join(f"{name} points: {count}" for name, count in counts if count)
    return f"A bar for each tenth of {out_of:g} points, with the number of students. {listed}."


def draw_distribution(points: Sequence[float], out_of: float) -> Picture:
    """Return a figure of how many students have how many points."""
    with drawing(9.2, 3.0, (0.7, 0.6, 0.15, 0.3)) as figure:
        from matplotlib.ticker import MaxNLocator

        axes = figure.subplots()
        counts = bands_of(points, out_of)
        bars = axes.bar(range(BANDS), counts, width=0.9, color=BLUE)
        axes.bar_label(bars, [str(count) if count else "" for count in counts], fontsize=9)
        axes.set_xticks(range(BANDS), band_names(out_of), fontsize=8)
        axes.set_xlabel("Points")
        axes.set_ylabel("Students")
        axes.set_ylim(0, max([1, *counts]) * 1.15)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        return picture(
            figure,
            distribution_alt(points, out_of),
            f"Students by points, out of {out_of:g}. The table below says the same.",
        )


def heat_map_alt(students: int, questions: Sequence[str]) -> str:
    """Return what the heat map shows, in words."""
    return (
        f"A grid of {students} students, the strongest at the top, by {len(questions)} questions, "
        "the easiest on the left. A darker cell means more credit, a hatched one no answer that "
        f"was marked. Easiest: {questions[0] if questions else 'none'}; "
        f"hardest: {questions[-1] if questions else 'none'}."
    )


def draw_heat_map(rows: Sequence[Sequence[float | None]], questions: Sequence[str]) -> Picture:
    """Return a figure with the credit of each student on each question.

    Arguments:
        rows: one for each student, from the strongest to the weakest; credit from 0 to 1, or None
            for what was not marked.
        questions: the names, from the easiest to the hardest.
    """
    height = min(9.0, max(2.6, 0.11 * len(rows) + 1.9))
    with drawing(9.2, height + 0.8, (0.6, 2.55, 0.9, 0.15)) as figure:
        import numpy
        from matplotlib.colors import LinearSegmentedColormap

        axes = figure.subplots()
        credits = numpy.array(
            [[numpy.nan if each is None else each for each in row] for row in rows], dtype=float
        ).reshape(len(rows), len(questions))
        colours = LinearSegmentedColormap.from_list("credit", ["#f6f8fa", "#7fb0dd", BLUE])
        axes.patch.set(facecolor="white", edgecolor=SOFT, hatch="////")
        masked = numpy.ma.masked_invalid(credits)
        image = axes.imshow(
            masked, cmap=colours, vmin=0, vmax=1, aspect="auto", interpolation="nearest"
        )
        names = [shorten(name, 44, placeholder=" …") for name in questions]
        axes.set_xticks(range(len(questions)), names, rotation=90, fontsize=6.5)
        axes.set_yticks([])
        axes.set_ylabel(f"{len(rows)} students, strongest at the top")
        side = figure.add_axes((0.925, 0.5, 0.02, 0.4))
        bar = figure.colorbar(image, cax=side, ticks=[0, 0.5, 1])
        bar.set_label("Credit")
        return picture(
            figure,
            heat_map_alt(len(rows), questions),
            "Students by questions. Hatched: no answer that was marked. The table below counts "
            "the same by question.",
        )


def items_alt(items: Sequence[Item], notable: Collection[str] = ()) -> str:
    """Return what the figure of the items shows, in words."""
    low = [name for name, _, _ in items if name in notable]
    listed = ", ".join(low) if low else "none"
    return (
        f"A point for each of {len(items)} questions: how easy it was, and how well it tells "
        f"students apart. Surely below {LOW_DISCRIMINATION}: {listed}."
    )


def _heights(items: Sequence[Item]) -> list[float]:
    """Return how high each name stands: at its point, or below names that are in its way."""
    names: list[tuple[float, float]] = []
    for _, easy, height in items:
        while any(abs(x - easy) < 0.3 and abs(y - height) < 0.065 for x, y in names):
            height -= 0.07
        names.append((easy, height))
    return [height for _, height in names]


def draw_items(items: Sequence[Item], notable: Collection[str] = ()) -> Picture:
    """Return a figure of difficulty by discrimination, with the names of items to look at again.

    Arguments:
        items: name, difficulty and discrimination of each item for which both are defined.
        notable: the names of those whose discrimination is surely below the dashed line.
    """
    with drawing(9.2, 3.6, (0.7, 0.6, 0.15, 0.2)) as figure:
        axes = figure.subplots()
        axes.axhline(LOW_DISCRIMINATION, color=SOFT, linewidth=1, linestyle="--")
        good = [each for each in items if each[0] not in notable]
        low = [each for each in items if each[0] in notable]
        for chosen, marker, face in ((good, "o", BLUE), (low, "D", "white")):
            axes.scatter(
                [each[1] for each in chosen], [each[2] for each in chosen],
                marker=marker, facecolor=face, edgecolor=INK, s=36, linewidth=0.9,
                zorder=3,
            )  # fmt: skip
        heights = _heights(low)
        for (name, easy, telling), height in zip(low, heights, strict=True):
            line = (
                {"arrowstyle": "-", "color": INK, "linewidth": 0.4} if height != telling else None
            )
            axes.annotate(
                name,
                (easy, telling),
                xytext=(easy + 0.008, height + 0.015),
                arrowprops=line,
                fontsize=7.5,
            )
        axes.set_xlim(-0.03, 1.03)
        lowest = min([0.0, *(each[2] for each in items), *heights])
        axes.set_ylim(lowest - 0.05, 1.05)
        axes.set_xlabel("Difficulty: mean credit (right is easy)")
        axes.set_ylabel("Discrimination")
        axes.grid(color=GREY, linewidth=0.5)
        axes.set_axisbelow(True)
        return picture(
            figure,
            items_alt(items, notable),
            "Each question by difficulty and discrimination. Diamonds are surely below the dashed "
            "line and deserve another look; a point below it can be chance. The table below says "
            "the same.",
        )


def gains_alt(gains: Mapping[str, tuple[float, float]]) -> str:
    """Return what the figure of the gains shows, in words."""
    listed = "; ".join(
        f"{name}: {before:.0%} before, {after:.0%} after" for name, (before, after) in gains.items()
    )
    return f"Two points for each question, the share that was right before and after. {listed}."


def draw_gains(gains: Mapping[str, tuple[float, float]]) -> Picture:
    """Return a figure of the share that was right before and after, for each question."""
    with drawing(9.2, 0.38 * len(gains) + 1.2, (3.1, 0.55, 0.25, 0.4)) as figure:
        axes = figure.subplots()
        heights = range(len(gains))
        before = [each[0] for each in gains.values()]
        after = [each[1] for each in gains.values()]
        axes.hlines(heights, before, after, color=SOFT, linewidth=1.5)
        axes.scatter(before, heights, marker="o", facecolor="white", edgecolor=INK, s=44, zorder=3)
        axes.scatter(after, heights, marker="D", facecolor=BLUE, edgecolor=INK, s=44, zorder=3)
        axes.set_yticks(heights, list(gains))
        axes.invert_yaxis()
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        axes.set_xlabel("Right, of those who answered both times")
        axes.set_title("Circle: before the course. Diamond: at its end", loc="left", fontsize=10)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=GREY, linewidth=0.6)
        axes.set_axisbelow(True)
        return picture(
            figure,
            gains_alt(gains),
            "The first questions before the course and at its end. The table below says the same.",
        )
