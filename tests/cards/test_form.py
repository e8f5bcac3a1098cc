"""Forms save before they speak, say what is not saved, and come back as they were left."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cybernorms.cards.controls import option_whys
from cybernorms.cards.form import Form
from cybernorms.document import to_html
from cybernorms.exercises.kinds import Value
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.record import Record
from tests.answers import best_answer, worst_answer
from tests.cards.messages import (
    answer_of,
    at,
    buttons_of,
    check,
    flat,
    parts_of,
    reasons_of,
    result_of,
    said,
    seen,
    write,
)
from tests.factories import made_up

QUESTIONS = [question for each in load_question_sets() for question in each.questions]
WITH_FORM = [question for question in QUESTIONS if not isinstance(question, Value)]
each_question = pytest.mark.parametrize("question", WITH_FORM, ids=lambda question: question.id)


def value_for(question: Any, response: Any) -> Any:
    """Return what a learner fills in to give a response: numbers are typed."""
    if question.kind == "number":
        return f"{response:g}"
    if question.kind == "forecast":
        return {id: f"{each:g}" for id, each in response.items()}
    return response


@each_question
def test_an_answer_is_saved_marked_and_filled_in_again(question: Any, record: Record) -> None:
    """Prevents forms that forget, for every question there is."""
    form = Form(question, record)
    described = check(form, value_for(question, best_answer(question)))
    assert described["reply"]["saved"] and described["said"]["at"] == "saved"
    assert described["answered"]
    kept = record.read().last(question.id)
    assert kept is not None and kept.revision == question.revision
    again = Form(question, Record(record.folder))
    if question.kind not in ("number", "forecast"):
        assert answer_of(again) == answer_of(form) == best_answer(question)
    assert answer_of(again) and "is filled in" in said(again)
    if question.use != "entry" and question.kind != "written":
        assert result_of(form) and result_of(again) == result_of(form)
        assert reasons_of(again) == reasons_of(form)


@each_question
def test_a_blank_form_says_what_to_do_and_saves_nothing(question: Any, record: Record) -> None:
    """Prevents empty answers from being counted as wrong ones."""
    form = Form(question, record)
    described = check(form, None)
    assert described["said"]["at"] == "problem" and not described["reply"].get("saved")
    assert "Not answered yet" in said(form) and f"then press {form.verb}" in said(form)
    assert not record.path.exists()


@each_question
def test_a_form_names_every_option_and_no_reason_before_there_is_an_answer(
    question: Any, record: Record
) -> None:
    """Prevents a question without an option of its own, or one that is sent with its key."""
    form = Form(question, record)
    shown, still = seen(form), flat(to_html(form.blocks()))
    [ask] = parts_of(form, "ask")
    assert flat(ask["legend"]) == flat(question.prompt)
    options = [*getattr(question, "options", ())]
    for part in getattr(question, "parts", ()):
        options += part.options
        assert flat(part.label) in shown
    for option in options:
        assert flat(option.text) in shown
    for each in (*getattr(question, "items", ()), *getattr(question, "statements", ())):
        assert flat(each.text) in shown
    for text in getattr(question, "categories", {}).values():
        assert flat(text) in shown
    for reason in reasons(question):
        assert reason not in shown and reason not in still
    assert not reasons_of(form) and not result_of(form)


def reasons(question: Any) -> list[str]:
    """Return all that a question says of answers, each as it would stand on a page."""
    holders = [*getattr(question, "options", ()), question]
    for part in getattr(question, "parts", ()):
        holders += part.options
    for item in getattr(question, "items", ()):
        holders += [item, *getattr(item, "placements", {}).values()]
    names = ("reason", "otherwise", "wide_reason", "closing", "exemplar")
    found = [getattr(each, name, "") or "" for each in holders for name in names]
    return [flat(text) for text in found if len(text) > 20]


def test_most_questions_have_reasons_to_keep_back() -> None:
    """Prevents the test above from looking for nothing."""
    with_some = [question for question in WITH_FORM if reasons(question)]
    assert len(with_some) > 0.8 * len(WITH_FORM)


def choice(**changes: Any) -> Any:
    return replace(find_question("un-restraint"), **changes)


def test_right_defensible_and_wrong_are_told_apart_in_words_and_with_reasons(
    record: Record,
) -> None:
    """Prevents a verdict that only a colour tells."""
    told = {}
    for option in choice().options:
        form = Form(choice(), record)
        check(form, option.id)
        told[option.verdict] = result_of(form)
        assert said(form).startswith("Saved") and at(form) == "saved"
        assert flat(option_whys([option])[option.text]) in reasons_of(form)
    assert told["correct"].startswith("Correct")
    assert told["defensible"].startswith("Defensible")
    assert told["incorrect"].startswith("Not this one")


def test_the_reason_stands_at_the_option_that_was_chosen_and_at_no_other(record: Record) -> None:
    """Prevents a learner from being told about options before they were thought through."""
    form = Form(choice(), record)
    wrong = worst_answer(choice())
    check(form, wrong)
    [ask] = parts_of(form, "ask")
    assert [each["value"] for each in ask["control"]["options"] if each.get("why")] == [wrong]
    check(form, best_answer(choice()))
    [ask] = parts_of(form, "ask")
    assert all(each.get("why") for each in ask["control"]["options"])


def test_an_answered_question_is_opened_again_on_request(record: Record) -> None:
    """Prevents an answer that is changed by a slip of the hand below its verdict."""
    form = Form(choice(), record)
    assert form.describe().get("state", "open") == "open" and "again" not in buttons_of(form)
    check(form, "c")
    assert form.describe()["state"] == "done" and buttons_of(form)["again"]["again"]
    check(form, "f")
    assert [each.response for each in record.read().answers] == ["c", "f"]


def test_a_refused_answer_takes_the_old_verdict_away(record: Record) -> None:
    """Prevents feedback that stands beside another answer."""
    form = Form(choice(), record)
    check(form, "c")
    check(form, None)
    assert not result_of(form) and not reasons_of(form) and at(form) == "problem"
    assert len(record.read().answers) == 1


def test_a_change_that_comes_behind_a_press_takes_the_verdict_away(record: Record) -> None:
    """Prevents a text that is kept as a draft from standing under the word on another one."""
    form = Form(find_question("un-minister"), record)
    write(form, "Minister, two")
    check(form, "Minister, two")
    assert at(form) == "saved" and result_of(form)
    write(form, "Minister, two corrections")
    assert at(form) == "kept" and said(form).startswith("Draft kept.")
    assert not result_of(form) and not form.describe().get("answered")
    check(form, "Minister, two corrections")
    assert at(form) == "saved" and result_of(form)


def test_the_browser_hears_when_a_text_was_kept(record: Record) -> None:
    """Prevents text that waits in the browser from covering a newer one in the record."""
    question = find_question("un-minister")
    assert not Form(question, record).describe().get("kept")
    saved = record.append(question.id, question.revision, "Minister, two corrections")
    instant = datetime.fromisoformat(saved.time.replace("Z", "+00:00")).timestamp()
    assert Form(question, record).describe()["kept"] == 1000 * instant


def test_what_cannot_be_saved_stays_in_the_form_and_gets_no_feedback(tmp_path: Path) -> None:
    """Prevents a learner from believing that an answer is safe."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    form = Form(choice(), Record(blocked / "work"))
    described = check(form, "c")
    assert at(form) == "problem" and not described["reply"].get("saved")
    assert "Not saved" in said(form)
    assert "Your answer is still in the form: press Check again" in said(form)
    assert answer_of(form) == "c" and not result_of(form) and not reasons_of(form)


