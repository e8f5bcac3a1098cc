"""Too much from one sender is told in a line, and takes no marks, time or room from others."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms.classroom.intake import archives
from cybernorms.classroom.intake.archives import Refused, open_zip
from cybernorms.classroom.intake.budget import MOST_READ, MOST_TOLD
from cybernorms.classroom.intake.hand_in_files import read_hand_in
from cybernorms.classroom.intake.locations import find_hand_ins
from cybernorms.classroom.sheets import MOST_COLUMNS, MOST_LINES
from cybernorms.classroom.tables import LONGEST_CELL, csv_lines, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets
from tests.classroom.factories import (
    as_file,
    best,
    entry,
    hand_in,
    marked,
    put,
    report,
    rows,
    worst,
)
from tests.classroom.zips import Member, listing_of, packed

QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}
CLASS = 30
LATE = "2099-01-01T00:00:00Z"


def zipped(files: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def filled(filler: bytes, question: str = "start-source") -> bytes:
    """Return a hand-in of nearly two megabytes, with one answer that is a list of one thing."""
    content = as_file(hand_in("Mallory Odd", [entry(question, "@@")], created=LATE))
    room = 1_990_000 - len(content)
    return content.replace(b'"@@"', b"[" + b",".join([filler] * (room // (len(filler) + 1))) + b"]")


def answered(count: int) -> bytes:
    answers = [{"question": "start-source", "response": number} for number in range(count)]
    return as_file(hand_in("Mallory Odd", answers))


def put_class(folder: Path, lms: str) -> None:
    for number in range(CLASS):
        name = f"Student {number}"
        own = {
            "canvas": f"student{number}_{100 + number}_{number + 1}_h.json",
            "moodle": f"{name}_{100 + number}_assignsubmission_file/h.json",
            "mail": f"student{number}.json",
        }[lms]
        put(folder, own, hand_in(name, worst()[: 1 + number % 4]))


def name_for(lms: str, own: str, number: int = 0) -> str:
    return {
        "canvas": f"oddmallory_9666_{9_000 + number}_{own}",
        "moodle": f"Mallory Odd_9666_assignsubmission_file/{own}",
        "mail": own,
    }[lms]


def honest(results: Path) -> dict[str, str]:
    return {
        row["student"]: row["points"]
        for row in rows(results / "gradebook.csv")
        if row["student"].startswith(("Student ", "student"))
    }


# What one student sends: files by the names that the student gives them.
TOO_MUCH: dict[str, Callable[[], dict[str, bytes]]] = {
    "hundreds of large files": lambda: {
        "h.zip": zipped({f"{number}.json": filled(b"[]") for number in range(200)})
    },
    "large files, one by one": lambda: {f"{number}.json": b" " * 1_999_999 for number in range(40)},
    "deep ones": lambda: {
        "h.zip": zipped({f"{number}.json": filled(b"[" * 900 + b"]" * 900) for number in range(30)})
    },
    "many answers": lambda: {
        "h.zip": zipped({f"{number}.json": answered(19_990) for number in range(30)})
    },
    "zips in zips": lambda: {
        "h.zip": zipped(
            {f"{number}.zip": zipped({"x": bytes(4_900_000)}, 0) for number in range(99)}
        )
    },
    "zips that claim senders": lambda: {
        "h.zip": zipped(
            {
                f"x_{number}_{number}_h.zip": zipped({"x": bytes(4_900_000)}, 0)
                for number in range(99)
            }
        )
    },
    "listings": lambda: {"h.zip": listing_of(90_000), "i.zip": listing_of(90_000)},
    "a listing with the sign of the end in the end": lambda: {
        "h.zip": listing_of(150_000, end_offset=int.from_bytes(b"PK\5\6", "little"))
    },
    "a listing with names of an LMS": lambda: {"h.zip": listing_of(60_000, "x_{}_1_a")},
    "listings in a zip": lambda: {
        "h.zip": zipped({f"{number}.zip": listing_of(4_000) for number in range(100)})
    },
    "files that are no hand-ins": lambda: {
        "h.zip": zipped({f"{number}": b"x" * 600 for number in range(4_900)})
    },
    "names of five hundred": lambda: {
        "h.zip": zipped({f"{n}.json": as_file(hand_in(f"N {n}", [])) for n in range(500)})
    },
}
MEASURE = """
import json, sys, time
from pathlib import Path
from cybernorms.classroom.run import class_run, reading
read_all, spool = reading.Reading.read_all, []
def reading_all(self, run):
    found = read_all(self, run)
    spool.append((self._settings.workplace / "spool").stat().st_size)
    return found
