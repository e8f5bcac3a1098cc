"""A day is a day of the local clock, also where the clocks are changed in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from cybernorms.classroom.scoring.days import days_late, describe_moment, instant_of

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"]
ZONES += Random(7).sample(sorted(available_timezones() - {"localtime"}), 40)


def at(text: str, zone: str = "Europe/Berlin") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def changes_of(zone: ZoneInfo) -> list[datetime]:
    """Return hours near which the clocks of a zone are changed, and one where they are not."""
    days = [datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(3 * 365)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    found = [day for day, one, two in zip(days, offsets, offsets[1:], strict=False) if one != two]
    return [*found, days[100]]


def slow_days_late(time: datetime, deadline: datetime, zone: ZoneInfo) -> int:
    """Count the days by looking at a clock in the zone every five minutes."""
    wanted = deadline.astimezone(zone).replace(tzinfo=None)
    count = 0
    while time > deadline:
        count += 1
        wanted += timedelta(days=1)
        moment = deadline + timedelta(days=count, hours=-3)
        steps = [moment + timedelta(minutes=5 * n) for n in range(73)]
        ends = [each for each in steps if each.astimezone(zone).replace(tzinfo=None) <= wanted]
        if time <= ends[-1]:
            break
    return count


@pytest.mark.parametrize("name", ZONES)
def test_a_day_ends_when_the_clock_shows_the_time_of_the_deadline_again(name: str) -> None:
    zone, random = ZoneInfo(name), Random(name)
    for change in changes_of(zone):
        for _ in range(12):
            minutes = 5 * random.randrange(-3 * 288, 288)
            deadline = change + timedelta(minutes=minutes)
            time = deadline + timedelta(minutes=5 * random.randrange(4 * 288))
            if falls_into_a_gap(deadline, zone):
                continue
            found = days_late(time.timestamp(), deadline.timestamp(), zone)
            assert found == slow_days_late(time, deadline, zone), (deadline, time)


def falls_into_a_gap(deadline: datetime, zone: ZoneInfo) -> bool:
    """Return whether one of the next days has no such time, which a rule of its own is about."""
    clock = deadline.astimezone(zone).replace(tzinfo=None)
    for days in range(6):
        there = (clock + timedelta(days=days)).replace(tzinfo=zone)
        if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != there.replace(
            tzinfo=None
        ):
            return True
    return False


@pytest.mark.parametrize(
    ("deadline", "time", "days"),
    [
        # The clocks are set back in the night to 25 October, and forward in that to 29 March.
        ("2026-10-24T20:00", "2026-10-25T19:30", 1),
        ("2026-10-24T20:00", "2026-10-25T20:00", 1),
        ("2026-10-24T20:00", "2026-10-25T20:01", 2),
        ("2026-03-28T20:00", "2026-03-29T20:00", 1),
        ("2026-03-28T20:00", "2026-03-29T20:01", 2),
        ("2026-10-20T12:00", "2026-10-20T12:00", 0),
        ("2026-10-20T12:00", "2026-10-20T12:01", 1),
        ("2026-10-20T12:00", "2027-10-20T12:00", 365),
    ],
)
def test_days_across_a_change_of_the_clocks(deadline: str, time: str, days: int) -> None:
    assert days_late(at(time), at(deadline), BERLIN) == days


def test_without_a_zone_every_day_has_24_hours() -> None:
    deadline, time = at("2026-10-24T20:00"), at("2026-10-25T19:30")
    assert days_late(time, deadline, None) == 2
    assert days_late(deadline + 86_400, deadline, None) == 1


def test_of_an_hour_that_comes_twice_the_second_is_meant() -> None:
    """Prevents a student from being late by an hour that was not over."""
    twice = datetime(2026, 10, 25, 2, 30)
    assert instant_of(twice, BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp()
    # It is also where a day ends.
    deadline, first = at("2026-10-24T02:30"), datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert days_late(first.timestamp(), deadline, BERLIN) == 1


def test_a_time_that_the_clocks_skip_comes_as_long_after_the_change() -> None:
    skipped = datetime(2026, 3, 29, 2, 30)
    assert instant_of(skipped, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC).timestamp()
    deadline = at("2026-03-28T02:30")
    assert days_late(at("2026-03-29T03:30"), deadline, BERLIN) == 1
    assert days_late(at("2026-03-29T03:31"), deadline, BERLIN) == 2


def test_a_day_that_a_country_left_out_is_none() -> None:
    """Prevents an endless count where Samoa went from the 29th to the 31st."""
    deadline = at("2011-12-29T20:00", "Pacific/Apia")
    zone = ZoneInfo("Pacific/Apia")
    assert days_late(at("2011-12-31T19:00", "Pacific/Apia"), deadline, zone) == 1
    assert days_late(at("2011-12-31T20:01", "Pacific/Apia"), deadline, zone) == 3


@pytest.mark.parametrize("year", [1, 9999])
def test_times_at_the_ends_of_the_calendar_are_counted_too(year: int) -> None:
    far = datetime(year, 6, 15, tzinfo=UTC).timestamp()
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC).timestamp()
    assert days_late(last, far, BERLIN) == days_late(last, far, None)


def test_a_moment_is_told_in_the_zone_of_the_course() -> None:
    assert describe_moment(at("2026-03-01T23:59"), BERLIN) == "1 March 2026, 23:59 (Europe/Berlin)"
    latest = datetime(9999, 12, 31, 23, 59, tzinfo=UTC).timestamp()
    assert describe_moment(latest, BERLIN) == "31 December 9999, 23:59 (UTC)"
