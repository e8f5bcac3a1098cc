"""What one process does: read files, and mark students one by one."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cybernorms.classroom.pages import mark_html, page_name, student_page
from cybernorms.classroom.places import Found, Refused, close_archives, read_place
from cybernorms.classroom.policy import Policy
from cybernorms.classroom.reading import Given, read_hand_in
from cybernorms.classroom.results import cell, csv_lines
from cybernorms.classroom.scoring import Marker, Result, Scorer, attempts_of, keys_of
from cybernorms.classroom.students import Read, Student
from cybernorms.classroom.tallies import Tallies
from cybernorms.classroom.workers import without_collection
from cybernorms.classroom.written import WrittenText, blind_id, credit_of, read_marks
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Written

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
    pages: bool = True


class Row(NamedTuple):
    """A student's points by set in order; `answered` are those of the questions answered."""

    points: tuple[float, ...]
    waiting: tuple[float, ...]
    lost: tuple[float, ...]
    answered: tuple[float, ...]


class Marked(NamedTuple):
    """What comes back for one student; `texts` are key, blind id and text of written answers."""

    row: Row
    texts: list[tuple[str, str, str]]


class MarkedChunk(NamedTuple):
    """What comes back for some students: each of them, their lines of students.csv, counts."""

    students: list[Marked]
    lines: str
    tallies: Tallies


class Desk:
    """All that one process has at hand: question sets, rubric marks, a marker that remembers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sets = load_question_sets(settings.questions)
        self.questions = {one.id: one for each in self.sets for one in each.questions}
        self.revisions = {key: one.revision for _, key, one in keys_of(self.sets)}
        self.set_of = {key: set for set, key, _ in keys_of(self.sets)}
        self.counted = [each for each in self.sets if each.id in settings.counted]
        self.graded = [each for each in self.counted if each.points]
        self.keys = keys_of(self.counted)
        marker = Marker(self.questions, mark_html if settings.pages else None)
        self.score = Scorer(self.keys, settings.policy, marker)
        self.graded_at = [
            [at for at, (set, _, one) in enumerate(self.keys) if set == each.id and one.points]
            for each in self.graded
        ]
        kept = settings.workplace / KEPT_MARKS
        self.rubric = read_marks(kept, self.questions) if kept.is_file() else {}


@lru_cache(maxsize=1)
def desk_of(settings: Settings) -> Desk:
    """Return the desk of this process, which it keeps for the next chunk."""
    return Desk(settings)


@lru_cache(maxsize=1)
def _spool(path: Path) -> BinaryIO:
    return path.open("rb")


@without_collection()
def read_chunk(settings: Settings, found: Sequence[Found]) -> list[tuple[Read, bytes]]:
    """Read some files; return what is kept of each, and its answers as bytes for the spool."""
    desk = desk_of(settings)
    return [_read_one(desk, each) for each in found]


def _read_one(desk: Desk, found: Found) -> tuple[Read, bytes]:
    shown = found.place.shown
    if found.problem:
        return Read(shown, found.problem), b""
    try:
        content = read_hand_in(read_place(found.place), desk.revisions)
    except Refused as reason:
        return Read(shown, str(reason)), b""
    sets = tuple(sorted({desk.set_of[key] for key, _, _ in content.answers}))
    read = Read(shown, "", content.name, content.created, content.notes, content.digest, sets)
    return read, content.packed


@without_collection()
def mark_chunk(settings: Settings, students: Sequence[Student]) -> MarkedChunk:
    """Mark some students, and write their pages."""
    desk = desk_of(settings)
    spool = _spool(settings.workplace / SPOOL)
    lines, marked, counted = [], [], []
    for student in students:
        attempts, results = _best_results(desk, _hand_ins(spool, student))
        texts = {each.key: _text(desk, student, each) for each in results if each.text}
        if desk.rubric:
            results = [
                _with_rubric(each, texts[each.key]) if each.key in texts else each
                for each in results
            ]
        counted.append((attempts, results))
        if settings.pages:
            _write_page(desk, student, results, texts)
        who = csv_lines([[student.name, student.sender.id]]).removesuffix("\r\n")
        lines.append(",".join([who, *(each.cell for each in results)]))
        given = [(key, text.blind_id, text.text) for key, text in texts.items()]
        marked.append(Marked(_row(desk, results), given))
    tallies = Tallies(desk.keys)
    tallies.add(counted)
    return MarkedChunk(marked, "".join(f"{line}\r\n" for line in lines), tallies)


def _write_page(
    desk: Desk, student: Student, results: Sequence[Result], texts: Mapping[str, WrittenText]
) -> None:
    settings = desk.settings
    content = student_page(
        student.name,
        desk.counted,
        results,
        texts,
        settings.open_sets,
        practice=settings.policy.mode == "self-study",
    )
    path = settings.workplace / "new" / "pages" / page_name(student.name, student.key)
    path.write_text(content, encoding="utf-8", errors="replace", newline="")


def _hand_ins(spool: BinaryIO, student: Student) -> list[list[Given]]:
    """Return the answers of each of a student's hand-ins, the last hand-in last."""
    found = []
    for read in student.reads:
        spool.seek(read.start)
        found.append(marshal.loads(spool.read(read.length)))  # which this run has written
    return found


def _best_results(
    desk: Desk, hand_ins: list[list[Given]]
) -> tuple[dict[str, list[Given]], list[Result]]:
    """Return the answers and the results of the hand-ins that count by the policy."""
    if desk.settings.policy.hand_ins == "per question last":
        candidates = [hand_ins]
    elif desk.settings.policy.hand_ins == "best":
        candidates = [[each] for each in reversed(hand_ins)]  # the last of equals
    else:
        candidates = [hand_ins[-1:]]
    scored = [(attempts, desk.score(attempts)) for attempts in map(attempts_of, candidates)]
    if len(scored) == 1:
        return scored[0]
    return max(scored, key=lambda pair: sum(each.points or 0.0 for each in pair[1]))


def _text(desk: Desk, student: Student, result: Result) -> WrittenText:
    blind = blind_id(student.key, result.question.id, result.text)
    return WrittenText(blind, result.text, desk.rubric.get((result.question.id, blind), {}))


def _with_rubric(result: Result, text: WrittenText) -> Result:
    """Return a written answer with the marks that a teacher gave it, once they are complete."""
    assert isinstance(result.question, Written)
    credit = credit_of(result.question, text.marks)
    if credit is None:
        return result
    points = credit * result.question.points * (1 - result.penalty)
    return result._replace(
        state="marked", cell=cell(credit), credit=credit, points=points, waiting=0.0
    )


def _row(desk: Desk, results: Sequence[Result]) -> Row:
    points, waiting, lost, answered = [], [], [], []
    for places in desk.graded_at:
        mine = [results[at] for at in places]
        points.append(sum([each.points or 0.0 for each in mine]))
        waiting.append(sum([each.waiting for each in mine]))
        late = [each for each in mine if each.penalty]
        lost.append(
            sum([(each.credit or 0.0) * each.question.points * each.penalty for each in late])
        )
        done = [each for each in mine if each.state in ("marked", "awaiting teacher")]
        answered.append(sum([each.question.points for each in done]))
    return Row(tuple(points), tuple(waiting), tuple(lost), tuple(answered))


def clear_desk() -> None:
    """Let go of the files that this process holds open."""
    close_archives()
    _spool.cache_clear()
    desk_of.cache_clear()
