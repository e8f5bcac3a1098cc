"""Quizzes for Canvas: taken by text2qti, on one scale, with nothing told too early."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest

from cybernorms.classroom.export.exports import Note
from cybernorms.classroom.export.qti import qti, quiz_of
from cybernorms.classroom.export.question_texts import FOR_GRADERS
from cybernorms.classroom.export.quiz_text import text_line
from cybernorms.exercises.feedback import paragraphs
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Question, QuestionSet
from tests.factories import all_made_up, made_up


def set_of(*questions: Question) -> QuestionSet:
    return QuestionSet("90-made-up", "Made up", "1", questions)


def quiz_text(each: QuestionSet) -> tuple[str, list[Note]]:
    """Return a quiz as text2qti reads it, and what is said of it."""
    quiz = quiz_of(each)
    return quiz.text(each.title), quiz.notes


def item_texts(data: bytes) -> list[str]:
    """Return the prompt of each question in a QTI zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(
            name
            for name in archive.namelist()
            if "assessment_" in name and name.endswith(".xml") and "meta" not in name
        )
        root = ET.fromstring(archive.read(name))
    space = {"q": root.tag[1:].split("}")[0]}
    return [
        item.findtext("q:presentation/q:material/q:mattext", "", space)
        for item in root.iter(f"{{{space['q']}}}item")
    ]


def points_in(text: str) -> list[str]:
    return [line.removeprefix("Points: ") for line in text.splitlines() if "Points: " in line]


def test_every_set_with_points_becomes_a_zip_that_text2qti_takes() -> None:
    export = qti(load_question_sets())
    for each in load_question_sets():
        if each.points:
            texts = item_texts(export.files[f"{each.id}.zip"])
            assert len(texts) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "Is 2 * 3 < $7 & [a] #1 in _this_ {case}? 1. `x` ~y~ ^z^ |",
        "12. The twelfth",
        "1) The first",
        "- a dash",
        "+ a plus",
    ],
)
def test_text_with_marks_comes_through_text2qti_unchanged(text: str) -> None:
    """Prevents emphasis, formulas and code where an author wrote an asterisk or a dollar."""
    question = made_up("choice", prompt=text, passages=[])
    (html,) = item_texts(qti([set_of(question)]).files["90-made-up.zip"])
    plain = "".join(ET.fromstring(f"<div>{html}</div>").itertext()).strip()
    assert plain == text


def test_the_zips_have_the_same_bytes_whenever_they_are_made() -> None:
    sets = [set_of(made_up("choice", passages=[]))]
    assert qti(sets).files == qti(sets).files


def test_a_choice_has_one_answer_that_counts_and_a_reason_for_each() -> None:
    text, notes = quiz_text(set_of(made_up("choice")))
    lines = text.splitlines()
    assert "*a) Article 4(d), on dog-ears" in lines
    assert "b) Article 4(e), on lending to a cousin" in lines
    assert sum(line.startswith("... ") for line in lines) == 4
    assert any("defensible option brings nothing" in note.text for note in notes)


def test_a_defensible_option_among_several_is_left_out_and_named() -> None:
    """Prevents Canvas from counting an arguable choice as wrong."""
    text, notes = quiz_text(set_of(made_up("several")))
    assert "Tea stains" not in text
    assert any("“Tea stains” is left out" in note.text for note in notes)


def test_a_match_becomes_a_question_for_each_item_and_says_so() -> None:
    text, notes = quiz_text(set_of(made_up("match", points=3)))
    assert points_in(text) == ["1", "1", "1"]
    assert "It became 3 questions of 1 point" in {note.text for note in notes}


def test_points_are_multiplied_so_that_parts_keep_their_weight() -> None:
    """Prevents a match of one point from counting three times as much as a choice of one."""
    questions = [made_up("match", points=1), made_up("choice", points=1)]
    text, notes = quiz_text(set_of(*questions))
    assert points_in(text) == ["1", "1", "1", "3"]
    assert any("are multiplied by 3" in note.text for note in notes if not note.question)


@pytest.mark.parametrize("each", [each for each in load_question_sets() if each.points])
def test_no_question_of_the_module_changes_its_weight_by_more_than_a_quarter(
    each: QuestionSet,
) -> None:
    quiz = quiz_of(each)
    totals: dict[str, float] = {}
    for entry in quiz.entries:
        totals[entry.question] = totals.get(entry.question, 0) + entry.points
    points = {question.id: question.points * quiz.factor for question in each.questions}
    assert {id: total / points[id] for id, total in totals.items()} == {
        id: pytest.approx(1, abs=0.25) for id in totals
    }
    assert quiz.notes[0].text.startswith(f"{each.id}: its points add up to {quiz.points:g}")
    for id, total in totals.items():
        if total != pytest.approx(points[id]):
            assert any("in place of" in note.text for note in quiz.notes if note.question == id)


