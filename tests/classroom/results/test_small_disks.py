"""A disk that is full or read-only: one sentence, the right status, and nothing half written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cybernorms.cli import main
from tests.classroom.factories import contents, entry, hand_in, put

pytestmark = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="mounts a small disk, which root alone may"
)


@pytest.fixture(params=[1, 3])
def small(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Yield a folder on a disk of a few MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    size = f"size={request.param}m"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder])
    if mounted.returncode:
        pytest.skip("this machine mounts nothing")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill_up(folder: Path, but: int = 0) -> None:
    """Leave so many bytes of room on the disk of a folder."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "filler").write_bytes(b"x" * max(0, free - but))


def one_sentence(told: str) -> bool:
    return len(told.strip().splitlines()) == 1 and "Traceback" not in told


@pytest.mark.slow
def test_every_command_on_a_full_disk_says_so_and_leaves_what_was(
    tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(4):
        answers = [entry("law-waterworks", f"Text number {number}, of some length. " * 900)]
        put(tmp_path / "in", f"made{number}_{number + 1}_9_x.json", hand_in(f"S{number}", answers))
    results = small / "results"
    assert main(["mark", str(tmp_path / "in"), "--to", str(results), "--xlsx"]) == 0
    for number in range(4, 90):
        answers = [entry("law-waterworks", f"Text number {number}, of some length. " * 900)]
        put(tmp_path / "in", f"made{number}_{number + 1}_9_x.json", hand_in(f"S{number}", answers))
    filled = (results / "rubric.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "mine.csv").write_text(
        "\n".join([filled[0], f"{filled[1].removesuffix(',')}0,"]), encoding="utf-8"
    )
    before = contents(small)
    calls = [
        ["mark", str(tmp_path / "in"), "--to", str(results)],
        ["mark", str(tmp_path / "in"), "--to", str(small / "new" / "results")],
        ["rubric-import", str(results), str(tmp_path / "mine.csv")],
        ["report", str(results)],
    ]
    for room in (0, 8_000, 60_000, 200_000):
        (small / "filler").unlink(missing_ok=True)
        if os.statvfs(small).f_bavail * os.statvfs(small).f_frsize > room:
            fill_up(small, room)
        for call in calls:
            capsys.readouterr()
            code = main(call)
            told = capsys.readouterr().err
            now = contents(small)
            now.pop("filler", None)
            if code:
                assert one_sentence(told), told
                assert now == before, (call, room, sorted(now.keys() ^ before.keys()))
            else:
                assert call[0] in ("rubric-import", "report"), call
                before = now


def test_a_folder_that_may_not_be_written_to_is_told(
    tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "in", "made_1_9_x.json", hand_in(answers=[entry("law-waterworks", "A text.")]))
    results = small / "results"
    assert main(["mark", str(tmp_path / "in"), "--to", str(results)]) == 0
    lines = (results / "rubric.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "mine.csv").write_text(f"{lines[0]}\n{lines[1].removesuffix(',')}0,\n")
    before = contents(small)
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    for call in (
        ["mark", str(tmp_path / "in"), "--to", str(results)],
        ["mark", str(tmp_path / "in"), "--to", str(small / "new")],
        ["rubric-import", str(results), str(tmp_path / "mine.csv")],
        ["report", str(results)],
        ["simulate-class", "3", "--to", str(small / "class")],
        ["bundle", "--to", str(small / "b.zip")],
        ["export", "moodle", "--to", str(small / "moodle")],
    ):
        capsys.readouterr()
        assert main(call) == 1, call
        assert one_sentence(capsys.readouterr().err)
    assert contents(small) == before
