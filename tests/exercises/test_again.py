"""The questions of lesson 00 come back at the end, and nothing of the first time is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

import cybernorms
from cybernorms.cards.form import Form
from cybernorms.cards.form_again import FormAgain
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.again import NO_FIRST, ThenAndNow, then_and_now, what_changed
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.pages.module_map import progress_blocks
from tests.answers import best_answer, worst_answer
from tests.cards.messages import answer_of, check, reasons_of, result_of, said
from tests.texts import flat

SOURCE = find_question("start-source")
ENTRY = [
    question
    for questions in load_question_sets()
    for question in questions.questions
    if question.use == "entry"
]
BEST, WORST = best_answer(SOURCE), worst_answer(SOURCE)


def told(first: str | None, now: str) -> str:
    return what_changed(mark(SOURCE, first) if first else None, mark(SOURCE, now))


def test_what_was_right_both_times_is_said_to_be() -> None:
    assert "right at the start" in told(BEST, BEST)


def test_a_gain_names_the_first_answer() -> None:
    first = next(option.text for option in SOURCE.options if option.id == WORST)  # type: ignore[attr-defined]
    assert first in told(WORST, BEST) and "best answer" in told(WORST, BEST)


def test_a_loss_sends_back_to_the_reasons() -> None:
    assert "nearer" in told(BEST, WORST) and "reasons" in told(BEST, WORST)


def test_the_same_mistake_twice_is_told_plainly() -> None:
    assert "the same at the start" in told(WORST, WORST)


def test_without_a_first_answer_nothing_is_compared() -> None:
    assert told(None, BEST) == NO_FIRST


@pytest.mark.parametrize("question", ENTRY, ids=lambda question: question.id)
def test_the_second_answer_stands_beside_the_first(question, tmp_path: Path) -> None:
    """Prevents a second answer from overwriting what a learner thought at the start."""
    record = Record(tmp_path)
    record.append(question.id, question.revision, worst_answer(question))
    form = FormAgain(question, record)
    check(form, best_answer(question))
    history = record.read()
    assert history.last(question.id).response == worst_answer(question)  # type: ignore[union-attr]
    assert history.last(question.id + AGAIN).response == best_answer(question)  # type: ignore[union-attr]
    assert "Then and now." in result_of(form)
    assert "Take away." in result_of(form)


def test_a_form_that_is_opened_again_fills_in_the_second_answer(tmp_path: Path) -> None:
    record = Record(tmp_path)
    record.append(SOURCE.id, SOURCE.revision, WORST)
    record.append(SOURCE.id + AGAIN, SOURCE.revision, BEST)
    assert answer_of(FormAgain(SOURCE, record)) == BEST
    assert answer_of(Form(SOURCE, record)) == WORST


def test_a_new_form_shows_no_first_answer_before_the_second_is_given(tmp_path: Path) -> None:
    """Prevents a learner from copying what was thought at the start."""
    record = Record(tmp_path)
    record.append(SOURCE.id, SOURCE.revision, BEST)
    form = FormAgain(SOURCE, record)
    assert answer_of(form) is None and not result_of(form)
    assert "From lesson 00, asked again" in form.text()


def test_the_first_form_still_gives_no_reasons(tmp_path: Path) -> None:
    """Prevents the eight questions from telling what the course is about to teach."""
    form = Form(SOURCE, Record(tmp_path))
    check(form, BEST)
    assert "again at the end" in said(form) and not result_of(form) and not reasons_of(form)


def test_ask_again_prints_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    cybernorms.ask("start-source", answer=WORST)
    cybernorms.ask("start-source", answer=BEST, again=True)
    assert "Then and now." in capsys.readouterr().out
    assert Record(tmp_path).read().attempts("start-source") == 1


def test_only_questions_of_lesson_00_are_asked_twice() -> None:
    with pytest.raises(CyberNormsError, match="asked twice"):
        cybernorms.ask("law-verbs", again=True)


def test_progress_counts_the_eight_then_and_now(tmp_path: Path) -> None:
    record = Record(tmp_path)
    sets = load_question_sets()
    before = progress_blocks(record.read(), record.path)
    record.append(SOURCE.id, SOURCE.revision, WORST)
    record.append(SOURCE.id + AGAIN, SOURCE.revision, BEST)
    asked = [one for each in sets for one in each.questions if one.use == "entry"]
    assert then_and_now(asked, record.read()) == ThenAndNow(1, 0, 1)
    after = progress_blocks(record.read(), record.path)
    assert len(after) == len(before) + 2  # the table, too, begins with the first answer
    assert "1 of 8 again: 0 right at the start, 1 right now" in flat(after)


def test_a_second_answer_does_not_count_as_progress_in_lesson_00(tmp_path: Path) -> None:
    """Prevents eight questions from being counted sixteen times."""
    record = Record(tmp_path)
    record.append(SOURCE.id + AGAIN, SOURCE.revision, BEST)
    found = flat(progress_blocks(record.read(), record.path))
    assert "questions before you start" not in found and "parts of the course not begun" in found
