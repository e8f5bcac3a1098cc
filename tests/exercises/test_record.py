"""The learner's record: an answer that was called saved is there, whatever befell the file.

Without these tests a restart, a full disk, an editor or a second notebook could cost an answer.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import filelock
import pytest
from hypothesis import given, settings, strategies as st

from cybernorms.errors import CyberNormsError
from cybernorms.exercises import record as record_module
from cybernorms.exercises.record import FILE, FORMAT, Record

CAN_BE_REFUSED = hasattr(os, "geteuid") and os.geteuid() != 0


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "work")


@contextlib.contextmanager
def small_disk(folder: Path, options: str) -> Iterator[None]:
    """Mount a small disk on a new folder, or skip the test where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    if not done:
        pytest.skip("mounting a small disk needs Linux and an administrator")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def questions(record: Record) -> list[str]:
    return [answer.question for answer in record.read().answers]


def append(record: Record, *names: str) -> None:
    for name in names:
        record.append(name, "r1", name)


def refusal(act: Any, *arguments: Any) -> CyberNormsError:
    with pytest.raises(CyberNormsError) as caught:
        act(*arguments)
    assert caught.value.what
    assert caught.value.remedy
    return caught.value


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)


# What was saved is there


@settings(max_examples=30, deadline=None)
@given(responses=st.lists(JSON, min_size=1, max_size=5))
def test_every_answer_is_read_as_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, responses: list[Any]
) -> None:
    """Prevents line breaks, quotes or surrogates in an answer from breaking the file."""
    record = Record(tmp_path_factory.mktemp("work"))
    kept = [record.append("q", "r1", response) for response in responses]
    history = Record(record.folder).read()
    assert history.answers == tuple(kept)
    assert [answer.response for answer in history.answers] == responses
    assert history.problems == ()
    assert record.path.read_bytes().isascii()
    assert record.path.read_bytes().count(b"\n") == len(responses)


def test_a_record_that_was_never_written_is_empty_and_makes_no_folder(record: Record) -> None:
    """Prevents reading from leaving folders all over a learner's disk."""
    history = record.read()
    assert (history.answers, history.problems, history.last("q")) == ((), (), None)
    assert record.draft("q") == ""
    assert not record.folder.exists()


def test_the_last_answer_and_the_attempts_survive_a_restart(record: Record) -> None:
    """Prevents a reopened notebook from showing an older answer."""
    for response in ("a", "b", "a"):
        record.append("q", "r1", response)
    record.append("other", "r2", None)
    history = Record(record.folder).read()
    last = history.last("q")
    assert last is not None
    assert (last.response, last.revision, history.attempts("q")) == ("a", "r1", 3)
    assert (history.attempts("other"), history.attempts("none")) == (1, 0)


def test_times_are_utc(record: Record) -> None:
    """Prevents a deadline from depending on the clock's zone."""
    assert record.append("q", "r1", "a").time.endswith("Z")


def test_the_line_is_on_disk_before_the_answer_is_called_saved(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a power cut from taking an answer that was called saved."""
    seen = []

    def fsync(handle: int) -> None:
        seen.append(record.path.read_bytes().count(b"\n"))

    monkeypatch.setattr(os, "fsync", fsync)
    append(record, "first", "second")
    assert 1 in seen
    assert 2 in seen


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps the names of files by itself")
def test_the_name_of_a_new_record_is_on_disk_too(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a power cut after the first answer from taking the whole file."""
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle)))
    append(record, "first")
    assert record.folder.stat().st_ino in [status.st_ino for status in synced]


# What befalls the file


@pytest.mark.parametrize(
    "torn", [b"{", b'{"format": 1, "question": "los', b"\x00" * 7, b"\xff", b"]"]
)
def test_a_torn_last_line_loses_only_itself(record: Record, torn: bytes) -> None:
    """Prevents the next answer from being glued to a fragment and lost."""
    append(record, "before")
    with record.path.open("ab") as file:
        file.write(torn)
    append(record, "after")
    assert questions(record) == ["before", "after"]
    (problem,) = record.read().problems
    assert problem.startswith(f"Line 2 of {FILE} ")


