"""Find the hand-ins in a folder or a zip, and read their bytes; nothing found is trusted.

Sizes, depth and number are capped, links and devices are not followed, and nothing is ever
unpacked to disk, so that no name in an archive can lead out of it.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import LARGEST

TOP = "the zip itself"
DEEPEST_FOLDER = 12
DEEPEST_ZIP = 2
MOST_FILES = 200_000
MOST_IN_INNER_ZIP = 1_000
LARGEST_INNER_ZIP = 5_000_000
LARGEST_LISTING = 8_000_000  # bytes of a zip's table of contents, all of which is held in memory
TIMES_LARGER = 200  # hand-ins come out of a zip ten to thirty times as large as they are in it
UNPACKED_AT_ONCE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack without a limit
IGNORED = {"__macosx", "thumbs.db", "desktop.ini"}


class Refused(Exception):
    """A file is not read; the text says why."""


class Location(Struct, frozen=True, order=True):
    """Where a file lies: its path from the top of what was given, and how to reach it.

    `members` leads from a zip on disk to the file in it, through zips in zips.
    """

    path: str
    disk: str
    members: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the path below the top, or "" if the top is a zip, and then that in each zip."""
        inside = "/".join(self.members)
        outside = self.path.removesuffix(inside).removesuffix("/") if inside else self.path
        return (outside, *self.members)


class Found(Struct, frozen=True):
    """A location, with the reason why nothing there is read, or none."""

    location: Location
    problem: str = ""


def find_hand_ins(top: Path, leave_out: tuple[Path, ...] = ()) -> Iterator[Found]:
    """Yield the hand-ins of a folder, a zip or a single file, in the order of their names.

    Arguments:
        top: a folder, a zip, or one hand-in.
        leave_out: folders that are not searched, such as that of the results.

    Raises:
        CyberNormsError: there is nothing there, or it cannot be opened, or there is too much.
    """
    try:
        top = top.resolve()
        is_folder = stat.S_ISDIR(top.stat().st_mode)
        found = _in_folder(top, "", 0, leave_out) if is_folder else _in_file(str(top), TOP)
        for count, each in enumerate(found):
            if count >= MOST_FILES:
                raise CyberNormsError(
                    f"There are more than {MOST_FILES:,} files in it",
                    where=str(top),
                    remedy="Name the folder that holds the hand-ins of one class",
                )
            yield each
    except OSError as error:
        raise CyberNormsError(
            f"The hand-ins cannot be opened: {error.strerror or error}",
            where=str(top),
            remedy="Name the folder of the hand-ins, or the zip that the LMS gave you",
        ) from None


def _in_folder(
    folder: Path, above: str, depth: int, leave_out: tuple[Path, ...]
) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if not above:
            raise
        yield Found(
            Location(above, str(folder)), f"this folder cannot be opened: {_describe(error)}"
        )
        return
    for entry in found:
        path = f"{above}{entry.name}"
        if is_ignored(entry.name):
            continue
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except OSError as error:
            yield Found(Location(path, entry.path), f"cannot be opened: {_describe(error)}")
            continue
        if stat.S_ISDIR(mode):
            inner = Path(entry.path)
            if depth >= DEEPEST_FOLDER:
                yield Found(Location(path, entry.path), "lies too many folders deep")
            elif inner not in leave_out:
                yield from _in_folder(inner, f"{path}/", depth + 1, leave_out)
        elif stat.S_ISREG(mode):
            yield from _in_file(entry.path, path)
        else:
            what = "is a link" if stat.S_ISLNK(mode) else "is not a file but a device or the like"
            yield Found(Location(path, entry.path), f"{what}, which is not followed")


def _in_file(disk: str, path: str) -> Iterator[Found]:
    name = Path(disk).name
    location = Location(path, disk)
    if not _is_zip(name):
        yield Found(location if path != TOP else Location(name, disk), _wrong_kind(name))
        return
    try:
        with Path(disk).open("rb") as file:
            yield from _in_zip(file, location, 1)
    except OSError as error:
        yield Found(location, f"cannot be opened: {_describe(error)}")


_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def _in_zip(file: BinaryIO, location: Location, depth: int) -> Iterator[Found]:
    """Yield what lies in a zip, or the reason why none of it is read."""
    try:
        with _checked(file) as archive:
            listed = sorted(archive.infolist(), key=lambda info: info.filename)
            if depth > 1 and len(listed) > MOST_IN_INNER_ZIP:
                raise Refused(f"is a zip of more than {MOST_IN_INNER_ZIP:,} files in a zip")
            twice = {one.filename for one, two in pairwise(listed) if one.filename == two.filename}
            for info in listed:
                if not info.is_dir() and not is_ignored_path(info.filename):
                    yield from _in_member(archive, info, location, depth, twice)
    except Refused as reason:
        yield Found(location, str(reason))
    except (OSError, *_BROKEN) as error:
        yield Found(location, f"cannot be read as a zip: {_describe(error)}")


