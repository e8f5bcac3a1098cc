"""Find the hand-ins in a folder or a zip, and read their bytes; nothing found is trusted.

Sizes, depth and number are capped, links and devices are not followed, and nothing is ever
unpacked to disk, so that no name in an archive can lead out of it.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from cybernorms.classroom.intake.archives import (
    BROKEN,
    Refused,
    describe_failure,
    head_of,
    is_folder,
    open_zip,
    packed_at,
    refusal,
    too_large,
    unpacked,
)
from cybernorms.classroom.intake.file_kinds import (
    HEAD,
    describe_text,
    is_rubbish,
    is_zip,
    may_be_hand_in,
    office_file,
)
from cybernorms.classroom.intake.found import Found, Location
from cybernorms.classroom.intake.listing import Listing
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import LARGEST

TOP = "the zip itself"
DEEPEST_FOLDER = 12
DEEPEST_ZIP = 2
MOST_FILES = 200_000  # of a class, not counting what lies in zips of students
LARGEST_INNER_ZIP = 5_000_000


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
        about = top.stat()
        whole = stat.S_ISDIR(about.st_mode)
        found = _in_folder(top, "", 0, leave_out) if whole else _in_file(str(top), TOP, about)
        count = 0
        for each in found:
            count += len(each.location.members) <= (not whole)
            if count > MOST_FILES:
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
            Location(above, str(folder)), f"this folder cannot be opened: {describe_failure(error)}"
        )
        return
    for entry in found:
        path = f"{above}{entry.name}"
        if is_rubbish(entry.name):
            continue
        try:
            about = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Found(Location(path, entry.path), f"cannot be opened: {describe_failure(error)}")
            continue
        if stat.S_ISDIR(about.st_mode):
            inner = Path(entry.path)
            if depth >= DEEPEST_FOLDER:
                yield Found(Location(path, entry.path), "lies too many folders deep")
            elif inner not in leave_out:
                yield from _in_folder(inner, f"{path}/", depth + 1, leave_out)
        elif stat.S_ISREG(about.st_mode):
            yield from _in_file(entry.path, path, about)
        else:
            is_link = stat.S_ISLNK(about.st_mode)
            what = "is a link" if is_link else "is not a file but a device or the like"
            yield Found(Location(path, entry.path), f"{what}, which is not followed")


def _in_file(disk: str, path: str, about: os.stat_result) -> Iterator[Found]:
    name = Path(disk).name if path == TOP else path.rpartition("/")[2]
    location = Location(path, disk)
    try:
        head = b"" if _is_named_hand_in(name) else _head(disk)
        if not _is_packed(name, head):
            whole = Location(name, disk) if path == TOP else location
            yield Found(whole, _problem(name, head), about.st_size, about.st_mtime)
            return
        with os.fdopen(_open(disk), "rb") as file:
            yield from _in_zip(file, location, Listing(about.st_size, is_top=path == TOP))
    except OSError as error:
        yield Found(location, f"cannot be opened: {describe_failure(error)}")


def _is_named_hand_in(name: str) -> bool:
    """Return whether a name is that of a hand-in, so that what it holds is seen in reading it."""
    return name.lower().endswith((".json", ".jsonl"))


def _is_packed(name: str, head: bytes) -> bool:
    """Return whether a file is a zip to look into; one that begins as a hand-in is none."""
    if is_zip(head):
        return not office_file(name, head)
    return name.lower().endswith(".zip") and not (head and may_be_hand_in(head))


def _problem(name: str, head: bytes) -> str:
    """Return what a file is that is not read, or nothing of one that may be a hand-in."""
    if _is_named_hand_in(name) or may_be_hand_in(head):
        return ""
    return describe_text(name, head)


def _head(path: str) -> bytes:
    """Return the first bytes of a file, which is not followed if it has become a link."""
    with os.fdopen(_open(path), "rb", buffering=0) as file:
        return file.read(HEAD) or b""


def _in_zip(file: BinaryIO, location: Location, listing: Listing) -> Iterator[Found]:
    """Yield what lies in a zip, or the reason why none of it is read."""
    try:
        with open_zip(file, listing.largest(location.members)) as archive:
            listed = sorted(archive.infolist(), key=lambda info: info.filename)
            listing.take(location, [info.filename for info in listed])
            twice = {one.filename for one, two in pairwise(listed) if one.filename == two.filename}
            files = [info for info in listed if not is_folder(info)]
            members = [info for info in files if not is_ignored_path(info.filename)]
            if not members:
                raise Refused("is a zip in which there is no file; ask for it to be sent again")
            for info in members:
                yield from _in_member(archive, info, location, listing, twice)
    except Refused as reason:
        yield Found(location, str(reason))
    except (OSError, *BROKEN) as error:
        yield Found(location, f"cannot be read as a zip: {describe_failure(error)}")


def _in_member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    above: Location,
    listing: Listing,
    twice: set[str],
) -> Iterator[Found]:
    name = info.filename
    # The name of the zip that a teacher gives is the teacher's, and tells nothing of a student.
    path = f"{above.path}/{name}" if above.path != TOP else name
    location = Location(path, above.disk, (*above.members, name))
    if problem := refusal(info, twice):
        yield Found(location, problem)
        return
    try:
        head = b"" if _is_named_hand_in(name) else head_of(archive, info, HEAD)
        if not _is_packed(name, head):
            yield Found(location, _problem(name, head), info.file_size, packed_at(info))
        elif len(location.members) >= DEEPEST_ZIP:
            yield Found(location, "is a zip in a zip in a zip, which is not opened")
        else:
            listing.unpack(location, info.file_size)
            content = unpacked(archive, info, LARGEST_INNER_ZIP)
            yield from _in_zip(io.BytesIO(content), location, listing)
    except Refused as reason:
        yield Found(location, str(reason))
    except (OSError, *BROKEN) as error:
        yield Found(location, f"cannot be read: {describe_failure(error)}")


def read_location(location: Location, most: int = LARGEST) -> bytes:
    """Return the bytes of a file.

    Raises:
        Refused: it is too large, vanished, or cannot be read.
    """
    try:
        if not location.members:
            return _read_file(location.disk, most)
        archive = _archive(location.disk, location.members[:-1])
        return unpacked(archive, archive.getinfo(location.members[-1]), most)
    except FileNotFoundError:
        raise Refused("vanished before it could be read") from None
    except (OSError, *BROKEN) as error:
        raise Refused(f"cannot be read: {describe_failure(error)}") from None


def _open(path: str) -> int:
    """Open a file, but no link, and without waiting for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags | getattr(os, "O_BINARY", 0))


