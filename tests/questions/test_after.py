"""The questions of set 06: their points, and keys that the tables bear out."""

from __future__ import annotations

from collections import Counter

import pytest

from cybernorms.corpus.evidence import load_evidence
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.process import load_lessons
from cybernorms.corpus.tables import read_table
from cybernorms.exercises.forecasts import brier_score
from cybernorms.exercises.kinds import Choice, Match, Number, Several
from cybernorms.exercises.question_files import find_question, load_question_sets
from tests.answers import best_answer, credit

SET = next(each for each in load_question_sets() if each.id == "06-what-was-agreed")
GRADED = [question for question in SET.questions if question.use == "graded"]


def test_the_graded_questions_bring_fifteen_points() -> None:
    """Prevents a gradebook that does not add up to what the lesson promises."""
    lesson = next(each for each in load_lessons() if each.number == "06")
    assert SET.points == lesson.points == 15
    assert len(GRADED) >= 9
    assert sum(question.kind == "written" for question in GRADED) == 1
    assert len({question.kind for question in GRADED}) >= 6


def test_most_questions_are_on_weighing_evidence_and_others_on_wording() -> None:
    """Prevents a set that tests only one thing."""
    outcomes = [question.outcome for question in GRADED]
    assert outcomes.count("O6") > len(GRADED) / 2
    assert {"O2", "O5", "O7"} <= set(outcomes)


def test_knowingly_is_keyed_as_in_the_table_of_adopters() -> None:
    """Prevents a key that contradicts the plot of the spread."""
    question = find_question("after-with-or-without")
    assert isinstance(question, Match)
    rows = {row["id"]: row["knowingly"] for row in read_table("adopters", ["id", "knowingly"])}
    described = {
        "kerry": "kerry", "deal": "us-china", "uk": "uk-china", "g20": "g20", "g7": "g7",
        "australia": "australia-china", "canada": "canada-china", "india": "us-india",
    }  # fmt: skip
    assert set(described) == {item.id for item in question.items}
    told = {"yes": "with", "no": "without", "unknown": "open"}
    best = best_answer(question)
    assert best == {item: told[rows[row]] for item, row in described.items()}


def test_the_forecasts_that_held_are_those_of_the_table() -> None:
    """Prevents a score that lesson and exercise count differently."""
    outcomes = {statement.id: statement.outcome for statement in load_forecasts(lesson=EVERYTHING)}
    question = find_question("after-which-held")
    assert isinstance(question, Several)
    verdicts = {option.id: option.verdict for option in question.options}
    assert outcomes["no-first-use"] is (verdicts["promise"] == "correct")
    assert outcomes["welcomes-un-norms"] is (verdicts["general"] == "correct")
    assert outcomes["ip-theft-covered"] is not (verdicts["theft"] == "correct")
    assert outcomes["government-espionage-covered"] is not (verdicts["spying"] == "correct")
    assert outcomes["leaves-multistakeholder"] is (verdicts["governance"] == "correct")


@pytest.mark.parametrize(
    ("question", "probabilities", "outcomes"),
    [
        ("after-brier-one", {"a": 0.8}, {"a": False}),
        ("after-brier-two", {"a": 0.75, "b": 0.9}, {"a": False, "b": True}),
    ],
)
def test_a_brier_score_is_computed_right(
    question: str, probabilities: dict[str, float], outcomes: dict[str, bool]
) -> None:
    """Prevents a worked example with a slip in it."""
    asked = find_question(question)
    assert isinstance(asked, Number)
    score = brier_score(probabilities, outcomes)
    assert score == pytest.approx(asked.answer, abs=asked.tolerance)
    assert all(abs(mistake.value - score) > asked.tolerance for mistake in asked.mistakes)


@pytest.mark.parametrize(
    ("value", "outcomes"), [(0.69, {"a": False, "b": False}), (0.44, {"a": True, "b": False})]
)
def test_a_wrong_score_is_traced_to_the_slip_that_gives_it(
    value: float, outcomes: dict[str, bool]
) -> None:
    """Prevents a learner from being told of a slip that was not theirs."""
    question = find_question("after-brier-two")
    assert isinstance(question, Number)
    assert value in {mistake.value for mistake in question.mistakes}
    score = brier_score({"a": 0.75, "b": 0.9}, outcomes)
    assert score == pytest.approx(value, abs=question.tolerance)


def test_the_year_that_fell_short_is_that_of_the_table_of_meetings() -> None:
    """Prevents a key that a newly found round has overtaken."""
    held = Counter(
        row["date"][:4]
        for row in read_table("meetings", ["date", "kind", "outcome"])
        if row["kind"] == "dialogue" and row["outcome"] == "held"
    )
    promised = {"2015": 1, "2016": 2, "2017": 2}
    [short] = [year for year, rounds in promised.items() if held[year] < rounds]
    question = find_question("after-rounds")
    assert isinstance(question, Choice)
    [key] = [option for option in question.options if option.verdict == "correct"]
    assert f"In {short}," in key.text


@pytest.mark.parametrize(
    ("item", "evidence"),
    [
        ("turn", "first-half-2014"),
        ("attempts", "attempts-2015"),
        ("few", "after-2015"),
        ("trimble", "boyusec-2017"),
        ("steepest", "summer-2015"),
    ],
)
def test_findings_are_dated_as_in_the_ledger(item: str, evidence: str) -> None:
    """Prevents a key that contradicts the evidence weigher."""
    about = {each.id: each.about for each in load_evidence(lesson=EVERYTHING)}[evidence]
    keyed = best_answer(find_question("after-when-was-it"))[item]
    assert about == {"before": "before the deal", "after": "after the deal"}[keyed]


def test_the_table_of_evidence_is_what_the_data_gives() -> None:
    """Prevents a count that a new item has overtaken."""
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("after-evidence-table")
    evidence = frame("evidence")
    assert credit(question, evidence["about"].value_counts()) == pytest.approx(1)
    assert credit(question, evidence["kind"].value_counts()) == 0
    assert f"With {len(evidence)} lines" in question.checks[0].failed
