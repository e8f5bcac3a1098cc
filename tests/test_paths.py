"""Where things lie, from wherever the module is used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir, module_folder, questions_dir, work_dir
from tests.paths import ROOT


def test_data_and_questions_are_found_in_a_checkout() -> None:
    """Prevents a module that works only from its own folder."""
    assert data_dir() == ROOT / "data"
    assert questions_dir() == ROOT / "exercises" / "questions"


@pytest.mark.parametrize("folder", ["notebooks", "exercises", "exercises/solutions"])
def test_one_work_folder_serves_lessons_and_exercises(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents two records, one for lessons and one for exercises."""
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    monkeypatch.chdir(ROOT / folder)
    assert work_dir() == ROOT / "work"


def test_a_copy_of_the_lessons_elsewhere_has_a_work_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents two copies of the module from sharing answers."""
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    for folder in ("notebooks", "exercises"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert work_dir() == tmp_path / "work"


def test_the_work_folder_of_a_kernel_is_found_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a server that counts other answers than a lesson saves."""
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    for folder in ("notebooks", "exercises"):
        (tmp_path / folder).mkdir()
    assert work_dir(tmp_path / "notebooks") == tmp_path / "work"
    assert module_folder(tmp_path / "exercises") == tmp_path
    monkeypatch.setenv("CYBERNORMS_WORK", "mine")
    assert work_dir(tmp_path / "notebooks") == tmp_path / "notebooks" / "mine"


def test_the_environment_may_name_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents answers from landing where a learner did not want them."""
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path / "mine"))
    assert work_dir() == tmp_path / "mine"
    assert not (tmp_path / "mine").exists()


def test_a_folder_of_nobody_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a traceback over a misspelt folder."""
    monkeypatch.setenv("CYBERNORMS_WORK", "~nobody-of-that-name/work")
    with pytest.raises(CyberNormsError, match="CYBERNORMS_WORK"):
        work_dir()


@pytest.mark.skipif(os.name != "posix", reason="Windows does not delete a folder that is in use")
def test_a_deleted_current_folder_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a traceback where somebody has cleaned up too much."""
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(CyberNormsError, match="current folder"):
        work_dir()


def test_users_of_a_hub_who_share_lessons_keep_work_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents two users of one server from writing into one record."""
    for name in ("notebooks", "exercises"):
        (tmp_path / "shared" / name).mkdir(parents=True)
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr("os.access", lambda *_: False)
    here = tmp_path / "shared" / "notebooks"
    assert work_dir(here) == tmp_path / "shared" / "work"
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    assert work_dir(here) == tmp_path / "home" / "cybernorms-work"
    monkeypatch.setattr("os.access", lambda *_: True)
    assert work_dir(here) == tmp_path / "shared" / "work"
