"""Answers to an earlier revision: what still exists counts, what is gone costs nothing more."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.exercises.earlier import describe_fit, fit, fit_answer, mark_answer
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.marking import mark
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Answer
from tests.answers import best_answer, blank_answers, malformed_answers
from tests.factories import made_up, made_up_table

# What the answers to each kind are made of; the others have nothing that could be taken out.
LINES = {
    "choice": "option",
    "several": "option",
    "match": "item",
    "order": "item",
    "forecast": "statement",
    "clause": "part",
}
WHOLE = ("number", "value", "written")
LISTS = [kind for kind in LINES if kind != "choice"]


def test_every_kind_is_tried() -> None:
    assert {*LINES, *WHOLE} == set(KINDS)


def without(kind: str, *numbers: int) -> Question:
    """Return the made-up question of a kind without some of its lines."""
    lines = made_up_table(kind)[LINES[kind]]
    kept = [each for number, each in enumerate(lines) if number not in numbers]
    question: Question = made_up(kind, **{LINES[kind]: kept})
    return question


def spoilt(response: Any) -> Any:
    """Return a response with ids that no revision has."""
    if isinstance(response, str):
        return "gone"
    if isinstance(response, dict):
        return {f"gone-{key}": value for key, value in response.items()}
    return [f"gone-{each}" for each in response]


@pytest.mark.parametrize("kind", LISTS)
def test_what_was_taken_out_of_a_question_is_left_out_of_the_answer(kind: str) -> None:
    """Prevents a zero for five right placements, since a sixth has left the question."""
    question = without(kind, 0)
    fitted = fit(question, best_answer(made_up(kind)))
    assert fitted.fits == "in part"
    assert fitted.response == best_answer(question)
    assert mark(question, fitted.response).credit == 1


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_new_in_a_question_counts_as_not_answered(kind: str) -> None:
    """Prevents an answer that cannot be read, since the question has grown."""
    question = made_up(kind)
    smaller = without(kind, 0)
    fitted = fit(question, best_answer(smaller))
    given = mark(question, fitted.response)
    assert given.state == "marked" and given.credit is not None
    assert given.credit < 1
    verdicts = [each.verdict for each in given.feedback]
    assert verdicts.count("open") + verdicts.count("missed") == 1


def test_a_pair_with_a_new_item_is_neither_in_order_nor_out_of_it() -> None:
    order = made_up("order")
    ranks = [item.rank for item in order.items]
    pairs = sum(one != two for i, one in enumerate(ranks) for two in ranks[i + 1 :])
    new = sum(ranks[0] != rank for rank in ranks[1:])
    fitted = fit(order, best_answer(without("order", 0)))
    assert mark(order, fitted.response).credit == pytest.approx((pairs - new) / pairs)


@pytest.mark.parametrize("kind", LINES)
def test_reworded_lines_have_the_same_mark(kind: str) -> None:
    question = made_up(kind)
    tables = made_up_table(kind)[LINES[kind]]
    word = "label" if kind == "clause" else "text"
    reworded = made_up(
        kind, **{LINES[kind]: [each | {word: f"Anew: {each[word]}"} for each in tables]}
    )
    fitted = fit(reworded, best_answer(question))
    assert fitted == (best_answer(question), "whole")
    assert mark(reworded, fitted.response).credit == mark(question, fitted.response).credit


@pytest.mark.parametrize("kind", LINES)
def test_reordered_lines_have_the_same_mark(kind: str) -> None:
    tables = made_up_table(kind)[LINES[kind]]
    reordered = made_up(kind, **{LINES[kind]: tables[::-1]})
    fitted = fit(reordered, best_answer(made_up(kind)))
    assert fitted.fits == "whole"
    assert mark(reordered, fitted.response).credit == 1


def test_a_category_and_a_wording_that_are_gone_leave_the_other_lines() -> None:
    match, clause = made_up("match"), made_up("clause")
    best: dict[str, str] = best_answer(match)
    first = next(iter(best))
    assert fit(match, best | {first: "gone"}) == (
        {item: category for item, category in best.items() if item != first},
        "in part",
    )
    built: dict[str, str] = best_answer(clause)
    part = next(iter(built))
    assert part not in fit(clause, built | {part: "gone"}).response


@pytest.mark.parametrize("kind", LINES)
def test_where_nothing_fits_it_is_said_and_is_no_silent_zero(kind: str) -> None:
    question = made_up(kind)
    response = spoilt(best_answer(question))
    assert fit(question, response) == (response, "not")
    given = mark_answer(question, Answer(question.id, "older", response, ""))
    assert (given.state, given.points) == ("unreadable", None)
    assert given.message
    assert "nothing of your answer fits" in describe_fit("not")


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_fits_is_marked_as_ever(kind: str) -> None:
    question = made_up(kind)
    response = best_answer(question)
    assert fit(question, response) == (response, "whole")
    older = mark_answer(question, Answer(question.id, "older", response, ""))
    assert older == mark_answer(question, Answer(question.id, question.revision, response, ""))


@pytest.mark.parametrize("kind", KINDS)
def test_anything_at_all_is_fitted_or_left_as_it_is(kind: str) -> None:
    """Prevents a hostile or damaged answer from stopping the marking of a class."""
    question = made_up(kind)
    for response in (*malformed_answers(question), *blank_answers(question)):
        fitted = fit(question, response)
        assert fitted.fits == "in part" or fitted.response is response
        assert mark(question, fitted.response).state in (
            *("marked", "blank", "unreadable", "awaiting teacher"),
        )


def test_an_answer_of_the_present_revision_is_read_strictly() -> None:
    """Prevents a typing mistake in code from being passed over as an item that was taken out."""
    question = made_up("several")
    response = [*best_answer(question), "dragoons"]
    assert fit_answer(question, Answer(question.id, question.revision, response, "")) == (
        response,
        "whole",
    )
    given = Answer(question.id, question.revision, response, "")
    assert mark_answer(question, given).state == "unreadable"
