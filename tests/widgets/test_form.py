"""Forms save before they speak, show what is not saved, and come back as they were left."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.drafts import Drafts
from cybernorms.exercises.kinds import Value
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.widgets import form as form_module
from cybernorms.widgets.form import Form, ask
from tests.answers import best_answer, worst_answer
from tests.factories import made_up

QUESTIONS = [question for each in load_question_sets() for question in each.questions]

WITH_FORM = [question for question in QUESTIONS if not isinstance(question, Value)]

each_question = pytest.mark.parametrize("question", WITH_FORM, ids=lambda question: question.id)


def fill(form: Form, answer: object) -> None:
    """Fill in an answer as a learner would, so that the form notices a change."""
    form._inputs.put(answer)
    form._on_change()


@each_question
def test_an_answer_is_saved_marked_and_filled_in_again(question, record: Record) -> None:
    """Prevents forms that forget, for every question there is."""
    form = Form(question, record)
    fill(form, best_answer(question))
    given = form.submit()
    assert given is not None and given.state in ("marked", "awaiting teacher")
    kept = record.read().last(question.id)
    assert kept is not None and kept.revision == question.revision
    again = Form(question, Record(record.folder))
    assert again._inputs.get() == form._inputs.get()
    assert "is filled in" in again._status.value
    if question.use != "entry" and question.kind != "written":
        assert form._feedback.value and again._feedback.value == form._feedback.value


@each_question
def test_a_blank_form_says_what_to_do_and_saves_nothing(question, record: Record) -> None:
    """Prevents empty answers from being counted as wrong ones."""
    form = Form(question, record)
    given = form.submit()
    assert given is not None and given.state == "blank"
    assert "Not answered yet" in form._status.value and "then press" in form._status.value
    assert not record.path.exists()


@each_question
def test_the_still_form_shows_the_question_and_no_reason(question, record: Record) -> None:
    """Prevents printed pages without the question, or with its key."""
    still = Form(question, record).static_html()
    assert "Run All Cells" in still and "cn-card" in still
    options = [*getattr(question, "options", ())]
    for option in options:
        assert option.reason not in still


def choice(**changes):
    return replace(find_question("un-restraint"), **changes)


def test_right_defensible_and_wrong_are_told_apart_in_words_and_with_reasons(
    record: Record,
) -> None:
    """Prevents a verdict that only a colour tells."""
    told = {}
    for option in choice().options:
        form = Form(choice(), record)
        fill(form, option.id)
        form.submit()
        told[option.verdict] = form._status.value
        assert "Saved." in form._status.value
        assert option.reason.split(".")[0][:30] in form._feedback.value.replace("&#x27;", "'")
    assert "Correct" in told["correct"]
    assert "Defensible" in told["defensible"]
    assert "Not this one" in told["incorrect"]


def test_a_change_is_shown_as_not_saved_and_takes_old_feedback_away(record: Record) -> None:
    """Prevents feedback that stands beside another answer."""
    form = Form(choice(), record)
    form._inputs._radio.value = "c"
    assert "not saved yet" in form._status.value
    form.submit()
    form._inputs._radio.value = "f"
    assert "Changed since you pressed. Press Check again." in form._status.value
    assert not form._feedback.value


def test_a_change_that_comes_behind_a_press_takes_the_verdict_away(record: Record) -> None:
    """Prevents "not saved yet" over an answer that was saved, where the press came first."""
    form = Form(find_question("un-minister"), record)
    form._inputs._field.value = "Minister, two"
    assert "Press Save when you are done." in form._status.value
    form.submit()
    form._inputs._field.value = "Minister, two corrections"
    assert "Draft kept. Changed since you pressed. Press Save again." in form._status.value
    assert "saved yet" not in form._status.value and not form._feedback.value
    form.submit()
    assert "Changed" not in form._status.value


def test_the_browser_hears_when_a_text_was_kept(record: Record) -> None:
    """Prevents text that waits in the browser from covering a newer one in the record."""
    question = find_question("un-minister")
    assert not any(each.startswith("cn-kept-") for each in Form(question, record)._dom_classes)
    saved = record.append(question.id, question.revision, "Minister, two corrections")
    at = [each for each in Form(question, record)._dom_classes if each.startswith("cn-kept-")]
    instant = datetime.fromisoformat(saved.time.replace("Z", "+00:00")).timestamp()
    assert at == [f"cn-kept-{1000 * instant:.0f}"]


def test_what_cannot_be_saved_stays_in_the_form_and_gets_no_feedback(tmp_path: Path) -> None:
    """Prevents a learner from believing that an answer is safe."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    form = Form(choice(), Record(blocked / "work"))
    fill(form, "c")
    assert form.submit() is None
    assert "Not saved" in form._status.value and "press Check again" in form._status.value
    assert form._inputs.get() == "c" and not form._feedback.value


