"""Gradebooks in the form that Canvas and Moodle take back, and what to know about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.results.canvas_table import canvas_by_ids, canvas_by_roster
from cybernorms.classroom.results.grades import Grade
from cybernorms.classroom.results.lms_columns import columns_of, describe_columns
from cybernorms.classroom.results.moodle_tables import (
    BY_WHICH_MOODLE_KNOWS,
    Table,
    assigned,
    gradebook_rows,
    graded_lines,
    maximum,
    worksheet_rows,
)
from cybernorms.classroom.tables import plural
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.questions import QuestionSet

CANVAS, MOODLE = "canvas.csv", "moodle.csv"
CANVAS_WITHOUT_ESSAYS = "canvas-without-essays.csv"
MOODLE_WITHOUT_ESSAYS = "moodle-without-essays.csv"
WORKSHEET = (
    "the grading worksheet of the assignment (in Moodle: the assignment, Submissions, Actions, "
    "Download grading worksheet; if it is not offered, turn on Offline grading worksheet in the "
    "settings of the assignment)"
)
_EMPTY = (
    "An empty cell removes the grade that is there in your LMS. Where the roster has the column, "
    "its grades are repeated; so mark with a gradebook exported now."
)


class LmsTables(NamedTuple):
    """The tables for an LMS by the names of their files, and lines about them for the report."""

    files: dict[str, Table]
    lines: list[str]


def lms_tables(
    grades: Sequence[Grade],
    sets: Sequence[QuestionSet],
    roster: Roster | None,
    *,
    essays_wait: bool = False,
) -> LmsTables:
    """Return the tables for Canvas and Moodle, those of them that can be taken back.

    Who has no mark at all is left out. A set to which a student has handed in no answer is an
    empty cell and no zero, unless the roster has a grade there, which is repeated.

    Arguments:
        grades: of each student who has handed in.
        sets: those with points, in the order of the points in `grades`.
        roster: the list of the class, or None.
        essays_wait: whether points of written answers are still missing, which the names say.
    """
    canvas = CANVAS_WITHOUT_ESSAYS if essays_wait else CANVAS
    moodle = MOODLE_WITHOUT_ESSAYS if essays_wait else MOODLE
    of_roster = {grade.row: grade for grade in grades if grade.row is not None}
    if roster and roster.kind == "canvas":
        columns = columns_of(sets, roster, "canvas")
        table = canvas_by_roster(of_roster, sets, columns, roster)
        return _told(canvas, table, describe_columns(canvas, sets, columns, roster), len(sets))
    if roster and roster.kind == "moodle worksheet":
        return _of_worksheet(moodle, of_roster, sets, roster)
    if roster and not _mostly_canvas(grades):
        return _of_gradebook(moodle, of_roster, sets, roster)
    columns = columns_of(sets, None, "canvas")
    table = canvas_by_ids(grades, sets, columns)
    found = _told(canvas, table, describe_columns(canvas, sets, columns, None), len(sets))
    lines = found.lines if table else []
    return LmsTables(found.files, [*lines, *_no_table(grades)])


def _told(name: str, table: Table, lines: list[str], sets: int) -> LmsTables:
    """Return a table with lines on it, and one on its empty cells, if it has any."""
    if not table:
        return LmsTables(
            {}, [f"{name} is not written, because no student on the roster has a mark."]
        )
    if any(cell == "" for row in table[1:] for cell in row[-sets:]):
        lines = [*lines, f"{name}: {_EMPTY}"]
    return LmsTables({name: table}, lines)


def _mostly_canvas(grades: Sequence[Grade]) -> bool:
    return 2 * sum(grade.sender.system == "canvas" for grade in grades) > len(grades)


def _no_table(grades: Sequence[Grade]) -> list[str]:
    """Return what is needed for those whom no table can be written for without a roster."""
    lines = []
    if any(grade.sender.system == "moodle" for grade in grades):
        lines.append(
            "There is no table for Moodle, which needs a roster. Download "
            f"{WORKSHEET}, and mark again with it as --roster."
        )
    if any(grade.sender.lms == "canvas anonymous" for grade in grades):
        lines.append(
            "Canvas keeps back who the anonymous hand-ins are from, so that their marks are in "
            "gradebook.csv alone. Turn anonymous grading off and download them again."
        )
    return lines


def _of_gradebook(
    name: str, grades: dict[int, Grade], sets: Sequence[QuestionSet], roster: Roster
) -> LmsTables:
    if not any(each in roster.fields for each in BY_WHICH_MOODLE_KNOWS):
        return LmsTables(
            {},
            [
                f"{name} is not written: the roster has no column by which Moodle knows people "
                "(Email address, Username or ID number). Export the participants or the "
                "gradebook with one of them, and mark again."
            ],
        )
    columns = columns_of(sets, roster, "moodle")
    lines = describe_columns(name, sets, columns, roster)
    found = _told(name, gradebook_rows(grades, sets, columns, roster), lines, len(sets))
    if found.files and not all(column.given for column in columns):
        found.lines.append(
            f"{name}: Before you import it, make a grade item with the maximum that stands in the "
            "heading for each of these columns, and map to it; a new item that the import makes "
            "is out of 100."
        )
    return found


def _of_worksheet(
    name: str, grades: dict[int, Grade], sets: Sequence[QuestionSet], roster: Roster
) -> LmsTables:
    missing = [each for each in ("grade", "last modified (grade)") if each not in roster.fields]
    if "grade" in missing:
        return LmsTables({}, [f"{name} is not written: the roster has no grades. Use {WORKSHEET}."])
    table = worksheet_rows(grades, sets, roster)
    if not table:
        return _told(name, table, [], len(sets))
    rows = assigned(list(grades.values()), sets)
    out_of = sum(sets[row].points for row in rows)
    most = maximum(roster.people[0].row, roster, out_of)
    ids = " and ".join(sets[row].id for row in rows)
    lines = [
        f"{name}: Grades are for {ids}, scaled from {format_points(out_of)} points to the "
        f"worksheet's {format_points(most)}."
    ]
    if missing:
        lines.append(
            f"{name}: The worksheet has no column Last modified (grade), without which Moodle "
            "refuses it. Download it again."
        )
    graded = graded_lines(roster)
    had = f"{plural(graded, 'line')} of the worksheet had a grade already. " if graded else ""
    lines.append(
        f"{name}: {had}Moodle skips grades that have changed since you downloaded the "
        "worksheet. If it does, tick “Allow updating records that have been modified more "
        "recently in Moodle than in the spreadsheet” when you upload, or mark again with a new "
        "worksheet."
    )
    return LmsTables({name: table}, lines)
