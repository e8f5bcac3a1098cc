"""The passages that are sorted into law and norm."""

from __future__ import annotations

from cybernorms.corpus.passages import KINDS_OF_FORCE, load_passages


def test_each_force_is_the_best_reading_of_some_passage() -> None:
    """Prevents a sorter in which one answer fits all."""
    best = {
        reading.force
        for passage in load_passages()
        for reading in passage.readings
        if reading.verdict == "correct"
    }
    assert best == set(KINDS_OF_FORCE)
