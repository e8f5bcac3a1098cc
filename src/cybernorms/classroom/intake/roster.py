"""Who is in the class, and whom of them a file is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.names import (
    is_called,
    loose_key,
    name_key,
    share_a_word,
    spells,
)
from cybernorms.classroom.tables import one_line
from cybernorms.exercises.responses import normalize


@dataclass(frozen=True)
class Person:
    """One line of a roster: the id by which the LMS names files, the name, and the line itself.

    `other_ids` are an SIS id, a login, an email address; `is_student` is false for those whom the
    list itself calls something else.
    """

    id: str
    name: str
    row: Mapping[str, str]
    other_ids: tuple[str, ...] = ()
    is_student: bool = True


class Match(NamedTuple):
    """The row of whoever sent a file, or why nobody was found."""

    row: int | None
    problem: str = ""


@dataclass(frozen=True)
class Roster:
    """The people of a class in the order of the file, which kind of file it is, its columns.

    `kind` is "canvas", "moodle worksheet", "moodle participants" (or a gradebook of Moodle), or
    "list"; `fields` has the column of what is known by its heading; `maxima` is the line in which
    Canvas has the points possible; `remark` is on how the file was read, if that was odd.
    """

    kind: str
    columns: tuple[str, ...]
    people: tuple[Person, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    maxima: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""

    @property
    def lms(self) -> str:
        """Return the LMS that the list comes from, or "list"."""
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
        return len(rows) == 1 and (not name or is_called(self.people[rows[0]].name, name))

    @cached_property
    def _by_other_id(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, person in enumerate(self.people):
            for id in {each.casefold() for each in person.other_ids if each}:
                found.setdefault(id, []).append(row)
        return found

    def find(self, sender: Sender, claimed: str) -> Match:
        """Return whoever sent a file, or why nobody could be found.

        Arguments:
            sender: what the LMS says of the file.
            claimed: the name inside it, which counts only where it agrees with the LMS.
        """
        if sender.id and sender.system == self.lms:
            rows = self._by_id.get(sender.id, [])
            if len(rows) == 1 and self._is_that_of(sender, rows[0]):
                return Match(rows[0])
        if sender.is_anonymous:
            return Match(None, _ANONYMOUS[sender.system])
        believed = not sender.id or is_called(claimed, sender.name)
        for name in (sender.name, claimed) if believed else (sender.name,):
            rows = self.called(name)
            if len(rows) == 1:
                return Match(rows[0])
            if rows:
                problem = f"{len(rows)} people on the roster are called {one_line(name, 60)!r}"
                return Match(None, problem)
        return Match(None, "no student on the roster has that id or name")

    def _is_that_of(self, sender: Sender, row: int) -> bool:
        """Return whether a number is that of this person, as Moodle's are in one assignment."""
        name = self.people[row].name
        if sender.system != "moodle" or sender.is_anonymous or not sender.name:
            return True
        others = self.called(sender.name)
        return is_called(name, sender.name) or (
            share_a_word(name, sender.name) and (row in others or len(others) != 1)
        )

    def called(self, name: str) -> list[int]:
        """Return the rows of all who have a name, or an address or id that serves as one.

        Accents are left out only to find one person, and the group before a name of Moodle's.
        """
        if rows := self._by_other_id.get(name.strip().casefold(), []):
            return rows
        if not name_key(name):
            return []
        if rows := self._by_name.get(name_key(name), []):
            return rows
        if rows := self._by_loose_name.get(loose_key(name), []):
            return rows
        if " " in name.strip():
            _, group_ends, rest = name.partition("-")
            return self.called(rest) if group_ends and " " in rest.strip() else []
        return [row for row, one in enumerate(self.people) if spells(one.name, name)]


_ANONYMOUS = {
    "canvas": "Canvas keeps back who this is; its marks cannot go back as a table",
    "moodle": "Moodle keeps back who this is; name the grading worksheet of this assignment as "
    "the roster",
}


def cell_below(heading: str, row: Mapping[str, str]) -> str:
    """Return the cell of a line below the first column of a name in any case, or nothing."""
    column = _column_called(heading, tuple(row))
    return "" if column is None else row[column]


@lru_cache(maxsize=100)
def _column_called(name: str, columns: tuple[str, ...]) -> str | None:
    """Return the first column of a name in any case; the lines of a list have them all alike."""
    return next((column for column in columns if normalize(column) == name), None)


def _rows_by(keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(row)
    return found
