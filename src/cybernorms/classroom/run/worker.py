"""What one process does: read files, and mark students one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from sys import intern
from typing import BinaryIO, NamedTuple

from cybernorms.classroom.intake.answers import Answers
from cybernorms.classroom.intake.archives import Refused
from cybernorms.classroom.intake.hand_in_files import read_hand_in
from cybernorms.classroom.intake.locations import Found, close_archives, read_location
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.results.feedback_pages import PageWriter, page_name
from cybernorms.classroom.results.packets import PacketText, packet_text
from cybernorms.classroom.results.rubric_marks import WrittenText, blind_id, credit_of, read_marks
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.scorer import (
    Result,
    ScoredAnswers,
    Scorer,
    is_answer,
    keys_of,
)
from cybernorms.classroom.scoring.tallies import Tallies
from cybernorms.classroom.tables import cell, csv_lines
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.question_files import load_question_sets

SPOOL = "spool"
KEPT_MARKS = "rubric-marks.csv"


@dataclass(frozen=True)
class Settings:
    """All that a process needs to know to read and to mark; `counted` are the sets that count."""

    questions: Path | None
    policy: Policy
    counted: tuple[str, ...]
    workplace: Path
    open_sets: tuple[str, ...] = ()


class SetPoints(NamedTuple):
    """A student's points by set in order; `grade` is what the LMS is told.

    A set to which there is no answer has None in each.
    """

    points: list[float | None]
    waiting: list[float | None]
    lost: list[float | None]
    grade: list[float | None]


class Marked(NamedTuple):
    """What comes back for one student.

    `who` are name and id as they stand in a line of CSV, `page` is the name of the student's page.
    """

    who: str
    page: str
    row: SetPoints
    texts: list[PacketText]


class MarkedChunk(NamedTuple):
    """What comes back for some students: each of them, their lines of students.csv, counts."""

    students: list[Marked]
    lines: str
    tallies: Tallies


class Worker:
    """All that one process has at hand: question sets, rubric marks, a marker that remembers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sets = load_question_sets(settings.questions)
        self.questions = {one.id: one for each in self.sets for one in each.questions}
        keys = [(set, intern(key), one) for set, key, one in keys_of(self.sets)]
        self.question_of = {key: one for _, key, one in keys}
        self.set_of = {key: set for set, key, _ in keys}
        self.counted = [each for each in self.sets if each.id in settings.counted]
        self.graded = [each for each in self.counted if each.points]
        self.keys = [key for key in keys if key[0] in settings.counted]
        self.score = Scorer(self.keys, settings.policy)
        practice = settings.policy.mode == "self-study"
        self.page = PageWriter(self.counted, self.keys, settings.open_sets, practice=practice)
        self.columns = {
            each.id: [column for column, (set, _, _) in enumerate(self.keys) if set == each.id]
            for each in self.counted
        }
        self.graded_columns = [
            [
                column
                for column, (set, _, one) in enumerate(self.keys)
                if set == each.id and one.points
            ]
            for each in self.graded
        ]
        self.written_columns = [
            column for column, (*_, question) in enumerate(self.keys) if question.by_teacher
        ]
        self.written = {
            key: question for _, key, question in self.keys if isinstance(question, Written)
        }
        self.pages = settings.workplace / "new" / "pages"
        kept = settings.workplace / KEPT_MARKS
        self.rubric = read_marks(kept, self.questions) if kept.is_file() else {}


@lru_cache(maxsize=1)
def worker_of(settings: Settings) -> Worker:
    """Return the worker of this process, which it keeps for the next chunk."""
    return Worker(settings)


@lru_cache(maxsize=1)
def _spool(path: Path) -> BinaryIO:
    return path.open("rb")


class ReadChunk(NamedTuple):
    """What comes back for some files: what is kept of each and its answers, packed; their sets."""

    files: list[tuple[Read, bytes]]
    sets: set[str]


def read_chunk(settings: Settings, found: Sequence[Found]) -> ReadChunk:
    """Read some files."""
    worker = worker_of(settings)
    files: list[tuple[Read, bytes]] = []
    answered: set[str] = set()
    for each in found:
        read, packed, keys = _read_one(worker, each)
        files.append((read, packed))
        answered.update(keys)
    return ReadChunk(files, {worker.set_of[key] for key in answered})


def _read_one(worker: Worker, found: Found) -> tuple[Read, bytes, Sequence[str]]:
    """Return what is kept of a file, its answers, packed, and what they answer."""
    read = Read(found.location.path, found.problem, steps=found.location.steps)
    if found.problem:
        return read, b"", ()
    try:
        content = read_hand_in(
            read_location(found.location), worker.question_of, found.location.name
        )
    except Refused as reason:
        return read._replace(problem=str(reason)), b"", ()
    read = read._replace(
        name=content.name,
        created=content.created,
        notes=content.notes,
        digest=sha256(content.packed).hexdigest()[:16],
        answers=len(content.keys),
        older=content.older,
        is_record=content.is_record,
    )
    return read, content.packed, content.keys


