"""How much of one sender is read: the newest few files, with a line of the report on all others.

A sender is whoever the LMS names; else each file on disk and each zip, or each file in a zip that
a teacher has packed. What one sender hands in beyond that takes nothing from anybody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from typing import NamedTuple

from cybernorms.classroom.intake.archives import too_large
from cybernorms.classroom.intake.found import Found
from cybernorms.classroom.intake.students import Read, outermost
from cybernorms.classroom.tables import plural
from cybernorms.exercises.hand_in import LARGEST

MOST_READ = 20  # files of a sender
MOST_UNPACKED = 10_000_000  # bytes in them
MOST_SAMPLED = 1_000  # files of a zip that are read to see whether a teacher has packed it
MOST_TOLD = 40  # files of a sender that are no hand-ins, of which each has its line


class Chosen(NamedTuple):
    """What is done with files, by their index: read, told as they are, or told in one line.

    `lines` are by the first of those of which they tell. `sample` has those that show, where a
    sender has too many, whether that is a zip which a teacher has packed.
    """

    read: list[int]
    told: list[int]
    lines: dict[int, Read]
    sample: list[int]


def choose(found: Sequence[Found], reads: Sequence[Read], opened: Collection[Hashable]) -> Chosen:
    """Return which files are read: of each sender the newest, up to a number and a size.

    Arguments:
        found: all files.
        reads: what is known of each before it is read: its place, its sender, its problem.
        opened: zips that a teacher has packed.
    """
    senders: defaultdict[Hashable, list[int]] = defaultdict(list)
    told: list[int] = []
    lines: dict[int, Read] = {}
    problems: defaultdict[Hashable, list[int]] = defaultdict(list)
    for row, read in enumerate(reads):
        (problems if read.problem else senders)[_sender_of(read, opened)].append(row)
    chosen: list[int] = []
    sample: list[int] = []
    for rows in senders.values():
        if len(rows) <= MOST_READ and sum(found[row].size for row in rows) <= MOST_UNPACKED:
            chosen += rows
            continue
        newest = _newest(rows, found, reads)
        chosen += newest
        if not reads[rows[0]].sender.id:
            sample += _sample(rows, found, reads)
        if len(newest) < len(rows):
            left = sorted({*rows} - {*newest})
            lines[left[0]] = _line(reads, left, _too_much(rows, found, len(left), len(newest)))
    for rows in problems.values():
        told += rows[:MOST_TOLD]
        if left := rows[MOST_TOLD:]:
            lines[left[0]] = _line(reads, left, _more_problems(len(left)))
    return Chosen(sorted(chosen), sorted(told), lines, sorted(sample))


def with_sizes(found: Sequence[Found], reads: Sequence[Read]) -> list[Read]:
    """Return files with the problem of those that are too large to be read."""
    return [
        read._replace(problem=too_large(LARGEST))
        if each.size > LARGEST and not read.problem
        else read
        for each, read in zip(found, reads, strict=True)
    ]


def _sender_of(read: Read, opened: Collection[Hashable]) -> Hashable:
    sender = read.sender
    if sender.id:
        return sender.lms, sender.id, sender.folder
    return outermost(read, opened)


def _newest(rows: list[int], found: Sequence[Found], reads: Sequence[Read]) -> list[int]:
    """Return the newest files of a sender, by Canvas's number, else by when they were changed."""
    newest = sorted(rows, key=lambda row: (reads[row].sender.file, found[row].changed, row))
    return _fitting(newest[::-1][:MOST_READ], found, MOST_UNPACKED)


def _sample(rows: list[int], found: Sequence[Found], reads: Sequence[Read]) -> list[int]:
    """Return small files of a sender, one of each zip first, since each may be another student's.

    So none of them takes the place of the others, however many and however new theirs are.
    """
    by_size = sorted(rows, key=lambda row: (found[row].size, row))
    firsts: dict[Hashable, int] = {}
    for row in by_size:
        firsts.setdefault(reads[row].steps[:-1], row)
    first = {*firsts.values()}
    order = sorted(by_size, key=lambda row: row not in first)
    return _fitting(order[:MOST_SAMPLED], found, MOST_UNPACKED // 4)


def _fitting(rows: list[int], found: Sequence[Found], most: int) -> list[int]:
    kept, size = [], 0
    for row in rows:
        size += found[row].size
        if size > most:
            break
        kept.append(row)
    return kept


def _line(reads: Sequence[Read], rows: Sequence[int], problem: str) -> Read:
    return reads[rows[0]]._replace(problem=problem, files=len(rows))


def _too_much(rows: Sequence[int], found: Sequence[Found], left: int, kept: int) -> str:
    size = sum(found[row].size for row in rows) / 1e6
    what = f"{len(rows):,} files ({size:,.1f} MB)"
    most = f"at most {MOST_READ} files and {MOST_UNPACKED // 1_000_000} MB are"
    if left == 1:
        return (
            f"is one of {what} from one sender, of which only the newest {kept} were read ({most})"
        )
    return (
        f"and {left - 1:,} more were not read: of the {what} from this sender only the newest "
        f"{kept} were ({most})"
    )


def _more_problems(left: int) -> str:
    if left == 1:
        return "cannot be read either"
    return f"and {plural(left - 1, 'other file')} from the same sender cannot be read either"
