"""Tables of marks as spreadsheets save them: every one of these says the same."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms.classroom.results.rubric_rows import TO_FILL_IN
from cybernorms.classroom.results.rubric_tables import read_marks
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import find_question, load_question_sets
from tests.classroom.factories import WRITTEN, entry, folder_of, hand_in, marked, put, rows

QUESTION = find_question(WRITTEN)
QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
LEVELS = [each.name for each in QUESTION.criteria[0].levels]
MARKS = {0: ("Full", "Gut, außer Satz 2; sonst klar"), 2: ("0.3", ""), 5: ("Missing", "“So?”")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give results with two texts, one of which begins with all that breaks a table."""
    hard = 'Minister; she said "no, never"; and\nso, in short: = 1+1 '
    files = {
        "a_json": hand_in("Ada", [entry(WRITTEN, hard)]),
        "b_json": hand_in("Bob", [entry(WRITTEN, "Plain words.")]),
    }
    folder, _ = marked(folder_of(tmp_path_factory.mktemp("made") / "in", **files))
    return folder


@pytest.fixture
def results(made: Path, tmp_path: Path) -> Path:
    """Give a copy of these results, which a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "results"))


def lines(results: Path) -> list[list[str]]:
    with (results / "rubric.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def written(table: list[list[str]], delimiter: str = ",") -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter).writerows(table)
    return held.getvalue()


def filled(table: list[list[str]], marks: dict[int, tuple[str, str]] = MARKS) -> list[list[str]]:
    return [table[0]] + [
        [*row[:-2], *marks.get(number, ("", ""))] for number, row in enumerate(table[1:])
    ]


def comma_opened_in_europe(results: Path) -> list[list[str]]:
    """Return the cells of rubric.csv where a spreadsheet splits its lines at semicolons alone."""
    text = (results / "rubric.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def typed_beside(results: Path, head: list[str], delimiter: str = ";") -> str:
    """Return what is saved after marks were typed to the right of all lines."""
    cells = comma_opened_in_europe(results)
    width = max(map(len, cells))
    table = [[*cells[0], *[""] * (width - len(cells[0])), *head]]
    for number, row in enumerate(cells[1:]):
        mark, comment = MARKS.get(number, ("", ""))
        table.append([*row, *[""] * (width - len(row)), mark, comment])
    return written(table, delimiter)


def in_one_column(results: Path) -> str:
    """Return a table each of whose lines is one quoted cell, with marks in the cells behind it."""
    text = (results / "rubric.csv").read_text(encoding="utf-8-sig").splitlines()
    table = [[text[0], "mark", "comment"]]
    table += [[line, *MARKS.get(number, ("", ""))] for number, line in enumerate(text[1:])]
    return written(table)


FORMS: dict[str, Callable[[Path], str]] = {
    "commas": lambda results: written(filled(lines(results))),
    "semicolons": lambda results: written(filled(lines(results)), ";"),
    "tabs": lambda results: written(filled(lines(results)), "\t"),
    "a line sep=": lambda results: "sep=;\r\n" + written(filled(lines(results)), ";"),
    "other order": lambda results: written([row[::-1] for row in filled(lines(results))]),
    "more columns": lambda results: written(
        [["mine", *row[:4], "x", *row[4:]] for row in filled(lines(results))]
    ),
    "capitals": lambda results: written(
        [[cell.upper() for cell in lines(results)[0]], *filled(lines(results))[1:]]
    ),
    "empty lines": lambda results: written(
        [row for each in filled(lines(results)) for row in ([], each, [""] * 9)]
    ),
    "beside, with a heading": lambda results: typed_beside(results, ["mark", "comment"]),
    "beside, without a heading": lambda results: typed_beside(results, ["", ""]),
    "beside, with other headings": lambda results: typed_beside(results, ["Note", "Bemerkung"]),
    "beside, as text with tabs": lambda results: typed_beside(results, ["mark", "comment"], "\t"),
    "beside, in one column": in_one_column,
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", FORMS)
def test_whatever_a_spreadsheet_saves_brings_the_same_marks(
    results: Path, form: str, encoding: str
) -> None:
    """Prevents marks that were typed, saved, brought in and not there."""
    (results / "plain.csv").write_text(written(filled(lines(results))), encoding="utf-8")
    expected = read_marks(results / "plain.csv", QUESTIONS)
    assert sum(mark.points is not None for of in expected.values() for mark in of.values()) == 3
    saved = results / "saved.csv"
    saved.write_text(FORMS[form](results), encoding=encoding, newline="")
    assert read_marks(saved, QUESTIONS) == expected


def test_marks_typed_at_once_beside_a_shorter_line_are_found(results: Path) -> None:
    """Prevents a loss where the marks of some lines are one cell further left than those above."""
    head, *rest = comma_opened_in_europe(results)
    table = [[*head, "", "", "", "", "", "mark"], [*rest[0], "", "Full"], *rest[1:]]
    (results / "saved.csv").write_text(written(table, ";"), encoding="utf-8", newline="")
    [marks] = read_marks(results / "saved.csv", QUESTIONS).values()
    assert [mark.points for mark in marks.values()] == [0.5]


def test_a_mark_typed_beside_counts_over_the_one_that_was_there(results: Path) -> None:
    before = {0: ("Full", "Before"), 1: ("Full", "Before")}
    put(results, "rubric.csv", written(filled(lines(results), before)).encode())
    head, first, *rest = comma_opened_in_europe(results)
    table = [[*head, *[""] * 6], [*first, "", "Missing", "Now"], *rest]
    (results / "saved.csv").write_text(written(table, ";"), encoding="utf-8", newline="")
    [marks] = read_marks(results / "saved.csv", QUESTIONS).values()
    assert [tuple(mark) for mark in marks.values()] == [(0.0, "Now"), (0.5, "Before")]


def test_a_typed_cell_that_is_no_mark_is_an_error_with_its_line(results: Path) -> None:
    table = typed_beside(results, ["", ""]).replace("Full", "Splendid", 2)
    table = table.replace("Splendid", "Full", 1)  # the first stands among the levels
    (results / "saved.csv").write_text(table, encoding="utf-8", newline="")
    with pytest.raises(CyberNormsError, match=r"'Splendid' is neither.*saved\.csv, line 2"):
        read_marks(results / "saved.csv", QUESTIONS)


@pytest.mark.parametrize("form", ["untouched", "comments alone"])
def test_a_table_without_any_mark_is_an_error_and_changes_nothing(
    results: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Prevents "0 written answers marked" after an evening of work in the wrong column."""
    marks = {0: ("", "Well seen")} if form == "comments alone" else {}
    put(results, "copy.csv", written(filled(lines(results), marks)).encode())
    before = (results / "rubric.csv").read_bytes()
    assert main(["rubric-import", str(results), str(results / "copy.csv")]) == 1
    said = capsys.readouterr().err
    assert "No mark was found in this table" in said
    assert "into the column mark" in said
    assert (results / "rubric.csv").read_bytes() == before
    assert not (results / "rubric-marks.csv").exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"name,points\nAda,7\n", b"", b"\0"])
