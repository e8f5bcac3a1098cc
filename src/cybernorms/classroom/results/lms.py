"""Gradebooks in the form that Canvas and Moodle take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.senders import Sender
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.responses import Unreadable, normalize, read_number

_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_WHO_IN_MOODLE = (
    *("First name", "Last name", "Surname", "Username", "ID number", "Email address"),
    "Full name",
)


class Grade(NamedTuple):
    """A student as the LMS knows them; `row` is a row of the roster.

    `points` has what each set brought, None for a set to which there is no answer; `excused` are
    the rows of the sets that need not be handed in.
    """

    name: str
    sender: Sender
    row: int | None
    points: Sequence[float | None]
    excused: tuple[int, ...] = ()


def column_of(each: QuestionSet) -> str:
    """Return the name of a set's column in an LMS's gradebook."""
    return f"cybernorms {each.id}"


def lms_tables(
    grades: Sequence[Grade], sets: Sequence[QuestionSet], roster: Roster | None
) -> dict[str, list[list[object]]]:
    """Return the rows of canvas.csv and of moodle.csv, those of them that are of use.

    A set to which a student has handed in no answer is an empty cell and no zero.

    Arguments:
        grades: of each student who has handed in.
        sets: those with points, in the order of the points in `grades`.
        roster: the list of the class, or None.
    """
    of_roster = {grade.row: grade for grade in grades if grade.row is not None}
    if roster and roster.kind == "canvas":
        return {"canvas.csv": _canvas_by_roster(of_roster, sets, roster)}
    if roster and roster.kind == "moodle worksheet":
        return {"moodle.csv": _worksheet(of_roster, sets, roster)}
    if roster:
        return {"moodle.csv": _participants(of_roster, sets, roster)}
    found: dict[str, list[list[object]]] = {}
    if canvas := [each for each in grades if each.sender.lms == "canvas"]:
        rows: list[list[object]] = [
            [each.name, each.sender.id, "", "", "", *each.points] for each in canvas
        ]
        found["canvas.csv"] = [*_canvas_head(_CANVAS, sets), *rows]
    if moodle := [each for each in grades if each.sender.lms == "moodle"]:
        table: list[list[object]] = [["Identifier", "Full name", *map(column_of, sets)]]
        for each in moodle:
            table.append([f"Participant {each.sender.id}", each.name, *each.points])
        found["moodle.csv"] = table
    return found


def _canvas_head(who: Sequence[str], sets: Sequence[QuestionSet]) -> list[list[object]]:
    points: list[object] = ["    Points Possible", *[""] * (len(who) - 1)]
    return [[*who, *map(column_of, sets)], [*points, *(each.points for each in sets)]]


def _points(grade: Grade | None, sets: Sequence[QuestionSet]) -> Sequence[object]:
    return grade.points if grade else [""] * len(sets)


def _canvas_by_roster(
    grades: dict[int, Grade], sets: Sequence[QuestionSet], roster: Roster
) -> list[list[object]]:
    who = [column for column in roster.columns if column in _CANVAS]
    rows = [
        [*(person.row[column] for column in who), *_points(grades.get(index), sets)]
        for index, person in enumerate(roster.people)
    ]
    return [*_canvas_head(who, sets), *rows]


def _participants(
    grades: dict[int, Grade], sets: Sequence[QuestionSet], roster: Roster
) -> list[list[object]]:
    known = {normalize(column) for column in _WHO_IN_MOODLE}
    who = [column for column in roster.columns if normalize(column) in known]
    rows: list[list[object]] = [
        [*(person.row[column] for column in who), *_points(grades.get(index), sets)]
        for index, person in enumerate(roster.people)
    ]
    return [[*who, *map(column_of, sets)], *rows]


def _worksheet(
    grades: dict[int, Grade], sets: Sequence[QuestionSet], roster: Roster
) -> list[list[object]]:
    """Return a grading worksheet as it came, with the grade of its sets together filled in.

    Where the worksheet names a maximum grade, points are brought to its scale.
    """
    columns = list(roster.columns)
    rows_of_sets = assigned(list(grades.values()), sets)
    rows: list[list[object]] = []
    for index, person in enumerate(roster.people):
        row: dict[str, object] = dict(person.row)
        grade = grades.get(index)
        asked = [each for each in rows_of_sets if grade and each not in grade.excused]
        given = [grade.points[each] for each in asked] if grade else []
        out_of = sum(sets[each].points for each in asked)
        if out_of and (points := [each for each in given if each is not None]):
            most = _maximum(person.row, out_of)
            row[_grade_column(columns)] = format_points(sum(points) / out_of * most)
        rows.append([row.get(column, "") for column in columns])
    return [[*columns], *rows]


def assigned(grades: Sequence[Grade], sets: Sequence[QuestionSet]) -> list[int]:
    """Return the rows of the sets that an assignment asks for: those that most have handed in.

    One student's odd file changes nobody's grade by this. Where no set has been handed in by half
    of the students, it is the sets that most of them have.
    """
    counts = [sum(grade.points[row] is not None for grade in grades) for row, _ in enumerate(sets)]
    most = max(counts, default=0)
    return [
        row for row, count in enumerate(counts) if count and 2 * count >= min(len(grades), 2 * most)
    ]


def _grade_column(columns: Sequence[str]) -> str:
    return next((column for column in columns if normalize(column) == "grade"), "Grade")


def _maximum(row: Mapping[str, str], out_of: float) -> float:
    """Return the maximum grade of a line of a worksheet, or the points that the sets can bring."""
    # Moodle has written it with a capital G and with a small one.
    given = next((row[column] for column in row if normalize(column) == "maximum grade"), "")
    try:
        return read_number(given)
    except Unreadable:
        return out_of