def test_points_that_are_no_halves_become_the_nearest_half_and_are_told() -> None:
    text, notes = quiz_text(set_of(made_up("choice", points=7.3)))
    assert points_in(text) == ["7.5"]
    assert "7.5 points in place of 7.3" in {note.text for note in notes}


def test_a_number_too_near_zero_for_text2qti_is_left_out_and_told() -> None:
    text, notes = quiz_text(set_of(made_up("number", answer=0, tolerance=0)))
    assert "Points:" not in text
    assert any("the question is left out" in note.text for note in notes)


def test_every_kind_is_exported_to_canvas_or_told() -> None:
    for question in all_made_up():
        text, notes = quiz_text(set_of(question))
        left_out = any("the question is left out" in note.text for note in notes)
        assert (f"Title: {question.id}" in text) != left_out


def test_every_question_of_the_module_is_in_a_quiz_or_told() -> None:
    sets = load_question_sets()
    entries = {entry.question for each in sets for entry in quiz_of(each).entries}
    said = ("the question is left out", "It brings no points, and is left out")
    gone = {note.question for note in qti(sets).notes if note.text.endswith(said)}
    for question in (one for each in sets for one in each.questions):
        assert (question.id in entries) != (question.id in gone), question.id


def test_a_line_of_text_holds_no_line_break() -> None:
    assert "\n" not in text_line("a\n1. b\n*c) d")


@pytest.mark.parametrize(
    ("answer", "tolerance", "expected"),
    [
        (4, 0, "= 4"),
        (0.5, 0, "= 0.5 +- 0"),
        (5, 1, "= [4, 6]"),
        (0.52, 0.011, "= [0.509, 0.531]"),
        (0.7, 0.4, "= [0.3, 1.1]"),
        (-3, 0.5, "= [-3.5, -2.5]"),
    ],
)
def test_what_counts_as_right_is_a_range_without_a_rest(
    answer: float, tolerance: float, expected: str
) -> None:
    """Prevents a margin of 0.3000000000000007, which Canvas shows to teachers."""
    question = made_up("number", answer=answer, tolerance=tolerance, wide_tolerance=2, mistake=[])
    text, _ = quiz_text(set_of(question))
    assert expected in text.splitlines()


def test_a_range_that_four_decimals_cannot_hold_is_told() -> None:
    wanted = {"answer": 0.5, "tolerance": 0.00001, "wide_tolerance": 0.1, "mistake": []}
    notes = quiz_of(set_of(made_up("number", **wanted))).notes
    (note,) = [each for each in notes if "four decimals" in each.text]
    assert note.amount == "0.49999 to 0.50001"


def test_the_criteria_stand_in_the_prompt_on_the_scale_of_the_question() -> None:
    """Prevents 3 of 18 points for a full answer."""
    written = made_up("written")
    quiz = quiz_of(set_of(made_up("match", points=1), written))
    assert quiz.factor > 1
    (entry,) = [each for each in quiz.entries if each.question == written.id]
    assert entry.points == written.points * quiz.factor
    for each in written.criteria:
        assert f"{each.name} ({each.points * quiz.factor:g} points)" in entry.prompt
    assert f"({written.criteria[0].points * quiz.factor:g} points)" in "".join(quiz.for_graders)


def test_students_see_nothing_of_a_full_answer() -> None:
    """Prevents an example that is told to whoever has not handed in yet."""
    sets = load_question_sets()
    export = qti(sets)
    for_graders = export.files[FOR_GRADERS].decode("utf-8")
    given = "".join(data.decode("utf-8") for name, data in export.files.items() if is_quiz(name))
    asked = [one for each in sets for one in each.questions if isinstance(one, Written)]
    assert len(asked) >= 6
    for question in asked:
        secrets = [level.text for each in question.criteria for level in each.levels[:3]]
        for secret in (*secrets, *paragraphs(question.exemplar)):
            assert secret in for_graders
            assert text_line(secret) not in given, question.id


def is_quiz(name: str) -> bool:
    return name.endswith(".txt") and name != FOR_GRADERS


def test_no_sentence_ends_in_two_full_stops_and_one_point_is_a_point() -> None:
    for name, data in qti(load_question_sets()).files.items():
        if name.endswith(".txt"):
            text = data.decode("utf-8").replace("...", "")
            assert ".." not in text and "(1 points)" not in text, name
