"""`ask()` with an answer, and where there is no notebook to show a card in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cards.form import Form
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.widgets.asking import ask
from tests.cards.messages import check, said


def test_ask_with_an_answer_prints_plain_text_and_saves(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents masters whose outputs cannot be compared."""
    ask("un-restraint", answer="(F)")
    told = capsys.readouterr().out
    assert "Correct" in told and "<" not in told
    assert record.read().last("un-restraint").response == "(F)"


def test_ask_for_a_question_that_is_not_there_offers_the_nearest() -> None:
    """Prevents a bare error where a cell was damaged."""
    with pytest.raises(CyberNormsError, match="un-restraint"):
        ask("un-restrain")


def test_only_questions_of_lesson_00_are_asked_twice() -> None:
    """Prevents a second answer beside one that was marked already."""
    with pytest.raises(CyberNormsError, match="asked twice"):
        ask("un-restraint", again=True)


@pytest.mark.parametrize("id", ["un-restraint", "un-minister", "un-duty-table", "report-forecast"])
def test_outside_a_notebook_the_question_is_printed_and_nothing_is_saved(
    id: str, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a learner without JupyterLab from seeing nothing."""
    ask(id)
    printed = " ".join(capsys.readouterr().out.split())
    assert find_question(id).title in printed or find_question(id).prompt[:40] in printed
    assert "Correct" not in printed and not record.folder.exists()


def test_a_question_that_is_answered_in_code_has_its_hint_and_no_control(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prevents a form into which a table would have to be typed."""
    ask("un-duty-table")
    assert "Hint" in capsys.readouterr().out


def test_what_cannot_be_saved_in_plain_text_speaks_of_no_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents "your answer is still in the form" where there is none."""
    (tmp_path / "work").write_text("a file in the place of the folder", encoding="utf-8")
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path / "work"))
    with pytest.raises(CyberNormsError, match="Not saved") as caught:
        ask("un-restraint", "f")
    assert "form" not in str(caught.value) and "press" not in str(caught.value)
    form = Form(find_question("un-restraint"))
    check(form, "f")
    assert "Your answer is still in the form: press Check again" in said(form)
