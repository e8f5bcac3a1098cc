"""What was odd about a class's hand-ins: one clear line each, as text and as a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import fill
from typing import NamedTuple

from cybernorms.classroom.intake.hand_in_files import NOT_KNOWN
from cybernorms.classroom.intake.names import loose_key, spells
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.results.class_remarks import late_by_lms, who_is
from cybernorms.classroom.results.doubts import is_short_for
from cybernorms.classroom.tables import one_line, plural
from cybernorms.document import Block, Bullets, Heading, Paragraph, Verbatim
from cybernorms.document.page import page

MOST_ALIKE = 3
_TIMES = re.compile(r" \(\d+ times\)\Z")
# What is said under each heading of the report, in their order.
EXPLANATIONS = {
    "Not marked": "These files couldn't be read; all others were marked.",
    "Not on the roster": "These are in gradebook.csv, and not in the file for your LMS.",
    "No hand-in": "On the roster, without a file that could be read. Their grade is left empty.",
    "The same answers": (
        "Files of different students with the same answers given at the same times, to the second."
    ),
    "Another name inside": "The name in the file isn't the name of the student who sent it.",
    "Several files of one student": (
        "For each set the last one with an answer to it counts, unless the policy says otherwise. "
        'With hand_ins = "per question last" in it, the last answer to each question does.'
    ),
    "Groups": "What one member handed in counts for all.",
    "Late by your policy": "Lateness counts from the last change of an answer.",
    "Late by your LMS": "Your LMS has marked these as late, by its own clock.",
    "Sets that only some handed in": (
        "Students who handed in no answer to a set have empty cells for it, not zeros."
    ),
    "Questions that have changed": (
        "Answers given before a question changed are marked by the question as it is now."
    ),
    "Remarks": "These files were marked; here is what was odd about them.",
}


@dataclass
class RunReport:
    """What a run has to say: how many were marked, figures, and problems under headings."""

    heading: str
    figures: list[str]
    parts: list[tuple[str, str, list[str]]] = field(default_factory=list)

    @property
    def problems(self) -> int:
        """Return how many problems it names."""
        return sum(len(lines) for _, _, lines in self.parts)

    def add(self, title: str, lines: Sequence[str]) -> None:
        """Put lines under one of the headings, behind those that are there."""
        for known, _, found in self.parts:
            if known == title:
                found += lines
                return
        if lines:
            self.parts.append((title, EXPLANATIONS[title], list(lines)))

    def text(self) -> str:
        """Return the report as plain text."""
        lines = ["Marking a class", "", *(f"- {each}" for each in self.figures)]
        for title, explanation, found in self.parts:
            lines += ["", title, "-" * len(title), fill(explanation, 88), ""]
            lines += [f"- {each}" for each in found]
        if not self.parts:
            lines += ["", "Nothing was odd about any file."]
        return "\n".join([*lines, ""])

    def html(self) -> str:
        """Return the report as a page."""
        blocks: list[Block] = [_verbatim([each for each in self.figures if each != self.heading])]
        for title, explanation, found in self.parts:
            blocks += [Heading(title, 2), Paragraph(explanation), _verbatim(found)]
        if not self.parts:
            blocks.append(Paragraph("Nothing was odd about any file."))
        title = "Marking a class"
        return page(title, blocks, heading=self.heading.removesuffix("."), over=title)


def _verbatim(lines: Sequence[str]) -> Bullets:
    return Bullets([[Verbatim(line)] for line in lines])


class ClassRemarks(NamedTuple):
    """What a run has found out about a class, line by line, but for what the files say themselves.

    `students` are whoever is marked, with their files; `unmatched` is about files whose sender is
    not on the roster, `policy` about names in the policy that fit nobody or several people,
    `groups` about those that handed in together (`members` has the keys of their students),
    `shared` about answers that two students gave in the same second, `late` about the policy's
    deadlines, `some` about sets that not everybody handed in, `earlier` about questions that have
    changed; `lacking` has for some students, by key, how many questions of each set have answers
    only in files that do not count; `files` is how many files there were, with those that were
    left out beside a hand-in; `one_name` is about files of one name that may be of two people.
    """

    students: Sequence[Student] = ()
    unmatched: Sequence[str] = ()
    policy: Sequence[str] = ()
    groups: Sequence[str] = ()
    members: Collection[str] = ()
    shared: Sequence[str] = ()
    late: Sequence[str] = ()
    some: Sequence[str] = ()
    earlier: Sequence[str] = ()
    lacking: Mapping[str, Mapping[str, int]] = {}
    files: int = 0
    one_name: Sequence[str] = ()


def make_report(reads: Sequence[Read], about: ClassRemarks, roster: Roster | None) -> RunReport:
    """Return the report on a class.

    Arguments:
        reads: all files, in order.
        about: what was found out about the class.
        roster: the list of the class, or None.
    """
    students = about.students
    alone = [student for student in students if student.key not in about.members]
    files = plural(about.files or len(reads), "file")
    marked = f"{plural(len(students), 'student')} marked, from {files}."
    report = RunReport(marked, [marked])
    found: dict[str, Sequence[str]] = {
        "Not marked": [f"{_path(read)} {read.problem}." for read in reads if read.problem],
        "Not on the roster": about.unmatched,
        "No hand-in": _missing(students, roster),
        "Groups": about.groups,
        "The same answers": about.shared,
        "Another name inside": _other_names(alone, roster),
        "Several files of one student": _several(alone, about.lacking),
        "Late by your policy": about.late,
        "Late by your LMS": late_by_lms(students, roster),
        "Sets that only some handed in": about.some,
        "Questions that have changed": about.earlier,
        "Remarks": _remarks(reads),
    }
    for title, explanation in EXPLANATIONS.items():
        if lines := found[title]:
            report.parts.append((title, explanation, list(lines)))
    return report


def _path(read: Read) -> str:
    return one_line(read.path, 150)


def _remarks(reads: Sequence[Read]) -> list[str]:
    """Return a line on each remark; one question that many files have and that is gone is one."""
    files: dict[str, list[Read]] = {}
    for read in reads:
        for note in read.notes:
            if note.startswith(NOT_KNOWN):
                files.setdefault(_TIMES.sub("", note), []).append(read)
    often = {note: found for note, found in files.items() if len(found) > MOST_ALIKE}
    lines = [
        f"{plural(len(found), 'file')}, such as {_path(found[0])}: each {note}."
        for note, found in often.items()
    ]
    return lines + [
        f"{_path(read)} {note}."
        for read in reads
        for note in read.notes
        if _TIMES.sub("", note) not in often
    ]


def _missing(students: Sequence[Student], roster: Roster | None) -> list[str]:
    if roster is None:
        return []
    present = {student.row for student in students}
    for student in students:
        if student.row is None:  # and may be one of several people of this name
            present.update(roster.called(student.name))
    return [
        one_line(person.name, 60) or person.id
        for row, person in enumerate(roster.people)
        if row not in present and person.is_student
    ]


def _other_names(students: Sequence[Student], roster: Roster | None) -> list[str]:
    lines = []
    for student in students:
        if student.sender.is_anonymous:
            continue
        for read in student.reads:
            known = student.name if student.row is not None else read.sender.name
            of_roster = roster is not None and roster.called(read.name) == [student.row]
            if read.name and known and not of_roster and not _alike(known, read.name):
                lines.append(f"{_path(read)}, sent by {one_line(known, 60)}, says {read.name!r}.")
    return lines


def _alike(known: str, claimed: str) -> bool:
    """Return whether two names are one, however written, or the claimed one a part of the other."""
    short, whole = loose_key(claimed).split(), loose_key(known).split()
    return spells(claimed, known) or spells(known, claimed) or is_short_for(short, whole)


def _several(students: Sequence[Student], lacking: Mapping[str, Mapping[str, int]]) -> list[str]:
    return [
        f"{who_is(student)}: {', '.join(_path(read) for read in student.reads[:10])}"
        f"{' …' if len(student.reads) > 10 else ''}{_lacks(lacking.get(student.key, {}))}"
        for student in students
        if len(student.reads) > 1
    ]


def _lacks(sets: Mapping[str, int]) -> str:
    """Return how many answers the file that counts for a set lacks, in the last words of a line."""
    told = [f"{plural(count, 'answer')} to {id}" for id, count in sets.items()]
    return f"; only in files that do not count: {', '.join(told)}" if told else ""
