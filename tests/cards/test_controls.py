"""What a control shows and takes in, kind by kind."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.cards import parts
from cybernorms.cards.controls import KINDS, fit_chips, kind_of, value_of
from cybernorms.cards.form import Form
from cybernorms.exercises import kinds
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.answers import best_answer, malformed_answers, worst_answer
from tests.cards.messages import at, check, parts_of, said
from tests.factories import made_up

WITH_CONTROL = [kind for kind in kinds.KINDS if kind != "value"]
each_kind = pytest.mark.parametrize("kind", WITH_CONTROL)


def control_of(form: Form) -> dict[str, Any]:
    [asked] = parts_of(form, "ask")
    return dict(asked["control"])


def test_every_kind_has_a_control_or_is_answered_in_code() -> None:
    """Prevents a new kind whose form fails only when it is met in a lesson."""
    assert set(KINDS) == set(kinds.KINDS.values())
    assert [kind.__name__ for kind, known in KINDS.items() if known is None] == ["Value"]


@each_kind
def test_a_response_comes_back_as_the_value_that_was_read(kind: str) -> None:
    """Prevents an answer that is filled in as another one."""
    question = made_up(kind)
    responses = [best_answer(question)]
    if kind != "written":
        responses.append(worst_answer(question))
    for response in responses:
        value = value_of(question, response)
        again = kind_of(question).read(value)
        assert mark(question, again) == mark(question, response)
        assert value_of(question, again) == value


@each_kind
def test_a_response_that_does_not_fit_fills_in_nothing_odd(kind: str) -> None:
    """Prevents a record that was edited by hand from ending in an error."""
    question = made_up(kind)
    for response in malformed_answers(question):
        value = value_of(question, response)
        assert value is None or isinstance(value, str | list | dict)


@each_kind
@pytest.mark.parametrize("value", [None, 7, True, [], {}, [["d"]], {"d": ["d"]}, [None]])
def test_a_value_of_another_form_is_read_as_nothing(kind: str, value: Any) -> None:
    """Prevents a message of an odd shape from becoming an answer."""
    question = made_up(kind)
    read = kind_of(question).read(value)
    assert mark(question, read).state == "blank"


def test_short_choices_stand_side_by_side_and_long_ones_in_a_list() -> None:
    """Prevents words to press that fill three lines, and lists for yes and no."""
    assert fit_chips(["yes", "no", "arguable"])
    assert not fit_chips(["a choice of more than twenty-four letters", "no"])
    assert not fit_chips(["one word"] * 8)
    assert not fit_chips(["twenty letters it has"] * 6)


def test_a_coding_is_not_read_out_as_a_sentence(record: Record) -> None:
    """Prevents values that stand side by side from being shown as a clause without sense."""
    clause = control_of(Form(find_question("un-rebuild-f"), record))
    coding = control_of(Form(find_question("policy-code-together"), record))
    assert clause["sentence"] == "Your clause so far" and "sentence" not in coding
    assert len(coding["lines"]) == len(find_question("policy-code-together").parts)


def test_an_order_counts_as_answered_once_it_was_touched(record: Record) -> None:
    """Prevents the order on the screen from being handed in as an answer by accident."""
    question = find_question("un-order-groups")
    form = Form(question, record)
    ids = [each["value"] for each in control_of(form)["items"]]
    check(form, None)
    assert at(form) == "problem" and "You have not moved a line yet" in said(form)
    assert not record.read().answers
    check(form, ids)
    assert at(form) == "saved" and record.read().last(question.id).response == ids


def test_only_one_of_the_options_can_be_chosen_where_one_is_asked_for(record: Record) -> None:
    """Prevents boxes to tick where there is one answer."""
    assert "several" not in control_of(Form(made_up("choice", passages=[]), record))
    assert control_of(Form(made_up("several", passages=[]), record))["several"] is True


def test_a_number_has_its_unit_in_its_name(record: Record) -> None:
    """Prevents a field of which a screen reader says only that it is one."""
    question = made_up("number")
    control = control_of(Form(question, record))
    assert control["unit"] == question.unit and question.unit in control["label"]
    assert control["number"] is True


def test_a_text_says_how_long_it_is_to_be(record: Record) -> None:
    """Prevents a count of words without an aim."""
    question = made_up("written")
    control = control_of(Form(question, record))
    assert (control["least"], control["most"]) == question.words
    assert f"{question.words[0]} to {question.words[1]} words" in control["label"]


def test_every_control_is_of_a_form_that_the_front_end_is_told_of() -> None:
    """Prevents a control that is made and never described."""
    described = {kind.__struct_config__.tag for kind in parts.Control.__args__}
    made = {control_of(Form(made_up(kind, passages=[]), Record()))["is"] for kind in WITH_CONTROL}
    assert made == described
