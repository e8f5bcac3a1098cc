"""The `cybernorms` command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cybernorms.cli import main
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record


def test_the_command_writes_a_file_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    Record().append("un-restraint", "r", "f")
    assert main(["hand-in", "--name", "Ada", "--set", "02"]) == 0
    [path] = (tmp_path / "hand-ins").iterdir()
    told = capsys.readouterr().out
    assert str(path) in told
    assert "Give this one file to your teacher" in told
    assert main(["hand-in", "--to", str(tmp_path / "mine.json")]) == 0
    assert json.loads((tmp_path / "mine.json").read_bytes())["name"] == ""


def questions() -> tuple[Question, ...]:
    """Return the questions of lesson 02."""
    return next(each for each in load_question_sets() if each.id == "02-un-norms").questions


def test_the_command_checks_question_sets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents an author of questions from meeting a traceback."""
    assert main(["questions"]) == 0
    assert f"02-un-norms: {len(questions())} questions, " in capsys.readouterr().out
    broken = tmp_path / "own.toml"
    broken.write_text('id = "own"\ntitle = "Own"\n', encoding="utf-8")
    assert main(["questions", str(broken)]) == 1
    assert "own.toml" in capsys.readouterr().err
    assert main(["questions", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err


def test_the_command_shows_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a command that needs a notebook."""
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    question = find_question("un-restraint")
    Record().append(question.id, question.revision, "f")
    assert main(["progress"]) == 0
    practice = sum(each.use == "practice" for each in questions())
    assert f"Answered: 1 of {practice}" in capsys.readouterr().out
