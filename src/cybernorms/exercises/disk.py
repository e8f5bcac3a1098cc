"""What a disk refuses, in words for a learner."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cybernorms.errors import CyberNormsError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CAUSES = (
    (_FULL, "the disk is full", "free some space"),
    (
        {errno.EACCES, errno.EPERM, errno.EROFS},
        "this folder cannot be written to",
        "move the module to a folder of your own, such as Documents, or set CYBERNORMS_WORK to one",
    ),
    (
        {errno.EEXIST, errno.ENOTDIR},
        "there is a file where the folder of your answers should be",
        "move that file away, or set CYBERNORMS_WORK to another folder",
    ),
)


@contextlib.contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an error of the operating system into a sentence that says what to do."""
    try:
        yield
    except OSError as error:
        cause, advice = str(error.strerror or error), "wait a moment"
        for numbers, known_cause, known_advice in _CAUSES:
            if error.errno in numbers:
                cause, advice = known_cause, known_advice
        raise CyberNormsError(
            f"Not saved: {cause}",
            where=str(folder),
            remedy=f"{advice[:1].upper()}{advice[1:]}, then save it again",
        ) from None


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, into which nobody but their owner looks."""
    if not folder.is_dir():
        if folder.parent != folder:
            make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def other_kind(path: Path) -> str:
    """Return what stands where a file belongs, "" for a file or nothing.

    A link may lead to any file of its owner, and a device may have no end.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "" if stat.S_ISREG(mode) else "a device"


def sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content, where the system can do that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
