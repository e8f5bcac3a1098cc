"""What a run finds out about a class beyond single files, in lines for the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from cybernorms.classroom.intake.roster import Roster, cell_below
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.tables import one_line, plural
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.questions import Question

MOST_PAIRS = 100
_WORDS = re.compile(r"\w+")
# As Moodle's worksheet has it in its Status, in English and in some larger languages.
_LATE_WORDS = ("late", "verspätet", "retard", "retraso", "atraso", "ritardo")


def who_is(student: Student) -> str:
    """Return the name of a student as one line, or that there is none."""
    return one_line(student.name, 60) or "a student without a name"


def late_by_lms(students: Sequence[Student], roster: Roster | None) -> list[str]:
    """Return who is late by the LMS: in Canvas's file names, or in the status of a worksheet."""
    return [
        who_is(student)
        for student in students
        if any(read.sender.late for read in student.reads)
        or (roster and student.row is not None and _is_late_in(roster.people[student.row].row))
    ]


def _is_late_in(row: Mapping[str, str]) -> bool:
    status = cell_below("status", row)
    return any(word in _WORDS.findall(status.casefold()) for word in _LATE_WORDS)


def earlier_wordings(
    reads: Sequence[Read], unreadable: Mapping[str, int], questions: Mapping[str, Question]
) -> list[str]:
    """Return a line on each question that has changed since some answers to it were given.

    Arguments:
        reads: all files.
        unreadable: by key, how many answers to another version count and cannot be read.
        questions: by id.
    """
    lines = []
    fits = Counter(each for read in reads for each in read.earlier)
    counts = Counter(key for read in reads for key, _ in read.earlier)
    for key, count in sorted(counts.items()):
        question = questions[key.removesuffix(AGAIN)]
        answers = "1 answer was" if count == 1 else f"{count:,} answers were"
        line = f"{question.name} ({key}): {answers} to another version"
        if part := fits[key, "in part"]:
            line += f", {part:,} of which still fit in part"
        if lost := unreadable.get(key, 0):
            most = format_points(lost * question.points)
            line += f"; {lost:,} that count cannot be read, which costs {most} points at most"
        lines.append(f"{line}.")
    return lines


def same_answers(
    students: Sequence[Student], groups: Sequence[str], pairs: Sequence[tuple[int, int, int]]
) -> list[str]:
    """Return a line on each file that several students handed in, and on each pair of students.

    Arguments:
        students: those of the class, in order.
        groups: the group of each, or nothing; members of one share their work.
        pairs: two students by their index, and how many answers they share.
    """
    seen: dict[str, dict[str, int]] = {}
    for index, (student, group) in enumerate(zip(students, groups, strict=True)):
        for read in student.reads:
            if read.answers:
                seen.setdefault(read.digest, {}).setdefault(group or student.key, index)
    whole = [list(found.values()) for found in seen.values() if len(found) > 1]
    lines = [
        " and ".join(who_is(students[index]) for index in found) + ": a whole file."
        for found in whole
    ]
    told = {pair for found in whole for pair in combinations(sorted(found), 2)}
    pairs = [each for each in pairs if each[:2] not in told]
    for one, other, shared in pairs[:MOST_PAIRS]:
        both = f"{who_is(students[one])} and {who_is(students[other])}"
        lines.append(f"{both}: {plural(shared, 'answer')}.")
    if len(pairs) > MOST_PAIRS:
        lines.append(f"And {len(pairs) - MOST_PAIRS:,} more pairs.")
    return lines
