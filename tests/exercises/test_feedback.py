"""A mark in words, as text and as HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from cybernorms.document import to_html
from cybernorms.exercises.feedback import as_text, feedback_blocks, format_points, headline
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.marking import mark
from tests.answers import best_answer, worst_answer
from tests.factories import made_up


@pytest.mark.parametrize(
    ("kind", "response", "line"),
    [
        ("choice", "d", "Correct: 2 of 2 points"),
        ("choice", "e", "Defensible: 1 of 2 points"),
        ("choice", "f", "Not this one: 0 of 2 points"),
        ("several", ["late-fees"], "Partly correct: 1.5 of 3 points"),
        ("several", ["dragons"], "Not yet: 0 of 3 points"),
        ("forecast", {"returned": 1, "renounced": 1}, "Kept: 1 of 1 point"),
        ("written", "Some text", "Saved"),
        ("choice", None, "Not answered yet"),
        ("choice", "z", "Could not be read"),
    ],
)
def test_the_result_stands_in_one_line(kind: str, response: Any, line: str) -> None:
    """Prevents a state from being shown as nought points."""
    assert headline(mark(made_up(kind), response)) == line


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "written"])
def test_a_mark_says_the_same_as_text_and_as_html(kind: str) -> None:
    """Prevents a page that is handed out from saying less, or other things, than the form."""
    question = made_up(kind)
    for response in (best_answer(question), worst_answer(question)):
        result = mark(question, response)
        shown = unescape(re.sub(r"<[^>]*>", " ", to_html(feedback_blocks(question, result))))
        printed = as_text(question, result).partition("\n")[2]
        assert re.findall(r"\w+", shown) == re.findall(r"\w+", printed)


def test_a_mark_as_text_has_every_reason_with_its_paragraph() -> None:
    """Prevents a learner without widgets from getting less than the others."""
    question = made_up("choice")
    text = as_text(question, mark(question, "e"))
    assert "Defensible. Article 4(e), on lending to a cousin." in text
    assert "[lower-shelving, art 4(e)]" in " ".join(text.split())
    assert text.endswith("Take away: A duty to hold back can be met by doing nothing.")
    assert max(map(len, text.splitlines())) <= 88


@pytest.mark.parametrize(
    ("points", "shown"), [(0, "0"), (10, "10"), (100.0, "100"), (1.5, "1.5"), (2 / 3, "0.67")]
)
def test_points_are_written_as_people_write_them(points: float, shown: str) -> None:
    """Prevents 1.0 points, and 1 for 10."""
    assert format_points(points) == shown
