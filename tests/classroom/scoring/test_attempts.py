"""An answer is as late as when it last changed, in whatever file that was."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings, strategies as st

from cybernorms.classroom.intake.answers import Answers, pack, read_time
from cybernorms.classroom.scoring.attempts import in_order, meaning_of
from cybernorms.classroom.scoring.policy import ATTEMPTS, HAND_INS, Policy
from cybernorms.classroom.scoring.scorer import Scorer
from cybernorms.classroom.scoring.which_hand_in import results_that_count
from cybernorms.exercises.question_files import load_question_sets
from tests.answers import best_answer, worst_answer

SET = "02-un-norms"
QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
CHOICE = next(
    one for one in QUESTIONS.values() if one.kind == "choice" and one.points and "un-" in one.id
)
RIGHT, WRONG = best_answer(CHOICE), worst_answer(CHOICE)
HALF = next(option.id for option in CHOICE.options if option.credit == 0.5)
CREDITS = {RIGHT: 1.0, HALF: 0.5, WRONG: 0.0}
KEYS = [("02-un-norms", CHOICE.id, CHOICE)]
DEADLINE = read_time("2026-03-01T12:00:00Z") or 0.0
HOUR = 3600.0


class Given(NamedTuple):
    """An answer, how it is written, and how many hours after the deadline it came."""

    answer: str
    written: str
    hours: float


def stamp(hours: float) -> str:
    return datetime.fromtimestamp(DEADLINE + hours * HOUR, UTC).isoformat()


def file_of(attempts: list[Given], made: float = 0.0, number: int = 0) -> Answers:
    responses = [each.written for each in attempts]
    packed = pack([CHOICE.id] * len(attempts), responses, [stamp(each.hours) for each in attempts])
    return Answers(packed, DEADLINE + made * HOUR, number)


def points(hand_ins: list[Answers], policy: Policy) -> float:
    score = Scorer(KEYS, policy)
    order = in_order(hand_ins)
    files = [hand_ins[index] for index in order]
    [result] = results_that_count(score, KEYS, {SET: [0]}, files, policy).results
    return (result.points or 0.0) / CHOICE.points


# The same, written slowly from the rule.


def slow_points(files: list[list[Given]], attempt: str, hand_ins: str, per_day: float) -> float:
    timeline = sorted({each for file in files for each in file}, key=lambda each: each.hours)

    def hours_of(each: Given) -> float:
        index = timeline.index(each)
        while index and timeline[index - 1].answer == timeline[index].answer:
            index -= 1
        return timeline[index].hours

    def worth(each: Given) -> float:
        hours, days = hours_of(each), 0
        while hours > 24 * days:
            days += 1
        return CREDITS[each.answer] * (1 - min(0.6, days * per_day))

    def brings(file: list[Given]) -> float:
        in_time = [each for each in file if hours_of(each) <= 0]
        return {
            "last": worth(file[-1]),
            "first": worth(file[0]),
            "best": max(map(worth, file)),
            "last before deadline": worth(in_time[-1]) if in_time else 0.0,
        }[attempt]

    if hand_ins == "last":
        return brings(files[-1])
    return max(map(brings, files)) if hand_ins == "best" else brings(timeline)


def spellings(answer: str) -> list[str]:
    text = next(option.text for option in CHOICE.options if option.id == answer)
    return [answer, f" {answer} ", answer.upper(), text]


@st.composite
def timelines(draw: st.DrawFn) -> list[Given]:
    steps = draw(st.lists(st.integers(1, 30), min_size=1, max_size=7))
    hours, found = -40.0, []
    for step in steps:
        hours += step
        answer = draw(st.sampled_from([RIGHT, HALF, WRONG]))
        found.append(Given(answer, draw(st.sampled_from(spellings(answer))), hours))
    return found


@settings(max_examples=400, deadline=None)
@given(timelines(), st.data(), st.sampled_from(ATTEMPTS), st.sampled_from(HAND_INS))
def test_lateness_is_that_of_the_rule_written_slowly(
    timeline: list[Given], data: st.DataObject, attempt: str, hand_ins: str
) -> None:
    # Files begin and end anywhere: a record can be new, and somebody can hand in again.
    ends = data.draw(st.sets(st.integers(1, len(timeline)), min_size=1, max_size=3))
    files = [timeline[data.draw(st.integers(0, end - 1)) : end] for end in sorted(ends)]
    per_day = data.draw(st.sampled_from([0.1, 0.3, 1.0]))
    policy = Policy(
        attempt=attempt,
        hand_ins=hand_ins,
        deadlines={SET: DEADLINE},
        per_day=per_day,
        at_most=0.6,
    )
    found = points([file_of(file, file[-1].hours + 0.5) for file in files], policy)
    assert found == pytest.approx(slow_points(files, attempt, hand_ins, per_day))


# The kinds by example


IN_TIME, AGAIN, LATER = (Given(RIGHT, RIGHT, hours) for hours in (-5, 30, 60))
POLICY = Policy(deadlines={SET: DEADLINE}, per_day=0.1)


def test_to_press_check_again_on_the_same_answer_costs_nothing() -> None:
    assert points([file_of([IN_TIME, AGAIN, LATER])], POLICY) == 1


def test_to_try_all_answers_in_time_and_choose_later_gains_nothing() -> None:
    tried = [Given(RIGHT, RIGHT, -6), Given(WRONG, WRONG, -5), AGAIN]
    assert points([file_of(tried)], POLICY) == pytest.approx(0.8)


def test_the_first_of_equal_answers_can_lie_in_another_file() -> None:
    files = [file_of([IN_TIME], made=-4), file_of([AGAIN], made=31)]
    for hand_ins in HAND_INS:
        policy = Policy(deadlines={SET: DEADLINE}, per_day=0.1, hand_ins=hand_ins)
        assert points(files, policy) == 1


def test_an_answer_without_a_time_counts_as_given_when_its_file_was_made() -> None:
    """Prevents points for taking the times out of a late file."""
    packed = pack([CHOICE.id], [RIGHT], [""])
    assert points([Answers(packed, DEADLINE - HOUR)], POLICY) == 1
    assert points([Answers(packed, DEADLINE + HOUR)], POLICY) == pytest.approx(0.9)
    now = DEADLINE + 49 * HOUR
    score = Scorer(KEYS, POLICY, now)
    [result] = score([Answers(packed)]).results
    assert result.penalty == pytest.approx(0.3)


# Equal answers


KINDS = {question.kind: question for question in QUESTIONS.values() if question.kind != "written"}


def means_the_same(question: Any, one: Any, other: Any) -> bool:
    meanings = [meaning_of(question, json.dumps(each).encode()) for each in (one, other)]
    return bool(meanings[0] == meanings[1])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_answer_is_equal_to_itself_and_not_to_its_opposite(kind: str) -> None:
    question = KINDS[kind]
    best, worst = best_answer(question), worst_answer(question)
    assert means_the_same(question, best, best)
    assert means_the_same(question, best, worst) == (best == worst)


def test_equal_is_what_reads_the_same() -> None:
    several = KINDS["several"]
    ids = [option.id for option in several.options][:2]  # type: ignore[attr-defined]
    assert means_the_same(several, ids, [*reversed(ids), ids[0]])
    assert means_the_same(several, ids, ", ".join(ids))
    assert means_the_same(KINDS["number"], "1,5", 1.50)
    assert not means_the_same(KINDS["number"], 1.5, 1.6)
    match = KINDS["match"]
    given = best_answer(match)
    assert means_the_same(match, given, dict(reversed(given.items())))
    order = KINDS["order"]
    assert not means_the_same(order, best_answer(order), [*reversed(best_answer(order))])
    text = next(each for each in QUESTIONS.values() if each.kind == "written")
    assert means_the_same(text, "Some words.", "  Some words.\n")
    assert not means_the_same(text, "Some words.", "Some  words.")


def test_answers_that_say_nothing_are_equal_and_equal_to_nothing_else() -> None:
    assert means_the_same(CHOICE, "", None)
    assert not means_the_same(CHOICE, "", RIGHT)


# The order of files


def test_a_file_that_holds_all_of_another_is_the_later_one() -> None:
    """Prevents a clock that runs ahead from putting an old file last."""
    whole, part = [IN_TIME, AGAIN, LATER], [IN_TIME]
    assert in_order([file_of(whole, made=70), file_of(part, made=9999)]) == [1, 0]
    assert in_order([file_of(part, made=1), file_of(whole, made=70)]) == [0, 1]


def test_files_that_hold_other_things_stay_as_they_come() -> None:
    files = [file_of([LATER]), file_of([IN_TIME]), file_of([AGAIN])]
    assert in_order(files) == [0, 1, 2]


def test_equal_files_stay_as_they_come() -> None:
    assert in_order([file_of([IN_TIME]), file_of([IN_TIME])]) == [0, 1]


def test_two_files_of_canvas_are_in_the_order_of_its_numbers() -> None:
    whole, part = [IN_TIME, AGAIN], [IN_TIME]
    assert in_order([file_of(whole, number=7), file_of(part, number=8)]) == [0, 1]
    # A file by mail has none, so what it holds decides.
    assert in_order([file_of(whole), file_of(part, number=8)]) == [1, 0]


def test_within_a_file_its_order_counts_whatever_its_clock_did() -> None:
    jumped = [Given(WRONG, WRONG, 500), Given(RIGHT, RIGHT, -2)]
    policy = Policy(hand_ins="per question last", deadlines={SET: DEADLINE}, per_day=0.1)
    for part in (jumped[:1], jumped[1:]):
        assert points([file_of(part, made=500), file_of(jumped, made=-1)], policy) == 1


@pytest.mark.parametrize(("files", "answers"), [(51, 1), (20, 6_000)])
def test_hand_ins_without_end_are_left_as_they_come(files: int, answers: int) -> None:
    """Prevents one student from keeping a class waiting with files that hold each other."""
    whole = [Given(RIGHT, RIGHT, hours) for hours in range(answers + files)]
    grown = [file_of(whole[: answers + n]) for n in reversed(range(files))]
    assert in_order(grown) == list(range(files))
    assert in_order(grown[-2:]) == [1, 0]
