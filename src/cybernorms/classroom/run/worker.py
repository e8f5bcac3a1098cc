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
from cybernorms.classroom.intake.found import Found
from cybernorms.classroom.intake.hand_in_files import read_hand_in
from cybernorms.classroom.intake.locations import close_archives, read_location
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.intake.times import times_to_tell
from cybernorms.classroom.results.feedback_pages import PageWriter, page_name
from cybernorms.classroom.results.packets import PacketText, packet_text
from cybernorms.classroom.results.page_notes import PageNotes, page_notes
from cybernorms.classroom.results.rubric_marks import WrittenText, credit_of
from cybernorms.classroom.results.rubric_tables import read_marks
from cybernorms.classroom.results.secret import blind_id, read_secret
from cybernorms.classroom.scoring.attempts import in_order
from cybernorms.classroom.scoring.decisions import excuse, for_statistics, give_points
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.rules import NO_RULES, StudentRules
from cybernorms.classroom.scoring.scorer import (
    Result,
    ScoredAnswers,
    Scorer,
    is_answer,
    keys_of,
    with_credit,
)
from cybernorms.classroom.scoring.set_points import SetPoints, set_points
from cybernorms.classroom.scoring.tallies import Tallies
from cybernorms.classroom.scoring.which_hand_in import results_that_count
from cybernorms.classroom.tables import csv_lines, number_cell
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.files import write_directly

SPOOL = "spool"
KEPT_MARKS = "rubric-marks.csv"


@dataclass(frozen=True)
class Settings:
    """All that a process needs to know to read and to mark; `counted` are the sets that count.

    `now` decides which deadlines have passed, in seconds since 1970.
    """

    questions: Path | None
    policy: Policy
    counted: tuple[str, ...]
    workplace: Path
    now: float = 0.0


# A student, and what holds for this one alone.
Task = tuple[Student, StudentRules]


class Marked(NamedTuple):
    """What comes back for one student.

    `who` are name and id as they stand in a line of CSV, `page` is the name of the student's page;
    `unreadable` are questions to another version of which an answer counts that cannot be read;
    `lacking` is, by set, how many questions have answers only in files that do not count.
    """

    who: str
    page: str
    points: list[SetPoints]
    texts: list[PacketText]
    unreadable: list[str]
    lacking: Mapping[str, int]


class MarkedChunk(NamedTuple):
    """What comes back for some students: each of them, their lines of students.csv, counts."""

    students: list[Marked]
    lines: str
    tallies: Tallies


class Worker:
    """All that one process has at hand: question sets, rubric marks, a marker that remembers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sets = settings.policy.apply_to(load_question_sets(settings.questions))
        self.questions = {one.id: one for each in self.sets for one in each.questions}
        keys = [(set, intern(key), one) for set, key, one in keys_of(self.sets)]
        self.question_of = {key: one for _, key, one in keys}
        self.set_of = {key: set for set, key, _ in keys}
        self.counted = [each for each in self.sets if each.id in settings.counted]
        self.graded = [each for each in self.counted if each.points]
        self.keys = [key for key in keys if key[0] in settings.counted]
        self.score = Scorer(self.keys, settings.policy, settings.now)
        practice = settings.policy.mode == "self-study"
        # Whoever gets reasons at once can still answer again; the right answer would end that.
        tell_right = settings.policy.feedback == "after deadline"
        self.page = PageWriter(
            *(self.counted, self.keys),
            practice=practice,
            tell_right=tell_right,
            counts=settings.policy.attempt,
        )
        self.columns = {
            each.id: [column for column, (set, _, _) in enumerate(self.keys) if set == each.id]
            for each in self.counted
        }
        self.graded_columns = {
            each.id: [column for column in self.columns[each.id] if self.keys[column][2].points]
            for each in self.graded
        }
        self.written_columns = [
            column
            for column, (_, key, question) in enumerate(self.keys)
            if question.by_teacher and key not in settings.policy.drop
        ]
        self.written = {
            key: question for _, key, question in self.keys if isinstance(question, Written)
        }
        self._notes = page_notes(self.counted, settings.policy, NO_RULES, settings.now)
        new = settings.workplace / "new"
        secret = read_secret(new)
        assert secret, "a run begins with its secret"
        self.secret = secret
        self.pages = new / "pages"
        kept = settings.workplace / KEPT_MARKS
        self.rubric = read_marks(kept, self.questions) if kept.is_file() else {}

    def notes(self, rules: StudentRules, policy: Policy) -> PageNotes:
        """Return what the page of a student says of the policy."""
        if rules.extensions or rules.excused or rules.overrides:
            return page_notes(self.counted, policy, rules, self.settings.now)
        return self._notes


@lru_cache(maxsize=1)
def worker_of(settings: Settings) -> Worker:
    """Return the worker of this process, which it keeps for the next chunk."""
    return Worker(settings)


@lru_cache(maxsize=1)
def _spool(path: Path) -> BinaryIO:
    return path.open("rb", buffering=0)  # a student's answers are read at once


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
    notes = times_to_tell(content.times, content.created, worker.settings.now)
    read = read._replace(
        name=content.name,
        created=content.created,
        notes=(*content.notes, *notes),
        earlier=content.earlier,
        digest=sha256(content.packed).hexdigest()[:16],
        answers=len(content.keys),
        is_record=content.is_record,
    )
    return read, content.packed, content.keys


def mark_chunk(settings: Settings, tasks: Sequence[Task]) -> MarkedChunk:
    """Mark some students, and write their pages."""
    worker = worker_of(settings)
    spool = _spool(settings.workplace / SPOOL)
    lines, marked, counted, sections = [], [], [], []
    people = _csv_of_each([[student.name, student.sender.id] for student, _ in tasks])
    for (student, rules), who in zip(tasks, people, strict=True):
        policy = settings.policy
        if rules.extensions:
            policy = policy.with_extensions(rules.extensions)
        scored = _scored(worker, _hand_ins(spool, student), policy, rules)
        texts = _texts(worker, scored.results)
        results = _with_rubric(worker, scored.results, texts)
        told = for_statistics(results, policy)
        if rules.in_statistics:
            counted.append(ScoredAnswers(told, scored.attempted))
            sections.append(rules.section)
        points = set_points(worker.graded_columns, results, rules, policy.mode)
        notes = worker.notes(rules, policy)
        scored = scored._replace(results=results)
        page = _write_page(worker, student, scored, texts, points, notes)
        section = _section_cell(rules.section)
        counts = "yes" if rules.in_statistics else "no"
        lines.append(",".join([who, section, counts, *_cells(worker, told)]))
        packets = [packet_text(worker.written[key], text) for key, text in texts.items()]
        unreadable = _unreadable(student, results)
        marked.append(Marked(who, page, points, packets, unreadable, scored.lacking))
    tallies = Tallies(worker.keys)
    tallies.add(counted, sections)
    return MarkedChunk(marked, "".join(f"{line}\r\n" for line in lines), tallies)


def _csv_of_each(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each row as a line of CSV without its end; no cell has line ends in it."""
    return csv_lines(rows).removesuffix("\r\n").split("\r\n")


