"""Who handed in what: the files of a class, brought together by student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cybernorms.classroom.reading import shown
from cybernorms.classroom.roster import Roster, Sender, name_key, sender_of


class Read(NamedTuple):
    """What is kept of a file that was read: who sent it, and where its answers lie."""

    shown: str
    problem: str
    name: str = ""
    created: float | None = None
    notes: tuple[str, ...] = ()
    digest: str = ""
    answers: int = 0
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


def students_of(reads: Sequence[Read], roster: Roster | None) -> tuple[list[Student], list[str]]:
    """Return the students in order, each with their hand-ins in order, and what is odd."""
    students: dict[str, Student] = {}
    notes = []
    for read in reads:
        sender = sender_of(read.shown)
        at, problem = roster.find(sender, read.name) if roster else (None, "")
        if problem:
            notes.append(f"{shown(read.shown, 150)}: {problem}.")
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
