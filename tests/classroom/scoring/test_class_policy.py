"""The policy of a course, the roster of a class, and how both decide what counts for whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from cybernorms.classroom.intake.answers import Answers, pack, read_time
from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.roster_files import read_roster
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.policy_file import read_policy
from cybernorms.classroom.scoring.scorer import (
    Marker,
    Scorer,
    keys_of,
)
from cybernorms.classroom.tables import read_table
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Question
from tests.answers import best_answer, malformed_answers, worst_answer
from tests.classroom.factories import entry, folder_of, graded, hand_in, marked, report, rows

ROOT = Path(__file__).resolve().parents[3]
SETS = load_question_sets()
QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
SET = "02-un-norms"
CHOICE = next(
    one for one in QUESTIONS.values() if one.kind == "choice" and one.points and "un-" in one.id
)
RIGHT, WRONG = best_answer(CHOICE), worst_answer(CHOICE)
HALF = next(option.id for option in CHOICE.options if option.credit == 0.5)
DEADLINE = read_time("2026-03-01T12:00:00Z")


def policy_of(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return read_policy(path, SETS)


# The policy file


def test_the_example_policy_can_be_read() -> None:
    policy = read_policy(ROOT / "exercises" / "policy-example.toml", SETS)
    assert policy.deadlines["02-un-norms"] == read_time("2026-12-01T22:59:00Z")
    assert (policy.per_day, policy.at_most, policy.grace) == (0.1, 0.5, 15)


def test_the_example_names_every_choice(tmp_path: Path) -> None:
    """Prevents an example that leaves teachers to guess."""
    text = (ROOT / "exercises" / "policy-example.toml").read_text(encoding="utf-8")
    from cybernorms.classroom.scoring import policy

    for choice in (*policy.MODES, *policy.ATTEMPTS, *policy.HAND_INS, *policy.FEEDBACK):
        assert f'"{choice}"' in text


def test_a_set_is_known_by_its_number_without_the_zero(tmp_path: Path) -> None:
    text = 'sets = ["2"]\n[deadline]\n2 = 2026-03-01T12:00:00Z\n'
    policy = policy_of(tmp_path, text)
    assert (policy.sets, [*policy.deadlines]) == (("02-un-norms",), ["02-un-norms"])


def test_an_empty_policy_is_that_of_no_policy(tmp_path: Path) -> None:
    assert policy_of(tmp_path, "") == Policy()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('attempt = "lst"', r"'lst' is not known .policy.toml, field 'attempt'.*'last'"),
        ('atempt = "last"', "Did you mean|not known|atempt"),
        ("attempt = 1", "A text is expected"),
        ('attempt = "last before deadline"', "There is no deadline"),
        ('feedback = "after deadline"', "There is no deadline"),
        ('[deadline]\n02 = "tomorrow"', "A date with a time is expected"),
        ("[deadline]\n02 = 2026-03-01T12:00:00", "has no time zone.*Europe/Berlin"),
        ("[deadline]\n99 = 2026-03-01T12:00:00Z", "There is no question set '99'"),
        ("[late]\nper_cent_a_day = 120", "from 0 to 100"),
        ("[late]\nper_day = 10", "per_day"),
        ("[late]\nper_cent_a_day = 10\nhand_ins = 'best'", "below .late.*'hand_ins'.*Move it up"),
        ("[deadline]\n02 = 2026-03-01\ntime_zone = 'UTC'", "below .deadline.*'time_zone'"),
        ('[group]\nA = ["x"]\ndrop = ["un-minister"]', "below .group."),
        ("# Zo\udceb", "The policy is not in the encoding UTF-8.*Save it as plain text"),
        ('time_zone = "Mars/Olympus"', "is not known on this computer.*offset"),
        ('time_zone = "../../etc/passwd"', "is not known on this computer"),
        ('sets = ["99"]', "There is no question set '99'"),
        ("mode = ", "The policy cannot be read"),
        ("late = 7", "A table is expected"),
        ("deadline = 7", "A table is expected"),
    ],
)
def test_a_mistake_in_the_policy_is_told_with_its_place(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(CyberNormsError, match=told):
        policy_of(tmp_path, text)


def test_a_policy_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match="The policy cannot be opened"):
        read_policy(tmp_path / "none.toml", SETS)


def test_a_deadline_is_meant_in_the_zone_of_the_policy(tmp_path: Path) -> None:
    zone = 'time_zone = "Europe/Berlin"\n'
    summer = policy_of(tmp_path, zone + "[deadline]\n02 = 2026-07-01T23:59:00")
    winter = policy_of(tmp_path, zone + "[deadline]\n02 = 2026-12-01T23:59:00")
    assert summer.deadlines[SET] == read_time("2026-07-01T21:59:00Z")
    assert winter.deadlines[SET] == read_time("2026-12-01T22:59:00Z")


def test_a_date_alone_means_the_end_of_that_day(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, 'time_zone = "UTC"\n[deadline]\n02 = 2026-07-01')
    assert policy.deadlines[SET] == read_time("2026-07-01T23:59:59Z")


# What lateness costs


@pytest.mark.parametrize(
    ("at", "lost"),
    [
        ("2026-03-01T12:00:00Z", 0),
        ("2026-03-01T12:10:00Z", 0),
        ("2026-03-01T12:10:01Z", 0.2),
        ("2026-03-02T12:00:00Z", 0.2),
        ("2026-03-02T12:00:01Z", 0.4),
        ("2026-04-01T12:00:00Z", 0.5),
    ],
)
def test_each_day_begun_costs_its_share_up_to_the_most(at: str, lost: float) -> None:
    policy = Policy(deadlines={SET: DEADLINE}, per_day=0.2, at_most=0.5, grace=10)
    assert policy.penalty(SET, read_time(at)) == pytest.approx(lost)


def test_a_set_without_deadline_is_never_late() -> None:
    assert Policy(per_day=1, deadlines={"03-norms-and-law": 0.0}).penalty(SET, 1e9) == 0


# Which attempt counts


def points(policy: Policy, *attempts: tuple[str, str]) -> tuple[str, float | None]:
    """Return state and points of one question, answered at some times."""
    score = Scorer(keys_of(load_question_sets()), policy)
    keys, responses, times = (
        [CHOICE.id] * len(attempts),
        [r for r, _ in attempts],
        [t for _, t in attempts],
    )
    scored = score([Answers(pack(keys, responses, times))])
    [result] = [each for each in scored.results if each.key == CHOICE.id]
    return result.state, result.points


EARLY, LATE = "2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"


@pytest.mark.parametrize(
    ("attempt", "first", "second", "expected"),
    [
        ("last", WRONG, RIGHT, 1),
        ("last", RIGHT, WRONG, 0),
        ("first", WRONG, RIGHT, 0),
        ("best", RIGHT, WRONG, 1),
        ("best", WRONG, RIGHT, 1),
        ("last before deadline", RIGHT, WRONG, 1),
    ],
)
def test_the_attempt_that_the_policy_names_counts(
    attempt: str, first: str, second: str, expected: float
) -> None:
    policy = Policy(attempt=attempt, deadlines={SET: DEADLINE})
    assert points(policy, (first, EARLY), (second, LATE)) == ("marked", expected * CHOICE.points)


@pytest.mark.parametrize(("per_day", "expected"), [(0.3, 0.7), (0.8, 0.5)])
def test_the_best_attempt_is_the_best_after_what_lateness_costs(
    per_day: float, expected: float
) -> None:
    """Prevents a late right answer from costing more than an early one that is half right."""
    policy = Policy(attempt="best", deadlines={SET: DEADLINE}, per_day=per_day)
    state, found = points(policy, (HALF, EARLY), (RIGHT, LATE))
    assert (state, found) == ("marked", pytest.approx(expected * CHOICE.points))


def test_only_late_attempts_are_told_apart_from_none() -> None:
    """Prevents a silent zero."""
    policy = Policy(attempt="last before deadline", deadlines={SET: DEADLINE})
    assert points(policy, (RIGHT, LATE)) == ("after the deadline", None)
    assert points(policy) == ("not answered", None)


def test_hand_ins_are_brought_together_as_the_policy_says(tmp_path: Path) -> None:
    one, two = [each for each in graded("02-un-norms") if each.kind == "several"][:2]
    first = [entry(one.id, best_answer(one)), entry(two.id, best_answer(two))]
    second = [entry(one.id, worst_answer(one), at="2026-03-03T09:00:00Z")]
    folder = folder_of(
        tmp_path / "in",
        a_json=hand_in("Ada", first),
        b_json=hand_in("Ada", second, created="2026-03-04T10:00:00Z"),
    )
    found = {}
    for choice in ("last", "best", "per question last"):
        policy = tmp_path / "policy.toml"
        policy.write_text(f'hand_ins = "{choice}"')
        results, _ = marked(folder, policy=policy)
        found[choice] = float(rows(results / "gradebook.csv")[0]["points"])
    assert found == {
        "last": 0,
        "best": one.points + two.points,
        "per question last": two.points,
    }
    assert "Several files of one student" in report(results)


def test_sets_of_the_policy_count_and_no_others(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('sets = ["02"]')
    results, _ = marked(folder_of(tmp_path / "in", a_json=hand_in()), policy=policy)
    [row] = rows(results / "gradebook.csv")
    assert float(row[f"{SET} out of"]) == next(
        e.points for e in load_question_sets() if e.id == SET
    )
    assert (row["points"], row["out of"], row[f"{SET} points"]) == ("", "", "")


# The marker that remembers gives the same marks as the one that does not


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(QUESTIONS)), st.data())
def test_a_remembered_mark_is_the_mark(id: str, data: st.DataObject) -> None:
    question = QUESTIONS[id]
    answers = [best_answer(question), *malformed_answers(question)]
    if question.kind != "written":
        answers.append(worst_answer(question))
    marker = Marker(SET, id, question)
    answers = [each for each in answers if in_json(each)]
    for response in data.draw(st.lists(st.sampled_from(answers), max_size=6)):
        for _ in range(2):
            assert_is_the_mark(marker, question, response)


def in_json(response: Any) -> bool:
    """Return whether a response can stand in a hand-in at all."""
    try:
        return json.loads(json.dumps(response)) == response
    except (TypeError, ValueError):
        return False


def assert_is_the_mark(marker: Marker, question: Question, response: Any) -> None:
    """See that state, credit and choices are those that `mark` gives."""
    expected, known = mark(question, response), marker(json.dumps(response).encode())
    assert (known.state, known.credit) == (expected.state, expected.credit)
    assert known.chosen == expected.chosen


def test_what_equals_in_python_and_not_in_json_is_told_apart() -> None:
    """Prevents a remembered mark from being given for another response that looks like it."""
    marker = Marker(SET, CHOICE.id, CHOICE)
    for response in ([RIGHT], f"['{RIGHT}']", [RIGHT]):
        assert_is_the_mark(marker, CHOICE, response)
    number = next(each for each in QUESTIONS.values() if each.kind == "number")
    marker = Marker(SET, number.id, number)
    for response in (1, True, 1.0, "1"):
        assert_is_the_mark(marker, number, response)


@pytest.mark.parametrize("id", sorted(QUESTIONS))
def test_what_was_chosen_is_one_of_the_options(id: str) -> None:
    """Prevents counts that no line of options.csv has."""
    question = QUESTIONS[id]
    if question.kind == "written":
        return
    marker, options = Marker(SET, id, question), question.offers()
    for response in (best_answer(question), worst_answer(question)):
        known = marker(json.dumps(response).encode())
        if known.state == "marked" and options:
            assert known.chosen
            assert set(known.chosen) <= set(options)


# Rosters and the names of files


def roster_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_roster_of_any_spreadsheet_is_read(tmp_path: Path, encoding: str) -> None:
    path = roster_of(tmp_path, "Student;ID\nMüller, Zoë;7\n", encoding)
    [person] = read_roster(path).people
    assert (person.name, person.id) == ("Müller, Zoë", "7")


def test_the_line_in_which_excel_names_its_separator_is_no_row(tmp_path: Path) -> None:
    path = roster_of(tmp_path, "sep=;\r\nStudent;ID\r\nMüller, Zoë;7\r\n")
    assert [each.name for each in read_roster(path).people] == ["Müller, Zoë"]


def test_the_rows_of_canvas_that_are_nobody_are_left_out(tmp_path: Path) -> None:
    path = roster_of(
        tmp_path, 'Student,ID\n,,\n    Points Possible,\n"Student, Test",9\n"Lovelace, Ada",7\n'
    )
    assert [each.id for each in read_roster(path).people] == ["7"]


def test_two_people_of_one_name_are_not_confused(tmp_path: Path) -> None:
    roster = read_roster(roster_of(tmp_path, "Student,ID\nLi Wei,1\nLi Wei,2\n"))
    assert roster.find(Sender(), "Li Wei") == (None, "2 people on the roster are called 'Li Wei'")
    assert roster.find(Sender("canvas", "2", "liwei"), "Li Wei") == (1, "")


def test_a_table_of_other_columns_is_no_roster(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match=r"not those of Canvas or Moodle.*Wohnort"):
        read_roster(roster_of(tmp_path, "Alter,Wohnort\n36,London\n"))


@pytest.mark.parametrize("content", ["", "\n\n", "Student,ID"])
def test_an_empty_roster_is_told_or_has_nobody(tmp_path: Path, content: str) -> None:
    path = roster_of(tmp_path, content)
    if "Student" in content:
        assert read_roster(path).people == ()
    else:
        with pytest.raises(CyberNormsError, match="This table is empty"):
            read_roster(path)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_plain_error(tmp_path_factory: object, content: bytes) -> None:
    path = tmp_path_factory.mktemp("table") / "x.csv"  # type: ignore[attr-defined]
    path.write_bytes(content)
    try:
        columns, lines = read_table(path)
    except CyberNormsError:
        return
    assert all(set(line) == set(columns) for line in lines)
