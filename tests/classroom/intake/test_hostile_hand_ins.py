"""Hand-ins are hostile until read: each bad file has its line, and all others are marked."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cybernorms.classroom.intake import archives, listing, locations
from cybernorms.classroom.intake.answers import Answers, is_time, pack, read_time, value_of
from cybernorms.classroom.intake.archives import Refused
from cybernorms.classroom.intake.hand_in_files import read_hand_in
from cybernorms.classroom.intake.locations import find_hand_ins, read_location
from cybernorms.classroom.results.feedback_pages import page_name
from cybernorms.classroom.tables import cell, csv_lines, one_line, readable
from cybernorms.exercises.question_files import load_question_sets
from tests.answers import best_answer
from tests.classroom.factories import (
    HOSTILE,
    as_file,
    best,
    contents,
    entry,
    folder_of,
    hand_in,
    marked,
    put,
    report,
    rows,
)

pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")

GOOD = "good.json"
INF = float("inf")
QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}


def beside_a_good_one(tmp_path: Path, name: str, content: bytes) -> Path:
    """Mark a file beside a good one, see that the good one has its mark, return the results."""
    put(tmp_path / "in", name, content)
    put(tmp_path / "in", GOOD, hand_in("Grace Hopper"))
    results, _ = marked(tmp_path / "in")
    [row] = [row for row in rows(results / "gradebook.csv") if row["student"] == "Grace Hopper"]
    assert float(row["points"]) == 8
    return results


NOT_MARKED = {
    "a-list.json": "is not a hand-in of this module",
    "a-number.json": "is not a hand-in of this module",
    "answers-are-a-mapping.json": "has no list of answers",
    "empty.json": "is empty",
    "not-json.json": "is not JSON",
    "not-utf-8.json": "is not JSON",
    "notebook.json": "is a notebook",
    "only-zeros.json": "is empty",
    "other-program.json": "is not a hand-in of this module",
    "truncated.json": "breaks off in the middle",
    "version-2.json": "was written in another version of the format",
    "version-true.json": "was written in another version of the format",
}
MARKED = {
    "a-number-of-400-digits.json": "",
    "a-number-of-5000-digits.json": "",
    "claims-a-score.json": "has a field 'points', which counts for nothing",
    "control-characters.json": "gives a name with signs that cannot be shown",
    "deep.json": "",
    "formulas.json": "answers a question that is not known, '@SUM(1+1)'",
    "lone-surrogate.json": "gives a name with signs that cannot be shown",
    "names-twice.json": "has a name twice in one place",
    "nan-and-infinity.json": "",
    "other-module.json": "(start-source): 1 answer was to another version",
    "path-in-the-name.json": "",
    "path-of-windows-in-the-name.json": "",
    "right-to-left.json": "gives a name with signs that cannot be shown",
    "script.json": "has an answer without a time that can be read",
    "ten-thousand-letters.json": "gives a name that was cut",
    "too-large-a-number.json": "",
    "unknown-questions.json": "answers a question that is not known, 'nobody-asks-this'",
    "utf-16.json": "",
    "wrong-types.json": "has an entry that is not an answer, which was left out",
}


def test_every_hostile_file_has_its_test() -> None:
    assert {path.name for path in HOSTILE.iterdir()} == {*NOT_MARKED, *MARKED}


@pytest.mark.parametrize("name", NOT_MARKED)
def test_a_file_that_cannot_be_read_has_its_line_and_the_rest_is_marked(
    tmp_path: Path, name: str
) -> None:
    results = beside_a_good_one(tmp_path, name, (HOSTILE / name).read_bytes())
    assert f"- {name} {NOT_MARKED[name]}" in report(results)
    assert len(rows(results / "gradebook.csv")) == 1


@pytest.mark.parametrize("name", MARKED)
def test_a_file_with_something_odd_is_marked_and_told_of(tmp_path: Path, name: str) -> None:
    results = beside_a_good_one(tmp_path, name, (HOSTILE / name).read_bytes())
    assert len(rows(results / "gradebook.csv")) == 2
    assert MARKED[name] in report(results)
    assert len(list((results / "pages").iterdir())) == 2


@pytest.mark.parametrize(
    "name",
    [
        "a-number-of-400-digits.json",
        "a-number-of-5000-digits.json",
        "deep.json",
        "nan-and-infinity.json",
    ],
)
def test_an_answer_out_of_reach_is_unreadable_and_no_zero(tmp_path: Path, name: str) -> None:
    results = beside_a_good_one(tmp_path, name, (HOSTILE / name).read_bytes())
    states = {row["start-source"] for row in rows(results / "students.csv")}
    assert states == {"unreadable", ""}


def test_another_revision_of_a_question_is_marked_and_told_of(tmp_path: Path) -> None:
    answers = [each | {"revision": "older"} for each in best()]
    results = beside_a_good_one(tmp_path, "old.json", as_file(hand_in("Old", answers)))
    assert "1 answer was to another version" in report(results)
    old = next(row for row in rows(results / "gradebook.csv") if row["student"] == "Old")
    assert float(old["points"]) == 8


def test_a_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    """Prevents a marker that runs out of memory; the file is a hole, so that the test is quick."""
    put(tmp_path / "in", "huge.json", b"{")
    os.truncate(tmp_path / "in" / "huge.json", 1_000_000_000)
    begin = time.monotonic()
    results = beside_a_good_one(tmp_path, "small.json", b"")
    assert "huge.json is larger than 2 MB, which no hand-in is." in report(results)
    assert time.monotonic() - begin < 5


def test_a_file_nested_a_hundred_thousand_deep_is_refused(tmp_path: Path) -> None:
    content = b"[" * 100_000 + b"]" * 100_000
    results = beside_a_good_one(tmp_path, "deep.json", content)
    assert "deep.json is nested too deeply to be a hand-in." in report(results)
    nested = as_file(hand_in(answers=[entry("start-source", "x")])).replace(
        b'"x"', b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    )
    results = beside_a_good_one(tmp_path, "deep.json", nested)
    assert "deep.json is nested too deeply to be a hand-in." in report(results)


def test_a_response_of_a_million_cells_is_unreadable(tmp_path: Path) -> None:
    content = as_file(hand_in("Wide", [entry("start-source", [0] * 600_000)]))
    results = beside_a_good_one(tmp_path, "wide.json", content)
    wide = next(row for row in rows(results / "students.csv") if row["student"] == "Wide")
    assert wide["start-source"] == "unreadable"


def test_a_response_nested_as_deep_as_json_may_be_is_survived() -> None:
    for depth in (50, 200, 400, 800):
        nested = as_file(hand_in(answers=[entry("start-source", "x")])).replace(
            b'"x"', b"[" * depth + b"]" * depth
        )
        try:
            read_hand_in(nested, QUESTIONS)
        except Refused as reason:
            assert "nested too deeply" in str(reason)


def test_a_hundred_thousand_answers_are_too_many(tmp_path: Path) -> None:
    content = b'{"format":"cybernorms-hand-in","version":1,"answers":[' + b"0," * 99_999 + b"0]}"
    results = beside_a_good_one(tmp_path, "many.json", content)
    assert "many.json has more than 20,000 answers" in report(results)


def test_ten_thousand_oddities_of_one_file_take_a_few_lines(tmp_path: Path) -> None:
    answers = [{"question": f"q{number}"} for number in range(10_000)]
    results = beside_a_good_one(tmp_path, "odd.json", as_file(hand_in("Odd", answers)))
    lines = [line for line in report(results).splitlines() if "odd.json" in line]
    assert len(lines) < 20
    assert "more such remarks" in lines[-1]


# What a browser or a spreadsheet would run


@pytest.mark.parametrize("name", ["script.json", "right-to-left.json", "control-characters.json"])
def test_nothing_in_any_page_is_of_a_students_making(tmp_path: Path, name: str) -> None:
    """Prevents script, markup and hidden signs in what a teacher opens."""
    results = beside_a_good_one(tmp_path, name, (HOSTILE / name).read_bytes())
    pages = [*results.rglob("*.html")]
    assert len(pages) >= 3
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"<(script|img|svg|iframe|object|link)\b", page)
        links = re.findall(r"<a\b[^>]*>", page)
        assert all(re.fullmatch(r'<a href="#[a-z0-9-]+">', link) for link in links), links
        assert len(re.findall("<style>", page)) == 1
        assert not re.search(r"<[^>]+\son\w+=", page)
        assert "Content-Security-Policy" in page
        assert not re.search("[\0\a\u202a-\u202e\u2066-\u2069]", page.partition("<body>")[2])


def test_written_words_survive_escaping(tmp_path: Path) -> None:
    """Prevents an answer that says less on the page than it did."""
    text = "If a < b & b > c, then \u201cso\u201d.\nSecond line: \u738b\u5c0f\u660e."
    content = hand_in("Ada", [entry("law-waterworks", text)])
    results = beside_a_good_one(tmp_path, "ada.json", as_file(content))
    packet = (results / "written" / "law-waterworks.html").read_text(encoding="utf-8")
    assert (
        "If a &lt; b &amp; b &gt; c, then \u201cso\u201d.\nSecond line: \u738b\u5c0f\u660e."
        in packet
    )


def test_no_cell_of_any_table_is_a_formula(tmp_path: Path) -> None:
    """Prevents a spreadsheet from running what a student wrote."""
    for number, start in enumerate(("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\uff1d1")):
        name = f"{number}{start[-1:]}_x.json"
        put(tmp_path / "in", f"={name}", hand_in(start, [entry("law-waterworks", start)]))
    results = beside_a_good_one(tmp_path, "formulas.json", (HOSTILE / "formulas.json").read_bytes())
    for path in results.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for each in row:
                    harmless = not each.startswith(tuple("=+@\t\r\uff1d")) and (
                        not each.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?", each)
                    )
                    assert harmless, f"{path.name}: {each!r}"


@pytest.mark.parametrize("space", [" ", "   ", "\u3000", "\xa0"])
def test_a_formula_behind_spaces_is_one_too(space: str) -> None:
    """Prevents a formula in spreadsheets that cut spaces off as they open a table."""
    assert cell(f"{space}=1+1").startswith("'")


@pytest.mark.slow
@given(st.text())
def test_no_text_at_all_becomes_a_formula_or_a_second_cell(text: str) -> None:
    [[read]] = csv.reader(io.StringIO(csv_lines([[text]]), newline="")) or [[""]]
    is_number = re.fullmatch(r"-(\d+(\.\d+)?)?", read)
    assert is_number or not read.lstrip(" ").startswith(tuple("=+-@\t\r\n"))
    assert "\n" not in read
    assert cell(text) == read


def test_no_name_of_a_file_turns_a_line_of_the_report_round(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Student,ID\nGrace Hopper,1\n", encoding="utf-8")
    folder = put(tmp_path / "in", "a\u202egood.json", hand_in("Nobody Known"))
    results, _ = marked(folder, roster=roster)
    assert "- agood.json: no student on the roster" in report(results)
    assert "\u202e" not in report(results) + (results / "report.html").read_text(encoding="utf-8")


def test_a_file_that_breaks_off_in_a_word_is_told_as_such() -> None:
    whole = as_file(hand_in())
    with pytest.raises(Refused, match="breaks off in the middle"):
        read_hand_in(whole[: whole.index(b"response") + 4], QUESTIONS)


@given(st.text(max_size=400), st.text())
def test_no_name_of_a_page_leads_anywhere(name: str, key: str) -> None:
    made = page_name(bytes(32), name, key)
    assert re.fullmatch(r"[a-z0-9-]{1,60}\.html", made)


def test_two_students_of_the_same_name_have_pages_of_their_own() -> None:
    assert page_name(bytes(32), "Ada", "canvas:1") != page_name(bytes(32), "Ada", "canvas:2")


@given(st.text(alphabet=st.characters(), max_size=600))
def test_what_is_shown_is_one_visible_line(text: str) -> None:
    line = one_line(text)
    assert len(line) <= 200
    assert not re.search("[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]", line)


def test_what_can_be_read_keeps_its_lines() -> None:
    assert readable("a\x00b\n\tc\u202ed") == "ab\n\tcd"


# Folders and archives


def found_in(top: Path) -> dict[str, str]:
    return {each.location.path: each.problem for each in find_hand_ins(top)}


@pipes
def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    """Prevents a link in a folder from bringing a file of the teacher's into the results."""
    put(tmp_path, "secret.json", hand_in("Secret"))
    folder = folder_of(tmp_path / "in", good_json=hand_in())
    (folder / "link.json").symlink_to(tmp_path / "secret.json")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.json")
    assert found_in(folder) == {
        "good.json": "",
        "link.json": "is a link, which is not followed",
        "loop": "is a link, which is not followed",
        "pipe.json": "is not a file but a device or the like, which is not followed",
    }


