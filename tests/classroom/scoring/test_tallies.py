"""Counts over a class: the same however its students are divided, and by section."""

from __future__ import annotations

import json

import pytest

from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.scorer import ScoredAnswers, Scorer, keys_of
from cybernorms.classroom.scoring.tallies import Tallies
from cybernorms.exercises.question_files import load_question_sets
from tests.answers import best_answer, worst_answer

LAW = next(each for each in load_question_sets() if each.id == "03-norms-and-law")
KEYS = keys_of([LAW])
CHOICE = next(each for each in LAW.questions if each.points and each.kind == "choice")


def scored(*responses: object) -> list[ScoredAnswers]:
    """Return the results of students who answered one question, or left it out if None."""
    found = []
    for response in responses:
        score = Scorer(KEYS, Policy(), 0.0)
        results = list(score([]).results)
        column = next(n for n, key in enumerate(KEYS) if key[1] == CHOICE.id)
        results[column] = score._markers[column](json.dumps(response).encode())
        found.append(ScoredAnswers(results, [CHOICE.id]))
    return found


BEST, WORST = best_answer(CHOICE), worst_answer(CHOICE)


def option_counts(rows: list[list[object]]) -> dict[object, object]:
    return {row[2]: row[5] for row in rows if row[1] == CHOICE.id}


def test_sections_add_up_to_the_class_however_it_is_divided() -> None:
    marked = scored(BEST, WORST, BEST, None)
    whole, divided, later = Tallies(KEYS), Tallies(KEYS), Tallies(KEYS)
    whole.add(marked)
    divided.add(marked[:1], ["Mon"])
    later.add(marked[1:], ["Tue", "Mon", "Tue"])
    divided.merge(later)
    assert divided.option_rows() == whole.option_rows()
    assert divided.item_rows() == whole.item_rows()
    assert divided.statistics(LAW.id) == whole.statistics(LAW.id)


def test_each_section_has_its_own_counts() -> None:
    tallies = Tallies(KEYS)
    tallies.add(scored(BEST, WORST, BEST), ["Mon", "Tue", "Mon"])
    rows = tallies.section_rows()
    of = {name: [row[1:] for row in rows if row[0] == name] for name in ("Mon", "Tue")}
    assert option_counts(of["Mon"])[BEST] == 2 and option_counts(of["Tue"])[BEST] == 0
    assert option_counts(of["Tue"])[WORST] == 1


def test_a_class_without_sections_has_no_counts_by_section() -> None:
    tallies = Tallies(KEYS)
    tallies.add(scored(BEST))
    assert tallies.section_rows() == []


def test_figures_are_made_anew_when_more_students_are_counted() -> None:
    tallies = Tallies(KEYS)
    tallies.add(scored(BEST))
    before = tallies.statistics(LAW.id)
    tallies.add(scored(WORST))
    item = next(each for each in tallies.statistics(LAW.id).items if each.question == CHOICE.id)
    assert item.difficulty == 0.5 and before != tallies.statistics(LAW.id)


@pytest.mark.parametrize(("state", "learners"), [("blank", 2), ("after the deadline", 1)])
def test_whoever_was_kept_from_a_question_is_not_among_its_learners(
    state: str, learners: int
) -> None:
    marked = scored(BEST, BEST)
    column = next(n for n, key in enumerate(KEYS) if key[1] == CHOICE.id)
    changed = marked[1].results[column]._replace(state=state, credit=None)  # type: ignore[arg-type]
    marked[1].results[column] = changed
    tallies = Tallies(KEYS)
    tallies.add(marked)
    [item] = [each for each in tallies.statistics(LAW.id).items if each.question == CHOICE.id]
    assert (item.learners, item.answered) == (learners, 1)
