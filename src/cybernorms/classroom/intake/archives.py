"""Open zips in which anything may be: of a size that can be read, with names that can be read.

Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from cybernorms.exercises.hand_in import LARGEST

LARGEST_LISTING = 8_000_000  # bytes of a zip's table of contents, all of which is held in memory
TIMES_LARGER = 200  # hand-ins come out of a zip ten to thirty times as large as they are in it
UNPACKED_AT_ONCE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack without a limit
_UTF_8 = 0x800  # the flag of a name that is UTF-8

# What reading a broken zip raises, beside errors of the system.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Refused(Exception):
    """A file is not read; the text says why."""


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """Open a zip whose table of contents and whose content are of a size that can be read.

    Raises:
        Refused: it claims to hold far more than a zip of its size can, as zip bombs do.
    """
    size = file.seek(0, os.SEEK_END)
    if _size_of_listing(file, size) > LARGEST_LISTING:
        raise Refused("lists more files than can be read")
    archive = zipfile.ZipFile(file)
    claimed = sum(min(info.file_size, LARGEST) for info in archive.infolist())
    if claimed > TIMES_LARGER * size + 10 * LARGEST:
        raise Refused("claims to hold far more than a zip of its size can")
    for info in archive.infolist():
        info.filename = _readable_name(info)
    archive.NameToInfo = {info.filename: info for info in archive.infolist()}
    return archive


def _readable_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as whoever packed it saw it.

    macOS writes UTF-8 without saying so, Windows has packed with backslashes, and some programs
    put `./` in front.
    """
    name = info.filename
    if not info.flag_bits & _UTF_8 and not name.isascii():
        # Else it is an encoding of Windows, in which only the letters of the name suffer.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    if "\\" not in name and "./" not in name and "//" not in name:
        return name
    name = name.replace("\\", "/")
    kept = "/".join(part for part in name.split("/") if part not in ("", "."))
    root, folder = "/" if name.startswith("/") else "", "/" if name.endswith("/") else ""
    return f"{root}{kept}{folder}"


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


def refusal(info: zipfile.ZipInfo, twice: set[str]) -> str:
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


def _leads_out(name: str) -> bool:
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or ":" in parts[0]


def head_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, length: int) -> bytes:
    """Return the first bytes of a member of a zip."""
    with archive.open(info) as file:
        return file.read(length)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return a member of a zip, reading no further than the cap whatever its header claims.

    Raises:
        Refused: it is larger.
    """
    content = head_of(archive, info, most + 1)
    if len(content) > most:
        raise Refused(too_large(most))
    return content


def too_large(most: int) -> str:
    """Return what is said of a file that is larger than some bytes."""
    return f"is larger than {most // 1_000_000} MB, which no hand-in is"


def describe_failure(error: Exception) -> str:
    """Return why a file could not be opened or read."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error) or type(error).__name__)[:200]
