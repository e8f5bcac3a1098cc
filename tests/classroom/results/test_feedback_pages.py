"""Feedback pages: the score in the heading, every answer below, and no more than may be told."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from cybernorms.classroom.results.feedback_pages import PageWriter
from cybernorms.classroom.results.feedback_summary import SetScore, heading_of
from cybernorms.classroom.results.page_notes import PageNotes
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.rules import Override
from cybernorms.classroom.scoring.scorer import Scorer, keys_of
from cybernorms.classroom.scoring.set_points import SetPoints
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from tests.answers import best_answer, worst_answer
from tests.classroom.factories import SET, entry, folder_of, graded, hand_in, marked

CHOICE = next(each for each in graded() if each.kind == "choice")
SEVERAL = next(each for each in graded() if each.kind == "several")
MATCH = next(each for each in graded() if each.kind == "match")
ORDER = next(each for each in graded() if each.kind == "order")


def page_of(results: Path) -> str:
    [path] = (results / "pages").iterdir()
    return path.read_text(encoding="utf-8")


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.partition("<main>")[2])).split())


def made(tmp_path: Path, *answers: dict, policy: str = "", name: str = "Ada") -> str:
    """Return the page of a student with some answers, marked in June of 2026."""
    path = tmp_path / "policy.toml"
    path.write_text(policy, encoding="utf-8")
    folder = folder_of(tmp_path / "in", a_json=hand_in(name, list(answers)))
    return page_of(marked(folder, policy=path, now=1_780_000_000)[0])


AFTER = f'feedback = "after deadline"\n[deadline]\n{SET} = 2026-04-01T00:00:00Z\n'


def heading(page: str) -> str:
    return unescape(re.search("<h1>(.*)</h1>", page)[1])  # type: ignore[index]


def test_the_heading_is_the_score(tmp_path: Path) -> None:
    page = made(tmp_path, entry(CHOICE.id, best_answer(CHOICE)))
    assert heading(page) == f"You have {CHOICE.points:g} of 10 points"


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ([(10, True, 9.0, 0.0)], "You have 9 of 10 points"),
        ([(10, True, 7.5, 1.0)], "You have 7.5 of 10 points; 1 still waits for your teacher"),
        ([(10, True, 7.0, 2.0), (5, True, 1.0, 0.0)], "You have 8 of 15 points; 2 still wait"),
        ([(10, True, 7.0, 0.0), (5, True, None, None)], "You have 7 of 10 points"),
        ([(10, True, 7.0, 0.0), (5, False, 1.0, 0.0)], "You have 7 of 10 points"),
        ([(10, False, 7.0, 0.0)], "Your answers have arrived"),
        ([(10, True, None, None)], "What became of your answers"),
        ([], "What became of your answers"),
    ],
)
def test_the_score_counts_only_what_was_handed_in_and_may_be_told(
    scores: list[tuple[float, bool, float | None, float | None]], told: str
) -> None:
    assert heading_of([SetScore("A set", *each) for each in scores]).startswith(told)


def test_one_thing_done_well_and_one_to_look_at_again_stand_at_the_top(tmp_path: Path) -> None:
    page = made(
        tmp_path,
        entry(CHOICE.id, best_answer(CHOICE)),
        entry(MATCH.id, worst_answer(MATCH)),
    )
    first = text_of(page).partition("03 Norms and law")[0]
    assert f"Fully right in 1 of 2 questions, among them {CHOICE.title}" in first
    assert f"To look at again {MATCH.title}" in first
    assert "questions have no answer" in first


def test_every_answer_has_a_line_that_leads_to_it(tmp_path: Path) -> None:
    page = made(tmp_path, entry(CHOICE.id, best_answer(CHOICE)))
    targets = re.findall(r'<li><a href="#([^"]+)">', page)
    assert len(targets) == len(graded())
    assert all(f'id="{target}"' in page for target in targets)


def test_a_page_names_no_question_by_its_id(tmp_path: Path) -> None:
    text = text_of(made(tmp_path, *(entry(each.id, best_answer(each)) for each in graded())))
    assert not [each.id for each in graded() if each.id in text]


@pytest.mark.parametrize(
    "question", [each for each in graded() if each.kind != "written"], ids=lambda each: each.id
)
def test_the_right_answer_is_told_after_the_deadline_and_not_while_answers_count(
    tmp_path: Path, question: Question
) -> None:
    """Prevents a page from giving a key away to those who can still answer again."""
    wrong = entry(question.id, worst_answer(question))
    at_once, after = (text_of(made(tmp_path, wrong, policy=each)) for each in ("", AFTER))
    right = [each for text in question.right_answers().values() for each in text.split("; ")]
    assert right and re.search("Right ?[.:]", after) and any(each in after for each in right)
    assert not re.search("Right ?[.:]", at_once) and "Missed" not in at_once
    assert "because answers can still be changed" in at_once
    assert "can still be changed" not in after


def test_what_was_missed_is_counted_where_it_may_not_be_named(tmp_path: Path) -> None:
    [first, *_] = [each.id for each in SEVERAL.options if each.verdict == "correct"]  # type: ignore[attr-defined]
    page = text_of(made(tmp_path, entry(SEVERAL.id, [first])))
    missed = sum(each.verdict == "correct" for each in SEVERAL.options) - 1  # type: ignore[attr-defined]
    assert re.search(rf"{missed} answers? that appl(y|ies) (was|were) not chosen", page)


def test_a_late_answer_and_one_given_twice_are_told_in_words(tmp_path: Path) -> None:
    late = f"[late]\nper_cent_a_day = 10\n[deadline]\n{SET} = 2026-03-01T00:00:00Z\n"
    answer = best_answer(CHOICE)
    page = text_of(
        made(
            tmp_path,
            entry(CHOICE.id, worst_answer(CHOICE), at="2026-02-01T09:00:00Z"),
            entry(CHOICE.id, answer),
            policy=late,
        )
    )
    assert "You answered 2 times; the last answer counts." in page
    assert "It was late, which cost 10% of it" in page
    assert "1 answer was late, which cost" in page


def test_an_answer_that_cannot_be_read_is_shown_as_it_came(tmp_path: Path) -> None:
    page = made(tmp_path, entry(CHOICE.id, "<b>neither</b>"))
    assert "&lt;b&gt;neither&lt;/b&gt;" in page
    assert "Could not be read" in page


def test_notes_stand_below_the_heading_and_points_by_hand_at_their_answer() -> None:
    """Prevents what a teacher decided for one student from being lost on the page."""
    [set] = [each for each in load_question_sets() if each.id == SET]
    keys = keys_of([set])
    results = list(Scorer(keys, Policy(), 0.0)([]).results)
    column = next(n for n, key in enumerate(keys) if key[1] == CHOICE.id)
    given = Override(CHOICE.points, "Argued <well>.")
    results[column] = results[column]._replace(
        state="marked", credit=1.0, points=CHOICE.points, override=given
    )
    notes = PageNotes(frozenset([SET]), ("You have until <Friday>.",))
    page = PageWriter([set], keys)("Ada", results, {}, [SetPoints(1.0, 10.0)], notes).decode()
    assert page.index("You have until &lt;Friday&gt;.") < page.index("<section")
    assert page.index("<section") < page.index("Argued &lt;well&gt;.")


def test_a_written_answer_of_a_right_to_left_script_finds_its_direction(tmp_path: Path) -> None:
    written = next(each for each in graded() if each.kind == "written")
    page = made(tmp_path, entry(written.id, "שלום " * 40))
    assert '<div class="cn-typed" dir="auto">' in page


def test_every_kind_tells_its_right_answer_by_the_labels_of_its_reasons() -> None:
    """Prevents a right answer that belongs to no part of the answer."""
    from cybernorms.exercises.marking import mark

    for each in load_question_sets():
        for question in each.questions:
            if question.points and not question.by_teacher:
                found = mark(question, worst_answer(question)).feedback
                labels = {one.label for one in found}
                assert labels <= set(question.right_answers()) or question.kind == "value"
    assert find_question(ORDER.id).right_answers()["Place 1"]


def test_points_by_hand_give_no_right_answer_away(tmp_path: Path) -> None:
    [first, *_] = [each.id for each in SEVERAL.options if each.verdict == "correct"]  # type: ignore[attr-defined]
    rule = f'[override."Ada"]\n{SEVERAL.id} = {{ points = 0.25, reason = "Argued." }}\n'
    page = text_of(made(tmp_path, entry(SEVERAL.id, [first]), policy=rule))
    assert "Argued." in page and "not chosen." in page
    assert "Missed" not in page


def test_a_name_from_a_list_is_written_as_it_is_spoken(tmp_path: Path) -> None:
    """Prevents a page that calls its reader Lovelace, Ada, as Canvas lists her."""
    page = text_of(made(tmp_path, entry(CHOICE.id, best_answer(CHOICE)), name="Lovelace, Ada"))
    assert page.startswith("Feedback for Ada Lovelace")
