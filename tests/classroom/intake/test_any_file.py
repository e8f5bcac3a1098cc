"""Whatever a learner hands in under whatever name: marked, or told, or known rubbish."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.intake.locations import find_hand_ins
from tests.classroom.factories import as_file, best, hand_in, marked, put, report, rows

GOOD = as_file(hand_in())
INDENTED = json.dumps(hand_in(), indent=2).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return held.getvalue()


def record_of(answers: list[dict[str, Any]], end: str = "\n") -> bytes:
    """Return a learner's record with the answers of a hand-in."""
    lines = [
        {"format": 1, **{name: each[name] for name in ("at", "question", "revision", "response")}}
        for each in answers
    ]
    return "".join(json.dumps(line) + end for line in lines).encode()


RECORD = record_of(best())

# A good hand-in, under names and in encodings that mail systems, browsers and editors give it.
GOOD_ONES = {
    "hand-in.txt": GOOD,
    "hand-in.json.txt": GOOD,
    "hand-in.json.json": GOOD,
    "HAND-IN.JSON": GOOD,
    "hand-in.htm": GOOD,
    "hand-in.json.html": INDENTED,
    "hand-in": GOOD,
    "hand-in.": INDENTED,
    "hand-in.json(1)": GOOD,
    "hand-in.bin": GOOD,
    "hand-in.zip": GOOD,
    "hand-in.docx": GOOD,
    "hand-in.pdf": INDENTED,
    "utf-8-with-mark.json": b"\xef\xbb\xbf" + GOOD,
    "utf-8-with-mark.txt": b"\xef\xbb\xbf" + INDENTED,
    "utf-16.json": GOOD.decode().encode("utf-16"),
    "utf-16.txt": GOOD.decode().encode("utf-16"),
    "utf-16-le.txt": GOOD.decode().encode("utf-16-le"),
    "utf-32.txt": GOOD.decode().encode("utf-32"),
    "crlf.json": INDENTED.replace(b"\n", b"\r\n"),
    "empty-lines-first.txt": b"\r\n\n  " + GOOD,
    ".hand-in.json": GOOD,
}
RECORDS = {
    "answers.jsonl": RECORD,
    "answers.json": RECORD,
    "ada.txt": RECORD,
    "ada": RECORD,
    "one-answer.json": record_of(best()[:1]),
    "crlf.jsonl": record_of(best(), "\r\n"),
    "mark.txt": b"\xef\xbb\xbf" + RECORD,
    "utf-16.txt": RECORD.decode().encode("utf-16"),
    "torn.jsonl": RECORD[:-20],
    "torn-at-first.jsonl": b'{"format": 1, "at":\n' + RECORD,
}
OTHERS = {
    "x.pdf": (b"%PDF-1.7 \n", "is a PDF, not a hand-in"),
    "x.json": (b"%PDF-1.7 \n", "is a PDF, not a hand-in"),
    "x.png": (b"\x89PNG\r\n\x1a\n\0\0", "is a picture (PNG)"),
    "x.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture (JPEG)"),
    "x.heic": (b"\0\0\0\x18ftypheic", "is a picture (HEIC)"),
    "screenshot": (b"\x89PNG\r\n\x1a\n\0\0", "is a picture (PNG)"),
    "x.docx": (zipped(("[Content_Types].xml", b"<x/>"), ("word/a.xml", b"")), "is a Word file"),
    "y.json": (zipped(("[Content_Types].xml", b"<x/>"), ("word/a.xml", b"")), "is a Word file"),
    "google.json": (zipped(("word/numbering.xml", b"<x/>")), "is a Word file"),
    "x.xlsx": (zipped(("[Content_Types].xml", b"<x/>")), "is an Excel file"),
    "x.odt": (zipped(("mimetype", b"application/vnd.oasis")), "is a text of LibreOffice"),
    "x.pages": (zipped(("Index/Document.iwa", b"")), "is a file of Pages"),
    "x.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word, Excel or Outlook file"),
    "x.rtf": (b"{\\rtf1\\ansi " + GOOD, "is a text of a word processor (RTF)"),
    "y.txt": (b"{\\rtf1\\ansi " + GOOD, "is a text of a word processor (RTF)"),
    "x.ipynb": (b'{"cells": [], "nbformat": 4}', "is a notebook"),
    "x.html": (b"<!DOCTYPE html><html><body></body></html>", "is a web page"),
    "x.htm": (b"\n<html>" + GOOD, "is a web page"),
    "x.eml": (b"From: a@example.org\r\nSubject: x\r\n\r\n" + GOOD, "is an e-mail; open it"),
    "y.eml": (b"Received: from x\r\n\r\n" + GOOD, "is an e-mail; open it"),
    "winmail.dat": (b'x\x9f>"\x11', "is an attachment as Outlook packs it"),
    "x.json.gz": (gzip.compress(GOOD), "is packed with gzip; unpack it, then mark again"),
    "z.json": (gzip.compress(GOOD), "is packed with gzip; unpack it, then mark again"),
    "x.bz2": (bz2.compress(GOOD), "is packed with bzip2"),
    "x.xz": (lzma.compress(GOOD), "is packed with xz"),
    "x.7z": (b"7z\xbc\xaf'\x1c\0\4", "is packed with 7-Zip"),
    "x.rar": (b"Rar!\x1a\x07\1\0", "is packed with RAR"),
    "x.tar": (tarred("hand-in.json", GOOD), "is packed with tar"),
    "zip-named.json": (zipped(("hand-in.json", GOOD)), "is a zip under another name"),
    "x.txt": (b"I have answered everything in the notebook.", "is not JSON, as every hand-in is"),
    "x.gdoc": (b'{"url": "https://example.org"}', "is not a hand-in of this module"),
    "list.txt": (b"[1, 2]", "is not a hand-in of this module"),
    "quotes.txt": ("{“format”: 1}".encode(), "is not JSON, as every hand-in is"),
    "empty.txt": (b"", "is empty"),
    "empty": (b"\0\0\n", "is empty"),
    "empty.zip": (zipped(), "is a zip in which there is no file"),
    "rubbish.zip": (zipped((".DS_Store", b"x")), "is a zip in which there is no file"),
    "broken.zip": (b"PK\3\4 and no more", "cannot be read as a zip"),
    "notes.jsonl": (b'{"a": 1}\n{"b": 2}\n', "is not JSON, as every hand-in is"),
}
RUBBISH = (
    ".DS_Store",
    "__MACOSX/._hand-in.json",
    "__MACOSX/hand-in.json",
    "._hand-in.json",
    "Thumbs.db",
    "desktop.ini",
    ".~lock.hand-in.json#",
    "~$essay.docx",
    ".ipynb_checkpoints/hand-in-checkpoint.json",
)


