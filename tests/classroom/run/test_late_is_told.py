"""Lateness is told, by the policy and by the LMS apart, and asked about where it takes most."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.run import commands
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from tests.answers import best_answer, worst_answer
from tests.classroom.factories import (
    WRITTEN,
    best,
    contents,
    entry,
    graded,
    hand_in,
    marked,
    put,
    report,
    rows,
    worst,
)

LAW = "03-norms-and-law"
CLOSED = sum(each.points for each in graded(LAW) if each.kind != "written")
# The answers of the factories are of 1 March 2026, nine o'clock.
WRONG_YEAR = 'time_zone = "UTC"\n[deadline]\n03 = 2025-03-02\n[late]\nper_cent_a_day = 10\n'
A_DAY = WRONG_YEAR.replace("2025-03-02", "2026-02-28")


def class_of(tmp_path: Path, policy: str, **files: Any) -> tuple[Path, Path]:
    folder = tmp_path / "in"
    for name, content in files.items():
        put(folder, f"{name}.json", content)
    put(tmp_path, "policy.toml", policy.encode())
    return folder, tmp_path / "policy.toml"


def three(tmp_path: Path, policy: str) -> tuple[Path, Path]:
    files = {who: hand_in(who, best(LAW)) for who in ("Ada", "Bo", "Cleo")}
    return class_of(tmp_path, policy, **files)


def test_what_the_policy_took_is_in_the_report_and_on_the_screen(tmp_path: Path) -> None:
    folder, policy = three(tmp_path, A_DAY)
    results, outcome = marked(folder, policy=policy)
    told = f"Late by your policy: 3 of 3 students, {3 * CLOSED * 0.1:g} points lost."
    assert told in outcome.describe()
    assert told in report(results)
    line = f"{LAW}, due 28 February 2026, 23:59 (UTC): 3 of 3 students"
    assert line in report(results)


def test_nothing_is_told_where_nobody_is_late(tmp_path: Path) -> None:
    folder, policy = three(tmp_path, A_DAY.replace("02-28", "03-02"))
    results, outcome = marked(folder, policy=policy)
    assert "Late" not in report(results)
    assert "Late" not in outcome.describe()


def test_who_would_have_more_by_the_answers_in_time_is_counted(tmp_path: Path) -> None:
    one = next(each for each in graded(LAW) if each.kind == "choice")
    right, wrong = best_answer(one), worst_answer(one)
    early, late = "2026-02-27T09:00:00Z", "2026-03-01T09:00:00Z"

    def both(first: Any, second: Any) -> list[dict]:
        return [entry(one.id, first, early), entry(one.id, second, late)]

    folder, policy = class_of(
        tmp_path,
        A_DAY.replace("= 10", "= 30"),
        worse=hand_in("Worse", both(right, wrong)),
        better=hand_in("Better", both(wrong, right)),
        same=hand_in("Same", both(right, right)),
        late=hand_in("Late", [entry(one.id, right, late)]),
    )
    results, _ = marked(folder, policy=policy)
    assert "1 student would have more points by the answers given in time" in report(results)


def test_only_late_answers_under_last_before_deadline_are_lost_points(tmp_path: Path) -> None:
    folder, policy = three(tmp_path, 'attempt = "last before deadline"\n' + WRONG_YEAR)
    results, outcome = marked(folder, policy=policy, confirm=lambda _: True)
    assert f"3 of 3 students, {3 * CLOSED:g} points lost" in outcome.describe()
    assert {row["lost for lateness"] for row in rows(results / "gradebook.csv")} == {f"{CLOSED:g}"}


# Asked first


@pytest.mark.parametrize("attempt", ["last", "best", "last before deadline"])
def test_a_wrong_year_changes_nothing_unless_it_is_meant(tmp_path: Path, attempt: str) -> None:
    folder, policy = three(tmp_path, f'attempt = "{attempt}"\n{WRONG_YEAR}')
    results, _ = marked(folder)
    before = contents(results)
    with pytest.raises(CyberNormsError) as told:
        marked(folder, policy=policy)
    text = str(told.value)
    assert f"{LAW}, due 2 March 2025, 23:59 (UTC): 3 of 3 students lose more than half" in text
    assert "Nothing was changed" in text
    assert "--yes" in text
    assert contents(results) == before
    asked: list[str] = []
    marked(folder, policy=policy, confirm=lambda lines: not asked.extend(lines))
    assert contents(results) != before
    assert len(asked) == 1


def test_a_few_late_students_are_no_question(tmp_path: Path) -> None:
    old = [each | {"at": "2025-02-01T09:00:00Z"} for each in best(LAW)]
    files = {"ada": hand_in("Ada", old), "bo": hand_in("Bo", old), "cleo": hand_in("C", best(LAW))}
    folder, policy = class_of(tmp_path, WRONG_YEAR, **files)
    marked(folder, policy=policy)
    put(folder, "dan.json", hand_in("Dan", best(LAW)))
    marked(folder, policy=policy)  # two of four are not more than half
    put(folder, "eve.json", hand_in("Eve", best(LAW)))
    with pytest.raises(CyberNormsError, match="3 of 5 students"):
        marked(folder, policy=policy)


def test_a_zero_for_wrong_answers_is_no_question(tmp_path: Path) -> None:
    folder, policy = class_of(tmp_path, WRONG_YEAR, ada=hand_in("Ada", worst(LAW)))
    marked(folder, policy=policy)


def test_late_texts_that_wait_count_as_what_they_will_lose(tmp_path: Path) -> None:
    text = next(each for each in graded(LAW) if each.id == WRITTEN)
    answers = [entry(WRITTEN, best_answer(text))]
    folder, policy = class_of(tmp_path, WRONG_YEAR, ada=hand_in("Ada", answers))
    with pytest.raises(CyberNormsError, match="1 of 1 student loses more than half"):
        marked(folder, policy=policy)


def command(folder: Path, policy: Path, *more: str) -> list[str]:
    results = str(folder.with_name("results"))
    return ["mark", str(folder), "--to", results, "--policy", str(policy), *more]


def test_the_command_needs_yes_where_nobody_can_be_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, policy = three(tmp_path, WRONG_YEAR)
    assert main(command(folder, policy)) == 1
    assert "--yes" in capsys.readouterr().err
    assert not folder.with_name("results").exists()
    assert main(command(folder, policy, "--yes")) == 0
    assert "Late by your policy: 3 of 3 students" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
@pytest.mark.parametrize(("typed", "status"), [("y", 0), ("YES", 0), ("n", 1), ("", 1)])
def test_at_a_terminal_it_is_asked(tmp_path: Path, typed: str, status: int) -> None:
    folder, policy = three(tmp_path, WRONG_YEAR)
    ours, theirs = os.openpty()
    os.write(ours, f"{typed}\n".encode())
    program = [sys.executable, "-P", "-m", "cybernorms.cli", *command(folder, policy)]
    done = subprocess.run(program, stdin=theirs, stdout=theirs, stderr=theirs, check=False)
    shown = ""
    while select.select([ours], [], [], 0.2)[0]:
        shown += os.read(ours, 4_096).decode()
    os.close(ours)
    os.close(theirs)
    assert "Is that meant? (y/N)" in shown
    assert "3 of 3 students lose more than half of their points for lateness" in shown
    assert done.returncode == status
    assert folder.with_name("results").exists() == (status == 0)


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert commands._ask(["line"]) is False


# By the LMS


@pytest.mark.parametrize(
    "status",
    [
        "Submitted for grading - 1 day late",
        "Submitted for grading - 3 hours 5 mins late",
        "Submitted for grading - Graded - 1 day late",
        "Zur Bewertung abgegeben - 1 Tag verspätet",
    ],
)
def test_a_worksheet_tells_who_was_late(tmp_path: Path, status: str) -> None:
    name = "Student {0}_{0}_assignsubmission_file_/x.json"
    folder = put(tmp_path / "in", name.format(1), hand_in("Student 1", best(LAW)))
    put(folder, name.format(2), hand_in("Student 2", worst(LAW)))
    worksheet = put(
        tmp_path,
        "worksheet.csv",
        "Identifier,Full name,Status,Grade\n"
        f"Participant 1,Student 1,{status},\n"
        "Participant 2,Student 2,Submitted for grading - translated,\n"
        f"Participant 3,Student 3,{status},\n".encode(),
    )
    results, _ = marked(folder, roster=worksheet / "worksheet.csv")
    late = report(results).split("Late by your LMS")[1]
    assert "- Student 1\n" in late
    assert "Student 2" not in late
    assert "Late by your policy" not in report(results)
