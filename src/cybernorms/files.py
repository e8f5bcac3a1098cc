"""Write files: whole or not at all, or quickly."""

from __future__ import annotations

import contextlib
import os
import secrets
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
    # A name that nobody can know before, and a file that is not there yet: so no link is followed.
    beside = path.with_name(f".{path.name[:_LONGEST]}.{secrets.token_hex(6)}.part")
    mode = 0o600 if private else 0o666
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def write_directly(path: str, content: bytes) -> None:
    """Write a file of which there are thousands, with as few calls of the system as can be."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        written = os.write(handle, content)
        while written < len(content):  # a disk that is full takes a part, and the next call says so
            written += os.write(handle, content[written:])
    finally:
        os.close(handle)
