"""Questions without key: nothing of it is in them, and answers are saved all the same."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from cybernorms.cards.form import Form
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import as_text, headline
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import read_question
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.record import Record
from cybernorms.exercises.withheld import must_have_keys, withhold
from tests.answers import best_answer, blank_answers, malformed_answers, worst_answer
from tests.cards.messages import answer_of, buttons_of, check, reasons_of, result_of, said
from tests.factories import ANYTHING, made_up, made_up_table

KEY_FIELDS = {
    *("verdict", "credit", "reason", "otherwise", "placement", "rank", "answer", "tolerance"),
    *("wide_tolerance", "wide_reason", "mistake", "check", "exemplar", "closing", "pinpoint"),
}

each_kind = pytest.mark.parametrize("kind", KINDS)


def withheld(kind: str, **changes: Any) -> Any:
    table = withhold(made_up_table(kind, **changes))
    return read_question(table, "made_up.toml", ANYTHING)


def names_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for each in value.values() for name in names_in(each)}
    if isinstance(value, list):
        return {name for each in value for name in names_in(each)}
    return set()


@each_kind
def test_nothing_of_the_key_is_handed_out(kind: str) -> None:
    table = withhold(made_up_table(kind))
    assert not names_in(table) & KEY_FIELDS
    assert table["key"] == "withheld"


def test_a_field_that_nobody_has_thought_of_is_not_handed_out() -> None:
    """Prevents a new field of keys from slipping into what students get."""
    assert "model_answer" not in withhold({"id": "a", "model_answer": "secret"})


@each_kind
def test_a_question_without_key_is_the_same_question_otherwise(kind: str) -> None:
    full, bare = made_up(kind), withheld(kind)
    for field in ("id", "kind", "use", "points", "minutes", "prompt", "hint", "passages"):
        assert getattr(bare, field) == getattr(full, field)
    assert bare.withheld and not full.withheld


@each_kind
def test_the_full_question_knows_the_revision_of_its_open_part(kind: str) -> None:
    """Prevents a teacher from being told that every question has changed."""
    full, bare = made_up(kind), withheld(kind)
    assert bare.revision in full.revisions
    assert bare.revisions == (bare.revision, bare.revision)


def test_the_open_revision_changes_with_what_students_see_and_with_nothing_else() -> None:
    """Prevents a key from being found by trying each against the revision."""
    options = made_up_table("choice")["option"]
    others = [each | {"reason": "Another reason."} for each in options]
    assert withheld("choice", option=others).revision == withheld("choice").revision
    assert withheld("choice", option=options[::-1]).revision == withheld("choice").revision
    assert withheld("choice", prompt="Another?").revision != withheld("choice").revision


@pytest.mark.parametrize("kind", ["choice", "several", "match", "order", "clause"])
def test_the_order_of_what_there_is_to_choose_from_says_nothing(kind: str) -> None:
    """Prevents a key from being read off an author's habit of writing the right option first."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: [turned(one) for one in (each[::-1] if name in ("option", "item") else each)]
                if isinstance(each, list)
                else each
                for name, each in value.items()
            }
        return value

    table = made_up_table(kind)
    assert turned(table) != table
    assert withhold(turned(table)) == withhold(table)


@pytest.mark.parametrize("number", range(24))
def test_no_form_opens_with_the_right_order(number: int) -> None:
    ids = list(permutations("abcd"))[number]
    items = [
        {"id": id, "text": f"Text of {id}", "rank": rank, "reason": "Because."}
        for rank, id in enumerate(ids, start=1)
    ]
    assert [each["id"] for each in withhold(made_up_table("order", item=items))["item"]] != [*ids]


def test_options_that_are_in_order_stay_in_it() -> None:
    options = made_up_table("choice")["option"][::-1]
    table = withhold(made_up_table("choice", option=options, ordered=True))
    assert [each["id"] for each in table["option"]] == [each["id"] for each in options]


