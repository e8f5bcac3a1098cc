"""The two drawings that are made of plain shapes, in the colour of the text around them."""

from __future__ import annotations

from html import escape
from itertools import chain

from cybernorms.document.blocks import Dots, Scale, ScaleRow

ACROSS, MOST_DOTS = 18, 180
_LOOKS = {"full": 'fill="currentColor"', "hollow": "", "dotted": 'stroke-dasharray="1.5 2"'}


def people_per_dot(block: Dots) -> int:
    """Return how many people a dot stands for."""
    return max(1, -(-sum(number for _, number in block.groups) // MOST_DOTS))


def dots_svg(block: Dots) -> str:
    """Return one dot for each person, in rows of eighteen."""
    people = people_per_dot(block)
    looks = list(chain.from_iterable([look] * -(-n // people) for look, n in block.groups))
    circles = "".join(
        f'<circle cx="{10 + 20 * (index % ACROSS)}" cy="{10 + 20 * (index // ACROSS)}" r="6.5" '
        f"{_LOOKS[look]}/>"
        for index, look in enumerate(looks)
    )
    width, height = 20 * min(ACROSS, len(looks) or 1), 20 * -(-len(looks) // ACROSS)
    return (
        f'<svg class="cn-dots" role="img" aria-label="{escape(block.alt)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" fill="none" stroke="currentColor" '
        f'stroke-width="1.5">{circles}</svg>'
    )


def describe_row(row: ScaleRow) -> str:
    """Return what a row of a scale shows, in words."""
    if row.share is None:
        return row.waits
    guess = "" if row.guess is None else f"; guessing {row.guess:.0%}"
    return f"{row.share:.0%}, between {row.low:.0%} and {row.high:.0%}{guess}"


def scale_html(block: Scale) -> str:
    """Return the rows of a scale: a name, the drawing, the share."""
    return f'<ol class="cn-scale">{"".join(map(_row, block.rows))}</ol>'


def _row(row: ScaleRow) -> str:
    note = f"<small>{escape(row.note)}</small>" if row.note else ""
    name = f"<span><strong>{escape(row.name)}</strong>{note}</span>"
    if row.share is None:
        return f"<li>{name}<span>{escape(row.waits)}</span></li>"
    shapes = f'{_line(0, 1, 2)} stroke-opacity=".2"/>'
    if row.guess is not None:
        x = _across(row.guess)
        shapes += (
            f'<line x1="{x}" x2="{x}" y1="2" y2="26" stroke-width="2" stroke-dasharray="2 3"/>'
        )
    shapes += f"{_line(row.low, row.high, 2.5)}/>"
    shapes += f'<circle cx="{_across(row.share)}" cy="14" r="6.5" fill="currentColor"/>'
    return (
        f'<li>{name}<svg role="img" aria-label="{escape(describe_row(row))}" width="100%" '
        f'height="28" stroke="currentColor">{shapes}</svg>'
        f'<strong aria-hidden="true">{row.share:.0%}</strong></li>'
    )


def _across(share: float) -> str:
    return f"{2 + 96 * share:.2f}%"


def _line(low: float, high: float, width: float) -> str:
    ends = f'x1="{_across(low)}" x2="{_across(high)}"'
    return f'<line {ends} y1="14" y2="14" stroke-width="{width}"'
