"""Measure the marking of a class: ratios in one run; exit with 1 where a limit is missed.

python tests/benchmarks/marking.py [STUDENTS]    10,000 students if not given

The class is made up: a thousand different hand-ins of all sets, which a larger class uses again
under other names. What is said by the clock means little while other programs keep the cores busy.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cybernorms.exercises.questions import Question

DIFFERENT = 1_000
PAIRS = 15
AGAINST_JSON = 6.0
MEMORY_LIMIT = 300  # MiB, of all processes together
PAGES_LIMIT = 2.0  # seconds for 30 students
TWO_CORES = 0.75  # of the time of one
WORDS = ("State", "norm", "should", "not", "voluntary", "report", "évidence", "law", "of", "the")


def response(question: Question, chance: random.Random) -> Any:
    """Return an answer as a student of middling knowledge gives it."""
    from cybernorms.exercises.kinds import Match, Written
    from tests.answers import best_answer, worst_answer

    knows = chance.random() < 0.65
    if isinstance(question, Written):
        return " ".join(chance.choices(WORDS, k=150))
    if isinstance(question, Match):
        right = best_answer(question)
        guesses = {id: chance.choice(list(question.categories)) for id in right}
        return {id: right[id] if chance.random() < 0.7 else guesses[id] for id in right}
    return best_answer(question) if knows else worst_answer(question)


def write_class(folder: Path, students: int) -> None:
    """Write hand-ins with names as Canvas gives them."""
    from cybernorms.exercises.hand_in import as_bytes, make_hand_in
    from cybernorms.exercises.question_files import load_question_sets
    from cybernorms.exercises.record import Answer, History

    folder.mkdir()
    sets = load_question_sets()
    different = []
    for seed in range(min(students, DIFFERENT)):
        chance = random.Random(seed)
        answers = [
            Answer(one.id, one.revision, response(one, chance), "2026-03-01T10:15:00Z")
            for each in sets
            for one in each.questions
            for _ in range(chance.choice((1, 1, 2)))
        ]
        made = make_hand_in(History(tuple(answers)), sets, "@@", "2026-03-01T11:00:00Z")
        different.append(as_bytes(made))
    for number in range(students):
        content = different[number % len(different)].replace(b"@@", b"Student %d" % number)
        name = f"student{number}_{100_000 + number}_{500_000 + number}_hand-in.json"
        (folder / name).write_bytes(content)


def parse_and_compare(folder: Path) -> None:
    """Do the least that marking can be: parse each file, and compare each answer with a key."""
    from cybernorms.exercises.question_files import load_question_sets
    from tests.answers import best_answer

    key = {one.id: best_answer(one) for each in load_question_sets() for one in each.questions}
    for path in sorted(folder.iterdir()):
        last = {each["question"]: each for each in json.loads(path.read_bytes())["answers"]}
        sum(each["response"] == key[id] for id, each in last.items())


def processor_time(task: Callable[[], object]) -> float:
    begin = time.process_time()
    task()
    return time.process_time() - begin


class Run(NamedTuple):
    """What marking in a fresh process took: seconds by the clock and of processors, and MiB."""

    clock: float
    processor: float
    memory: float


def run(folder: Path, results: Path, processes: int | None) -> Run:
    """Mark in a fresh process; what other processes it starts counts too."""
    code = (
        "from pathlib import Path\n"
        "from cybernorms.classroom.run.class_run import mark_class\n"
        "if __name__ == '__main__':\n"
        f"    mark_class(Path({str(folder)!r}), Path({str(results)!r}), processes={processes})\n"
    )
    script = results.with_name("run.py")
    script.write_text(code)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    running = subprocess.Popen([sys.executable, script])
    most = 0.0
    while running.poll() is None:
        most = max(most, _memory_of(running.pid))
        time.sleep(0.5)  # a look takes milliseconds of every process that it looks at
    clock = time.perf_counter() - begin
    assert running.returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(clock, processor, most)


def _memory_of(pid: int) -> float:
    """Return MiB that a process and those that it started hold, what they share counted once."""
    found = 0.0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if pid in (int(path.name), parent):
                rows = (path / "smaps_rollup").read_text().splitlines()
                found += next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
        except (OSError, StopIteration, ValueError):
            continue
    return found


def told(name: str, measured: str, holds: bool) -> bool:
    print(f"{name:52} {measured}  {'holds' if holds else 'MISSED'}", flush=True)
    return holds


def measure_ratio(folder: Path, students: int = 1_000) -> bool:
    """Compare the marking of a class on one core with the least that it can be."""
    from cybernorms.classroom.run.class_run import mark_class

    write_class(folder / "some", students)
    ratios = []
    for number in range(PAIRS):
        floor = processor_time(lambda: parse_and_compare(folder / "some"))
        results = folder / f"results-{number}"
        ours = processor_time(partial(mark_class, folder / "some", results, processes=1))
        shutil.rmtree(results)
        ratios.append((ours / floor, 1000 * ours / students, 1000 * floor / students))
    ratio, ours, floor = sorted(ratios)[PAIRS // 2]
    measured = f"{ours:.2f} ms a student against {floor:.2f}: {ratio:.1f} (limit {AGAINST_JSON})"
    return told("marking against json and a key, one core", measured, ratio <= AGAINST_JSON)


def measure_pages(folder: Path) -> bool:
    """Time the marking of a usual class, from starting Python to the last page."""
    write_class(folder / "thirty", 30)
    took = run(folder / "thirty", folder / "results-thirty", 1).processor
    measured = f"{took:.2f} s (limit {PAGES_LIMIT})"
    return told("30 hand-ins with pages", measured, took <= PAGES_LIMIT)


def measure_large(folder: Path, students: int) -> bool:
    """Mark a class of thousands on one core and on two."""
    write_class(folder / "all", students)
    begin = time.perf_counter()
    parse_and_compare(folder / "all")
    floor = time.perf_counter() - begin
    ours = run(folder / "all", folder / "results-quick", None).clock
    shutil.rmtree(folder / "results-quick")
    measured = f"{ours:.1f} s against {floor:.1f} s: {ours / floor:.1f} (limit {AGAINST_JSON})"
    held = told(f"  {students:,} by the clock", measured, ours / floor <= AGAINST_JSON)
    two = run(folder / "all", folder / "results-two", 2)
    measured = f"{two.memory:.0f} MiB (limit {MEMORY_LIMIT})"
    held &= told(f"{students:,} on two cores: memory", measured, two.memory <= MEMORY_LIMIT)
    one = run(folder / "all", folder / "results-one", 1)
    share = two.clock / one.clock
    measured = f"{two.clock:.0f} s against {one.clock:.0f} s: {share:.2f} (limit {TWO_CORES})"
    return told("  two cores against one", measured, share <= TWO_CORES) and held


def main() -> int:
    """Print a line for each measure and return 0 where all hold."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        held = [measure_ratio(folder), measure_pages(folder), measure_large(folder, students)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
