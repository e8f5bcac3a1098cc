"""Lessons and exercises laid out in a learner's folder: nothing that they changed is lost."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises import lay_out as module
from cybernorms.exercises.lay_out import (
    FIRST_LESSON,
    LOCK,
    MANIFEST,
    describe,
    lay_out,
    shipped_files,
)
from cybernorms.paths import work_dir
from tests.paths import ROOT

LESSON, POLICY = "notebooks/01.ipynb", "exercises/policy-example.toml"


def notebook(*sources: str, outputs: tuple[str, ...] = (), **metadata: str) -> bytes:
    """Return a notebook as Jupyter writes it, with these outputs in every cell."""
    cells = [
        {"cell_type": "code", "source": [source], "outputs": list(outputs), "metadata": {}}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode()


FIRST, SECOND, THIRD = notebook("one"), notebook("two"), notebook("three")
FEW = {LESSON: FIRST, "notebooks/instructor/report.ipynb": FIRST, POLICY: b"a = 1\n"}


def laid(folder: Path, content: bytes, version: str = "0.1.0") -> tuple[str, str]:
    """Lay one lesson out, and return its state and what lies beside it."""
    [done] = lay_out(folder, {LESSON: content}, version)
    assert done.path == LESSON
    return done.state, done.beside


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but for those that the command keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (MANIFEST, LOCK)
    }


def test_everything_lies_as_in_the_repository(tmp_path: Path) -> None:
    """Prevents links between lessons and exercises that lead nowhere."""
    lay_out(tmp_path, shipped_files())
    for name, content in files(tmp_path).items():
        assert content == (ROOT / name).read_bytes()
    lessons = {path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").rglob("*.ipynb")}
    exercises = {f"exercises/{path.name}" for path in (ROOT / "exercises").glob("*.ipynb")}
    own = "exercises/own-questions-example/90-my-course.toml"
    assert files(tmp_path).keys() == lessons | exercises | {POLICY, own}
    assert (tmp_path / FIRST_LESSON).is_file()


def test_a_second_time_nothing_changes(tmp_path: Path) -> None:
    lay_out(tmp_path, FEW)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.ipynb")}
    done = lay_out(tmp_path, FEW)
    assert {each.state for each in done} == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.ipynb")} == before
    assert "nothing to bring up to date" in describe(done, tmp_path)


def test_what_nobody_changed_is_brought_up_to_date(tmp_path: Path) -> None:
    laid(tmp_path, FIRST)
    assert laid(tmp_path, SECOND, "0.2.0") == ("updated", "")
    assert files(tmp_path) == {LESSON: SECOND}


@pytest.mark.parametrize(
    "ran",
    [
        notebook("one", outputs=("a form",)),
        notebook("one", language_info="3.14"),
        notebook("one", ""),
        notebook("one").replace(b", ", b",\n "),
    ],
    ids=["outputs", "metadata", "the empty cell at the end", "spaces of the file"],
)
def test_running_and_saving_a_lesson_is_no_change(tmp_path: Path, ran: bytes) -> None:
    """Prevents lessons that are never brought up to date since somebody has run them."""
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(ran)
    assert laid(tmp_path, FIRST) == ("unchanged", "")
    assert files(tmp_path) == {LESSON: ran}
    assert laid(tmp_path, SECOND, "0.2.0") == ("updated", "")
    assert files(tmp_path) == {LESSON: SECOND}


def test_a_changed_lesson_is_kept_and_the_new_one_laid_beside_it(tmp_path: Path) -> None:
    """Prevents the loss of what a learner wrote into a lesson."""
    mine = notebook("one", "my notes")
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(mine)
    assert laid(tmp_path, FIRST) == ("kept", "")
    assert files(tmp_path) == {LESSON: mine}
    assert laid(tmp_path, SECOND, "0.2.0") == ("kept", "01-version-0.2.0.ipynb")
    beside = "notebooks/01-version-0.2.0.ipynb"
    assert files(tmp_path) == {LESSON: mine, beside: SECOND}


def test_what_was_laid_beside_is_not_laid_again(tmp_path: Path) -> None:
    """Prevents copies that come back however often a learner deletes them."""
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(THIRD)
    assert laid(tmp_path, SECOND, "0.2.0") == ("kept", "01-version-0.2.0.ipynb")
    (tmp_path / "notebooks" / "01-version-0.2.0.ipynb").unlink()
    assert laid(tmp_path, SECOND, "0.2.0") == ("kept", "")
    assert files(tmp_path) == {LESSON: THIRD}


def test_a_changed_copy_beside_is_not_overwritten_either(tmp_path: Path) -> None:
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(notebook("mine"))
    other = tmp_path / "notebooks" / "01-version-0.2.0.ipynb"
    other.write_bytes(notebook("mine too"))
    assert laid(tmp_path, SECOND, "0.2.0") == ("kept", "01-version-0.2.0-2.ipynb")
    assert other.read_bytes() == notebook("mine too")


def test_a_change_that_was_taken_back_is_none(tmp_path: Path) -> None:
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(THIRD)
    laid(tmp_path, SECOND, "0.2.0")
    (tmp_path / LESSON).write_bytes(FIRST)
    assert laid(tmp_path, SECOND, "0.2.0") == ("updated", "")
    assert (tmp_path / LESSON).read_bytes() == SECOND


def test_a_deleted_lesson_comes_back(tmp_path: Path) -> None:
    """Prevents a learner from having no way to a fresh copy."""
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).unlink()
    assert laid(tmp_path, FIRST) == ("new", "")


@pytest.mark.parametrize("memory", [None, b"", b"[]", b'{"files": 7}', b"\xff"])
def test_without_memory_everything_that_differs_is_kept(
    tmp_path: Path, memory: bytes | None
) -> None:
    """Prevents the loss of changes where the manifest is lost or damaged."""
    laid(tmp_path, FIRST)
    (tmp_path / MANIFEST).unlink()
    if memory is not None:
        (tmp_path / MANIFEST).write_bytes(memory)
    assert laid(tmp_path, SECOND, "0.2.0") == ("kept", "01-version-0.2.0.ipynb")
    assert (tmp_path / LESSON).read_bytes() == FIRST


@pytest.mark.parametrize("mine", [b"", b"{", b"[]", b'{"cells": 7}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_notebook_is_kept(tmp_path: Path, mine: bytes) -> None:
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(mine)
    assert laid(tmp_path, SECOND, "0.2.0")[0] == "kept"
    assert (tmp_path / LESSON).read_bytes() == mine


def test_a_policy_of_a_teacher_is_kept_and_its_line_ends_do_not_matter(tmp_path: Path) -> None:
    lay_out(tmp_path, {POLICY: b"a = 1\nb = 2\n"})
    (tmp_path / POLICY).write_bytes(b"a = 1\r\nb = 2\r\n")
    [done] = lay_out(tmp_path, {POLICY: b"a = 1\nb = 3\n"}, "0.2.0")
    assert done.state == "updated"
    (tmp_path / POLICY).write_bytes(b"a = 2\n")
    [done] = lay_out(tmp_path, {POLICY: b"a = 4\n"}, "0.3.0")
    assert (done.state, done.beside) == ("kept", "policy-example-version-0.3.0.toml")


def test_a_run_that_breaks_off_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a full disk from making everything look as if the learner had changed it."""
    two = {LESSON: FIRST, POLICY: b"a = 1\n"}
    lay_out(tmp_path, two)
    write = module.write_whole

    def full(path: Path, content: bytes) -> None:
        if path.suffix == ".ipynb":
            raise OSError(28, "No space left on device", str(path))
        write(path, content)

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        lay_out(tmp_path, {POLICY: b"a = 2\n", LESSON: SECOND}, "0.2.0")
    monkeypatch.undo()
    assert files(tmp_path) == {LESSON: FIRST, POLICY: b"a = 2\n"}
    done = lay_out(tmp_path, {POLICY: b"a = 3\n", LESSON: SECOND}, "0.3.0")
    assert [each.state for each in done] == ["updated", "updated"]