def test_folders_too_deep_are_told(tmp_path: Path) -> None:
    put(tmp_path / "in", "/".join("abcdefghijklmnop") + "/x.json", hand_in())
    [(path, problem)] = found_in(tmp_path / "in").items()
    assert problem == "lies too many folders deep"
    assert path.startswith("a/b/c")


def test_a_folder_of_a_million_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locations, "MOST_FILES", 3)
    folder = folder_of(tmp_path / "in", a_json=b"", b_json=b"", c_json=b"", d_json=b"")
    with pytest.raises(Exception, match="There are more than 3 files in it"):
        found_in(folder)


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    [found] = find_hand_ins(folder)
    (folder / "a.json").unlink()
    with pytest.raises(Refused, match="vanished before it could be read"):
        read_location(found.location)


@pipes
def test_a_file_that_turns_into_a_link_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    """Prevents a file that is swapped after it was looked at, and a pipe that never ends."""
    folder = folder_of(tmp_path / "in", a_json=hand_in(), b_json=b"x")
    [one, _] = find_hand_ins(folder)
    (folder / "a.json").unlink()
    (folder / "a.json").symlink_to(folder / "b.json")
    with pytest.raises(Refused, match="cannot be read"):
        read_location(one.location)
    (folder / "a.json").unlink()
    os.mkfifo(folder / "a.json")
    with pytest.raises(Refused, match="is not a file any more"):
        read_location(one.location)