@pytest.mark.parametrize("name", GOOD_ONES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_good_hand_in_is_marked_under_any_name(tmp_path: Path, name: str, packed: bool) -> None:
    """Prevents a good hand-in from being refused for what a mail system made of its name."""
    content = GOOD_ONES[name]
    if packed:
        put(tmp_path, "in.zip", zipped((name, content)))
    folder = tmp_path / "in.zip" if packed else put(tmp_path / "in", name, content)
    results, outcome = marked(folder)
    assert (outcome.students, outcome.refused) == (1, 0)
    [row] = rows(results / "gradebook.csv")
    assert (row["student"], float(row["points"])) == ("Ada Lovelace", 8)
    assert ("begins with a dot" in report(results)) == name.startswith(".")


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_marked_as_a_hand_in_would_be(tmp_path: Path, name: str) -> None:
    """Prevents the record from being called broken, and from being sent again and again."""
    put(tmp_path / "in", f"lovelaceada_1_11_{name}", RECORDS[name])
    put(tmp_path / "in", "hoppergrace_2_12_hand-in.json", hand_in("Grace Hopper", best()[:1]))
    results, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.refused) == (2, 0)
    ada, grace = rows(results / "students.csv")[::-1]
    if "Grace" in ada["student"]:
        ada, grace = grace, ada
    assert ada["student"] == "lovelaceada"
    assert ada[best()[0]["question"]] == grace[best()[0]["question"]] == "1"
    assert "is the record of answers and no hand-in" in report(results)
    assert report(results).count("could not be read") == ("torn" in name)


def test_a_record_that_nobody_s_name_stands_on_is_marked_too(tmp_path: Path) -> None:
    results, outcome = marked(put(tmp_path / "in", "answers.jsonl", RECORD))
    assert outcome.students == 1
    [row] = rows(results / "gradebook.csv")
    assert float(row["points"]) == 8
    assert "names nobody" in report(results)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_hand_in_is_told_by_what_it_is(tmp_path: Path, name: str) -> None:
    content, says = OTHERS[name]
    put(tmp_path / "in", name, content)
    put(tmp_path / "in", "good.json", hand_in())
    results, outcome = marked(tmp_path / "in")
    assert (outcome.files, outcome.refused) == (2, 1)
    [line] = [line for line in report(results).splitlines() if line.startswith(f"- {name} ")]
    assert says in line