def test_lines_left_open_are_told_with_the_word_on_the_button(record: Record) -> None:
    """Prevents a learner from being sent to a button that is not there."""
    match = next(each for each in QUESTIONS if each.kind == "match" and each.use != "entry")
    form = Form(match, record)
    fill(form, dict([next(iter(best_answer(match).items()))]))
    form.submit()
    assert "Choose a category." in form._feedback.value
    assert "then press Check again" in form._feedback.value
    forecast = Form(next(each for each in QUESTIONS if each.kind == "forecast"), record)
    fill(forecast, dict([next(iter(best_answer(forecast.question).items()))]))
    forecast.submit()
    assert "then press Save again" in forecast._feedback.value


def test_entry_questions_are_saved_without_feedback(record: Record) -> None:
    """Prevents reasons from spoiling the comparison at the end of the course."""
    question = find_question("start-voluntary")
    form = Form(question, record)
    fill(form, worst_answer(question))
    form.submit()
    assert "Saved." in form._status.value and not form._feedback.value
    assert not Form(question, record)._feedback.value


def test_a_draft_is_kept_while_writing_and_dropped_when_saved(record: Record) -> None:
    """Prevents an evening's text from being lost because Save was not pressed."""
    question = find_question("un-minister")
    form = Form(question, record)
    form._inputs._field.value = "Minister, two corrections"
    assert record.draft(question.id) == "Minister, two corrections"
    again = Form(question, record)
    assert again._inputs.get() == "Minister, two corrections"
    assert "not saved yet" in again._status.value
    again.submit()
    assert record.draft(question.id) == ""
    assert record.read().last(question.id) is not None


def test_a_question_that_has_changed_since_says_so(record: Record) -> None:
    """Prevents an answer to an older wording from being taken for one to the new."""
    record.append("un-restraint", "an older one", "c")
    assert "has changed since" in Form(choice(), record)._status.value


def test_an_answer_from_a_package_without_keys_is_one_to_the_same_question(record: Record) -> None:
    question = made_up("choice", passages=[])
    record.append(question.id, question.open_revision, "d")
    assert question.open_revision != question.revision
    assert "has changed since" not in Form(question, record)._status.value


ONE_OF_EACH_KIND = list({question.kind: question for question in WITH_FORM}.values())


@pytest.mark.parametrize("question", ONE_OF_EACH_KIND, ids=lambda question: question.kind)
def test_a_hand_edited_answer_does_not_break_its_form(question, record: Record) -> None:
    """Prevents a lesson that cannot be opened because of one odd line."""
    for odd in (None, 1, "gone", ["c"], {"c": 1}, [[]], True):
        record.append(question.id, question.revision, odd)
        Form(question, record)


def test_hints_are_shown_on_request_only(record: Record) -> None:
    """Prevents hints that give away what nobody asked."""
    form = Form(choice(), record)
    assert not form._hint.value
    form._hint_button.click()
    assert "Hint" in form._hint.value