@lru_cache(maxsize=100)
def _section_cell(section: str) -> str:
    return csv_lines([[section]]).removesuffix("\r\n") if section else ""


def _scored(
    worker: Worker, hand_ins: Sequence[Answers], policy: Policy, rules: StudentRules
) -> ScoredAnswers:
    """Return the results that count, with what a teacher has decided over the reckoning."""
    scored = results_that_count(worker.score, worker.keys, worker.columns, hand_ins, policy)
    if rules.excused:
        scored = excuse(scored, worker.columns, rules.excused)
    if not policy.full_marks and not rules.overrides:
        return scored
    columns = worker.graded_columns
    results = give_points(scored.results, columns, policy.full_marks, rules.overrides)
    return scored._replace(results=results)


def _texts(worker: Worker, results: Sequence[Result]) -> dict[str, WrittenText]:
    """Return the written answers that a teacher marks; the same words of several are one text."""
    found = {}
    for column in worker.written_columns:
        result = results[column]
        if not result.override and (text := result.text):
            blind = blind_id(worker.secret, result.question.id, text)
            marks = worker.rubric.get((result.question.id, blind), {})
            found[result.key] = WrittenText(blind, text, marks)
    return found


def _with_rubric(
    worker: Worker, results: list[Result], texts: Mapping[str, WrittenText]
) -> list[Result]:
    """Return results with the marks that a teacher gave written answers, where complete."""
    if not worker.rubric or not texts:
        return results
    found = []
    for each in results:
        if text := texts.get(each.key):
            assert isinstance(each.question, Written)
            credit = credit_of(each.question, text.marks)
            if credit is not None:
                each = with_credit(each._replace(state="marked"), credit)
        found.append(each)
    return found


def _cells(worker: Worker, results: Sequence[Result]) -> list[str]:
    """Return what students.csv has of each result: nothing for sets without any answer."""
    cells = [each.state if each.credit is None else number_cell(each.credit) for each in results]
    for columns in worker.columns.values():
        if not any(is_answer(results[column]) for column in columns):
            for column in columns:
                cells[column] = ""
    return cells


def _write_page(
    worker: Worker,
    student: Student,
    scored: ScoredAnswers,
    texts: Mapping[str, WrittenText],
    points: Sequence[SetPoints],
    notes: PageNotes,
) -> str:
    """Write the page of a student and return its name."""
    content = worker.page(student.name, scored.results, texts, points, notes, scored.attempted)
    name = page_name(worker.secret, student.page, student.key)
    write_directly(f"{worker.pages}/{name}", content)
    return name


def _hand_ins(spool: BinaryIO, student: Student) -> list[Answers]:
    """Return the answers of each of a student's hand-ins, the last hand-in last."""
    found = []
    for read in student.reads:
        spool.seek(read.start)
        found.append(Answers(spool.read(read.length), read.created, read.sender.file))
    return [found[index] for index in in_order(found)]


def _unreadable(student: Student, results: Sequence[Result]) -> list[str]:
    """Return the questions to another version of which an answer counts that cannot be read."""
    if not any(read.earlier for read in student.reads):
        return []
    earlier = {key for read in student.reads for key, _ in read.earlier}
    return [each.key for each in results if each.key in earlier and each.state == "unreadable"]


def close_worker() -> None:
    """Let go of the files that this process holds open."""
    close_archives()
    _spool.cache_clear()
    worker_of.cache_clear()
