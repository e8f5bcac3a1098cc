"""The tables that Moodle takes back: a grading worksheet, or a list for the gradebook.

Moodle reads a worksheet so (`assignfeedback_offline`): it wants the columns Identifier, Grade and
Last modified (grade) in the language of the teacher, as it wrote them; an empty grade is passed
over; a grade given in Moodle since that time is kept, unless the teacher ticks that it may be
overwritten. The import of the gradebook (`gradeimport_csv`) is told by the teacher which column is
which; an empty cell removes the grade that is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.results.grades import Grade, has_marks, in_column
from cybernorms.classroom.results.lms_columns import Column
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.responses import Unreadable, read_number

Table = list[list[object]]

_WHO = ("first name", "last name", "full name", "username", "id number", "email")
BY_WHICH_MOODLE_KNOWS = ("email", "username", "id number")
_NO_GRADE = ("", "-")
ODD_ONE_OF = 10  # students whose file may hold other sets by mistake


def gradebook_rows(
    grades: Mapping[int, Grade],
    sets: Sequence[QuestionSet],
    columns: Sequence[Column],
    roster: Roster,
) -> Table:
    """Return a table for the import of the gradebook: those who have any mark, a column a set."""
    about = {roster.fields[each] for each in _WHO if each in roster.fields}
    who = [column for column in roster.columns if column in about]
    rows: Table = []
    for index, person in enumerate(roster.people):
        grade = grades.get(index)
        if grade and has_marks(grade):
            cells = [
                in_column(grade, number, sets[number], column, _there(person.row, column))
                for number, column in enumerate(columns)
            ]
            rows.append([*(person.row[column] for column in who), *cells])
    return [[*who, *(each.heading for each in columns)], *rows] if rows else []


def _there(row: Mapping[str, str], column: Column) -> str:
    cell = row.get(column.given, "").strip()
    return "" if cell in _NO_GRADE else cell


def worksheet_rows(
    grades: Mapping[int, Grade], sets: Sequence[QuestionSet], roster: Roster
) -> Table:
    """Return the lines of a grading worksheet that get a grade, out of its sets together.

    Where the worksheet names a maximum grade, points are brought to its scale.
    """
    grade_column = roster.fields.get("grade", "")
    of_assignment = assigned(list(grades.values()), sets)
    rows: Table = []
    for index, person in enumerate(roster.people):
        grade = grades.get(index)
        asked = [each for each in of_assignment if grade and each not in grade.excused]
        out_of = sum(sets[each].points for each in asked)
        given = [grade.points[each] for each in asked] if grade else []
        points = [each for each in given if each is not None]
        if points and out_of and grade_column:
            share = sum(points) / out_of
            row = dict(person.row) | {
                grade_column: format_points(share * maximum(person.row, roster, out_of))
            }
            rows.append([row.get(column, "") for column in roster.columns])
    return [[*roster.columns], *rows] if rows else []


def assigned(grades: Sequence[Grade], sets: Sequence[QuestionSet]) -> list[int]:
    """Return the rows of the sets that an assignment asks for: those that most have handed in.

    Only students have a say in it who handed in the set that most have, and none that hardly
    anybody else has, so that one odd file changes nobody's grade.
    """
    handed_in = [
        {row for row, _ in enumerate(sets) if grade.points[row] is not None} | {*grade.excused}
        for grade in grades
    ]
    counts = Counter(row for rows in handed_in for row in rows)
    few = max(1, len(grades) // ODD_ONE_OF)
    rare = {row for row, count in counts.items() if count <= few}
    surest = min(counts, key=lambda row: (-counts[row], row), default=None)
    usual = [rows for rows in handed_in if surest in rows and rows.isdisjoint(rare)] or handed_in
    counts = Counter(row for rows in usual for row in rows)
    return sorted(row for row, count in counts.items() if 2 * count > max(counts.values()))


def maximum(row: Mapping[str, str], roster: Roster, out_of: float) -> float:
    """Return the maximum grade of a line of a worksheet, or the points that the sets can bring."""
    try:
        most = read_number(row.get(roster.fields.get("maximum grade", ""), ""))
    except Unreadable:
        return out_of
    return most if most > 0 else out_of


def graded_lines(roster: Roster) -> int:
    """Return how many lines of a worksheet have had a grade in Moodle already."""
    columns = [roster.fields.get(each, "") for each in ("grade", "last modified (grade)")]
    return sum(
        any(person.row.get(column, "").strip() not in _NO_GRADE for column in columns)
        for person in roster.people
    )
