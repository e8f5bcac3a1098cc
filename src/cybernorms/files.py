"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_LONGEST = 100  # so that the name beside it is one that every system takes


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file beside its place, wait for the disk, and then put it there at once.

    Folders above it are made. Where anything fails, what stood there before is as it was.
    A private file can be read by its owner alone.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:_LONGEST]}.{os.getpid()}.part")
    try:
        if private:
            beside.touch(mode=0o600)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
