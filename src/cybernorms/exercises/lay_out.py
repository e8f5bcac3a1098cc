"""Lay lessons and exercises out in a folder of the learner, and bring them up to date later.

A file that somebody changed is theirs and stays as it is, as with settings that a package manager
finds changed: the new version is laid beside it. What was laid out last is remembered in a small
file of the folder, by which a file that nobody changed is known.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from cybernorms.document import plural
from cybernorms.errors import CyberNormsError
from cybernorms.files import write_whole
from cybernorms.paths import lessons_dir
from cybernorms.version import __version__

MANIFEST = ".cybernorms-lessons.json"
LOCK = ".cybernorms-lessons.lock"
LOCK_SECONDS = 10.0
FORMAT = "cybernorms-lessons"
FIRST_LESSON = "notebooks/00-start-here.ipynb"
_FILES = (
    *("notebooks/*.ipynb", "notebooks/instructor/*.ipynb", "exercises/*.ipynb"),
    *("exercises/policy-example.toml", "exercises/own-questions-example/*.toml"),
)

State = Literal["new", "updated", "unchanged", "kept"]


class Shipped(Struct, frozen=True):
    """What was last laid out of a file: the digest of its bytes, and that of what people change.

    `own` is empty where the first copy was not laid out but found there, with other contents.
    """

    whole: str
    own: str


class _Manifest(Struct, frozen=True):
    format: str
    module: str
    files: dict[str, Shipped]


class LaidOut(NamedTuple):
    """What became of a file: its path in the folder, its state, and what lies beside it."""

    path: str
    state: State
    beside: str = ""


def own_digest(content: bytes) -> str:
    """Return a digest of what people change in a file.

    Of a notebook it is the text of its cells, but for empty ones: running a notebook changes
    outputs and counts, may add an empty cell at the end, and saving changes what is said of it.

    >>> ran = b'{"cells": [{"cell_type": "code", "source": ["1"], "outputs": [1]}]}'
    >>> own_digest(ran) == own_digest(ran.replace(b"[1]", b"[]"))
    True
    """
    try:
        cells = [(one["cell_type"], "".join(one["source"])) for one in json.loads(content)["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return _digest(content.replace(b"\r\n", b"\n"))
    return _digest(json.dumps([cell for cell in cells if cell[1].strip()]).encode("ascii"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def shipped_files(source: Path | None = None) -> dict[str, bytes]:
    """Return all that is laid out, by its path in the folder."""
    source = source or lessons_dir()
    paths = sorted(path for pattern in _FILES for path in source.glob(pattern))
    return {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}


def lay_out(folder: Path, files: dict[str, bytes], version: str = __version__) -> list[LaidOut]:
    """Write lessons and exercises into a folder, and return what became of each file.

    A file that is not there is written. One that nobody changed since it was laid out is brought
    up to date. One that somebody changed is kept, and a version of it that they do not have yet is
    written beside it.

    Arguments:
        folder: where to; it is made where there is none.
        files: what to write, by path in the folder.
        version: the version that the files are of.

    Raises:
        CyberNormsError: it is the folder of the module itself, another run is at work in it, or a
            folder lies where a file belongs.
        OSError: something cannot be read or written.
    """
    _refuse_the_module(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        before = _read_manifest(folder)
        after, done = dict(before), []
        try:
            for path, content in files.items():
                laid, after[path] = _lay_out_one(folder / path, content, before.get(path), version)
                done.append(laid._replace(path=path))
        finally:
            manifest = _Manifest(FORMAT, version, after)
            write_whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return done


def _lay_out_one(
    target: Path, content: bytes, before: Shipped | None, version: str
) -> tuple[LaidOut, Shipped]:
    """Bring one file up to date; return what became of it, and what to remember of it."""
    now = Shipped(_digest(content), own_digest(content))
    if target.is_dir():
        raise CyberNormsError(
            "There is a folder where a file of the module belongs",
            where=str(target),
            remedy="Move it away, or name another folder",
        )
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
        return LaidOut("", "new"), now
    found = target.read_bytes()
    own = own_digest(found)
    if own == now.own and (before is None or before.whole == now.whole or found == content):
        return LaidOut("", "unchanged"), now
    if own == now.own or (before is not None and own == before.own):
        write_whole(target, content)
        return LaidOut("", "updated"), now
    if before is not None and before.whole == now.whole:
        return LaidOut("", "kept"), before
    beside = _write_beside(target, content, version)
    return LaidOut("", "kept", beside.name), Shipped(now.whole, before.own if before else "")


def _write_beside(target: Path, content: bytes, version: str) -> Path:
    """Write a new version beside a file that was changed, under a name that is free."""
    number = 1
    while True:
        more = "" if number == 1 else f"-{number}"
        beside = target.with_name(f"{target.stem}-version-{version}{more}{target.suffix}")
        if not beside.exists():
            write_whole(beside, content)
            return beside
        if beside.is_file() and beside.read_bytes() == content:
            return beside
        number += 1


def _refuse_the_module(folder: Path) -> None:
    inside = folder.resolve()
    top = inside.parent if inside.name in ("notebooks", "exercises") else inside
    for each in {inside, top}:
        if (each / "pyproject.toml").is_file() and (each / "src" / "cybernorms").is_dir():
            raise CyberNormsError(
                "This is the folder of the module itself, and its lessons are in it already",
                where=str(folder),
                remedy="Open them there, or name a folder elsewhere",
            )


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder; a killed one lets go of it by itself."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / LOCK, timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise CyberNormsError(
            "Another run is laying out lessons in this folder",
            where=str(folder),
            remedy="Wait until it has ended, then try again",
        ) from None


def _read_manifest(folder: Path) -> dict[str, Shipped]:
    """Return what is remembered; nothing where it is missing or damaged, so that all is kept."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest).files
    except (FileNotFoundError, msgspec.MsgspecError):
        return {}


def describe(done: Sequence[LaidOut], folder: Path, version: str = __version__) -> str:
    """Return what became of all files, as the command says it."""
    counts = {state: sum(each.state == state for each in done) for state in ("new", "updated")}
    lines = [f"Lessons and exercises of version {version} are in {folder}"]
    if counts["new"]:
        lines.append(f"New: {plural(counts['new'], 'file')}.")
    if counts["updated"]:
        lines.append(
            f"Brought up to date: {plural(counts['updated'], 'file')} that you had not changed."
        )
    if not any(counts.values()) and not any(each.beside for each in done):
        lines.append("There was nothing to bring up to date.")
    for each in done:
        if each.beside:
            lines.append(f"Kept as you changed it: {each.path}; the new one is {each.beside}")
        elif each.state == "kept":
            lines.append(f"Kept as you changed it: {each.path}")
    if any(each.state == "kept" for each in done):
        lines.append("To have one as it comes, rename or delete yours and run this again.")
    return "\n".join(lines)
