"""The questions of set 01: their points, and keys that the tables bear out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from cybernorms.corpus.claims import load_claims, load_discrepancies
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.process import load_lessons
from cybernorms.exercises.kinds import Choice, Match, Several
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets
from tests.answers import best_answer, blank_answers, credit, malformed_answers, worst_answer

SET = next(each for each in load_question_sets() if each.id == "01-reading-the-report")
GRADED = [question for question in SET.questions if question.use == "graded"]
PRACTICE = [question for question in SET.questions if question.use == "practice"]

each_graded = pytest.mark.parametrize("question", GRADED, ids=lambda question: question.id)


def arose(discrepancy: str) -> str:
    return next(each.arose_at for each in load_discrepancies() if each.id == discrepancy)


def verdicts() -> Counter[str]:
    return Counter(claim.verdict_2015 for claim in load_claims(lesson=EVERYTHING))


# The set


def test_the_graded_questions_bring_twelve_points() -> None:
    """Prevents a gradebook that does not add up to what the lesson promises."""
    lesson = next(each for each in load_lessons() if each.number == "01")
    assert SET.points == lesson.points == 12
    assert len(GRADED) == 12
    assert sum(question.kind == "written" for question in GRADED) == 1
    assert len({question.kind for question in GRADED}) == 7


def test_most_questions_are_on_tracing_a_claim_and_others_look_ahead() -> None:
    """Prevents a set that tests only one thing, or everything but its lesson."""
    outcomes = Counter(question.outcome for question in GRADED)
    assert set(outcomes) == {"O1", "O4", "O5", "O6"}
    assert outcomes["O1"] > len(GRADED) / 2


def test_the_practice_has_a_forecast_and_stands_around_each_explorer() -> None:
    """Prevents a lesson in which learners look before they have thought."""
    assert 5 <= len([question for question in PRACTICE if question.kind != "value"]) <= 9
    assert {question.kind for question in PRACTICE} >= {"choice", "match", "number", "forecast"}


# Wrong, blank and malformed answers


@each_graded
def test_a_wrong_answer_is_turned_away_with_a_reason(question: Any) -> None:
    """Prevents a wrong answer that passes, or that is told nothing."""
    if question.kind == "written":
        return
    given = mark(question, worst_answer(question))
    assert given.state == "marked" and given.points is not None
    assert given.points < question.points / 2
    assert all(feedback.reason for feedback in given.feedback)


@each_graded
def test_a_blank_and_a_malformed_answer_bring_no_mark(question: Any) -> None:
    """Prevents a silent zero."""
    for response in blank_answers(question):
        assert mark(question, response).state == "blank"
    for response in malformed_answers(question):
        assert mark(question, response).state == "unreadable"


def test_the_sentence_of_the_post_itself_does_not_pass() -> None:
    """Prevents credit for handing the error on."""
    question = find_question("report-pass-on")
    post = best_answer(question) | {"sure": "likely", "promise": "first"}
    assert credit(question, post) == pytest.approx(4 / 6)
    given = mark(question, post)
    wrong = [feedback.label for feedback in given.feedback if feedback.verdict == "incorrect"]
    assert wrong == ["How sure", "Who promises what"]


def test_one_true_sentence_with_a_false_one_earns_nothing() -> None:
    """Prevents points for ticking everything."""
    question = find_question("report-brazil")
    assert isinstance(question, Several)
    assert credit(question, ["inner", "added"]) == 0
    assert credit(question, [option.id for option in question.options]) == pytest.approx(1 / 3)


def test_half_an_order_earns_a_part_and_the_reverse_nothing() -> None:
    """Prevents an order that counts only when it is perfect."""
    question = find_question("report-sureness")
    best = best_answer(question)
    assert credit(question, best[::-1]) == 0
    swapped = [best[1], best[0], *best[2:]]
    assert credit(question, swapped) == pytest.approx(2 / 3)


@pytest.mark.parametrize(("given", "told"), [(4, "accused of"), (2, "first version"), (1, "could")])
def test_a_miscount_of_lost_doubts_is_told_what_it_missed(given: int, told: str) -> None:
    """Prevents a wrong number that teaches nothing."""
    marked = mark(find_question("report-count-doubts"), given)
    assert marked.credit == 0 and told in marked.feedback[0].reason


def test_a_guess_counts_in_full_near_the_truth_and_half_not_far_from_it() -> None:
    """Prevents a guess that must be a hit."""
    question = find_question("report-guess-faithful")
    assert [credit(question, guess) for guess in (5, 6, 8, 11)] == [1, 1, 0.5, 0]


def test_the_note_of_correction_waits_for_a_teacher() -> None:
    """Prevents prose that a program marks."""
    question = find_question("report-correction")
    assert mark(question, "A “not” is missing.").state == "awaiting teacher"


# Keys and tables


def test_where_a_change_arose_is_keyed_as_in_the_list_of_discrepancies() -> None:
    """Prevents a key that contradicts the error hunt."""
    question = find_question("report-lost-where")
    assert isinstance(question, Match)
    hunted = {
        "law": "law-qualifier",
        "not": "missing-not",
        "code": "code-or-norms",
        "february": "there",
    }
    for item, category in best_answer(question).items():
        if item in hunted:
            assert arose(hunted[item]) == f"the {category}", item
        else:
            assert category == "unknown"


def test_numbers_in_keys_are_those_of_the_tables() -> None:
    """Prevents a count that a corrected reading has overtaken."""
    faithful = verdicts()["says what its source says"]
    missed = verdicts()["surer than its source"] + verdicts()["means something else"]
    assert find_question("report-guess-faithful").answer == faithful  # type: ignore[attr-defined]
    assert (faithful, missed, len(load_claims(lesson=EVERYTHING)) - faithful - missed) == (5, 7, 10)
    doubts = sum(each.change_kind == "hedge dropped" for each in load_discrepancies())
    assert find_question("report-count-doubts").answer == doubts  # type: ignore[attr-defined]


def test_the_table_of_changes_is_what_the_data_gives() -> None:
    """Prevents an answer in the key that the table no longer bears out."""
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("report-changes-table")
    table = frame("discrepancies")
    assert credit(question, table["change_kind"].value_counts()) == pytest.approx(1)
    assert credit(question, table.groupby("change_kind").size()) == pytest.approx(1)
    assert credit(question, table["arose_at"].value_counts()) == 0
    assert f"With {len(table)} lines" in question.checks[0].failed  # type: ignore[attr-defined]
    assert table["change_kind"].value_counts().idxmax() == "context left out"


def test_what_is_said_not_to_be_confirmed_is_so_in_the_table() -> None:
    """Prevents a lesson that doubts what has been checked since."""
    claim = next(each for each in load_claims(lesson=EVERYTHING) if each.id == "review-2009")
    assert claim.verdict_2015 == "cannot be confirmed"
    assert isinstance(find_question("report-not-found"), Choice)
