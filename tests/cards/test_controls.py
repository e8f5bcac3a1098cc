"""What a form takes in, kind by kind."""

from __future__ import annotations

from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.widgets.form import Form


def test_a_coding_is_not_read_out_as_a_sentence(record: Record) -> None:
    """Prevents values that stand side by side from being shown as a clause without sense."""
    clause = Form(find_question("un-rebuild-f"), record)
    coding = Form(find_question("policy-code-together"), record)
    assert "Your clause so far" in clause._inputs.widgets[-1].value
    assert len(coding._inputs.widgets) == len(find_question("policy-code-together").parts)


def test_an_order_counts_as_answered_once_it_was_touched(record: Record) -> None:
    """Prevents the order on the screen from being handed in as an answer by accident."""
    question = find_question("un-order-groups")
    form = Form(question, record)
    assert form.submit().state == "blank"
    form._inputs._list.value = form._inputs._ids()[0]
    form._inputs._down.click()
    assert form._inputs._ids()[1] == form._inputs._list.value
    assert form.submit().state == "marked"
