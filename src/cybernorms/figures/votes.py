"""Recorded votes in the General Assembly, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.assembly import Resolution
from cybernorms.document import Picture
from cybernorms.figures.drawn import SMALL, Look, bar, drawing, key, scale, words

TOP, ROW, BAR = 28, 26, 20  # pixels
LEAST = 9  # States; a smaller part has no room for its number
_PARTS: Sequence[tuple[str, Look]] = (("yes", "full"), ("abstained", "half"), ("no", "hatched"))


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
    most = max((sum(_counts(each)) for each in recorded), default=1)
    across = scale(0, most, left=24, right=99)
    shapes = key(0, 2, _PARTS, 34)
    for row, each in enumerate(recorded):
        top = TOP + ROW * row
        shapes.append(words(0, top + 14, f"{each.number}, {each.date[:4]}", size=SMALL))
        begin = 0
        for (_, look), count in zip(_PARTS, _counts(each), strict=True):
            end = begin + count
            if count:
                shapes.append(bar(across(begin), across(end), top, BAR, look))
            if count >= LEAST and look != "hatched":
                middle = across((begin + end) / 2)
                shapes.append(
                    words(
                        middle, top + 14, str(count), anchor="middle", size=SMALL, on=look == "full"
                    )
                )
            begin = end
    return drawing(
        TOP + ROW * len(recorded),
        shapes,
        votes_alt(resolutions),
        "Recorded votes whose figures were checked. The table says the same, and names the "
        "resolutions that were adopted without a vote or whose figures were not checked.",
    )


def _counts(resolution: Resolution) -> tuple[int, int, int]:
    tally = resolution.tally
    return (tally.yes, tally.abstain, tally.no) if tally else (0, 0, 0)
