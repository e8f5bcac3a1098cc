"""A made-up class: marked as made up, the same for a seed, and with abilities that come out."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from cybernorms.classroom.report.simulation import (
    DUE,
    beside,
    chance,
    difficulty_of,
    made_up_answer,
    made_up_class,
    name_of,
    write_class,
)
from cybernorms.classroom.run.class_run import mark_class
from cybernorms.classroom.scoring.item_statistics import correlation, difficulty
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from tests.classroom.factories import rows
from tests.factories import made_up


def ranks(values: list[float]) -> list[float]:
    order = sorted(values)
    return [order.index(value) + order.count(value) / 2 for value in values]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_can_be_read_whatever_the_chance(kind: str) -> None:
    question = made_up(kind)
    for number in range(50):
        response = made_up_answer(question, number / 49, Random(number))
        assert mark(question, response).state in ("marked", "awaiting teacher")
        json.dumps(response)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "written"])
def test_who_is_always_right_gets_full_credit_and_who_never_is_gets_less(kind: str) -> None:
    question = made_up(kind)
    assert mark(question, made_up_answer(question, 1.0, Random(1))).credit == pytest.approx(1)
    low = [mark(question, made_up_answer(question, 0.0, Random(seed))).credit for seed in range(9)]
    assert sum(each or 0 for each in low) < 5


def test_a_written_text_says_that_it_is_made_up() -> None:
    assert "made up" in made_up_answer(made_up("written"), 1.0, Random(1))


def test_the_chance_is_one_half_where_ability_meets_difficulty() -> None:
    assert chance(1.2, 1.2) == 0.5
    assert chance(1, 0) == pytest.approx(0.7311, abs=1e-4)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    sets = load_question_sets()[:2]

    def content(folder: str, seed: int) -> dict[str, bytes]:
        place = tmp_path / folder
        write_class(made_up_class(3, sets, seed), sets, place, seed)
        return {path.name: path.read_bytes() for path in sorted(place.iterdir())}

    one, again, other = content("one", 5), content("again", 5), content("other", 6)
    assert one == again
    assert one.keys() == other.keys() and one != other


def test_a_learner_is_the_same_in_a_larger_class() -> None:
    sets = load_question_sets()[:1]
    assert made_up_class(2, sets, 1) == made_up_class(4, sets, 1)[:2]


def test_every_name_and_file_says_that_it_is_made_up(tmp_path: Path) -> None:
    """Prevents a made-up hand-in from being taken for that of a person."""
    sets = load_question_sets()[:1]
    folder, key, roster = write_class(made_up_class(3, sets), sets, tmp_path / "class", 0)
    assert all(path.name.startswith("made-up-student-") for path in folder.iterdir())
    names = [json.loads(path.read_bytes())["name"] for path in folder.iterdir()]
    assert sorted(names) == [name_of(1), name_of(2), name_of(3)]
    assert "made-up" in key.read_text(encoding="utf-8")
    lines = roster.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4 and all("made-up" in line for line in lines[1:])


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    """Prevents made-up hand-ins from being mixed with real ones."""
    (tmp_path / "hand-in-ada.json").write_text("{}", encoding="utf-8")
    sets = load_question_sets()[:1]
    with pytest.raises(CyberNormsError, match="not made up"):
        write_class(made_up_class(1, sets), sets, tmp_path, 0)


def test_a_smaller_class_leaves_nobody_of_the_larger_one_behind(tmp_path: Path) -> None:
    sets = load_question_sets()[:1]
    for size in (3, 2):
        write_class(made_up_class(size, sets), sets, tmp_path / "class", 0)
    assert len(list((tmp_path / "class").iterdir())) == 2


@pytest.mark.parametrize("learners", [0, -1, 5001])
def test_a_class_of_an_impossible_size_is_refused(learners: int) -> None:
    with pytest.raises(CyberNormsError, match="from 1 to 5,000"):
        made_up_class(learners, load_question_sets()[:1])


def test_a_class_has_blanks_late_hand_ins_second_tries_and_answers_given_again() -> None:
    sets = load_question_sets()
    questions = sum(len(each.questions) for each in sets)
    learners = made_up_class(60, sets, 3)
    answered = [{answer.question for answer in each.hand_in.answers} for each in learners]
    assert any(len(ids) < questions for ids in answered)
    assert any(
        len(each.hand_in.answers) > len(ids) for each, ids in zip(learners, answered, strict=True)
    )
    assert any(id.endswith(":again") for ids in answered for id in ids)
    due = DUE.isoformat().replace("+00:00", "Z")
    assert {each.late for each in learners} == {True, False}
    assert all((each.hand_in.created > due) is each.late for each in learners)


@pytest.mark.parametrize("number", [1, 7])
def test_who_is_late_by_the_key_loses_points_by_a_policy_with_its_deadline(
    tmp_path: Path, number: int
) -> None:
    """Prevents a late policy that a teacher tries on a made-up class from doing nothing."""
    sets = load_question_sets()[1 : number + 1]
    folder, key, _ = write_class(made_up_class(60, sets, 4), sets, tmp_path / "class", 4)
    content = json.loads(key.read_text(encoding="utf-8"))
    deadlines = "".join(f"{each.id} = {content['due']}\n" for each in sets)
    policy = tmp_path / "policy.toml"
    policy.write_text(f"[late]\nper_cent_a_day = 10\n[deadline]\n{deadlines}", encoding="utf-8")
    mark_class(folder, tmp_path / "results", policy=policy, processes=1)
    table = rows(tmp_path / "results" / "gradebook.csv")
    lost = {row["student"] for row in table if float(row["lost for lateness"] or 0) > 0}
    assert lost == set(content["late"]) and lost


def test_times_never_go_back() -> None:
    for learner in made_up_class(10, load_question_sets(), 4):
        times = [answer.time for answer in learner.hand_in.answers]
        assert times == sorted(times)


def last_credits(learner: object, questions: list[Question], ending: str = "") -> list[float]:
    given = {answer.question: answer.response for answer in learner.hand_in.answers}  # type: ignore[attr-defined]
    return [mark(each, given.get(each.id + ending)).credit or 0 for each in questions]


def test_abilities_and_difficulties_come_out_in_their_order() -> None:
    """Prevents a made-up class from which nothing can be learnt about the statistics."""
    sets = load_question_sets()
    questions = [
        question
        for each in sets
        for question in each.questions
        if question.kind in ("choice", "match", "clause")
    ]
    learners = made_up_class(120, sets, 11)
    credits = [last_credits(learner, questions) for learner in learners]
    totals = [sum(row) for row in credits]
    found = correlation(ranks(totals), ranks([each.ability for each in learners]))
    assert found is not None and found > 0.9
    eases = [difficulty(column) or 0 for column in zip(*credits, strict=True)]
    known = [-difficulty_of(question.id, 11) for question in questions]
    found = correlation(ranks(eases), ranks(known))
    assert found is not None and found > 0.9


def test_the_first_questions_are_easier_at_the_end() -> None:
    sets = load_question_sets()
    questions = [find_question("start-promise"), find_question("start-forecast")]
    learners = made_up_class(80, sets, 2)
    before = sum(sum(last_credits(each, questions)) for each in learners)
    after = sum(sum(last_credits(each, questions, ":again")) for each in learners)
    assert after > before


def test_the_command_writes_a_class_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class"
    assert main(["simulate-class", "4", "--to", str(folder), "--seed", "9"]) == 0
    told = capsys.readouterr().out
    assert "4 made-up" in told and str(folder) in told
    assert len(list(folder.iterdir())) == 4
    key = json.loads(beside(folder, "key.json").read_text(encoding="utf-8"))
    assert key["seed"] == 9 and len(key["abilities"]) == 4