def _read_file(path: str, most: int) -> bytes:
    """Return a regular file that was not swapped for a link or a device since it was found."""
    handle = _open(path)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Refused("is not a file any more")
        if about.st_size > most:
            raise Refused(too_large(most))
        content = os.read(handle, about.st_size + 1)
        if len(content) != about.st_size:  # it grows or shrinks while it is read
            while len(content) <= most and (more := os.read(handle, most + 1 - len(content))):
                content += more
    finally:
        os.close(handle)
    if len(content) > most:
        raise Refused(too_large(most))
    return content


@lru_cache(maxsize=2)
def _archive(disk: str, members: tuple[str, ...]) -> zipfile.ZipFile:
    """Return an open zip on disk, or one in it; the last ones stay open for the next file."""
    if not members:
        return open_zip(os.fdopen(_open(disk), "rb"))
    outer = _archive(disk, members[:-1])
    content = unpacked(outer, outer.getinfo(members[-1]), LARGEST_INNER_ZIP)
    return open_zip(io.BytesIO(content))


def close_archives() -> None:
    """Close the zips that are still open."""
    _archive.cache_clear()


def is_ignored_path(name: str) -> bool:
    """Return whether any part of a path in a zip is one that systems leave behind."""
    return any(is_rubbish(part) for part in name.split("/") if part)
