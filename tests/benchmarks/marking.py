"""Measure the marking of a class: ratios in one run; exit with 1 where a limit is missed.

python tests/benchmarks/marking.py [STUDENTS]    10,000 students if not given

What is measured is `cybernorms mark`, as a teacher runs it, from starting Python to the last page.
The class is made up, and every hand-in differs from all others, in each set. What is said by the
clock means little while other programs keep the cores busy. It needs Linux.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("cybernorms")
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cybernorms.exercises.questions import Question

PAIRS = 9
AGAINST_JSON = 6.0
MEMORY_LIMIT = 300  # MiB, of all processes together
PAGES_LIMIT = 2.0  # seconds for 30 students
TWO_CORES = 0.60  # of the time of one
WORDS = ("State", "norm", "should", "not", "voluntary", "report", "évidence", "law", "of", "the")


class Maker:
    """Makes hand-ins that all differ, in the form in which the module writes them.

    Encoding a million answers would take longer than marking them. So each answer that is chosen
    is encoded once for all, and what differs is put together as text: which of them a student
    gives, how items are matched, what is written, the time of each answer.
    """

    def __init__(self) -> None:
        from cybernorms.exercises.hand_in import HandIn, as_bytes
        from cybernorms.exercises.question_files import load_question_sets

        sets = load_question_sets()
        self._questions = [one for each in sets for one in each.questions]
        revisions = {each.id: each.revision for each in sets}
        empty = as_bytes(HandIn("@@", "2026-03-02T11:00:00Z", revisions, ())).decode()
        self._top, self._bottom = empty.split("\n\n")
        self._choices = [self._choices_of(one) for one in self._questions]
        self._words = [json.dumps(word)[1:-1] for word in WORDS]

    def _choices_of(self, question: Question) -> list[tuple[str, ...]]:
        """Return pieces of JSON of which one of each makes a response."""
        from cybernorms.exercises.kinds import Match, Written
        from tests.answers import best_answer, worst_answer

        if isinstance(question, Written):
            return []
        right = best_answer(question)
        if not isinstance(question, Match):
            # A student of middling knowledge is right two times in three.
            best, worst = json.dumps(right), json.dumps(worst_answer(question))
            return [(best, best, worst)]
        categories = list(question.categories)
        return [
            tuple(
                f"{json.dumps(item)}: {json.dumps(category)}"
                for category in [*categories, *[right[item]] * 2 * len(categories)]
            )
            for item in right
        ]

    def _response(self, index: int, chance: random.Random) -> str:
        choices = self._choices[index]
        if not choices:
            return f'"{" ".join(chance.choices(self._words, k=150))}"'
        if len(choices) == 1:
            return chance.choice(choices[0])
        return f"{{{', '.join([chance.choice(each) for each in choices])}}}"

    def __call__(self, number: int) -> bytes:
        """Return the hand-in of a student."""
        chance = random.Random(number)
        second = chance.randrange(3_600)
        lines = []
        for index, question in enumerate(self._questions):
            for _ in range(chance.choice((1, 1, 2))):
                second += chance.randrange(20, 200)
                minute, hour = second // 60 % 60, second // 3_600
                lines.append(
                    f'  {{"question": "{question.id}", "revision": "{question.revision}", '
                    f'"response": {self._response(index, chance)}, '
                    f'"at": "2026-03-01T{hour:02}:{minute:02}:{second % 60:02}Z"}}'
                )
        top = self._top.replace("@@", f"Student {number}")
        return "\n".join([top, ",\n".join(lines), self._bottom]).encode("ascii")


def write_class(folder: Path, students: int) -> Path:
    """Write hand-ins with names as Canvas gives them; return a list of the class beside them."""
    folder.mkdir()
    make = Maker()
    rows = ["Student,ID,SIS User ID,SIS Login ID,Section"]
    for number in range(students):
        name = f"student{number}_{100_000 + number}_{500_000 + number}_hand-in.json"
        (folder / name).write_bytes(make(number))
        rows.append(f"Student {number},{100_000 + number},s{number},s{number},One")
    roster = folder.with_name(f"{folder.name}-roster.csv")
    roster.write_text("\n".join([*rows, ""]), encoding="utf-8")
    return roster


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


def run(folder: Path, results: Path, cores: int | None, roster: Path | None = None) -> Run:
    """Give the command that a teacher gives; what other processes it starts counts too.

    Arguments:
        folder: the hand-ins.
        results: a new folder.
        cores: how many it may use; all if not given.
        roster: the list of the class, or None.
    """
    list_of_class = ["--roster", str(roster)] if roster else []
    command = [str(COMMAND), "mark", str(folder), "--to", str(results), *list_of_class]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:cores])
    try:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    finally:
        os.sched_setaffinity(0, allowed)
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


def verdict(name: str, measured: str, holds: bool) -> bool:
    print(f"{name:52} {measured}  {'holds' if holds else 'MISSED'}", flush=True)
    return holds


def measure_ratio(folder: Path, students: int = 1_000) -> bool:
    """Compare the marking of a class on one core with the least that it can be."""
    roster = write_class(folder / "some", students)
    held = True
    for name, people in (("one core", None), ("  with a roster", roster)):
        ratios = []
        for number in range(PAIRS):
            floor = processor_time(lambda: parse_and_compare(folder / "some"))
            results = folder / f"results-{number}"
            ours = run(folder / "some", results, 1, people).processor
            shutil.rmtree(results)
            ratios.append((ours / floor, 1000 * ours / students, 1000 * floor / students))
        ratio, ours, floor = sorted(ratios)[PAIRS // 2]
        measured = f"{ours:.2f} ms a student against {floor:.2f}: {ratio:.1f}"
        held &= verdict(
            f"marking against json and a key, {name}",
            f"{measured} (limit {AGAINST_JSON})",
            ratio <= AGAINST_JSON,
        )
    return held


def measure_pages(folder: Path) -> bool:
    """Time the marking of a usual class, from starting Python to the last page."""
    write_class(folder / "thirty", 30)
    took = run(folder / "thirty", folder / "results-thirty", 1).processor
    measured = f"{took:.2f} s (limit {PAGES_LIMIT})"
    return verdict("30 hand-ins with pages", measured, took <= PAGES_LIMIT)


def measure_large(folder: Path, students: int) -> bool:
    """Mark a class of thousands on one core and on two."""
    write_class(folder / "all", students)
    begin = time.perf_counter()
    parse_and_compare(folder / "all")
    floor = time.perf_counter() - begin
    ours = run(folder / "all", folder / "results-quick", None).clock
    shutil.rmtree(folder / "results-quick")
    measured = f"{ours:.1f} s against {floor:.1f} s: {ours / floor:.1f} (limit {AGAINST_JSON})"
    held = verdict(f"  {students:,} by the clock", measured, ours / floor <= AGAINST_JSON)
    two = run(folder / "all", folder / "results-two", 2)
    measured = f"{two.memory:.0f} MiB (limit {MEMORY_LIMIT})"
    held &= verdict(f"{students:,} on two cores: memory", measured, two.memory <= MEMORY_LIMIT)
    one = run(folder / "all", folder / "results-one", 1)
    share = two.clock / one.clock
    measured = f"{two.clock:.0f} s against {one.clock:.0f} s: {share:.2f} (limit {TWO_CORES})"
    return verdict("  two cores against one", measured, share <= TWO_CORES) and held


def main() -> int:
    """Print a line for each measure and return 0 where all hold."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        held = [measure_ratio(folder), measure_pages(folder), measure_large(folder, students)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
