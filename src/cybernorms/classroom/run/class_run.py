"""Mark a class: all hand-ins of a folder or a zip, whatever is in them, on all cores.

It goes over the class twice. First every file is read and its answers are put aside in one spool
file, and what is kept in memory is who sent it. Then each student's answers are taken from the
spool, marked, and written out at once. So memory does not grow with what was handed in, and the
order of all that is written depends on nothing but the input.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cybernorms.classroom.intake.locations import find_hand_ins
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import Read, Unmatched, students_of
from cybernorms.classroom.results.class_remarks import same_answers
from cybernorms.classroom.results.rubric_tables import lines_of, marks_in
from cybernorms.classroom.results.run_report import ClassRemarks
from cybernorms.classroom.results.secret import new_secret, read_secret, write_secret
from cybernorms.classroom.results.workbooks import has_workbooks, write_workbooks
from cybernorms.classroom.results.workplace import Workplace, workplace
from cybernorms.classroom.run.class_rules import ClassRules, rules_of
from cybernorms.classroom.run.gradebook import Gradebook
from cybernorms.classroom.run.mailed import kept_from_the_lms, lines_on, without
from cybernorms.classroom.run.one_name import two_of_one_name
from cybernorms.classroom.run.pool import Progress, Run, pool, without_collection
from cybernorms.classroom.run.reading import Entered, Reading
from cybernorms.classroom.run.shared_answers import shared_pairs
from cybernorms.classroom.run.worker import (
    KEPT_MARKS,
    SPOOL,
    Settings,
    close_worker,
    mark_chunk,
    worker_of,
)
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.policy_file import read_policy
from cybernorms.classroom.scoring.rules import NamedRules
from cybernorms.classroom.scoring.scorer import keys_of
from cybernorms.classroom.tables import plural
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet
from cybernorms.paths import quoted

Confirm = Callable[[Sequence[str]], bool]


@dataclass(frozen=True)
class RunOutcome:
    """What a run did, in numbers, what must not be overlooked, and where the results are."""

    results: Path
    students: int
    files: int
    refused: int
    problems: int
    essays: int = 0
    loud: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return what was done, in a few lines; what must not be overlooked comes first."""
        lines = [
            *self.loud,
            f"Marked {plural(self.students, 'student')} from {plural(self.files, 'file')}.",
        ]
        if self.refused:
            lines.append(f"{plural(self.refused, 'file')} could not be read.")
        if self.essays:
            essays = plural(self.essays, "written answer")
            lines.append(f"{essays} to mark: cybernorms essays {quoted(self.results)}")
        begin = f"Begin with {self.results / 'report.html'}"
        if self.problems:
            begin += f", which has {plural(self.problems, 'remark')}"
        return "\n".join([*lines, f"{begin}."])


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
    confirm: Confirm | None = None,
    workbooks: bool = False,
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
        confirm: is shown lines on what a policy takes from most students, and says whether that
            is meant; without it, it is not.
        workbooks: whether to write gradebook and rubric as workbooks too, as is done anyway where
            the results of an earlier run have them.

    Raises:
        CyberNormsError: the hand-ins, the roster, the policy or the results cannot be used, or
            what the policy takes is not meant.
    """
    sets = load_question_sets(questions)
    rules = read_policy(policy, sets) if policy else Policy()
    course = _Course(sets, rules, _roster(roster) if roster else None, workbooks)
    with workplace(results, hand_ins) as work:
        write_secret(work.new, read_secret(work.results) or new_secret())
        found = list(find_hand_ins(hand_ins, (work.results, work.folder, work.lock)))
        if now is None:
            now = time.time()
        general = replace(rules, named=NamedRules())
        settings = Settings(questions, general, (), work.folder, now)
        reading = Reading(settings, found, course.roster)
        try:
            with pool(reading.worth, processes) as run:
                entered = reading.read_all(run)
                if all(read.problem for read in entered.reads):
                    raise _nothing_to_mark(hand_ins, entered.reads)
                return _mark_class(run, settings, work, course, entered, confirm)
        finally:
            close_worker()


def _roster(path: Path) -> Roster:
    # Most runs have none, and to prepare for how ids are mangled takes as long as a few hand-ins.
    from cybernorms.classroom.intake.roster_files import read_roster

    return read_roster(path)


class _Course(NamedTuple):
    """What a class is marked by: question sets, policy, roster; and whether to write workbooks."""

    sets: Sequence[QuestionSet]
    policy: Policy
    roster: Roster | None
    workbooks: bool


def _mark_class(
    run: Run,
    settings: Settings,
    work: Workplace,
    course: _Course,
    entered: Entered,
    confirm: Confirm | None,
) -> RunOutcome:
    """Mark what the files hold, and write the results into the workplace."""
    spool = settings.workplace / SPOOL
    whole, unmatched = _people(course, entered.reads)
    apart = kept_from_the_lms(whole.students, _set_of(course.sets), spool)
    if apart:
        entered = entered._replace(reads=without(entered.reads, apart))
        whole, unmatched = _people(course, entered.reads)
    _keep_rubric_marks(work, course.sets)
    counted = _counted(course.sets, entered.answered, course.policy)
    settings = replace(settings, counted=tuple(each.id for each in counted))
    with closing(Gradebook(work, worker_of(settings), course.roster)) as book:
        _mark_all(run, settings, whole, book)
        _must_be_meant(book.late.takes_most(), confirm)
        about = _about(whole, unmatched, entered, spool)
        about = about._replace(one_name=[*lines_on(apart), *about.one_name])
        report = book.finish(entered.reads, about)
    if course.workbooks or has_workbooks(work.results):
        write_workbooks(work.new)
    refused = sum(read.files for read in entered.reads if read.problem)
    return RunOutcome(
        *(work.results, len(whole.students), entered.files, refused),
        problems=report.problems + len(whole.problems),
        essays=book.essays,
        loud=tuple(book.loud),
    )


def _people(course: _Course, reads: Sequence[Read]) -> tuple[ClassRules, Sequence[Unmatched]]:
    """Return the students with what holds for each, and the files of nobody on the roster."""
    good = [read for read in reads if not read.problem]
    students, unmatched = students_of(good, course.roster)
    return rules_of(students, course.roster, course.policy.named), unmatched


def _set_of(sets: Sequence[QuestionSet]) -> dict[str, str]:
    return {key: set for set, key, _ in keys_of(sets)}


def _must_be_meant(lines: Sequence[str], confirm: Confirm | None) -> None:
    """Let the teacher say whether lateness is to cost most students more than half.

    Raises:
        CyberNormsError: that is not meant.
    """
    if lines and not (confirm and confirm(lines)):
        raise CyberNormsError(
            f"Nothing was changed, because by this policy {'; '.join(lines)}",
            remedy="Correct the deadline, or give the command again with --yes",
        )


def _about(
    whole: ClassRules, unmatched: Sequence[Unmatched], entered: Entered, spool: Path
) -> ClassRemarks:
    """Return what was found out about the class before it was marked."""
    # What a group handed in under its own name is that of its members.
    placed = {one.path for each in whole.students if each.row is not None for one in each.reads}
    groups = [each.group for each in whole.rules]
    files = [[entered.prints[read.start] for read in student.reads] for student in whole.students]
    return ClassRemarks(
        students=whole.students,
        unmatched=[each.describe() for each in unmatched if not placed.issuperset(each.paths)],
        policy=whole.problems,
        groups=whole.groups,
        members={
            student.key for student, group in zip(whole.students, groups, strict=True) if group
        },
        shared=same_answers(whole.students, groups, shared_pairs(files, groups)),
        files=entered.files,
        one_name=two_of_one_name(whole.students, entered.prints, spool),
    )


def _keep_rubric_marks(work: Workplace, sets: Sequence[QuestionSet]) -> None:
    """Put the rubric marks of the results there are where every process finds them."""
    questions = {one.id: one for each in sets for one in each.questions}
    marks = marks_in(work.results, questions)
    if marks:
        path = work.folder / KEPT_MARKS
        path.write_text(lines_of(marks), encoding="utf-8-sig", newline="")
        shutil.copyfile(path, work.new / KEPT_MARKS)


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
    """Return the sets that count: those of the policy, or those that somebody has answered.

    A set in which somebody has points by hand counts too.
    """
    by_hand = {key for each in policy.named.overrides.values() for key in each}
    wanted = policy.sets or {
        each.id
        for each in sets
        if each.id in answered or by_hand & {each.id, *(one.id for one in each.questions)}
    }
    counted = [each for each in sets if each.id in wanted]
    for each in counted:
        if any(question.withheld for question in each.questions):
            raise CyberNormsError(
                f"The set {each.id} has questions without their key, as students get them",
                remedy="Name the folder of the full question sets with --questions",
            )
    return counted


def _mark_all(run: Run, settings: Settings, whole: ClassRules, book: Gradebook) -> None:
    progress = Progress("Marking", len(whole.students))
    rest = iter(whole.students)
    tasks = list(zip(whole.students, whole.rules, strict=True))
    for chunk in run(mark_chunk, settings, tasks):
        book.add(list(islice(rest, len(chunk.students))), chunk)
        progress.step(len(chunk.students))
    progress.end()
