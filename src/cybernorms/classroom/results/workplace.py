"""The folder of results: made beside its place, and moved there only when it is complete."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from filelock import FileLock, Timeout

from cybernorms.classroom.results.secret import SECRET
from cybernorms.errors import CyberNormsError

OURS = {
    "blind-ids.csv",
    "canvas-without-essays.csv",
    "canvas.csv",
    "class-report.html",
    "gradebook.csv",
    "items.csv",
    "moodle-feedback.zip",
    "moodle-without-essays.csv",
    "moodle.csv",
    "options-by-section.csv",
    "options.csv",
    "pages",
    "report.html",
    "report.txt",
    "rubric.csv",
    "rubric-marks.csv",
    SECRET,
    "students.csv",
    "written",
}
WAIT = 3.0  # seconds; keeping a mark takes far less
_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())


def is_ours(name: str) -> bool:
    """Return whether a run, or a report on it, writes a file of this name, and replaces it."""
    # One for each of several assignments or sections.
    several = ("moodle-feedback-*.zip", "class-report-*.html")
    return name in OURS or any(fnmatch(name, each) for each in several)


class AtWork(CyberNormsError):
    """Another run holds the results."""


class Workplace:
    """The hidden folder beside the results in which a run works.

    `new` becomes the results, and `before` are the old ones while they are exchanged.
    """

    def __init__(self, results: Path) -> None:
        self.results = results
        self.folder = results.with_name(f".{results.name}.part")
        self.new = self.folder / "new"
        self.before = self.folder / "before"


@contextlib.contextmanager
def workplace(results: Path) -> Iterator[Workplace]:
    """Hold a fresh workplace, whose `new` folder replaces the results when all has gone well.

    What a run left that was killed is cleared away first. Files of the old results that no run
    writes, such as a teacher's notes, come along.

    Raises:
        CyberNormsError: the folder holds other things than results, cannot be written to, is
            full, or another run is at work on it.
    """
    with _held(results.resolve(), WAIT) as work:
        _must_be_results(work.results)
        work.new.mkdir()
        try:
            yield work
            _carry_over(work)
            _swap(work)
        finally:
            _clear_up(work)


@contextlib.contextmanager
def holding(
    results: Path, wait: float | None = None, again: str = "run it again"
) -> Iterator[None]:
    """Hold the results, so that nothing else changes them meanwhile.

    Arguments:
        results: the folder.
        wait: how long to wait for another run to end, in seconds; some, if not given.
        again: what to do once a cause of failure is gone.

    Raises:
        CyberNormsError: it cannot be written to, is full, or another run is still at work on it.
    """
    with _held(results.resolve(), WAIT if wait is None else wait, again):
        yield


@contextlib.contextmanager
def _held(results: Path, wait: float, again: str = "run it again") -> Iterator[Workplace]:
    work = Workplace(results)
    with plain_errors(results, again):
        lock = _lock(work, time.monotonic() + wait)
        try:
            _clear_up(work)
            yield work
        finally:
            _let_go(work, lock)


def _lock(work: Workplace, until: float) -> FileLock:
    """Return the lock of a workplace, once no other run has it."""
    lock = FileLock(work.folder / "lock")
    while True:
        if work.folder.is_symlink():
            raise CyberNormsError(
                "There is a link where the results are prepared",
                where=str(work.folder),
                remedy="Remove it, or name another folder",
            )
        work.folder.mkdir(parents=True, exist_ok=True)
        left = until - time.monotonic()
        try:
            lock.acquire(timeout=max(0.0, left))
            return lock
        except FileNotFoundError:  # the folder was taken away since
            if left < -1:
                raise
        except Timeout:
            raise AtWork(
                "Another run is writing these results",
                where=str(work.results),
                remedy="Wait until it is done, then try again",
            ) from None


def _let_go(work: Workplace, lock: FileLock) -> None:
    """Release the lock, and take it away with its folder where nothing else is in it."""
    if os.name == "nt":  # what is open cannot be removed there
        lock.release()
        _remove_folder(work)
    else:  # else another run could have begun in it
        _remove_folder(work)
        lock.release()


def _remove_folder(work: Workplace) -> None:
    with contextlib.suppress(OSError):
        if {path.name for path in work.folder.iterdir()} <= {"lock"}:
            (work.folder / "lock").unlink(missing_ok=True)
            work.folder.rmdir()


def _clear_up(work: Workplace) -> None:
    """Undo what a killed run left: put the old results back, and remove what was half done."""
    if work.before.exists() and not work.results.exists():
        work.before.rename(work.results)
    for path in work.folder.iterdir():
        if path.name != "lock":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in work.results.glob(".rubric*.csv.*.part"):  # as files.py calls what is half written
        path.unlink()


def _must_be_results(results: Path) -> None:
    """See that a folder that will be replaced holds results of an earlier run, or nothing."""
    if not results.exists():
        return
    if not results.is_dir():
        raise CyberNormsError(
            "There is a file where the folder of the results should be",
            where=str(results),
            remedy="Name another folder",
        )
    names = {path.name for path in results.iterdir()}
    if names - {SECRET} and not {"gradebook.csv", "report.txt"} <= names:
        raise CyberNormsError(
            "This folder holds other things than results, and would be replaced",
            where=str(results),
            remedy="Name a new folder for the results",
        )


def _carry_over(work: Workplace) -> None:
    if work.results.is_dir():
        for path in sorted(work.results.iterdir()):
            if not is_ours(path.name) and not (work.new / path.name).exists():
                copy = shutil.copytree if path.is_dir() else shutil.copy2
                copy(path, work.new / path.name)


def _swap(work: Workplace) -> None:
    if work.results.exists():
        work.results.rename(work.before)
    work.new.rename(work.results)


@contextlib.contextmanager
def plain_errors(results: Path, again: str) -> Iterator[None]:
    """Turn an error of the operating system into a sentence that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            what, remedy = "The disk is full", f"Free some space, then {again}"
        else:
            what = f"The results cannot be written: {error.strerror or error}"
            remedy = f"Close files of it that are open, see that you may write there, then {again}"
        raise CyberNormsError(
            what, where=str(error.filename or results), remedy=f"{remedy}. Nothing was changed"
        ) from None
