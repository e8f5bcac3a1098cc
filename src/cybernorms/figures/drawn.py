"""Learners' figures as SVG in plain Python: sharp, and in the colour of the text around them.

Where something stands is a share of the width, how high it is a number of pixels: so a figure is as
wide as its place, and its words stay as large as the text, on a phone too. Shades and shapes tell
things apart, never colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Literal

from cybernorms.document import Picture

Look = Literal["full", "half", "hatched", "open", "dashed"]
Shape = Literal["disc", "ring", "diamond", "cross"]
SMALL, USUAL = 12, 13  # pixels
_HATCH = (
    '<defs><pattern id="cn-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M0 0v6" stroke="currentColor" stroke-width="2"/>'
    "</pattern></defs>"
)
_LOOKS: dict[Look, str] = {
    "full": 'fill="currentColor" fill-opacity=".85" stroke="Canvas"',
    "half": 'fill="currentColor" fill-opacity=".25"',
    "hatched": 'fill="url(#cn-hatch)" stroke="currentColor"',
    "open": 'fill="none" stroke="currentColor"',
    "dashed": 'fill="none" stroke="currentColor" stroke-dasharray="4 3"',
}
_SHAPES: dict[Shape, str] = {
    "disc": '<circle r="6" fill="currentColor"/>',
    "ring": '<circle r="5" fill="Canvas" stroke="currentColor" stroke-width="2"/>',
    "diamond": '<path d="M0-6.5 6.5 0 0 6.5-6.5 0z" fill="Canvas" stroke="currentColor" '
    'stroke-width="2"/>',
    "cross": '<path d="M-5-5 5 5M5-5-5 5" stroke="currentColor" stroke-width="2"/>',
}


def scale(low: float, high: float, left: float = 0.0, right: float = 100.0) -> Across:
    """Return a function from values to where they stand, in percent of the width.

    Arguments:
        low, high: the values at the ends.
        left, right: where the ends are, in percent.

    >>> scale(2000, 2020, left=20)(2010)
    60.0
    """
    return lambda value: left + (right - left) * (value - low) / (high - low)


Across = Callable[[float], float]


def drawing(height: float, shapes: Iterable[str], alt: str, caption: str) -> Picture:
    """Return a figure of some shapes.

    Arguments:
        height: in pixels.
        shapes: what the other functions return, from back to front.
        alt: what the figure shows, in words.
        caption: what is written below it.
    """
    svg = (
        f'<svg class="cn-drawn" role="img" aria-label="{escape(alt)}" width="100%" '
        f'height="{height:g}" font-size="{USUAL}" fill="currentColor">'
        f"{_HATCH}{''.join(shapes)}</svg>"
    )
    return Picture(svg, alt, caption)


def words(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = USUAL,
    on: bool = False,
    bold: bool = False,
) -> str:
    """Return words at a place; `on` says that they stand on a full bar."""
    fill = (' fill="Canvas"' if on else "") + (' font-weight="700"' if bold else "")
    return (
        f'<text x="{x:.2f}%" y="{y:g}" text-anchor="{anchor}" font-size="{size}"{fill}>'
        f"{escape(text)}</text>"
    )


def bar(x: float, end: float, y: float, height: float, look: Look) -> str:
    """Return a bar from one place to another."""
    return (
        f'<rect x="{x:.2f}%" width="{max(end - x, 0):.2f}%" y="{y:g}" height="{height:g}" '
        f"{_LOOKS[look]}/>"
    )


def line(x: float, y: float, end: float, bottom: float, *, faint: bool = False) -> str:
    """Return a line; a faint one guides the eye and says nothing."""
    look = ' stroke-opacity=".25"' if faint else ' stroke-width="2"'
    return (
        f'<line x1="{x:.2f}%" y1="{y:g}" x2="{end:.2f}%" y2="{bottom:g}" stroke="currentColor"'
        f"{look}/>"
    )


def shape(x: float, y: float, kind: Shape) -> str:
    """Return a mark at a place."""
    return f'<svg x="{x:.2f}%" y="{y:g}" overflow="visible">{_SHAPES[kind]}</svg>'


def named(x: float, y: float, kind: Shape, text: str) -> str:
    """Return a mark with what it means beside it."""
    words_of_it = f'<text x="14" y="4.5" font-size="{SMALL}">{escape(text)}</text>'
    return (
        f'<svg x="{x:.2f}%" y="{y:g}" overflow="visible"><g transform="translate(7)">'
        f"{_SHAPES[kind]}{words_of_it}</g></svg>"
    )


def years(across: Across, found: Sequence[int], top: float, bottom: float) -> list[str]:
    """Return a line of time: a faint line and a number for each year."""
    lines = [line(across(year), top, across(year), bottom, faint=True) for year in found]
    numbers = [
        words(across(year), bottom + 16, str(year), anchor="middle", size=SMALL) for year in found
    ]
    return lines + numbers


def key(x: float, y: float, entries: Sequence[tuple[str, Look]], step: float) -> list[str]:
    """Return what the looks of bars mean, side by side from a place on."""
    made = []
    for number, (text, look) in enumerate(entries):
        at = x + number * step
        box = f'<svg x="{at:.2f}%" y="{y:g}" overflow="visible"><rect width="14" height="12" '
        made.append(f'{box}{_LOOKS[look]}/><text x="20" y="11" font-size="{SMALL}">{escape(text)}')
        made.append("</text></svg>")
    return made
