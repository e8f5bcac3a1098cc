"""Rubric marks: what a teacher gives a written answer, and how it is written and read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.kinds.written import Criterion, Level, Written
from cybernorms.exercises.responses import Unreadable, normalize, read_number

LONGEST_COMMENT = 2_000
_LONGEST_MARK = 2_000
_WHOLE = ("", *"0123456789")


class RubricMark(NamedTuple):
    """The points on one criterion of one text, with a comment; None where there is only that."""

    points: float | None
    comment: str


# The marks of a text, by criterion.
TextMarks = Mapping[str, RubricMark]
# Marks by question and blind id, then by criterion.
Marks = dict[tuple[str, str], dict[str, RubricMark]]


class WrittenText(NamedTuple):
    """A written answer with the marks that it has by now."""

    blind_id: str
    text: str
    marks: TextMarks


def points_of(level: Level, criterion: Criterion) -> float:
    """Return the points that a level brings."""
    return level.share * criterion.points


def format_levels(criterion: Criterion) -> str:
    """Return what can stand in the column `mark`, such as `Full = 0.5; Good = 0.33`."""
    levels = criterion.levels
    return "; ".join(
        f"{each.name} = {format_points(points_of(each, criterion))}" for each in levels
    )


def level_of(mark: RubricMark, criterion: Criterion) -> Level | None:
    """Return the level that brings exactly these points, or None."""
    for level in criterion.levels:
        if mark.points is not None and abs(points_of(level, criterion) - mark.points) < 1e-9:
            return level
    return None


def format_mark(mark: RubricMark, criterion: Criterion) -> str:
    """Return a mark as a teacher writes it: the name of its level, the points, or nothing."""
    if mark.points is None:
        return ""
    level = level_of(mark, criterion)
    return level.name if level else format_points(mark.points)


def out_of(mark: RubricMark, criterion: Criterion) -> str:
    """Return the points of a mark and what they are out of, or nothing where it has none."""
    if mark.points is None:
        return ""
    return f"{format_points(mark.points)} of {format_points(criterion.points)}"


def read_mark(given: str, criterion: Criterion, where: str) -> float:
    """Return the points meant by a level or by a number.

    A level is known by its name, its description, or the points that the rubric prints for it, and
    by name and points together: where a third of a point is `Partial = 0.33`, all of `partial`,
    `0.33`, `0,33` and `Partial = 0.33` mean the third.

    Raises:
        CyberNormsError: it is none of these.
    """
    if (points := find_points(given, criterion)) is not None:
        return points
    raise CyberNormsError(
        f"The mark {given[:40].strip()!r} is neither a level nor a number from 0 to "
        f"{format_points(criterion.points)}",
        where=where,
        remedy=f"Write one of: {format_levels(criterion)}",
    )


def find_points(given: str, criterion: Criterion) -> float | None:
    """Return the points meant by a level or by a number, or None where it is neither."""
    if len(given) > _LONGEST_MARK:
        return None
    wanted = normalize(given).rstrip(" .;")
    for level in criterion.levels:
        if wanted in (normalize(level.name), normalize(level.text).rstrip(" .;")):
            return points_of(level, criterion)
    name, equals, number = wanted.rpartition("=")
    if equals:
        known = [each for each in criterion.levels if normalize(each.name) == name.strip()]
        points = _number(number, criterion)
        return points if known and points == points_of(known[0], criterion) else None
    return _number(wanted, criterion)


def _number(given: str, criterion: Criterion) -> float | None:
    """Return points given as a number; those printed for a level are the level's own."""
    try:
        points = read_number(given)
    except Unreadable:
        points = _fraction(given)
    if not 0 <= points <= criterion.points + 1e-9:
        return None
    for level in criterion.levels:
        if format_points(points) == format_points(points_of(level, criterion)):
            return points_of(level, criterion)
    return points


def _fraction(given: str) -> float:
    """Return the value of `1/2`, `½` or `1½`, or −1 where it is none of these.

    >>> _fraction("1/2"), _fraction("1½"), _fraction("Ada")
    (0.5, 1.5, -1.0)
    """
    above, slash, below = given.partition("/")
    digits = (above.strip(), below.strip())
    if slash and all(each.isascii() and each.isdigit() and len(each) < 4 for each in digits):
        return int(digits[0]) / int(digits[1]) if int(digits[1]) else -1.0
    whole, last = given[:-1].strip(), given[-1:]
    if last and unicodedata.decomposition(last).startswith("<fraction>") and whole in _WHOLE:
        return int(whole or 0) + unicodedata.numeric(last, -1.0)
    return -1.0


def credit_of(question: Written, marks: TextMarks) -> float | None:
    """Return the share of the points that a text has, or None while a criterion is unmarked."""
    given = [marks[each.id].points for each in question.criteria if each.id in marks]
    points = [each for each in given if each is not None]
    if len(points) < len(question.criteria):
        return None
    return min(1.0, sum(points) / sum(each.points for each in question.criteria))


def is_begun(marks: TextMarks) -> bool:
    """Return whether a text has any mark by now; a comment alone is none."""
    return any(each.points is not None for each in marks.values())


def merged(*tables: Marks) -> Marks:
    """Return marks of several tables in one; where two have the same, the later counts.

    A comment alone takes away no mark.
    """
    found: Marks = {}
    for table in tables:
        for key, marks in table.items():
            known = found.setdefault(key, {})
            for id, mark in marks.items():
                earlier = known.get(id)
                if mark.points is None and earlier is not None:
                    mark = mark._replace(points=earlier.points)
                known[id] = mark
    return found
