"""Recorded votes in the General Assembly, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybernorms.corpus.assembly import Resolution
from cybernorms.document import Picture
from cybernorms.figures.canvas import BLUE, GREY, INK, drawing, picture


def with_tally(resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions whose figures are known."""
    return [each for each in resolutions if each.tally]


def votes_alt(resolutions: Sequence[Resolution]) -> str:
    """Return what the figure shows, in words."""
    sentences = [
        f"{each.number} ({each.date[:4]}): {each.tally.yes} yes, {each.tally.no} no, "
        f"{each.tally.abstain} abstained"
        for each in with_tally(resolutions)
        if each.tally
    ]
    return "A bar for each recorded vote whose figures were checked. " + "; ".join(sentences) + "."


def draw_votes(resolutions: Sequence[Resolution]) -> Picture:
    """Return a figure with a bar for each recorded vote: yes, abstained, no."""
    recorded = with_tally(resolutions)
    with drawing(9.2, 0.36 * len(recorded) + 1.2, (1.0, 0.55, 0.15, 0.4)) as figure:
        axes = figure.subplots()
        heights = range(len(recorded))
        parts = {
            "yes": ([each.tally.yes for each in recorded if each.tally], BLUE, None),
            "abstained": ([each.tally.abstain for each in recorded if each.tally], GREY, None),
            "no": ([each.tally.no for each in recorded if each.tally], "white", "////"),
        }
        left = [0] * len(recorded)
        for label, (counts, colour, hatch) in parts.items():
            bars = axes.barh(
                heights, counts, left=left, height=0.68, label=label, color=colour, hatch=hatch,
                edgecolor=INK if hatch else "white",
            )  # fmt: skip
            labels = [str(count) if count >= 9 else "" for count in counts]
            looks: dict[str, Any] = {"color": "white" if colour == BLUE else INK, "fontsize": 8}
            if hatch:
                looks["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            axes.bar_label(bars, labels, label_type="center", **looks)
            left = [start + count for start, count in zip(left, counts, strict=True)]
        names = [f"{each.number}, {each.date[:4]}" for each in recorded]
        axes.set_yticks(list(heights), names)
        axes.invert_yaxis()
        axes.set_xlabel("Member States")
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="upper left", frameon=False, ncols=3, fontsize=9)
        return picture(
            figure,
            votes_alt(resolutions),
            "Recorded votes whose figures were checked. The table says the same, and names the "
            "resolutions that were adopted without a vote or whose figures were not checked.",
        )
