"""Every cell of every page under Pyodide itself, in Node: quicker than a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from cybernorms.exercises.shipped import shipped_notebooks
from cybernorms.paths import lessons_dir
from cybernorms.site.notebook import Live, read_lesson
from cybernorms.site.package import archive
from tests.paths import TESTS
from tests.site.runtime import HOW_TO_GET_NPM, runtime_folder


@pytest.mark.slow
def test_every_cell_runs_under_pyodide_without_heavy_libraries(tmp_path: Path) -> None:
    """Prevents a card that works in a notebook and breaks the page of its lesson."""
    node = shutil.which("node")
    folder = runtime_folder()
    if node is None:
        pytest.skip(HOW_TO_GET_NPM)
    paths = list(shipped_notebooks())
    cells = {}
    for path in paths:
        lesson = read_lesson(path, (lessons_dir() / path).read_bytes(), paths)
        cells[path] = [(each.id, each.code) for each in lesson.cells if isinstance(each, Live)]
    (tmp_path / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    (tmp_path / "package.zip").write_bytes(archive())
    script = TESTS / "site" / "cells.mjs"
    names = [str(folder), str(tmp_path / "package.zip"), str(tmp_path / "cells.json")]
    done = subprocess.run(
        [node, str(script), *names], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["problems"] == []
    assert found["heavy"] == []
    assert found["shown"] > 100