def test_a_file_that_grows_while_it_is_read_is_capped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "in", a_json=b"x" * 100)
    [found] = find_hand_ins(folder)

    class Smaller:
        st_mode, st_size = stat.S_IFREG, 5

    monkeypatch.setattr(locations.os, "fstat", lambda _: Smaller)
    with pytest.raises(Refused, match="is larger than"):
        read_location(found.location, most=10)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads anything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    (folder / "a.json").chmod(0)
    [found] = find_hand_ins(folder)
    with pytest.raises(Refused, match="Permission denied"):
        read_location(found.location)


def zip_of(path: Path, *members: tuple[str | zipfile.ZipInfo, Any], packed: int = 8) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, as_file(content))
    return path


def test_the_zip_of_an_lms_is_read_as_a_folder_is(tmp_path: Path) -> None:
    files = {
        "lovelaceada_1_2_x.json": hand_in(),
        "babbagecharles_LATE_3_4_x.json": hand_in("Charles Babbage", best()[:3]),
    }
    folder = tmp_path / "one" / "in"
    for name, content in files.items():
        put(folder, name, content)
    path = zip_of(tmp_path / "two" / "in", *files.items()).rename(tmp_path / "two" / "in.zip")
    one, _ = marked(folder)
    two, _ = marked(path)
    assert rows(one / "students.csv") == rows(two / "students.csv")
    assert contents(one / "pages") == contents(two / "pages")
    assert "Late" in report(two)


