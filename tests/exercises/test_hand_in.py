"""The hand-in file: what it holds and where it is written."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import (
    AGAIN,
    LARGEST,
    HandIn,
    as_bytes,
    describe,
    file_name,
    find_sets,
    hand_in_of,
    make_hand_in,
    slug,
    write_hand_in,
)
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.record import Answer, History, Record
from cybernorms.version import __version__

CREATED = "2026-03-01T10:15:00Z"


def history(*answers: tuple[str, object]) -> History:
    """Return a history with an answer to each question, a minute apart."""
    made = [
        Answer(question, "revision", response, f"2026-03-01T{minute // 60:02}:{minute % 60:02}:00Z")
        for minute, (question, response) in enumerate(answers)
    ]
    return History(tuple(made), (), {answer.question: answer for answer in made})


def made_of(*answers: tuple[str, object], sets: list[str] | None = None) -> HandIn:
    chosen = find_sets(load_question_sets(), sets)
    return make_hand_in(history(*answers), chosen, "Ada Lovelace", CREATED)


def test_the_file_has_the_fields_that_marking_expects() -> None:
    """Prevents hand-ins that no version of the module can mark."""
    content = json.loads(as_bytes(made_of(("start-source", "a"), sets=["00"])))
    [revision] = [each.revision for each in load_question_sets() if each.id == "00-start-here"]
    assert content == {
        "format": "cybernorms-hand-in",
        "version": 1,
        "module": __version__,
        "name": "Ada Lovelace",
        "created": CREATED,
        "sets": {"00-start-here": revision},
        "answers": [
            {
                "question": "start-source",
                "revision": "revision",
                "response": "a",
                "at": "2026-03-01T00:00:00Z",
            }
        ],
    }


def test_every_attempt_is_handed_in_oldest_first() -> None:
    made = made_of(("start-source", "a"), ("start-norms", "b"), ("start-source", "c"))
    assert [(each.question, each.response) for each in made.answers] == [
        ("start-source", "a"),
        ("start-norms", "b"),
        ("start-source", "c"),
    ]


def test_a_question_that_was_answered_again_keeps_its_key() -> None:
    made = made_of(("start-source", "a"), (f"start-source{AGAIN}", "b"))
    assert [each.question for each in made.answers] == ["start-source", "start-source:again"]


def test_what_is_no_question_stays_at_home() -> None:
    """Prevents notes of the record, such as opened outcomes, from being handed in."""
    made = made_of(("outcomes-opened-forecast", True), ("gone", "a"), ("start-source", "a"))
    assert [each.question for each in made.answers] == ["start-source"]


def test_only_the_sets_that_were_asked_for_are_handed_in() -> None:
    made = made_of(("start-source", "a"), ("un-restraint", "f"), sets=["02"])
    assert [each.question for each in made.answers] == ["un-restraint"]
    assert list(made.sets) == ["02-un-norms"]


def test_a_set_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(CyberNormsError, match=r"There is no question set '99'.*00-start-here"):
        find_sets(load_question_sets(), ["99"])


def test_too_many_attempts_leave_the_oldest_behind_and_keep_every_last_one() -> None:
    """Prevents a file that whoever marks it refuses for its size."""
    long = [("un-minister", f"{number} " + "x" * 19_000) for number in range(120)]
    made = made_of(("un-restraint", "a"), *long)
    assert len(as_bytes(made)) <= LARGEST
    kept = [each.question for each in made.answers]
    assert kept[0] == "un-restraint"
    assert made.left_out == 121 - len(kept) > 0
    texts = [response for _, response in long]
    assert [each.response for each in made.answers[1:]] == texts[made.left_out :]
    assert made.answers[-1].time == "2026-03-01T02:00:00Z"
    assert "earlier attempts stayed behind" in describe(made, Path("x.json"))


@given(st.text(max_size=300), st.text(max_size=30))
def test_no_name_leads_out_of_the_folder(name: str, created: str) -> None:
    """Prevents a name with separators from writing elsewhere."""
    made = file_name(HandIn(name, created, {}, ()))
    assert Path(made).name == made
    assert made.isascii()
    assert made.endswith(".json")
    assert not made.startswith(".")


def test_a_slug_keeps_what_it_can_of_a_name() -> None:
    assert slug("Élodie Ångström-Müller") == "elodie-angstrom-muller"
    assert slug("王小明") == ""


def test_any_answers_make_a_file_that_can_be_read_back() -> None:
    made = made_of(("un-restraint", "\ud800 „é” \u202e"), ("un-duty-table", {"a": [1, None]}))
    read = json.loads(as_bytes(made))
    assert [each["response"] for each in read["answers"]] == [
        "\ud800 „é” \u202e",
        {"a": [1, None]},
    ]


def test_the_file_is_written_whole_with_nothing_left_beside_it(tmp_path: Path) -> None:
    path = write_hand_in(made_of(("start-source", "a")), tmp_path / "work" / "hand-ins")
    assert json.loads(path.read_bytes())["name"] == "Ada Lovelace"
    assert [each.name for each in path.parent.iterdir()] == [
        "hand-in-ada-lovelace-20260301T101500Z.json"
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_to_is_told_plainly(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(CyberNormsError, match=r"could not be written.*Your answers are safe"):
        write_hand_in(made_of(("start-source", "a")), tmp_path / "hand-ins")


def test_a_file_in_the_place_of_the_folder_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "hand-ins").write_text("")
    with pytest.raises(CyberNormsError, match="could not be written"):
        write_hand_in(made_of(("start-source", "a")), tmp_path / "hand-ins")


def test_nothing_is_written_where_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match="nothing to hand in"):
        hand_in_of(Record(tmp_path), load_question_sets(), "Ada")
