"""Where a file was found among the hand-ins, and why it is not read, if it is not."""

from __future__ import annotations

from msgspec import Struct


class Location(Struct, frozen=True, order=True):
    """Where a file lies: its path from the top of what was given, and how to reach it.

    `members` leads from a zip on disk to the file in it, through zips in zips.
    """

    path: str
    disk: str
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the path below the top, or "" if the top is a zip, and then that in each zip."""
        inside = "/".join(self.members)
        outside = self.path.removesuffix(inside).removesuffix("/") if inside else self.path
        return (outside, *self.members)


class Found(Struct, frozen=True):
    """A location, with the reason why nothing there is read, or none.

    `size` is in bytes, `changed` when the file was last changed, in seconds since 1970.
    """

    location: Location
    problem: str = ""
    size: int = 0
    changed: float = 0.0