def test_the_name_of_the_whole_zip_says_nothing_of_a_sender(tmp_path: Path) -> None:
    """Prevents a class from being taken for one student, whose name the zip happens to have."""
    path = zip_of(tmp_path / "course_1_2_x.zip", ("a.json", hand_in()), ("b.json", hand_in("B")))
    _, outcome = marked(path)
    assert outcome.students == 2


def test_a_zip_in_a_zip_is_read_and_a_third_is_not(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "a.zip", ("a.json", hand_in())).read_bytes()
    middle = zip_of(tmp_path / "b.zip", ("a.zip", inner), ("b.json", hand_in("B"))).read_bytes()
    outer = zip_of(tmp_path / "c.zip", ("b.zip", middle), ("c.zip", inner))
    found = found_in(outer)
    assert found == {
        "b.zip/a.zip": "is a zip in a zip in a zip, which is not opened",
        "b.zip/b.json": "",
        "c.zip/a.json": "",
    }
    for each in find_hand_ins(outer):
        if not each.problem:
            assert json.loads(read_location(each.location))["format"] == "cybernorms-hand-in"


def test_names_in_a_zip_that_lead_out_of_it_are_refused(tmp_path: Path) -> None:
    names = [
        "/etc/passwd.json",
        "../../out.json",
        "C:\\x.json",
        "a/../../b.json",
        "\\\\host\\x.json",
    ]
    path = zip_of(tmp_path / "x.zip", *((name, hand_in()) for name in names))
    assert [each.problem for each in find_hand_ins(path)] == [
        "has a name that leads out of the zip, so it is not read"
    ] * len(names)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO])
