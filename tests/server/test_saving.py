"""What is saved of a lesson is the lesson as it was shipped; other notebooks are left alone."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from cybernorms.exercises.shipped import notebooks_in
from cybernorms.server.saving import Saving
from tests.paths import ROOT

LESSON = "notebooks/02-un-norms.ipynb"
OUTPUT = {"output_type": "stream", "name": "stdout", "text": "told"}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with all notebooks of the module, inside what a server shows."""
    for path, content in notebooks_in(ROOT).items():
        target = tmp_path / "course" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path


def run(content: bytes) -> dict[str, Any]:
    """Return a notebook as JupyterLab has it after all cells were run."""
    notebook: dict[str, Any] = json.loads(content)
    notebook["metadata"]["language_info"] |= {"version": "3.12.1", "file_extension": ".py"}
    notebook["metadata"]["widgets"] = {"state": {}}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"trusted": True, "execution": {"iopub.status.busy": "now"}}
        if cell["cell_type"] == "code":
            cell |= {"execution_count": number, "outputs": [OUTPUT]}
    return notebook


def saved(root: Path, path: str, notebook: dict[str, Any]) -> dict[str, Any]:
    """Return what is written when a notebook is saved."""
    model = {"type": "notebook", "content": notebook}
    saving = Saving(SimpleNamespace(root_dir=str(root)))
    saving.keep_as_shipped(model, path=path, contents_manager=None)
    return notebook


@pytest.mark.parametrize("path", notebooks_in(ROOT))
def test_a_lesson_that_was_run_is_saved_byte_for_byte_as_it_was_shipped(
    course: Path, path: str
) -> None:
    """Prevents an update that stops at a lesson which somebody has only run."""
    shipped = (course / "course" / path).read_bytes()
    content = saved(course, f"course/{path}", run(shipped))
    written = nbformat.writes(nbformat.from_dict(content)) + "\n"
    assert written.encode() == shipped


def test_what_a_person_wrote_in_a_lesson_is_saved(course: Path) -> None:
    """Prevents notes in a lesson that are lost when it is saved."""
    notebook = run((course / "course" / LESSON).read_bytes())
    notebook["cells"][1]["source"] = "My notes"
    kept = saved(course, f"course/{LESSON}", notebook)
    assert kept["cells"][1]["source"] == "My notes"
    code = [each for each in kept["cells"] if each["cell_type"] == "code"]
    assert code and all(each["outputs"] == [] for each in code)


@pytest.mark.parametrize(
    "path", ["own.ipynb", "course/own.ipynb", "course/notebooks/own.ipynb", "../02-un-norms.ipynb"]
)
def test_a_notebook_that_is_not_ours_is_left_alone(course: Path, path: str) -> None:
    """Prevents outputs of somebody's own work that are gone after a save."""
    notebook = run((course / "course" / LESSON).read_bytes())
    before = copy.deepcopy(notebook)
    assert saved(course, path, notebook) == before


def test_another_notebook_under_the_name_of_a_lesson_is_left_alone(course: Path) -> None:
    """Prevents a teacher's own notebook from losing its outputs because of its name."""
    notebook = run((course / "course" / LESSON).read_bytes())
    for cell in notebook["cells"]:
        cell["id"] = f"own-{cell['id']}"
    before = copy.deepcopy(notebook)
    assert saved(course, f"course/{LESSON}", notebook) == before


@pytest.mark.parametrize(
    "model",
    [
        {"type": "file", "format": "text", "content": "told"},
        {"type": "directory", "content": None},
        {"type": "notebook", "content": None},
        {"type": "notebook", "content": {}},
        {"type": "notebook", "content": {"cells": [None, {"id": 3}, {"cell_type": "code"}]}},
    ],
    ids=["a file", "a folder", "no content", "an empty notebook", "a damaged notebook"],
)
def test_what_is_no_full_notebook_is_left_alone(course: Path, model: dict[str, Any]) -> None:
    # An exception in a hook would be told to a learner as "save failed".
    before = copy.deepcopy(model)
    for root in (str(course), "", None):
        Saving(SimpleNamespace(root_dir=root)).keep_as_shipped(model, path=f"course/{LESSON}")
    assert model == before