def _in_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, above: Location, depth: int, twice: set[str]
) -> Iterator[Found]:
    name = info.filename
    # The name of the zip that a teacher gives is the teacher's, and tells nothing of a student.
    path = f"{above.path}/{name}" if above.path != TOP else name
    location = Location(path, above.disk, (*above.members, name))
    if problem := _refusal(info, twice):
        yield Found(location, problem)
    elif not _is_zip(name):
        yield Found(location, _wrong_kind(name))
    elif depth >= DEEPEST_ZIP:
        yield Found(location, "is a zip in a zip in a zip, which is not opened")
    else:
        try:
            content = _unpacked(archive, info, LARGEST_INNER_ZIP)
        except Refused as reason:
            yield Found(location, str(reason))
        else:
            yield from _in_zip(io.BytesIO(content), location, depth + 1)


def _refusal(info: zipfile.ZipInfo, twice: set[str]) -> str:
    """Return why a member of a zip is not read, or nothing."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device in a zip, which is not followed"
    if _leads_out(info.filename):
        return "has a name that leads out of the zip, so it is not read"
    if info.filename in twice:
        return "stands twice in the zip, so that nobody can tell which is meant"
    if info.flag_bits & 1:
        return "is locked with a password"
    if info.compress_type not in UNPACKED_AT_ONCE:
        return "is packed in a way that the LMS does not use; ask for the file itself"
    return ""


def _checked(file: BinaryIO) -> zipfile.ZipFile:
    """Open a zip whose table of contents and whose content are of a size that can be read.

    Raises:
        Refused: it claims to hold far more than a zip of its size can, as zip bombs do.
    """
    size = file.seek(0, os.SEEK_END)
    if _size_of_listing(file, size) > LARGEST_LISTING:
        raise Refused("lists more files than can be read")
    archive = zipfile.ZipFile(file)
    claimed = sum(
        min(info.file_size, LARGEST)
        for info in archive.infolist()
        if not _wrong_kind(info.filename)
    )
    if claimed > TIMES_LARGER * size + 10 * LARGEST:
        raise Refused("claims to hold far more than a zip of its size can")
    return archive


def _size_of_listing(file: BinaryIO, size: int) -> int:
    """Return the bytes of a zip's table of contents, as the end of the file gives them."""
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + 22:
        return 0  # not a zip, which the library says better
    listing = int(struct.unpack_from("<L", tail, end + 12)[0])
    large = end - 76  # the record and the locator of zips for large archives, where they stand
    if large >= 0 and tail[end - 20 : end - 16] == b"PK\6\7":
        listing = max(int(struct.unpack_from("<Q", tail, large + 40)[0]), 0)
    return listing


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return a member of a zip, reading no further than the cap whatever its header claims."""
    with archive.open(info) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Refused(_too_large(most))
    return content


def read_location(location: Location, most: int = LARGEST) -> bytes:
    """Return the bytes of a file.

    Raises:
        Refused: it is too large, vanished, or cannot be read.
    """
    try:
        if not location.members:
            return _read_file(location.disk, most)
        archive = _archive(location.disk, location.members[:-1])
        return _unpacked(archive, archive.getinfo(location.members[-1]), most)
    except FileNotFoundError:
        raise Refused("vanished before it could be read") from None
    except (OSError, *_BROKEN) as error:
        raise Refused(f"cannot be read: {_describe(error)}") from None


def _read_file(path: str, most: int) -> bytes:
    """Return a regular file that was not swapped for a link or a device since it was found."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb", buffering=0) as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Refused("is not a file any more")
        if about.st_size > most:
            raise Refused(_too_large(most))
        content = file.read(about.st_size + 1) or b""
        if len(content) != about.st_size:  # it grows or shrinks while it is read
            while len(content) <= most and (more := file.read(most + 1 - len(content))):
                content += more
    if len(content) > most:
        raise Refused(_too_large(most))
    return content


@lru_cache(maxsize=2)
def _archive(disk: str, members: tuple[str, ...]) -> zipfile.ZipFile:
    """Return an open zip on disk, or one in it; the last ones stay open for the next file."""
    if not members:
        return _checked(Path(disk).open("rb"))
    outer = _archive(disk, members[:-1])
    content = _unpacked(outer, outer.getinfo(members[-1]), LARGEST_INNER_ZIP)
    return _checked(io.BytesIO(content))


def close_archives() -> None:
    """Close the zips that are still open."""
    _archive.cache_clear()


def is_ignored(name: str) -> bool:
    """Return whether a name is one of those that systems leave behind by themselves."""
    return name.lower() in IGNORED or name.startswith(".")


def is_ignored_path(name: str) -> bool:
    """Return whether any part of a path in a zip is ignored."""
    return any(is_ignored(part) for part in name.replace("\\", "/").split("/") if part)


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _wrong_kind(name: str) -> str:
    if name.lower().endswith((".json", ".json.txt")):
        return ""
    return "is not a hand-in; ask for the file from work/hand-ins, whose name ends in .json"


def _too_large(most: int) -> str:
    return f"is larger than {most // 1_000_000} MB, which no hand-in is"


def _describe(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error) or type(error).__name__)[:200]
