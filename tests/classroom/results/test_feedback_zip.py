"""Pages go back to students in a zip that Moodle takes, to the right people."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.results import feedback_zip
from cybernorms.classroom.results.feedback_zip import Page, pages_for, write_feedback_zips
from tests.classroom.factories import as_file, best, folder_of, hand_in, marked, put, report, worst

PEOPLE = {3: "Aoife OMadeup", 1: "Милена Ковачевић", 7: "小明 王", 9: "Jane Doe", 8: "Jane Doe"}
FORMS = (
    *("{}_{}_assignsubmission_file/x.json", "{}_{}_assignsubmission_file_/x.json"),
    *("{}_{}_assignsubmission_file_x.json", "Group 1-{}_{}_assignsubmission_file/x.json"),
)


def taken(path: Path, participants: set[int]) -> dict[int, tuple[str, bytes]]:
    """Take a zip as Moodle's import does: the file of feedback that each participant gets.

    Names are taken apart at underscores into five parts at most, from the outside in.
    """
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts = name.split("/")
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) < 4 or not info[1].isdigit() or int(info[1]) not in participants:
                    continue
                assert info[2:4] == ["assignsubmission", "file"]
                rest = "/".join([*info[4:], *parts]).strip("/")
                assert int(info[1]) not in found
                found[int(info[1])] = (rest, archive.read(name))
                break
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [True, False])
def test_every_student_gets_the_page_that_is_theirs(
    tmp_path: Path, form: str, packed: bool
) -> None:
    (tmp_path / "in").mkdir()
    files = {
        form.format(name, n): hand_in(name, best() if n % 2 else worst())
        for n, name in PEOPLE.items()
    }
    if packed:
        with zipfile.ZipFile(tmp_path / "in/set.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, as_file(content))
    else:
        for name, content in files.items():
            put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in/set.zip" if packed else tmp_path / "in")
    given = taken(results / "moodle-feedback.zip", {*PEOPLE, 99})
    assert given.keys() == PEOPLE.keys()
    assert {name for name, _ in given.values()} == {"feedback.html"}
    for number, (_, page) in given.items():
        assert f"<title>Feedback for {PEOPLE[number]}</title>".encode() in page
    assert given[9][1] != given[8][1]
    assert "moodle-feedback.zip: the page of each student" in report(results)


def test_anonymous_people_get_their_pages(tmp_path: Path) -> None:
    for number in (12, 14, 9):
        name = f"Participant_{number}_assignsubmission_file/x.json"
        put(tmp_path / "in", name, hand_in(f"Real {number}", best()))
    results, _ = marked(tmp_path / "in")
    assert taken(results / "moodle-feedback.zip", {9, 12, 14}).keys() == {9, 12, 14}


def test_each_assignment_has_its_own_zip_and_the_old_ones_go(tmp_path: Path) -> None:
    for place in ("set-02", "Übung 3", "2026/set-02"):
        for number, name in PEOPLE.items():
            path = f"{place}/{name}_{number + 10 * len(place)}_assignsubmission_file/x.json"
            put(tmp_path / "in", path, hand_in(name, best()))
    results, _ = marked(tmp_path / "in")
    zips = {path.name: len(taken(path, set(range(200)))) for path in results.glob("*.zip")}
    assert zips == {
        "moodle-feedback-set-02.zip": 5,
        "moodle-feedback-set-02-2.zip": 5,
        "moodle-feedback-ubung-3.zip": 5,
    }
    folder_of(tmp_path / "in2", ada_json=hand_in())
    (tmp_path / "in").rename(tmp_path / "old")
    (tmp_path / "in2").rename(tmp_path / "in")
    results, _ = marked(tmp_path / "in")
    assert not [*results.glob("*.zip")]


def test_the_same_pages_are_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.html").write_bytes(b"<p>A")
    (tmp_path / "pages/b.html").write_bytes(b"<p>B")
    pages = [Page("", f"A_{n}_assignsubmission_file", "a.html") for n in (2, 1)]
    made = []
    for each in (pages, pages[::-1]):
        write_feedback_zips(tmp_path, each)
        made.append((tmp_path / "moodle-feedback.zip").read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "moodle-feedback.zip") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert {info.create_system for info in archive.infolist()} == {3}


def test_the_pages_of_a_large_class_are_not_packed_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a zip that takes longer than marking."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.html").write_text("a" * 1_000)
    pages = [Page("", "A_1_assignsubmission_file", "a.html")]
    sizes = []
    for most in (1_000, 999):
        monkeypatch.setattr(feedback_zip, "MOST_PACKED", most)
        write_feedback_zips(tmp_path, pages)
        sizes.append((tmp_path / "moodle-feedback.zip").stat().st_size)
        assert taken(tmp_path / "moodle-feedback.zip", {1})[1][1] == b"a" * 1_000
    assert sizes[0] < 500 < 1_000 < sizes[1]


def test_a_page_of_one_member_is_not_given_to_a_whole_group(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("a.html", "b.html"):
        (tmp_path / "pages" / name).write_text(name)
    team = "Team 3_17_assignsubmission_file"
    pages = [Page("", team, "a.html"), Page("", team, "b.html")]
    pages.append(Page("", "Bo_18_assignsubmission_file", "b.html"))
    write_feedback_zips(tmp_path, pages)
    assert taken(tmp_path / "moodle-feedback.zip", {17, 18}) == {18: ("feedback.html", b"b.html")}


def test_a_file_that_counts_for_others_brings_them_no_page_in_its_folder() -> None:
    ada = Sender("moodle", "5", "Ada King", label="Ada King_5_assignsubmission_file")
    again = Sender(
        "moodle", "15", "Ada King", folder="03/", label="Ada King_15_assignsubmission_file"
    )
    bo = Sender("moodle", "6", "Bo Li", label="Bo Li_6_assignsubmission_file")
    assert [each.folder for each in pages_for(ada, [ada, bo, again], "a.html")] == [
        ada.label,
        again.label,
    ]
    assert pages_for(Sender("moodle", "", "Cleo Doe"), [ada, bo], "c.html") == []
    hidden = [Sender("moodle anonymous", n, "Participant", label=n) for n in ("7", "8")]
    assert [each.folder for each in pages_for(hidden[0], hidden, "p.html")] == ["7"]


def test_what_did_not_come_through_moodle_makes_no_zip(tmp_path: Path) -> None:
    results, _ = marked(put(tmp_path / "in", "kingada_1_2_x.json", hand_in("Ada King", best())))
    assert not [*results.glob("*.zip")]
