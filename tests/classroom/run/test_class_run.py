"""Marking a class from end to end: what is written, and what happens when something goes wrong."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cybernorms.classroom.results import workplace
from cybernorms.classroom.run import worker
from cybernorms.classroom.run.class_run import mark_class
from cybernorms.classroom.run.pool import Progress
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Written
from tests.classroom.factories import (
    SET,
    WRITTEN,
    best,
    contents,
    entry,
    folder_of,
    for_lms,
    graded,
    hand_in,
    marked,
    put,
    report,
    rows,
    worst,
)

SOURCE = Path(__file__).resolve().parents[3] / "src"


def closed_points() -> float:
    """Return the points of a set that need no teacher."""
    return sum(each.points for each in graded() if not isinstance(each, Written))


def test_the_best_answers_bring_all_points_but_those_that_wait(tmp_path: Path) -> None:
    results, _ = marked(folder_of(tmp_path / "in", ada_json=hand_in()))
    [row] = rows(results / "gradebook.csv")
    assert float(row["points"]) == pytest.approx(closed_points())
    assert float(row["awaiting teacher"]) == 2
    assert float(row["out of"]) == closed_points() + 2
    assert row["student"] == "Ada Lovelace"


def test_marks_are_made_anew_from_the_answers(tmp_path: Path) -> None:
    """Prevents a mark that a student wrote into the file."""
    claimed = [{**each, "points": 100, "credit": 1} for each in worst()]
    results, _ = marked(folder_of(tmp_path / "in", eve_json=hand_in("Eve", claimed, score=100)))
    [row] = rows(results / "gradebook.csv")
    assert float(row["points"]) < 1
    assert "has a field 'score', which counts for nothing" in report(results)
    assert "claims 'credit' for an answer, which counts for nothing" in report(results)


def test_a_hand_in_from_another_version_of_the_module_is_not_remarked_on(tmp_path: Path) -> None:
    """Prevents a remark on every file after an update in the middle of a course."""
    others = [hand_in("Ada", module="9.9.9"), {**hand_in("Eve"), "module": None}]
    folder = folder_of(tmp_path / "in", ada_json=others[0], eve_json=others[1])
    results, _ = marked(folder)
    assert len(rows(results / "gradebook.csv")) == 2
    assert "another version" not in report(results)


def test_every_file_of_the_results_is_there(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", "lovelaceada_1_2_x.json", hand_in())
    results, _ = marked(folder)
    assert {path.name for path in results.iterdir()} == {
        "about-results.txt",
        "blind-ids.csv",
        "canvas-without-essays.csv",
        "gradebook.csv",
        "items.csv",
        "options.csv",
        "pages",
        "report.html",
        "report.txt",
        "rubric.csv",
        "secret.txt",
        "students.csv",
        "written",
    }
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_students_csv_has_the_credit_of_each_answer_or_a_word(tmp_path: Path) -> None:
    """Prevents silent zeros."""
    [_, second, *_] = [each for each in graded() if each.kind == "choice"]
    answers = [best()[0], entry(second.id, "nothing on offer"), entry(WRITTEN, "Minister, wait.")]
    results, _ = marked(folder_of(tmp_path / "in", ada_json=hand_in("Ada", answers)))
    [row] = rows(results / "students.csv")
    assert row[answers[0]["question"]] == "1"
    assert row[second.id] == "unreadable"
    assert row[WRITTEN] == "awaiting teacher"
    unanswered = [each.id for each in graded() if each.id not in {e["question"] for e in answers}]
    assert {row[id] for id in unanswered} == {"not answered"}


def test_items_and_options_are_counted(tmp_path: Path) -> None:
    question = next(each for each in graded() if each.kind == "choice")
    right = next(each.id for each in question.options if each.verdict == "correct")
    wrong = next(each.id for each in question.options if each.verdict == "incorrect")
    folder = tmp_path / "in"
    for name, chosen in (("ada", right), ("bob", right), ("eve", wrong)):
        put(folder, f"{name}.json", hand_in(name, [entry(question.id, chosen)]))
    results, _ = marked(folder)
    [item] = [row for row in rows(results / "items.csv") if row["question"] == question.id]
    assert (item["learners"], item["marked"], item["difficulty"]) == ("3", "3", "0.6667")
    counts = {
        row["option"]: row["chosen"]
        for row in rows(results / "options.csv")
        if row["question"] == question.id
    }
    assert (counts[right], counts[wrong]) == ("2", "1")


def test_discrimination_tells_who_knew_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number in range(4):
        put(folder, f"good{number}.json", hand_in(f"Good {number}", best()))
        put(folder, f"bad{number}.json", hand_in(f"Bad {number}", worst()))
    results, _ = marked(folder)
    question = next(each for each in graded() if each.kind == "choice")
    [item] = [row for row in rows(results / "items.csv") if row["question"] == question.id]
    assert float(item["discrimination"]) > 0.95
    assert "No Cronbach's alpha: of 8 students" in report(results)


def test_the_same_input_gives_the_same_bytes_on_one_core_and_on_two(tmp_path: Path) -> None:
    """Prevents results that nobody can compare."""
    folder = tmp_path / "in"
    for number in range(60):
        answers = best() if number % 3 else worst()
        put(folder, f"student{number}_{number + 1}_9_x.json", hand_in(f"S {number}", answers))
    one, _ = marked(folder)
    before = contents(one)
    mark_class(folder, tmp_path / "two", processes=2)
    assert contents(tmp_path / "two") == before
    marked(folder)
    assert contents(one) == before


def test_an_older_and_a_newer_hand_in_of_one_student_are_told(tmp_path: Path) -> None:
    old = hand_in(answers=worst(), created="2026-02-01T10:00:00Z")
    results, _ = marked(folder_of(tmp_path / "in", a_json=hand_in(), b_json=old))
    [row] = rows(results / "gradebook.csv")
    assert float(row["points"]) == pytest.approx(closed_points())
    assert "Several files of one student" in report(results)


def test_two_students_without_a_name_stay_two(tmp_path: Path) -> None:
    files = folder_of(tmp_path / "in", a_json=hand_in(""), b_json=hand_in("", worst()))
    results, outcome = marked(files)
    assert outcome.students == 2
    assert "gives no name" in report(results)


def test_the_same_answers_of_two_students_are_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", "lovelaceada_1_10_x.json", hand_in())
    put(folder, "babbagecharles_2_11_x.json", hand_in("Charles Babbage"))
    results, outcome = marked(folder)
    assert outcome.students == 2
    assert "The same answers" in report(results)


def test_the_file_of_another_student_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", "babbagecharles_2_11_x.json", hand_in("Ada Lovelace"))
    results, _ = marked(folder)
    assert "sent by babbagecharles, says 'Ada Lovelace'" in report(results)


def test_nobody_off_the_roster_hands_in_as_somebody_on_it(tmp_path: Path) -> None:
    """Prevents a name typed into a file from weighing more than the LMS's own number."""
    roster = tmp_path / "roster.csv"
    roster.write_text("Student,ID\nAda Lovelace,1\n", encoding="utf-8")
    folder = put(tmp_path / "in", "lovelaceada_1_10_x.json", hand_in())
    put(folder, "stranger_9_11_x.json", hand_in("Ada Lovelace", worst(), created="2099-01-01"))
    results, outcome = marked(folder, roster=roster)
    assert outcome.students == 2
    assert float(for_lms(results, "canvas")[1][f"cybernorms {SET}"]) > 0
    assert "stranger_9_11_x.json: no student on the roster" in report(results)


