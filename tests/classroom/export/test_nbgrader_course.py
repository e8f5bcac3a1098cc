"""nbgrader: the source notebooks, and nbgrader itself generating, grading and exporting them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.export.exports import graded, write_export
from cybernorms.classroom.export.nbgrader_course import nbgrader, source_notebook
from cybernorms.classroom.export.question_texts import FOR_GRADERS
from cybernorms.classroom.nbgrader import points
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question, load_question_sets, read_question
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.record import Record
from cybernorms.exercises.withheld import withhold
from tests.answers import best_answer, worst_answer
from tests.factories import ANYTHING, made_up, made_up_table
from tests.nbgrader_course import CannotInstall, Course, install

SET = "one-of-each"


def notebook(*questions: Question) -> dict[str, Any]:
    return source_notebook(QuestionSet("90-made-up", "Made up", "1", questions))


def graded_cells(*questions: Question) -> list[dict[str, Any]]:
    return [
        cell
        for cell in notebook(*questions)["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    ]


def test_every_cell_has_a_grade_id_of_its_own() -> None:
    cells = notebook(*[made_up(kind) for kind in ("choice", "match", "written")])["cells"]
    ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells]
    assert ids == [cell["id"] for cell in cells]
    assert len(set(ids)) == len(ids)


def test_a_question_is_a_form_and_a_locked_cell_that_gives_points() -> None:
    form, cell = notebook(made_up("choice"))["cells"][-2:]
    assert "".join(form["source"]) == 'ask("made-up-choice")'
    assert 'points("made-up-choice")' in "".join(cell["source"])
    assert cell["metadata"]["nbgrader"]["locked"] is True
    assert cell["metadata"]["nbgrader"]["points"] == 2


def test_a_written_question_is_a_cell_that_a_teacher_grades() -> None:
    (cell,) = graded_cells(made_up("written"))
    assert cell["cell_type"] == "markdown"
    assert cell["metadata"]["nbgrader"]["solution"] is True
    prompt = "".join(notebook(made_up("written"))["cells"][-2]["source"])
    assert "What counts: What it covers (2 points); Choice of words (2 points)" in prompt


def test_rubric_and_example_are_for_whoever_grades_alone() -> None:
    """Prevents students from reading what a full answer says before they write one."""
    question = made_up("written")
    export = nbgrader([QuestionSet("90-made-up", "Made up", "1", (question,))])
    holding = [name for name, data in export.files.items() if b"Covers cousins" in data]
    assert holding == [FOR_GRADERS]
    assert question.exemplar in export.files[FOR_GRADERS].decode("utf-8")


def test_no_answer_stands_in_a_source_notebook() -> None:
    for each in load_question_sets():
        text = json.dumps(source_notebook(each))
        assert "answer=" not in text
        for question in graded(each):
            if isinstance(question, Written):
                assert json.dumps(question.exemplar)[1:-1] not in text


def test_only_graded_questions_are_exported_and_what_is_left_out_is_told() -> None:
    export = nbgrader([QuestionSet("90-made-up", "Made up", "1", (made_up("value"),))])
    assert "What is computed in code is left out" in {note.text for note in export.notes}
    assert "made-up-value" not in str(export.files)


def test_teachers_are_warned_that_nbgrader_runs_what_students_hand_in() -> None:
    assert any("runs the code" in note.text for note in nbgrader(load_question_sets()).notes)


def test_points_are_those_of_the_last_answer(tmp_path: Path) -> None:
    question = find_question("law-notes")
    record = Record(tmp_path)
    record.append(question.id, question.revision, worst_answer(question))
    assert points(question.id, tmp_path) == mark(question, worst_answer(question)).points
    record.append(question.id, question.revision, best_answer(question))
    assert points(question.id, tmp_path) == question.points


def test_points_of_what_was_not_answered_are_zero_and_not_silence(tmp_path: Path) -> None:
    """Prevents full points for a blank, for nbgrader takes silence for full points."""
    assert points("law-notes", tmp_path) == 0.0


@pytest.fixture
def withheld(monkeypatch: pytest.MonkeyPatch) -> Question:
    table = withhold(made_up_table("choice"))
    bare = read_question(table, "made_up.toml", ANYTHING)
    monkeypatch.setattr("cybernorms.classroom.nbgrader.find_question", lambda _: bare)
    return bare


def test_a_student_without_keys_reads_who_marks(
    withheld: Question, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert points(withheld.id, tmp_path) is None
    assert capsys.readouterr().out == "Your teacher marks this.\n"


def test_nbgrader_is_stopped_where_keys_are_withheld(
    withheld: Question, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents full points for everybody, for nbgrader takes silence for full points."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(CyberNormsError, match="has no key"):
        points(withheld.id, tmp_path)


# With nbgrader itself.


def small_set() -> QuestionSet:
    """Return a set with the first graded question of each kind that the module has."""
    questions = [question for each in load_question_sets() for question in graded(each)]
    firsts = {question.kind: question for question in reversed(questions)}
    return QuestionSet(SET, "One of each kind", "1", tuple(firsts.values()))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course with the export of one set, or pass over where there is no network."""
    folder = tmp_path_factory.mktemp("nbgrader")
    try:
        python = install(folder / "environment")
    except CannotInstall as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(problem))
    write_export(nbgrader([small_set()]), folder / "course")
    return Course(folder / "course", python)


@pytest.mark.slow
@pytest.mark.nbgrader
def test_nbgrader_generates_grades_and_exports_with_the_marks_of_this_module(
    course: Course,
) -> None:
    each = small_set()
    questions = [question for question in each.questions if not isinstance(question, Written)]
    best = {question.id: best_answer(question) for question in questions}
    mixed = {
        question.id: (best_answer if place % 2 else worst_answer)(question)
        for place, question in enumerate(questions)
        if place != 1
    }
    course.run("generate_assignment", SET)
    course.submit("made-up-best", SET, best)
    course.submit("made-up-mixed", SET, mixed)
    course.submit("made-up-blank", SET, {})
    course.run("autograde", SET)
    scores = {row["student_id"]: float(row["score"]) for row in course.grades()}
    assert scores["made-up-best"] == sum(question.points for question in questions)
    expected = sum(
        mark(question, mixed[question.id]).points or 0
        for question in questions
        if question.id in mixed
    )
    assert 0 < expected < scores["made-up-best"]
    assert scores["made-up-mixed"] == pytest.approx(expected, abs=1e-3)
    assert scores["made-up-blank"] == 0
    assert {float(row["max_score"]) for row in course.grades()} == {each.points}
