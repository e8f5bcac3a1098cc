"""A question of lesson 00 asked again, beside its first answer."""

from __future__ import annotations

from cybernorms.cards.form_again import FormAgain, then_and_now_text
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.answers import best_answer, worst_answer
from tests.cards.messages import answer_of, check, parts_of, reasons_of, result_of, seen

SOURCE = find_question("start-source")
BEST, WORST = best_answer(SOURCE), worst_answer(SOURCE)


def test_it_says_what_changed_and_gives_the_reasons(record: Record) -> None:
    """Prevents a second answer of which nothing is learnt."""
    record.append(SOURCE.id, SOURCE.revision, WORST)
    form = FormAgain(SOURCE, record)
    described = check(form, BEST)
    assert "Then and now." in result_of(form) and "Your first answer was saved" in result_of(form)
    assert "Take away." in result_of(form) and reasons_of(form)
    assert described["use"] == "practice" and described["key"] == SOURCE.id + AGAIN
    again = FormAgain(SOURCE, Record(record.folder))
    assert result_of(again) == result_of(form) and answer_of(again) == BEST


def test_it_says_where_the_question_comes_from(record: Record) -> None:
    """Prevents a learner from wondering whether this was not answered before."""
    form = FormAgain(SOURCE, record)
    assert "From lesson 00, asked again" in parts_of(form, "kicker")[0]["kind"]
    assert "From lesson 00, asked again" in form.text()
    assert not result_of(form) and "Then and now" not in seen(form)


def test_in_plain_text_it_says_the_same(record: Record) -> None:
    """Prevents a learner without a notebook from hearing less."""
    record.append(SOURCE.id, SOURCE.revision, WORST)
    told = then_and_now_text(record, SOURCE, mark(SOURCE, BEST))
    form = FormAgain(SOURCE, record)
    check(form, BEST)
    assert told in result_of(form)
    assert "saved" not in then_and_now_text(
        Record(record.folder / "no"), SOURCE, mark(SOURCE, BEST)
    )
