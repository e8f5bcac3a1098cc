"""The table that Canvas's gradebook takes back.

Canvas reads it so (`gradebook_importer.rb`): the first column has Student in its heading, the
second ID; SIS ids stand next, in a fixed order; Section ends what is about people. A heading that
ends in the number of an assignment is that assignment, any other makes a new one. Points possible
are taken over. An empty cell where Canvas has a grade counts as a change, and removes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from cybernorms.classroom.intake.headings import plain
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.results.grades import Grade, has_marks, in_column
from cybernorms.classroom.results.lms_columns import Column
from cybernorms.exercises.questions import QuestionSet

Table = list[list[object]]

POINTS = "    Points Possible"
_EXCUSED = "ex"
_POINTS = "pointspossible"


def canvas_by_ids(
    grades: Sequence[Grade], sets: Sequence[QuestionSet], columns: Sequence[Column]
) -> Table:
    """Return the table of those whose number in Canvas is in the names of their files."""
    who = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    rows: Table = [
        [_name(each), each.sender.id, "", "", "", *_cells(each, sets, columns, {})]
        for each in grades
        if each.sender.lms == "canvas" and has_marks(each)
    ]
    return [*_head(who, columns), *rows] if rows else []


def _name(grade: Grade) -> str:
    """Return the name of a student, which Canvas must not take for its line of points possible."""
    said = "".join(filter(str.isalpha, unicodedata.normalize("NFKC", grade.name).casefold()))
    if _POINTS in said:
        return f"Canvas student {grade.sender.id}"
    return grade.name


def canvas_by_roster(
    grades: Mapping[int, Grade],
    sets: Sequence[QuestionSet],
    columns: Sequence[Column],
    roster: Roster,
) -> Table:
    """Return the table of those on the roster who have any mark, in its order."""
    known = {plain(column): column for column in reversed(roster.columns)}
    who = _who(known)
    about_people = [known.get(plain(column), "") for column in who]
    rows: Table = []
    for index, person in enumerate(roster.people):
        grade = grades.get(index)
        if grade and has_marks(grade):
            about = [person.row.get(column, "") for column in about_people]
            if who[0] == "Student":
                about[0] = person.row.get(roster.fields["name"], "")
            rows.append([*about, *_cells(grade, sets, columns, person.row)])
    return [*_head(who, columns), *rows] if rows else []


def _who(known: Mapping[str, str]) -> list[str]:
    """Return the columns about people in the only order in which Canvas knows them."""
    who = ["LastName", "FirstName", "ID"] if "lastname" in known else ["Student", "ID"]
    if "sis user id" in known:
        who += ["SIS User ID", "SIS Login ID"]
        who += [each for each in ("Integration ID", "Root Account") if plain(each) in known]
    elif "sis login id" in known:
        who += ["SIS Login ID"]
    return [*who, "Section"]


def _head(who: Sequence[str], columns: Sequence[Column]) -> Table:
    points: list[object] = [POINTS, *[""] * (len(who) - 1)]
    return [
        [*who, *(each.heading for each in columns)],
        [*points, *(each.most for each in columns)],
    ]


def _cells(
    grade: Grade,
    sets: Sequence[QuestionSet],
    columns: Sequence[Column],
    row: Mapping[str, str],
) -> list[object]:
    """Return the cells of a student; whom a teacher has excused in Canvas stays excused."""
    cells: list[object] = []
    for number, column in enumerate(columns):
        there = row.get(column.given, "").strip()
        excused = there.casefold() == _EXCUSED
        cells.append(there if excused else in_column(grade, number, sets[number], column, there))
    return cells
