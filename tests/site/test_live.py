"""Python in the worker: what is saved, what can't be, work from a file, and every cell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cybernorms.exercises.record import Record
from cybernorms.exercises.shipped import shipped_notebooks
from cybernorms.paths import lessons_dir
from cybernorms.site import notebook
from cybernorms.site.live import FOR_NOW, Live, merge_work, prepare
from cybernorms.site.package import archive
from cybernorms.site.stage import FAILED, Stage
from tests.paths import TESTS
from tests.site.runtime import HOW_TO_GET_NPM, runtime_folder

CODE = "from cybernorms import ask\nask('law-untouched')"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Be in the folder of a page, and put back what the worker's Python changes for good."""
    monkeypatch.setattr(os, "fsync", os.fsync)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    prepare(tmp_path, ["exercises/03-norms-and-law.ipynb", "notebooks/00-start-here.ipynb"])
    return tmp_path


def press(live: Live) -> dict[str, object]:
    """Answer the question; return what its card says then."""
    [view] = json.loads(live.run("law-untouched", CODE))["views"]
    values = {"answer": ["sovereignty", "force"]}
    message = {"do": "press", "name": "check", "values": values, "sender": "a", "number": 1}
    [now] = json.loads(live.receive(view["view"], json.dumps(message)))
    card: dict[str, object] = now["card"]
    return card


def test_an_answer_waits_for_the_browser(home: Path) -> None:
    """Prevents "Saved" from being said before the browser has it."""
    asked: list[int] = []
    live = Live(lambda handle: asked.append(handle) or "", keeps=True)  # type: ignore[func-returns-value]
    said = press(live)["said"]
    assert isinstance(said, dict) and said["at"] == "saved" and asked
    assert json.loads(live.answered()) == ["law-untouched"]


def test_a_full_browser_is_said_and_the_record_stays_as_it_was(home: Path) -> None:
    """Prevents an answer from passing for saved where there was no room for it."""
    live = Live(lambda _: "QuotaExceededError", keeps=True)
    said = press(live)["said"]
    assert isinstance(said, dict) and said["at"] == "problem" and "full" in said["text"]
    assert not Record().read().answers


def test_where_nothing_is_kept_nothing_is_called_saved(home: Path) -> None:
    """Prevents a private window from promising what it forgets."""
    assert press(Live(lambda _: "", keeps=False))["said"] == {"at": "kept", "text": FOR_NOW}


def test_work_from_a_file_is_merged_by_time_and_nothing_is_lost(home: Path) -> None:
    """Prevents work of two devices from writing over one another."""
    record = Record()
    record.append("law-untouched", "r", "here")
    ours = record.path.read_bytes()
    theirs = ours.replace(b'"here"', b'"there"').replace(b'"at": "2', b'"at": "1')
    merged = merge_work(record, theirs)
    assert [json.loads(line)["response"] for line in merged.splitlines()] == ["there", "here"]
    assert merge_work(record, ours) == ours
    assert record.path.read_bytes() == ours and len(list(record.folder.glob("*.jsonl"))) == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b'{"format": 1}\n', b"x" * 20_000_001])
def test_a_file_without_work_is_refused_in_words(home: Path, content: bytes) -> None:
    """Prevents a photograph from taking the place of a term's work."""
    record = Record()
    record.append("law-untouched", "r", "here")
    with pytest.raises(ValueError, match="file"):
        merge_work(record, content)
    assert len(record.read().answers) == 1


def test_a_cell_that_fails_is_said_in_words_and_the_others_go_on(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents one broken cell from taking a whole page with it."""
    stage = Stage()
    assert stage.run("one", "1 / 0").problem == FAILED
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "no question" in stage.run("two", "from cybernorms import ask\nask('x')").problem.lower()
    assert stage.run("three", CODE).views


def test_a_card_shown_twice_answers_for_all_its_views(home: Path) -> None:
    """Prevents one place on a page from contradicting another."""
    stage = Stage()
    first, second = stage.run("one", CODE).views[0], stage.run("two", CODE).views[0]
    told = stage.receive(first.view, {"do": "draft"})
    assert [each.view for each in told] == [first.view, second.view]


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
        lesson = notebook.read_lesson(path, (lessons_dir() / path).read_bytes(), paths)
        cells[path] = [
            (each.id, each.code) for each in lesson.cells if isinstance(each, notebook.Live)
        ]
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
