"""Lists of a class as they come: of Canvas, of Moodle in any language, or of anybody's making."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cybernorms.classroom.intake.headings import (
    STUDENT,
    fields_of,
    headings_in,
    plain,
    words_of,
)
from cybernorms.classroom.intake.names import name_key
from cybernorms.classroom.intake.roster import Person, Roster
from cybernorms.classroom.tables import Table, one_line, open_table, plural
from cybernorms.errors import CyberNormsError

Line = Mapping[str, str]

_CANVAS_IDS = ("SIS User ID", "SIS Login ID", "Integration ID")
_OF_WORKSHEET = {"status", "grade", "maximum grade", "last modified (grade)"}
_TEST_STUDENT = name_key("Test Student")
_ROUNDED = re.compile(r"\d+([.,]\d+e[+-]?|e\+)\d+", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}([.,'\u2019\xa0\u202f ]\d{3})+")
_MONTH = "jan|feb|m[aä]r|mrz|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]"
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d.*|\d{1,2}([./-])\d{1,2}\1\d{2,4}"
    rf"|\d{{1,2}}[-. ]+({_MONTH})[.-]?(\d{{2,4}})?|({_MONTH})[-. ]+\d{{2,4}}",
    re.IGNORECASE,
)
_LONGEST_EXACT = 15  # digits that a spreadsheet keeps of a number
_NUMBER_AT_END = re.compile(r"\d+\Z")


def read_roster(path: Path) -> Roster:
    """Return the list of a class: a gradebook export of Canvas, a list of Moodle, or one's own.

    Of Moodle: a grading worksheet, also of an anonymous assignment, the participants, or the
    gradebook. One's own has a column of names, of email addresses, or both.

    Raises:
        CyberNormsError: it cannot be read, is no list of people, or ids in it were mangled.
    """
    table = open_table(path, lambda row: headings_in(row) > 1)
    if not headings_in(table.columns):  # a single heading below a title
        table = open_table(path, lambda row: headings_in(row) > 0)
    if len(table.columns) == 1 and "@" in table.columns[0]:  # addresses without a heading
        first = {"Email": table.columns[0]}
        rest = [{"Email": cell} for row in table.rows for cell in row.values()]
        table = Table(["Email"], [first, *rest], table.remark)
    table = table._replace(columns=[column for column in table.columns if column])
    known = {plain(column): column for column in reversed(table.columns)}
    fields = fields_of(table.columns)
    rosters = (
        read(table, known, fields, str(path)) for read in (_canvas, _worksheet, _participants, _own)
    )
    roster = next(filter(None, rosters), None)
    if roster:
        return _without_repeats(roster)
    columns = ", ".join(one_line(column, 30) for column in table.columns[:12])
    raise CyberNormsError(
        "The columns of this roster are not those of Canvas or Moodle",
        where=f"{path}, which has: {columns}{' …' if len(table.columns) > 12 else ''}",
        remedy="Export the gradebook in Canvas (Grades, Export), or in Moodle the grading "
        "worksheet of the assignment, the gradebook, or the participants; or name a table with "
        "the columns Name and Email",
    )


def _without_repeats(roster: Roster) -> Roster:
    """Return a roster in which nobody stands twice, as in the lists of two sections together."""
    first: dict[object, Person] = {}
    for number, one in enumerate(roster.people):
        ids = (one.id, *(each.casefold() for each in one.other_ids))
        first.setdefault((name_key(one.name), *ids) if any(ids) else number, one)
    if not (repeats := len(roster.people) - len(first)):
        return roster
    told = f"has {plural(repeats, 'line')} of people who stand in it before, with the same id"
    remark = f"{told}, which {'was' if repeats == 1 else 'were'} left out"
    remark = f"{roster.remark}. The roster {remark}" if roster.remark else remark
    return replace(roster, people=tuple(first.values()), remark=remark)


def _canvas(table: Table, known: Line, fields: Line, where: str) -> Roster | None:
    """Return the people of a gradebook export of Canvas; its rows that are no people are left."""
    joined = known.get("student") or known.get("student name")
    split = {"lastname", "firstname"} <= known.keys() and "id" in known
    ids = [known[plain(each)] for each in _CANVAS_IDS if plain(each) in known]
    if not split and not (joined and ("id" in known or ids)):
        return None
    parts = [known["firstname"], known["lastname"]] if split else [joined or ""]
    people, maxima = [], {}
    for row in table.rows:
        name = _joined(row, parts)
        if "points possible" in plain(" ".join(row.get(part, "") for part in parts)):
            maxima = dict(row)
        elif name and name_key(name) != _TEST_STUDENT:
            id = _whole(row.get(known.get("id", ""), ""))
            others = tuple(row[each].strip() for each in ids if row[each].strip())
            people.append(Person(id, name, row, others))
    id_column = known.get("id", "")
    _must_be_ids(people, id_column, where, lambda cell: cell.replace("~", "").isdigit())
    for column in ids:
        _must_be_ids(people, column, where)
    found = {"id": id_column, "name": parts[-1], **fields}
    return Roster("canvas", tuple(table.columns), tuple(people), found, maxima, table.remark)


def _worksheet(table: Table, known: Line, fields: Line, where: str) -> Roster | None:
    """Return the people of a grading worksheet, who need no more than their identifiers."""
    column = fields.get("identifier", "")
    cells = [row[column].strip() for row in table.rows] if column else []
    named = [cell for cell in cells if _NUMBER_AT_END.search(cell) and not cell.isdigit()]
    if not cells or not (2 * len(named) >= len(cells) or _OF_WORKSHEET & fields.keys()):
        return None
    people = []
    for row in table.rows:
        identifier = row[column].strip()
        number = _NUMBER_AT_END.search(_whole(identifier))
        name = _joined(row, _name_columns(fields)) or one_line(identifier)
        if identifier:
            others = _other_ids(row, fields)
            people.append(Person(str(int(number[0])) if number else "", name, row, others))
    _must_be_ids(people, column, where, lambda cell: bool(_NUMBER_AT_END.search(cell)))
    columns = tuple(table.columns)
    return Roster("moodle worksheet", columns, tuple(people), fields, {}, table.remark)


def _participants(table: Table, known: Line, fields: Line, where: str) -> Roster | None:
    """Return the people of a list of participants or of a gradebook of Moodle."""
    if not {"first name", "last name"} <= fields.keys():
        return None
    return _listed("moodle participants", table, fields, where)


def _own(table: Table, known: Line, fields: Line, where: str) -> Roster | None:
    """Return the people of a list with names in one column, or with addresses alone."""
    if not {"full name", "email", "username"} & fields.keys():
        return None
    of_moodle = {"full name", "roles"} <= fields.keys() or "id number" in fields
    return _listed("moodle participants" if of_moodle else "list", table, fields, where)


def _listed(kind: str, table: Table, fields: Line, where: str) -> Roster:
    people, names = [], _name_columns(fields)
    if table.columns == names:  # of Lovelace, Ada without quotation marks, Ada stands beside it
        names = [*names, ""]
    for row in table.rows:
        others = _other_ids(row, fields, ("email", "username", "id number", "identifier"))
        name = _joined(row, names) or _name_in_address(row, fields)
        if name or others:
            people.append(Person("", name, row, others, _is_student(row, fields)))
    if not any(person.is_student for person in people):  # roles of this course's own
        people = [Person(one.id, one.name, one.row, one.other_ids) for one in people]
    for field in ("id number", "identifier"):
        _must_be_ids(people, fields.get(field, ""), where)
    return Roster(kind, tuple(table.columns), tuple(people), fields, {}, table.remark)


def _name_columns(fields: Line) -> list[str]:
    if "full name" in fields:
        return [fields["full name"]]
    return [fields[each] for each in ("first name", "last name") if each in fields]


def _joined(row: Line, columns: Iterable[str]) -> str:
    return one_line(" ".join(row.get(column, "").strip() for column in columns))


def _name_in_address(row: Line, fields: Line) -> str:
    """Return the name that an email address begins with, such as ada.lovelace."""
    address = row.get(fields.get("email", ""), "").strip()
    return one_line(" ".join(re.findall(r"[^\W\d_]+", address.partition("@")[0])))


def _other_ids(
    row: Line, fields: Line, of: Sequence[str] = ("email", "username", "id number")
) -> tuple[str, ...]:
    columns = (fields.get(each, "") for each in of)
    return tuple(cell for column in columns if (cell := row.get(column, "").strip()))


def _is_student(row: Line, fields: Line) -> bool:
    if "roles" not in fields:
        return True
    roles = {plain(role) for role in re.split(r"[,;/\n]", row[fields["roles"]])}
    whole = plain(row[fields["roles"]])
    return not whole or bool(({whole} | roles) & words_of(STUDENT))


# --- Ids that a spreadsheet has changed -------------------------------------------------------


def _whole(id: str) -> str:
    """Return an id without what a program put around a number: an apostrophe, decimals."""
    bare = id.strip().removeprefix("'")
    return re.sub(r"(?<=\d)[.,]0{1,2}\Z", "", bare) if bare.endswith("0") else bare


def _must_be_ids(
    people: Sequence[Person],
    column: str,
    where: str,
    fits: Callable[[str], bool] | None = None,
) -> None:
    """See that no spreadsheet has rounded ids, grouped their digits, or made dates of them.

    Raises:
        CyberNormsError: it has; the message names the column and the id.
    """
    cells = [_whole(person.row.get(column, "")) for person in people] if column else []
    cells = [cell for cell in cells if cell]
    for cell in cells:
        if not cell.isalnum() and (done := _how_mangled(cell)):
            raise _mangled(done, cell, column, where)
        if fits and not fits(cell):
            raise CyberNormsError(
                f"{one_line(cell, 40)!r} is no id that the LMS gives",
                where=f"{where}, column {column}",
                remedy="Export the list again, and leave this column as it is",
            )
    long = [cell for cell in cells if cell.isdigit() and len(cell) > _LONGEST_EXACT]
    if long and not any(cell[_LONGEST_EXACT:].strip("0") for cell in long):
        raise _mangled("rounded", long[0], column, where)


def _how_mangled(cell: str) -> str:
    """Return what a spreadsheet has done to an id, or nothing; it always leaves signs in it."""
    if _ROUNDED.fullmatch(cell):
        return "rounded"
    if _GROUPED.fullmatch(cell):
        return "grouped the digits of"
    return "made a date of" if _DATE.fullmatch(cell) else ""


def _mangled(what: str, cell: str, column: str, where: str) -> CyberNormsError:
    return CyberNormsError(
        f"A spreadsheet has {what} an id: {one_line(cell, 40)!r}",
        where=f"{where}, column {column}",
        remedy="Export the list again and name it as it comes, without opening it before; or "
        "open it in the spreadsheet with this column as text",
    )