def test_a_whole_last_line_without_its_end_is_kept(record: Record) -> None:
    """Prevents an editor that drops the last line end from costing two answers."""
    append(record, "before")
    record.path.write_bytes(record.path.read_bytes().rstrip(b"\n"))
    append(record, "after")
    assert questions(record) == ["before", "after"]
    assert record.read().problems == ()


@pytest.mark.parametrize(
    "resaved",
    [
        pytest.param(lambda content: content.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda content: b"\xef\xbb\xbf" + content, id="BOM"),
        pytest.param(
            lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")[:-2], id="Notepad"
        ),
        pytest.param(lambda content: b"\n\n" + content + b"\n  \n", id="empty lines"),
    ],
)
def test_a_record_saved_by_an_editor_is_read_and_goes_on(record: Record, resaved: Any) -> None:
    """Prevents a curious look with an editor from costing the answers."""
    append(record, "first", "second")
    record.path.write_bytes(resaved(record.path.read_bytes()))
    append(record, "third")
    assert questions(record) == ["first", "second", "third"]
    assert record.read().problems == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_record_saved_in_another_encoding_is_told_and_goes_on(
    record: Record, encoding: str
) -> None:
    """Prevents the next answer from being lost behind lines that nobody can read."""
    append(record, "first", "second")
    record.path.write_bytes(record.path.read_text(encoding="ascii").encode(encoding))
    append(record, "third")
    history = record.read()
    assert [answer.question for answer in history.answers] == ["third"]
    assert len(history.problems) >= 2


GARBAGE = [
    b"hello",
    b"5",
    b"null",
    b"[]",
    b"{}",
    b'{"question": 5, "format": 1}',
    b'{"question": ["q"], "format": 1}',
    b'{"question": "q"}',
    b'{"question": "q", "format": "1"}',
    b'{"question": "q", "format": 0}',
    b'{"question": "q", "format": null}',
    b'{"format": 1, "format',
    b"9" * 5000,
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"\xff\xfe\xfd",
    b"\x00",
    b"<<<<<<< HEAD",
]


@pytest.mark.parametrize("line", GARBAGE, ids=lambda line: line[:24].decode("latin-1"))
def test_a_line_spoilt_by_hand_is_told_and_left_alone(record: Record, line: bytes) -> None:
    """Prevents one bad line from hiding the answers around it, or from being thrown away."""
    append(record, "first")
    with record.path.open("ab") as file:
        file.write(line + b"\n")
    append(record, "second")
    history = record.read()
    assert [answer.question for answer in history.answers] == ["first", "second"]
    assert len(history.problems) == 1
    assert history.problems[0].startswith(f"Line 2 of {FILE} ")
    assert line in record.path.read_bytes()


