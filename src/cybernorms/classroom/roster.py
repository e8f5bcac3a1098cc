"""Who is in the class, and who handed a file in: the LMS's own lists and file names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cybernorms.classroom.reading import shown
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.responses import normalize

LARGEST_TABLE = 20_000_000
_CANVAS = re.compile(r"(?P<name>[^_]*)(?P<late>_LATE)?_(?P<id>\d{1,18})_(?P<file>\d{1,18})_.")
_MOODLE = re.compile(r"(?P<name>.*)_(?P<id>\d{1,18})_assignsubmission_(?:file|onlinetext)(?:_|\Z)")
_POINTS_ROW = "points possible"


@dataclass(frozen=True)
class Sender:
    """Who handed a file in, as its name tells: the LMS's id, or nothing.

    `file` is the number by which Canvas tells several files of one student apart.
    """

    lms: str = ""
    id: str = ""
    name: str = ""
    late: bool = False
    file: int = 0


@lru_cache(maxsize=20_000)
def sender_of(shown_path: str) -> Sender:
    """Return the sender that the outermost name of Canvas or Moodle in a path tells.

    >>> sender_of("lovelaceada_LATE_12345_67890_hand-in.json")
    Sender(lms='canvas', id='12345', name='lovelaceada', late=True, file=67890)
    >>> sender_of("Ada Lovelace_1234567_assignsubmission_file_/x.json").name
    'Ada Lovelace'
    """
    for part in shown_path.split("/"):  # what stands further in was named by the student
        if found := _MOODLE.match(part):
            return Sender("moodle", found["id"], shown(found["name"]))
        if found := _CANVAS.match(part):
            late = found["late"] is not None
            return Sender("canvas", found["id"], shown(found["name"]), late, int(found["file"]))
    return Sender()


def name_key(name: str) -> str:
    """Return a name by which two ways of writing it are one: case, accents, order, commas.

    >>> name_key("Lovelace, Ada") == name_key("ada  lovelace")
    True
    """
    return " ".join(sorted(re.findall(r"\w+", normalize(name))))


def written_together(name: str, other: str) -> bool:
    """Return whether all parts of a name are in another, as Canvas writes it: `lovelaceada`."""
    parts, together = name_key(name).split(), name_key(other).replace(" ", "")
    return bool(parts) and all(part in together for part in parts)


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

    @cached_property
    def _by_id(self) -> dict[str, list[int]]:
        return _places(person.id for person in self.people)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        return _places(name_key(person.name) for person in self.people)

    def find(self, sender: Sender, claimed: str) -> tuple[int | None, str]:
        """Return the place of whoever sent a file, or None and why nobody could be found."""
        places = self._by_id.get(sender.id, [])
        if len(places) == 1:
            return places[0], ""
        # What was typed into a file counts only where it agrees with the LMS, if the LMS says.
        believed = not sender.id or written_together(claimed, sender.name)
        for name in (sender.name, claimed) if believed else (sender.name,):
            places = self._by_name.get(name_key(name), [])
            if len(places) == 1:
                return places[0], ""
            if places:
                return None, f"{len(places)} people on the roster are called {shown(name, 60)!r}"
        return None, "nobody on the roster has that id or name"


def _places(keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(place)
    return found


def read_csv(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a CSV file as an LMS or a spreadsheet writes it.

    Comma, semicolon or tab; UTF-8 with or without a mark, UTF-16, or the old Windows encoding.

    Raises:
        CyberNormsError: it cannot be opened, is too large, or is no table.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise CyberNormsError(
            f"This table cannot be opened: {error.strerror or error}",
            where=str(path),
            remedy="Name a CSV file that is there, and close other programs that hold it",
        ) from None
    if len(content) > LARGEST_TABLE:
        raise CyberNormsError(
            "This table is larger than 20 MB", where=str(path), remedy="Name that of one class"
        )
    text = _decoded(content)
    head, _, rest = text.partition("\n")
    if head.startswith("sep="):  # a line that Excel writes and no other program knows
        text, head = rest, rest.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CyberNormsError(
            f"This is not a CSV table: {error}",
            where=str(path),
            remedy="Save the spreadsheet as CSV, then name that file",
        ) from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise CyberNormsError("This table is empty", where=str(path), remedy="Export it again")
    columns = [cell.strip() for cell in rows[0]]
    filled = [dict(zip(columns, [*row, *[""] * len(columns)], strict=False)) for row in rows[1:]]
    return columns, filled


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_roster(path: Path) -> Roster:
    """Return the roster of a Canvas gradebook export, or of a Moodle export of either kind.

    Raises:
        CyberNormsError: it cannot be read, or its columns are those of neither.
    """
    columns, rows = read_csv(path)
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
        where=f"{path}, which has: {', '.join(shown(column, 30) for column in columns[:8])}",
        remedy="Export the gradebook in Canvas, or the grading worksheet or the participants in "
        "Moodle with English column names, and name that file",
    )


def _people(rows: Sequence[Mapping[str, str]], id: str, name: Sequence[str]) -> list[Person]:
    return [
        Person(
            # Moodle writes "Participant 1234567", and the number alone in file names.
            id=row[id].strip().removeprefix("Participant ").strip() if id else "",
            name=shown(" ".join(row[part].strip() for part in name)),
            row=row,
        )
        for row in rows
    ]
