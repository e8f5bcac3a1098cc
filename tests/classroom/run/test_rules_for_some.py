"""What a policy says of some students, from the file to the gradebook, the LMS and the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.run.class_run import RunOutcome
from tests.answers import best_answer, worst_answer
from tests.classroom.factories import (
    WRITTEN,
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
POINTS, OUT_OF = f"{LAW} points", f"{LAW} out of"
CLOSED = sum(each.points for each in graded(LAW) if each.kind != "written")
ALL = sum(each.points for each in graded(LAW))
ONE = next(each for each in graded(LAW) if each.kind == "choice")
ROSTER = (
    "Student,ID,SIS User ID,SIS Login ID,Section\n"
    '"Lovelace, Ada",9001,s1,ada@example.org,Monday\n'
    '"Li, Bo",9002,s2,bo@example.org,Monday\n'
    '"Roe, Cleo",9003,s3,cleo@example.org,Tuesday\n'
    '"Müller, Zoë",9004,s4,zoe@example.org,Tuesday\n'
)
LATE = 'time_zone = "UTC"\n[deadline]\n03 = 2026-02-27\n[late]\nper_cent_a_day = 25\n'
# The answers of the factories are of 1 March, nine o'clock, so on the second day after it.
KEPT = 0.5


def files() -> dict[str, Any]:
    return {
        "lovelaceada_9001_1_x.json": hand_in("Ada Lovelace", best(LAW)),
        "libo_9002_2_x.json": hand_in("Bo Li", worst(LAW)),
    }


def mark(
    tmp_path: Path, policy: str, content: dict[str, Any] | None = None, roster: str = ROSTER
) -> tuple[Path, RunOutcome]:
    folder = tmp_path / "in"
    for name, each in (content or files()).items():
        put(folder, name, each)
    (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")
    more = {}
    if roster:
        more["roster"] = tmp_path / "roster.csv"
        more["roster"].write_text(roster, encoding="utf-8")
    return marked(folder, policy=tmp_path / "policy.toml", confirm=lambda _: True, **more)


def row_of(results: Path, name: str, table: str = "gradebook.csv") -> dict[str, str]:
    [row] = [each for each in rows(results / table) if each["student"] == name]
    return row


def in_canvas(results: Path, name: str) -> str:
    """Return the cell of the set on law in the table for Canvas."""
    [row] = [each for each in for_lms(results, "canvas") if each["Student"] == name]
    return row[f"cybernorms {LAW}"]


def page_of(results: Path, name: str) -> str:
    page = row_of(results, name)["page"]
    return (results / page).read_text(encoding="utf-8")


ADA, BO, CLEO, ZOE = "Lovelace, Ada", "Li, Bo", "Roe, Cleo", "Müller, Zoë"
NAMES = ["Ada Lovelace", "Lovelace, Ada", "9001", "s1", "ADA@example.org"]


# Extensions


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "how", ['[extension]\n"{}" = 2026-03-02', '[extension."{}"]\n03 = 2026-03-02']
)
def test_more_time_is_for_the_one_who_is_named_by_name_or_any_id(
    tmp_path: Path, name: str, how: str
) -> None:
    content = files() | {"roecleo_9003_3_x.json": hand_in("Cleo Roe", best(LAW))}
    results, outcome = mark(tmp_path, LATE + how.format(name), content)
    assert float(row_of(results, ADA)[POINTS]) == pytest.approx(CLOSED)
    assert float(row_of(results, CLEO)[POINTS]) == pytest.approx(CLOSED * KEPT)
    assert "you have until 2 March 2026, 23:59 (UTC)" in page_of(results, ADA)
    assert "you have until" not in page_of(results, CLEO)
    assert "Error" not in outcome.describe()


def test_more_time_decides_when_the_page_opens(tmp_path: Path) -> None:
    text = 'time_zone = "UTC"\nfeedback = "after deadline"\n[deadline]\n03 = 2026-03-01T12:00:00\n'
    folder = tmp_path / "in"
    for name, each in files().items():
        put(folder, name, each)
    policy = put(tmp_path, "policy.toml", f'{text}[extension]\n"9001" = 2999-01-01'.encode())
    results, _ = marked(folder, policy=policy / "policy.toml", now=1_800_000_000.0)
    names = [row["student"] for row in rows(results / "gradebook.csv")]
    [ada] = [name for name in names if "da" in name.lower()]
    [bo] = [name for name in names if name != ada]
    assert "Marks and reasons follow" in page_of(results, ada)
    assert "Marks and reasons follow" not in page_of(results, bo)


def test_an_earlier_date_takes_nothing_away(tmp_path: Path) -> None:
    text = LATE.replace("02-27", "03-05") + '[extension]\n"9001" = 2026-01-01'
    results, _ = mark(tmp_path, text)
    assert float(row_of(results, ADA)[POINTS]) == pytest.approx(CLOSED)


# Excused sets


def test_an_excused_set_is_in_no_sum_and_an_empty_cell(tmp_path: Path) -> None:
    content = files() | {
        "lovelaceada_9001_1_x.json": hand_in("Ada Lovelace", [*best(NORMS), *best(LAW)])
    }
    results, _ = mark(tmp_path, '[excused]\n"Ada Lovelace" = ["03"]', content)
    ada = row_of(results, ADA)
    assert (ada[POINTS], ada[OUT_OF], ada["out of"]) == ("", "", "18")
    assert in_canvas(results, ADA) == ""
    assert row_of(results, ADA, "students.csv")[ONE.id] == ""
    assert "you are excused from this set" in page_of(results, ADA)
    assert row_of(results, BO)[POINTS] == "0"
    [item] = [row for row in rows(results / "items.csv") if row["question"] == ONE.id]
    assert item["learners"] == "1"


def test_an_excused_set_lowers_what_a_worksheet_is_out_of(tmp_path: Path) -> None:
    worksheet = "Identifier,Full name,Grade,Maximum grade\n" + "".join(
        f"Participant {n},Student {n},,100.00\n" for n in (1, 2)
    )
    name = "Student {0}_{0}_assignsubmission_file_/x.json"
    content = {name.format(n): hand_in(f"Student {n}", [*best(NORMS), *best(LAW)]) for n in (1, 2)}
    results, _ = mark(tmp_path, '[excused]\n"Student 1" = ["03"]', content, worksheet)
    grades = [float(row["Grade"]) for row in for_lms(results, "moodle")]
    norms = sum(each.points for each in graded(NORMS) if each.kind != "written")
    assert grades[0] == pytest.approx(norms / 18 * 100, abs=0.01)
    assert grades[1] == pytest.approx((norms + CLOSED) / (18 + ALL) * 100, abs=0.01)


# Points by hand


def test_points_by_hand_win_over_the_key_and_over_lateness(tmp_path: Path) -> None:
    text = f'{LATE}[override."Bo Li"]\n{ONE.id} = {{ points = {ONE.points}, reason = "Argued." }}'
    results, _ = mark(tmp_path, text)
    assert float(row_of(results, BO)[POINTS]) == ONE.points
    page = page_of(results, BO)
    assert "Your teacher set these points. Argued." in page
    assert "Argued." not in page_of(results, ADA)
    assert row_of(results, BO, "students.csv")[ONE.id] == "1"
    alone = {"libo_9002_2_x.json": hand_in("Bo Li", [entry(ONE.id, best_answer(ONE))])}
    results, _ = mark(tmp_path / "alone", text, alone)
    assert "Late by your policy" not in report(results)


def test_points_by_hand_for_a_set_stand_in_place_of_all_sums(tmp_path: Path) -> None:
    text = f'{LATE}[override]\n"9001" = {{ 03 = {{ points = 4.5, reason = "Oral." }} }}'
    results, _ = mark(tmp_path, text)
    ada = row_of(results, ADA)
    assert (ada[POINTS], ada["points"], ada["lost for lateness"]) == ("4.5", "4.5", "0")
    assert in_canvas(results, ADA) == "4.5"
    assert "your teacher set the points of this set. Oral." in page_of(results, ADA)


def test_points_by_hand_reach_who_handed_in_nothing(tmp_path: Path) -> None:
    """Prevents an oral examination from counting for nothing."""
    text = '[override."Zoe Mueller"]\n03 = { points = 7, reason = "Oral." }'
    results, outcome = mark(tmp_path, text)
    assert "Zoe Mueller" in outcome.describe()  # ü is u or ü, and no ue
    results, outcome = mark(tmp_path, text.replace("Mueller", "Muller"))
    assert row_of(results, ZOE)[POINTS] == "7"
    assert in_canvas(results, ZOE) == "7"
    assert outcome.students == 3
    assert "No hand-in" in report(results)


def test_points_by_hand_count_in_a_set_that_nobody_answered(tmp_path: Path) -> None:
    """Prevents an oral examination of the whole class from being passed over in silence."""
    results, _ = mark(tmp_path, '[override."9001"]\n05 = { points = 7, reason = "Oral." }')
    assert row_of(results, ADA)["05-the-proposed-deal points"] == "7"
    assert row_of(results, BO)["05-the-proposed-deal points"] == ""


def test_of_two_people_of_one_name_the_email_says_which(tmp_path: Path) -> None:
    roster = "First name,Surname,Email address\nJo,Doe,one@example.org\nJo,Doe,two@example.org\n"
    text = '[override."two@example.org"]\n03 = { points = 7, reason = "Oral." }'
    content = {"x.json": hand_in("Zoë Other", best(LAW))}
    results, _ = mark(tmp_path, text, content, roster)
    found = {
        row["Email address"]: row[f"cybernorms {LAW} (of 10)"] for row in for_lms(results, "moodle")
    }
    assert found == {"two@example.org": "7"}


def test_a_written_answer_with_points_by_hand_waits_for_nobody(tmp_path: Path) -> None:
    answers = [*best(LAW), entry(WRITTEN, best_answer(graded_written()))]
    text = f'[override."9001"]\n{WRITTEN} = {{ points = 2, reason = "Read aloud." }}'
    results, _ = mark(tmp_path, text, {"lovelaceada_9001_1_x.json": hand_in("Ada", answers)})
    ada = row_of(results, ADA)
    assert float(ada[POINTS]) == pytest.approx(CLOSED + 2)
    assert ada["awaiting teacher"] == "0"
    assert "written answer" not in report(results)
    assert "Read aloud." in page_of(results, ADA)


def graded_written() -> Any:
    return next(each for each in graded(LAW) if each.kind == "written")


# Dropped questions and full marks


def test_a_dropped_question_is_nowhere(tmp_path: Path) -> None:
    content = files() | {f"roecleo_900{n}_{n}_x.json": hand_in("Cleo Roe", best(LAW)) for n in (3,)}
    results, _ = mark(tmp_path, f'drop = ["{ONE.id}"]', content)
    ada = row_of(results, ADA)
    assert float(ada[POINTS]) == pytest.approx(CLOSED - ONE.points)
    assert float(ada[OUT_OF]) == pytest.approx(ALL - ONE.points)
    assert float(for_lms(results, "canvas")[0][f"cybernorms {LAW}"]) == ALL - ONE.points
    assert row_of(results, ADA, "students.csv")[ONE.id] == "dropped"
    [item] = [row for row in rows(results / "items.csv") if row["question"] == ONE.id]
    assert (item["difficulty"], item["discrimination"]) == ("", "")
    assert f"these questions no longer count: {ONE.name}." in page_of(results, ADA).replace(
        "&#x27;", "'"
    )


def test_a_dropped_written_question_is_not_to_be_marked(tmp_path: Path) -> None:
    answers = [*best(LAW), entry(WRITTEN, best_answer(graded_written()))]
    content = {"lovelaceada_9001_1_x.json": hand_in("Ada", answers)}
    results, _ = mark(tmp_path, f'drop = ["{WRITTEN}"]', content)
    assert row_of(results, ADA)["awaiting teacher"] == "0"
    assert [*(results / "written").iterdir()] == []


def test_full_marks_are_for_all_who_handed_in_the_set(tmp_path: Path) -> None:
    others = [each for each in worst(LAW) if each["question"] != ONE.id]
    content = {
        "lovelaceada_9001_1_x.json": hand_in("Ada Lovelace", best(LAW)),
        "libo_9002_2_x.json": hand_in("Bo Li", others),
        "roecleo_9003_3_x.json": hand_in("Cleo Roe", best(NORMS)),
    }
    results, _ = mark(tmp_path, f'full_marks = ["{ONE.id}"]\n{LATE}', content)
    assert float(row_of(results, BO)[POINTS]) == ONE.points
    expected = (CLOSED - ONE.points) * KEPT + ONE.points
    assert float(row_of(results, ADA)[POINTS]) == pytest.approx(expected)
    assert row_of(results, CLEO)[POINTS] == ""
    assert "Everybody who handed in this set has full points" in page_of(results, BO)
    assert row_of(results, BO, "students.csv")[ONE.id] == "full marks"
    [item] = [row for row in rows(results / "items.csv") if row["question"] == ONE.id]
    assert (item["marked"], item["difficulty"]) == ("0", "")


# Groups


GROUP = '[group]\n"Team 3" = ["Ada Lovelace", "9002", "cleo@example.org"]\n'


@pytest.mark.parametrize(
    "name", ["lovelaceada_9001_1_x.json", "team_3_9001_1_x.json", "typed.json"]
)
def test_what_a_member_handed_in_counts_for_each(tmp_path: Path, name: str) -> None:
    who = "Team 3" if name == "typed.json" else "Ada Lovelace"
    content = {name: hand_in(who, best(LAW)), "mueller.json": hand_in("Zoë Müller", worst(LAW))}
    results, outcome = mark(tmp_path, GROUP, content)
    found = {row["student"]: row for row in rows(results / "gradebook.csv")}
    assert sorted(found) == sorted([ADA, BO, CLEO, ZOE])
    assert {found[each][POINTS] for each in (ADA, BO, CLEO)} == {f"{CLOSED:g}"}
    assert len({found[each]["page"] for each in (ADA, BO, CLEO)}) == 3
    assert found[ZOE][POINTS] == "0"
    assert "Team 3, 1 file: " in report(results)
    assert "The same answers" not in report(results)
    assert "Error" not in outcome.describe()
    canvas = {row["ID"]: row[f"cybernorms {LAW}"] for row in for_lms(results, "canvas")[1:]}
    assert canvas["9002"] == canvas["9003"] == f"{CLOSED:g}"
    # The file under the group's name has its place, though no list has that name.
    assert name.split(".")[0] not in report(results).partition("Not on the roster")[2]


def test_what_holds_for_a_group_or_a_section_holds_for_each_member(tmp_path: Path) -> None:
    more = '[extension]\n"team 3" = 2026-03-05\n[excused]\nEvening = ["03"]\n'
    more += '[section]\nEvening = ["Müller, Zoë"]\n'
    content = files() | {"muellerzoe_9004_4_x.json": hand_in("Zoë Müller", best(LAW))}
    results, outcome = mark(tmp_path, f"{LATE}{GROUP}{more}", content)
    assert {row_of(results, who)["lost for lateness"] for who in (ADA, BO, CLEO)} == {"0"}
    assert row_of(results, ZOE)[OUT_OF] == ""
    assert outcome.loud == ()
    points = '[override."Team 3"]\n03 = { points = 4, reason = "Read aloud." }\n'
    results, outcome = mark(tmp_path, f"{GROUP}{points}", content)
    assert {row_of(results, who)[POINTS] for who in (ADA, BO, CLEO)} == {"4"}
    assert outcome.loud == ()


def test_members_are_found_behind_the_group_that_moodle_puts_before_them(tmp_path: Path) -> None:
    content = {
        "Team 3-Ada Lovelace_7_assignsubmission_file_/x.json": hand_in("Ada", best(LAW)),
        "Anne-Marie Roe_8_assignsubmission_file_/x.json": hand_in("Anne", worst(LAW)),
    }
    group = '[group]\n"Team 3" = ["Ada Lovelace", "Anne-Marie Roe"]\n'
    results, outcome = mark(tmp_path, group, content, roster="")
    assert [row[POINTS] for row in rows(results / "gradebook.csv")] == [f"{CLOSED:g}"] * 2
    assert "Error" not in outcome.describe()


def test_the_last_file_of_any_member_counts(tmp_path: Path) -> None:
    later = [entry(each.id, worst_answer(each), "2026-03-03T09:00:00Z") for each in graded(LAW)[:3]]
    content = files() | {
        "roecleo_9003_3_x.json": hand_in("Cleo Roe", later, created="2026-03-04T10:00:00Z")
    }
    results, _ = mark(tmp_path, GROUP, content)
    assert {row_of(results, who)[POINTS] for who in (ADA, BO, CLEO)} == {"0"}
    # What is normal in a group is no remark.
    assert "Team 3, 3 files: " in report(results)
    assert "Several files" not in report(results)
    assert "Another name inside" not in report(results)


def test_members_without_a_roster_have_a_line_each(tmp_path: Path) -> None:
    group = '[group]\n"Team 3" = ["Ada Lovelace", "Bo Li"]\n'
    content = {"x.json": hand_in("Ada Lovelace", best(LAW))}
    results, outcome = mark(tmp_path, group, content, roster="")
    assert [row["student"] for row in rows(results / "gradebook.csv")] == ["Ada Lovelace", "Bo Li"]
    assert "Error" not in outcome.describe()


def test_the_text_of_a_group_is_marked_once(tmp_path: Path) -> None:
    answers = [*best(LAW), entry(WRITTEN, best_answer(graded_written()))]
    content = {"lovelaceada_9001_1_x.json": hand_in("Ada Lovelace", answers)}
    results, _ = mark(tmp_path, GROUP, content)
    texts = {row["text"] for row in rows(results / "rubric.csv")}
    assert len(texts) == 1
    assert "1 written answer to mark" in report(results)
    table = rows(results / "rubric.csv")
    for row in table:
        row["points"] = "1"
    criteria = [each.points for each in graded_written().criteria]
    lines = ["question,text,criterion,points,comment"]
    for row, most in zip(table, criteria, strict=True):
        lines.append(f"{row['question']},{row['text']},{row['criterion']},{most},")
    put(results, "rubric.csv", "\n".join(lines).encode())
    results, _ = mark(tmp_path, GROUP, content)
    assert {row_of(results, who)[POINTS] for who in (ADA, BO, CLEO)} == {f"{ALL:g}"}


def test_nobody_is_in_two_groups(tmp_path: Path) -> None:
    text = f'{GROUP}"Team 4" = ["Zoë Müller", "Ada Lovelace"]\n'
    _, outcome = mark(tmp_path, text)
    assert "[group] 'Ada Lovelace': stands in 'Team 3' and in 'Team 4'" in outcome.describe()


# Sections, and who is in the statistics


def test_sections_are_those_of_the_policy_or_else_of_the_roster(tmp_path: Path) -> None:
    content = files() | {"roecleo_9003_3_x.json": hand_in("Cleo Roe", best(LAW))}
    results, _ = mark(tmp_path, '[section]\n"Evening" = ["Bo Li"]', content)
    sections = {row["student"]: row["section"] for row in rows(results / "students.csv")}
    assert sections == {ADA: "Monday", BO: "Evening", CLEO: "Tuesday"}


def test_who_is_not_on_the_roster_is_in_no_statistics(tmp_path: Path) -> None:
    content = files() | {"eve_9999_3_x.json": hand_in("Eve Other", worst(LAW))}
    results, _ = mark(tmp_path, "", content)
    inside = {row["student"]: row["in statistics"] for row in rows(results / "students.csv")}
    assert sorted(inside.values()) == ["no", "yes", "yes"]
    assert inside[ADA] == inside[BO] == "yes"
    [item] = [row for row in rows(results / "items.csv") if row["question"] == ONE.id]
    assert item["learners"] == "2"


def test_without_a_roster_all_are_in_the_statistics(tmp_path: Path) -> None:
    results, _ = mark(tmp_path, "", roster="")
    assert {row["in statistics"] for row in rows(results / "students.csv")} == {"yes"}


# Names that fit nobody, or several


@pytest.mark.parametrize(
    "table",
    [
        f"{LATE}[extension]\n{{}} = 2026-03-02",
        '[excused]\n{} = ["03"]',
        '[override.{}]\n03 = {{ points = 1, reason = "x" }}',
        '[group]\n"Team 3" = [{}]',
        '[section]\n"Monday" = [{}]',
    ],
)
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ada Lovlace", "no student has that id or name; did you mean 'Lovelace, Ada'?"),
        ("Nobody Atall", "no student has that id or name; write it as the roster has it"),
        ("Jo Doe", "2 people have that id or name; write the id"),
    ],
)
def test_a_name_that_fits_not_one_person_is_told_first(
    tmp_path: Path, table: str, name: str, told: str
) -> None:
    roster = ROSTER + '"Doe, Jo",9005,,,\n"Doe, Jo",9006,,,\n'
    results, outcome = mark(tmp_path, table.format(f'"{name}"'), roster=roster)
    first = outcome.describe().splitlines()[0]
    assert first.startswith("Error in the policy: [")
    assert told in first
    assert first.endswith((told, "."))
    assert told in report(results).splitlines()[2]
