"""Tables as workbooks: the same cells, safe types, the same bytes, and marks that come back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cybernorms.classroom.essays.desk import Desk, Press
from cybernorms.classroom.results.rubric_rows import AS_WRITTEN
from cybernorms.classroom.results.workbooks import write_workbooks
from cybernorms.classroom.tables import open_table
from cybernorms.cli import main
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.question_files import load_question_sets
from tests.classroom.factories import WRITTEN, contents, entry, hand_in, marked, put, rows
from tests.classroom.workbooks import xlsx

QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
CRITERIA = written.criteria if isinstance(written := QUESTIONS[WRITTEN], Written) else ()
HOSTILE = "=cmd|' c calc'!A0"


def class_of(tmp_path: Path, *names: str) -> Path:
    for number, name in enumerate(names or ("Ada", "Bo"), start=1):
        answers = [entry(WRITTEN, f"Minister, {name} says so.")]
        put(tmp_path / "in", f"made{number}_{10**16 + number}_9_x.json", hand_in(name, answers))
    return marked(tmp_path / "in", workbooks=True)[0]


def again(tmp_path: Path) -> Path:
    return marked(tmp_path / "in")[0]


def sheet(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def fill(path: Path, changes: dict[tuple[int, str], str]) -> None:
    """Save a workbook anew with other cells, a little later, as a spreadsheet does."""
    table = sheet(path)
    for (row, column), text in changes.items():
        table[row][table[0].index(column)] = text
    path.write_bytes(xlsx(table))
    later(path)


def fill_csv(path: Path, changes: dict[tuple[int, str], str]) -> None:
    table = rows(path)
    for (row, column), text in changes.items():
        table[row - 1][column] = text
    lines = [
        ",".join(f'"{cell}"' for cell in row) for row in [table[0], *(r.values() for r in table)]
    ]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")
    later(path)


def later(path: Path) -> None:
    """Give a file a later time than all before, and let that time pass."""
    newest = max(each.stat().st_mtime_ns for each in path.parent.iterdir())
    os.utime(path, ns=(newest + 10**7, newest + 10**7))
    time.sleep(0.03)


def marks(results: Path) -> list[str]:
    return [row["mark"] for row in rows(results / "rubric.csv")]


def test_ids_and_names_are_text_and_points_are_numbers(tmp_path: Path) -> None:
    """Prevents ids that a spreadsheet rounds, and names that it runs."""
    results = class_of(tmp_path, "Ada", HOSTILE, "1/2", "007", "TRUE")
    head, *table = sheet(results / "gradebook.xlsx")
    for row in table:
        cells = dict(zip(head, row, strict=True))
        assert all(isinstance(cells[each], str) for each in ("student", "lms id", "page", "files"))
        assert isinstance(cells["awaiting teacher"], float)
        assert re.fullmatch(r"10{15}\d", str(cells["lms id"]))
    for name in ("gradebook", "rubric"):
        with zipfile.ZipFile(results / f"{name}.xlsx") as archive:
            inside = b"".join(archive.read(each) for each in archive.namelist())
        assert b"<f>" not in inside and b"<hyperlink" not in inside


@pytest.mark.parametrize("name", ["gradebook", "rubric"])
def test_a_workbook_reads_as_its_csv(tmp_path: Path, name: str) -> None:
    results = class_of(tmp_path, "Ada", HOSTILE, "Łukasz;=1", "王 小明")
    book, table = open_table(results / f"{name}.xlsx"), open_table(results / f"{name}.csv")
    shown = [{key: row[key] for key in row if key not in AS_WRITTEN} for row in book.rows]
    assert shown == table.rows


def test_the_same_results_give_the_same_bytes_at_any_time(tmp_path: Path) -> None:
    results = class_of(tmp_path)
    before = contents(results)
    code = (
        "import sys, time, datetime, pathlib\n"
        "from cybernorms.classroom.results.workbooks import write_workbooks\n"
        "time.time = lambda: 2e9\nwrite_workbooks(pathlib.Path(sys.argv[1]))\n"
    )
    for zone in ("UTC", "Asia/Tokyo"):
        subprocess.run(
            [sys.executable, "-c", code, results], env=os.environ | {"TZ": zone}, check=True
        )
        assert contents(results) == before


def test_workbooks_are_written_where_they_are_asked_for_and_from_then_on(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.json", hand_in())
    books = {"gradebook.xlsx", "rubric.xlsx"}
    results = str(tmp_path / "results")
    for more, wanted in (([], False), (["--xlsx"], True), ([], True)):
        assert main(["mark", str(tmp_path / "in"), "--to", results, *more]) == 0
        assert (books <= contents(tmp_path / "results").keys()) == wanted
    code = "import sys, cybernorms.classroom.run.class_run; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_workbook_that_was_filled_in_is_found(tmp_path: Path) -> None:
    results = class_of(tmp_path)
    fill(results / "rubric.xlsx", {(1, "mark"): "Full", (1, "comment"): HOSTILE})
    results = again(tmp_path)
    assert marks(results)[0] == "Full"
    assert open_table(results / "rubric.xlsx").rows[0]["comment"] == HOSTILE
    assert marks(again(tmp_path)) == marks(results)


def test_the_file_that_was_saved_last_counts_and_only_where_it_was_changed(tmp_path: Path) -> None:
    """Prevents an old mark in one table from undoing a new one in the other."""
    results = class_of(tmp_path)
    fill(results / "rubric.xlsx", {(1, "mark"): "Full", (2, "mark"): "Full", (3, "mark"): "Full"})
    results = again(tmp_path)
    # One in the CSV alone, one in the workbook alone, one in both; the workbook is saved last.
    fill_csv(results / "rubric.csv", {(1, "mark"): "0", (3, "mark"): "0"})
    fill(results / "rubric.xlsx", {(2, "mark"): "0", (3, "mark"): "Full "})
    fill(results / "rubric.xlsx", {(3, "mark"): "0.25"})
    results = again(tmp_path)
    first = marks(results)[:3]
    assert first[:2] == ["Missing", "Missing"] and first[2] not in ("Full", "Missing")
    fill(results / "rubric.xlsx", {(1, "mark"): "Full"})
    fill_csv(results / "rubric.csv", {(1, "mark"): "0.25", (2, "mark"): "Full"})
    results = again(tmp_path)
    assert marks(results)[0] not in ("Full", "Missing")
    assert marks(results)[1] == "Full"


def test_a_press_counts_over_what_a_workbook_had_before(tmp_path: Path) -> None:
    """Prevents a workbook that was left open from undoing what was pressed in the browser."""
    results = class_of(tmp_path)
    fill(results / "rubric.xlsx", {(1, "mark"): "Full"})
    desk = Desk(results, QUESTIONS)
    first = rows(results / "rubric.csv")[0]
    criteria = {each.name: each for each in CRITERIA}
    criterion = criteria[first["criterion"]]
    levels = [each.name for each in criterion.levels]
    said = desk.press(Press(WRITTEN, first["text"], criterion.id, comment="seen"))
    assert said["marks"][criterion.id]["level"] is not None  # the workbook's mark was there
    desk.press(Press(WRITTEN, first["text"], criterion.id, level=levels.index("Missing")))
    pressed = marks(results)[0]
    assert pressed == "Missing"
    assert marks(again(tmp_path))[0] == pressed
    # Saved again after the press without a change there, the workbook takes nothing back.
    results = again(tmp_path)
    desk = Desk(results, QUESTIONS)
    desk.press(Press(WRITTEN, first["text"], criterion.id, level=levels.index("Full")))
    fill(results / "rubric.xlsx", {(2, "mark"): "Full"})
    results = again(tmp_path)
    assert marks(results)[0] == "Full"
    assert marks(results)[1] == "Full"


def test_a_workbook_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = class_of(tmp_path)
    copies = [
        put(tmp_path, f"{each}.xlsx", (results / "rubric.xlsx").read_bytes()) for each in "ab"
    ]
    assert len(copies) == 2
    fill(tmp_path / "a.xlsx", {(1, "mark"): "Full"})
    fill(tmp_path / "b.xlsx", {(2, "mark"): "Full", (2, "comment"): "two"})
    for each in "ab":
        assert main(["rubric-import", str(results), str(tmp_path / f"{each}.xlsx")]) == 0
    assert marks(results)[:2] == ["Full", "Full"]
    assert marks(again(tmp_path))[:2] == ["Full", "Full"]


def test_a_colleagues_copy_takes_no_later_mark_back(tmp_path: Path) -> None:
    results = class_of(tmp_path)
    fill(results / "rubric.xlsx", {(1, "mark"): "Full"})
    results = again(tmp_path)
    put(tmp_path, "copy.xlsx", (results / "rubric.xlsx").read_bytes())
    fill_csv(results / "rubric.csv", {(1, "mark"): "0"})
    again(tmp_path)
    fill(tmp_path / "copy.xlsx", {(2, "mark"): "Full"})
    assert main(["rubric-import", str(results), str(tmp_path / "copy.xlsx")]) == 0
    assert marks(results)[:2] == ["Missing", "Full"]


def test_a_cell_of_any_text_is_written(tmp_path: Path) -> None:
    """Prevents a workbook that cannot be made or opened for what a student wrote."""
    results = class_of(tmp_path)
    names = ["\ud800x", "a\x00b", "<&>", "x" * 40_000, "_x000D_", "1e5", "-3", "\ufffe"]
    lines = "".join(f'"{each}",1\r\n' for each in names)
    text = f"student,points\r\n{lines}"
    (results / "gradebook.csv").write_text(text, encoding="utf-8", errors="replace", newline="")
    write_workbooks(results)
    head, *table = sheet(results / "gradebook.xlsx")
    assert head == ["student", "points"]
    assert [row[1] for row in table] == [1.0] * len(names)
    assert [row[0] for row in table][5:7] == ["1e5", "-3"]
