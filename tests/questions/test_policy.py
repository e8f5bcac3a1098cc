"""The questions of set 04: their points, and keys that the tables bear out."""

from __future__ import annotations

import pytest

from cybernorms.corpus.codings import find_codings
from cybernorms.corpus.documents import (
    find_document,
    load_conflicting_figures,
    load_documents,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.process import load_lessons
from cybernorms.exercises.kinds import Choice, Clause, Match, Number, Order
from cybernorms.exercises.question_files import find_question, load_question_sets
from tests.answers import best_answer, credit

SET = next(each for each in load_question_sets() if each.id == "04-us-policy-documents")
GRADED = [question for question in SET.questions if question.use == "graded"]
SUBJECTS = {"governance": "internet governance", "security": "state security"}


def codes(item: str, axis: str) -> set[str]:
    """Return the values that the coders gave to an item."""
    return {coding.value for coding in find_codings(item=item, axis=axis)}


def test_the_graded_questions_bring_thirteen_points() -> None:
    """Prevents a gradebook that does not add up to what the lesson promises."""
    lesson = next(each for each in load_lessons() if each.number == "04")
    assert SET.points == lesson.points == 13
    assert len(GRADED) >= 9
    assert sum(question.kind == "written" for question in GRADED) == 1
    assert len({question.kind for question in GRADED}) == 7


@pytest.mark.parametrize(
    ("question", "item"),
    [("policy-code-kerry", "kerry-3"), ("policy-code-together", "us-india-model")],
)
def test_a_passage_is_keyed_as_the_coders_coded_it(question: str, item: str) -> None:
    """Prevents a key that contradicts the policy coder."""
    asked = find_question(question)
    assert isinstance(asked, Clause)
    for part in asked.parts:
        best = next(each.text for each in part.options if each.verdict == "correct")
        assert {best.casefold()} == codes(item, part.id), part.id


@pytest.mark.parametrize(
    ("item", "event"),
    [
        ("order", "event-order-2015"),
        ("indictments", "event-indictment-2014"),
        ("russia-china", "event-russia-china-2015"),
        ("sco", "event-sco-2009"),
        ("revised-code", "event-code-2015"),
        ("gge-2015", "event-gge-2015"),
    ],
)
def test_events_are_keyed_by_number_as_the_coders_coded_them(item: str, event: str) -> None:
    """Prevents a key that contradicts the timeline."""
    question = find_question("policy-by-number")
    assert isinstance(question, Match)
    best = question.categories[best_answer(question)[item]]
    assert {best.casefold()} == codes(event, "number")


def test_a_defensible_or_correct_subject_is_one_that_a_coder_chose() -> None:
    """Prevents a key that treats a coder's reading as wrong."""
    question = find_question("policy-by-subject")
    assert isinstance(question, Match)
    placed = {item.id: item.placements for item in question.items}
    for item, coded in {
        "kerry-1": "kerry-1",
        "order-secrets": "order-secrets",
        "netmundial": "event-netmundial-2014",
        "code": "event-code-2011",
    }.items():
        credited = {SUBJECTS.get(id, id) for id in placed[item]}
        assert codes(coded, "subject") <= credited, item


def test_the_figures_of_netmundial_are_those_in_conflict() -> None:
    """Prevents a question whose numbers are not those of the explorer."""
    question = find_question("policy-counted-what")
    assert isinstance(question, Match)
    known = {
        each.figure.split()[0]
        for each in load_conflicting_figures(lesson=EVERYTHING)
        if "netmundial" in each.id
    }
    assert {item.text for item in question.items} <= known


def test_the_order_of_texts_is_that_of_their_dates() -> None:
    """Prevents an order that the document reader contradicts."""
    question = find_question("policy-in-order")
    assert isinstance(question, Order)
    dates = {
        item.rank: find_document(item.source, lesson=EVERYTHING).date for item in question.items
    }
    assert [dates[rank] for rank in sorted(dates)] == sorted(dates.values())


def test_the_missing_topic_is_missing_from_what_the_post_cites() -> None:
    """Prevents a key that the document reader contradicts."""
    question = find_question("policy-not-in-the-five")
    assert isinstance(question, Choice)
    cited = [each for each in load_documents(lesson=EVERYTHING) if each.cited_by_post]
    topics = {topic for each in cited for passage in each.passages for topic in passage.topics}
    assert len(cited) == 5
    for option in question.options:
        assert (option.id not in topics) is (option.verdict == "correct"), option.id


def test_the_kappa_of_the_question_is_the_one_that_the_library_computes() -> None:
    """Prevents a worked example with a slip in it."""
    from cybernorms.analysis.agreement import cohens_kappa

    one = dict(enumerate(["s"] * 6 + ["m"] * 2 + ["s", "m"]))
    two = dict(enumerate(["s"] * 6 + ["m"] * 2 + ["m", "s"]))
    measured = cohens_kappa(
        {str(i): v for i, v in one.items()}, {str(i): v for i, v in two.items()}
    )
    question = find_question("policy-kappa")
    assert isinstance(question, Number)
    assert measured.value == pytest.approx(question.answer, abs=question.tolerance)


def test_the_table_of_events_is_what_the_data_gives() -> None:
    """Prevents a count that a new coding has overtaken."""
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("policy-events-table")
    codings = frame("codings")
    of_a = codings[codings["item"].str.startswith("event-") & (codings["coder"] == "A")]
    axes = of_a.pivot(index="item", columns="axis", values="value")
    everyone = axes[axes["participants"] == "multistakeholder"]["subject"].value_counts()
    assert credit(question, everyone) == pytest.approx(1)
    assert credit(question, axes["subject"].value_counts()) == 0
    assert (
        f"With {axes['subject'].eq('internet governance').sum()} you" in question.checks[1].failed
    )
