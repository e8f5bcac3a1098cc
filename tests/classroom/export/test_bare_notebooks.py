"""Notebooks that students get: what a cell keeps is listed, and all else stays behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cybernorms.classroom.export.bare_notebooks import (
    bare_notebook,
    exercise_notebook,
    read_notebook,
    with_note,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.questions import QuestionSet
from tests.factories import made_up

SECRET = "the-second-one"
IDS = {"own-only"}


def cell(kind: str, source: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": kind, "metadata": {}, "source": source}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made | more


def notebook(*cells: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"cells": [*cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more


def bared(*cells: dict[str, Any], **more: Any) -> dict[str, Any]:
    whole = read_notebook(json.dumps(notebook(*cells, **more)), "own.ipynb")
    return bare_notebook(whole, "own.ipynb", IDS)


def hidden_everywhere() -> dict[str, Any]:
    """Return a notebook with the key wherever a program or an author may leave it."""
    output = {"output_type": "stream", "name": "stdout", "text": [SECRET]}
    about = {"tags": ["keep", "nbval-check-output"], "deletable": False, "editable": SECRET}
    noted = about | {"note": SECRET, "execution": {"iopub": SECRET}, "trusted": SECRET}
    return notebook(
        cell("markdown", f"Read. <!-- {SECRET} -->\n", attachments={SECRET: {"a/b": SECRET}}),
        cell(
            "code",
            f'ask("own-only", "{SECRET}")  # {SECRET}',
            metadata=noted,
            outputs=[output],
            execution_count=7,
            comment=SECRET,
        ),
        cell("markdown", SECRET, metadata={"tags": ["teacher"]}),
        metadata={
            "kernelspec": {"name": SECRET, "display_name": SECRET, "language": "python"},
            "language_info": {"name": "python", "version": SECRET},
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": SECRET}},
            "title": SECRET,
        },
        signature=SECRET,
    )


def test_the_key_is_nowhere_in_what_is_left() -> None:
    """Prevents widget state, notes and outputs from telling what feedback said."""
    made = bare_notebook(hidden_everywhere(), "own.ipynb", IDS)
    assert SECRET not in json.dumps(made)
    code = made["cells"][1]
    assert code["source"] == ['ask("own-only")']
    assert code["metadata"] == {"deletable": False, "tags": ["keep"]}
    assert (code["outputs"], code["execution_count"]) == ([], None)
    assert set(made["metadata"]) == {"kernelspec", "language_info"}
    assert set(made) == {"cells", "metadata", "nbformat", "nbformat_minor"}


def test_the_search_finds_the_key_where_it_is() -> None:
    assert json.dumps(hidden_everywhere()).count(SECRET) > 12


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"nbformat": 3, "worksheets": []}',
        '{"nbformat": 4, "cells": [{"cell_type": "code"}]}',
        '{"nbformat": 4, "cells": [{"cell_type": "heading", "source": "a"}]}',
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}',
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a", "metadata": []}]}',
    ],
)
def test_what_is_no_notebook_of_today_is_refused_by_name(text: str) -> None:
    with pytest.raises(CyberNormsError, match=r"cannot be read \(own\.ipynb\)"):
        read_notebook(text, "own.ipynb")


def test_code_that_cannot_be_read_names_the_notebook() -> None:
    with pytest.raises(CyberNormsError, match=r"own\.ipynb, code cell 2"):
        bared(cell("code", "a = 1"), cell("markdown", "%"), cell("code", "%matplotlib inline"))


def test_markup_of_lessons_keeps_its_notes() -> None:
    lesson = notebook(cell("markdown", "a <!-- b -->"), cell("code", "# Say what it shows.\na"))
    made = bare_notebook(lesson, "lesson.ipynb", IDS, notes=True)
    assert ["".join(each["source"]) for each in made["cells"]] == [
        "a <!-- b -->",
        "# Say what it shows.\na",
    ]


def test_an_exercise_notebook_says_that_it_saves_and_explains_nothing() -> None:
    each = QuestionSet("90-own", "Own", "", (made_up("choice"),))
    made = with_note(exercise_notebook(each))
    assert "save your answer and say no more" in "".join(made["cells"][1]["source"])
    assert 'ask("made-up-choice")' in ["".join(one["source"]) for one in made["cells"]]
    assert with_note(notebook())["cells"]
