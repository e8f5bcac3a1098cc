"""Which folders of lessons were laid out here, for this learner, by `cybernorms lessons`.

It is written down in the user's own folder of data, not in the folder itself: else a folder that
was sent by somebody could say that it is trusted.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec
from msgspec import Struct

from cybernorms.exercises.disk import make_private
from cybernorms.files import write_whole
from cybernorms.paths import lessons_dir

FILE = "folders.json"
FORMAT = "cybernorms-folders"
LOCK_SECONDS = 10.0


class _Folders(Struct, frozen=True):
    format: str
    folders: tuple[str, ...] = ()


def _place() -> Path:
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "cybernorms"


def _read() -> tuple[str, ...]:
    try:
        return msgspec.json.decode((_place() / FILE).read_bytes(), type=_Folders).folders
    except (OSError, msgspec.MsgspecError):
        return ()


def remember_folder(folder: Path) -> None:
    """Write down that lessons were laid out in a folder.

    Raises:
        OSError: it cannot be written.
    """
    from filelock import FileLock

    place, name = _place(), str(folder.resolve())
    make_private(place)
    with FileLock(place / f"{FILE}.lock", timeout=LOCK_SECONDS):
        known = _read()
        if name not in known:
            made = msgspec.json.encode(_Folders(FORMAT, (*known, name)))
            write_whole(place / FILE, msgspec.json.format(made) + b"\n", private=True)


def is_own(folder: Path) -> bool:
    """Return whether a folder is that of this module, or one that was laid out for this learner."""
    with contextlib.suppress(OSError, RuntimeError):
        here = folder.resolve()
        module = lessons_dir().resolve()
        if here == module and (module / "pyproject.toml").is_file():
            return True
        return str(here) in _read()
    return False
