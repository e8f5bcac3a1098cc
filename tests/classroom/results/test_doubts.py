"""What is doubtful about who is who stands first in the report, and on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cli import main
from tests.classroom.factories import best, contents, hand_in, marked, put, report, rows, worst

CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section\n"


def first_line(results: Path) -> str:
    """Return the first line of the report below its title."""
    return report(results).splitlines()[2]


def a_class(tmp_path: Path, *names: str, form: str = "{1}.json") -> Path:
    folder = tmp_path / "in"
    for number, name in enumerate(names, start=1):
        run = "".join(reversed(name.lower().split()))
        put(
            folder, form.format(run, number, name), hand_in(name, best() if number % 2 else worst())
        )
    return folder


def test_a_roster_of_another_course_is_the_first_thing_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_class(tmp_path, "Ada King", "Bo Li", "Cleo Doe", form="{0}_{1}_70{1}_x.json")
    roster = tmp_path / "roster.csv"
    roster.write_text(f'{CANVAS}"Li, Bo",2,,,A\n"Roe, Jo",88,,,A\n', encoding="utf-8")
    results = tmp_path / "results"
    assert main(["mark", str(folder), "--to", str(results), "--roster", str(roster)]) == 0
    said = "Only 1 of the 3 students who handed in is on the roster, which has 2 lines."
    assert first_line(results).startswith(f"- {said}")
    assert capsys.readouterr().out.startswith(said)
    roster.write_text(f'{CANVAS}"Li, Bo",2,,,A\n"King, Ada",1,,,A\n', encoding="utf-8")
    results, outcome = marked(folder, roster=roster)
    assert outcome.loud == ()
    assert first_line(results).startswith("- 3 students marked")


def test_fewer_students_than_names_are_the_first_thing_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number, name in enumerate(("Ada King", "Bo Li", "Cleo Doe")):
        put(folder, f"kingada_1_{70 + number}_x.json", hand_in(name, best()))
    put(folder, "roejo_2_80_x.json", hand_in("Jo Roe", worst()))
    results, outcome = marked(folder)
    assert outcome.students == 2
    [said] = outcome.loud
    assert said.startswith("2 students from files with 4 different names: Ada King has files of")
    assert first_line(results) == f"- {said}"
    assert outcome.describe().startswith(said)


def test_short_forms_and_other_ways_to_write_a_name_are_no_alarm(tmp_path: Path) -> None:
    """Prevents a first line that nobody reads any more."""
    folder = tmp_path / "in"
    for number, name in enumerate(("José King", "Jose King", "KING, José", "J. King", "José")):
        put(folder, f"kingjosé_1_{70 + number}_x.json", hand_in(name, best()))
    assert marked(folder)[1].loud == ()


def test_an_address_and_a_first_name_are_those_of_the_person_on_the_roster(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, "a.json", hand_in("Ada King", best()))
    put(folder, "b.json", hand_in("ADA@example.org", [*best(), *worst()]))
    put(folder, "canvas/libo_2_70_x.json", hand_in("Bo", best()))
    put(folder, "canvas/roejo_3_71_x.json", hand_in("Kim Doe", best()))
    roster = tmp_path / "roster.csv"
    people = '"King, Ada",1,,ada@example.org,A\n"Li, Bo",2,,,A\n"Roe, Jo",3,,,A\n'
    roster.write_text(CANVAS + people, encoding="utf-8")
    results, outcome = marked(folder, roster=roster)
    assert outcome.loud == ()
    lines = report(results).partition("Another name inside")[2].split("\n\n")[1].splitlines()
    assert lines == ["- canvas/roejo_3_71_x.json, sent by Roe, Jo, says 'Kim Doe'."]


def test_two_people_of_one_name_are_not_said_to_have_handed_in_nothing(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "First name,Last name,Email address\nJane,Doe,a@x.org\nJane,Doe,b@x.org\nBo,Li,c@x.org\n",
        encoding="utf-8",
    )
    form = "{2}_{1}_assignsubmission_file_/x.json"
    folder = a_class(tmp_path, "Jane Doe", "Jane Doe", "Cleo Doe", form=form)
    results, _ = marked(folder, roster=roster)
    told = report(results)
    missing = told.partition("No hand-in")[2].partition("\n\n- ")[2].partition("\n\n")[0]
    assert missing.splitlines() == ["Bo Li"]
    assert told.count("people on the roster are called 'Jane Doe'") == 1


def test_teachers_on_a_list_are_not_missed(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "First name,Last name,Email address,Roles\nAda,King,a@x.org,Student\n"
        "Bo,Li,b@x.org,Student\nTess,Teacher,t@x.org,Teacher\n",
        encoding="utf-8",
    )
    results, _ = marked(a_class(tmp_path, "Ada King"), roster=roster)
    assert "- Bo Li" in report(results)
    assert "Tess" not in report(results)


def test_names_that_are_not_what_they_look_like_are_remarked_on(tmp_path: Path) -> None:
    folder = a_class(tmp_path, "Ada King", "\u0410da King", "\u3164")
    results, outcome = marked(folder)
    assert outcome.students == 3
    told = report(results)
    assert "'\u0410da King' mixes Cyrillic and Latin letters" in told
    assert (
        "look the same and are written with different letters: 'Ada King', '\u0410da King'" in told
    )
    assert "3.json gives no name" in told or "3.json gives a name with signs" in told
    assert "\u3164" not in told


def test_names_of_letters_of_one_script_that_look_alike_are_remarked_on(tmp_path: Path) -> None:
    """Prevents a second Bill Lo, spelled with digits, that passes for the first."""
    results, _ = marked(a_class(tmp_path, "Bill Lo", "Bi11 L0", "Cleo Doe"))
    assert "look the same and are written with different letters: 'Bi11 L0', 'Bill Lo'" in (
        report(results)
    )


def test_two_files_of_one_name_by_mail_that_repeat_nothing_may_be_two_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a classmate's file, or that of a namesake, from counting without a word."""
    folder = put(tmp_path / "in", "a.json", hand_in("Bo Li", best()))
    later = [{**each, "at": "2026-03-02T09:00:00Z"} for each in worst()]
    put(folder, "b.json", hand_in("Li Bo", later, created="2026-03-03T10:00:00Z"))
    results = tmp_path / "results"
    assert main(["mark", str(folder), "--to", str(results)]) == 0
    said = "1 student may be two people of one name"
    assert capsys.readouterr().out.startswith(said)
    assert f"- {said}" in report(results)
    assert "a.json, b.json" in first_line(results)


