"""Mark a class: all hand-ins of a folder or a zip, whatever is in them, on all cores.

It goes over the class twice. First every file is read and its answers are put aside in one spool
file, and what is kept in memory is who sent it. Then each student's answers are taken from the
spool, marked, and written out at once. So memory does not grow with what was handed in, and the
order of all that is written depends on nothing but the input.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from cybernorms.classroom.places import Found, Refused, close_archives, find_places, read_place
from cybernorms.classroom.policy import Policy, read_policy
from cybernorms.classroom.reading import read_hand_in
from cybernorms.classroom.results import Workplace, csv_lines, workplace
from cybernorms.classroom.roster import Roster, Sender, name_key, read_roster, sender_of
from cybernorms.classroom.scoring import Marker, Result, attempts_of, keys_of, results_of
from cybernorms.classroom.workers import Progress, Run, workers
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet


@dataclass(frozen=True)
class Settings:
    """All that a process needs to know to read and to mark; `counted` are the sets that count."""

    questions: Path | None
    policy: Policy
    counted: tuple[str, ...]
    spool: str
    new: str
    told: tuple[str, ...] = ()
    pages: bool = True


class Read(NamedTuple):
    """What is kept of a file that was read: who sent it, and where its answers lie."""

    shown: str
    problem: str
    name: str = ""
    created: float | None = None
    notes: tuple[str, ...] = ()
    digest: str = ""
    sets: tuple[str, ...] = ()
    start: int = 0
    length: int = 0


@dataclass
class Student:
    """Someone whose hand-ins are marked together."""

    key: str
    name: str
    sender: Sender
    at: int | None = None
    reads: list[Read] = field(default_factory=list)


class Row(NamedTuple):
    """A student's sums, by set in order."""

    points: tuple[float, ...]
    waiting: tuple[float, ...]
    lost: tuple[float, ...]
    answered: tuple[int, ...]


class Marked(NamedTuple):
    """What comes back for one student: the sums, and the line for students.csv."""

    row: Row
    line: str


@dataclass(frozen=True)
class Outcome:
    """What a run did, in numbers, and where the results are."""

    results: Path
    students: int
    files: int
    refused: int
    problems: int

    def told(self) -> str:
        """Return what was done, in a few lines."""
        lines = [f"Marked {_count(self.students, 'student')} from {_count(self.files, 'file')}."]
        if self.refused:
            lines.append(f"{_count(self.refused, 'file')} could not be read.")
        if self.problems:
            lines.append(f"{_count(self.problems, 'remark')} in {self.results / 'report.txt'}")
        return "\n".join([*lines, f"The results are in {self.results}"])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class Desk:
    """The question sets and the marker of one process."""

    def __init__(self, settings: Settings) -> None:
        self.sets = load_question_sets(settings.questions)
        self.questions = {one.id: one for each in self.sets for one in each.questions}
        self.revisions = {id: one.revision for id, one in self.questions.items()}
        self.set_of = {one.id: each.id for each in self.sets for one in each.questions}
        self.counted = [each for each in self.sets if each.id in settings.counted]
        self.keys = keys_of(self.counted)
        self.marker = Marker(self.questions)

    @property
    def columns(self) -> list[str]:
        """Return the columns of students.csv after that of the student."""
        return [key for _, key, _ in self.keys]


@lru_cache(maxsize=1)
def _desk(settings: Settings) -> Desk:
    return Desk(settings)


@lru_cache(maxsize=1)
def _spool(path: str) -> BinaryIO:
    return Path(path).open("rb")


def _read_chunk(settings: Settings, found: Sequence[Found]) -> list[tuple[Read, bytes]]:
    desk = _desk(settings)
    return [_read_one(desk, each) for each in found]


def _read_one(desk: Desk, found: Found) -> tuple[Read, bytes]:
    shown = found.place.shown
    if found.problem:
        return Read(shown, found.problem), b""
    try:
        content = read_hand_in(read_place(found.place), desk.questions, desk.revisions)
    except Refused as reason:
        return Read(shown, str(reason)), b""
    answered = {answer[0].partition(":")[0] for answer in content.answers}
    sets = tuple(sorted({desk.set_of[id] for id in answered}))
    blob = pickle.dumps(content.answers, protocol=5)
    read = Read(shown, "", content.name, content.created, content.notes, content.digest, sets)
    return read, blob


def _mark_chunk(settings: Settings, students: Sequence[Student]) -> list[Marked]:
    desk = _desk(settings)
    spool = _spool(settings.spool)
    return [_mark_one(desk, settings, spool, student) for student in students]


