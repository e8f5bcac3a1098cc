"""Progress is counted from the record, anew only where it has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.server.progress import Progress
from tests.answers import best_answer

CHOICE, OTHER, IN_CODE = "un-voluntary", "un-restraint", "un-duty-table"
ASKS = {"lesson": (CHOICE, OTHER, IN_CODE, "no-such-question")}


def answer(work: Path, id: str, key: str = "") -> None:
    question = find_question(id)
    Record(work).append(key or id, question.revision, best_answer(question))


def test_answered_and_open_questions_are_told_apart(tmp_path: Path) -> None:
    """Prevents a bar that counts optional tasks in code, and questions that are gone."""
    progress = Progress()
    assert progress.standings(tmp_path, ASKS)["lesson"].open == (CHOICE, OTHER)
    answer(tmp_path, OTHER)
    found = progress.standings(tmp_path, ASKS)["lesson"]
    assert (found.answered, found.questions, found.open) == (1, 2, (CHOICE,))


def test_a_blank_or_unreadable_answer_leaves_a_question_open(tmp_path: Path) -> None:
    """Prevents a lesson that is called done with nothing in it."""
    for given in ("", {"no": "option"}):
        Record(tmp_path).append(CHOICE, find_question(CHOICE).revision, given)
        assert CHOICE in Progress().standings(tmp_path, ASKS)["lesson"].open


def test_a_question_asked_again_counts_by_itself(tmp_path: Path) -> None:
    """Prevents the last lesson from being done with the answers of the first."""
    answer(tmp_path, CHOICE)
    asks = {"first": (CHOICE,), "last": (CHOICE + AGAIN,)}
    found = Progress().standings(tmp_path, asks)
    assert (found["first"].answered, found["last"].answered) == (1, 0)
    answer(tmp_path, CHOICE, CHOICE + AGAIN)
    assert Progress().standings(tmp_path, asks)["last"].answered == 1


def test_an_unchanged_record_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a page that waits while a long record is marked again for each press elsewhere."""
    answer(tmp_path, CHOICE)
    reads: list[Path] = []
    read = Record.read
    monkeypatch.setattr(Record, "read", lambda self: (reads.append(self.path), read(self))[1])
    progress = Progress()
    for _ in range(3):
        assert progress.standings(tmp_path, ASKS)["lesson"].answered == 1
    assert len(reads) == 1


def test_a_copy_beside_the_record_counts_as_soon_as_it_is_there(tmp_path: Path) -> None:
    """Prevents answers of another computer that show only after a restart."""
    progress = Progress()
    answer(tmp_path / "a", CHOICE)
    assert progress.standings(tmp_path / "a", ASKS)["lesson"].answered == 1
    answer(tmp_path / "b", OTHER)
    (tmp_path / "b" / "answers.jsonl").rename(tmp_path / "a" / "answers-LAPTOP.jsonl")
    assert progress.standings(tmp_path / "a", ASKS)["lesson"].answered == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_record_that_cannot_be_opened_counts_as_empty(tmp_path: Path) -> None:
    """Prevents a page without its bar; the forms say what is wrong with the record."""
    answer(tmp_path, CHOICE)
    Record(tmp_path).path.chmod(0)
    assert Progress().standings(tmp_path, ASKS)["lesson"].answered == 0
