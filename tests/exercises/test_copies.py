"""Copies of the record that a sync service leaves: their answers count, each once, in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from cybernorms import files
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.copies import Line, describe_copies, find_copies, merge
from cybernorms.exercises.record import FILE, Record

NAMES = [
    "answers-LAPTOP-7Q2.jsonl",  # OneDrive
    "answers (Ada's conflicted copy 2026-11-20).jsonl",  # Dropbox
    "answers (In Konflikt stehende Kopie von Ada 2026-11-20).jsonl",
    "answers (1).jsonl",  # Google Drive
    "answers 2.jsonl",  # iCloud
    "answers (conflicted copy 2026-11-20 101010).jsonl",  # Nextcloud
    "answers_conflict-20261120-101010.jsonl",  # ownCloud
    "answers.sync-conflict-20261120-101010-7Q2ABCD.jsonl",  # Syncthing
    "answers (SFConflict ada@example.org 2026-11-20-10-10-10).jsonl",  # Seafile
    "answers.Conflict.jsonl",  # Resilio
    "[Conflict] answers.jsonl",
    "answers - Kopie.jsonl",
    "Copy of answers.jsonl",
    "ANSWERS (1).JSONL",
    "answers.jsonl.bak",
]
NO_COPIES = [
    "answers.jsonl.lock",
    ".answers.jsonl.123.part",
    "._answers.jsonl",
    ".syncthing.answers.jsonl.tmp",
    "~answers.jsonl.tmp",
    "answers.csv",
    "notes.jsonl",
]


def line(question: str, at: str, response: str = "a") -> bytes:
    entry = {"format": 1, "at": at, "question": question, "revision": "r", "response": response}
    return json.dumps(entry).encode() + b"\n"


def record_of(folder: Path, **files: bytes) -> Record:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return Record(folder)


EARLY, LATE = (
    line("q1", "2026-01-01T10:00:00Z", "early"),
    line("q1", "2026-01-01T12:00:00Z", "late"),
)
NOON = line("q2", "2026-01-01T11:00:00Z")


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_any_service_is_read_along(tmp_path: Path, name: str) -> None:
    """Prevents answers from another computer from being passed over without a word."""
    record = record_of(tmp_path, **{FILE: LATE, name: EARLY + NOON})
    history = record.read()
    assert [each.question for each in history.answers] == ["q1", "q2", "q1"]
    last = history.last("q1")
    assert last is not None and last.response == "late"
    assert (history.copies, history.problems) == ((name,), ())


@pytest.mark.parametrize("name", NO_COPIES)
def test_what_is_no_copy_is_not_read(tmp_path: Path, name: str) -> None:
    record = record_of(tmp_path, **{FILE: LATE, name: EARLY})
    assert (len(record.read().answers), record.read().copies) == (1, ())


def test_the_folder_of_another_learner_is_no_copy(tmp_path: Path) -> None:
    """Prevents two learners from being taken for one."""
    record = record_of(tmp_path / "work", **{FILE: LATE})
    record_of(tmp_path / "work" / "answers (1).jsonl", **{FILE: EARLY})
    record_of(tmp_path / "work (1)", **{FILE: EARLY})
    assert (len(record.read().answers), record.read().problems) == (1, ())


def test_a_copy_without_the_record_itself_is_read(tmp_path: Path) -> None:
    record = record_of(tmp_path, **{"answers (1).jsonl": EARLY})
    assert len(record.read().answers) == 1


def test_a_line_in_both_counts_once_and_one_given_twice_counts_twice(tmp_path: Path) -> None:
    """Prevents attempts that never were, and attempts that are lost."""
    record = record_of(tmp_path, **{FILE: EARLY + EARLY + NOON, "answers (1).jsonl": EARLY + LATE})
    assert [each.response for each in record.read().answers] == ["early", "early", "a", "late"]


def test_a_copy_saved_by_an_editor_has_the_same_lines(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + (EARLY + NOON).replace(b"\n", b"\r\n") + b"\r\n"
    record = record_of(tmp_path, **{FILE: EARLY + NOON, "answers (1).jsonl": content})
    assert len(record.read().answers) == 2


def test_reading_and_answering_leave_the_copies_as_they_are(tmp_path: Path) -> None:
    record = record_of(tmp_path, **{FILE: LATE, "answers (1).jsonl": EARLY})
    record.append("q3", "r", "b")
    assert (tmp_path / "answers (1).jsonl").read_bytes() == EARLY
    assert record.path.read_bytes().startswith(LATE)
    assert [each.question for each in record.read().answers] == ["q1", "q1", "q3"]


def test_a_line_that_cannot_be_read_is_told_with_its_file(tmp_path: Path) -> None:
    record = record_of(tmp_path, **{FILE: LATE, "answers (1).jsonl": EARLY + b"{torn\n"})
    (problem,) = record.read().problems
    assert problem.startswith("Line 2 of answers (1).jsonl cannot be read")


def test_a_copy_that_cannot_be_opened_is_told_and_keeps_nothing_else_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a copy that a service keeps on another computer from hiding the record itself."""
    record = record_of(tmp_path, **{FILE: LATE, "answers (1).jsonl": EARLY})
    really_open = Path.open

    def open_here(path: Path, *arguments: Any, **more: Any) -> Any:
        if "(1)" in path.name:
            raise OSError(5, "Input/output error")
        return really_open(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", open_here)
    history = record.read()
    assert (len(history.answers), history.copies) == (1, ())
    assert history.problems == (
        "answers (1).jsonl cannot be opened, so its answers are not among these.",
    )


def test_without_copies_the_order_is_that_of_the_file(tmp_path: Path) -> None:
    """Prevents a clock that was set back from making an older answer the last one."""
    record = record_of(tmp_path, **{FILE: LATE + EARLY})
    assert [each.response for each in record.read().answers] == ["late", "early"]


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), max_size=6), max_size=3)
)
def test_no_line_is_lost_none_is_doubled_and_all_are_in_order(
    files: list[list[tuple[str, int]]],
) -> None:
    read = [
        [
            Line(f"{text}{time}".encode(), f"2026-01-0{time + 1}T00:00:00Z", "", 0)
            for text, time in f
        ]
        for f in files
    ]
    merged = merge(read)
    assert [each.time for each in merged] == sorted(each.time for each in merged)
    for each in {line.raw for line in merged} | {line.raw for file in read for line in file}:
        most = max(sum(line.raw == each for line in file) for file in read)
        assert sum(line.raw == each for line in merged) == most


