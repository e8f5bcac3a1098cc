"""Zips put together byte by byte, so that what they say of themselves can be wrong."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

_DAY = 0x5A61  # in 2025
_UTF_8 = 0x800


class Member(NamedTuple):
    """A file in a zip; what is None is as it should be.

    `lies` are what the table of contents says of it in place of the truth.
    """

    name: str
    content: bytes
    lies: tuple[tuple[str, int], ...] = ()

    def lying(self, field: str, value: int) -> Member:
        return self._replace(lies=(*self.lies, (field, value)))


def packed(members: Sequence[Member], *, overlapping: bool = False, end_offset: int = -1) -> bytes:
    """Return a zip.

    Arguments:
        members: its files.
        overlapping: whether all have the bytes of the first.
        end_offset: where its end says that the table of contents is, which readers correct.
    """
    body, listing = b"", b""
    for member in members:
        name = member.name.encode("utf-8", "surrogatepass")
        deflate = zlib.compressobj(wbits=-15)
        data = deflate.compress(member.content) + deflate.flush()
        about = {
            "flags": _UTF_8 if not member.name.isascii() else 0,
            "way": 8,
            "day": _DAY,
            "checksum": zlib.crc32(member.content),
            "packed": len(data),
            "size": len(member.content),
            "mode": 0o100644,
            "offset": 0 if overlapping else len(body),
        } | dict(member.lies)
        body += _local(name, about) + data
        listing += _central(name, about)
    count = min(len(members), 0xFFFF)
    offset = len(body) if end_offset < 0 else end_offset
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
    return body + listing + end


def _common(about: dict[str, int]) -> bytes:
    return struct.pack(
        "<HHHHLLL",
        *(about["flags"] & 0xFFFF, about["way"] & 0xFFFF, 0, about["day"] & 0xFFFF),
        *(about[field] & 0xFFFFFFFF for field in ("checksum", "packed", "size")),
    )


def _local(name: bytes, about: dict[str, int]) -> bytes:
    return (
        b"PK\3\4" + struct.pack("<H", 20) + _common(about) + struct.pack("<HH", len(name), 0) + name
    )


def _central(name: bytes, about: dict[str, int]) -> bytes:
    mode, offset = (about["mode"] & 0xFFFF) << 16, about["offset"] & 0xFFFFFFFF
    rest = struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, mode, offset)
    return b"PK\1\2" + struct.pack("<HH", 20, 20) + _common(about) + rest + name


def listing_of(count: int, name: str = "{}", end_offset: int = -1) -> bytes:
    """Return a small zip that lists many files, all of which are the first, which is empty."""
    members = [Member(name.format(number), b"") for number in range(count)]
    return packed(members[:1], end_offset=end_offset) if count == 1 else _long(members, end_offset)


def _long(members: Sequence[Member], end_offset: int) -> bytes:
    about = {"flags": 0, "way": 0, "day": _DAY, "checksum": 0, "packed": 0, "size": 0}
    about |= {"mode": 0o100644, "offset": 0}
    body = _local(members[0].name.encode(), about)
    listing = b"".join(_central(member.name.encode(), about) for member in members)
    offset = len(body) if end_offset < 0 else end_offset
    count = min(len(members), 0xFFFF)
    return (
        body
        + listing
        + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
    )