@each_kind
def test_right_and_wrong_answers_are_saved_alike(kind: str) -> None:
    """Prevents anybody from finding the key by trying."""
    question = withheld(kind)
    best = mark(question, best_answer(made_up(kind)))
    assert (best.state, best.points, best.feedback) == ("awaiting teacher", None, ())
    assert headline(best) == "Saved"
    assert "Your teacher marks this." in best.message
    if kind not in ("written", "forecast"):
        assert mark(question, worst_answer(made_up(kind))) == best


@each_kind
def test_blank_and_malformed_answers_are_still_turned_away(kind: str) -> None:
    question, full = withheld(kind), made_up(kind)
    for response in blank_answers(full):
        assert mark(question, response).state == "blank"
    for response in malformed_answers(full):
        assert mark(question, response).state == "unreadable"


def test_lines_that_are_open_are_counted() -> None:
    given = mark(withheld("match"), {"dog-ears": "restraint"})
    assert given.message == "Your teacher marks this. 1 of 3 lines are filled in."


def test_a_written_answer_is_told_its_length_and_gets_no_example() -> None:
    question = withheld("written")
    told = as_text(question, mark(question, "Seven words are quite enough for this."))
    assert "7 words, within the 5 to 40 asked for. Your teacher marks this." in told
    assert "example" not in told


def test_the_rubric_stays_in_sight() -> None:
    assert withheld("written").criteria == made_up("written").criteria


def test_an_earlier_package_keeps_the_revision_that_it_brings() -> None:
    table = withhold(made_up_table("choice")) | {"revision": "12345678"}
    assert read_question(table, "made_up.toml", ANYTHING).revision == "12345678"


def test_an_unknown_word_for_the_key_is_refused() -> None:
    with pytest.raises(CyberNormsError, match="withheld"):
        read_question(made_up_table("choice", key="witheld"), "made_up.toml", ANYTHING)


def test_a_question_without_key_that_holds_one_is_refused() -> None:
    """Prevents a package in which keys are believed to be absent."""
    table = made_up_table("choice", key="withheld")
    with pytest.raises(CyberNormsError, match="means nothing here"):
        read_question(table, "made_up.toml", ANYTHING)


def test_what_needs_keys_says_that_there_are_none() -> None:
    bare = QuestionSet("made-up", "Made up", "1", (withheld("choice"),))
    with pytest.raises(CyberNormsError, match="has no key"):
        must_have_keys([bare], "A class cannot be marked")
    must_have_keys([QuestionSet("made-up", "Made up", "1", (made_up("choice"),))], "Nothing")


def filled_in(question: Question) -> Any:
    """Return the best answer as a learner fills it in: numbers are typed."""
    best = best_answer(question)
    if question.kind == "number":
        return f"{best:g}"
    return {id: f"{each:g}" for id, each in best.items()} if question.kind == "forecast" else best


def form_of(question: Question, folder: Path) -> Form:
    return Form(question, Record(folder))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "value"])
def test_a_form_saves_and_says_who_marks(kind: str, tmp_path: Path) -> None:
    form = form_of(withheld(kind, passages=[]), tmp_path)
    described = check(form, filled_in(made_up(kind)))
    assert described["reply"]["saved"] and said(form).startswith("Saved")
    assert result_of(form).startswith("Saved") and "Your teacher marks this." in result_of(form)
    assert reasons_of(form) == ""
    assert buttons_of(form)["check"]["label"] == "Save"
    line = json.loads((tmp_path / "answers.jsonl").read_text(encoding="utf-8"))
    assert line["question"] == f"made-up-{kind}"


def test_a_form_shows_a_saved_answer_again(tmp_path: Path) -> None:
    question = withheld("choice", passages=[])
    form = form_of(question, tmp_path)
    check(form, "d")
    again = form_of(question, tmp_path)
    assert answer_of(again) == "d"
    assert "is filled in." in said(again)
