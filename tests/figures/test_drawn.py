"""Figures made of plain shapes: they keep inside, say what they show, and tell looks apart."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cybernorms.corpus.assembly import load_resolutions
from cybernorms.corpus.commitments import load_adopters
from cybernorms.corpus.process import load_sessions
from cybernorms.document import Picture, to_html
from cybernorms.figures.drawn import drawing, scale, words
from cybernorms.figures.sessions import draw_sessions
from cybernorms.figures.spread import draw_spread
from cybernorms.figures.votes import draw_votes

FIGURES: dict[str, Callable[[], Picture]] = {
    "sessions": lambda: draw_sessions(load_sessions()),
    "spread": lambda: draw_spread(load_adopters(lesson="06")),
    "votes": lambda: draw_votes(load_resolutions()),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_shape_stands_inside_its_figure(name: str) -> None:
    """Prevents a bar or a word that is cut at the edge of a phone."""
    svg = FIGURES[name]().source
    height = float(re.search(r'height="([0-9.]+)"', svg)[1])  # type: ignore[index]
    assert all(-1 <= float(x) <= 100.5 for x in re.findall(r'x[12]?="([-0-9.]+)%"', svg))
    assert all(0 <= float(y) <= height for y in re.findall(r'%" y[12]?="([-0-9.]+)"', svg))
    rects = re.findall(r'<rect x="([0-9.]+)%" width="([0-9.]+)%"', svg)
    assert all(float(x) + float(width) <= 100.5 for x, width in rects)


def test_a_figure_says_what_it_shows_and_escapes_what_it_is_given() -> None:
    """Prevents a picture that a screen reader passes over, and text that becomes markup."""
    html = to_html([drawing(10, [words(0, 5, "a < b")], 'He said "no"', "A caption")])
    assert 'role="img" aria-label="He said &quot;no&quot;"' in html
    assert "a &lt; b" in html and "<img" not in html and "<figcaption>A caption" in html


def test_a_scale_goes_from_end_to_end() -> None:
    across = scale(0, 4, left=10, right=90)
    assert [across(0), across(2), across(4)] == [10, 50, 90]
