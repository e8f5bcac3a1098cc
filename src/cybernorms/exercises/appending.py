"""Append a line to a file to which others may append at the same time, on any disk.

Some network folders and cloud drives know no locks, or grant one to all who ask. So each line is
looked for once it is written, as a reader would find it, and is written again until it stands
there whole: another program may have torn a line just before it, or written into the middle of it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import time
from pathlib import Path

MOST_TRIES = 50
_LONGEST_PAUSE = 0.02  # seconds; of random length, so that two do not go on disturbing each other


def append_line(path: Path, line: bytes, *, alone: bool) -> None:
    """Append a line, and wait until it is on the disk as a line of its own.

    Arguments:
        path: the file, which is there.
        line: without its end.
        alone: whether others are kept from writing. If so, what could not be written whole is
            taken back; if not, that could take what another has added behind it, and so a line
            that nobody can read may stay.

    Raises:
        OSError: it could not be written.
    """
    for _ in range(MOST_TRIES):
        if _stands_whole(path, line, *_write(path, line, alone=alone)):
            return
        time.sleep(random.uniform(0, _LONGEST_PAUSE))
    raise OSError(errno.EBUSY, "another program writes to the file of your answers all the time")


def _write(path: Path, line: bytes, *, alone: bool) -> tuple[int, int]:
    """Write a line once; return which file that was, and how long it had been."""
    with path.open("a+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        content = line + b"\n"
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n" or not alone:
                content = b"\n" + content
        written = 0
        try:
            while written < len(content):
                written += file.write(content[written:])
            os.fsync(file.fileno())
        except OSError:
            if alone:
                with contextlib.suppress(OSError):
                    if file.seek(0, os.SEEK_END) == size + written:
                        file.truncate(size)
            raise
        return os.fstat(file.fileno()).st_ino, size


def _stands_whole(path: Path, line: bytes, number: int, size: int) -> bool:
    """Return whether a line is in what was added to a file, or in the one that took its place."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_ino == number:
                file.seek(size)
            return line in file.read().split(b"\n")
    except FileNotFoundError:
        path.touch(mode=0o600)
        return False
