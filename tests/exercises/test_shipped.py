"""The list of shipped notebooks is true, so that lessons run by themselves and no others."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess

import nbformat
import pytest

from cybernorms.exercises.shipped import (
    FILE,
    LEARNER_CODE,
    describe_notebook,
    manifest_of,
    notebooks_in,
    shipped_notebooks,
)
from tests.paths import ROOT

SHIPPED = notebooks_in(ROOT)


def test_the_list_is_that_of_the_notebooks_as_they_are() -> None:
    """Prevents lessons that ask before they run: run `cybernorms notebooks` when this fails."""
    assert FILE.read_bytes() == manifest_of(SHIPPED)
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in SHIPPED.items()}
    assert {path: each.sha256 for path, each in shipped_notebooks().items()} == digests


@pytest.mark.parametrize("path", SHIPPED)
def test_a_shipped_notebook_is_as_jupyter_writes_it(path: str) -> None:
    """Prevents a lesson that changes by being saved: run `cybernorms notebooks`, or save it."""
    text = SHIPPED[path].decode("utf-8")
    assert nbformat.writes(nbformat.reads(text, as_version=4)) + "\n" == text


def test_line_ends_are_the_same_on_every_system() -> None:
    """Prevents lessons that are checked out with other bytes on Windows."""
    listed = subprocess.run(
        ["git", "check-attr", "eol", "--", *SHIPPED, "data/module/lessons.csv"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode or not listed.stdout:
        pytest.skip("this is no checkout with git")
    assert all(line.endswith("eol: lf") for line in listed.stdout.splitlines())


def test_cells_in_which_learners_write_are_tagged_in_lessons_and_sets() -> None:
    """Prevents code of a learner that is folded away, or run without being asked for."""
    for path, content in SHIPPED.items():
        cells = json.loads(content)["cells"]
        theirs = re.compile(r"Write your code here|^picture = ", re.MULTILINE)
        to_write = {each["id"] for each in cells if theirs.search("".join(each["source"]))}
        tagged = {each["id"] for each in cells if LEARNER_CODE in each["metadata"].get("tags", [])}
        assert to_write <= tagged == set(shipped_notebooks()[path].code), path


def test_questions_are_listed_in_order_and_those_asked_again_apart() -> None:
    """Prevents a count of questions that is not that of the page."""
    sources = ['ask("b")\nask("a", again=True)', 'ask("b", shuffle=False)', "ask(", "other('c')"]
    cells = [{"cell_type": "markdown", "source": "# 07 A title\n", "metadata": {}, "id": "0"}]
    cells += [{"cell_type": "code", "source": each, "metadata": {}, "id": "1"} for each in sources]
    found = describe_notebook(json.dumps({"cells": cells}).encode())
    assert found.asks == ("b", "a:again") and found.title == "A title"