def _mark_one(desk: Desk, settings: Settings, spool: BinaryIO, student: Student) -> Marked:
    hand_ins = []
    for read in student.reads:
        spool.seek(read.start)
        hand_ins.append((read.created, pickle.loads(spool.read(read.length))))
    if settings.policy.hand_ins == "last":
        hand_ins = hand_ins[-1:]
    candidates = [hand_ins] if settings.policy.hand_ins != "best" else [[one] for one in hand_ins]
    best: list[Result] = []
    for candidate in candidates:
        results = results_of(attempts_of(candidate), desk.keys, settings.policy, desk.marker)
        if not best or _total(results) >= _total(best):
            best = results
    return Marked(_row(desk, best), csv_lines([[student.name, *map(_told, best)]]))


def _total(results: Sequence[Result]) -> float:
    return sum(each.points or 0.0 for each in results)


def _told(result: Result) -> float | str:
    """Return the credit of an answer, or in a word why it has none."""
    return result.state if result.credit is None else result.credit


def _row(desk: Desk, results: Sequence[Result]) -> Row:
    points, waiting, lost, answered = [], [], [], []
    rest = iter(results)
    for each in desk.counted:
        mine = [next(rest) for _ in keys_of([each])]
        points.append(_total(mine))
        waiting.append(sum(one.waiting for one in mine))
        lost.append(sum((one.credit or 0) * one.question.points * one.penalty for one in mine))
        answered.append(
            sum(
                one.state in ("marked", "awaiting teacher")
                for one in mine
                if one.question.use == "graded"
            )
        )
    return Row(tuple(points), tuple(waiting), tuple(lost), tuple(answered))


def mark_class(
    hand_ins: Path,
    results: Path,
    *,
    roster: Path | None = None,
    policy: Path | None = None,
    questions: Path | None = None,
    processes: int | None = None,
    pages: bool = True,
    now: float | None = None,
) -> Outcome:
    """Mark all hand-ins and write the results, whole or not at all.

    Arguments:
        hand_ins: a folder, a zip from the LMS, or one file.
        results: the folder to write; results of an earlier run in it are replaced.
        roster: a list of the class as Canvas or Moodle exports it.
        policy: a policy file; else every last attempt counts, with no deadlines.
        questions: a folder of question sets; the module's own if not given.
        processes: how many processes; as many as are worth it if not given.
        pages: whether to write a feedback page for each student.
        now: the time, in seconds since 1970, by which deadlines have passed or not.

    Raises:
        CyberNormsError: the hand-ins, the roster, the policy or the results cannot be used.
    """
    sets = load_question_sets(questions)
    rules = read_policy(policy, [each.id for each in sets]) if policy else Policy()
    people = read_roster(roster) if roster else None
    with workplace(results) as place:
        found = list(find_places(hand_ins, (place.results, place.folder)))
        spool = place.folder / "spool"
        settings = Settings(questions, rules, (), str(spool), str(place.new), pages=pages)
        with workers(len(found), processes) as run:
            reads = _read_all(run, settings, found, spool)
            good = [read for read in reads if not read.problem]
            if not good:
                raise _nothing_to_mark(hand_ins, reads)
            students, notes = _students(good, people)
            counted = _counted(sets, good, rules)
            settings = Settings(
                questions,
                rules,
                tuple(each.id for each in counted),
                str(spool),
                str(place.new),
                pages=pages,
            )
            book = Gradebook(place, settings, people)
            _mark_all(run, settings, students, book)
        _close()
        problems = book.finish(reads, notes)
        return Outcome(place.results, len(students), len(found), len(reads) - len(good), problems)


def _close() -> None:
    """Let go of the files that this process holds open."""
    close_archives()
    _spool.cache_clear()
    _desk.cache_clear()


def _read_all(run: Run, settings: Settings, found: Sequence[Found], spool: Path) -> list[Read]:
    """Read every file, put its answers into the spool, and return what is kept of it."""
    reads, progress = [], Progress("Reading", len(found))
    with spool.open("wb") as file:
        for chunk in run(_read_chunk, settings, found):
            for read, blob in chunk:
                start = file.tell()
                file.write(blob)
                reads.append(read._replace(start=start, length=len(blob)))
            progress.step(len(chunk))
    progress.end()
    return reads


def _nothing_to_mark(hand_ins: Path, reads: Sequence[Read]) -> CyberNormsError:
    if not reads:
        return CyberNormsError(
            "There is no hand-in in it",
            where=str(hand_ins),
            remedy="Name the folder of the hand-ins, or the zip that the LMS gave you",
        )
    first = reads[0]
    return CyberNormsError(
        f"None of {len(reads)} files in it can be read; the first, {first.shown}, {first.problem}",
        where=str(hand_ins),
        remedy="Ask for the files from work/hand-ins, which hand_in() writes",
    )


