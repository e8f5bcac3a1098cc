"""Question set 05: its keys follow the clauses and the cases, and it tells no outcome."""

from __future__ import annotations

import re

import pytest

from cybernorms.analysis.reach import reach
from cybernorms.corpus.clauses import find_clause
from cybernorms.corpus.conducts import load_conducts, load_part_tests
from cybernorms.corpus.sources import load_sources
from cybernorms.exercises.kinds import Match, Order, Several, Value, Written
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from tests.answers import best_answer, credit
from tests.questions.test_sets import references, shown

SET = next(each for each in load_question_sets() if each.id == "05-the-proposed-deal")
GRADED = [each for each in SET.questions if each.use == "graded"]
PRACTICE = [each for each in SET.questions if each.use == "practice"]

TELLS_THE_END = (
    r"\b(201[6-9]|20[2-9]\d)\b",
    r"\b2[3-9] September\b",
    r"\b(October|November|December) 2015\b",
    r"\b(fact sheet|G20|G7|Antalya|hotline|joint dialogue|joint statement|four commitments)\b",
    r"\b(turned out|in the end)\b",
)


def verdict(clause: str, case: str) -> str:
    """Return what a clause does with an invented case, by the rules of the clause lab."""
    attributes = next(each.attributes for each in load_conducts() if each.id == case)
    return reach(find_clause(clause, lesson="05").parts, attributes, load_part_tests()).verdict


def chosen(id: str, verdict: str) -> set[str]:
    question = find_question(id)
    assert isinstance(question, Several)
    return {option.id for option in question.options if option.verdict == verdict}


def test_the_graded_questions_on_the_deal_bring_fourteen_points() -> None:
    """Prevents a gradebook that does not add up to what the lesson promises."""
    assert SET.points == 14
    assert len(GRADED) >= 10
    kinds = {question.kind for question in GRADED}
    assert kinds == {"choice", "several", "match", "order", "number", "clause", "written"}
    assert sum(isinstance(question, Written) for question in GRADED) == 1
    assert all(question.id.startswith("deal-") for question in SET.questions)


def test_most_graded_questions_are_about_comparing_clauses() -> None:
    """Prevents an outcome of the lesson that its exercise set does not ask for."""
    outcomes = [question.outcome for question in GRADED]
    assert outcomes.count("O5") > len(outcomes) / 2
    assert {"O1", "O2", "O3", "O5"} == set(outcomes)


def test_there_is_practice_around_each_explorer() -> None:
    """Prevents a lesson in which learners look before they have thought."""
    assert 6 <= len(PRACTICE) <= 8
    assert {"choice", "several", "match", "order", "clause", "value"} == {
        question.kind for question in PRACTICE
    }


@pytest.mark.parametrize("question", SET.questions, ids=lambda each: each.id)
def test_no_question_tells_what_came_of_the_talks(question: Question) -> None:
    """Prevents an outcome from being told before lesson 06 opens it."""
    for text in shown(question):
        for pattern in TELLS_THE_END:
            assert not re.search(pattern, text), (pattern, text)
    sources = load_sources()
    named = {*question.sources, *(source for source, _ in references(question))}
    for source in named - {"cybernorms-readings"}:
        assert sources[source].date[:10] <= "2015-09-22", source


def test_the_third_principle_reaches_what_the_clause_lab_says() -> None:
    """Prevents a key that contradicts the explorer beside it."""
    question = find_question("deal-third-principle")
    assert isinstance(question, Match)
    reached = {"met": "covers", "arguable": "argue", "missed": "misses"}
    for item in question.items:
        assert best_answer(question)[item.id] == reached[verdict("kerry-3", item.id)], item.id


FIRST_BLOW = {
    "three-days": "grid-off",
    "answer": "grid-answer",
    "hospitals": "spill-over",
    "access": "access-planted",
}


def test_the_promise_of_the_newspaper_is_broken_where_the_clause_lab_says() -> None:
    """Prevents a key that contradicts the explorer beside it."""
    keys = {"met": "correct", "arguable": "defensible", "missed": "incorrect"}
    for option, case in FIRST_BLOW.items():
        key = keys[verdict("nyt-first-use", case)]
        assert option in chosen("deal-first-blow", key), (option, key)


def test_allow_reaches_a_plea_that_is_left_unanswered_and_norm_f_does_not() -> None:
    """Prevents a key that a change of the rules has overtaken."""
    assert "request" in chosen("deal-allow", "correct")
    assert verdict("nyt-norm-f", "request-ignored") == "met"
    assert verdict("norm-13f", "request-ignored") == "missed"
    assert "own" in chosen("deal-allow", "incorrect")
    assert verdict("norm-13f", "grid-off") == "met"


def test_the_exemplar_rests_on_what_the_clause_lab_says() -> None:
    """Prevents an example that a learner with the lab open can refute."""
    exemplar = find_question("deal-advice")
    assert isinstance(exemplar, Written) and "ten minutes" in exemplar.exemplar
    assert verdict("nyt-first-use", "grid-flicker") == "missed"
    assert verdict("norm-13f", "grid-flicker") == "arguable"
    assert verdict("kerry-1", "grid-flicker") == "met"  # without the condition on law


def test_ten_minutes_part_the_newspaper_from_the_post() -> None:
    """Prevents a question on two verbs between which the lab no longer tells a difference."""
    flicker = {
        (each.part, each.value): each.verdict
        for each in load_part_tests()
        if each.attribute == "harm"
    }
    assert flicker["q-cripple", "slight"] == "missed"
    assert flicker["q-take-down", "slight"] == "arguable"


def test_the_built_clauses_do_what_their_tasks_ask_for() -> None:
    """Prevents a task whose own solution leaves a case outside, or lets one in."""
    peace = best_answer(find_question("deal-build-infrastructure"))
    assert peace == {
        "verb": "conduct-support",
        "harm": "damage",
        "mind": "intentionally",
        "limit": "peace",
    }
    assert verdict("kerry-1", "grid-flicker") == "met"  # the same words, without the peace
    assert verdict("kerry-1", "spill-over") == "missed"
    tolerance = best_answer(find_question("deal-build-tolerance"))
    assert (tolerance["verb"], tolerance["mind"]) == ("do-help-let", "knowingly")


def test_events_stand_in_the_order_of_their_dates() -> None:
    """Prevents an order that the table of sources contradicts."""
    question = find_question("deal-in-order")
    assert isinstance(question, Order)
    sources = load_sources()
    ranked = sorted(question.items, key=lambda item: item.rank)
    dates = [sources[item.source].date for item in ranked if item.id != "meng"]
    assert dates == sorted(dates)
    assert [item.id for item in ranked].index("meng") == 3


def test_the_table_of_verbs_is_what_the_data_gives() -> None:
    """Prevents an answer in the key that the table no longer bears out."""
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("deal-verbs-table")
    assert isinstance(question, Value)
    tests = frame("part_tests")
    relation = tests[tests["attribute"] == "relation"]
    looks_on = relation[relation["value"] == "tolerated"]
    assert credit(question, looks_on.set_index("part")["verdict"]) == pytest.approx(1)
    helped = relation[relation["value"] == "supported"]
    assert credit(question, helped.set_index("part")["verdict"]) < 0.5
    assert credit(question, looks_on) < 0.5
    counts = looks_on["verdict"].value_counts()
    assert (counts["missed"], counts["arguable"], counts["met"]) == (3, 2, 2)
