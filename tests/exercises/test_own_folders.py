"""A folder is the learner's own if this computer has written it down, whatever it says itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cybernorms.cli import main
from cybernorms.exercises.own_folders import is_own, remember_folder
from tests.paths import ROOT


def test_the_module_and_what_it_laid_out_are_ones_own(tmp_path: Path) -> None:
    """Prevents lessons that ask before they run after `cybernorms lessons`."""
    assert is_own(ROOT) and not is_own(tmp_path)
    assert main(["lessons", "--to", str(tmp_path / "mine")]) == 0
    assert is_own(tmp_path / "mine") and not is_own(tmp_path)


def test_a_folder_that_was_copied_or_sent_is_not(tmp_path: Path) -> None:
    """Prevents a sent folder from running code because of a file in it."""
    main(["lessons", "--to", str(tmp_path / "mine")])
    (tmp_path / "mine").rename(tmp_path / "sent")
    assert not is_own(tmp_path / "sent")


def test_several_folders_are_remembered_at_once(tmp_path: Path) -> None:
    """Prevents a folder that is forgotten when another one is laid out."""
    folders = [tmp_path / f"{number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(remember_folder, folders))
    assert all(map(is_own, folders))


@pytest.mark.parametrize("damaged", [b"", b"{", b'{"format": 1, "folders": 3}', b"\xff"])
def test_a_damaged_list_trusts_nothing(
    damaged: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a lesson from not opening at all."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    remember_folder(tmp_path / "mine")
    (tmp_path / "cybernorms" / "folders.json").write_bytes(damaged)
    assert not is_own(tmp_path / "mine") and is_own(ROOT)
