"""Who is in the class: the lists that the LMS exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cybernorms.classroom.intake.names import loose_key, name_key, spells
from cybernorms.classroom.intake.senders import Sender
from cybernorms.classroom.tables import one_line, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.responses import normalize

_POINTS_ROW = "points possible"


@dataclass(frozen=True)
class Person:
    """One line of a roster: the id by which the LMS names files, the name, and the line itself."""

    id: str
    name: str
    row: Mapping[str, str]


@dataclass(frozen=True)
class Roster:
    """The people of a class in the order of the file, which kind of file it is, its columns."""

    kind: str
    columns: tuple[str, ...]
    people: tuple[Person, ...]

    @property
    def lms(self) -> str:
        """Return the LMS that the list comes from."""
        return self.kind.split()[0]

    @cached_property
    def _by_id(self) -> dict[str, list[int]]:
        return _rows_by(person.id for person in self.people)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        return _rows_by(name_key(person.name) for person in self.people)

    @cached_property
    def _by_loose_name(self) -> dict[str, list[int]]:
        return _rows_by(loose_key(person.name) for person in self.people)

    def has(self, id: str, name: str) -> bool:
        """Return whether somebody has this id and, if one is given, this name."""
        rows = self._by_id.get(id, [])
        return len(rows) == 1 and (not name or _is_called(self.people[rows[0]].name, name))

    def find(self, sender: Sender, claimed: str) -> tuple[int | None, str]:
        """Return the row of whoever sent a file, or None and why nobody could be found.

        Arguments:
            sender: what the LMS says of the file.
            claimed: the name inside it, which counts only where it agrees with the LMS.
        """
        if sender.is_anonymous:
            return None, "Canvas keeps back who this is; its marks cannot go back as a table"
        if sender.id and sender.lms == self.lms:
            rows = self._by_id.get(sender.id, [])
            if len(rows) == 1:
                return rows[0], ""
        believed = not sender.id or _is_called(claimed, sender.name)
        for name in (sender.name, claimed) if believed else (sender.name,):
            rows = self._called(name)
            if len(rows) == 1:
                return rows[0], ""
            if rows:
                return None, f"{len(rows)} people on the roster are called {one_line(name, 60)!r}"
        return None, "nobody on the roster has that id or name"

    def _called(self, name: str) -> list[int]:
        """Return the rows of all who are called so; accents are left out only to find one."""
        if not name_key(name):
            return []
        if rows := self._by_name.get(name_key(name), []):
            return rows
        if rows := self._by_loose_name.get(loose_key(name), []):
            return rows
        if " " in name.strip():
            return []
        return [row for row, one in enumerate(self.people) if spells(one.name, name)]


def _is_called(name: str, given: str) -> bool:
    """Return whether a name is the given one, or is run together in it, as Canvas does."""
    return loose_key(name) == loose_key(given) or spells(name, given)


def _rows_by(keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(row)
    return found


def read_roster(path: Path) -> Roster:
    """Return the roster of a Canvas gradebook export, or of a Moodle export of either kind.

    Raises:
        CyberNormsError: it cannot be read, or its columns are those of neither.
    """
    columns, rows = read_table(path)
    by_plain = {normalize(column): column for column in reversed(columns)}
    if {"student", "id"} <= by_plain.keys():
        people = _people(rows, by_plain["id"], [by_plain["student"]])
        people = [one for one in people if one.id and normalize(one.name) != _POINTS_ROW]
        return Roster("canvas", tuple(columns), tuple(people))
    if {"identifier", "full name"} <= by_plain.keys():
        people = _people(rows, by_plain["identifier"], [by_plain["full name"]])
        return Roster("moodle worksheet", tuple(columns), tuple(people))
    first = by_plain.get("first name")
    last = by_plain.get("surname") or by_plain.get("last name")
    if first and last:
        return Roster(
            "moodle participants", tuple(columns), tuple(_people(rows, "", [first, last]))
        )
    raise CyberNormsError(
        "The columns of this roster are not those of Canvas or Moodle",
        where=f"{path}, which has: {', '.join(one_line(column, 30) for column in columns[:8])}",
        remedy="Export the gradebook in Canvas, or the grading worksheet or the participants in "
        "Moodle with English column names, and name that file",
    )


def _people(rows: Sequence[Mapping[str, str]], id: str, name: Sequence[str]) -> list[Person]:
    return [
        Person(
            # Moodle writes "Participant 1234567", and the number alone in file names.
            id=row[id].strip().removeprefix("Participant ").strip() if id else "",
            name=one_line(" ".join(row[part].strip() for part in name)),
            row=row,
        )
        for row in rows
    ]