def test_lines_left_open_are_told_with_the_word_on_the_button(record: Record) -> None:
    """Prevents a learner from being sent to a button that is not there."""
    match = next(each for each in QUESTIONS if each.kind == "match" and each.use != "entry")
    form = Form(match, record)
    check(form, dict([next(iter(best_answer(match).items()))]))
    assert "Choose a category." in reasons_of(form)
    assert "then press Check again" in result_of(form)
    forecast = Form(next(each for each in QUESTIONS if each.kind == "forecast"), record)
    check(forecast, {next(iter(best_answer(forecast.question))): "50"})
    assert "then press Save again" in result_of(forecast)


def test_entry_questions_are_saved_without_feedback(record: Record) -> None:
    """Prevents reasons from spoiling the comparison at the end of the course."""
    question = find_question("start-voluntary")
    form = Form(question, record)
    check(form, worst_answer(question))
    assert said(form).startswith("Saved.") and "again at the end of the course" in said(form)
    for each in (form, Form(question, record)):
        assert not result_of(each) and not reasons_of(each)
        assert not any(reason in seen(each) for reason in reasons(question))


def test_a_draft_is_kept_while_writing_and_dropped_when_saved(record: Record) -> None:
    """Prevents an evening's text from being lost because Save was not pressed."""
    question = find_question("un-minister")
    form = Form(question, record)
    described = write(form, "Minister, two corrections")
    assert described["drafts"] and not described["reply"].get("saved")
    assert record.draft(question.id) == "Minister, two corrections"
    assert record.read().last(question.id) is None
    again = Form(question, record)
    assert answer_of(again) == "Minister, two corrections"
    assert "not saved yet" in said(again)
    check(again, answer_of(again))
    assert record.draft(question.id) == ""
    assert record.read().last(question.id) is not None


