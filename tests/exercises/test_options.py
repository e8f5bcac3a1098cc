"""Options in an order of each learner's own, the same after a restart and on another computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cards.form import Form
from cybernorms.exercises.hand_in import as_bytes, make_hand_in
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import FILE, Record
from tests.answers import best_answer
from tests.cards.messages import check, parts_of
from tests.factories import all_made_up, made_up, made_up_table

SETS = load_question_sets()
QUESTIONS = [one for each in SETS for one in each.questions]
WITH_OPTIONS = [one for one in QUESTIONS if one.shuffled("seed") != one]


def order(question: Question) -> list[str]:
    return [each.id for each in question.options]  # type: ignore[attr-defined]


def shown(form: Form) -> list[str]:
    [asked] = parts_of(form, "ask")
    return [each["value"] for each in asked["control"]["options"]]


def test_most_choices_are_shuffled_and_nothing_is_lost() -> None:
    assert {one.kind for one in WITH_OPTIONS} == {"choice", "several", "clause"}
    for one in WITH_OPTIONS:
        if one.kind != "clause":
            assert sorted(order(one)) == sorted(order(one.shuffled("seed")))


def test_an_order_is_that_of_the_seed_on_every_computer() -> None:
    """Prevents an order that changes with the version of Python."""
    question = made_up("choice")
    assert order(question.shuffled("e")) == ["e", "f", "d"]
    assert order(question.shuffled("b")) == ["e", "d", "f"]
    assert order(question.shuffled("")) == order(question)


def test_learners_differ_and_places_are_as_likely_for_each_option() -> None:
    question = made_up("choice")
    first = [order(question.shuffled(str(seed)))[0] for seed in range(600)]
    assert all(160 < first.count(id) < 240 for id in order(question))


def test_an_order_with_a_meaning_stays() -> None:
    for kind in ("choice", "several", "clause"):
        assert made_up(kind, ordered=True).shuffled("a") == made_up(kind, ordered=True)
    assert not made_up_table("choice").get("ordered")


@pytest.mark.parametrize("question", all_made_up(), ids=lambda one: one.kind)
def test_a_mark_does_not_depend_on_the_order(question: Question) -> None:
    best = best_answer(question)
    one, other = mark(question, best), mark(question.shuffled("a"), best)
    assert (one.credit, one.verdict, sorted(one.chosen)) == (
        other.credit,
        other.verdict,
        sorted(other.chosen),
    )


def test_the_order_is_the_same_before_and_after_the_first_answer_and_in_another_folder(
    tmp_path: Path,
) -> None:
    question = find_question("un-voluntary")
    record = Record(tmp_path / "work")
    first = shown(Form(question, record))
    assert not record.folder.exists()  # to look at a lesson writes nothing
    assert shown(Form(question, Record(tmp_path / "work"))) == first
    for _ in range(2):
        record.append(question.id, question.revision, best_answer(question))
    assert [bool(each.seed) for each in record.read().answers] == [True, False]
    moved = record.folder.rename(tmp_path / "moved")
    assert (
        shown(Form(question, Record(moved)))
        == first
        == order(question.shuffled(record_seed(moved)))
    )


def record_seed(folder: Path) -> str:
    history = Record(folder).read()
    assert history.problems == ()
    return history.seed


def test_the_first_of_two_seeds_counts(tmp_path: Path) -> None:
    # Two notebooks that save their first answers at once may both find none.
    line = '{"format": 1, "question": "q", "revision": "r", "response": 1, "at": "", "seed": "%s"}'
    (tmp_path / FILE).write_text("".join(line % seed + "\n" for seed in ("one", "two")))
    assert Record(tmp_path).seed() == "one"


def test_two_learners_have_two_orders(tmp_path: Path) -> None:
    assert Record(tmp_path / "ada").seed() != Record(tmp_path / "bo").seed()


def test_where_nothing_can_be_written_a_form_is_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("in the way")
    question = find_question("un-voluntary")
    assert sorted(shown(Form(question, Record(tmp_path / "work")))) == sorted(order(question))


def test_several_choices_are_kept_in_the_order_of_the_set(tmp_path: Path) -> None:
    """Prevents the same answers of two learners from being kept as two."""
    question = find_question("start-norms")
    for folder in ("ada", "bo", "cleo"):
        form = Form(question, Record(tmp_path / folder))
        check(form, [id for id in shown(form) if id in best_answer(question)])
        kept = Record(tmp_path / folder).read().last(question.id)
        assert kept is not None and kept.response == best_answer(question)


def test_the_seed_travels_with_the_hand_in(tmp_path: Path) -> None:
    record = Record(tmp_path)
    question = find_question("un-voluntary")
    Form(question, record)
    record.append(question.id, question.revision, best_answer(question))
    made = make_hand_in(record.read(), SETS, "Ada", "2026-03-01T10:00:00Z")
    assert made.seed == record.seed() != ""
    assert f'"seed": "{made.seed}"'.encode() in as_bytes(made)


def test_a_class_that_votes_by_hands_sees_one_order(tmp_path: Path) -> None:
    question = find_question("un-voluntary")
    record = Record(tmp_path)
    assert shown(Form(question, record, shuffle=False)) == order(question)
    source = Path(__file__).resolve().parents[2] / "notebooks" / "one-class-path.ipynb"
    asked = [line for line in source.read_text("utf-8").splitlines() if "ask(" in line]
    assert asked
    assert all("shuffle=False" in line for line in asked)


def test_every_question_has_a_title_of_its_own_that_is_none_of_its_options() -> None:
    titles = [one.title for one in QUESTIONS]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for one in QUESTIONS:
        assert len(one.title) <= 60
        assert one.title not in {offer.text for offer in one.offers().values()}
