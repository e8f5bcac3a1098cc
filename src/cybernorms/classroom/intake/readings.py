"""Which of several people the name of a file is of, where it can be read in more than one way.

People can have an LMS show a name that ends in a number, as in team_3, and that number can be
somebody else's. A file can be named so as to look like that, too. Neither moves anybody's marks:
a file that can be of two people of the class is nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence

from msgspec import Struct

from cybernorms.classroom.intake.file_names import Sender

Knows = Callable[[str, str], bool]


class Name(Struct, frozen=True):
    """The first name of an LMS's form in a path: where it stands, and how it can be read."""

    folder: str
    name: str
    readings: tuple[Sender, ...]


def choose_among_readings(
    senders: list[Sender], names: Sequence[Name | None], known: Knows
) -> dict[int, str]:
    """Choose whom each file is of, where its name leaves a choice.

    Arguments:
        senders: of each file, whom the likelier reading names, or nobody; they are changed.
        names: of each file, the name by which it is known.
        known: says whether a list of the class has an id, with an empty name.

    Returns:
        A remark on each file that can be of two people of the class.
    """
    believed = [each if one.id else None for one, each in zip(senders, names, strict=True)]
    files = _files_by_id(believed)
    numbered = _numbered(believed)
    remarks = {}
    for row, found in enumerate(believed):
        if found is None or len({each.id for each in found.readings}) == 1:
            continue
        one = _chosen(found, known, files, numbered)
        senders[row] = one or Sender(is_nobodys=True)
        if not one:
            ids = " or ".join(dict.fromkeys(each.id for each in found.readings))
            remarks[row] = (
                f"has a name that can be read as that of number {ids}, so this file is kept apart "
                "and counts for nobody; see in the LMS whose it is"
            )
    return remarks


def _chosen(
    found: Name,
    known: Knows,
    files: Mapping[Hashable, set[Hashable]],
    numbered: Mapping[Hashable, set[int]],
) -> Sender | None:
    """Return the one person of the class whom a name can be of, or None if these are several."""
    first, *rest = found.readings
    listed = [each for each in found.readings if known(each.id, "")]
    # Canvas numbers each file, so that a number that two files share is none of a file.
    if first not in listed and len(numbered.get((found.folder, first.id, first.file), ())) > 1:
        return rest[0]
    # Somebody who is not on the list can still have handed in.
    others = [
        each
        for each in found.readings
        if each not in listed and files[_person(each)] != {(found.folder, found.name)}
    ]
    if listed:
        # Somebody who is on no list can have called herself as one who is on it, with a number.
        is_other_file = files[_person(first)] != {(found.folder, found.name)}
        in_doubt = listed[0] == first and (others or is_other_file)
        return listed[0] if len(listed) == 1 and not in_doubt else None
    return None if first in others else first


def _person(sender: Sender) -> Hashable:
    """Return a number where it holds: that of Moodle is one in each download."""
    return sender.folder if sender.system == "moodle" else "", sender.id


def _files_by_id(names: Sequence[Name | None]) -> Mapping[Hashable, set[Hashable]]:
    files: dict[Hashable, set[Hashable]] = defaultdict(set)
    for each in filter(None, names):
        for reading in each.readings:
            files[_person(reading)].add((each.folder, each.name))
    return files


def _numbered(names: Sequence[Name | None]) -> Mapping[Hashable, set[int]]:
    """Return, by person and number of the file, the numbers that stand behind these."""
    found: dict[Hashable, set[int]] = defaultdict(set)
    for each in filter(None, names):
        first, *rest = each.readings
        if first.file:
            key = each.folder, first.id, first.file
            found[key].update(one.file for one in rest)
    return found
