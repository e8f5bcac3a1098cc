"""What a learner types in a cell is kept, and no window takes the place of another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.own_code import LONGEST, OwnCode

CELLS = ("one", "two")


def texts(folder: Path) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in (folder / "drafts").glob("*.txt")}


def test_the_last_text_of_a_cell_comes_back(tmp_path: Path) -> None:
    """Prevents code that is gone with the page."""
    own = OwnCode(tmp_path, "02-un-norms")
    assert own.read(CELLS) == {}
    own.keep("one", "x = 1")
    own.keep("one", "x", shown="x = 1")
    assert OwnCode(tmp_path, "02-un-norms").read(CELLS) == {"one": "x"}
    assert OwnCode(tmp_path, "03-norms-and-law").read(CELLS) == {}
    assert texts(tmp_path) == {"x"}


def test_what_another_window_wrote_stays(tmp_path: Path) -> None:
    """Prevents two windows on one cell from writing over each other."""
    own = OwnCode(tmp_path, "02-un-norms")
    own.keep("one", "x = 1")
    own.keep("one", "y = 2", shown="something older")
    assert texts(tmp_path) == {"x = 1", "y = 2"}


def test_two_windows_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Prevents a text that falls between two writers."""

    def write(number: int) -> None:
        OwnCode(tmp_path, "02-un-norms").keep("one", f"x = {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(16)))
    assert texts(tmp_path) == {f"x = {number}" for number in range(16)}


def test_a_text_that_is_too_long_is_refused_in_words(tmp_path: Path) -> None:
    """Prevents a disk that a page fills."""
    with pytest.raises(CyberNormsError, match="longer than"):
        OwnCode(tmp_path, "02-un-norms").keep("one", "x" * (LONGEST + 1))


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """Prevents a link in the folder of answers from touching another file."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "code.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CyberNormsError, match="a link"):
        OwnCode(tmp_path, "02-un-norms").keep("one", "x")
    assert not (tmp_path / "elsewhere").exists()
