"""What stands: answers that count, and answers that no longer fit their question."""

from __future__ import annotations

from pathlib import Path

from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.exercises.standing import standings


def test_an_answer_that_no_longer_fits_counts_as_open(tmp_path: Path) -> None:
    """Prevents a silent zero after a question has changed."""
    record = Record(tmp_path)
    record.append("un-restraint", "1", "an option that is gone")
    found = standings(load_question_sets(), record.read())
    practice = next(each for each in found if each.set == "02-un-norms" and each.use == "practice")
    assert practice.answered == 0 and find_question("un-restraint").name in practice.open
