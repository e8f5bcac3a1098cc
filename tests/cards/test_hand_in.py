"""The form to hand in: what it says before and after the file is written."""

from __future__ import annotations

import json
from pathlib import Path

from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.widgets.handing_in import HandInForm


def form(folder: Path, name: str = "") -> HandInForm:
    return HandInForm(name, load_question_sets(), Record(folder))


def test_the_form_says_what_is_in_it_and_what_is_missing(tmp_path: Path) -> None:
    Record(tmp_path).append("un-restraint", "r", "f")
    text = form(tmp_path).text()
    assert "02 The UN norms: practice: Answered: 1 of 16" in " ".join(text.split())
    graded = sum(q.use == "graded" for each in load_question_sets() for q in each.questions)
    assert f"{graded} graded questions have no answer yet" in text


def test_the_form_asks_for_a_name_before_it_writes(tmp_path: Path) -> None:
    Record(tmp_path).append("un-restraint", "r", "f")
    shown = form(tmp_path, "  ")
    assert shown.submit() is None
    assert "Type your name first" in shown._status.value
    assert not (tmp_path / "hand-ins").exists()


def test_the_form_writes_and_says_where_and_how_to_give_it(tmp_path: Path) -> None:
    Record(tmp_path).append("un-restraint", "r", "f")
    shown = form(tmp_path, "Ada <b>")
    shown.write.click()
    [path] = (tmp_path / "hand-ins").iterdir()
    assert json.loads(path.read_bytes())["name"] == "Ada <b>"
    assert path.name in shown._status.value
    assert "role='alert'" in shown._status.value


def test_the_form_counts_what_was_answered_since_it_was_shown(tmp_path: Path) -> None:
    """Prevents a summary that is older than the file."""
    shown = form(tmp_path, "Ada")
    assert shown.submit() is None
    assert "nothing to hand in" in shown._status.value
    Record(tmp_path).append("un-restraint", "r", "f")
    assert shown.submit() is not None
    assert "1 of 16" in shown._summary.value


def test_another_name_than_last_time_is_asked_about_once(tmp_path: Path) -> None:
    """Prevents one learner from handing in the answers of another at the same computer."""
    Record(tmp_path).append("un-restraint", "r", "f")
    assert form(tmp_path, "Anna Aardvark").submit() is not None
    assert form(tmp_path, "aardvark, ANNA").submit() is not None
    assert form(tmp_path, "Anna").submit() is not None
    assert form(tmp_path, "Anna Maria Aardvark").submit() is not None
    shown = form(tmp_path, "Ben Bison")
    assert shown.submit() is None
    assert "was by Anna Maria Aardvark" in shown._status.value
    assert "CYBERNORMS_WORK" in shown._status.value
    shown.name.value = "Eve"
    assert shown.submit() is None
    assert shown.submit() is not None
