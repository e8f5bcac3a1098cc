"""Two windows on one question lose nothing of each other."""

from __future__ import annotations

from cybernorms.cards.form import Form
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.cards.messages import answer_of, check, result_of, said, write

QUESTION = find_question("un-minister")
CHOICE = find_question("un-restraint")


def test_a_text_in_a_second_window_replaces_none_in_the_first(record: Record) -> None:
    """Prevents one letter in a second tab from costing the work of forty minutes."""
    one, two = Form(QUESTION, record), Form(QUESTION, record)
    write(one, "The work of forty minutes.")
    assert "Another window" not in said(one)
    write(two, "x")
    assert "Another window has a longer draft of this text; both are kept" in said(two)
    assert "drafts/un-minister.txt" in said(two)
    write(one, "The work of forty-one minutes.")
    assert "has another draft" in said(one) and "un-minister.2.txt" in said(one)
    texts = [each.text for each in record.drafts.all("un-minister")]
    assert texts == ["The work of forty-one minutes.", "x"]
    again = Form(QUESTION, record)
    assert answer_of(again) == "The work of forty-one minutes."
    assert "un-minister.2.txt" in said(again)


def test_a_text_saved_in_one_window_leaves_the_draft_of_the_other(record: Record) -> None:
    """Prevents a press in one window from throwing away what is written in the other."""
    one, two = Form(QUESTION, record), Form(QUESTION, record)
    write(one, "The work of forty minutes.")
    write(two, "x")
    check(two, "x")
    assert [each.text for each in record.drafts.all("un-minister")] == [
        "The work of forty minutes."
    ]
    assert answer_of(Form(QUESTION, record)) in ("x", "The work of forty minutes.")
    write(one, "The work of forty-one minutes.")
    check(one, "The work of forty-one minutes.")
    assert "Another window had saved another answer" in result_of(one)
    assert [each.response for each in record.read().answers] == [
        "x",
        "The work of forty-one minutes.",
    ]
    assert [each.text for each in record.drafts.all("un-minister")] == ["x"]


def test_an_old_form_says_that_another_window_has_answered_since(record: Record) -> None:
    """Prevents an old form from outdoing a newer answer without a word."""
    one, two = Form(CHOICE, record), Form(CHOICE, record)
    check(one, "f")
    check(two, "c")
    assert "Another window had saved another answer" in result_of(two)
    assert "the last one counts" in result_of(two)
    check(two, "f")
    assert "Another window" not in result_of(two)
    assert len(record.read().answers) == 3


def test_the_same_answer_in_a_second_window_needs_no_word(record: Record) -> None:
    """Prevents a warning of nothing."""
    for form in (Form(CHOICE, record), Form(CHOICE, record)):
        check(form, "f")
        assert "Another window" not in result_of(form) + said(form)


def test_a_cell_that_is_run_again_shows_what_another_window_saved(record: Record) -> None:
    """Prevents a card that is older than the record it has just been asked to show."""
    one, two = Form(CHOICE, record), Form(CHOICE, record)
    check(one, "f")
    assert answer_of(two) is None
    two.refresh()
    assert answer_of(two) == "f" and "is filled in" in said(two) and result_of(two)