def test_nothing_is_found_where_there_is_no_folder(tmp_path: Path) -> None:
    assert find_copies(tmp_path / "missing" / FILE) == []


# Told, and brought together again


def test_a_record_and_its_copy_are_told_with_how_to_tidy_up() -> None:
    told = describe_copies(FILE, ["answers (1).jsonl"])
    assert told.startswith("Two records were found; both were read: answers.jsonl and answers (1)")
    assert "cybernorms join-records" in told
    told = describe_copies(FILE, ["answers (1).jsonl", "answers 2.jsonl"])
    assert told.startswith("3 records were found; all were read: answers.jsonl, answers (1).jsonl")
    assert describe_copies(FILE, []) == ""


def test_the_hand_in_holds_the_answers_of_all_copies_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a hand-in with three answers out of fifteen."""
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    answers = [line(name, "2026-01-01T10:00:00Z") for name in ("un-restraint", "law-notes")]
    record_of(tmp_path, **{FILE: answers[0], "answers-LAPTOP-7Q2.jsonl": answers[1]})
    assert main(["hand-in", "--name", "Ada"]) == 0
    told = capsys.readouterr().out
    assert "2 saved answers are in" in told
    assert told.count("Two records were found") == 1
    assert main(["progress"]) == 0
    assert " ".join(capsys.readouterr().out.split()).count("Two records were found") == 1


def test_joined_records_are_one_and_the_copies_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    copies = {"answers (1).jsonl": EARLY + b"{torn\n", "answers 2.jsonl": NOON + LATE}
    record = record_of(tmp_path, **{FILE: LATE}, **copies)
    before = record.read().answers
    assert main(["join-records"]) == 0
    assert "All answers are in" in capsys.readouterr().out
    assert record.path.read_bytes() == EARLY + b"{torn\n" + NOON + LATE
    assert (record.read().answers, record.read().copies) == (before, ())
    kept = {path.name: path.read_bytes() for path in (tmp_path / "joined").rglob("*.jsonl")}
    assert kept == copies
    assert main(["join-records"]) == 0
    assert "nothing to join" in capsys.readouterr().out
    record.append("q3", "r", "b")
    assert len(record.read().answers) == 4


def test_joining_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = record_of(tmp_path, **{FILE: LATE, "answers (1).jsonl": EARLY})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(CyberNormsError, match="disk is full"):
        record.join()
    assert record.path.read_bytes() == LATE
    assert (tmp_path / "answers (1).jsonl").read_bytes() == EARLY
