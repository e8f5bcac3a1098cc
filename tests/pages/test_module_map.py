"""The map of the module, and the progress of a learner."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.corpus.process import load_lessons
from cybernorms.document import to_html, to_text
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from cybernorms.pages.module_map import map_blocks, progress_blocks
from tests.answers import best_answer
from tests.paths import ROOT


def test_the_map_links_lessons_that_are_there_from_where_the_learner_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents links that lead nowhere from one of the two folders."""
    for folder, link in (
        ("notebooks", "02-un-norms.ipynb"),
        ("exercises", "../notebooks/02-un-norms.ipynb"),
    ):
        monkeypatch.chdir(ROOT / folder)
        page = to_html(map_blocks(Record(tmp_path).read()))
        assert f'href="{link}"' in page
        assert all(lesson.title in page for lesson in load_lessons())
    monkeypatch.chdir(tmp_path)
    assert "href" not in to_html(map_blocks(Record(tmp_path).read()))


def questions() -> tuple[Question, ...]:
    """Return the questions of lesson 02."""
    return next(each for each in load_question_sets() if each.id == "02-un-norms").questions


def test_progress_counts_points_and_names_what_is_open(tmp_path: Path) -> None:
    """Prevents a progress page that flatters or alarms."""
    record = Record(tmp_path)
    for question in questions():
        if question.use == "graded" and question.id != "un-degrees":
            record.append(question.id, question.revision, best_answer(question))
    text = to_text(progress_blocks(record.read(), record.path))
    graded = [each for each in questions() if each.use == "graded"]
    points = sum(each.points for each in graded)
    earned = points - 1 - 3  # un-degrees is open, un-minister waits for a teacher
    told = f"Answered: {len(graded) - 1} of {len(graded)}; "
    told += f"Points: {earned:g} of {points:g}, 3 awaiting"
    assert told in " ".join(text.split())
    assert f"Still open: {find_question('un-degrees').title}" in " ".join(text.split())


def test_unreadable_lines_of_the_record_are_told_and_kept(tmp_path: Path) -> None:
    """Prevents lost answers from going unnoticed."""
    record = Record(tmp_path)
    record.append("un-restraint", "1", "f")
    with record.path.open("a", encoding="utf-8") as file:
        file.write("not json\n" * 7)
    text = to_text(progress_blocks(record.read(), record.path))
    assert "Line 2 of answers.jsonl cannot be read" in text and "and 2 more" in text
