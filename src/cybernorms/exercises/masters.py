"""Make the student notebook of an exercise set from its master, which has the answers in it.

Notebooks are plain JSON here, so that this needs nothing but the standard library.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cybernorms.errors import CyberNormsError

Notebook = dict[str, Any]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
PLACEHOLDER = "# Write your code here."
CHECKED = "nbval-check-output"
TEACHER = "teacher"


def without_solution(source: str) -> str:
    """Return code with each marked solution replaced by a line that invites one.

    >>> print(without_solution("a = None\\n### BEGIN SOLUTION\\na = 1\\n### END SOLUTION\\nb = a"))
    a = None
    # Write your code here.
    b = a

    Raises:
        CyberNormsError: a solution begins without ending, or ends without beginning.
    """
    kept, inside = [], False
    for line in source.split("\n"):
        mark = line.strip()
        if mark in (BEGIN, END):
            if inside == (mark == BEGIN):
                raise CyberNormsError(
                    f"The line {mark!r} has no partner", remedy=f"Write {BEGIN} … {END} in pairs"
                )
            inside = mark == BEGIN
            if inside:
                kept.append(line[: len(line) - len(line.lstrip())] + PLACEHOLDER)
        elif not inside:
            kept.append(line)
    if inside:
        raise CyberNormsError(f"The line {BEGIN!r} has no partner", remedy=f"Write {END} below")
    return "\n".join(kept)


def _answers_in(source: str) -> Iterator[tuple[ast.Call, ast.keyword]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ask":
            yield from ((node, keyword) for keyword in node.keywords if keyword.arg == "answer")


def without_answers(source: str) -> str:
    """Return code with the argument `answer` taken out of every call of `ask`.

    A call that was broken over lines for the sake of a long answer is one line again.

    >>> without_answers('ask("un-restraint", answer="f")')
    'ask("un-restraint")'
    """
    stripped = source
    for call, keyword in _answers_in(source):
        whole, answer = (ast.get_source_segment(source, each) or "" for each in (call, keyword))
        kept = re.sub(rf",\s*{re.escape(answer)}", "", whole)
        if keyword is call.keywords[-1]:
            kept = re.sub(r"\(\s*(.*?)[\s,]*\)\Z", r"(\1)", kept, flags=re.DOTALL)
        stripped = stripped.replace(whole, kept)
    return stripped


def answers_of(notebook: Notebook) -> dict[str, Any]:
    """Return the answers that a master gives, by question id."""
    found = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            for call, keyword in _answers_in(_source(cell)):
                found[ast.literal_eval(call.args[0])] = ast.literal_eval(keyword.value)
    return found


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _student_cell(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = {key: value for key, value in cell["metadata"].items() if key != "execution"}
    tags = [tag for tag in metadata.pop("tags", []) if tag != CHECKED]
    if tags:
        metadata["tags"] = tags
    made = {"cell_type": cell["cell_type"], "id": cell["id"], "metadata": metadata}
    source = _source(cell)
    if cell["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": []}
        source = without_answers(without_solution(source))
    made["source"] = source.splitlines(keepends=True)
    return made


def student_notebook(master: Notebook) -> Notebook:
    """Return the student's form of a master: no answers, no solutions, no outputs.

    Cells tagged `teacher` are left out.
    """
    cells = [
        _student_cell(cell)
        for cell in master["cells"]
        if TEACHER not in cell["metadata"].get("tags", [])
    ]
    metadata = {key: master["metadata"][key] for key in sorted(master["metadata"])}
    return {
        "cells": cells,
        "metadata": metadata,
        "nbformat": master["nbformat"],
        "nbformat_minor": master["nbformat_minor"],
    }


def to_json(notebook: Notebook) -> str:
    """Return a notebook as Jupyter writes it, so that saving it changes nothing."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def make_student_notebooks(exercises: Path) -> list[Path]:
    """Write the student notebook of every master in `solutions/` and return those that changed.

    Raises:
        CyberNormsError: there is no master, or one cannot be read.
    """
    masters = sorted((exercises / "solutions").glob("*.ipynb"))
    if not masters:
        raise CyberNormsError(
            "There are no masters, the exercise notebooks with their answers",
            where=str(exercises / "solutions"),
            remedy="Run this in the folder of the module as it is downloaded, or name its folder "
            "with --exercises; to have the student notebooks, run: cybernorms lessons --to FOLDER",
        )
    changed = []
    for path in masters:
        try:
            made = to_json(student_notebook(json.loads(path.read_text(encoding="utf-8"))))
        except (ValueError, KeyError, SyntaxError) as error:
            raise CyberNormsError(
                f"This master cannot be read: {error}", where=path.name, remedy="Restore it"
            ) from None
        student = exercises / path.name
        if not student.is_file() or student.read_text(encoding="utf-8") != made:
            student.write_text(made, encoding="utf-8", newline="\n")
            changed.append(student)
    return changed


def tidy(notebook: Notebook) -> Notebook:
    """Return a master as it is stored: no times of running, and outputs only where compared."""
    number = 0
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            number += 1
            compared = CHECKED in cell["metadata"].get("tags", [])
            cell["execution_count"] = number if compared else None
            cell["outputs"] = cell["outputs"] if compared else []
            for output in cell["outputs"]:
                output.pop("execution_count", None)
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"]["language_info"] = {"name": "python"}
    return notebook


def run_masters(exercises: Path) -> list[Path]:
    """Run every master in a fresh kernel, store its outputs and return those that changed.

    The answers go to a record that is thrown away. Needs nbclient, which comes with JupyterLab.

    Raises:
        CyberNormsError: a cell of a master fails.
    """
    import os
    import tempfile

    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    changed = []
    for path in sorted((exercises / "solutions").glob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
        with tempfile.TemporaryDirectory() as work:
            environment = os.environ | {"CYBERNORMS_WORK": work}
            client = NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}})
            try:
                client.execute(env=environment)
            except CellExecutionError as error:
                raise CyberNormsError(
                    f"A cell fails: {error.ename}: {error.evalue}",
                    where=path.name,
                    remedy="Mend the cell, or the question that it asks",
                ) from None
        after = to_json(tidy(json.loads(nbformat.writes(notebook))))
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
