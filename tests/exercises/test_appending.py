"""Lines appended by several programs at once, where no lock keeps them apart.

Each disturbance here is one that a network folder, a full disk or a killed program brings about.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.exercises import appending
from cybernorms.exercises.appending import append_line
from cybernorms.exercises.record import FILE, Record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_bytes(b"first\n")
    return tmp_path / FILE


class Disturbed:
    """A file to which others write as well, before, in the middle of, or after a line."""

    def __init__(self, file: Any, disturb: Callable[[], None], when: str) -> None:
        self._file, self._disturb, self._when = file, disturb, when

    def write(self, data: bytes) -> int:
        half = len(data) // 2
        if self._when == "before":
            self._disturb()
        written = int(self._file.write(data[:half]))
        if self._when == "amid":
            self._disturb()
        written += int(self._file.write(data[half:]))
        if self._when == "after":
            self._disturb()
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Disturbed:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def disturb_once(
    monkeypatch: pytest.MonkeyPatch, path: Path, disturb: Callable[[Path], object], when: str
) -> None:
    really_open = Path.open
    left = [disturb]

    def opened(self: Path, *arguments: Any, **more: Any) -> Any:
        file = really_open(self, *arguments, **more)
        if self == path and arguments[:1] == ("a+b",) and left:
            one = left.pop()
            return Disturbed(file, lambda: one(path) and None, when)
        return file

    monkeypatch.setattr(Path, "open", opened)


def add(content: bytes) -> Callable[[Path], object]:
    def disturb(path: Path) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.write(handle, content)
        os.close(handle)

    return disturb


def replace(path: Path) -> None:
    """Put another file in the place, as a sync service does."""
    (path.parent / "new").write_bytes(b"first\nfrom elsewhere\n")
    (path.parent / "new").replace(path)


def cut(path: Path) -> None:
    """Cut the file back, as another program whose write failed."""
    os.truncate(path, 6)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a file that is open in its place")
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("when", ["before", "amid", "after"])
@pytest.mark.parametrize(
    "disturb",
    [add(b'{"half'), add(b"whole\n"), add(b"\nwhole\n"), add(b"\n"), replace, cut, Path.unlink],
    ids=["half", "whole", "whole on its own", "an end", "replaced", "cut back", "deleted"],
)
def test_a_line_that_another_program_disturbs_stands_there_in_the_end(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    disturb: Callable[[Path], object],
    when: str,
    alone: bool,
) -> None:
    with monkeypatch.context() as patch:
        disturb_once(patch, path, disturb, when)
        append_line(path, b'{"second": 2}', alone=alone)
    append_line(path, b'{"third": 3}', alone=alone)
    lines = path.read_bytes().split(b"\n")
    assert lines.count(b'{"second": 2}') >= 1
    assert lines.count(b'{"third": 3}') == 1
    if disturb is not Path.unlink:
        assert b"first" in lines


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a file that is open in its place")
def test_a_line_that_a_service_has_sorted_in_further_up_is_not_written_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sort_in(path: Path) -> None:
        (path.parent / "new").write_bytes(b"second\nfirst\nfrom another computer\n")
        (path.parent / "new").replace(path)

    path.write_bytes(b"first\n" * 2)
    disturb_once(monkeypatch, path, sort_in, "after")
    append_line(path, b"second", alone=True)
    assert path.read_bytes().count(b"second") == 1


def test_a_line_that_is_not_disturbed_is_written_once(path: Path) -> None:
    append_line(path, b"second", alone=True)
    append_line(path, b"third", alone=False)
    assert path.read_bytes() == b"first\nsecond\n\nthird\n"


def test_a_line_that_is_disturbed_for_ever_is_not_called_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "_stands_whole", lambda *_: False)
    monkeypatch.setattr(appending, "_LONGEST_PAUSE", 0)
    with pytest.raises(OSError, match="another program"):
        append_line(path, b"second", alone=False)


def test_what_failed_is_not_taken_back_where_another_may_have_written_behind_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents cutting off what another adds between a look at the length and the cut."""

    class Full(Disturbed):
        def write(self, data: bytes) -> int:
            if self._when:
                self._when = ""
                return int(self._file.write(data[:3]))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    really_open = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda self, *a, **k: (
            Full(really_open(self, *a, **k), lambda: None, "first")
            if a[:1] == ("a+b",)
            else really_open(self, *a, **k)
        ),
    )
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        append_line(path, b"second", alone=False)
    assert path.read_bytes() == b"first\n\nse"


def test_a_disk_that_grants_a_lock_to_all_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record(tmp_path)
    with record._locked() as alone:
        assert alone
    monkeypatch.setattr(filelock, "lock_descriptor", lambda *_, **__: True)
    with record._locked() as alone:
        assert not alone


def test_records_are_not_joined_where_another_could_write_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents an answer from going into a file whose place another has just taken."""
    record = Record(tmp_path)
    record.append("q", "r1", "a")
    copy = tmp_path / "answers (1).jsonl"
    copy.write_bytes(record.path.read_bytes())
    monkeypatch.setattr(filelock, "lock_descriptor", lambda *_, **__: True)
    with pytest.raises(CyberNormsError, match="Not joined"):
        record.join()
    assert copy.exists()


# Programs that are killed while the disk fills up

WRITER = r"""
import errno, itertools, os, random, sys
from pathlib import Path
import filelock
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import FILE, Record

folder, name, lock = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
dice = random.Random(name)

def no_lock(*_, **__):
    if lock == "fails":
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
    return True

filelock.lock_descriptor = no_lock
filelock.unlock_descriptor = lambda *_: None
really_open = Path.open

class Tight:
    '''A file on a disk that is full now and then, and that sometimes takes a line in pieces.'''
    def __init__(self, file): self.file = file
    def write(self, data):
        if dice.random() < 0.15:
            if dice.random() < 0.5:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return self.file.write(data[:dice.randrange(1, len(data) + 1)])
        return self.file.write(data)
    def __getattr__(self, name): return getattr(self.file, name)
    def __enter__(self): return self
    def __exit__(self, *_): self.file.close()

def opened(path, *arguments, **more):
    file = really_open(path, *arguments, **more)
    return Tight(file) if path.name == FILE and arguments[:1] == ("a+b",) else file

Path.open = opened
record = Record(folder)
for number in itertools.count():
    try:
        record.append(f"{name} {number}", "r1", "x" * dice.choice([0, 500, 20_000]))
    except CyberNormsError:
        continue
    os.write(1, f"{name} {number}\n".encode())
"""


@pytest.mark.slow
@pytest.mark.parametrize("lock", ["fails", "does nothing"])
@pytest.mark.parametrize("writers", [2, 3])
def test_without_locks_no_answer_called_saved_is_lost(
    tmp_path: Path, lock: str, writers: int
) -> None:
    """Full disks, lines in pieces and kills at seeded moments; what was called saved is there."""
    dice = random.Random(f"{lock} {writers}")
    saved: list[str] = []
    for run in range(3):
        programs = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(tmp_path), f"{run}-{each}", lock],
                stdout=subprocess.PIPE,
                text=True,
            )
            for each in range(writers)
        ]
        for program in programs:
            assert program.stdout is not None
            saved.append(program.stdout.readline().strip())
        for program in programs:
            time.sleep(dice.uniform(0.05, 0.3))
            program.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            saved += program.communicate()[0].split("\n")[:-1]
    kept = [answer.question for answer in Record(tmp_path).read().answers]
    assert len(saved) > 3 * writers
    assert set(saved) - set(kept) == set()
