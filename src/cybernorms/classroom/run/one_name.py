"""Files of one name that came by mail and may be of two people, since neither goes on the other.

A hand-in has all answers that its learner ever gave to a set, with their times. So the later of
two repeats answers of the earlier one, unless somebody else wrote it or began anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from cybernorms.classroom.intake.answers import columns_of
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.run.shared_answers import Prints
from cybernorms.classroom.tables import one_line, plural

MOST_NAMED = 5


def two_of_one_name(
    students: Sequence[Student], prints: Mapping[int, Prints], spool: Path
) -> list[str]:
    """Return a line on the names in files by mail that two people may have, if there are any.

    Arguments:
        students: those who handed in.
        prints: what the answers of a file are compared by, by where they begin in the spool.
        spool: the file of all answers.
    """
    with spool.open("rb") as file:
        found = [
            f"{one_line(student.name, 60)} ({one_line(one.path, 80)}, {one_line(other.path, 80)})"
            for student in students
            for one, other in list(_unlike(_named(student), prints, file))[:1]
        ]
    if not found:
        return []
    more = " …" if len(found) > MOST_NAMED else ""
    return [
        f"{plural(len(found), 'student')} may be two people of one name, since two files have the "
        "same name inside and answer the same questions, and the later one repeats nothing of the "
        f"earlier one: {'; '.join(found[:MOST_NAMED])}{more}. Ask who sent which."
    ]


def _named(student: Student) -> list[Read]:
    """Return the files that an LMS, or the name inside, connects with a student."""
    return [each for each in student.reads if each.answers and (each.sender.id or each.name)]


def _unlike(
    reads: Sequence[Read], prints: Mapping[int, Prints], spool: BinaryIO
) -> Iterator[tuple[Read, Read]]:
    for one, other in pairwise(reads):
        repeats = not {*prints[one.start]}.isdisjoint(prints[other.start])
        of_lms = one.sender.id and other.sender.id  # which says itself whose they are
        if one.digest == other.digest or repeats or of_lms:
            continue
        if _questions(one, spool) & _questions(other, spool):
            yield one, other


def _questions(read: Read, spool: BinaryIO) -> set[str]:
    spool.seek(read.start)
    keys, _, _ = columns_of(spool.read(read.length))
    return {*keys}
