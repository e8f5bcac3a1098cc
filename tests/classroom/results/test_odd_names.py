"""Students whose names are empty, odd or like something else: a page and a line for each."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.results.canvas_table import POINTS, canvas_by_ids
from cybernorms.classroom.results.grades import Grade
from cybernorms.classroom.results.lms_columns import columns_of
from cybernorms.exercises.question_files import load_question_sets
from tests.classroom.factories import SET, as_file, hand_in, marked, rows, worst

ODD = [
    *("", " ", ".", "..", "/", "\\", "CON", "nul.html", "-", "--", "index", "x" * 5_000, "é", "É"),
    *("\u3164", "\u2800", "\u202eadA", "王小明", "Ada", "ada", "ADA", "Аda", "a/b", "a\\b", "a:b"),
    *("../../x", "%2e%2e%2f", "a\x00b", "\ud800", "\ud801", "<script>", "Points Possible"),
]


def test_every_student_has_a_page_that_no_disk_mistakes(tmp_path: Path) -> None:
    """Prevents a page that is that of another, or lies elsewhere, for a name nobody foresaw."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(ODD):
        content = as_file(hand_in(name, worst()[: 1 + number % 5]))
        (folder / f"odd{number}_{9000 + number}_1_x.json").write_bytes(content)
    results, outcome = marked(folder)
    table = rows(results / "gradebook.csv")
    assert outcome.students == len(table) == len(ODD)
    pages = [row["page"].removeprefix("pages/").casefold() for row in table]
    assert len(set(pages)) == len(ODD)
    assert all(re.fullmatch(r"[a-z0-9-]{1,100}\.html", each) for each in pages)
    assert sorted(pages) == sorted(path.name for path in (results / "pages").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names of files")
def test_names_that_are_no_text_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"\xff.json", b"\xfe.json", b"\xff\xfe.json"):
        (folder / os.fsdecode(name)).write_bytes(as_file(hand_in("", worst())))
    results, outcome = marked(folder)
    assert outcome.students == 3
    assert len(list((results / "pages").iterdir())) == 3
    assert len({row["page"] for row in rows(results / "gradebook.csv")}) == 3


@pytest.mark.parametrize(
    "name",
    [
        *("Points Possible", "  points possible", "POINTS\u00a0POSSIBLE", "Ada Points Possible"),
        *(
            "Points\u200bPossible",
            "Ｐoints Possible",
            "Possible, Points Possible",
            "points.possible",
        ),
    ],
)
def test_nobody_is_taken_for_the_line_of_points_possible(name: str) -> None:
    """Prevents a student's name from setting what an assignment is out of in Canvas."""
    sets = [each for each in load_question_sets() if each.id == SET]
    grades = [Grade(name, Sender("canvas", "9001"), None, [1.0])]
    head, most, student = canvas_by_ids(grades, sets, columns_of(sets, None, "canvas"))
    assert (head[0], most[0]) == ("Student", POINTS)
    assert student[:2] == ["Canvas student 9001", "9001"]
