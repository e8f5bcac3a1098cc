"""Open zips in which anything may be: of a size that can be read, with names that can be read.

Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import contextlib
import stat
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from typing import BinaryIO, cast

LARGEST_LISTING = 20_000_000  # bytes of a zip's table of contents, all of which is held in memory
LARGEST_END = 70_000  # bytes in which the end of a zip is looked for
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


class _Guarded:
    """A file that gives no more than some bytes at once, while a zip's table of contents is read.

    So the cap holds for the table that the library finds, wherever that is, and for no other.
    """

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, max(most, LARGEST_END)
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1, /) -> bytes:
        content = self._file.read(self._most + 1 if size < 0 else min(size, self._most + 1))
        if len(content) > self._most:
            raise Refused("lists more files than can be read")
        return content


def open_zip(file: BinaryIO, largest_listing: int = LARGEST_LISTING) -> zipfile.ZipFile:
    """Open a zip whose table of contents is of a size that can be read.

    Arguments:
        file: the zip.
        largest_listing: bytes of the table of contents.

    Raises:
        Refused: its table of contents is larger.
    """
    archive = zipfile.ZipFile(cast("BinaryIO", _Guarded(file, largest_listing)))
    archive.fp = file
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


def refusal(info: zipfile.ZipInfo, twice: set[str]) -> str:
    """Return why a member of a zip is not read, or nothing."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device in a zip, which is not followed"
    if not info.filename:
        return "has no name in the zip, so it is not read"
    if info.filename.endswith("/"):
        return "is called a folder in the zip and holds something, which is not read"
    if _leads_out(info.filename):
        return "has a name that leads out of the zip, so it is not read"
    if info.filename in twice:
        return "stands twice in the zip, so that nobody can tell which is meant"
    if info.flag_bits & 1:
        return "is locked with a password"
    if info.compress_type not in UNPACKED_AT_ONCE:
        return "is packed in a way that the LMS does not use; ask for the file itself"
    return ""


def is_folder(info: zipfile.ZipInfo) -> bool:
    """Return whether a member of a zip is a folder, which holds nothing itself."""
    return info.filename.endswith("/") and not info.file_size


def packed_at(info: zipfile.ZipInfo) -> float:
    """Return when a member of a zip was last changed, in seconds since 1970; 0 if it is no time."""
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _leads_out(name: str) -> bool:
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or ":" in parts[0]


def head_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, length: int) -> bytes:
    """Return the first bytes of a member of a zip."""
    with archive.open(info) as file:
        return file.read(length)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return a member of a zip; nothing is unpacked of one that is too large.

    Raises:
        Refused: it is larger.
    """
    # The library gives no more of it than the header claims.
    if info.file_size > most:
        raise Refused(too_large(most))
    return head_of(archive, info, most + 1)


def too_large(most: int) -> str:
    """Return what is said of a file that is larger than some bytes."""
    return f"is larger than {most // 1_000_000} MB, which no hand-in is"


def describe_failure(error: Exception) -> str:
    """Return why a file could not be opened or read."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error) or type(error).__name__)[:200]
