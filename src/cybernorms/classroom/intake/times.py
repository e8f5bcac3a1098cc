"""What is odd about the times in a hand-in, which come from the clock of a student's computer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from cybernorms.classroom.intake.answers import read_time

DAY = 86_400.0


def times_to_tell(times: Sequence[str], made: float | None, now: float) -> list[str]:
    """Return remarks on times that a day or more lie ahead, and on answers without any.

    Arguments:
        times: of the answers of a file, "" where one has none.
        made: when the file says that it was made, in seconds since 1970, or None.
        now: in seconds since 1970.
    """
    found = []
    if ahead := _latest_ahead(times, made, now + DAY):
        found.append(f"has times that are still to come, up to {ahead}; a clock was wrong")
    if made is None and "" in times:
        found.append(
            "says of some answers neither when they were given nor when it was made; where there "
            "is a deadline they count as given now"
        )
    return found


@lru_cache(maxsize=8)
def _day_of(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _latest_ahead(times: Sequence[str], made: float | None, limit: float) -> str:
    """Return the latest day after a limit, or nothing where no time lies behind it."""
    day = _day_of(limit - DAY / 2)  # in any offset
    known = [made] if made is not None else []
    # Texts are compared first, since nearly all times are in one form and long past.
    if max(times, default="") > day:
        known += [time for text in times if (time := read_time(text)) is not None]
    latest = max(known, default=limit)
    if latest <= limit:
        return ""
    try:
        return datetime.fromtimestamp(latest, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):  # at the end of the years that there are
        return "the year 9999"
