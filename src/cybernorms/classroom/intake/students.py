"""Who handed in what: the files of a class, brought together by student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cybernorms.classroom.intake.names import loose_key, name_key, spells
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.senders import Sender, find_senders
from cybernorms.classroom.tables import one_line


class Read(NamedTuple):
    """What is kept of a file that was read: who sent it, and where its answers lie.

    `older` has the key of each answer to another wording of its question; `is_record` says that it
    is a record of answers, given in place of a hand-in.
    """

    path: str
    problem: str
    name: str = ""
    created: float | None = None
    notes: tuple[str, ...] = ()
    digest: str = ""
    answers: int = 0
    start: int = 0
    length: int = 0
    steps: tuple[str, ...] = ()
    sender: Sender = Sender()
    older: tuple[str, ...] = ()
    is_record: bool = False


@dataclass
class Student:
    """Someone whose hand-ins are marked together."""

    key: str
    name: str
    sender: Sender
    row: int | None = None
    reads: list[Read] = field(default_factory=list)


def with_senders(reads: Sequence[Read], roster: Roster | None) -> list[Read]:
    """Return files with their senders, and a note on each whose name was not believed."""
    found = find_senders(
        [read.steps or (read.path,) for read in reads],
        roster.has if roster else None,
        roster.lms if roster else "",
    )
    return [
        read._replace(
            sender=sender,
            notes=(*read.notes, found.remarks[row]) if row in found.remarks else read.notes,
        )
        for row, (read, sender) in enumerate(zip(reads, found.senders, strict=True))
    ]


def students_of(reads: Sequence[Read], roster: Roster | None) -> tuple[list[Student], list[str]]:
    """Return the students in order, each with their hand-ins in order, and what is odd.

    Arguments:
        reads: the files that can be marked, with their senders.
        roster: the list of the class, or None.
    """
    students: dict[str, Student] = {}
    notes = []
    moodle = _moodle_keys(reads)
    crowds = _crowds(reads)
    for read in reads:
        zip_name = crowds.get(_own_zip(read), "")
        claimed = "" if zip_name else read.name
        row, problem = roster.find(read.sender, claimed) if roster else (None, "")
        if problem:
            notes.append(f"{one_line(read.path, 150)}: {problem}.")
        if roster and row is not None:
            person = roster.people[row]
            key, name = f"{roster.kind}:{person.id or row}", person.name
            read = read._replace(sender=read.sender if read.sender.id else Sender(id=person.id))
        elif zip_name:
            key, name = f"file:{zip_name}", zip_name
        else:
            key, name = _identity(read, moodle)
        student = students.setdefault(key, Student(key, name, read.sender, row))
        student.reads.append(read)
    for student in students.values():
        student.reads = _in_order(student.reads)
        if student.row is None and not student.sender.id and not student.key.startswith("file:"):
            student.name = student.reads[-1].name
    return sorted(students.values(), key=_rank), notes


def _identity(read: Read, moodle: Mapping[Sender, str]) -> tuple[str, str]:
    """Return a key that is the same for all hand-ins of one student, and the name to show."""
    sender = read.sender
    if sender.lms == "moodle":
        return moodle[sender], one_line(sender.name)
    if sender.is_anonymous:
        return f"{sender.lms}:{sender.id}", f"anon_{sender.id}"
    if sender.id:
        # Typed as a name is written, where it is the name that Canvas has run together.
        name = read.name if spells(read.name, sender.name) else one_line(sender.name)
        return f"{sender.lms}:{sender.id}", name
    if name_key(read.name):
        return f"name:{name_key(read.name)}", read.name
    return f"file:{read.path}", read.path


def _moodle_keys(reads: Sequence[Read]) -> dict[Sender, str]:
    """Return a key for each sender of Moodle, whose numbers are others in each assignment.

    So a name is one person in all assignments, if no assignment has it twice.
    """
    senders = {read.sender for read in reads if read.sender.lms == "moodle"}
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sender in senders:
        numbers[name_key(sender.name), sender.folder].add(sender.id)
    twice = {name for (name, _), ids in numbers.items() if len(ids) > 1}
    return {
        sender: f"moodle:{sender.id}"
        if (name := name_key(sender.name)) in twice or " " not in name
        else f"moodle:{name}"
        for sender in senders
    }


def _own_zip(read: Read) -> tuple[str, ...]:
    """Return the zip in which a file without a sender lies, or nothing."""
    return read.steps[:-1] if not read.sender.id else ()


def _crowds(reads: Sequence[Read]) -> dict[tuple[str, ...], str]:
    """Return the zips of one student each in which there are files under several names.

    One file is one sender, so that nobody can hand in for others.
    """
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for read in reads:
        if (path := _own_zip(read)) and any(path):
            names[path].add(loose_key(read.name))
    return {path: "/".join(filter(None, path)) for path, found in names.items() if len(found) > 1}


def _in_order(reads: Sequence[Read]) -> list[Read]:
    """Return the hand-ins of one student, the last one last.

    Canvas numbers files as they come in, which decides among its own; others come in by the time
    at which they say that they were made.
    """
    latest, timed = 0.0, []
    for read in sorted(reads, key=lambda read: (read.sender.file, read.created or 0.0, read.path)):
        made = read.created or 0.0
        if read.sender.file:
            latest = made = max(latest, made)
        timed.append((made, read.sender.file, read.path, read))
    return [each[-1] for each in sorted(timed, key=lambda each: each[:-1])]


def _rank(student: Student) -> tuple[bool, int, str, str]:
    return student.row is None, student.row or 0, name_key(student.name), student.key