def mark_chunk(settings: Settings, students: Sequence[Student]) -> MarkedChunk:
    """Mark some students, and write their pages."""
    worker = worker_of(settings)
    spool = _spool(settings.workplace / SPOOL)
    lines, marked, counted = [], [], []
    for student in students:
        results, attempted = _results_that_count(worker, _hand_ins(spool, student))
        texts = {
            results[column].key: _text(worker, student, results[column], text)
            for column in worker.written_columns
            if (text := results[column].text)
        }
        if worker.rubric:
            results = [
                _with_rubric(each, texts[each.key]) if each.key in texts else each
                for each in results
            ]
        counted.append(ScoredAnswers(results, attempted))
        row = _row(worker, results)
        page = _write_page(worker, student, results, texts, row)
        who = csv_lines([[student.name, student.sender.id]]).removesuffix("\r\n")
        lines.append(",".join([who, *_cells(worker, results)]))
        packets = [packet_text(worker.written[key], text) for key, text in texts.items()]
        marked.append(Marked(who, page, row, packets))
    tallies = Tallies(worker.keys)
    tallies.add(counted)
    return MarkedChunk(marked, "".join(f"{line}\r\n" for line in lines), tallies)


def _cells(worker: Worker, results: Sequence[Result]) -> list[str]:
    """Return what students.csv has of each result: nothing for sets without any answer."""
    cells = [each.state if each.credit is None else cell(each.credit) for each in results]
    for columns in worker.columns.values():
        if not any(is_answer(results[column]) for column in columns):
            for column in columns:
                cells[column] = ""
    return cells


def _write_page(
    worker: Worker,
    student: Student,
    results: Sequence[Result],
    texts: Mapping[str, WrittenText],
    row: SetPoints,
) -> str:
    """Write the page of a student and return its name."""
    content = worker.page(student.name, results, texts, row.points, row.waiting)
    name = page_name(student.name, student.key)
    (worker.pages / name).write_bytes(content)
    return name


def _hand_ins(spool: BinaryIO, student: Student) -> list[Answers]:
    """Return the answers of each of a student's hand-ins, the last hand-in last."""
    found = []
    for read in student.reads:
        spool.seek(read.start)
        found.append(Answers(spool.read(read.length)))
    return found


def _results_that_count(worker: Worker, hand_ins: list[Answers]) -> ScoredAnswers:
    """Return the results of the hand-ins that count by the policy, decided for each set apart.

    A hand-in without an answer to a set takes nothing away from it.
    """
    policy = worker.settings.policy
    if policy.hand_ins == "per question last" or len(hand_ins) == 1:
        return worker.score(hand_ins)
    scored = [worker.score([each]) for each in hand_ins]
    results, attempted = list(scored[-1].results), []
    for set, columns in worker.columns.items():
        counts = _hand_in_that_counts(worker, scored, columns, best=policy.hand_ins == "best")
        for column in columns:
            results[column] = scored[counts].results[column]
        attempted += [key for key in scored[counts].attempted if worker.set_of[key] == set]
    return ScoredAnswers(results, attempted)


def _hand_in_that_counts(
    worker: Worker, scored: Sequence[ScoredAnswers], columns: Sequence[int], *, best: bool
) -> int:
    """Return which hand-in counts for a set: the last with an answer to it, or the best of them."""

    def answered(number: int, *, graded: bool) -> bool:
        return any(
            is_answer(scored[number].results[column])
            for column in columns
            if worker.keys[column][2].points or not graded
        )

    def points(number: int) -> float:
        return sum(scored[number].results[column].points or 0.0 for column in columns)

    for graded in (True, False):
        numbers = [number for number, _ in enumerate(scored) if answered(number, graded=graded)]
        if numbers:
            return max(reversed(numbers), key=points) if best else numbers[-1]
    return len(scored) - 1


def _text(worker: Worker, student: Student, result: Result, text: str) -> WrittenText:
    blind = blind_id(student.key, result.question.id, text)
    return WrittenText(blind, text, worker.rubric.get((result.question.id, blind), {}))


def _with_rubric(result: Result, text: WrittenText) -> Result:
    """Return a written answer with the marks that a teacher gave it, once they are complete."""
    assert isinstance(result.question, Written)
    credit = credit_of(result.question, text.marks)
    if credit is None:
        return result
    points = credit * result.question.points * (1 - result.penalty)
    return result._replace(state="marked", credit=credit, points=points)


def _row(worker: Worker, results: Sequence[Result]) -> SetPoints:
    sums = [_sums([results[column] for column in columns]) for columns in worker.graded_columns]
    points, waiting, lost, taking_part = map(list, zip(*sums, strict=True)) if sums else ([],) * 4
    classroom = worker.settings.policy.mode == "classroom"
    return SetPoints(points, waiting, lost, taking_part if classroom else points)


def _sums(
    results: Sequence[Result],
) -> tuple[float | None, float | None, float | None, float | None]:
    """Return points, those awaited, those lost and those for taking part in a set.

    They are None where none of its graded questions was answered.
    """
    points = waiting = lost = taking_part = 0.0
    answered = [result for result in results if is_answer(result)]
    if not answered:
        return None, None, None, None
    for result in answered:
        points += result.points or 0.0
        if result.state == "awaiting teacher":
            waiting += result.waiting
        if result.penalty:
            lost += (result.credit or 0.0) * result.question.points * result.penalty
        if result.state in ("marked", "awaiting teacher"):
            taking_part += result.question.points
    return points, waiting, lost, taking_part


def close_worker() -> None:
    """Let go of the files that this process holds open."""
    close_archives()
    _spool.cache_clear()
    worker_of.cache_clear()
