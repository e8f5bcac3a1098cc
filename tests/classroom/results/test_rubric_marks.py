"""Written answers: blind packets, a table to fill in, and marks that are never lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cybernorms.classroom.results.rubric_tables import read_marks
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import find_question, load_question_sets
from tests.classroom.factories import (
    WRITTEN,
    best,
    entry,
    folder_of,
    hand_in,
    marked,
    put,
    report,
    rows,
)

QUESTION = find_question(WRITTEN)
QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
TEXT = "Minister, say what you know and no more."


def essay(name: str, text: str = TEXT) -> dict:
    return hand_in(name, [entry(WRITTEN, text)])


def fill_in(path: Path, marks: list[str], comment: str = "", *, delimiter: str = ",") -> Path:
    """Fill in rubric.csv as a spreadsheet would save it, one mark after the other."""
    table = rows(path)
    for row, mark in zip(table, marks, strict=False):
        row["mark"], row["comment"] = mark, comment
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(table)
    return path


def test_a_packet_has_each_text_and_no_name(tmp_path: Path) -> None:
    """Prevents a marker from knowing whose text it is."""
    files = folder_of(tmp_path / "in", a_json=essay("Ada Lovelace"), b_json=essay("Bob", "No."))
    results, _ = marked(files)
    packet = (results / "written" / f"{WRITTEN}.html").read_text(encoding="utf-8")
    assert TEXT in packet
    assert "Ada" not in packet + (results / "rubric.csv").read_text(encoding="utf-8")
    assert QUESTION.criteria[0].levels[0].text in packet
    assert len(rows(results / "rubric.csv")) == 2 * len(QUESTION.criteria)
    key = {row["text"]: row["student"] for row in rows(results / "blind-ids.csv")}
    assert sorted(key.values()) == ["Ada Lovelace", "Bob"]
    assert all(f'id="{blind}"' in packet for blind in key)


def test_marks_filled_in_count_when_the_class_is_marked_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    best_level = QUESTION.criteria[0].levels[0].name
    fill_in(results / "rubric.csv", [best_level] * len(QUESTION.criteria), "Well seen")
    marked(folder)
    [row] = rows(results / "gradebook.csv")
    assert (row["points"], row["awaiting teacher"]) == ("2", "0")
    [page] = (results / "pages").iterdir()
    assert "2 of 2 points" in page.read_text(encoding="utf-8")
    assert "Well seen" in page.read_text(encoding="utf-8")
    assert "to mark" not in report(results)


def test_marked_texts_are_among_the_items(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"), b_json=essay("Bob", "No."))
    results, _ = marked(folder)
    count = len(QUESTION.criteria)
    fill_in(results / "rubric.csv", ["Full"] * count + ["Missing"] * count)
    marked(folder)
    [item] = [row for row in rows(results / "items.csv") if row["question"] == WRITTEN]
    assert (item["marked"], item["awaiting teacher"], item["difficulty"]) == ("2", "0", "0.5")


def test_marks_survive_any_number_of_runs(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", ["0.2", "0,3", "Full", "Missing"][: len(QUESTION.criteria)])
    marked(folder)
    before = rows(results / "gradebook.csv"), rows(results / "rubric-marks.csv")
    for _ in range(3):
        marked(folder)
    assert (rows(results / "gradebook.csv"), rows(results / "rubric-marks.csv")) == before
    assert float(before[0][0]["points"]) > 0


def test_marks_survive_a_run_in_which_their_text_was_missing(tmp_path: Path) -> None:
    """Prevents the loss of an hour of marking because a file was moved for a moment."""
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"), b_json=hand_in("Bob", best()[:2]))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", ["Full"] * len(QUESTION.criteria))
    (folder / "a.json").rename(tmp_path / "a.json")
    marked(folder)
    (tmp_path / "a.json").rename(folder / "a.json")
    marked(folder)
    ada = next(row for row in rows(results / "gradebook.csv") if row["student"] == "Ada")
    assert ada["points"] == "2"


def test_a_changed_text_waits_for_marks_of_its_own(tmp_path: Path) -> None:
    """Prevents marks for words that nobody has read."""
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", ["Full"] * len(QUESTION.criteria))
    put(folder, "a.json", essay("Ada", "Another text altogether."))
    marked(folder)
    [row] = rows(results / "gradebook.csv")
    assert (row["points"], row["awaiting teacher"]) == ("0", "2")


def test_a_text_marked_in_part_waits(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", ["Full"])
    marked(folder)
    [row] = rows(results / "gradebook.csv")
    assert (row["points"], row["awaiting teacher"]) == ("0", "2")
    assert rows(results / "rubric.csv")[0]["mark"] == "Full"
    assert "1 written answer to mark" in report(results)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_filled_in_elsewhere_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], delimiter: str
) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    copy = tmp_path / "mine.csv"
    copy.write_bytes((results / "rubric.csv").read_bytes())
    fill_in(copy, ["Full"] * len(QUESTION.criteria), "Gut, außer Satz 2", delimiter=delimiter)
    assert main(["rubric-import", str(results), str(copy)]) == 0
    assert "1 written answer marked, 0 in part" in capsys.readouterr().out
    marked(folder)
    assert rows(results / "gradebook.csv")[0]["points"] == "2"
    assert rows(results / "rubric.csv")[0]["comment"] == "Gut, außer Satz 2"


def test_an_import_replaces_an_earlier_mark(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    copy = tmp_path / "mine.csv"
    copy.write_bytes((results / "rubric.csv").read_bytes())
    for level, points in (("Missing", "0"), ("Full", "2")):
        fill_in(copy, [level] * len(QUESTION.criteria))
        main(["rubric-import", str(results), str(copy)])
        marked(folder)
        assert rows(results / "gradebook.csv")[0]["points"] == points


@pytest.mark.parametrize("wrong", ["7", "-1", "Splendid", "nan", "=1+1"])
def test_a_mark_that_cannot_be_read_names_its_line_and_changes_nothing(
    tmp_path: Path, wrong: str
) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", ["Full", wrong])
    before = (results / "rubric.csv").read_bytes()
    with pytest.raises(CyberNormsError, match=r"neither a level nor a number.*rubric\.csv, line 3"):
        marked(folder)
    assert (results / "rubric.csv").read_bytes() == before


def test_another_table_is_not_taken_for_a_rubric(tmp_path: Path) -> None:
    put(tmp_path, "other.csv", b"name,points\nAda,7\n")
    with pytest.raises(CyberNormsError, match="not a table of rubric marks"):
        read_marks(tmp_path / "other.csv", QUESTIONS)


def test_marks_are_imported_into_results_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, "mine.csv", b"question,text,criterion,mark\n")
    assert main(["rubric-import", str(tmp_path), str(tmp_path / "mine.csv")]) == 1
    assert "There are no results in this folder" in capsys.readouterr().err


def test_late_written_answers_lose_what_the_policy_says(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(
        "[deadline]\n03-norms-and-law = 2026-02-28T09:00:00Z\n[late]\nper_cent_a_day = 25\n"
    )
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder, policy=policy)
    assert rows(results / "gradebook.csv")[0]["awaiting teacher"] == "1.5"
    fill_in(results / "rubric.csv", ["Full"] * len(QUESTION.criteria))
    marked(folder, policy=policy)
    assert rows(results / "gradebook.csv")[0]["points"] == "1.5"
