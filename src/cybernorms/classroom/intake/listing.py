"""How much of a zip is looked through to find hand-ins in it, before any of them is read.

What a student has packed is looked through up to a cap of that student. Zips that an LMS or a
teacher has packed have as many files as there are students.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from cybernorms.classroom.intake.archives import LARGEST_LISTING, Refused
from cybernorms.classroom.intake.found import Location
from cybernorms.classroom.intake.senders import is_packed_by_lms, sender_in

MOST_IN_INNER_ZIP = 1_000
MOST_LISTED = 5_000  # files in all zips of a sender
MOST_UNPACKED = 40_000_000  # bytes of all zips in a zip of a sender
LARGEST_IN_FOLDER = 4_000_000  # bytes of the table of contents of one of several zips
LARGEST_INNER = 300_000  # bytes of the table of contents of a zip in a zip
BYTES_A_FILE = 200  # a zip of an LMS has more bytes for each file in it
SENDERS_OVER = 5  # senders whose zips may be as full as one's can be, in one zip of a class
TIMES_LARGER = 20  # zips in zips seldom shrink, since they are packed already


class _Used:
    """How many files have been listed, and how many bytes of zips unpacked."""

    def __init__(self) -> None:
        self.files = self.size = 0


class Listing:
    """What has been listed of a zip on disk, in all and of each sender.

    Arguments:
        size: of the zip, in bytes.
        is_top: whether it is what the teacher gave, so that the zip itself is no student's.
    """

    def __init__(self, size: int, *, is_top: bool) -> None:
        self._is_top = is_top
        self._most_files = SENDERS_OVER * MOST_LISTED + size // BYTES_A_FILE
        self._most_size = SENDERS_OVER * MOST_UNPACKED + TIMES_LARGER * size
        self._whole = _Used()
        self._senders: defaultdict[Hashable, _Used] = defaultdict(_Used)

    def largest(self, members: Sequence[str]) -> int:
        """Return the most bytes that the table of contents of a zip may have."""
        if members:
            return LARGEST_INNER
        return LARGEST_LISTING if self._is_top else LARGEST_IN_FOLDER

    def take(self, location: Location, names: Sequence[str]) -> None:
        """Count what a zip lists.

        Raises:
            Refused: it is too much.
        """
        count = len(names)
        if not location.members:
            if self._is_top:
                return
            self._whole.files += count
            if count > MOST_LISTED and not is_packed_by_lms(location.path, set(names)):
                raise Refused(f"is a zip of {count:,} files, and no student hands in so many")
        else:
            used = self._senders[_sender(location)]
            used.files += count
            if count > MOST_IN_INNER_ZIP:
                raise Refused(f"is a zip of more than {MOST_IN_INNER_ZIP:,} files in a zip")
            if used.files > MOST_LISTED:
                raise Refused(f"was not opened, since zips of its sender have {used.files:,} files")
            self._whole.files += count  # what is refused of one takes nothing from the others
        if self._whole.files > self._most_files and not self._is_top:
            raise Refused("lists more files than a zip of its size can hold")

    def unpack(self, location: Location, size: int) -> None:
        """Count the bytes of a zip in a zip before it is opened.

        Raises:
            Refused: it is too much.
        """
        used = self._senders[_sender(location)]
        used.size += size
        if used.size <= MOST_UNPACKED:
            self._whole.size += size
            if self._is_top or self._whole.size <= self._most_size:
                return
        raise Refused("was not opened, since zips of its sender hold more than is read of one")


def _sender(location: Location) -> Hashable:
    """Return who has packed a zip in a zip, as far as its place tells."""
    return sender_in(location.members[0]) or location.members[0]
