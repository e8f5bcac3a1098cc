"""The student notebook is the master without its answers, and nothing else is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.masters import (
    make_student_notebooks,
    student_notebook,
    without_answers,
    without_solution,
)


def master(*sources: str, tags: list[str] | None = None) -> dict:
    """Return a tiny master with a code cell for each source."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{place}",
            "metadata": {"tags": tags or ["nbval-check-output"], "deletable": False},
            "source": source,
            "execution_count": 1,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "told"}],
        }
        for place, source in enumerate(sources)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('ask("one", answer="f")', 'ask("one")'),
        ('ask("one", answer=["a", "b"])  # why', 'ask("one")  # why'),
        ('ask(\n    "one",\n    answer={"a": 1},\n)', 'ask("one")'),
        (
            'ask(\n    "one",\n    answer=1,\n    again=True,\n)',
            'ask(\n    "one",\n    again=True,\n)',
        ),
        ('ask("“é”", answer="f")', 'ask("“é”")'),
        ('ask("one", answer=1)\nask("two", answer=2)', 'ask("one")\nask("two")'),
        ('ask("one")', 'ask("one")'),
        ('other("one", answer=1)', 'other("one", answer=1)'),
        ('ask("one", answer="""\na ) b\n""")', 'ask("one")'),
    ],
)
def test_answers_are_taken_out_and_nothing_else(given: str, left: str) -> None:
    """Prevents leaked answers and damaged code."""
    assert without_answers(given) == left


def test_a_solution_is_replaced_by_an_invitation_at_its_indent() -> None:
    """Prevents leaked solutions, and code that no longer runs."""
    given = "if a:\n    ### BEGIN SOLUTION\n    b = 1\n    ### END SOLUTION\n    c = 2"
    assert without_solution(given) == "if a:\n    # Write your code here.\n    c = 2"


@pytest.mark.parametrize(
    "given",
    ["### BEGIN SOLUTION\na = 1", "### END SOLUTION", "### BEGIN SOLUTION\n### BEGIN SOLUTION"],
)
def test_a_solution_without_its_partner_is_an_error(given: str) -> None:
    """Prevents a solution that leaks because its end mark has a slip."""
    with pytest.raises(CyberNormsError, match="partner"):
        without_solution(given)


def test_outputs_counts_and_the_check_tag_go_and_other_tags_stay() -> None:
    """Prevents student notebooks that show answers in their outputs."""
    made = student_notebook(master("a", tags=["nbval-check-output", "kept"]))["cells"][0]
    assert made["outputs"] == [] and made["execution_count"] is None
    assert made["metadata"] == {"deletable": False, "tags": ["kept"]}


def test_cells_for_teachers_are_left_out() -> None:
    """Prevents notes to teachers from reaching students."""
    assert student_notebook(master("a", tags=["teacher"]))["cells"] == []


def test_making_again_changes_nothing(tmp_path: Path) -> None:
    """Prevents noise in version control."""
    (tmp_path / "solutions").mkdir()
    path = tmp_path / "solutions" / "01.ipynb"
    path.write_text(json.dumps(master('ask("one", answer=1)')), encoding="utf-8")
    assert [made.name for made in make_student_notebooks(tmp_path)] == ["01.ipynb"]
    assert make_student_notebooks(tmp_path) == []


def test_a_folder_without_masters_says_so(tmp_path: Path) -> None:
    """Prevents a silent success in the wrong folder."""
    with pytest.raises(CyberNormsError, match="no masters"):
        make_student_notebooks(tmp_path)


def test_a_broken_master_is_named(tmp_path: Path) -> None:
    """Prevents a traceback where a file is damaged."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "01.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(CyberNormsError, match=r"01\.ipynb"):
        make_student_notebooks(tmp_path)
