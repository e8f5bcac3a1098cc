"""What counts is decided for each student and each set: no zero for what was handed in apart."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.answers import best_answer, worst_answer
from tests.classroom.factories import (
    as_file,
    best,
    entry,
    for_lms,
    graded,
    hand_in,
    marked,
    put,
    report,
    rows,
    worst,
)

NORMS, LAW = "02-un-norms", "03-norms-and-law"


def closed(set: str) -> float:
    """Return the points of the questions of a set that a program marks."""
    return sum(each.points for each in graded(set) if each.kind != "written")


def both(answers: Any = best) -> list[dict]:
    return [*answers(NORMS), *answers(LAW)]


def canvas(tmp_path: Path, files: dict[str, Any], **more: Any) -> Path:
    folder = tmp_path / "in"
    for name, content in files.items():
        put(folder, name, content)
    return marked(folder, **more)[0]


def in_the_gradebook(results: Path, name: str) -> tuple[str, str]:
    [row] = [each for each in rows(results / "gradebook.csv") if each["student"] == name]
    return row.get(f"{NORMS} points", ""), row.get(f"{LAW} points", "")


def number(cell: str) -> float | None:
    return float(cell) if cell else None


@pytest.mark.parametrize("choice", ["", 'hand_ins = "last"', 'hand_ins = "best"'])
@pytest.mark.parametrize("as_zips", [False, True])
def test_one_file_for_each_set_brings_the_points_of_both(
    tmp_path: Path, choice: str, as_zips: bool
) -> None:
    # Every exercise notebook writes a file of its own set.
    policy = tmp_path / "policy.toml"
    policy.write_text(choice)
    files = {
        "set-02": ("lovelaceada_9001_10_x.json", hand_in("Ada", best(NORMS))),
        "set-03": (
            "lovelaceada_9001_20_x.json",
            hand_in("Ada", best(LAW), created="2026-03-08T10:00:00Z"),
        ),
    }
    folder = tmp_path / "in"
    folder.mkdir()
    for place, (name, content) in files.items():
        if as_zips:
            with zipfile.ZipFile(folder / f"{place}.zip", "w") as archive:
                archive.writestr(name, as_file(content))
        else:
            put(folder, f"{place}/{name}", content)
    results, outcome = marked(folder, policy=policy)
    assert outcome.students == 1
    [row] = rows(results / "gradebook.csv")
    assert number(row[f"{NORMS} points"]) == pytest.approx(closed(NORMS))
    assert number(row[f"{LAW} points"]) == pytest.approx(closed(LAW))
    assert number(row["points"]) == pytest.approx(closed(NORMS) + closed(LAW))
    [_, ada] = for_lms(results, "canvas")
    assert number(ada[f"cybernorms {NORMS}"]) == pytest.approx(closed(NORMS))


@pytest.mark.parametrize(
    ("policy", "is_told"),
    [("", True), ('hand_ins = "best"', True), ('hand_ins = "per question last"', False)],
)
def test_answers_that_are_only_in_a_file_that_does_not_count_are_told(
    tmp_path: Path, policy: str, is_told: bool
) -> None:
    """Prevents a loss in silence, as of who answered on two computers and handed in from each."""
    answers = best()
    put(tmp_path / "in", "a.json", hand_in("Ada", answers[:4], created="2026-03-01T10:00:00Z"))
    put(tmp_path / "in", "b.json", hand_in("Ada", answers[3:6], created="2026-03-02T10:00:00Z"))
    put(tmp_path / "in", "c.json", hand_in("Bo", answers[:2], created="2026-03-01T10:00:00Z"))
    put(tmp_path / "in", "d.json", hand_in("Bo", answers[:3], created="2026-03-02T10:00:00Z"))
    (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")
    results, _ = marked(tmp_path / "in", policy=tmp_path / "policy.toml")
    lines = [line for line in report(results).splitlines() if line.startswith(("- Ada:", "- Bo:"))]
    lost = {"": 3, 'hand_ins = "best"': 2}.get(policy, 0)
    more = f"; only in files that do not count: {lost} answers to {LAW}"
    assert lines == [f"- Ada: a.json, b.json{more * is_told}", "- Bo: c.json, d.json"]


def test_a_classmate_s_file_of_all_sets_brings_nobody_a_zero(tmp_path: Path) -> None:
    files = {
        "ada_9001_1_x.json": hand_in("Ada", best(LAW)),
        "bo_9002_2_x.json": hand_in("Bo", worst(LAW)),
        "cleo_9003_3_x.json": hand_in("Cleo", both()),
    }
    results = canvas(tmp_path, files)
    assert in_the_gradebook(results, "Ada") == ("", "8")
    assert in_the_gradebook(results, "Bo")[0] == ""
    assert number(in_the_gradebook(results, "Cleo")[0]) == pytest.approx(closed(NORMS))
    by_name = {row["Student"]: row for row in for_lms(results, "canvas")}
    assert by_name["Ada"][f"cybernorms {NORMS}"] == ""
    assert number(by_name["Bo"][f"cybernorms {LAW}"]) == 0
    students = {row["student"]: row for row in rows(results / "students.csv")}
    assert {students["Ada"][each.id] for each in graded(NORMS)} == {""}
    assert "not answered" not in {students["Cleo"][each.id] for each in graded(NORMS)}
    [page] = (results / "pages").glob("ada-*.html")
    text = page.read_text(encoding="utf-8")
    assert "not handed in" in text
    assert "0 of 18" not in text
    assert f"{NORMS}: 1 of 3 students." in report(results)


def test_the_other_students_have_what_they_would_have_without_the_odd_file(tmp_path: Path) -> None:
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(
        "Identifier,Full name,Grade,Maximum grade\n"
        + "".join(f"Participant {n},Student {n},,100.00\n" for n in range(1, 5)),
        encoding="utf-8",
    )
    name = "Student {0}_{0}_assignsubmission_file_/x.json"
    files = {name.format(n): hand_in(f"Student {n}", best(NORMS)) for n in (1, 2)}
    grades = {}
    for what, odd in {
        "none": None,
        "wrong set": best(LAW),
        "all sets": both(),
        "worst of all sets": both(worst),
    }.items():
        more = {name.format(3): hand_in("Student 3", odd)} if odd else {}
        results = canvas(tmp_path / what, files | more, roster=worksheet)
        grades[what] = {row["Full name"]: row["Grade"] for row in for_lms(results, "moodle")}
    first, second = "Student 1", "Student 2"
    assert {(each[first], each[second]) for each in grades.values()} == {
        (grades["none"][first], grades["none"][second])
    }
    others = [{who: g for who, g in each.items() if who > second} for each in grades.values()]
    assert others == [{}, {}, {"Student 3": grades["none"][first]}, {"Student 3": "0"}]


def test_the_two_downloads_of_moodle_are_one_student_each(tmp_path: Path) -> None:
    # Moodle numbers participants anew in each assignment.
    folder = tmp_path / "in"
    folder.mkdir()
    for place, numbers, set in (("02", (5, 6), NORMS), ("03", (15, 16), LAW)):
        with zipfile.ZipFile(folder / f"{place}.zip", "w") as archive:
            for number, who in zip(numbers, ("Ada Lovelace", "Bo Li"), strict=True):
                content = as_file(hand_in(who, best(set)))
                archive.writestr(f"{who}_{number}_assignsubmission_file_/x.json", content)
    results, outcome = marked(folder)
    assert outcome.students == 2
    for who in ("Ada Lovelace", "Bo Li"):
        assert "" not in in_the_gradebook(results, who)


def test_two_people_of_one_name_in_one_assignment_stay_two(tmp_path: Path) -> None:
    name = "Jane Doe_{}_assignsubmission_file_/x.json"
    folder = put(tmp_path / "in", name.format(5), hand_in("Jane Doe", best(LAW)))
    put(folder, name.format(6), hand_in("Jane Doe", worst(LAW)))
    results, outcome = marked(folder)
    assert outcome.students == 2
    found = sorted(float(row[f"{LAW} points"]) for row in rows(results / "gradebook.csv"))
    assert found == [0, pytest.approx(closed(LAW))]


def test_a_later_file_with_nothing_of_a_set_takes_nothing_away(tmp_path: Path) -> None:
    files = {
        "ada_9001_1_x.json": hand_in("Ada", both()),
        "ada_9001_2_x.json": hand_in("Ada", worst(LAW)),
        "ada_9001_3_x.json": hand_in("Ada", []),
    }
    norms, law = in_the_gradebook(canvas(tmp_path, files), "Ada")
    assert (float(norms), float(law)) == (pytest.approx(closed(NORMS)), 0)


def test_practice_alone_is_no_hand_in_of_the_graded_questions(tmp_path: Path) -> None:
    from cybernorms.exercises.question_files import load_question_sets

    found = next(each for each in load_question_sets() if each.id == NORMS)
    practice = [each for each in found.questions if not each.points]
    answers = [entry(each.id, best_answer(each)) for each in practice]
    files = {"ada_9001_1_x.json": hand_in("Ada", [*best(LAW), *answers])}
    results = canvas(tmp_path, files)
    assert in_the_gradebook(results, "Ada") == ("", "8")
    # Nor does it stand in for the file with graded answers.
    files["ada_9001_0_x.json"] = hand_in("Ada", best(NORMS))
    norms, _ = in_the_gradebook(canvas(tmp_path / "again", files), "Ada")
    assert number(norms) == pytest.approx(closed(NORMS))


def test_a_set_answered_wrongly_throughout_is_a_zero_and_no_empty_cell(tmp_path: Path) -> None:
    files = {"ada_9001_1_x.json": hand_in("Ada", worst(LAW))}
    assert in_the_gradebook(canvas(tmp_path, files), "Ada") == ("", "0")


def test_a_mail_after_canvas_counts_as_the_later_one(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text('Student,ID\n"Lovelace, Ada",9001\n', encoding="utf-8")
    one = graded(LAW)[0]
    first = [entry(one.id, worst_answer(one), at="2026-02-28T09:00:00Z")]
    files = {
        "lovelaceada_9001_7_x.json": hand_in("Ada Lovelace", first, created="2026-03-01T10:00:00Z"),
        "by-mail/x.json": hand_in(
            "Ada Lovelace", [*first, *best(LAW)], created="2026-03-08T10:00:00Z"
        ),
    }
    results = canvas(tmp_path, files, roster=roster)
    [row] = rows(results / "gradebook.csv")
    assert number(row[f"{LAW} points"]) == pytest.approx(closed(LAW))
    assert row["lms id"] == "9001"


def test_canvas_s_own_numbers_put_its_files_in_order_whatever_their_times_say(
    tmp_path: Path,
) -> None:
    files = {
        "ada_9001_1_x.json": hand_in("Ada", worst(LAW), created="2036-03-01T10:00:00Z"),
        "ada_9001_2_x.json": hand_in("Ada", best(LAW)),
    }
    assert in_the_gradebook(canvas(tmp_path, files), "Ada") == ("", "8")


# --- People ------------------------------------------------------------------------------------


def test_people_of_every_script_are_as_many_as_they_are(tmp_path: Path) -> None:
    names = ["राम कुमार", "मीरा कुमार", "สุดา ใจดี", "สีดา ใจดี", "José Ruiz", "Jose Ruiz"]
    files = {f"hand-in-{n}.json": hand_in(name, best(LAW)) for n, name in enumerate(names)}
    results = canvas(tmp_path, files)
    assert sorted(row["student"] for row in rows(results / "gradebook.csv")) == sorted(names)


def test_dates_in_names_make_no_student_of_a_class(tmp_path: Path) -> None:
    people = ["Ada", "Bo", "Cleo"]
    files = {f"{who.lower()}_2026_11_28.json": hand_in(who, best(LAW)) for who in people}
    results = canvas(tmp_path, files)
    assert [row["student"] for row in rows(results / "gradebook.csv")] == people
    assert not (results / "canvas.csv").exists()


def test_anonymous_students_stay_apart_and_keep_their_numbers(tmp_path: Path) -> None:
    files = {
        "anon_Ab3Xk_1_x.json": hand_in("Student", best(LAW)),
        "LATE_anon_Zz9Qp_2_x.json": hand_in("Student", worst(LAW)),
    }
    results = canvas(tmp_path, files)
    found = {row["student"]: row["lms id"] for row in rows(results / "gradebook.csv")}
    assert found == {"anon_Ab3Xk": "Ab3Xk", "anon_Zz9Qp": "Zz9Qp"}


def test_a_student_who_names_a_file_as_an_lms_does_takes_nobody_s_place(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        'Student,ID\n"Lovelace, Ada",9001\n"Mall, Mallory",9666\n"Li, Bo",9777\n', encoding="utf-8"
    )
    late = "2030-01-01T00:00:00Z"
    honest = {
        "lovelaceada_9001_10_x.json": hand_in("Ada Lovelace", best(LAW)),
        "libo_9777_11_x.json": hand_in("Bo Li", best(LAW)),
    }
    forged = {
        "mallmallory_9666_200_x_9777_assignsubmission_file_.json": hand_in(
            "Mallory Mall", worst(LAW), created=late
        )
    }
    results = canvas(tmp_path, honest | forged, roster=roster)
    by_id = {row["ID"]: row for row in for_lms(results, "canvas")}
    column = f"cybernorms {LAW}"
    assert [by_id[id][column] for id in ("9001", "9777", "9666")] == ["8", "8", "0"]


def test_in_a_folder_with_any_names_a_forged_name_replaces_nobody(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text('Student,ID\n"Lovelace, Ada",9001\n"Li, Bo",9002\n', encoding="utf-8")
    folder = put(tmp_path / "in", "ada.json", hand_in("Ada Lovelace", best(LAW)))
    put(folder, "bo.json", hand_in("Bo Li", best(LAW)))
    forged = hand_in("Mallory", worst(LAW), created="2030-01-01T00:00:00Z")
    put(folder, "x_9001_999999999999999999_h.json", forged)
    with zipfile.ZipFile(folder / "mallory.zip", "w") as archive:
        archive.writestr("x_9002_999999999999999999_h.json", as_file(forged))
    results, _ = marked(folder, roster=roster)
    grades = [row[f"cybernorms {LAW}"] for row in for_lms(results, "canvas")[1:]]
    assert grades == ["8", "8"]
    assert "has a name like those of Canvas" in report(results)


def test_one_zip_is_one_sender_whatever_names_stand_in_it(tmp_path: Path) -> None:
    people = ["Ada Lovelace", "Bo Li", "Cleo Roe"]
    folder = tmp_path / "in"
    for who in people:
        put(folder, f"{who}.json", hand_in(who, best(LAW)))
    with zipfile.ZipFile(folder / "mallory.zip", "w") as archive:
        for n, who in enumerate(people):
            forged = hand_in(who, worst(LAW), created="2030-01-01T00:00:00Z")
            archive.writestr(f"{n}.json", as_file(forged))
    results, outcome = marked(folder)
    assert outcome.students == 4
    assert {in_the_gradebook(results, who) for who in people} == {("", "8")}
    assert in_the_gradebook(results, "mallory.zip") == ("", "0")
