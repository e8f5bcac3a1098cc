"""What is doubtful about who is who in a class, in lines for the report and the screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cybernorms.classroom.intake.lookalikes import alike, scripts_mixed
from cybernorms.classroom.intake.names import loose_key
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import Student
from cybernorms.classroom.tables import one_line, plural

MOST_NAMED = 5


def loud_lines(
    students: Sequence[Student], roster: Roster | None, members: Collection[str] = ()
) -> list[str]:
    """Return what stands first in the report and on the screen: people that may be missing.

    Arguments:
        students: all who handed in, with their files.
        roster: the list of the class, or None.
        members: the keys of those in groups, who have files of each other by right.
    """
    alone = [student for student in students if student.key not in members]
    return [*_wrong_roster(students, roster), *_fewer_students(alone, roster)]


def _wrong_roster(students: Sequence[Student], roster: Roster | None) -> list[str]:
    if roster is None:
        return []
    on_it = sum(student.row is not None for student in students)
    if 2 * on_it >= len(students):
        return []
    who = f"Only {on_it:,} of the {len(students):,} students" if on_it else "None of the students"
    return [
        f"{who} who handed in {'is' if on_it == 1 else 'are'} on the roster, which has "
        f"{plural(len(roster.people), 'line')}. Is it the roster of this course? If not, export "
        "the right one and mark again."
    ]


def _fewer_students(students: Sequence[Student], roster: Roster | None) -> list[str]:
    """Return a line if files with several names have been taken for one student's."""
    several = {
        student.name: names
        for student in students
        if not student.sender.is_anonymous and len(names := _names_in(student, roster)) > 1
    }
    if not several:
        return []
    distinct = {key for student in students for key in _names_in(student, roster)}
    told = [
        f"{one_line(name, 60)} has files of {', '.join(list(names.values())[:MOST_NAMED])}"
        for name, names in list(several.items())[:MOST_NAMED]
    ]
    more = " …" if len(several) > MOST_NAMED else ""
    return [
        f"{plural(len(students), 'student')} from files with {len(distinct):,} different names: "
        f"{'; '.join(told)}{more}. See whether people are missing from gradebook.csv."
    ]


def _names_in(student: Student, roster: Roster | None) -> dict[str, str]:
    """Return the names in a student's files; what is a short form of another name is no other.

    Nor is what the roster has of one person, such as the address beside the name.
    """
    names = {loose_key(read.name): one_line(read.name, 60) for read in student.reads}
    names.pop("", None)
    if roster and student.row is not None:
        of_one = [key for key, name in names.items() if roster.called(name) == [student.row]]
        for key in of_one[1:]:
            del names[key]
    return {
        key: name
        for key, name in names.items()
        if not any(is_short_for(key.split(), other.split()) for other in names if other != key)
    }


def is_short_for(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Return whether words of a name are among those of another, or the letters they begin with."""
    return len(short) <= len(whole) and all(
        any(word == each or (len(word) == 1 and each[0] == word) for each in whole)
        for word in short
    )


def remarks(students: Sequence[Student], roster: Roster | None) -> list[str]:
    """Return a line on how the roster was read, if oddly, and on names that look like others."""
    read = f"The roster {roster.remark}." if roster and roster.remark else ""
    return [*filter(None, [read]), *_on_names(students)]


def _on_names(students: Sequence[Student]) -> list[str]:
    typed = sorted({read.name for student in students for read in student.reads if read.name})
    names = {*typed, *(student.name for student in students)}
    lines = [
        f"The name {one_line(name, 60)!r} mixes {' and '.join(mixed)} letters in one word."
        for name in sorted(names)
        if (mixed := scripts_mixed(name))
    ]
    lines += [
        f"These names look the same and are written with different letters: "
        f"{', '.join(repr(one_line(name, 60)) for name in found)}."
        for found in alike(sorted(names))
    ]
    return lines