@pytest.mark.parametrize("shape", [{"question": "q"}, {"answers": []}, {}])
def test_a_line_of_a_newer_version_is_told_and_left_alone(record: Record, shape: Any) -> None:
    """Prevents an older module from spoiling, or misreading, what a newer one wrote."""
    append(record, "first")
    line = json.dumps(shape | {"format": FORMAT + 1}).encode()
    with record.path.open("ab") as file:
        file.write(line + b"\n")
    append(record, "second")
    assert questions(record) == ["first", "second"]
    assert "newer version" in record.read().problems[0]
    assert line in record.path.read_bytes()


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=60))
def test_whatever_stands_in_the_file_the_next_answer_is_read(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Prevents any damage at all from stopping a learner."""
    record = Record(tmp_path_factory.mktemp("work"))
    record.path.write_bytes(content)
    append(record, "next")
    assert questions(record) == ["next"]
    assert record.path.read_bytes().startswith(content)


# What cannot be saved


@pytest.mark.parametrize(
    "response",
    [
        object(),
        {1, 2},
        b"bytes",
        5j,
        float("nan"),
        float("inf"),
        [float("-inf")],
        {("a", "b"): 1},
        10**5000,
    ],
    ids=lambda response: type(response).__name__,
)
def test_an_answer_of_an_odd_kind_is_refused_and_nothing_is_written(
    record: Record, response: Any
) -> None:
    """Prevents a line that no reader of JSON understands."""
    append(record, "first")
    before = record.path.read_bytes()
    assert "kind" in refusal(record.append, "q", "r1", response).what
    assert record.path.read_bytes() == before


def test_an_answer_that_holds_itself_or_is_too_deep_is_refused(record: Record) -> None:
    """Prevents a loop in an answer from ending in a traceback."""
    loop: list[Any] = []
    loop.append(loop)
    deep: Any = []
    for _ in range(10_000):
        deep = [deep]
    for response in (loop, deep):
        refusal(record.append, "q", "r1", response)
    assert not record.path.exists()


@contextlib.contextmanager
def cannot_be_written_to(folder: Path) -> Iterator[None]:
    """Take the right to write from a folder; from the administrator only a disk can take it."""
    if CAN_BE_REFUSED:
        folder.mkdir()
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
    else:
        with small_disk(folder, "ro"):
            yield


def test_a_folder_that_cannot_be_written_to_is_told(record: Record) -> None:
    """Prevents a traceback where the module lies in a folder of the administrator."""
    with cannot_be_written_to(record.folder):
        error = refusal(record.append, "q", "r1", "a")
        refusal(record.drafts.keep, "q", "text")
    assert "cannot be written to" in error.what
    assert str(record.folder) in error.where
    assert "CYBERNORMS_WORK" in error.remedy


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_system_that_refuses_to_write_is_told(
    record: Record, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Prevents a traceback on a disk that can only be read."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    for act in ((record.append, "q", "r1", "a"), (record.drafts.keep, "q", "text")):
        error = refusal(*act)
        assert "cannot be written to" in error.what
        assert "CYBERNORMS_WORK" in error.remedy


@pytest.mark.parametrize("inside", ["work", "work/deeper"])
def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path, inside: str) -> None:
    """Prevents a learner from being told to try again, which cannot help."""
    (tmp_path / "work").write_text("not a folder", encoding="utf-8")
    record = Record(tmp_path / inside)
    assert record.read().answers == ()
    for act in ((record.append, "q", "r1", "a"), (record.drafts.keep, "q", "text")):
        error = refusal(*act)
        assert "file" in error.what
        assert str(tmp_path / inside) in error.where
        assert "CYBERNORMS_WORK" in error.remedy
    assert record.draft("q") == ""


def test_a_folder_in_place_of_the_file_is_told(record: Record) -> None:
    """Prevents a traceback where a folder has the name of the record."""
    record.path.mkdir(parents=True)
    assert FILE in refusal(record.read).where
    refusal(record.append, "q", "r1", "a")


# A full disk


def test_a_really_full_disk_costs_nothing_that_was_saved(tmp_path: Path) -> None:
    """Prevents half a line, or a lost answer, when the disk is full."""
    disk = tmp_path / "disk"
    with small_disk(disk, "size=64k"):
        record = Record(disk / "work")
        append(record, "first")
        with (disk / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(b"x" * 512)
        before = record.path.read_bytes()
        error = refusal(record.append, "q", "r1", "long " * 2000)
        assert "disk is full" in error.what
        assert "Free some space" in error.remedy
        assert record.path.read_bytes() == before
        assert "disk is full" in refusal(record.drafts.keep, "q", "text").what
        (disk / "filler").unlink()
        append(record, "second")
        assert questions(record) == ["first", "second"]
        assert record.read().problems == ()
        assert list(disk.glob("work/drafts/*")) == []


class StingyFile:
    """A file that takes a few bytes, and then has no room or stops taking any."""

    def __init__(self, file: Any, room: int, piece: int, number: int) -> None:
        self._file, self._room, self._piece, self._number = file, room, piece, number

    def write(self, data: bytes) -> int:
        if self._room <= 0:
            raise OSError(self._number, os.strerror(self._number))
        taken = int(self._file.write(data[: min(self._room, self._piece)]))
        self._room -= taken
        return taken

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> StingyFile:
        return self

    def __exit__(self, *_: Any) -> None:
        self._file.close()


def make_stingy(
    monkeypatch: pytest.MonkeyPatch, room: int, piece: int = 1000, number: int = errno.ENOSPC
) -> None:
    really_open = Path.open

    def stingy_open(path: Path, *arguments: Any, **more: Any) -> Any:
        file = really_open(path, *arguments, **more)
        return StingyFile(file, room, piece, number) if path.name == FILE else file

    monkeypatch.setattr(Path, "open", stingy_open)


@pytest.mark.parametrize("room", [0, 1, 20, 60])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("torn", [b"", b'{"torn'])
def test_a_write_that_fails_half_way_leaves_the_file_as_it_was(
    record: Record, monkeypatch: pytest.MonkeyPatch, room: int, number: int, torn: bytes
) -> None:
    """Prevents half a line from staying behind a failed write."""
    append(record, "first")
    with record.path.open("ab") as file:
        file.write(torn)
    before = record.path.read_bytes()
    with monkeypatch.context() as patch:
        make_stingy(patch, room, number=number)
        error = refusal(record.append, "q", "r1", "a" * 100)
    assert ("disk is full" in error.what) == (number == errno.ENOSPC)
    assert record.path.read_bytes() == before
    append(record, "second")
    assert questions(record) == ["first", "second"]


def test_a_line_that_goes_out_in_pieces_is_written_whole(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a short write from being taken for a whole one."""
    with monkeypatch.context() as patch:
        make_stingy(patch, room=10_000, piece=7)
        append(record, "first", "second")
    assert questions(record) == ["first", "second"]
    assert record.read().problems == ()


def test_a_disk_that_does_not_confirm_is_no_success(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents "saved" for an answer that the disk refused at the last moment."""
    append(record, "first")
    before = record.path.read_bytes()

    def fsync(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        assert "disk is full" in refusal(record.append, "q", "r1", "a").what
        assert "disk is full" in refusal(record.drafts.keep, "q", "a").what
    assert record.path.read_bytes() == before
    assert record.draft("q") == ""


# Two notebooks at once

HOLDER = (
    "import sys\n"
    "from filelock import FileLock\n"
    "lock = FileLock(sys.argv[1])\n"
    "lock.acquire()\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
)


@contextlib.contextmanager
def held_elsewhere(record: Record) -> Iterator[subprocess.Popen[str]]:
    record.folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", HOLDER, str(record.folder / f"{FILE}.lock")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_a_record_held_by_another_program_is_told_and_left_alone(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents two notebooks from writing into one line, and a form from hanging."""
    append(record, "first")
    before = record.path.read_bytes()
    monkeypatch.setattr(record_module, "LOCK_SECONDS", 0.1)
    with held_elsewhere(record):
        error = refusal(record.append, "q", "r1", "a")
        assert questions(record) == ["first"]
    assert "Another program" in error.what
    assert "Wait a moment" in error.remedy
    assert record.path.read_bytes() == before


def test_the_lock_of_a_killed_program_holds_nobody_up(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a crashed kernel from locking a learner out of the record."""
    monkeypatch.setattr(record_module, "LOCK_SECONDS", 2)
    with held_elsewhere(record) as holder:
        holder.kill()
        holder.wait()
        append(record, "after")
    (record.folder / f"{FILE}.lock").write_text("left behind", encoding="utf-8")
    append(record, "later")
    assert questions(record) == ["after", "later"]


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL])
def test_a_disk_that_knows_no_locks_still_takes_answers(
    record: Record, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Prevents a learner with a home folder on a network from never saving anything."""

    def refuse(*_: Any, **__: Any) -> bool:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(filelock, "lock_descriptor", refuse)
    append(record, "first", "second")
    assert questions(record) == ["first", "second"]


def test_an_answer_that_is_on_disk_is_called_saved_though_unlocking_fails(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents "not saved" for an answer that is saved, and a second copy of it."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(filelock, "unlock_descriptor", refuse)
    append(record, "first", "second")
    assert questions(record) == ["first", "second"]


def test_where_nobody_can_be_kept_out_a_failed_write_takes_nothing_of_another(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a full disk in one notebook from cutting off what another has just saved."""

    def no_locks(*_: Any, **__: Any) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(filelock, "lock_descriptor", no_locks)
    append(record, "first")
    other = Record(record.folder)
    really_fsync = os.fsync

    def fsync(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", really_fsync)
        append(other, "second")  # Another notebook, before the disk says no to this one.
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)
    refusal(record.append, "q", "r1", "a")
    append(other, "third")
    assert [each for each in questions(record) if each != "q"] == ["first", "second", "third"]


def test_where_nobody_can_be_kept_out_a_fragment_costs_no_answer_behind_it(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents an answer from being glued to what another notebook could not write to its end."""

    def no_locks(*_: Any, **__: Any) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(filelock, "lock_descriptor", no_locks)
    append(record, "first")
    really_open = Path.open

    def open_late(path: Path, *arguments: Any, **more: Any) -> Any:
        file = really_open(path, *arguments, **more)
        return _Late(file) if path.name == FILE and arguments[:1] == ("a+b",) else file

    class _Late:
        """A file to whose end another program adds half a line just before this one writes."""

        def __init__(self, file: Any) -> None:
            self._file = file

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        def write(self, content: bytes) -> int:
            with really_open(record.path, "ab") as other:
                other.write(b'{"half')
            return int(self._file.write(content))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", open_late)
        append(record, "second")
    assert questions(record) == ["first", "second"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_what_is_made_here_can_be_read_by_its_owner_alone(record: Record) -> None:
    """Prevents other people on the same computer from reading answers in an open home folder."""
    before = os.umask(0o022)
    try:
        append(record, "first")
        record.drafts.keep("q", "text")
    finally:
        os.umask(before)
    found = {path.name: path.stat().st_mode & 0o777 for path in record.folder.rglob("*")}
    folder = record.folder.stat().st_mode & 0o777
    assert (folder, found.pop("drafts")) == (0o700, 0o700)
    assert found == {FILE: 0o600, f"{FILE}.lock": 0o600, "q.txt": 0o600}


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    """Prevents a folder that a learner shares on purpose from being closed to others."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work").chmod(0o755)
    append(Record(tmp_path / "work"), "first")
    assert (tmp_path / "work").stat().st_mode & 0o777 == 0o755


# What is no file


KINDS = {
    "a link to a device": lambda path, other: path.symlink_to("/dev/full"),
    "a link to nothing": lambda path, other: path.symlink_to(other),
    "a link to a file": lambda path, other: (other.write_bytes(b"mine\n"), path.symlink_to(other)),
    "a folder": lambda path, other: path.mkdir(),
    "a device": lambda path, other: os.mkfifo(path),
}


@pytest.mark.skipif(os.name != "posix", reason="Windows makes no links without a right to")
@pytest.mark.parametrize("name", [FILE, f"{FILE}.lock"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_in_the_place_of_the_record_is_told_and_not_touched(
    record: Record, tmp_path: Path, name: str, kind: str
) -> None:
    """Prevents answers that go nowhere or into a file of other use, and a form that hangs."""
    record.folder.mkdir()
    other = tmp_path / "other"
    KINDS[kind](record.folder / name, other)
    before = other.read_bytes() if other.exists() else None
    expected = f"{name} is not a file but {' '.join(kind.split()[:2])}"
    assert expected in refusal(record.append, "q", "r1", "a").what
    if name == FILE:
        assert expected in refusal(record.read).what
    assert (other.read_bytes() if other.exists() else None) == before


@pytest.mark.skipif(os.name != "posix", reason="Windows makes no links without a right to")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_no_draft(record: Record, tmp_path: Path, kind: str) -> None:
    """Prevents a form that hangs, or that shows another file of the learner as a draft."""
    record.drafts.folder.mkdir(parents=True)
    KINDS[kind](record.drafts.folder / "q.txt", tmp_path / "other")
    assert record.draft("q") == ""
    assert record.drafts.all("q") == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_what_is_made_is_closed_to_others_even_where_nothing_is_masked(tmp_path: Path) -> None:
    record = Record(tmp_path / "a" / "b" / "work")
    before = os.umask(0)
    try:
        append(record, "first")
        record.drafts.keep("q", "text")
    finally:
        os.umask(before)
    for path in (tmp_path / "a").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700