def test_two_runs_at_once_do_the_work_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(lay_out, tmp_path, FEW) for _ in range(2)]
    states = sorted(tuple({each.state for each in run.result()}) for run in runs)
    assert states == [("new",), ("unchanged",)]


def test_a_run_that_takes_long_keeps_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.1)
    with (
        FileLock(tmp_path / LOCK),
        pytest.raises(CyberNormsError, match="Another run is laying out"),
    ):
        lay_out(tmp_path, {LESSON: FIRST})
    assert files(tmp_path) == {}


@pytest.mark.parametrize("inside", ["", "notebooks", "exercises"])
def test_the_module_itself_is_left_alone(tmp_path: Path, inside: str) -> None:
    """Prevents a maintainer's own masters and lessons from being written over."""
    (tmp_path / "src" / "cybernorms").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    with pytest.raises(CyberNormsError, match="the folder of the module itself"):
        lay_out(tmp_path / inside, {LESSON: FIRST})
    assert not (tmp_path / "notebooks").exists()
    assert laid(tmp_path / "mine", FIRST) == ("new", "")


def test_a_folder_in_the_way_of_a_lesson_is_told(tmp_path: Path) -> None:
    (tmp_path / LESSON).mkdir(parents=True)
    with pytest.raises(CyberNormsError, match="a folder where a file"):
        lay_out(tmp_path, {LESSON: FIRST})


@pytest.mark.parametrize("way", ["", "notebooks"])
def test_a_file_in_the_way_of_a_folder_is_told(
    tmp_path: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    path = folder / way
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a text of mine")
    assert main(["lessons", "--to", str(folder)]) == 1
    assert "There is a file where a folder should be" in capsys.readouterr().err
    assert path.read_text() == "a text of mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert main(["lessons", "--to", str(tmp_path)]) == 1
    assert "cannot be read or written" in capsys.readouterr().err


def test_the_command_says_what_it_did_and_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "Völkerrecht im Netz"
    assert main(["lessons", "--to", str(folder)]) == 0
    told = capsys.readouterr().out
    assert f"are in {folder}" in told
    assert f"New: {len(shipped_files())} files." in told
    assert "default_url=/doc/tree/notebooks/00-start-here.ipynb" in told
    lesson = folder / FIRST_LESSON
    lesson.write_bytes(notebook("mine"))
    assert main(["lessons", "--to", str(folder)]) == 0
    assert f"Kept as you changed it: {FIRST_LESSON}" in capsys.readouterr().out


def test_a_new_version_beside_is_named(tmp_path: Path) -> None:
    laid(tmp_path, FIRST)
    (tmp_path / LESSON).write_bytes(THIRD)
    told = describe(lay_out(tmp_path, {LESSON: SECOND}, "0.2.0"), tmp_path, "0.2.0")
    assert f"Kept as you changed it: {LESSON}; the new one is 01-version-0.2.0.ipynb" in told


@pytest.mark.parametrize("inside", ["", "notebooks", "notebooks/instructor", "exercises"])
def test_answers_are_kept_beside_the_lessons(
    tmp_path: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents two records, one for lessons and one for exercises."""
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    lay_out(tmp_path, FEW)
    monkeypatch.chdir(tmp_path / inside)
    assert work_dir() == tmp_path / "work"
