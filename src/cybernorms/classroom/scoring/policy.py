"""The policy of a course: deadlines, late answers, attempts, and what students are told when."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time as time_of_day, tzinfo
from pathlib import Path
from typing import Any

import tomli

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.fields import Fields
from cybernorms.paths import policy_example

MODES = ("self-study", "classroom", "graded")
ATTEMPTS = ("last", "first", "best", "last before deadline")
HAND_INS = ("last", "best", "per question last")
FEEDBACK = ("at once", "after deadline")
DAY = 86_400.0


@dataclass(frozen=True)
class Policy:
    """How a class is marked; what is not said in the policy file is as it is here.

    `deadlines` has seconds since 1970 by set; `per_day` and `at_most` are shares of an answer's
    points, from 0 to 1, that it loses for each day begun after the deadline, and at most; `grace`
    is in minutes; `sets` are the sets that count, all that were handed in if empty.
    """

    mode: str = "graded"
    attempt: str = "last"
    hand_ins: str = "last"
    feedback: str = "at once"
    sets: tuple[str, ...] = ()
    deadlines: Mapping[str, float] = field(default_factory=dict, hash=False)
    per_day: float = 0.0
    at_most: float = 1.0
    grace: float = 0.0

    def penalty(self, set: str, time: float | None) -> float:
        """Return the share of its points that an answer loses for being late, from 0 to 1."""
        deadline = self.deadlines.get(set)
        if deadline is None or time is None or time <= deadline + self.grace * 60:
            return 0.0
        days = math.ceil((time - deadline) / DAY)
        return min(self.at_most, days * self.per_day)


def read_policy(path: Path, sets: Collection[str]) -> Policy:
    """Return the policy in a TOML file.

    Arguments:
        path: the file; exercises/policy-example.toml shows all that can stand in it.
        sets: the ids of the question sets.

    Raises:
        CyberNormsError: it cannot be read, or something in it is wrong; the message names it.
    """
    try:
        table = tomli.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CyberNormsError(
            f"The policy cannot be opened: {error.strerror or error}",
            where=str(path),
            remedy=f"Name a file like {policy_example()}",
        ) from None
    except (ValueError, RecursionError) as error:
        raise CyberNormsError(
            f"The policy cannot be read: {error}",
            where=path.name,
            remedy=f"Mend that line; {policy_example()} shows the form",
        ) from None
    fields = Fields(table, path.name)
    zone = _zone(fields)
    late = Fields(fields.take("late", {}), path.name, "late")
    policy = Policy(
        mode=fields.one_of("mode", MODES, "graded"),
        attempt=fields.one_of("attempt", ATTEMPTS, "last"),
        hand_ins=fields.one_of("hand_ins", HAND_INS, "last"),
        feedback=fields.one_of("feedback", FEEDBACK, "at once"),
        sets=_sets(fields, sets),
        deadlines=_deadlines(fields, sets, zone),
        per_day=late.number("per_cent_a_day", 0.0, high=100) / 100,
        at_most=late.number("at_most_per_cent", 100.0, high=100) / 100,
        grace=late.number("grace_minutes", 0.0, high=10_080),
    )
    late.done()
    fields.done()
    if not policy.deadlines and policy.attempt == "last before deadline":
        raise fields.problem("attempt", "There is no deadline", "Add one below [deadline]")
    if not policy.deadlines and policy.feedback == "after deadline":
        raise fields.problem("feedback", "There is no deadline", "Add one below [deadline]")
    return policy


def _sets(fields: Fields, known: Collection[str]) -> tuple[str, ...]:
    found = []
    for name in fields.texts("sets"):
        found.append(_known_set(fields, "sets", name, known))
    return tuple(found)


def _known_set(fields: Fields, field: str, name: str, known: Collection[str]) -> str:
    """Return the id of the set that is meant by an id or a number."""
    for id in known:
        if name in (id, id.split("-")[0]):
            return id
    raise fields.problem(
        field, f"There is no question set {name!r}", f"Choose from: {', '.join(known)}"
    )


def _zone(fields: Fields) -> tzinfo | None:
    name = fields.text("time_zone", "")
    if not name:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise fields.problem(
            "time_zone",
            f"The time zone {name!r} is not known on this computer",
            'Write one such as "Europe/Berlin", or leave it out and give each deadline its '
            "offset, as in 2026-03-01T23:59:00+01:00",
        ) from None


def _deadlines(fields: Fields, sets: Collection[str], zone: tzinfo | None) -> dict[str, float]:
    table = fields.take("deadline", {})
    inner = Fields(table, fields.where, "deadline")
    found = {}
    for name in table:
        found[_known_set(inner, name, name, sets)] = _deadline(inner, name, inner.take(name), zone)
    return found


def _deadline(fields: Fields, name: str, given: Any, zone: tzinfo | None) -> float:
    if isinstance(given, date) and not isinstance(given, datetime):
        given = datetime.combine(given, time_of_day(23, 59, 59))
    if not isinstance(given, datetime):
        raise fields.problem(
            name,
            "A date with a time is expected here",
            "Write it without quotation marks, as in 2026-03-01T23:59:00",
        )
    if given.tzinfo is None:
        if zone is None:
            raise fields.problem(
                name,
                "This deadline has no time zone",
                'Add time_zone = "Europe/Berlin" at the top, or an offset: '
                "2026-03-01T23:59:00+01:00",
            )
        given = given.replace(tzinfo=zone)
    try:
        return float(given.timestamp())
    except OverflowError:
        raise fields.problem(name, "This year is out of reach", "Correct the date") from None
