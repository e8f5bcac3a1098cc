"""What lies beside a hand-in where a learner gave the whole folder of their work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from cybernorms.classroom.intake.students import Read
from cybernorms.classroom.tables import one_line, plural
from cybernorms.exercises import drafts, hand_in, record

MOST_NAMED = 3


def without_leftovers(reads: Sequence[Read]) -> list[Read]:
    """Return files without the drafts, locks and records beside a hand-in of the same sender.

    The hand-in has a note on how many they are. Without a hand-in beside it, a record is marked.
    """
    hand_ins: dict[Hashable, int] = {}
    for index, read in enumerate(reads):
        if not read.problem and not read.is_record:
            for place in _places(read):
                hand_ins[place] = index
    left_out: dict[int, list[int]] = defaultdict(list)
    for index, read in enumerate(reads):
        if _may_be_left_over(read):
            found = next((each for each in _places(read) if each in hand_ins), None)
            if found is not None:
                left_out[hand_ins[found]].append(index)
    gone = {index for each in left_out.values() for index in each}
    return [
        read._replace(notes=(*read.notes, _note([reads[each] for each in left_out[index]])))
        if index in left_out
        else read
        for index, read in enumerate(reads)
        if index not in gone
    ]


def _may_be_left_over(read: Read) -> bool:
    *_, folder, name = ("", *read.path.lower().split("/"))
    if not read.problem:
        return read.is_record
    return name.endswith((".jsonl.lock", ".jsonl")) or (
        folder == drafts.FOLDER and name.endswith(".txt")
    )


def _places(read: Read) -> Iterator[Hashable]:
    """Yield what a hand-in and its leftovers share: sender, folder of work, zip of one student."""
    if read.sender.id:
        yield read.sender
    *zips, path = read.steps or (read.path,)
    folders = path.split("/")[:-1]  # a zip called like a folder of ours is none
    if record.JOINED in folders[-2:-1]:
        folders = folders[:-2]
    if folders and folders[-1] in (drafts.FOLDER, hand_in.FOLDER):
        yield "work", tuple(zips), tuple(folders[:-1])
    elif not _is_hand_in(read):
        yield "work", tuple(zips), tuple(folders)
    if not read.sender.id and any(read.steps[:-1]):
        yield "zip", read.steps[:-1]


def _is_hand_in(read: Read) -> bool:
    return not read.problem and not read.is_record


def _note(leftovers: Sequence[Read]) -> str:
    names = [one_line(read.path.rpartition("/")[2], 40) for read in leftovers[:MOST_NAMED]]
    more = ", …" if len(leftovers) > MOST_NAMED else ""
    return (
        f"lies beside {plural(len(leftovers), 'other file')} of the folder work, "
        f"which {'was' if len(leftovers) == 1 else 'were'} left out ({', '.join(names)}{more})"
    )