reading.Reading.read_all = reading_all
outcome = class_run.mark_class(Path(sys.argv[1]), Path(sys.argv[2]))
status = Path("/proc/self/status")
peak = [line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line]
print(json.dumps([outcome.files, time.process_time(), int(peak[0]) / 1000, spool[0] / 1e6]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system tells no peak")
@pytest.mark.parametrize("lms", ["mail", "canvas", "moodle"])
@pytest.mark.parametrize("kind", TOO_MUCH)
def test_no_student_takes_time_memory_or_room(tmp_path: Path, kind: str, lms: str) -> None:
    put_class(tmp_path / "alone" / "in", lms)
    alone, _ = marked(tmp_path / "alone" / "in")
    put_class(tmp_path / "in", lms)
    for number, (own, content) in enumerate(TOO_MUCH[kind]().items()):
        put(tmp_path / "in", name_for(lms, own, number), content)
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "in"), str(tmp_path / "results")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files, seconds, memory, spool = json.loads(done.stdout)
    assert honest(tmp_path / "results") == honest(alone)
    assert files > CLASS
    assert seconds < 20
    assert memory < 300
    assert spool < 50 if lms != "mail" else spool < 100
    assert (
        len([line for line in report(tmp_path / "results").splitlines() if line[:2] == "- "]) < 400
    )


# Which files of a sender are read


def dated(files: dict[str, bytes]) -> bytes:
    """Return a zip in which each file is a day younger than the one before."""
    members = [
        Member(name, content).lying("day", (40 << 9) + (1 + number // 28 << 5) + 1 + number % 28)
        for number, (name, content) in enumerate(files.items())
    ]
    return packed(members)


def test_of_too_many_files_the_newest_count_and_one_line_tells_of_the_others(
    tmp_path: Path,
) -> None:
    # The oldest, which comes last by its name, has all points.
    files = {"z.json": as_file(hand_in(answers=best(), created=LATE))}
    files |= {f"{number:03}.json": as_file(hand_in(answers=worst())) for number in range(60)}
    put(tmp_path / "in", "ada.zip", dated(files))
    put(tmp_path / "in", "grace.json", hand_in("Grace Hopper"))
    results, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.files, outcome.refused) == (2, 62, 61 - MOST_READ)
    ada = next(row for row in rows(results / "gradebook.csv") if row["student"] == "Ada Lovelace")
    assert float(ada["points"]) < 8
    lines = [line for line in report(results).splitlines() if "from this sender" in line]
    assert len(lines) == 1
    assert lines[0].startswith("- ada.zip/000.json and 40 more were not read: of the 61 files")


def test_canvas_s_number_says_which_files_are_the_newest(tmp_path: Path) -> None:
    for number in range(1, 40):
        content = hand_in(answers=best() if number == 39 else worst())
        put(tmp_path / "in", f"lovelaceada_1_{number}_h.json", content)
    put(tmp_path / "in", "hoppergrace_2_50_h.json", hand_in("Grace Hopper"))
    results, outcome = marked(tmp_path / "in")
    assert outcome.refused == 39 - MOST_READ
    assert [float(row["points"]) for row in rows(results / "gradebook.csv")] == [8, 8]


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_zip_that_a_teacher_packed_has_as_many_files_as_students(
    tmp_path: Path, as_zip: bool
) -> None:
    """Prevents a section of sixty from being cut to twenty, since it came in one zip."""
    sections = {}
    for section in ("a", "b"):
        files = {
            f"{number}.json": as_file(hand_in(f"{section} Student {number}"))
            for number in range(60)
        }
        sections[f"section-{section}.zip"] = zipped(files)
    if as_zip:
        put(tmp_path, "in.zip", zipped(sections))
    for name, content in sections.items():
        put(tmp_path / "in", name, content)
    _, outcome = marked(tmp_path / ("in.zip" if as_zip else "in"))
    assert (outcome.students, outcome.files, outcome.refused) == (120, 120, 0)


def test_lines_on_what_is_no_hand_in_end_for_one_sender_and_not_for_others(tmp_path: Path) -> None:
    pictures = {f"{number}.png": b"\x89PNG\r\n\x1a\n\0" for number in range(300)}
    put(tmp_path / "in", "ada.zip", zipped(pictures | {"h.json": as_file(hand_in())}))
    put(tmp_path / "in", "grace.pdf", b"%PDF-1.7")
    results, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.files, outcome.refused) == (1, 302, 301)
    assert report(results).count("is a picture (PNG)") == MOST_TOLD
    assert f"and {299 - MOST_TOLD} other files from the same sender cannot be read" in report(
        results
    )
    assert "- grace.pdf is a PDF" in report(results)


def test_files_without_a_name_in_one_zip_are_one_student_s(tmp_path: Path) -> None:
    nameless = {f"{number}.json": as_file(hand_in("")) for number in range(5)}
    put(tmp_path / "in", "ada.zip", zipped(nameless | {"h.json": as_file(hand_in())}))
    put(tmp_path / "in", "x.zip", zipped(nameless))
    put(tmp_path / "in", "grace.json", hand_in("Grace Hopper"))
    results, outcome = marked(tmp_path / "in")
    assert outcome.students == 3
    names = {row["student"] for row in rows(results / "gradebook.csv")}
    assert names == {"Ada Lovelace", "Grace Hopper", "x.zip"}


# Nothing is passed over


def test_each_member_of_a_zip_is_marked_told_or_known_rubbish(tmp_path: Path) -> None:
    good = as_file(hand_in())
    told = ["folder/", "", "\0", "a/..", "../a", "/a", "a\\", ".", "a//b/"]
    members = [Member("h.json", good), *(Member(name, good) for name in told)]
    members += [Member("really a folder/", b""), Member("__MACOSX/._h.json", b"x")]
    put(tmp_path, "in.zip", packed(members))
    found = list(find_hand_ins(tmp_path / "in.zip"))
    assert len(found) == 1 + len(told)
    _, outcome = marked(tmp_path / "in.zip")
    assert outcome.files == 1 + len(told)
    assert outcome.students == 1


@pytest.mark.parametrize("seed", range(20))
def test_what_is_in_equals_what_is_told_and_marked(tmp_path: Path, seed: int) -> None:
    """Prevents files that are lost between counts: over budget, in zips, loose, of all kinds."""
    import random

    chance = random.Random(seed)
    inside = 0
    for number in range(6):
        files = {
            f"{n}{chance.choice(['.json', '.png', ''])}": as_file(
                chance.choice([hand_in(f"S {number}"), b"x", b"", b"%PDF-"])
            )
            for n in range(chance.choice([1, 5, 70]))
        }
        inside += len(files)
        put(tmp_path / "in", f"{number}.zip", zipped(files))
    put(tmp_path / "in", "a.json", hand_in())
    results, outcome = marked(tmp_path / "in")
    assert outcome.files == inside + 1
    named = "; ".join(row["files"] for row in rows(results / "gradebook.csv"))
    more = sum(map(int, re.findall(r"and (\d+) more", named)))
    many = len(re.findall(r"(?:\A|; )(?!and )", named))
    assert many + more == outcome.files - outcome.refused


# The end of a zip


@pytest.mark.parametrize("where", ["offset", "comment", "behind"])
def test_the_cap_holds_for_the_table_that_is_read(tmp_path: Path, where: str) -> None:
    """Prevents an end within the end from hiding how long the table of contents is."""
    content = listing_of(9_000, end_offset=int.from_bytes(b"PK\5\6", "little"))
    if where == "comment":
        content = content[:-2] + b"\x04\0PK\5\6"
    if where == "behind":
        content = b"\n" * 100 + content
    with pytest.raises((Refused, *archives.BROKEN)):
        open_zip(io.BytesIO(content), 200_000)
    if where != "comment":
        assert len(open_zip(io.BytesIO(content)).infolist()) == 9_000


# Tables


def test_no_cell_holds_more_than_a_spreadsheet_does(tmp_path: Path) -> None:
    for number in range(400):
        name = f"lovelaceada_1_{number + 1}_{'long name ' * 12}{number}.json"
        put(tmp_path / "in", name, hand_in(answers=best()[:1]))
    put(tmp_path / "in", "hoppergrace_2_50_h.json", hand_in("Grace Hopper"))
    results, _ = marked(tmp_path / "in")
    for path in results.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert max(len(cell) for row in csv.reader(file) for cell in row) < 3_000
    [cell] = next(csv.reader(io.StringIO(csv_lines([["a" * 200_000]]))), [""])
    assert len(cell) <= LONGEST_CELL


@pytest.mark.parametrize("row", ["a,1\n", "\n", "a;1\r", '"a,1"\n'])
def test_a_list_of_a_million_lines_is_no_list_of_a_class(tmp_path: Path, row: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Student,ID\n" + row * (MOST_LINES + 1), newline="")
    with pytest.raises(CyberNormsError, match="has more than 200,000 lines"):
        read_table(path)


def test_a_list_of_a_million_columns_is_none_either(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Student,ID" + "," * MOST_COLUMNS + "\na,1")
    with pytest.raises(CyberNormsError, match="has more than 2,000 columns"):
        read_table(path)


# Names


@pytest.mark.skipif(sys.platform != "linux", reason="only here names can be any bytes")
def test_two_files_without_a_name_have_two_pages(tmp_path: Path) -> None:
    import os

    put(tmp_path / "in", "grace.json", hand_in("Grace Hopper"))
    for name in (b"\xff.json", b"\xfe.json"):
        path = os.fsencode(tmp_path / "in") + b"/" + name
        Path(os.fsdecode(path)).write_bytes(as_file(hand_in("")))
    results, outcome = marked(tmp_path / "in")
    assert outcome.students == 3
    assert len(list((results / "pages").iterdir())) == 3


@pytest.mark.parametrize(
    "twice",
    ['"na\\u006de": "x", "name":', '"a\\u003a": 1, "a:": 2, "name":', '"": 1, "": 2, "name":'],
)
def test_a_name_twice_is_told_however_it_is_written(twice: str) -> None:
    content = as_file(hand_in()).replace(b'"name":', twice.encode())
    notes = read_hand_in(content, QUESTIONS).notes
    assert any(note.startswith("has a name twice") for note in notes)
