"""Fields of a policy file that stand in several of its tables: sets, questions, moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time as time_of_day, tzinfo
from typing import Any

from msgspec import Struct

from cybernorms.classroom.scoring.days import instant_of
from cybernorms.errors import CyberNormsError, did_you_mean
from cybernorms.exercises.fields import Fields
from cybernorms.exercises.questions import Question, QuestionSet

EXAMPLE = "exercises/policy-example.toml shows the form"


class Known(Struct, frozen=True):
    """What the tables of a policy may refer to: the question sets, the zone, the deadlines."""

    sets: Sequence[QuestionSet]
    zone: tzinfo | None = None
    deadlines: Mapping[str, float] = {}

    @property
    def questions(self) -> dict[str, Question]:
        """Return all questions by id."""
        return {one.id: one for each in self.sets for one in each.questions}


def subtable(fields: Fields, name: str, table: Any) -> Fields:
    """Return a table inside a policy file, of which fields are taken in turn."""
    path = f"{fields.path}.{name}" if fields.path else name
    if not isinstance(table, dict):
        location = f"{fields.where}, {path}"
        raise CyberNormsError(
            "A table is expected here", where=location, remedy=f"See how {EXAMPLE}"
        )
    return Fields(table, fields.where, path)


def entries(fields: Fields, name: str) -> Iterator[tuple[Fields, str, Any]]:
    """Yield each line of a table of a policy: the table, the name of the line, its value."""
    table = fields.take(name, {})
    inner = subtable(fields, name, table)
    for key in table:
        yield inner, key, inner.take(key)


def find_set(name: object, sets: Sequence[QuestionSet]) -> QuestionSet | None:
    """Return the set that is meant by an id or a number, or None."""
    if isinstance(name, str) and name.isdigit():
        name = name.zfill(2)
    return next((each for each in sets if name in (each.id, each.id.split("-")[0])), None)


def set_of(fields: Fields, field: str, name: object, sets: Sequence[QuestionSet]) -> str:
    """Return the id of the set that is meant by an id or a number."""
    if found := find_set(name, sets):
        return found.id
    ids = [each.id for each in sets]
    choose = f"Choose from: {', '.join(ids)}"
    remedy = did_you_mean(name, ids, choose) if isinstance(name, str) else choose
    raise fields.problem(field, f"There is no question set {name!r}", remedy)


def sets_of(
    fields: Fields, field: str, names: object, sets: Sequence[QuestionSet]
) -> tuple[str, ...]:
    """Return the ids of the sets that a list names."""
    if not isinstance(names, list):
        raise fields.problem(field, "A list of sets is expected here", 'Write it as ["02", "03"]')
    return tuple(dict.fromkeys(set_of(fields, field, name, sets) for name in names))


def moment_of(fields: Fields, field: str, given: object, zone: tzinfo | None) -> float:
    """Return a date with a time in seconds since 1970; a date alone means the end of that day."""
    if isinstance(given, date) and not isinstance(given, datetime):
        given = datetime.combine(given, time_of_day(23, 59, 59))
    if not isinstance(given, datetime):
        raise fields.problem(
            field,
            "A date with a time is expected here",
            "Write it without quotation marks, as in 2026-03-01T23:59:00",
        )
    try:
        if given.tzinfo is not None:
            return float(given.timestamp())
        if zone is not None:
            return instant_of(given, zone)
    except (OverflowError, ValueError, OSError):
        raise fields.problem(field, "This year is out of reach", "Correct the date") from None
    raise fields.problem(
        field,
        "This deadline has no time zone",
        'Add time_zone = "Europe/Berlin" at the top, or an offset: 2026-03-01T23:59:00+01:00',
    )
