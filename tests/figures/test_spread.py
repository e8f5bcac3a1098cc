"""The figure of how the norm spread."""

from __future__ import annotations

from cybernorms.corpus.commitments import load_adopters
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.figures.spread import running


def test_the_count_rises_to_twenty_and_stays() -> None:
    counts = [count for _, count in running(load_adopters(lesson=EVERYTHING))]
    assert counts == [0, 2, 3, 3, 20, 20, 20, 20, 20, 20, 20]
