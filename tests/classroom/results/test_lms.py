"""What goes back to the LMS: imported as Canvas and Moodle do, it takes nothing from anybody."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.roster_files import read_roster
from cybernorms.classroom.results.grades import Grade
from cybernorms.classroom.results.lms import LmsTables, lms_tables
from cybernorms.classroom.results.lms_columns import columns_of
from cybernorms.classroom.tables import csv_lines
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet
from tests.classroom.lms_importers import Canvas, MoodleAssignment, MoodleGradebook

SETS = [each for each in load_question_sets() if each.points]
NORMS, LAW = (next(each for each in SETS if each.id.startswith(id)) for id in ("02", "03"))
NAMES = ("Lovelace, Ada", "Li, Bo", "Doe, Jane", "Ковачевић, Милена", "王, 小明", "Doe, Jack")
TITLES = (
    *("Set {0:02}", "{0:02}", "{0}", "Exercise {0}", "Set {0}: norms", "Cyber norms {0:02}"),
    *("{1}", "{2}", "Hand-in {0:02} – {2}", "cybernorms {1}"),
)


def roster_of(tmp_path: Path, text: str) -> Roster:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def title_of(each: QuestionSet, luck: random.Random) -> str:
    return luck.choice(TITLES).format(int(each.id[:2]), each.id, each.title)


def some_grades(luck: random.Random, count: int, sets: list[QuestionSet]) -> list[Grade]:
    """Return grades of a few of the people; some have handed in nothing to some set or to any."""
    rows = luck.sample(range(count), luck.randint(1, count))
    return [
        Grade(
            "",
            Sender(),
            row,
            [
                luck.choice([None, 0.0, each.points, round(luck.random() * each.points, 3)])
                for each in sets
            ],
        )
        for row in rows
    ]


def text_of(tables: LmsTables) -> str:
    [rows] = tables.files.values()
    return csv_lines(rows)


@pytest.mark.parametrize("seed", range(30))
def test_canvas_loses_no_grade_and_gets_all_marks(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    sets = sorted(luck.sample(SETS, 3), key=lambda each: each.id)
    canvas = Canvas({str(9_000 + n): name for n, name in enumerate(NAMES)})
    canvas.assignments = {"40": ("Essay 2", 10.0), "41": ("Assignment 03", 5.0)}
    known = luck.sample(sets, luck.randint(0, 3))
    for number, each in enumerate(known, start=42):
        most = luck.choice([each.points, 10.0, 100.0])
        canvas.assignments[str(number)] = (title_of(each, luck), most)
    for id in canvas.people:
        for number in canvas.assignments:
            if luck.random() < 0.5:
                canvas.grades[id, number] = luck.choice(["3", "7.5", "0", "EX"])
    before, points = dict(canvas.grades), dict(canvas.assignments)
    roster = roster_of(tmp_path, canvas.export())
    grades = some_grades(luck, len(NAMES), sets)
    tables = lms_tables(grades, sets, roster)
    ids = list(canvas.people)
    if not tables.files:
        assert all(each is None for grade in grades for each in grade.points)
        return
    canvas.take(text_of(tables))
    assert set(before) <= set(canvas.grades), "a grade was removed"
    assert {id: canvas.assignments[id] for id in points} == points, "an assignment was changed"
    new = [title for id, (title, _) in canvas.assignments.items() if id not in points]
    assert new == [f"cybernorms {each.id}" for each in sets if each not in known]
    by_title = {title: (id, most) for id, (title, most) in canvas.assignments.items()}
    changed = {}
    for grade in grades:
        for each, brought in zip(sets, grade.points, strict=True):
            title = (
                points[str(42 + known.index(each))][0] if each in known else f"cybernorms {each.id}"
            )
            id, most = by_title[title]
            if brought is not None and before.get((ids[grade.row or 0], id)) != "EX":
                changed[ids[grade.row or 0], id] = brought / each.points * most
    for key, grade in canvas.grades.items():
        wanted = changed.get(key, before.get(key))
        assert grade == wanted or float(grade) == pytest.approx(float(wanted), abs=1e-3)  # type: ignore[arg-type]
    assert changed.keys() <= canvas.grades.keys()


@pytest.mark.parametrize("how", [("Real",), ("Real", "Percentage"), ("Letter", "Real")])
@pytest.mark.parametrize("seed", range(10))
def test_the_gradebook_of_moodle_loses_no_grade_and_gets_all_marks(
    tmp_path: Path, seed: int, how: tuple[str, ...]
) -> None:
    luck = random.Random(seed)
    sets = sorted(luck.sample(SETS, 3), key=lambda each: each.id)
    people = {
        f"p{n}@example.org": tuple(reversed(name.split(", "))) for n, name in enumerate(NAMES)
    }
    moodle = MoodleGradebook(people, {"Quiz: Essay 2": 10.0, "Course total": 100.0})  # type: ignore[arg-type]
    known = luck.sample(sets, luck.randint(0, 3))
    items = {each.id: luck.choice(["Assignment: ", ""]) + title_of(each, luck) for each in known}
    moodle.items |= {items[each.id]: each.points for each in known}
    for address in people:
        for item in moodle.items:
            if luck.random() < 0.5:
                moodle.grades[address, item] = luck.choice(["3.00", "7.50", "0.00"])
    before = dict(moodle.grades)
    text = moodle.export(how).replace("(Letter)", "(Letter)")
    grades = some_grades(luck, len(NAMES), sets)
    tables = lms_tables(grades, sets, roster_of(tmp_path, text))
    if not tables.files:
        return
    [rows] = tables.files.values()
    mapped = {}
    for each in sets:
        heading = (
            f"{items[each.id]} (Real)"
            if each in known
            else f"cybernorms {each.id} (of {each.points:g})"
        )
        assert heading in rows[0]
        # As the report tells: an item with the maximum of the heading, made before.
        mapped[heading] = items.get(each.id, heading)
        moodle.items.setdefault(mapped[heading], each.points)
    moodle.take(csv_lines(rows), mapped)
    assert set(before) <= set(moodle.grades), "a grade was removed"
    addresses = list(people)
    for grade in grades:
        for each, heading, brought in zip(sets, mapped, grade.points, strict=True):
            if brought is not None:
                there = moodle.grades[addresses[grade.row or 0], mapped[heading]]
                assert float(there) == pytest.approx(brought, abs=1e-3), each.id
    marked = {addresses[grade.row or 0] for grade in grades}
    for (address, item), grade in before.items():
        if address not in marked or item not in mapped.values():
            assert moodle.grades[address, item] == grade


@pytest.mark.parametrize("seed", range(10))
def test_a_worksheet_is_taken_back_and_a_second_time_as_the_report_tells(
    tmp_path: Path, seed: int
) -> None:
    luck = random.Random(seed)
    moodle = MoodleAssignment(
        {10 + n: name for n, name in enumerate(NAMES)}, luck.choice([100, 20, 7.5])
    )
    moodle.grades = {11: (5.0, 50), 12: (6.0, 60)}
    sheet = moodle.export()
    roster = roster_of(tmp_path, sheet)
    first = [Grade("", Sender(), row, [points]) for row, points in ((0, 9.0), (1, 18.0), (5, 0.0))]
    nothing = Grade("", Sender(), 4, [None])
    assert len(lms_tables([*first, nothing], [NORMS], roster).files["moodle.csv"]) == 4
    moodle.take(text_of(lms_tables(first, [NORMS], roster)), 100)
    share = moodle.most / NORMS.points
    wanted = {10: 9 * share, 11: 18 * share, 12: 6.0, 15: 0.0}
    assert {n: each[0] for n, each in moodle.grades.items()} == pytest.approx(wanted, abs=0.01)
    # The same worksheet once more, now that the essays are marked.
    second = [grade._replace(points=[12.0]) for grade in first]
    tables = lms_tables(second, [NORMS], roster)
    assert any("Allow updating records" in line for line in tables.lines)
    assert any("2 lines of the worksheet had a grade already" in line for line in tables.lines)
    moodle.take(text_of(tables), 200)
    assert moodle.grades[10][0] == pytest.approx(9 * share, abs=0.01)
    moodle.take(text_of(tables), 200, allow_older=True)
    assert moodle.grades[10][0] == pytest.approx(12 * share, abs=0.01)
    again = roster_of(tmp_path, moodle.export())
    third = [grade._replace(points=[15.0]) for grade in first]
    moodle.take(text_of(lms_tables(third, [NORMS], again)), 300)
    assert moodle.grades[10][0] == pytest.approx(15 * share, abs=0.01)


def test_whoever_has_no_mark_has_no_row(tmp_path: Path) -> None:
    canvas = Canvas({"1": "Lovelace, Ada", "2": "Li, Bo"})
    grades = [Grade("", Sender(), 0, [None, None]), Grade("", Sender(), 1, [None, 4.0])]
    rows = lms_tables(grades, [NORMS, LAW], roster_of(tmp_path, canvas.export())).files[
        "canvas.csv"
    ]
    assert [row[0] for row in rows[2:]] == ["Li, Bo"]
    nothing = lms_tables(grades[:1], [NORMS, LAW], roster_of(tmp_path, canvas.export()))
    assert not nothing.files
    assert "no student on the roster has a mark" in nothing.lines[0]


def test_without_a_roster_there_is_a_table_for_canvas_and_none_for_moodle() -> None:
    canvas = Grade("Ada", Sender("canvas", "9001", "ada"), None, [4.0])
    moodle = Grade("Bo", Sender("moodle", "5", "Bo"), None, [4.0])
    hidden = Grade("anon", Sender("canvas anonymous", "Ab3Xk"), None, [4.0])
    nothing = Grade("Cleo", Sender("canvas", "9002", "cleo"), None, [None])
    tables = lms_tables([canvas, hidden, nothing], [LAW], None)
    gradebook = Canvas({"9001": "Ada"})
    gradebook.take(text_of(tables))
    assert list(gradebook.grades.values()) == ["4"]
    assert "Canvas keeps back" in tables.lines[-1]
    tables = lms_tables([moodle], [LAW], None)
    assert not tables.files
    assert "grading worksheet" in tables.lines[0]
    assert lms_tables([Grade("Cleo", Sender(), None, [4.0])], [LAW], None) == LmsTables({}, [])


@pytest.mark.parametrize(
    "text",
    [
        "First name,Last name,Email address\nAda,Lovelace,ada@example.org\n",
        "No.,Student name,Student ID\n1,Ada Lovelace,u1\n",
        "Name\nAda Lovelace\n",
    ],
)
def test_hand_ins_of_canvas_go_back_to_canvas_whatever_list_names_the_class(
    tmp_path: Path, text: str
) -> None:
    grade = Grade("Ada Lovelace", Sender("canvas", "9001", "lovelaceada"), 0, [4.0])
    tables = lms_tables([grade], [LAW], roster_of(tmp_path, text))
    gradebook = Canvas({"9001": "Ada"})
    gradebook.take(text_of(tables))
    assert list(gradebook.grades.values()) == ["4"]


def test_while_essays_wait_the_name_says_so(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, Canvas({"1": "Lovelace, Ada"}).export())
    sheet = roster_of(tmp_path, MoodleAssignment({1: "Ada"}, 10).export())
    for one, name in ((roster, "canvas"), (sheet, "moodle")):
        grades = [Grade("", Sender(), 0, [4.0])]
        assert list(lms_tables(grades, [LAW], one).files) == [f"{name}.csv"]
        waiting = lms_tables(grades, [LAW], one, essays_wait=True)
        assert list(waiting.files) == [f"{name}-without-essays.csv"]
        assert all(f"{name}.csv" not in line for line in waiting.lines)


HEADS = (
    *("Student,ID,SIS User ID", "Student,ID,SIS Login ID", "Student,ID"),
    "Student,SIS User ID,Section",
    "LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section",
)


@pytest.mark.parametrize("head", HEADS)
def test_columns_about_people_are_in_canvas_s_own_order(tmp_path: Path, head: str) -> None:
    cells = {"ID": "1", "Student": "Lovelace, Ada"}
    row = ",".join(f'"{cells.get(each, "x")}"' for each in head.split(","))
    roster = roster_of(tmp_path, f"{head}\n{row}\n")
    rows = lms_tables([Grade("", Sender(), 0, [4.0])], [LAW], roster).files["canvas.csv"]
    if "LastName" in head:
        assert ",".join(map(str, rows[0])) == f"{head},cybernorms 03-norms-and-law"
        return
    Canvas({"1": "Lovelace, Ada", "": "x"}).take(csv_lines(rows))


def test_a_list_without_what_moodle_knows_people_by_makes_no_table(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, "First name,Last name\nAda,Lovelace\n")
    tables = lms_tables([Grade("", Sender(), 0, [4.0])], [LAW], roster)
    assert not tables.files
    assert "Email address" in tables.lines[0]


def test_a_set_that_a_student_is_excused_from_is_no_part_of_the_worksheet_s_grade(
    tmp_path: Path,
) -> None:
    roster = roster_of(tmp_path, MoodleAssignment({1: "Ada", 2: "Bo"}, 100).export())
    grades = [
        Grade("", Sender(), 0, [9.0, 5.0]),
        Grade("", Sender(), 1, [None, 5.0], excused=(0,)),
    ]
    rows = lms_tables(grades, [NORMS, LAW], roster).files["moodle.csv"]
    assert [row[3] for row in rows[1:]] == ["50", "50"]


# --- Columns -----------------------------------------------------------------------------------


def chosen(tmp_path: Path, *columns: str, lms: str = "canvas") -> list[str]:
    people = (
        ["Student", "ID", "Section"] if lms == "canvas" else ["First name", "Last name", "Email"]
    )
    row = ["Ada", "1" if lms == "canvas" else "Lovelace", "x", *("" for _ in columns)]
    roster = roster_of(tmp_path, csv_lines([[*people, *columns], row]))
    return [each.given for each in columns_of([NORMS, LAW], roster, lms)]


@pytest.mark.parametrize(
    ("columns", "given"),
    [
        (["Set 02 (7711)", "Set 03 (7712)"], ["Set 02 (7711)", "Set 03 (7712)"]),
        (["Set 2 (1)", "Set 20 (2)", "Set 12 (3)"], ["Set 2 (1)", ""]),
        (["Set 02 (1)", "Exercise 2 (2)"], ["", ""]),  # nobody can say which
        (["Set 02 (1)", "Set 02: essay (2)"], ["Set 02 (1)", ""]),
        (["Essay 2 (1)", "Assignment 3 (2)", "Week 2 (3)", "2 page paper (4)"], ["", ""]),
        (["The UN norms (5)"], ["The UN norms (5)", ""]),
        (["Homework 02-un-norms (5)", "Set 2 (6)"], ["Homework 02-un-norms (5)", ""]),
        (["cybernorms 02-un-norms (5)", "02-un-norms (6)"], ["cybernorms 02-un-norms (5)", ""]),
        (["Sets 02 and 03 (9)"], ["", ""]),
        (["Set 2-3 (8)"], ["", ""]),
        (["Set 2.5 (8)"], ["", ""]),
        (["02-un-norms and 03-norms-and-law (9)"], ["", ""]),  # one column for two sets
        (["Exercises Current Score (7)", "Set 02 Final Score"], ["", ""]),
    ],
)
def test_a_set_has_the_column_that_alone_fits_it(
    tmp_path: Path, columns: list[str], given: list[str]
) -> None:
    assert chosen(tmp_path, *columns) == given


def test_a_column_that_canvas_lets_nobody_write_is_no_set_s(tmp_path: Path) -> None:
    text = "Student,ID,Section,Set 02\n    Points Possible,,,{}\nAda,1,A,\n"
    for most, given in (("(read only)", ""), ("18", "Set 02")):
        roster = roster_of(tmp_path, text.format(most))
        assert columns_of([NORMS], roster, "canvas")[0].given == given


def test_of_moodle_s_ways_to_show_a_grade_the_points_are_taken(tmp_path: Path) -> None:
    columns = [
        "Assignment: Set 02 (Real)",
        "Assignment: Set 02 (Percentage)",
        "Assignment: Set 02 (Letter)",
    ]
    assert chosen(tmp_path, *columns, lms="moodle") == ["Assignment: Set 02 (Real)", ""]
    assert chosen(
        tmp_path, "Aufgabe: Set 02 (Punkte)", "Aufgabe: Set 02 (Prozentsatz)", lms="moodle"
    ) == ["Aufgabe: Set 02 (Punkte)", ""]
    assert chosen(tmp_path, "Assignment: Set 02 (Percentage)", lms="moodle") == ["", ""]
    ours = "cybernorms 02-un-norms (of 17) (Real)"
    assert chosen(tmp_path, ours, lms="moodle") == [ours, ""]


def test_the_report_says_into_which_columns_points_go(tmp_path: Path) -> None:
    canvas = Canvas({"1": "Lovelace, Ada"}, {"7711": ("Set 02", 10.0)})
    roster = roster_of(tmp_path, canvas.export())
    lines = lms_tables([Grade("", Sender(), 0, [9.0, None])], [NORMS, LAW], roster).lines
    assert (
        "02-un-norms goes into 'Set 02 (7711)', scaled from the set's 18 points to its 10"
        in lines[0]
    )
    assert "new in your LMS: 'cybernorms 03-norms-and-law'" in lines[1]
    assert "An empty cell removes the grade" in lines[2]
    moodle = MoodleGradebook({"a@x.org": ("Ada", "King")}, {"Assignment: Set 02": 18.0})
    roster = roster_of(tmp_path, moodle.export())
    lines = lms_tables([Grade("", Sender(), 0, [9.0])], [NORMS], roster).lines
    assert "02-un-norms goes into 'Assignment: Set 02 (Real)', out of 18; see that" in lines[0]
