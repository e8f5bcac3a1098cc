"""Find who is meant by an id or a name that a teacher wrote into the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from cybernorms.classroom.intake.names import loose_key, name_key, spells
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import Student
from cybernorms.exercises.responses import normalize

# The columns of a roster with an id of a person, in the exports of Canvas and Moodle.
ID_COLUMNS = {
    *("id", "sis user id", "sis login id", "integration id"),
    *("id number", "identifier", "username", "email", "email address"),
}


MOST_SUGGESTIONS = 100  # names that are looked up among all others for what they resemble


class Entry(NamedTuple):
    """Somebody in the class: a row of the roster, or else the key of a student."""

    row: int | None
    key: str
    name: str
    ids: tuple[str, ...]


class Directory:
    """All people of a class: those on the roster, and those who handed in and are not on it.

    Arguments:
        students: who handed in.
        roster: the list of the class, or None.
    """

    def __init__(self, students: Sequence[Student], roster: Roster | None) -> None:
        self._has_roster = roster is not None
        self._entries: list[Entry] = []
        self._suggestions = 0
        self._indexes: tuple[dict[str, list[Entry]], ...] = ({}, {}, {}, {})
        for entry in (*_on_roster(roster), *map(_entry, students)):
            if entry.row is None or not entry.key:
                self._add(entry)

    def add(self, student: Student) -> None:
        """Add somebody who is not on the roster."""
        self._add(_entry(student))

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        ids = dict.fromkeys(map(_id, entry.ids))
        # Moodle puts a group and a hyphen before the name of a member.
        names = (entry.name, entry.name.partition("-")[2])
        keys_of_all = (ids, [name_key(names[0])], *([loose_key(name)] for name in names))
        for index, keys in zip(self._indexes, keys_of_all, strict=True):
            for key in keys:
                if key:
                    index.setdefault(key, []).append(entry)

    def find(self, text: str) -> tuple[Entry | None, str]:
        """Return whoever is meant by an id or a name, or None and why nobody could be found."""
        found = self.meant_by(text)
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, f"{len(found)} people have that id or name; write the id of one of them"
        if near := self.near(text):
            return None, f"no student has that id or name; did you mean {near!r}?"
        if self._has_roster:
            return None, "no student has that id or name; write it as the roster has it"
        return None, "no student who handed in has that id or name; a roster would name the others"

    def near(self, text: str) -> str:
        """Return the name in the class that is nearest to a text, or nothing."""
        self._suggestions += 1
        if self._suggestions > MOST_SUGGESTIONS:
            return ""
        names = {loose_key(entry.name): entry.name for entry in self._entries}
        near = get_close_matches(loose_key(text), names, n=1, cutoff=0.8)
        return names[near[0]] if near else ""

    def meant_by(self, text: str) -> list[Entry]:
        """Return all who can be meant: by id, by name, without accents, behind a group, run on."""
        keys = (_id(text), name_key(text), loose_key(text), loose_key(text))
        for index, key in zip(self._indexes, keys, strict=True):
            if found := index.get(key, []):
                return found
        if " " in text.strip() or not name_key(text):
            return []
        return [entry for entry in self._entries if spells(entry.name, text)]


def _id(text: str) -> str:
    return text.strip().removeprefix("Participant ").strip().casefold()


def _on_roster(roster: Roster | None) -> Iterator[Entry]:
    for row, person in enumerate(roster.people if roster else ()):
        ids = [value for column, value in person.row.items() if normalize(column) in ID_COLUMNS]
        yield Entry(row, "", person.name, (person.id, *ids))


def _entry(student: Student) -> Entry:
    return Entry(student.row, student.key, student.name, (student.sender.id,))
