"""The desk: marks as by the table, on the disk before they are called saved, beside other runs."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path
from threading import Thread

import pytest

from cybernorms import files
from cybernorms.classroom.essays import desk as desk_module
from cybernorms.classroom.essays.desk import Desk, Press
from cybernorms.classroom.results import workplace
from cybernorms.classroom.results.lock import AtWork
from cybernorms.classroom.results.rubric_tables import marks_in
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.responses import LONGEST_TEXT
from tests.classroom.essays.essays import CRITERIA, MINISTER, QUESTION, class_of
from tests.classroom.factories import WRITTEN, contents, entry, hand_in, marked, put, report, rows

QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}


def names(desk: Desk) -> list[str]:
    return [text["id"] for text in desk.overview()["texts"] if text["question"] == WRITTEN]


def mark_whole(desk: Desk, text: str, level: int = 0) -> None:
    for criterion in CRITERIA:
        desk.press(Press(WRITTEN, text, criterion, level=level))


def test_a_press_is_the_same_as_a_mark_in_the_table(tmp_path: Path) -> None:
    """Prevents two kinds of marks, of which one is forgotten somewhere."""
    pressed, typed = class_of(tmp_path / "one", 1), class_of(tmp_path / "two", 1)
    desk = Desk(pressed, QUESTIONS)
    [text] = names(desk)
    for number, criterion in enumerate(CRITERIA):
        desk.press(Press(WRITTEN, text, criterion, level=number % 4))
    desk.press(Press(WRITTEN, text, CRITERIA[1], comment="=Well; \u202eseen\n"))
    table = (typed / "rubric.csv").read_text(encoding="utf-8-sig").splitlines()
    levels = ["Full,", "Good,'=Well; seen", "Partial,", "Missing,"]
    table[1:] = [f"{line.rstrip(',')},{mark}" for line, mark in zip(table[1:], levels, strict=True)]
    (typed / "rubric.csv").write_text("\n".join(table), encoding="utf-8")
    for folder in (pressed, typed):
        marked(folder.with_name("in"))
    assert contents(pressed) == contents(typed)
    assert rows(pressed / "rubric-marks.csv")


def test_a_press_is_in_both_tables_when_it_returns(tmp_path: Path) -> None:
    results = class_of(tmp_path)
    desk = Desk(results, QUESTIONS)
    text = names(desk)[1]
    saved = desk.press(Press(WRITTEN, text, CRITERIA[0], level=1, comment="Good"))
    assert saved["marks"] == {
        CRITERIA[0]: {"level": 1, "points": "0.33", "worth": 0.5 * 2 / 3, "comment": "Good"}
    }
    [kept] = rows(results / "rubric-marks.csv")
    assert (kept["text"], kept["criterion"], kept["comment"]) == (text, CRITERIA[0], "Good")
    filled = [row for row in rows(results / "rubric.csv") if row["mark"]]
    assert [(row["text"], row["mark"], row["comment"]) for row in filled] == [
        (text, "Good", "Good")
    ]
    assert not [path for path in results.iterdir() if path.name.startswith(".")]


def test_a_mark_can_be_taken_back_and_its_comment_stays(tmp_path: Path) -> None:
    results = class_of(tmp_path)
    desk = Desk(results, QUESTIONS)
    text = names(desk)[0]
    desk.press(Press(WRITTEN, text, CRITERIA[0], level=0, comment="Good"))
    saved = desk.press(Press(WRITTEN, text, CRITERIA[0], level=None))
    assert saved["marks"][CRITERIA[0]]["points"] is None
    assert Desk(results, QUESTIONS).overview()["texts"][0]["marks"] == saved["marks"]
    assert desk.press(Press(WRITTEN, text, CRITERIA[0], comment=""))["marks"] == {}
    assert rows(results / "rubric-marks.csv") == []
    assert not [row for row in rows(results / "rubric.csv") if row["mark"] or row["comment"]]


def test_marking_goes_on_in_the_table_and_back(tmp_path: Path) -> None:
    """Prevents a page that writes over what was typed into the table meanwhile."""
    results = class_of(tmp_path)
    desk = Desk(results, QUESTIONS)
    one, two, _ = names(desk)
    desk.press(Press(WRITTEN, one, CRITERIA[0], level=0))
    table = (results / "rubric.csv").read_text(encoding="utf-8-sig").splitlines()
    table = [
        f"{line.rstrip(',')},{'0.2' if CRITERIA_NAMES[0] in line else 'Good'},By hand"
        if f",{two}," in line
        else line
        for line in table
    ]
    (results / "rubric.csv").write_text("\n".join(table), encoding="utf-8")
    desk.press(Press(WRITTEN, one, CRITERIA[1], level=3))
    texts = {text["id"]: text["marks"] for text in desk.overview()["texts"]}
    assert [mark["level"] for mark in texts[one].values()] == [0, 3]
    assert [mark["level"] for mark in texts[two].values()] == [None, 1, 1, 1]
    assert texts[two][CRITERIA[0]]["points"] == "0.2"
    assert {mark["comment"] for mark in texts[two].values()} == {"By hand"}
    assert desk.progress() == (1, 3)


CRITERIA_NAMES = [each.name for each in QUESTION.criteria]


@pytest.mark.parametrize(
    "press",
    [
        Press("no-such", "x", CRITERIA[0], level=0),
        Press(WRITTEN, "aaaa-bbbb-cccc", CRITERIA[0], level=0),
        Press(WRITTEN, "TEXT", "no-such", level=0),
        Press(WRITTEN, "TEXT", CRITERIA[0], level=4),
        Press(WRITTEN, "TEXT", CRITERIA[0], level=-1),
        Press(WRITTEN, "TEXT", CRITERIA[0]),
    ],
)
def test_a_press_that_means_nothing_changes_nothing(tmp_path: Path, press: Press) -> None:
    results = class_of(tmp_path, 1)
    desk = Desk(results, QUESTIONS)
    before = contents(results)
    text = names(desk)[0] if press.text == "TEXT" else press.text
    with pytest.raises(CyberNormsError, match="Load the page again"):
        desk.press(Press(press.question, text, press.criterion, press.level, press.comment))
    assert contents(results) == before


@pytest.mark.parametrize("table", ["rubric.csv", "rubric-marks.csv"])
def test_a_full_disk_is_told_and_the_next_press_saves_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """Prevents a page that says saved, and a mark that comes back from an earlier press."""
    results = class_of(tmp_path)
    desk = Desk(results, QUESTIONS)
    text = names(desk)[0]
    desk.press(Press(WRITTEN, text, CRITERIA[0], level=0))
    before = contents(results)

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        fsync = files.os.fsync
        names_left = ["rubric.csv", "rubric-marks.csv"]
        patch.setattr(
            files.os,
            "fsync",
            lambda file: full(file) if names_left.pop(0) == table else fsync(file),
        )
        with pytest.raises(CyberNormsError, match=r"The disk is full.*page saves by itself"):
            desk.press(Press(WRITTEN, text, CRITERIA[0], level=2))
    left = contents(results)
    assert left.keys() == before.keys()
    assert left["rubric-marks.csv"] == before["rubric-marks.csv"]
    desk.press(Press(WRITTEN, text, CRITERIA[1], level=1))
    again = desk.press(Press(WRITTEN, text, CRITERIA[0], level=2))
    assert [mark["level"] for mark in again["marks"].values()] == [2, 1]
    assert marks_in(results, QUESTIONS) == Desk(results, QUESTIONS)._marks


def test_a_press_waits_for_a_run_and_no_mark_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents marks called saved that are gone when a run puts its results in their place."""
    results = class_of(tmp_path)
    desk = Desk(results, QUESTIONS)
    text = names(desk)[0]
    with workplace.holding(results):
        monkeypatch.setattr(desk_module, "LOCK_PATIENCE", 0.1)
        with pytest.raises(AtWork):
            desk.press(Press(WRITTEN, text, CRITERIA[0], level=1))
        monkeypatch.setattr(desk_module, "LOCK_PATIENCE", 20)
        thread = Thread(target=desk.press, args=(Press(WRITTEN, text, CRITERIA[0], level=2),))
        thread.start()
        time.sleep(0.1)
        assert not (results / "rubric-marks.csv").exists()
    thread.join()
    assert desk.overview()["texts"][0]["marks"][CRITERIA[0]]["level"] == 2