def test_what_is_no_table_of_marks_is_told_with_what_to_do(
    results: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    put(results, "copy.csv", content)
    assert main(["rubric-import", str(results), str(results / "copy.csv")]) == 1
    said = capsys.readouterr().err
    assert "copy.csv" in said
    assert "CSV" in said or "export it again" in said.lower()


def test_a_table_of_another_class_is_told_and_changes_nothing(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents the copy of section A from being brought into section B without a word."""
    other = folder_of(tmp_path / "other" / "in", a_json=hand_in("Eve", [entry(WRITTEN, "Else.")]))
    theirs, _ = marked(other)
    put(tmp_path, "copy.csv", written(filled(lines(theirs))).encode())
    assert main(["rubric-import", str(results), str(tmp_path / "copy.csv")]) == 1
    assert "None of the texts in this table is among those" in capsys.readouterr().err
    assert not (results / "rubric-marks.csv").exists()
    both = written(filled(lines(theirs)) + filled(lines(results))[1:])
    put(tmp_path, "copy.csv", both.encode())
    assert main(["rubric-import", str(results), str(tmp_path / "copy.csv")]) == 0
    assert "1 text in the table is not among those" in capsys.readouterr().out
    assert len({row["text"] for row in rows(results / "rubric-marks.csv")}) == 3


def test_the_table_to_fill_in_says_how_each_text_begins(results: Path) -> None:
    """Prevents an evening of looking up names such as 2tv5-y5cu."""
    assert tuple(lines(results)[0]) == TO_FILL_IN
    begins = {row["begins"] for row in rows(results / "rubric.csv")}
    assert begins == {"Minister she said no never and so in short: 1 1", "Plain words."}


def test_columns_of_a_teachers_own_stay(results: Path) -> None:
    table = [
        [*row, "mine" if not number else str(number)]
        for number, row in enumerate(filled(lines(results)))
    ]
    put(results, "rubric.csv", written(table).encode())
    put(
        results,
        "copy.csv",
        written(filled(lines(results)[:1] + [r[:9] for r in table[1:]])).encode(),
    )
    assert main(["rubric-import", str(results), str(results / "copy.csv")]) == 0
    assert [row["mine"] for row in rows(results / "rubric.csv")] == [str(n) for n in range(1, 9)]
