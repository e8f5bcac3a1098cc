"""Compare marking with nbgrader's autograde on the same questions and the same answers.

Both are run as a teacher runs them, from the command line, and all that they do counts: starting,
reading, marking, writing. nbgrader runs in an environment of its own. Exits with 1 where marking
is less than 500 times as fast for each submission.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

LIMIT = 500
FOR_NBGRADER, FOR_US = 4, 300
SET = "02-un-norms"


def seconds(task: Callable[[], object]) -> float:
    """Return how long a task takes."""
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin


def mark(hand_ins: Path, results: Path) -> None:
    """Mark as a teacher does, feedback pages included."""
    command = [sys.executable, "-m", "cybernorms.cli", "mark", str(hand_ins), "--to", str(results)]
    settings = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, check=True, env=settings, capture_output=True)


def main() -> int:
    from cybernorms.classroom.export.exports import graded, write_export
    from cybernorms.classroom.export.nbgrader_course import nbgrader
    from cybernorms.classroom.report.simulation import made_up_class, write_class
    from cybernorms.exercises.kinds import Written
    from cybernorms.exercises.question_files import load_question_sets
    from tests.nbgrader_course import CannotInstall, Course, install

    (whole,) = [each for each in load_question_sets() if each.id == SET]
    questions = [each for each in graded(whole) if not isinstance(each, Written)]
    sets = [replace(whole, questions=tuple(questions))]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            python = install(folder / "environment")
        except CannotInstall as problem:
            print(problem)
            return 1 if os.environ.get("CI") else 0
        learners = made_up_class(FOR_US, sets)
        write_class(learners, sets, folder / "class", 0)
        write_export(nbgrader(sets), folder / "course")
        course = Course(folder / "course", python)
        course.run("generate_assignment", SET)
        for number, learner in enumerate(learners[:FOR_NBGRADER]):
            answers = {answer.question: answer.response for answer in learner.hand_in.answers}
            course.submit(f"made-up-{number}", SET, answers)
        theirs = seconds(lambda: course.run("autograde", SET)) / FOR_NBGRADER
        mark(folder / "class", folder / "warm-up")
        ours = seconds(lambda: mark(folder / "class", folder / "results")) / FOR_US
    ratio = theirs / ours
    verdict = "holds" if ratio >= LIMIT else "MISSED"
    print(f"{len(questions)} questions of {SET}, for each submission:")
    print(f"  nbgrader autograde  {theirs * 1000:10.2f} ms, of {FOR_NBGRADER} submissions")
    print(f"  cybernorms mark     {ours * 1000:10.2f} ms, of {FOR_US} submissions")
    print(f"  ratio               {ratio:10.0f}      (limit: {LIMIT} or more)  {verdict}")
    return 0 if ratio >= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
