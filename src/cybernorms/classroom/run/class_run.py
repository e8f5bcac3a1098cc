"""Mark a class: all hand-ins of a folder or a zip, whatever is in them, on all cores.

It goes over the class twice. First every file is read and its answers are put aside in one spool
file, and what is kept in memory is who sent it. Then each student's answers are taken from the
spool, marked, and written out at once. So memory does not grow with what was handed in, and the
order of all that is written depends on nothing but the input.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from cybernorms.classroom.intake.leftovers import without_leftovers
from cybernorms.classroom.intake.locations import Found, find_hand_ins
from cybernorms.classroom.intake.roster import read_roster
from cybernorms.classroom.intake.students import Read, Student, students_of, with_senders
from cybernorms.classroom.results.rubric_marks import lines_of, marks_in
from cybernorms.classroom.results.workplace import Workplace, workplace
from cybernorms.classroom.run.gradebook import Gradebook
from cybernorms.classroom.run.pool import Progress, Run, pool, without_collection
from cybernorms.classroom.run.worker import (
    KEPT_MARKS,
    SPOOL,
    Settings,
    close_worker,
    mark_chunk,
    read_chunk,
    worker_of,
)
from cybernorms.classroom.scoring.policy import Policy, read_policy
from cybernorms.classroom.tables import plural
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet


@dataclass(frozen=True)
class RunOutcome:
    """What a run did, in numbers, and where the results are."""

    results: Path
    students: int
    files: int
    refused: int
    problems: int

    def describe(self) -> str:
        """Return what was done, in a few lines."""
        lines = [f"Marked {plural(self.students, 'student')} from {plural(self.files, 'file')}."]
        if self.refused:
            lines.append(f"{plural(self.refused, 'file')} could not be read.")
        if self.problems:
            lines.append(f"{plural(self.problems, 'remark')} in {self.results / 'report.txt'}")
        return "\n".join([*lines, f"The results are in {self.results}"])


@without_collection()
def mark_class(
    hand_ins: Path,
    results: Path,
    *,
    roster: Path | None = None,
    policy: Path | None = None,
    questions: Path | None = None,
    processes: int | None = None,
    now: float | None = None,
) -> RunOutcome:
    """Mark all hand-ins and write the results, whole or not at all.

    Arguments:
        hand_ins: a folder, a zip from the LMS, or one file.
        results: the folder to write; results of an earlier run in it are replaced.
        roster: a list of the class as Canvas or Moodle exports it.
        policy: a policy file; else every last attempt counts, with no deadlines.
        questions: a folder of question sets; the module's own if not given.
        processes: how many processes; as many as are worth it if not given.
        now: the time, in seconds since 1970, by which deadlines have passed or not.

    Raises:
        CyberNormsError: the hand-ins, the roster, the policy or the results cannot be used.
    """
    sets = load_question_sets(questions)
    rules = read_policy(policy, [each.id for each in sets]) if policy else Policy()
    people = read_roster(roster) if roster else None
    with workplace(results) as work:
        found = list(find_hand_ins(hand_ins, (work.results, work.folder)))
        settings = Settings(questions, rules, (), work.folder)
        with pool(len(found), processes) as run:
            reads, answered = _read_all(run, settings, found)
            reads = without_leftovers(with_senders(reads, people))
            good = [read for read in reads if not read.problem]
            if not good:
                raise _nothing_to_mark(hand_ins, reads)
            students, notes = students_of(good, people)
            sets_counted = _counted(sets, answered, rules)
            _keep_rubric_marks(work, sets)
            settings = replace(
                settings,
                counted=tuple(each.id for each in sets_counted),
                open_sets=_open_sets(sets_counted, rules, time.time() if now is None else now),
            )
            with closing(Gradebook(work, worker_of(settings), people)) as book:
                _mark_all(run, settings, students, book)
                problems = book.finish(reads, students, notes)
        close_worker()
        return RunOutcome(work.results, len(students), len(found), len(reads) - len(good), problems)


def _keep_rubric_marks(work: Workplace, sets: Sequence[QuestionSet]) -> None:
    """Put the rubric marks of the results there are where every process finds them."""
    questions = {one.id: one for each in sets for one in each.questions}
    marks = marks_in(work.results, questions)
    if marks:
        path = work.folder / KEPT_MARKS
        path.write_text(lines_of(marks), encoding="utf-8-sig", newline="")
        shutil.copyfile(path, work.new / KEPT_MARKS)


def _open_sets(sets: Sequence[QuestionSet], policy: Policy, now: float) -> tuple[str, ...]:
    """Return the sets of which students may be told marks and reasons by now."""
    return tuple(
        each.id
        for each in sets
        if policy.feedback == "at once" or policy.deadlines.get(each.id, now) <= now
    )


def _read_all(run: Run, settings: Settings, found: Sequence[Found]) -> tuple[list[Read], set[str]]:
    """Read every file and put its answers into the spool.

    Returns:
        What is kept of each file, and the sets of which anybody has answered anything.
    """
    reads: list[Read] = []
    answered: set[str] = set()
    progress = Progress("Reading", len(found))
    with (settings.workplace / SPOOL).open("wb") as file:
        for chunk in run(read_chunk, settings, found):
            for read, packed in chunk.files:
                start = file.tell()
                file.write(packed)
                reads.append(read._replace(start=start, length=len(packed)))
            answered |= chunk.sets
            progress.step(len(chunk.files))
    progress.end()
    return reads, answered


def _nothing_to_mark(hand_ins: Path, reads: Sequence[Read]) -> CyberNormsError:
    if not reads:
        return CyberNormsError(
            "There is no hand-in in it",
            where=str(hand_ins),
            remedy="Name the folder of the hand-ins, or the zip that the LMS gave you",
        )
    first = reads[0]
    message = f"{first.path}, {first.problem}"
    return CyberNormsError(
        f"The only file in it cannot be read: {first.path} {first.problem}"
        if len(reads) == 1
        else f"None of the {len(reads):,} files in it can be read; the first, {message}",
        where=str(hand_ins),
        remedy="Name the folder or the zip in which the hand-ins lie",
    )


def _counted(
    sets: Sequence[QuestionSet], answered: Collection[str], policy: Policy
) -> list[QuestionSet]:
    """Return the sets that count: those of the policy, or those that somebody has answered."""
    wanted = policy.sets or answered
    counted = [each for each in sets if each.id in wanted]
    for each in counted:
        if any(question.withheld for question in each.questions):
            raise CyberNormsError(
                f"The set {each.id} has questions without their key, as students get them",
                remedy="Name the folder of the full question sets with --questions",
            )
    return counted


def _mark_all(run: Run, settings: Settings, students: Sequence[Student], book: Gradebook) -> None:
    progress = Progress("Marking", len(students))
    rest = iter(students)
    for chunk in run(mark_chunk, settings, students):
        book.add(list(islice(rest, len(chunk.students))), chunk)
        progress.step(len(chunk.students))
    progress.end()
