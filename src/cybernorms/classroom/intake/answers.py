"""Answers on their way from one process to another, and through the spool, as lines of JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cached_property
from sys import intern
from typing import Any

import msgspec

LONGEST_TIME = 40
_LINES = msgspec.json.Encoder()
_TEXTS = msgspec.json.Decoder(list[str])
_VALUE = msgspec.json.Decoder()


class Answers:
    """The answers of a hand-in in columns, oldest first, each with an entry in all three.

    `keys` are what was answered, `responses` what was given, as JSON, and `times` when it claims
    to have been given.
    """

    def __init__(self, packed: bytes, made: float | None = None, number: int = 0) -> None:
        """Take answers from what `pack` has made of them.

        Arguments:
            packed: the lines of JSON.
            made: when the file claims to have been made, in seconds since 1970, or None.
            number: the number that Canvas gave the file, or 0.
        """
        self.made, self.number = made, number
        keys, self._times, *self.responses = packed.removesuffix(b"\n").split(b"\n")
        self.keys = list(map(intern, _TEXTS.decode(keys)))

    @cached_property
    def times(self) -> list[str]:
        """Return the times, which are read only where they play a part.

        An answer without a time counts as given when the file was made; "" where neither is known.
        """
        times = list(value_of(self._times))
        if "" not in times or self.made is None:
            return times
        try:
            made = datetime.fromtimestamp(self.made, UTC).isoformat()
        except (ValueError, OverflowError, OSError):  # at the ends of the years that there are
            return times
        return [time or made for time in times]

    @cached_property
    def entries(self) -> frozenset[tuple[str, bytes, str]]:
        """Return what was answered, what was given and when, as it stands in the file."""
        return frozenset(zip(self.keys, self.responses, value_of(self._times), strict=True))


def pack(keys: list[str], responses: list[Any], times: list[str]) -> bytes:
    """Return answers as lines of JSON: all keys, all times, then each response."""
    lines = [keys, times, *responses]
    try:
        return _LINES.encode_lines(lines)
    except ValueError:  # halves of letters, which JSON can hold and UTF-8 cannot
        return "".join(f"{json.dumps(line)}\n" for line in lines).encode("ascii")


def columns_of(packed: bytes) -> tuple[list[str], list[str], list[bytes]]:
    """Return what was answered, when, and what was given as JSON, from what `pack` has made."""
    keys, times, *responses = packed.removesuffix(b"\n").split(b"\n")
    return _TEXTS.decode(keys), value_of(times), responses


def value_of(response: bytes) -> Any:
    """Return a response as values of Python."""
    try:
        return _VALUE.decode(response)
    except msgspec.MsgspecError:
        return json.loads(response)


def read_time(given: Any) -> float | None:
    """Return the seconds since 1970 of an ISO time, or None where it is not one.

    A time without a zone is taken as UTC, which is what the record writes.
    """
    if not isinstance(given, str) or len(given) > LONGEST_TIME:
        return None
    try:
        when = datetime.fromisoformat(given)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def is_time(given: str) -> bool:
    """Return whether `read_time` can read a time; of one in UTC this is known at once."""
    try:
        if datetime.fromisoformat(given).tzinfo is UTC and len(given) <= LONGEST_TIME:
            return True
    except ValueError:
        return False
    return read_time(given) is not None
