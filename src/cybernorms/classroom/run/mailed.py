"""Files that came by other ways than the LMS, in the name of somebody whose file the LMS has.

A name in a file is typed, so anybody can send one in the name of a classmate. Such a file counts as
that person's where it holds all answers of a file that the LMS has of the same person, each with
its second: a record only grows, and nobody else has it. Otherwise it takes no place of the LMS's
file and is kept apart, unless it answers only what most of the class hands in by mail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from cybernorms.classroom.intake.answers import columns_of
from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.names import is_called
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.tables import one_line, plural

MOST_GUESSES = 50  # answers for each that is to be repeated; more would try all seconds of an hour
MOST_NAMED = 5
KEPT_APART = (
    "has the name of a student whose file the LMS has, and doesn't hold the answers of that file, "
    "so this one is kept apart and counts for nobody"
)
CALLED_OTHERWISE = (
    "has the number of somebody whom the roster calls otherwise and who has a file by mail, so "
    "this one is kept apart and counts for nobody"
)
Entry = tuple[str, str, bytes]


def kept_from_the_lms(
    students: Sequence[Student], set_of: Mapping[str, str], spool: Path
) -> list[Read]:
    """Return the files that may be somebody else's than those whose name they have.

    Arguments:
        students: those who handed in, with their files.
        set_of: the set of each key that can be answered.
        spool: the file of all answers.
    """
    mixed = [each for each in students if _by_lms(each) and _by_mail(each)]
    if not mixed:
        return []
    with spool.open("rb") as file:
        mailed = _sets_handed_in_by_mail(students, set_of, file)
        found = []
        for student in mixed:
            called_otherwise = _called_otherwise(student)
            found += called_otherwise
            named = [read for read in _by_lms(student) if read not in called_otherwise]
            of_lms = [_entries(read, file) for read in named]
            for read in _by_mail(student):
                own = _entries(read, file)
                there = _sets(_entries_of(of_lms), set_of)
                replaces = _sets(own, set_of) - (mailed - there)
                if named and replaces and not any(_goes_on(own, each) for each in of_lms):
                    found.append(read)
    return list({read.start: read for read in found}.values())  # members of a group share theirs


def without(reads: Sequence[Read], apart: Sequence[Read]) -> list[Read]:
    """Return files, of which those that are kept apart are nobody's."""
    starts = {read.start for read in apart}
    return [
        read._replace(
            sender=Sender(is_nobodys=True),
            notes=(*read.notes, CALLED_OTHERWISE if read.sender.id else KEPT_APART),
        )
        if read.start in starts and not read.problem
        else read
        for read in reads
    ]


def lines_on(apart: Sequence[Read]) -> list[str]:
    """Return a line on the files that are kept apart, if there are any."""
    numbered = [
        f"{one_line(read.path, 80)} {CALLED_OTHERWISE}." for read in apart if read.sender.id
    ]
    mailed = [read for read in apart if not read.sender.id]
    if not mailed:
        return numbered
    named = [f"{one_line(read.name, 60)} ({one_line(read.path, 80)})" for read in mailed]
    more = " …" if len(named) > MOST_NAMED else ""
    one = len(mailed) == 1
    return [
        *numbered,
        f"{plural(len(mailed), 'file')} by mail {'has' if one else 'have'} the name of a student "
        f"whose file the LMS has: {'; '.join(named[:MOST_NAMED])}{more}. "
        f"{'It does not' if one else 'They do not'} hold the answers of that file, so anybody can "
        f"have sent {'it' if one else 'them'}, and {'it counts' if one else 'they count'} for "
        "nobody. If you know whose a file is, put it beside those of the LMS, under a name that "
        "begins as that student's file does, and mark again.",
    ]


def _by_lms(student: Student) -> list[Read]:
    return [read for read in student.reads if read.sender.id]


def _by_mail(student: Student) -> list[Read]:
    return [read for read in student.reads if not read.sender.id]


def _called_otherwise(student: Student) -> list[Read]:
    """Return files with a student's number under another name, where one by mail has the name."""
    if student.row is None or not any(
        is_called(each.name, student.name) for each in _by_mail(student)
    ):
        return []
    return [
        read
        for read in _by_lms(student)
        if read.sender.id == student.sender.id and read.sender.name
        if not is_called(student.name, read.sender.name)
    ]


def _entries(read: Read, spool: BinaryIO) -> list[Entry]:
    spool.seek(read.start)
    keys, times, responses = columns_of(spool.read(read.length))
    return list(zip(keys, times, responses, strict=True))


def _entries_of(files: Iterable[Sequence[Entry]]) -> list[Entry]:
    return [entry for file in files for entry in file]


def _sets(entries: Iterable[Entry], set_of: Mapping[str, str]) -> set[str]:
    return {set_of[key] for key, _, _ in entries if key in set_of}


def _goes_on(own: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Return whether a file holds all answers of another with their times, and no guesses at them.

    An answer without a time proves nothing.
    """
    timed = {entry for entry in other if entry[1]}
    keys = {key for key, _, _ in timed}
    tries = sum(key in keys for key, _, _ in own)
    return bool(timed) and timed <= {*own} and tries <= MOST_GUESSES * len(timed)


def _sets_handed_in_by_mail(
    students: Sequence[Student], set_of: Mapping[str, str], spool: BinaryIO
) -> set[str]:
    """Return the sets that most students have handed in, and by mail alone."""
    by_mail = Counter[str]()
    for student in students:
        there = _sets(_entries_of(_entries(each, spool) for each in _by_lms(student)), set_of)
        mailed = _sets(_entries_of(_entries(each, spool) for each in _by_mail(student)), set_of)
        by_mail.update(mailed - there)
    return {each for each, count in by_mail.items() if 2 * count > len(students)}