def test_a_large_picture_is_told_as_a_picture(tmp_path: Path) -> None:
    put(tmp_path / "in", "x.jpg", b"\xff\xd8\xff\xe0" + bytes(3_000_000))
    [found] = find_hand_ins(tmp_path / "in")
    assert found.problem.startswith("is a picture (JPEG)")


@pytest.mark.parametrize("packed", [False, True])
def test_nothing_is_passed_over_in_silence(tmp_path: Path, packed: bool) -> None:
    """Prevents a hand-in that is neither marked nor told of: files and lines are counted."""
    files = {name: content for name, (content, _) in OTHERS.items()} | GOOD_ONES
    everything = {f"{number:02}/{name}": each for number, (name, each) in enumerate(files.items())}
    everything |= {f"rubbish/{name}": b"x" for name in RUBBISH}
    if packed:
        put(tmp_path, "in.zip", zipped(*everything.items()))
    for name, content in everything.items():
        put(tmp_path / "in", name, content)
    top = tmp_path / "in.zip" if packed else tmp_path / "in"
    found = list(find_hand_ins(top))
    assert len(found) == len(files)
    results, outcome = marked(top)
    assert (outcome.files, outcome.refused) == (len(files), len(OTHERS))
    lines = report(results).splitlines()
    for number, name in enumerate(files):
        told = [line for line in lines if line.startswith(f"- {number:02}/{name} ")]
        if name in OTHERS:
            assert len(told) == 1, name


@pytest.mark.parametrize("folder", ["crossword", "word", "pixl", "ppt"])
def test_a_zip_is_no_office_file_for_what_a_folder_in_it_is_called(
    tmp_path: Path, folder: str
) -> None:
    put(tmp_path / "in", "work.zip", zipped((f"{folder}/hand-in.json", GOOD)))
    _, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.refused) == (1, 0)


@pytest.mark.parametrize("name", ["hand-in.txt", "answers.jsonl", "submissions"])
def test_a_single_file_of_any_name_is_marked(tmp_path: Path, name: str) -> None:
    content = {"answers.jsonl": RECORD, "submissions": zipped(("a.json", GOOD))}.get(name, GOOD)
    put(tmp_path, name, content)
    _, outcome = marked(tmp_path / name)
    assert (outcome.students, outcome.refused) == (1, 0)


# Names in zips


def renamed(content: bytes, name: str, raw: bytes) -> bytes:
    """Return a zip in which a name stands as other bytes, without the flag that says UTF-8."""
    assert len(name) == len(raw)
    return content.replace(name.encode("ascii"), raw)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Zoë.json".encode(), "Zoë.json"),  # as macOS packs
        (unicodedata.normalize("NFD", "Zoë.json").encode(), None),
        ("Zoë.json".encode("cp437"), "Zoë.json"),
        ("Zoë.json".encode("cp850"), None),
        ("作业.json".encode("gbk"), None),
        ("вася.json".encode("cp866"), None),
    ],
)
def test_a_name_in_any_encoding_is_read(tmp_path: Path, raw: bytes, shown: str | None) -> None:
    stand_in = "x" * len(raw)
    put(tmp_path, "in.zip", renamed(zipped((stand_in, GOOD)), stand_in, raw))
    [found] = find_hand_ins(tmp_path / "in.zip")
    assert found.problem == ""
    if shown:
        assert found.location.path == shown
    _, outcome = marked(tmp_path / "in.zip")
    assert (outcome.students, outcome.refused) == (1, 0)


@pytest.mark.parametrize("name", ["./hand-in.json", "././work/hand-in.json", "work\\hand-in.json"])
def test_a_path_as_some_programs_write_it_is_read(tmp_path: Path, name: str) -> None:
    """Prevents an honest hand-in from being passed over, since its path begins with a dot."""
    put(tmp_path, "in.zip", zipped((name, GOOD)))
    _, outcome = marked(tmp_path / "in.zip")
    assert (outcome.students, outcome.files, outcome.refused) == (1, 1, 0)


def test_every_name_that_leads_out_has_its_line(tmp_path: Path) -> None:
    names = ["../../evil.json", "\\..\\x.json", "..\\x.json", "/x.json", "a/../../b.json", "C:\\x"]
    members = [(name, GOOD) for name in names]
    put(tmp_path, "in.zip", zipped(*members, ("good.json", GOOD)))
    results, outcome = marked(tmp_path / "in.zip")
    assert (outcome.files, outcome.refused) == (len(names) + 1, len(names))
    assert report(results).count("has a name that leads out of the zip") == len(names)


