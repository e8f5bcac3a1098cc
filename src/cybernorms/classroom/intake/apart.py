"""Files that count for nobody else, where it can't be told whether a teacher packed a zip.

By mail, one student's zip can hold files in the names of others, and so can a teacher's. Where
most of what lies side by side is such zips, a teacher has packed them. Still, whoever has a hand-in
beside them has handed in alone, and nothing inside takes the place of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.names import letters_of
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import GIVEN_ITSELF, Read, opened_zips
from cybernorms.classroom.tables import one_line

Zip = tuple[str, ...]


def kept_apart(reads: Sequence[Read], roster: Roster | None) -> list[Read]:
    """Return files, of which those are nobody's that would change marks of others.

    They lie in zips that may be one student's, and are of somebody who has a file beside these.
    """
    opened = opened_zips([read for read in reads if not read.problem]) - {GIVEN_ITSELF}
    zips = [_zip_in_doubt(read, opened) for read in reads]
    if not any(zips) or all(zips):
        return list(reads)
    beside: dict[Hashable, str] = {}
    for read, around in zip(reads, zips, strict=True):
        if not (around or read.problem):
            beside.update(dict.fromkeys(_people(read, roster), read.path))
    others = [
        next((beside[each] for each in _people(read, roster) if each in beside), "")
        if around and not read.problem
        else ""
        for read, around in zip(reads, zips, strict=True)
    ]
    of_lms = _of_the_lms(reads, zips, others)
    made = []
    for read, around, other in zip(reads, zips, others, strict=True):
        if other and around not in of_lms:
            note = (
                "lies in a zip that may be one student's, and the same person has "
                f"{one_line(other, 100)} beside that zip, so this file is kept apart and counts "
                "for nobody; if you packed the zip, or an LMS did, mark it by itself"
            )
            nobodys = Sender(is_nobodys=True, in_doubt=read.sender.in_doubt)
            read = read._replace(sender=nobodys, notes=(*read.notes, note))
        made.append(read)
    return made


def _of_the_lms(reads: Sequence[Read], zips: Sequence[Zip], others: Sequence[str]) -> set[Zip]:
    """Return the zips that are an LMS's after all: one file beside is of one of many people in it.

    Then it is that one file of which somebody may have made the name up.
    """
    people: dict[Zip, set[str]] = defaultdict(set)
    in_both: dict[Zip, set[str]] = defaultdict(set)
    for read, around, other in zip(reads, zips, others, strict=True):
        if around and read.sender.id:
            people[around].add(read.sender.id)
            in_both[around].update(filter(None, [other]))
    loose = sum(not (around or read.problem) for read, around in zip(reads, zips, strict=True))
    return {each for each in people if len(in_both[each]) < 2 and len(people[each]) > 2 * loose}


def _zip_in_doubt(read: Read, opened: Collection[Hashable]) -> Zip:
    """Return the zip around a file of which it can't be told who packed it, or nothing."""
    if read.sender.in_doubt:
        return read.steps[: 1 + (read.steps[0] == "")]
    zips = (read.steps[:length] for length in range(1, len(read.steps)))
    return next((each for each in zips if each in opened), ()) if not read.sender.id else ()


def _people(read: Read, roster: Roster | None) -> list[Hashable]:
    """Return what a file's person is known by: a row of the roster, or the letters of the name."""
    found: list[Hashable] = []
    if roster and (row := roster.find(read.sender, read.name).row) is not None:
        found.append(row)
    name = read.sender.name if read.sender.id else read.name
    return [*found, *filter(None, [letters_of(name)])]


def lines_on(reads: Sequence[Read]) -> list[str]:
    """Return a line for each zip that was taken as a teacher's though others lie beside it."""
    opened = opened_zips([read for read in reads if not read.problem]) - {GIVEN_ITSELF}
    zips = [_zip_in_doubt(read, opened) for read in reads]
    if all(zips):
        return []
    files: dict[Zip, int] = defaultdict(int)
    for around in zips:
        if around:
            files[around] += 1
    return [
        f"{one_line('/'.join(filter(None, around)), 150)} was taken as packed by an LMS or by you, "
        f"with hand-ins of several people ({number:,}). If one student sent it, take it out and "
        "mark again."
        for around, number in files.items()
    ]
