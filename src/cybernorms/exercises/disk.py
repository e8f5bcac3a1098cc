"""What a disk refuses, in words for a learner."""

from __future__ import annotations

import contextlib
import errno
import os
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
    """Make a folder, if it is not there, into which nobody but its owner looks."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content, where the system can do that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