def test_ask_with_an_answer_prints_plain_text_and_saves(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents masters whose outputs cannot be compared."""
    ask("un-restraint", answer="(F)")
    told = capsys.readouterr().out
    assert "Correct" in told and "<" not in told
    assert record.read().last("un-restraint").response == "(F)"


def test_ask_for_a_question_that_is_not_there_offers_the_nearest() -> None:
    """Prevents a bare error where a cell was damaged."""
    with pytest.raises(CyberNormsError, match="un-restraint"):
        ask("un-restrain")


def test_drafts_are_not_written_at_every_letter(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a disk that works at each key, without losing the last letters."""
    monkeypatch.setattr(form_module, "DRAFT_SECONDS", 0.05)
    writes = []
    monkeypatch.setattr(Drafts, "keep", lambda self, id, text, instead_of: writes.append(text))

    async def type_quickly() -> None:
        form = Form(find_question("un-minister"), record)
        for end in range(1, 40):
            form._inputs._field.value = "x" * end
        await asyncio.sleep(0.2)

    # In a thread of its own: a browser test before this one may have left a loop running here.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, type_quickly()).result()
    assert writes[-1] == "x" * 39 and len(writes) < 5


# Two windows


def type_into(form: Form, text: str) -> None:
    form._last_draft = 0
    form._inputs._field.value = text


def test_a_text_in_a_second_window_replaces_none_in_the_first(record: Record) -> None:
    """Prevents one letter in a second tab from costing the work of forty minutes."""
    question = find_question("un-minister")
    one, two = Form(question, record), Form(question, record)
    type_into(one, "The work of forty minutes.")
    assert "Another window" not in one._status.value
    type_into(two, "x")
    assert "Another window has a longer draft of this text; both are kept" in two._status.value
    assert "drafts/un-minister.txt" in two._status.value
    type_into(one, "The work of forty-one minutes.")
    assert "has another draft" in one._status.value and "un-minister.2.txt" in one._status.value
    texts = [each.text for each in record.drafts.all("un-minister")]
    assert texts == ["The work of forty-one minutes.", "x"]
    again = Form(question, record)
    assert again._inputs.get() == "The work of forty-one minutes."
    assert "un-minister.2.txt" in again._status.value


def test_a_text_saved_in_one_window_leaves_the_draft_of_the_other(record: Record) -> None:
    question = find_question("un-minister")
    one, two = Form(question, record), Form(question, record)
    type_into(one, "The work of forty minutes.")
    type_into(two, "x")
    two.submit()
    assert [each.text for each in record.drafts.all("un-minister")] == [
        "The work of forty minutes."
    ]
    assert Form(question, record)._inputs.get() in ("x", "The work of forty minutes.")
    type_into(one, "The work of forty-one minutes.")
    one.submit()
    assert "Another window had saved another answer" in one._status.value
    assert [each.response for each in record.read().answers] == [
        "x",
        "The work of forty-one minutes.",
    ]
    assert [each.text for each in record.drafts.all("un-minister")] == ["x"]


def test_an_old_form_says_that_another_window_has_answered_since(record: Record) -> None:
    """Prevents an old form from outdoing a newer answer without a word."""
    question = choice()
    one, two = Form(question, record), Form(question, record)
    fill(one, "f")
    one.submit()
    fill(two, "c")
    two.submit()
    assert "Another window had saved another answer" in two._status.value
    assert "the last one counts" in two._status.value
    fill(two, "f")
    two.submit()
    assert "Another window" not in two._status.value
    assert len(record.read().answers) == 3


def test_the_same_answer_in_a_second_window_needs_no_word(record: Record) -> None:
    one, two = Form(choice(), record), Form(choice(), record)
    for form in (one, two):
        fill(form, "f")
        form.submit()
        assert "Another window" not in form._status.value


# Questions that have changed since


@pytest.mark.parametrize("kind", ["several", "match", "order", "forecast", "clause"])
def test_what_still_fits_of_an_earlier_answer_is_filled_in_and_told(
    kind: str, record: Record
) -> None:
    """Prevents "is filled in" above a form in which nothing is."""
    question = made_up(kind)
    response = best_answer(question)
    if isinstance(response, dict):
        earlier = response | {"taken-out": "x"}
    else:
        earlier = [*response, "taken-out"]
    record.append(question.id, "older", earlier)
    form = Form(question, record, shuffle=False)
    shown = form._inputs.get()
    assert shown == response or {key: float(value) for key, value in shown.items()} == response
    assert "The question has changed since then: what is gone was left out" in form._status.value


@pytest.mark.parametrize("kind", ["choice", "several", "match", "order", "forecast", "clause"])
def test_an_earlier_answer_of_which_nothing_fits_is_told(kind: str, record: Record) -> None:
    question = made_up(kind, passages=[])
    gone = {"choice": "gone", "several": ["gone"], "order": ["gone"]}.get(kind, {"gone": "x"})
    record.append(question.id, "older", gone)
    form = Form(question, record)
    assert "nothing of your answer fits it any more" in form._status.value
    assert "is filled in" not in form._status.value
    assert not form._inputs.get()


def test_new_lines_of_an_order_stand_last(record: Record) -> None:
    question = made_up("order")
    ids = [item.id for item in question.items]
    record.append(question.id, "older", ids[:0:-1])
    assert Form(question, record, shuffle=False)._inputs.get() == [*ids[:0:-1], ids[0]]


# Without a form


def test_what_cannot_be_saved_in_plain_text_speaks_of_no_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents "your answer is still in the form" where there is none."""
    (tmp_path / "work").write_text("a file in the place of the folder", encoding="utf-8")
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path / "work"))
    with pytest.raises(CyberNormsError, match="Not saved") as caught:
        ask("un-restraint", "f")
    assert "form" not in str(caught.value) and "press" not in str(caught.value)
    form = Form(choice())
    fill(form, "f")
    form.submit()
    assert "Your answer is still in the form: press Check again" in form._status.value
