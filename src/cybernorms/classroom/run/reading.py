"""Read the files of a class, of each sender no more than its budget, into the spool."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import islice
from typing import BinaryIO, NamedTuple

from cybernorms.classroom.intake.apart import kept_apart
from cybernorms.classroom.intake.budget import Chosen, choose, with_sizes
from cybernorms.classroom.intake.found import Found
from cybernorms.classroom.intake.leftovers import without_leftovers
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import (
    GIVEN_ITSELF,
    Read,
    opened_zips,
    with_senders,
    without_numbers_of_several,
)
from cybernorms.classroom.run.pool import Progress, Run
from cybernorms.classroom.run.shared_answers import Prints, prints_of
from cybernorms.classroom.run.worker import SPOOL, Settings, read_chunk


class Entered(NamedTuple):
    """What the files hold: what is kept of each, and the sets to which anybody gave an answer.

    `prints` are what the answers of a file are compared by, by where they begin in the spool;
    `files` is how many there were, those included that were left out.
    """

    files: int
    reads: list[Read]
    answered: set[str]
    prints: dict[int, Prints]


class Reading:
    """The files of a class on their way into the spool.

    Arguments:
        settings: what reading needs to know.
        found: all files.
        roster: the list of the class, or None.
    """

    def __init__(self, settings: Settings, found: Sequence[Found], roster: Roster | None) -> None:
        self._settings, self._found, self._roster = settings, found, roster
        places = [
            Read(each.location.path, each.problem, steps=each.location.steps) for each in found
        ]
        self._known = with_sizes(found, with_senders(places, roster))
        self._opened: set[Hashable] = {GIVEN_ITSELF}
        self._chosen = choose(found, self._known, self._opened)
        self._reads: dict[int, Read] = {}
        self._answered: set[str] = set()
        self._prints: dict[int, Prints] = {}

    @property
    def worth(self) -> int:
        """Return how many files are read, as far as is known before any is."""
        return len(self._chosen.read)

    def read_all(self, run: Run) -> Entered:
        """Read the files that count.

        What is in a file shows whether a teacher has packed the zip around it. Then each file in
        that is a sender of its own, and what was left out in it is read too.
        """
        with (self._settings.workplace / SPOOL).open("wb") as spool:
            self._read_more(run, self._chosen.read, spool)
            while self._chosen.lines:
                self._read_more(run, self._chosen.sample, spool)
                opened = opened_zips([read for read in self._reads.values() if not read.problem])
                if opened <= self._opened:
                    break
                self._opened |= opened
                self._chosen = choose(self._found, self._known, self._opened)
                self._read_more(run, self._chosen.read, spool)
        reads = without_leftovers(self._in_order(self._chosen))
        reads = kept_apart(without_numbers_of_several(reads, self._roster), self._roster)
        return Entered(len(self._found), reads, self._answered, self._prints)

    def _read_more(self, run: Run, rows: Sequence[int], spool: BinaryIO) -> None:
        self._read(run, [row for row in rows if row not in self._reads], spool)

    def _read(self, run: Run, rows: Sequence[int], spool: BinaryIO) -> None:
        """Read some files and put their answers into the spool."""
        progress = Progress("Reading", len(rows))
        rest = iter(rows)
        for chunk in run(read_chunk, self._settings, [self._found[row] for row in rows]):
            for (read, packed), row in zip(
                chunk.files, islice(rest, len(chunk.files)), strict=True
            ):
                known = self._known[row]
                start = spool.tell()
                spool.write(packed)
                if packed:
                    self._prints[start] = prints_of(packed)
                self._reads[row] = read._replace(
                    start=start,
                    length=len(packed),
                    sender=known.sender,
                    notes=(*read.notes, *known.notes),
                )
            self._answered |= chunk.sets
            progress.step(len(chunk.files))
        progress.end()

    def _in_order(self, chosen: Chosen) -> list[Read]:
        """Return what is kept of each file, in the order in which they were found."""
        kept = {row: self._reads[row] for row in chosen.read}
        kept |= {row: self._known[row] for row in chosen.told} | chosen.lines
        return [kept[row] for row in sorted(kept)]