def _counted(
    sets: Sequence[QuestionSet], reads: Sequence[Read], policy: Policy
) -> list[QuestionSet]:
    """Return the sets that count: those of the policy, or those that somebody has answered."""
    wanted = set(policy.sets) or {id for read in reads for id in read.sets}
    return [each for each in sets if each.id in wanted]


def _students(reads: Sequence[Read], roster: Roster | None) -> tuple[list[Student], list[str]]:
    """Return the students in order, each with their hand-ins in order, and what is odd."""
    students: dict[str, Student] = {}
    notes = []
    for read in reads:
        sender = sender_of(read.shown)
        at, problem = roster.find(sender, read.name) if roster else (None, "")
        if problem:
            notes.append(f"{read.shown}: {problem}.")
        key, name = _identity(read, sender, at, roster)
        student = students.setdefault(key, Student(key, name, sender, at))
        student.reads.append(read)
    for student in students.values():
        student.reads.sort(key=_when)
        if roster is None and not student.sender.id and student.reads[-1].name:
            student.name = student.reads[-1].name
    return sorted(students.values(), key=_rank), notes


def _identity(read: Read, sender: Sender, at: int | None, roster: Roster | None) -> tuple[str, str]:
    """Return a key that is the same for all hand-ins of one student, and the name to show."""
    if roster and at is not None:
        person = roster.people[at]
        return f"{roster.kind}:{person.id or at}", person.name
    name = read.name or sender.name
    if sender.id:
        return f"{sender.lms}:{sender.id}", name
    if name_key(name):
        return f"name:{name_key(name)}", name
    return f"file:{read.shown}", read.shown


def _when(read: Read) -> tuple[int, float, str]:
    """Return what puts the hand-ins of one student in order, the last one last."""
    return sender_of(read.shown).file, read.created or 0.0, read.shown


def _rank(student: Student) -> tuple[bool, int, str, str]:
    return student.at is None, student.at or 0, name_key(student.name), student.key


def _mark_all(run: Run, settings: Settings, students: Sequence[Student], book: Gradebook) -> None:
    progress = Progress("Marking", len(students))
    rest = iter(students)
    for chunk in run(_mark_chunk, settings, students):
        for marked in chunk:
            book.add(next(rest), marked)
        progress.step(len(chunk))
    progress.end()


class Gradebook:
    """The tables of results, written line by line as students are marked."""

    def __init__(self, place: Workplace, settings: Settings, roster: Roster | None) -> None:
        self._place = place
        self._desk = _desk(settings)
        self._roster = roster
        self._problems: list[str] = []
        self._files = ExitStack()
        self._gradebook = self._open("gradebook.csv", self._head())
        self._students = self._open("students.csv", ["student", *self._desk.columns])

    def _open(self, name: str, head: Sequence[str]) -> TextIO:
        path = self._place.new / name
        # The mark at the front tells spreadsheets that this is UTF-8.
        file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        file.write(csv_lines([head]))
        return self._files.enter_context(file)

    def _head(self) -> list[str]:
        head = ["student", "lms id", "points", "out of", "awaiting teacher", "lost for lateness"]
        for each in self._desk.counted:
            head += [f"{each.id} points", f"{each.id} out of", f"{each.id} awaiting teacher"]
        return [*head, "files"]

    def add(self, student: Student, marked: Marked) -> None:
        """Write the lines of one student."""
        row = marked.row
        sets = self._desk.counted
        cells: list[Any] = [student.name, student.sender.id, sum(row.points)]
        cells += [sum(each.points for each in sets), sum(row.waiting), sum(row.lost)]
        for each, points, waiting in zip(sets, row.points, row.waiting, strict=True):
            cells += [points, each.points, waiting]
        cells.append("; ".join(read.shown for read in student.reads))
        self._gradebook.write(csv_lines([cells]))
        self._students.write(marked.line)

    def finish(self, reads: Sequence[Read], notes: Sequence[str]) -> int:
        """Write the report and close all tables; return how many problems it tells of."""
        problems = [f"{read.shown} {read.problem}." for read in reads if read.problem]
        problems += [f"{read.shown} {note}." for read in reads for note in read.notes]
        problems += notes
        text = "\n".join(["What was odd", "", *(problems or ["Nothing."]), ""])
        (self._place.new / "report.txt").write_text(text, encoding="utf-8", errors="replace")
        self._files.close()
        return len(problems)
