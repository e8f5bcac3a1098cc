"""The folder of results: made beside its place, and moved there only when it is complete."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

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
    "students.csv",
    "written",
}
_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())


def is_ours(name: str) -> bool:
    """Return whether a run, or a report on it, writes a file of this name, and replaces it."""
    # One for each of several assignments or sections.
    several = ("moodle-feedback-*.zip", "class-report-*.html")
    return name in OURS or any(fnmatch(name, each) for each in several)


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
    results = results.resolve()
    work = Workplace(results)
    with plain_errors(results):
        results.parent.mkdir(parents=True, exist_ok=True)
        work.folder.mkdir(exist_ok=True)
        try:
            with _held(work):
                _clear_up(work)
                _must_be_results(results)
                work.new.mkdir()
                try:
                    yield work
                    _carry_over(work)
                    _swap(work)
                finally:
                    _clear_up(work)
        finally:
            _remove_if_ours(work)


@contextlib.contextmanager
def _held(work: Workplace) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(work.folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CyberNormsError(
            "Another run is writing these results",
            where=str(work.results),
            remedy="Wait until it is done, then try again",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _clear_up(work: Workplace) -> None:
    """Undo what a killed run left: put the old results back, and remove what was half done."""
    if work.before.exists() and not work.results.exists():
        work.before.rename(work.results)
    for path in work.folder.iterdir():
        if path.name != "lock":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _remove_if_ours(work: Workplace) -> None:
    """Remove the folder with nothing but the lock in it; another run's has more."""
    with contextlib.suppress(OSError):
        if {path.name for path in work.folder.iterdir()} <= {"lock"}:
            shutil.rmtree(work.folder)


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
    if names and not {"gradebook.csv", "report.txt"} <= names:
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
def plain_errors(results: Path) -> Iterator[None]:
    """Turn an error of the operating system into a sentence that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            what, remedy = "The disk is full", "Free some space, then run it again"
        else:
            what = f"The results cannot be written: {error.strerror or error}"
            remedy = "Close files of it that are open, or name another folder with --to"
        raise CyberNormsError(
            what, where=str(error.filename or results), remedy=f"{remedy}. Nothing was changed"
        ) from None