@pytest.mark.endurance
def test_presses_beside_runs_are_all_there(tmp_path: Path) -> None:
    """Prevents a mark from falling between what a run has read and what it puts in place."""
    many = "CYBERNORMS_ENDURANCE" in os.environ
    results = class_of(tmp_path, 12)
    desk = Desk(results, QUESTIONS)
    over = False

    def run() -> None:
        while not over:
            marked(tmp_path / "in")

    runs = Thread(target=run)
    runs.start()
    pressed: dict[tuple[str, str], int] = {}
    try:
        for number in range(400 if many else 20):
            text, criterion = names(desk)[number % 12], CRITERIA[number // 12 % 4]
            desk.press(Press(WRITTEN, text, criterion, level=number * 7 % 4))
            pressed[text, criterion] = number * 7 % 4
    finally:
        over = True
        runs.join()
    texts = {text["id"]: text["marks"] for text in Desk(results, QUESTIONS).overview()["texts"]}
    assert {key: texts[key[0]][key[1]]["level"] for key in pressed} == pressed


def test_a_run_meanwhile_brings_new_texts_and_takes_none_of_the_marks(tmp_path: Path) -> None:
    results = class_of(tmp_path, 2)
    desk = Desk(results, QUESTIONS)
    before, version = names(desk), desk.version
    mark_whole(desk, before[0])
    put(tmp_path / "in", "late_77_9_x.json", hand_in("Late", [entry(WRITTEN, "At last.")]))
    put(tmp_path / "in", "more_78_9_x.json", hand_in("More", [entry(MINISTER, "And more.")]))
    marked(tmp_path / "in")
    saved = desk.press(Press(WRITTEN, before[0], CRITERIA[0], level=3))
    assert saved["version"] != version
    overview = desk.overview()
    assert len(overview["texts"]) == 4
    assert {each["id"] for each in overview["questions"]} == {WRITTEN, MINISTER}
    [text] = [each for each in overview["texts"] if each["id"] == before[0]]
    assert [mark["level"] for mark in text["marks"].values()] == [3, 0, 0, 0]
    new = next(each["id"] for each in overview["texts"] if each["question"] == MINISTER)
    assert desk.words_of(MINISTER, new) == ("And more.", 0)


def test_whatever_another_program_typed_into_the_table_is_told_before_the_page_opens(
    tmp_path: Path,
) -> None:
    results = class_of(tmp_path, 1)
    path = results / "rubric.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",,", ",Splendid,", 1), encoding="utf-8")
    with pytest.raises(CyberNormsError, match=r"'Splendid' is neither.*line 2"):
        Desk(results, QUESTIONS)


@pytest.mark.parametrize("what", ["no results", "an earlier version", "no essays", "own questions"])
def test_what_cannot_be_opened_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    results = class_of(tmp_path, 1)
    if what == "no results":
        (results / "gradebook.csv").unlink()
    elif what == "an earlier version":
        (results / "written" / "texts.jsonl").unlink()
    elif what == "no essays":
        for path in (results / "written").iterdir():
            path.unlink()
    else:
        path = results / "written" / "texts.jsonl"
        path.write_bytes(path.read_bytes().replace(WRITTEN.encode(), b"my-own"))
        shutil.copyfile(path, results / "copy")
    assert main(["essays", str(results), "--no-browser"]) == 1
    assert {
        "no results": "Run cybernorms mark first",
        "an earlier version": "Run cybernorms mark again as before",
        "no essays": "There are no written answers in these results",
        "own questions": "Name the question sets of this class with --questions",
    }[what] in capsys.readouterr().err


def test_the_report_names_the_command(tmp_path: Path) -> None:
    assert "run cybernorms essays RESULTS" in report(class_of(tmp_path, 1))


def test_the_desk_knows_nobody(tmp_path: Path) -> None:
    """Prevents a marker from knowing whose text it is."""
    desk = Desk(class_of(tmp_path), QUESTIONS)
    assert "S 1" not in repr(desk.overview())
    assert "made1" not in repr(desk.overview())


def test_a_hostile_text_is_text(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\u202e\x00\x1b[31m\ud800 مرحبا\n" + "x" * 1_000_000
    files = {"eve_1_2_x.json": hand_in("Eve", [entry(WRITTEN, hostile)])}
    for name, content in files.items():
        put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in")
    desk = Desk(results, QUESTIONS)
    shown, more = desk.words_of(WRITTEN, names(desk)[0])
    assert shown.startswith("<script>alert(1)</script>[31m? مرحبا\n")
    assert len(shown) == LONGEST_TEXT
    assert len(shown) + more > 1_000_000
