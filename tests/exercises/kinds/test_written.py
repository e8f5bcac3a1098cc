"""Written text."""

from __future__ import annotations

import pytest

from cybernorms.document import to_text
from cybernorms.exercises.marking import mark
from tests.factories import made_up, made_up_table


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One word", "2 words, 3 fewer than the 5 asked for"),
        ("Word", "1 word, 4 fewer than the 5 asked for"),
        ("a b c d e", "5 words, within the 5 to 40 asked for"),
        ("word " * 41, "41 words, 1 more than the 40 asked for"),
    ],
)
def test_written_text_waits_for_a_teacher_and_is_told_its_length(text: str, words: str) -> None:
    """Prevents prose from being marked by a machine."""
    result = mark(made_up("written"), text)
    assert (result.state, result.points) == ("awaiting teacher", None)
    assert words in result.message
    assert result.closing == "A clause is as good as its worst reader."


def test_one_point_is_called_a_point() -> None:
    criteria = made_up_table("written")["criterion"]
    for each, points in zip(criteria, (1, 0.5, 4.5), strict=True):
        each["points"] = points
    shown = to_text(made_up("written", criterion=criteria).offer_blocks())
    assert "(1 point)" in shown and "(0.5 points)" in shown