# The whole folder of a learner's work


def work(prefix: str, name: str = "Ada Lovelace") -> dict[str, bytes]:
    return {
        f"{prefix}answers.jsonl": RECORD,
        f"{prefix}answers.jsonl.lock": b"",
        f"{prefix}answers (1).jsonl": RECORD,
        f"{prefix}drafts/law-waterworks.txt": b"My text",
        f"{prefix}drafts/law-waterworks.2.txt": b"{My text}",
        f"{prefix}hand-ins/hand-in.json": as_file(hand_in(name)),
    }


@pytest.mark.parametrize("prefix", ["work/", "", "x/work/"])
@pytest.mark.parametrize("lms", ["lovelaceada_1_11_work.zip", "work.zip"])
def test_in_a_zipped_work_folder_the_hand_in_is_found(
    tmp_path: Path, prefix: str, lms: str
) -> None:
    """Prevents drafts and locks beside a good hand-in from standing among the problems."""
    put(tmp_path / "in", lms, zipped(*work(prefix).items()))
    put(tmp_path / "in", "hoppergrace_2_12_hand-in.json", hand_in("Grace Hopper"))
    results, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.files, outcome.refused) == (2, 7, 0)
    assert report(results).count("lies beside 5 other files of the folder work") == 1
    assert "Not marked" not in report(results)
    assert "Several files" not in report(results)


def test_the_work_folders_of_a_class_are_told_apart(tmp_path: Path) -> None:
    files = work("ada/work/") | work("bob/work/", "Bob")
    files["eve/work/answers.jsonl"] = RECORD
    files["eve/work/drafts/x.txt"] = b"My text"
    for name, content in files.items():
        put(tmp_path / "in", name, content)
    results, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.refused) == (3, 1)
    assert report(results).count("lies beside 5 other files") == 2
    assert "- eve/work/drafts/x.txt is not JSON" in report(results)


def test_one_leftover_is_told_as_one_and_files_are_counted_once(tmp_path: Path) -> None:
    files = {"work/answers.jsonl": RECORD, "work/hand-ins/x.json": as_file(hand_in("王小明"))}
    put(tmp_path / "in", "王小明_1_11_work.zip", zipped(*files.items()))
    roster = tmp_path / "roster.csv"
    roster.write_text("First name,Last name\n小明,王\n", encoding="utf-8")
    results, outcome = marked(tmp_path / "in", roster=roster)
    text = report(results)
    assert "1 other file of the folder work, which was left out (answers.jsonl)" in text
    assert outcome.files == 2 and "1 student marked, from 2 files." in text
    # The same name, run together by the student and in two words on the list.
    assert "Another name inside" not in text


def test_a_record_beside_the_hand_ins_of_others_is_marked(tmp_path: Path) -> None:
    """Prevents a record from being dropped, since a classmate's file lies in the same folder."""
    put(tmp_path / "in", "ada.jsonl", RECORD)
    put(tmp_path / "in", "grace.json", hand_in("Grace Hopper"))
    _, outcome = marked(tmp_path / "in")
    assert (outcome.students, outcome.refused) == (2, 0)


def test_a_broken_hand_in_beside_a_good_one_keeps_its_line(tmp_path: Path) -> None:
    files = work("work/") | {"work/hand-ins/later.json": GOOD[:-30]}
    put(tmp_path / "in", "lovelaceada_1_11_work.zip", zipped(*files.items()))
    results, outcome = marked(tmp_path / "in")
    assert outcome.refused == 1
    assert "later.json breaks off in the middle" in report(results)


# Questions that have changed since


def test_what_an_earlier_answer_still_says_is_marked(tmp_path: Path) -> None:
    """Prevents a zero for right placements, since one item has left the question."""
    both = {}
    for name, more in (("Ada", {}), ("Grace", {"an-item-that-was-taken-out": "k"})):
        response = {"accuse": "c", "back-door": "i", "silence": "h"} | more
        answer = {
            "question": "un-situations",
            "revision": "older",
            "response": response,
            "at": "2026-01-17T15:47:42Z",
        }
        both[name] = hand_in(name, [answer])
        put(tmp_path / "in", f"{name}.json", both[name])
    results, _ = marked(tmp_path / "in")
    one, two = rows(results / "students.csv")
    assert one["un-situations"] == two["un-situations"] != "unreadable"
