"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms import files
from cybernorms.files import write_directly, write_whole


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "file.txt", b"content")
    assert (tmp_path / "a" / "b" / "file.txt").read_bytes() == b"content"
    assert names_in(tmp_path / "a" / "b") == ["file.txt"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents half a file in the place of a whole one, and litter beside it."""
    path = tmp_path / "file.txt"
    write_whole(path, b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert names_in(tmp_path) == ["file.txt"]


def test_it_is_on_disk_before_it_takes_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents an empty file after a power cut."""
    path, seen = tmp_path / "file.txt", []
    monkeypatch.setattr(files.os, "fsync", lambda _: seen.append(path.exists()))
    write_whole(path, b"content")
    assert seen == [False]


def test_what_the_system_takes_in_parts_is_written_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents half a page where a disk takes no more than a part at once."""
    write = files.os.write
    monkeypatch.setattr(files.os, "write", lambda handle, content: write(handle, content[:3]))
    (tmp_path / "file.txt").write_bytes(b"what was there before is longer")
    write_directly(str(tmp_path / "file.txt"), b"0123456789")
    assert (tmp_path / "file.txt").read_bytes() == b"0123456789"