def test_a_late_file_is_told_after_one_in_time(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", "lovelaceada_1_10_x.json", hand_in())
    put(folder, "lovelaceada_LATE_1_11_x-1.json", hand_in(answers=worst()))
    results, _ = marked(folder)
    assert "Your LMS has marked these as late, by its own clock.\n\n- Ada Lovelace\n" in report(
        results
    )


def test_nothing_is_told_of_a_class_without_oddities(tmp_path: Path) -> None:
    """Prevents a report that cries wolf."""
    folder = put(tmp_path / "in", "lovelaceada_1_10_x.json", hand_in())
    put(folder, "babbagecharles_2_11_x.json", hand_in("Charles Babbage", worst()))
    results, outcome = marked(folder)
    assert outcome.problems == 0
    assert "Nothing was odd about any file." in report(results)


def test_question_sets_without_their_key_mark_nothing(tmp_path: Path) -> None:
    questions = tmp_path / "questions"
    questions.mkdir()
    (questions / "90-secret.toml").write_text(
        'id = "90-secret"\ntitle = "Secret"\n[[question]]\nid = "secret"\nkind = "choice"\n'
        'use = "graded"\noutcome = "O1"\nminutes = 1\npoints = 1\nprompt = "Which?"\n'
        'hint = "Look."\nsources = []\nkey = "withheld"\nrevision = "r"\n'
        '[[question.option]]\nid = "a"\ntext = "A"\n[[question.option]]\nid = "b"\ntext = "B"\n',
        encoding="utf-8",
    )
    answers = [{"question": "secret", "revision": "r", "response": "a", "at": ""}]
    folder = folder_of(tmp_path / "in", a_json=hand_in("Ada", answers))
    with pytest.raises(CyberNormsError, match="without their key"):
        marked(folder, questions=questions)


@pytest.mark.parametrize("folder", ["not-there", "in"])
def test_a_folder_without_question_sets_marks_nothing(tmp_path: Path, folder: str) -> None:
    """Prevents a mistyped --questions from replacing all points with none."""
    files = folder_of(tmp_path / "in", a_json=hand_in())
    results, _ = marked(files)
    before = contents(results)
    with pytest.raises(CyberNormsError, match="no question sets in this folder"):
        marked(files, questions=tmp_path / folder)
    assert contents(results) == before


def test_a_folder_without_hand_ins_says_so_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(CyberNormsError, match="There is no hand-in in it"):
        marked(tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_folder_of_other_files_says_what_to_ask_for(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match=r"The only file in it cannot be read: essay\.pdf"):
        marked(put(tmp_path / "in", "essay.pdf", b"%PDF"))


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match="The hand-ins cannot be opened"):
        marked(tmp_path / "nowhere")


def test_the_command_marks_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    assert main(["mark", str(folder), "--to", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "Marked 1 student from 1 file." in told.out
    assert str(tmp_path / "out") in told.out
    assert told.err == ""  # no progress where nobody looks at a terminal


def test_a_terminal_sees_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = Progress("Marking", 4)
    progress.step(2)
    progress.end()
    assert capsys.readouterr().err == f"\rMarking [{'#' * 15:30}] 2 of 4\n"


# The folder of results


def test_marking_again_replaces_results_and_keeps_other_files(tmp_path: Path) -> None:
    """Prevents the loss of a teacher's own notes."""
    folder = folder_of(tmp_path / "in", a_json=hand_in(), b_json=hand_in("Bob"))
    results, _ = marked(folder)
    put(results, "notes/mine.txt", b"mine")
    (folder / "b.json").unlink()
    marked(folder)
    assert (results / "notes/mine.txt").read_bytes() == b"mine"
    assert len(list((results / "pages").iterdir())) == 1


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    """Prevents --to with the wrong folder from deleting it."""
    put(tmp_path / "results", "thesis.txt", b"years of work")
    with pytest.raises(CyberNormsError, match="holds other things than results"):
        marked(folder_of(tmp_path / "in", a_json=hand_in()))
    assert (tmp_path / "results" / "thesis.txt").read_bytes() == b"years of work"


def test_an_error_leaves_the_old_results_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results, _ = marked(folder)
    before = contents(results)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workplace, "_carry_over", full)
    with pytest.raises(CyberNormsError, match=r"The disk is full.*Nothing was changed"):
        marked(folder)
    assert contents(results) == before
    assert {path.name for path in tmp_path.iterdir()} == {"in", "results"}


def test_a_full_disk_while_a_page_is_written_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: str, _: bytes) -> None:
        assert Path(path).parent.name == "pages"
        raise OSError(28, "No space left on device", path)

    monkeypatch.setattr(worker, "write_directly", full)
    with pytest.raises(CyberNormsError, match="The disk is full"):
        marked(folder_of(tmp_path / "in", a_json=hand_in()))
    assert not (tmp_path / "results").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_to_is_told_plainly(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(CyberNormsError, match="The results cannot be written"):
        mark_class(folder, tmp_path / "closed" / "results")


def test_a_file_where_the_results_should_be_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("")
    with pytest.raises(CyberNormsError, match="There is a file where"):
        marked(folder_of(tmp_path / "in", a_json=hand_in()))


def test_a_parent_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    with pytest.raises(CyberNormsError, match="The results cannot be written"):
        mark_class(folder, tmp_path / "file" / "results")


def test_two_runs_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workplace, "WAIT", 0.1)
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    with (
        workplace.workplace(tmp_path / "results"),
        pytest.raises(CyberNormsError, match="Another run is writing these results"),
    ):
        marked(folder)


def test_results_inside_the_folder_of_hand_ins_are_not_read_as_such(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    mark_class(folder, folder / "results", processes=1)
    outcome = mark_class(folder, folder / "results", processes=1)
    assert (outcome.files, outcome.refused) == (1, 0)


# Killed in the middle

RUN = """
import sys
from pathlib import Path
import cybernorms.classroom.{module} as module
from cybernorms.classroom.run.class_run import mark_class
whole = module.{function}
def slow(*arguments):
    result = whole(*arguments)
    Path(sys.argv[3]).touch()
    import time
    time.sleep(60)
    return result
module.{function} = slow
if __name__ == "__main__":
    mark_class(Path(sys.argv[1]), Path(sys.argv[2]), processes=1)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "function"),
    [
        ("run.reading", "read_chunk"),
        ("run.class_run", "mark_chunk"),
        ("run.gradebook", "make_report"),
        ("results.workplace", "_carry_over"),
    ],
)
@pytest.mark.parametrize("marked_before", [False, True])
def test_a_killed_run_leaves_nothing_half_done(
    tmp_path: Path, module: str, function: str, marked_before: bool
) -> None:
    """Prevents a folder of results that is neither the old nor the new one."""
    folder = folder_of(tmp_path / "in", a_json=hand_in(), b_json=hand_in("Bob", worst()))
    mark_class(folder, tmp_path / "undisturbed", processes=1)
    results = tmp_path / "results"
    if marked_before:
        mark_class(folder, results, processes=1)
        put(results, "notes.txt", b"mine")
    _run_and_kill(tmp_path, folder, results, module, function)
    expected = contents(tmp_path / "undisturbed")
    if marked_before:
        expected["notes.txt"] = b"mine"
        assert contents(results) == expected
    else:
        assert not results.exists()
    mark_class(folder, results, processes=1)
    assert contents(results) == expected
    assert not list(tmp_path.glob(".*"))


def _run_and_kill(tmp_path: Path, folder: Path, results: Path, module: str, name: str) -> None:
    script = tmp_path / "run.py"
    script.write_text(RUN.format(module=module, function=name))
    reached = tmp_path / "reached"
    run = subprocess.Popen(
        [sys.executable, script, folder, results, reached],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    give_up = time.monotonic() + 60
    while not reached.exists() and time.monotonic() < give_up and run.poll() is None:
        time.sleep(0.02)
    run.kill()
    run.wait()
    assert reached.exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")
def test_a_killed_run_takes_its_processes_along(tmp_path: Path) -> None:
    """Prevents processes that nobody knows of from staying behind."""
    folder = tmp_path / "in"
    for number in range(400):
        put(folder, f"{number}.json", hand_in(f"S {number}"))
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "from cybernorms.classroom.run.class_run import mark_class\n"
        "if __name__ == '__main__':\n    mark_class(*map(Path, sys.argv[1:]), processes=2)\n"
    )
    command = [sys.executable, script, folder, tmp_path / "results"]
    run = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(SOURCE)})
    children: list[str] = []
    give_up = time.monotonic() + 60
    while len(children) < 3 and run.poll() is None and time.monotonic() < give_up:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        time.sleep(0.02)
    time.sleep(1)  # they have begun to work by then
    run.kill()
    run.wait()
    assert len(children) == 3  # two that mark, and one that clears up behind them

    def alive() -> list[str]:
        states = [Path(f"/proc/{pid}/stat") for pid in children]
        return [str(each) for each in states if each.exists() and " Z " not in each.read_text()]

    give_up = time.monotonic() + 20
    while alive() and time.monotonic() < give_up:
        time.sleep(0.05)
    assert alive() == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="sends signals as a terminal does")
@pytest.mark.parametrize("after", [0.8, 1.6, 2.4])
def test_a_run_that_is_stopped_says_so_in_a_sentence(tmp_path: Path, after: float) -> None:
    """Prevents pages of traceback from every process, and results that are half done."""
    folder = tmp_path / "in"
    for number in range(400):
        put(folder, f"{number}.json", hand_in(f"S {number}"))
    code = (
        "import sys, cybernorms.classroom.run.pool as pool, cybernorms.cli as cli\n"
        "if __name__ == '__main__':\n"
        "    pool.cores = lambda: 2\n"
        "    print('ready', flush=True)\n"
        "    sys.exit(cli.main(sys.argv[1:]))\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    run = subprocess.Popen(
        [sys.executable, script, "mark", folder, "--to", tmp_path / "results"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    time.sleep(after)
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said) in [
        (130, "\nStopped before it was done. To go on, give the command again.\n"),
        (0, ""),  # it was done by then
    ]
    assert (tmp_path / "results").exists() == (run.returncode == 0)
    assert not list(tmp_path.glob(".*"))


def test_a_run_killed_between_two_renames_gets_the_old_results_back(tmp_path: Path) -> None:
    """Prevents the one moment in which no results are in their place from losing them."""
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results, _ = marked(folder)
    put(results, "notes.txt", b"mine")
    part = workplace.new_place(results)
    results.rename(part / "before")
    (part / "new").mkdir()
    marked(folder)
    assert (results / "notes.txt").read_bytes() == b"mine"
    assert (results / "gradebook.csv").is_file()
    assert not part.exists()


# The LMS's own lists


def test_a_canvas_roster_gets_back_who_has_a_mark_and_nobody_a_zero(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay (55)\n"
        "    Points Possible,,,,,10\n"
        '"Lovelace, Ada",101,u1,ada,A,9\n"Babbage, Charles",102,u2,charles,A,\n',
        encoding="utf-8",
    )
    folder = put(tmp_path / "in", "lovelaceada_101_7_x.json", hand_in("ada lovelace"))
    put(folder, "stranger_999_8_x.json", hand_in("Somebody Else", worst()))
    results, _ = marked(folder, roster=roster)
    points, ada = for_lms(results, "canvas")
    column = f"cybernorms {SET}"
    assert points["Student"].strip() == "Points Possible"
    assert float(points[column]) == closed_points() + 2
    assert (ada["ID"], ada["SIS User ID"]) == ("101", "u1")
    assert float(ada[column]) == pytest.approx(closed_points())
    told = report(results)
    assert "Not on the roster" in told
    assert "stranger_999_8_x.json" in told
    assert "No hand-in" in told
    assert "Babbage, Charles" in told


def test_a_moodle_worksheet_comes_back_with_its_grades(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\n"
        "Participant 1234567,Ada Lovelace,ada@example.org,Submitted,,100.00,\n"
        "Participant 1234568,Charles Babbage,c@example.org,,,100.00,\n",
        encoding="utf-8",
    )
    name = "Ada Lovelace_1234567_assignsubmission_file_/hand-in.json"
    results, _ = marked(put(tmp_path / "in", name, hand_in("A. L.")), roster=roster)
    [ada] = for_lms(results, "moodle")
    share = closed_points() / (closed_points() + 2)
    assert float(ada["Grade"]) == pytest.approx(100 * share, abs=0.01)
    assert ada["Email address"] == "ada@example.org"


def test_a_worksheet_of_any_moodle_is_graded_on_its_scale(tmp_path: Path) -> None:
    """Prevents raw points in a worksheet of which versions write the columns differently."""
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "Identifier,Full name,Grade,Maximum grade,Last modified (grade)\n"
        "Participant 7,Ada Lovelace,,100.00,-\n",
        encoding="utf-8",
    )
    name = "Ada Lovelace_7_assignsubmission_file_/hand-in.json"
    results, _ = marked(put(tmp_path / "in", name, hand_in()), roster=roster)
    [ada] = for_lms(results, "moodle")
    share = closed_points() / (closed_points() + 2)
    assert float(ada["Grade"]) == pytest.approx(100 * share, abs=0.01)
    assert ada["Last modified (grade)"] == "-"


def test_moodle_participants_are_matched_by_name(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "First name;Last name;ID number;Email address\nAda;Lovelace;7;ada@example.org\n",
        encoding="utf-8",
    )
    folder = folder_of(tmp_path / "in", a_json=hand_in("LOVELACE, Ada"))
    results, _ = marked(folder, roster=roster)
    [ada] = for_lms(results, "moodle")
    assert float(ada[f"cybernorms {SET} (of 10)"]) == pytest.approx(closed_points())
    assert ada["Email address"] == "ada@example.org"


def test_in_classroom_mode_taking_part_brings_the_points(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('mode = "classroom"')
    folder = put(tmp_path / "in", "evil_1_2_x.json", hand_in("Eve", worst()))
    results, _ = marked(folder, policy=policy)
    assert float(for_lms(results, "canvas")[1][f"cybernorms {SET}"]) == closed_points()


def test_in_classroom_mode_an_unreadable_answer_is_not_taking_part(tmp_path: Path) -> None:
    """Prevents points for whatever stands in a file."""
    policy = tmp_path / "policy.toml"
    policy.write_text('mode = "classroom"')
    question = next(each for each in graded() if each.kind == "choice")
    unreadable = entry(question.id, "nothing on offer")
    answers = [unreadable, *(each for each in worst() if each["question"] != question.id)]
    folder = put(tmp_path / "in", "evil_1_2_x.json", hand_in("Eve", answers))
    results, _ = marked(folder, policy=policy)
    brought = float(for_lms(results, "canvas")[1][f"cybernorms {SET}"])
    assert brought == closed_points() - question.points


def test_in_self_study_there_is_no_file_for_an_lms(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('mode = "self-study"')
    results, _ = marked(put(tmp_path / "in", "a_1_2_x.json", hand_in()), policy=policy)
    assert not (results / "canvas.csv").exists()


# Feedback pages


def page_of(results: Path) -> str:
    [path] = (results / "pages").iterdir()
    return path.read_text(encoding="utf-8")


def test_a_page_gives_points_reasons_and_what_to_take_away(tmp_path: Path) -> None:
    results, _ = marked(folder_of(tmp_path / "in", a_json=hand_in()))
    page = page_of(results)
    question = next(each for each in graded() if each.kind == "choice")
    right = next(each for each in question.options if each.verdict == "correct")
    assert '<p class="cn-over">Feedback for Ada Lovelace</p>' in page
    assert right.reason in page.replace("&#x27;", "'").replace("&quot;", '"')
    assert "Your teacher has still to mark this." in page
    assert '<html lang="en">' in page


def test_a_page_runs_and_loads_nothing(tmp_path: Path) -> None:
    results, _ = marked(folder_of(tmp_path / "in", a_json=hand_in()))
    page = page_of(results)
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "<script" not in page
    assert "src=" not in page
    assert 'style="' not in page


def test_after_the_deadline_reasons_are_told_and_before_it_not(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f'feedback = "after deadline"\n[deadline]\n{SET} = 2026-04-01T00:00:00Z\n')
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results, _ = marked(folder, policy=policy, now=1_770_000_000)  # in February
    assert "Marks and reasons follow after the deadline." in page_of(results)
    assert "Take away" not in page_of(results)
    results, _ = marked(folder, policy=policy, now=1_780_000_000)  # in June
    assert "Take away" in page_of(results)


# What is documented


def test_every_file_of_the_results_is_documented() -> None:
    """Prevents a file that a teacher finds in the results and nobody explains."""
    text = (SOURCE.parent / "docs" / "marking.md").read_text(encoding="utf-8")
    missing = [name for name in workplace.OURS if not re.search(f"`{re.escape(name)}/?`", text)]
    assert not missing