def test_links_and_devices_in_a_zip_are_refused(tmp_path: Path, kind: int) -> None:
    member = zipfile.ZipInfo("x.json")
    member.external_attr = (kind | 0o777) << 16
    path = zip_of(tmp_path / "x.zip", (member, b"/etc/passwd"))
    assert found_in(path) == {"x.json": "is a link or a device in a zip, which is not followed"}


def test_a_member_that_unpacks_to_a_gigabyte_is_cut_off(tmp_path: Path) -> None:
    """Prevents a zip bomb: two megabytes are unpacked of it, whatever it claims."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.json", "w", force_zip64=True) as file:
            for _ in range(200):
                file.write(b"0" * 1_000_000)
        archive.writestr("good.json", as_file(hand_in()))
    bomb, good = find_hand_ins(path)
    begin = time.monotonic()
    with pytest.raises(Refused, match="is larger than 2 MB"):
        read_location(bomb.location)
    assert time.monotonic() - begin < 1
    assert json.loads(read_location(good.location))["name"] == "Ada Lovelace"


def test_whoever_claims_far_too_much_is_left_out_alone(tmp_path: Path) -> None:
    """Prevents a class without marks, since one student's files make the whole look like a bomb."""
    files = {"lovelaceada_1_2_x.json": hand_in()}
    files |= {f"odd_3_{number}_x.json": b" " * 2_000_000 for number in range(10, 70)}
    results, outcome = marked(zip_of(tmp_path / "in.zip", *files.items()))
    assert (outcome.students, outcome.files, outcome.refused) == (1, 61, 60)
    [row] = rows(results / "gradebook.csv")
    assert float(row["points"]) == 8
    [line] = [line for line in report(results).splitlines() if "and 54 more" in line]
    assert "of the 60 files (120.0 MB) from this sender only the newest 5 were" in line


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_unpack_without_a_limit_are_refused(
    tmp_path: Path, packed: int
) -> None:
    path = zip_of(tmp_path / "x.zip", ("x.json", hand_in()), packed=packed)
    assert "is packed in a way that the LMS does not use" in found_in(path)["x.json"]


def test_a_member_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zip_of(tmp_path / "x.zip", ("x.json", hand_in()), ("x.json", hand_in("Eve")))
    assert set(found_in(path).values()) == {
        "stands twice in the zip, so that nobody can tell which is meant"
    }


def test_a_member_with_a_password_is_told(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "x.zip", ("x.json", hand_in()))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    assert found_in(path) == {"x.json": "is locked with a password"}


def test_a_zip_that_lists_more_than_memory_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zip_of(tmp_path / "x.zip", *((f"{number}.json", b"") for number in range(100)))
    monkeypatch.setattr(archives, "LARGEST_END", 1_000)
    monkeypatch.setattr(listing, "LARGEST_LISTING", 4_000)
    assert list(found_in(path).values()) == ["lists more files than can be read"]


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_a_zip_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    put(tmp_path / "in", "x.zip", content)
    assert "cannot be read as a zip" in found_in(tmp_path / "in")["x.zip"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_a_damaged_zip_is_survived(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(zip_of(tmp_path / "whole.zip", ("a.json", hand_in())).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "damaged.zip").write_bytes(whole)
    locations.close_archives()
    for each in find_hand_ins(tmp_path / "damaged.zip"):
        if not each.problem:
            try:
                read_location(each.location)
            except Refused as reason:
                assert str(reason)


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", good_json=hand_in())
    for name in (".DS_Store", "__MACOSX/._good.json", "Thumbs.db", "desktop.ini", "._good.json"):
        put(folder, name, b"x")
    assert found_in(folder) == {"good.json": ""}


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = ("format", "version", "module", "name", "created", "sets", "answers")


def test_no_depth_of_nesting_stops_the_marking(tmp_path: Path) -> None:
    """Prevents a response that can just be read from failing where it is marked."""
    for depth in range(940, 1_010):
        answer = as_file(hand_in(answers=[entry("start-source", "deep")]))
        deep = b'{"a":' * depth + b"1" + b"}" * depth
        put(tmp_path / "in", f"{depth}.json", answer.replace(b'"deep"', deep))
    assert beside_a_good_one(tmp_path, "empty.json", b"")


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_hand_in(content, QUESTIONS)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.integers(0, 400))
def test_a_hand_in_with_anything_in_any_field_is_read_or_refused(
    changes: dict[str, Any], cut: int
) -> None:
    content = json.dumps(hand_in(answers=[entry("start-source", "outlets")]) | changes).encode()
    for each in (content, content[:-cut] if cut else content):
        try:
            read_hand_in(each, QUESTIONS)
        except Refused as reason:
            assert str(reason)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(sorted(QUESTIONS)), JSON), max_size=4), st.text())