def test_only_a_text_is_kept_before_it_is_saved(record: Record) -> None:
    """Prevents a choice that was not pressed from being taken for an answer."""
    form = Form(choice(), record)
    assert not form.describe().get("drafts")
    write(form, "c")
    assert not record.folder.exists() and not form.describe().get("answered")


def test_a_draft_that_cannot_be_kept_is_said_not_to_be(tmp_path: Path) -> None:
    """Prevents "Draft kept" over a full disk."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    form = Form(find_question("un-minister"), Record(blocked / "work"))
    write(form, "Minister, two corrections")
    assert at(form) == "problem" and answer_of(form) == "Minister, two corrections"


def test_a_question_that_has_changed_since_says_so(record: Record) -> None:
    """Prevents an answer to an older wording from being taken for one to the new."""
    record.append("un-restraint", "an older one", "c")
    assert "has changed since" in said(Form(choice(), record))


def test_an_answer_from_a_package_without_keys_is_one_to_the_same_question(record: Record) -> None:
    """Prevents every answer of a bundle from being said to be an old one."""
    question = made_up("choice", passages=[])
    record.append(question.id, question.open_revision, "d")
    assert question.open_revision != question.revision
    assert "has changed since" not in said(Form(question, record))


ONE_OF_EACH_KIND = list({question.kind: question for question in WITH_FORM}.values())


@pytest.mark.parametrize("question", ONE_OF_EACH_KIND, ids=lambda question: question.kind)
def test_a_hand_edited_answer_does_not_break_its_form(question: Any, record: Record) -> None:
    """Prevents a lesson that cannot be opened because of one odd line."""
    for odd in (None, 1, "gone", ["c"], {"c": 1}, [[]], True):
        record.append(question.id, question.revision, odd)
        assert Form(question, record).describe()["parts"]


def test_hints_are_shown_on_request_only(record: Record) -> None:
    """Prevents hints that give away what nobody asked."""
    question = choice(hint="Look at the verbs.")
    [hint] = parts_of(Form(question, record), "fold")
    assert hint["summary"] == "Hint" and not hint.get("open")
    assert "Look at the verbs." in hint["html"]


def test_where_a_class_votes_the_options_have_letters(record: Record) -> None:
    """Prevents a show of hands for options that stand elsewhere on each screen."""
    voted = Form(find_question("un-voluntary"), record, shuffle=False)
    alone = Form(find_question("un-voluntary"), record)
    assert parts_of(voted, "ask")[0]["control"]["letters"] is True
    assert "letters" not in parts_of(alone, "ask")[0]["control"]


def test_an_example_opens_with_the_answer_and_goes_with_it(record: Record) -> None:
    """Prevents a text that is written after the example."""
    question = find_question("un-minister")
    form = Form(question, record)
    before = {each["summary"] for each in parts_of(form, "fold")}
    check(form, "Minister, two corrections")
    folds = {each["summary"]: each for each in parts_of(form, "fold")}
    new = set(folds) - before
    assert "Compare with an example" in new and len(new) == 4  # with three that are marked
    assert all(folds[each]["answered"] and not folds[each].get("open") for each in new)


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
    shown = answer_of(form)
    assert shown == response or {key: float(value) for key, value in shown.items()} == response
    assert "The question has changed since then: what is gone was left out" in said(form)


@pytest.mark.parametrize("kind", ["choice", "several", "match", "order", "forecast", "clause"])
def test_an_earlier_answer_of_which_nothing_fits_is_told(kind: str, record: Record) -> None:
    """Prevents an empty form that says nothing of the answer which was in it."""
    question = made_up(kind, passages=[])
    gone = {"choice": "gone", "several": ["gone"], "order": ["gone"]}.get(kind, {"gone": "x"})
    record.append(question.id, "older", gone)
    form = Form(question, record)
    assert "nothing of your answer fits it any more" in said(form)
    assert "is filled in" not in said(form)
    assert not answer_of(form)


def test_new_lines_of_an_order_stand_last(record: Record) -> None:
    """Prevents an earlier order from being lost with the first line that is added to it."""
    question = made_up("order")
    ids = [item.id for item in question.items]
    record.append(question.id, "older", ids[:0:-1])
    assert answer_of(Form(question, record, shuffle=False)) == [*ids[:0:-1], ids[0]]