def test_a_file_that_goes_on_an_earlier_one_or_answers_another_set_is_no_doubt(
    tmp_path: Path,
) -> None:
    """Prevents a first line on every student who hands in twice."""
    folder = put(tmp_path / "in", "a.json", hand_in("Bo Li", best()))
    put(folder, "b.json", hand_in("Bo Li", [*best(), *worst()], created="2026-03-03T10:00:00Z"))
    other = hand_in("Bo Li", best("02-un-norms"), created="2026-03-04T10:00:00Z")
    put(folder, "c.json", other)
    put(folder, "d.json", other)
    assert marked(folder)[1].loud == ()


def test_anonymous_people_stay_so_in_all_results(tmp_path: Path) -> None:
    form = "Participant_{1}_assignsubmission_file/x.json"
    folder = a_class(tmp_path, "Ada King", "Bo Li", "Cleo Doe", form=form)
    roster = tmp_path / "roster.csv"
    head = "Identifier,Status,Grade,Maximum grade,Last modified (grade)\n"
    rows_of = "".join(f"Participant {n},Submitted,,100.00,-\n" for n in (1, 2, 3, 4))
    roster.write_text(head + rows_of, encoding="utf-8")
    for more in ({}, {"roster": roster}):
        results, _ = marked(folder, **more)
        students = [row["student"] for row in rows(results / "gradebook.csv")]
        assert students == ["Participant 1", "Participant 2", "Participant 3"]
        for name, content in contents(results).items():
            assert b"King" not in content, name
            assert b"ada" not in name.encode(), name


def test_marks_of_written_answers_stay_when_a_roster_comes_along(tmp_path: Path) -> None:
    form = "{2}_{1}_assignsubmission_file/x.json"
    folder = a_class(tmp_path, "Ada King", "Bo Li", "Cleo Doe", form=form)
    results, _ = marked(folder)
    before = {path: content for path, content in contents(results).items() if "pages/" in path}
    texts = {row["text"] for row in rows(results / "rubric.csv")}
    for head, row in (
        ("Identifier,Full name,Grade,Maximum grade", "Participant {1},{0} {2},,100"),
        ("First name,Last name,Email address", "{0},{2},{1}@example.org"),
        ("Name;Email", "{2}, {0};{1}@example.org"),
    ):
        roster = tmp_path / "roster.csv"
        lines = [
            row.format(*each) for each in (("Ada", 1, "King"), ("Bo", 2, "Li"), ("Cleo", 3, "Doe"))
        ]
        roster.write_text("\n".join([head, *lines]), encoding="utf-8")
        results, outcome = marked(folder, roster=roster)
        assert outcome.loud == ()
        assert {row["text"] for row in rows(results / "rubric.csv")} == texts
        assert {path for path in contents(results) if "pages/" in path} == set(before)
