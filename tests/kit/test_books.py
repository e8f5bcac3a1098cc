"""Question books, and what came of a class sheet."""

from __future__ import annotations

from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.kit.books import afterwards, answer_sheet, exam, left_for_later
from cybernorms.kit.paper import Grid, Vote
from tests.kit.kit import lesson, lessons, page, plain, words_of_page

SETS = load_question_sets()
GRADED = [one for each in SETS for one in each.questions if one.use == "graded"]


def test_the_book_has_every_question() -> None:
    """Prevents a teacher from finding out in class what the book left out."""
    words = words_of_page(page("question-book"))
    missing = [one.id for each in SETS for one in each.questions if plain(one.prompt) not in words]
    assert not missing


def test_the_exam_asks_every_graded_question_once() -> None:
    votes = [each for each in exam(SETS).blocks if isinstance(each, Vote)]
    on_paper = [each for each in GRADED if each.kind != "value"]
    assert len(votes) == len(on_paper)
    for vote, question in zip(votes, on_paper, strict=True):
        assert vote.prompt.startswith(question.prompt)


def test_the_answer_sheet_has_a_row_for_every_question_of_the_exam() -> None:
    """Prevents answers that are one row off from question 8 on."""
    rows = [
        row for each in answer_sheet(SETS).blocks if isinstance(each, Grid) for row in each.rows
    ]
    assert len(rows) == len(GRADED)


def test_what_came_of_a_sheet_uses_its_letters() -> None:
    """Prevents a teacher from reading out the reasons of another question."""
    made = lesson("01")
    votes = [each for each in afterwards(made).blocks if getattr(each, "level", 0) == 3]
    assert votes and getattr(votes[0], "text", "").startswith("a ")


def test_what_came_of_early_lessons_tells_nothing_of_the_talks() -> None:
    """Prevents the sheet for later of lesson 01 from spoiling lesson 06."""
    told = [one.outcome_text for one in load_forecasts(lesson="06")]
    told += [one.agreed.text for one in load_elements(lesson="06") if one.agreed.stage]
    for each in lessons():
        if each.number < "06":
            words = words_of_page(page(f"what-came-of-it-{each.name}"))
            assert not [one for one in told if plain(one) in words]


def test_questions_from_before_the_course_keep_their_reasons() -> None:
    """Prevents the eight questions, which come again, from being answered at the start."""
    words = words_of_page(page("what-came-of-it-00"))
    for one in SETS[0].questions:
        for option in getattr(one, "options", ()) if one.use == "entry" else ():
            assert plain(option.reason) not in words


def test_what_a_sheet_leaves_out_is_known() -> None:
    assert {each.id for each in left_for_later(lesson("06"))} <= set(lesson("06").asked())
