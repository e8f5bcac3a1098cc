"""Graded questions as source notebooks for nbgrader, for courses that run it.

Students answer in the same forms as ever; their answers are kept in a file beside the notebook,
which nbgrader collects, and a locked cell for each question reads it and gives the points.
nbgrader runs what students hand in: use it only where their code may run.
Form: https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cybernorms.classroom.export.exports import Export, Note, graded, without_points
from cybernorms.classroom.export.question_texts import (
    FOR_GRADERS,
    criteria_text,
    grader_lines,
    graders_file,
)
from cybernorms.classroom.nbgrader import ANSWERS
from cybernorms.exercises.feedback import paragraphs
from cybernorms.exercises.kinds import Value, Written
from cybernorms.exercises.masters import Notebook, to_json
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import must_have_keys

SCHEMA = 3
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "cybernorms"
c.ExecutePreprocessor.timeout = 120
"""
SETUP = f"""\
import os
os.environ["CYBERNORMS_WORK"] = "{ANSWERS}"
from cybernorms import ask"""


def _cell(kind: str, id: str, source: str, **grading: Any) -> dict[str, Any]:
    """Return a cell; with `grading`, one that nbgrader knows."""
    metadata: dict[str, Any] = {"deletable": False}
    if grading:
        known = {"grade": False, "locked": True, "solution": False, "task": False}
        metadata["nbgrader"] = {"grade_id": id, "schema_version": SCHEMA, **known, **grading}
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": id,
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _cells_of(question: Question) -> list[dict[str, Any]]:
    if isinstance(question, Written):
        return _written(question)
    call = f'from cybernorms.classroom.nbgrader import points\npoints("{question.id}")'
    return [
        _cell("code", question.id, f'ask("{question.id}")', grade=False),
        _cell("code", f"{question.id}-points", call, grade=True, points=question.points),
    ]


def _written(question: Written) -> list[dict[str, Any]]:
    """Return a prompt, and a cell to write in that a teacher grades."""
    least, most = question.words
    prompt = "\n\n".join(paragraphs(question.prompt))
    text = f"{prompt}\n\nWrite {least} to {most} words. {criteria_text(question)}"
    writing = {"grade": True, "solution": True, "locked": False, "points": question.points}
    return [
        _cell("markdown", question.id, text, grade=False),
        _cell("markdown", f"{question.id}-text", "Write your answer in this cell.", **writing),
    ]


def source_notebook(each: QuestionSet) -> Notebook:
    """Return the source notebook of a set for nbgrader."""
    title = (
        f"# {each.title}\n\n"
        "Choose **Run**, then **Run All Cells**, and answer each question.\n"
        f"Your answers are kept in the folder `{ANSWERS}` beside this notebook: "
        "hand the folder in together with it."
    )
    cells = [
        _cell("markdown", "title", title, grade=False),
        _cell("code", "setup", SETUP, grade=False),
    ]
    number = 0
    for question in graded(each):
        if not isinstance(question, Value):
            number += 1
            heading = f"question-{number}"
            cells.append(_cell("markdown", heading, f"## Question {number}", grade=False))
            cells += _cells_of(question)
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def nbgrader(sets: Sequence[QuestionSet]) -> Export:
    """Return a course folder for nbgrader with a source notebook for each set with points.

    Raises:
        CyberNormsError: questions have no key here.
    """
    must_have_keys(sets, "Questions cannot be exported")
    files = {"nbgrader_config.py": CONFIG.encode("utf-8")}
    notes = [
        Note("nbgrader runs the code that students hand in: let it run in a container"),
        Note("Reasons are shown by the forms, and not in nbgrader's feedback"),
        Note(
            "cybernorms must be installed with its keys where nbgrader runs; without it nbgrader "
            "counts every answer as nothing"
        ),
    ]
    for_graders: dict[str, list[str]] = {each.title: [] for each in sets}
    for each in sets:
        if graded(each):
            path = f"source/{each.id}/{each.id}.ipynb"
            files[path] = to_json(source_notebook(each)).encode("utf-8")
        for question in graded(each):
            if isinstance(question, Written):
                notes.append(Note("A teacher grades it in the formgrader", question.id))
                told = f"Rubric and example are in {FOR_GRADERS}, for the grader"
                notes.append(Note(told, question.id))
                for_graders[each.title] += grader_lines(question)
            if isinstance(question, Value):
                notes.append(Note("What is computed in code is left out", question.id))
    notes += without_points(sets)
    return Export("nbgrader", files | graders_file(for_graders), notes)
