"""Days after a deadline, by the clock that hangs where the course is taught."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

DAY = 86_400.0
_LATEST = datetime(9999, 12, 31, 23, 59, tzinfo=UTC).timestamp()
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def instant_of(clock_time: datetime, zone: tzinfo) -> float:
    """Return the seconds since 1970 at which the clocks of a zone show a time.

    Where they show it twice, in the night in which they are set back, it is the second time.
    Where they never show it, since they are set forward over it, it is as long after the change as
    it would have been without one. Both are the later of two readings, so no student loses by it.

    Arguments:
        clock_time: what the clocks show, without a zone.
        zone: where they hang.
    """
    return max(clock_time.replace(tzinfo=zone, fold=fold).timestamp() for fold in (0, 1))


def days_late(time: float, deadline: float, zone: tzinfo | None) -> int:
    """Return how many days have begun since a deadline, 0 until it has passed.

    In a zone a day ends when its clocks show the time of the deadline again, so that a day on which
    they are changed has 23 or 25 hours. Without one every day has 24 hours.

    Arguments:
        time, deadline: in seconds since 1970.
        zone: of the course, or None.
    """
    if time <= deadline:
        return 0
    plain = math.ceil((time - deadline) / DAY)
    if zone is None:
        return plain
    try:
        days = max(1, plain - 1)
        while days > 1 and _end_of(days - 1, deadline, zone) >= time:
            days -= 1
        while _end_of(days, deadline, zone) < time:
            days += 1
    except (OverflowError, ValueError, OSError):  # beyond the years that a clock can show
        return plain
    return days


@lru_cache(maxsize=10_000)
def _end_of(days: int, deadline: float, zone: tzinfo) -> float:
    """Return when so many days after a deadline are over."""
    begins = datetime.fromtimestamp(deadline, zone).replace(tzinfo=None)
    return instant_of(begins + timedelta(days=days), zone)


def describe_moment(time: float, zone: tzinfo | None) -> str:
    """Return a time as people write it, in a zone or else in UTC.

    >>> describe_moment(0, None)
    '1 January 1970, 00:00 (UTC)'
    """
    try:
        when = datetime.fromtimestamp(time, zone or UTC)
    except (OverflowError, ValueError, OSError):  # at the ends of the calendar
        when, zone = datetime.fromtimestamp(max(0.0, min(time, _LATEST)), UTC), None
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} ({zone or 'UTC'})"
