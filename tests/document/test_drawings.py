"""Dots for people and shares on one scale: they show what their words say."""

from __future__ import annotations

import pytest

from cybernorms.document import Dots, Scale, ScaleRow, to_html, to_text
from cybernorms.document.drawings import people_per_dot


def test_every_person_is_a_dot_of_the_group() -> None:
    html = to_html([Dots([("full", 3), ("hollow", 20), ("dotted", 1)], "3 of 24 <chose> it")])
    assert html.count("<circle") == 24
    assert html.count('fill="currentColor"') == 3 and html.count("stroke-dasharray") == 1
    assert 'role="img" aria-label="3 of 24 &lt;chose&gt; it"' in html
    assert 'cy="30"' in html and 'viewBox="0 0 360 40"' in html


@pytest.mark.parametrize(("people", "each"), [(0, 1), (180, 1), (181, 2), (1500, 9)])
def test_in_a_large_class_a_dot_stands_for_several(people: int, each: int) -> None:
    """Prevents a drawing of thousands of dots."""
    dots = Dots([("full", people)], "all")
    assert people_per_dot(dots) == each
    assert to_html([dots]).count("<circle") == -(-people // each) <= 180


def test_a_row_shows_share_interval_and_guessing_on_one_scale() -> None:
    html = to_html([Scale([ScaleRow("A <name>", "choose all", 0.5, 0.25, 0.75, 0.1)])])
    assert "A &lt;name&gt;" in html and "<small>choose all</small>" in html
    assert 'cx="50.00%"' in html and 'x1="26.00%" x2="74.00%"' in html
    assert 'x1="11.60%" x2="11.60%"' in html and 'stroke-dasharray="2 3"' in html
    assert 'aria-label="50%, between 25% and 75%; guessing 10%"' in html


def test_ends_of_the_scale_are_not_cut_off() -> None:
    html = to_html([Scale([ScaleRow("Name", "", 1.0, 0.0, 1.0)])])
    assert 'cx="98.00%"' in html and 'x1="2.00%"' in html


def test_without_a_share_the_row_says_why() -> None:
    scale = Scale([ScaleRow("An essay", "written", waits="waits for your marks")])
    assert "<svg" not in to_html([scale]) and "waits for your marks" in to_html([scale])
    assert to_text([scale]) == "- An essay (written): waits for your marks"


def test_nothing_depends_on_a_style_of_the_page() -> None:
    """Prevents drawings that a page's rule, which allows no style of theirs, leaves blank."""
    html = to_html([Dots([("full", 1)], "one"), Scale([ScaleRow("Name", "", 0.5, 0.4, 0.6)])])
    assert "style=" not in html