def test_what_is_odd_about_a_file_changes_nothing_of_its_answers(
    given: list[tuple[str, Any]], name: str
) -> None:
    file = hand_in(name, [entry(id, response) for id, response in given])
    usual = read_hand_in(as_file(file), QUESTIONS)
    odd = read_hand_in(as_file(file | {"more": 1}), QUESTIONS)
    [note] = [each for each in odd.notes if each.startswith("has a field 'more'")]
    assert usual.notes == tuple(each for each in odd.notes if each != note)
    assert (usual.name, usual.created, usual.keys) == (odd.name, odd.created, odd.keys)
    assert usual.packed == odd.packed
    assert Answers(usual.packed).keys == [id for id, _ in given]


@pytest.mark.parametrize(
    ("name", "twice"),
    [
        ('"format":', '"format": "other", "format":'),
        ('"question":', '"question": "start-norms", "question":'),
        ('"response":', '"response": "nothing", "response":'),
        ('"response": {', '"response": {"a": "b", "a": "c", '),
        ('"response": {', '"response": {"a": {"b": 1, "b": 2}, '),
        ('"sets": {', '"sets": {"a": "b", "a": "c"'),
    ],
)
def test_a_name_that_stands_twice_is_told_wherever_it_stands(name: str, twice: str) -> None:
    match = next(each for each in QUESTIONS.values() if each.kind == "match")
    content = as_file(hand_in(answers=[entry(match.id, best_answer(match))]))
    assert read_hand_in(content, QUESTIONS).notes == ()
    found = read_hand_in(content.replace(name.encode(), twice.encode(), 1), QUESTIONS)
    assert "has a name twice in one place, of which the last counts" in found.notes


TIMES = (
    *("2026-03-01T10:15:00Z", "2026-03-01T10:15:00", "2026-03-01", "20260301T101500Z", "yesterday"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-03-01T10:15:00+00:00"),
    *("2026-02-30T10:15:00Z", "2026-03-01T10:15:00." + "0" * 30 + "Z", "", "\ud800"),
)


@settings(max_examples=300)
@given(st.sampled_from(TIMES) | st.datetimes().map(str) | st.text())
def test_a_time_is_one_exactly_where_it_can_be_read(given: str) -> None:
    """Prevents an answer whose time nobody can read from being in time without a remark."""
    assert is_time(given) == (read_time(given) is not None)


@settings(max_examples=300)
@given(JSON)
def test_an_object_in_an_answer_is_read_as_json_has_it(response: Any) -> None:
    answer = entry("start-source", response) | {"more": response}
    found = read_hand_in(as_file(hand_in(answers=[answer])), QUESTIONS)
    [packed] = Answers(found.packed).responses
    assert repr(value_of(packed)) == repr(json.loads(json.dumps(response), parse_constant=str))


HALVES = st.text(st.characters(), max_size=8)  # of letters too, which UTF-8 does not have
FINITE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | HALVES


@settings(max_examples=300)
@given(st.recursive(FINITE.filter(lambda each: each not in (INF, -INF)), st.lists, max_leaves=8))
def test_a_response_comes_out_of_the_spool_as_it_went_in(response: Any) -> None:
    [packed] = Answers(pack(["start-norms"], [response], ["\ud800"])).responses
    assert repr(value_of(packed)) == repr(response)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(QUESTIONS)), JSON, JSON, JSON)
def test_an_answer_with_anything_in_it_is_marked_or_has_a_word(
    id: str, response: Any, at: Any, revision: Any
) -> None:
    from cybernorms.classroom.scoring.policy import Policy
    from cybernorms.classroom.scoring.scorer import Scorer, keys_of

    answer = {"question": id, "revision": revision, "response": response, "at": at}
    content = read_hand_in(as_file(hand_in(answers=[answer])), QUESTIONS)
    score = Scorer(keys_of(load_question_sets()), Policy(deadlines={"02-un-norms": 0.0}))
    for result in score([Answers(content.packed)]).results:
        assert result.state
        assert result.points is None or 0 <= result.points <= result.question.points
