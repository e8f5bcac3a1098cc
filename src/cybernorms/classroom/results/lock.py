"""The lock of a folder of results: one at a time changes them."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

from cybernorms.errors import CyberNormsError

_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())


class AtWork(CyberNormsError):
    """Another run holds the results."""


@contextlib.contextmanager
def locked(results: Path, wait: float) -> Iterator[None]:
    """Hold the lock of results.

    Arguments:
        results: the folder, which need not be there.
        wait: how long to wait for another run to end, in seconds.

    Raises:
        CyberNormsError: another run is still at work on it, or there is a link in its place.
    """
    folder = lock_folder(results)
    lock = None
    try:
        with undisturbed():
            lock = _lock(folder, results, time.monotonic() + wait)
        yield
    finally:
        if lock:
            with undisturbed():
                _let_go(folder, lock)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put Ctrl+C off for a moment, so that nothing is left half done."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    heard: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda *about: heard.append(about))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            before(*heard[0])


def lock_folder(results: Path) -> Path:
    """Return the hidden folder in which the lock of results lies."""
    return results.with_name(f".{results.name}.part")


def _lock(folder: Path, results: Path, until: float) -> FileLock:
    """Return the lock of the results, once no other run has it."""
    lock = FileLock(folder / "lock")
    while True:
        if folder.is_symlink() or (folder / "lock").is_symlink():
            raise CyberNormsError(
                "There is a link where the results are prepared",
                where=str(folder),
                remedy="Remove it, or name another folder",
            )
        folder.mkdir(parents=True, exist_ok=True)
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
                where=str(results),
                remedy="Wait until it is done, then try again",
            ) from None


def _let_go(folder: Path, lock: FileLock) -> None:
    """Release the lock, and take it away with its folder where nothing else is in it."""
    if os.name == "nt":  # what is open cannot be removed there
        lock.release()
        _remove_folder(folder)
    else:  # else another run could have begun in it
        _remove_folder(folder)
        lock.release()


def _remove_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        if {path.name for path in folder.iterdir()} <= {"lock"}:
            (folder / "lock").unlink(missing_ok=True)
            folder.rmdir()


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
