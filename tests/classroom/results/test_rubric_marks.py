"""Written answers: blind packets, a table to fill in, and marks that are never lost."""

from __future__ import annotations

import csv
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from cybernorms.classroom.results import workplace
from cybernorms.classroom.results.rubric_marks import find_points, format_levels
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


FULL, GOOD, PARTIAL, MISSING = QUESTION.criteria[0].levels
SIXTH = pytest.approx(0.5 / 3, abs=1e-12)


@pytest.mark.parametrize(
    ("given", "points"),
    [
        *[(each, SIXTH) for each in ("Partial", "PARTIAL ", "0.17", "0,17", ".17", "0.1667")],
        *[(each, SIXTH) for each in ("Partial = 0.17", "partial=0,17", "Partial = 0.17;")],
        *[(each, SIXTH) for each in ("1/6", "⅙", PARTIAL.text, PARTIAL.text.upper().strip("."))],
        *[(each, 0.5) for each in ("½", "1/2", "1 / 2", "0,5", "0.50", "full", "Full=0.5")],
        *[(each, 0.0) for each in ("0", "missing", "Missing = 0", "0/2", "0,0")],
        *[(each, pytest.approx(1 / 3)) for each in ("0.33", "Good = 0.33", "⅓", "1/3")],
        *[(each, float(each)) for each in ("0.3", "0.25", "0.1")],
        *[(each, None) for each in ("1½", "3/2", "Full = 0.17", "Fine = 0.5", "1/0", "²", "-0.1")],
        *[(each, None) for each in ("", "Partial 0.17 or so", "0.17 0.33", "x" * 100_000)],
        (format_levels(QUESTION.criteria[0]), None),
    ],
)
def test_a_level_is_known_by_its_name_its_words_and_the_points_printed(
    given: str, points: float | None
) -> None:
    """Prevents a third of a point, typed as it was printed, from being no level."""
    assert QUESTION.criteria[0].points == 0.5
    assert find_points(given, QUESTION.criteria[0]) == points


def test_points_as_printed_show_the_students_the_words_of_their_level(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", ["0.17"])
    marked(folder)
    [page] = (results / "pages").iterdir()
    assert PARTIAL.text in page.read_text(encoding="utf-8")
    assert rows(results / "rubric.csv")[0]["mark"] == "Partial"


def test_a_comment_before_any_mark_is_kept(tmp_path: Path) -> None:
    """Prevents sentences from being lost that were typed before the levels."""
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    fill_in(results / "rubric.csv", [""], "Name the paragraph")
    marked(folder)
    [first, *_] = rows(results / "rubric.csv")
    assert (first["mark"], first["comment"]) == ("", "Name the paragraph")
    assert rows(results / "gradebook.csv")[0]["awaiting teacher"] == "2"
    fill_in(results / "rubric.csv", ["Full"] * len(QUESTION.criteria), "Name the paragraph")
    marked(folder)
    fill_in(results / "rubric.csv", [""], "Better")
    marked(folder)
    [first, *_] = rows(results / "rubric.csv")
    assert (first["mark"], first["comment"]) == ("Full", "Better")


def test_a_packet_says_which_texts_are_new_begun_and_marked(tmp_path: Path) -> None:
    """Prevents an evening of looking for the texts that are still to be marked."""
    texts = {f"{name}_json": essay(name, f"Text of {name}.") for name in "abc"}
    results, _ = marked(folder_of(tmp_path / "in", **texts))
    count = len(QUESTION.criteria)
    fill_in(results / "rubric.csv", ["Full"] * count + ["Good"], "Well seen")
    marked(tmp_path / "in")
    packet = (results / "written" / f"{WRITTEN}.html").read_text(encoding="utf-8")
    assert "3 texts: 1 marked, 1 begun, 1 new." in packet
    blind = [rows(results / "rubric.csv")[number * count]["text"] for number in range(3)]
    links = [f'<a href="#{each}">' in packet for each in blind]
    assert links == [False, True, True]
    for each, state, marks in zip(blind, ("Marked", "Begun", "New"), (count, 1, 0), strict=True):
        section = packet.partition(f'id="{each}"')[2].partition("</section>")[0]
        assert f"words. {state}." in section
        assert section.count("<li>") == section.count("Well seen") == marks


def test_an_import_waits_for_a_run_and_then_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents marks called kept that are gone when the run that was going on ends."""
    monkeypatch.setattr(workplace, "WAIT", 0.1)
    folder = folder_of(tmp_path / "in", a_json=essay("Ada"))
    results, _ = marked(folder)
    copy = tmp_path / "mine.csv"
    copy.write_bytes((results / "rubric.csv").read_bytes())
    fill_in(copy, ["Full"] * len(QUESTION.criteria))
    with workplace.holding(results):
        assert main(["rubric-import", str(results), str(copy)]) == 1
        assert "Another run is writing these results" in capsys.readouterr().err
        monkeypatch.setattr(workplace, "WAIT", 20.0)
        thread = Thread(target=main, args=(["rubric-import", str(results), str(copy)],))
        thread.start()
        sleep(0.2)
        assert not (results / "rubric-marks.csv").exists()
    thread.join()
    marked(folder)
    assert rows(results / "gradebook.csv")[0]["points"] == "2"


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
