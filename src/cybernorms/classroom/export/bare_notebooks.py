"""Notebooks as students get them in a package: what is asked, and nothing that answers it.

Nothing is copied by leaving something out: what a cell keeps is listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from cybernorms.classroom.export.bare_code import bare_cells
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.masters import CHECKED, TEACHER, Notebook
from cybernorms.exercises.questions import QuestionSet

HEAD = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
KINDS = ("code", "markdown", "raw")
FLAGS = ("deletable", "editable")
_HIDDEN = re.compile("<!--.*?(?:-->|$)", re.DOTALL)

NOTE = (
    "**In this copy, graded questions save your answer and say no more.**\n"
    "Press **Save**; you may answer again, and your teacher marks what you hand in."
)


def read_notebook(text: str, name: str) -> Notebook:
    """Return a notebook of the form that Jupyter writes today.

    Raises:
        CyberNormsError: it is none.
    """
    try:
        notebook: Notebook = json.loads(text)
        whole = notebook["nbformat"] == 4 and all(
            cell["cell_type"] in KINDS
            and isinstance("".join(cell["source"]), str)
            and isinstance(cell.get("metadata", {}), dict)
            for cell in notebook["cells"]
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        whole = False
    if not whole:
        raise CyberNormsError(
            "This notebook cannot be read",
            where=name,
            remedy="Open and save it in JupyterLab, or restore it from a fresh copy",
        )
    return notebook


def bare_notebook(
    notebook: Notebook, name: str, ids: Collection[str], *, notes: bool = False
) -> Notebook:
    """Return a notebook without answers, solutions, outputs and what a program has kept in it.

    Cells tagged `teacher` are left out.

    Arguments:
        notebook: as `read_notebook` returns it.
        name: of the notebook, for errors.
        ids: of the graded questions.
        notes: whether comments in code and in markup stay, as they do in lessons.

    Raises:
        CyberNormsError: code cannot be read, or an answer may be left in it.
    """
    cells = [cell for cell in notebook["cells"] if TEACHER not in _tags(cell)]
    code = [_source(cell) for cell in cells if cell["cell_type"] == "code"]
    bare = iter(bare_cells(code, name, ids, comments=notes))
    made = []
    for cell in cells:
        if cell["cell_type"] == "code":
            made.append(_cell(cell, next(bare)))
        else:
            made.append(_cell(cell, _source(cell) if notes else _HIDDEN.sub("", _source(cell))))
    return {
        "cells": made,
        "metadata": HEAD,
        "nbformat": 4,
        "nbformat_minor": notebook.get("nbformat_minor", 5),
    }


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: Mapping[str, Any]) -> list[str]:
    tags = cell.get("metadata", {}).get("tags", [])
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _cell(cell: Mapping[str, Any], source: str) -> dict[str, Any]:
    before = cell.get("metadata", {})
    metadata: dict[str, Any] = {
        flag: before[flag] for flag in FLAGS if isinstance(before.get(flag), bool)
    }
    if tags := [tag for tag in _tags(cell) if tag != CHECKED]:
        metadata["tags"] = tags
    made: dict[str, Any] = {"cell_type": cell["cell_type"], "metadata": metadata}
    if "id" in cell:
        made["id"] = cell["id"]
    if cell["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": []}
    return made | {"source": source.splitlines(keepends=True)}


def with_note(notebook: Notebook) -> Notebook:
    """Return an exercise notebook that says that it saves and does not explain."""
    first, rest = notebook["cells"][:1], notebook["cells"][1:]
    return {**notebook, "cells": [*first, new_cell("keys-withheld", NOTE), *rest]}


def exercise_notebook(each: QuestionSet) -> Notebook:
    """Return a notebook that asks the questions of a set, for sets that come without one."""
    cells = [
        new_cell("title", f"# {each.title}\n\nAnswer and press the button below each question."),
        new_cell("setup", "from cybernorms import ask, check, data, progress", code=True),
    ]
    cells += [new_cell(one.id, f'ask("{one.id}")', code=True) for one in each.questions]
    cells.append(new_cell("progress", "progress()", code=True))
    return {"cells": cells, "metadata": HEAD, "nbformat": 4, "nbformat_minor": 5}


def new_cell(id: str, source: str, *, code: bool = False) -> dict[str, Any]:
    """Return a cell that a student can neither change nor delete by accident."""
    about = {"id": id, "metadata": dict.fromkeys(FLAGS, False)}
    return _cell({"cell_type": "code" if code else "markdown", **about}, source)
