"""Answers of two students in the very same seconds are told, once a pair, and chance is not."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from cybernorms.classroom.intake.answers import pack
from cybernorms.classroom.run import shared_answers
from cybernorms.classroom.run.shared_answers import SharedPair, prints_of, shared_pairs
from cybernorms.exercises.kinds import Choice
from cybernorms.exercises.question_files import load_question_sets
from tests.answers import best_answer, worst_answer
from tests.classroom.factories import entry, hand_in, marked, put, report

CHOICES = [
    one for each in load_question_sets() for one in each.questions if isinstance(one, Choice)
]


def answers(numbers: range, hour: int, *, wrong: bool = False) -> list[dict]:
    """Return answers to some questions, at seconds that follow from the number and the hour."""
    answer = worst_answer if wrong else best_answer
    return [
        entry(CHOICES[n].id, answer(CHOICES[n]), f"2026-03-01T{hour:02}:{n:02}:{n % 60:02}Z")
        for n in numbers
    ]


def told(tmp_path: Path, **files: list[dict]) -> list[str]:
    folder = tmp_path / "in"
    for name, content in files.items():
        put(folder, f"{name}.json", hand_in(name.title(), content))
    results, _ = marked(folder)
    _, _, rest = report(results).partition("The same answers")
    return [line for line in rest.split("\n\n")[1].splitlines() if line] if rest else []


def test_a_record_that_was_passed_on_is_told(tmp_path: Path) -> None:
    mine, own = answers(range(12), 8), answers(range(12, 24), 9)
    assert told(tmp_path, anna=mine, ben=[*mine, *own]) == ["- Anna and Ben: 12 answers."]


@pytest.mark.parametrize(("shared", "is_told"), [(4, False), (5, True)])
def test_a_handful_is_enough(tmp_path: Path, shared: int, is_told: bool) -> None:
    both = answers(range(shared), 8)
    one = [*both, *answers(range(10, 20), 9)]
    other = [*both, *answers(range(10, 20), 10)]
    assert bool(told(tmp_path, anna=one, ben=other)) == is_told


def test_the_same_second_with_another_answer_is_not_the_same(tmp_path: Path) -> None:
    one, other = answers(range(12), 8), answers(range(12), 8, wrong=True)
    assert told(tmp_path, anna=one, ben=other) == []


def test_a_whole_file_of_several_students_is_one_line(tmp_path: Path) -> None:
    mine = answers(range(12), 8)
    assert told(tmp_path, anna=mine, ben=mine, cleo=mine) == [
        "- Anna and Ben and Cleo: a whole file."
    ]


def test_a_few_per_cent_of_many_answers_are_chance() -> None:
    one = array("q", range(100))
    assert shared_pairs([[one], [array("q", range(91, 191))]], ["", ""]) == []
    assert shared_pairs([[one], [array("q", range(90, 190))]], ["", ""]) == [SharedPair(0, 1, 10)]
    # Of who has few answers, a handful is much.
    assert shared_pairs([[one], [array("q", range(95, 110))]], ["", ""]) == [SharedPair(0, 1, 5)]


def test_a_group_shares_its_work_and_is_left_out() -> None:
    same = [[array("q", range(20))]] * 3
    assert shared_pairs(same, ["red", "red", "blue"]) == [(0, 2, 20), (1, 2, 20)]


def test_files_of_one_student_are_not_compared_with_each_other() -> None:
    mine = array("q", range(20))
    assert shared_pairs([[mine, mine], [array("q", range(40, 60))]], ["", ""]) == []


def test_answers_without_a_time_are_not_compared() -> None:
    packed = pack(["a", "b"], ["x", "y"], ["", "2026-03-01T09:00:00Z"])
    assert len(prints_of(packed)) == 1


@pytest.mark.parametrize("at_once", [7, 100_000])
def test_pairs_are_those_of_comparing_everybody_with_everybody(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Prevents parts of the answers from being left out of large classes."""
    monkeypatch.setattr(shared_answers, "ENTRIES_AT_ONCE", at_once)
    random = Random(3)
    students = [
        [array("q", random.sample(range(-150, 150), random.randrange(40)))] for _ in range(30)
    ]
    slow = Counter()
    for (i, one), (j, other) in combinations(enumerate(students), 2):
        both = len(set(one[0]) & set(other[0]))
        if both >= max(5, 0.1 * min(len(one[0]), len(other[0]))):
            slow[i, j] = both
    assert slow
    assert {
        (one, other): shared for one, other, shared in shared_pairs(students, [""] * 30)
    } == slow


def test_a_class_that_copied_all_from_one_does_not_fill_the_report(tmp_path: Path) -> None:
    base = answers(range(8), 8)
    files = {f"s{n}": [*base, *answers(range(10, 11 + n % 5), 9 + n % 9)] for n in range(40)}
    lines = told(tmp_path, **files)
    assert 100 <= len(lines) <= 102
    assert "more pairs" in lines[-1]
