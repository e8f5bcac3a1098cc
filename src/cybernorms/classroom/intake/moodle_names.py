"""What Moodle writes in place of a name, or in front of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.headings import PARTICIPANT, plain, words_of

FEWEST_IN_GROUP = 3  # names that begin alike, since two can be Jean-Luc and Jean-Paul
FEWEST_HIDDEN = 3  # people of one name and no other, whom Moodle keeps back by some word


def with_names_of_people(senders: Sequence[Sender]) -> list[Sender]:
    """Return senders without the group in front of names, and anonymous where Moodle has them so.

    With a group chosen, Moodle puts its name in front of every name of a download; with anonymous
    submissions all have one name, the word for a participant in the language of the teacher.
    """
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for sender in senders:
        if sender.lms == "moodle":
            names[sender.folder][sender.id] = sender.name
    everybody = {name for found in names.values() for name in found.values()}
    groups = {folder: _group_of(found.values()) for folder, found in names.items()}
    apart = {folder: _behind_groups(found.values(), everybody) for folder, found in names.items()}
    hidden = {folder for folder, found in names.items() if _are_hidden([*found.values()])}
    return [
        replace(
            sender,
            lms="moodle anonymous" if sender.folder in hidden else "moodle",
            name=apart[sender.folder].get(
                sender.name, sender.name.removeprefix(groups[sender.folder]).strip()
            ),
        )
        if sender.lms == "moodle"
        else sender
        for sender in senders
    ]


def _group_of(names: Iterable[str]) -> str:
    """Return what stands before a hyphen in front of all of several names, or nothing."""
    distinct = sorted(set(names))
    if len(distinct) < FEWEST_IN_GROUP:
        return ""
    first, last = distinct[0], distinct[-1]
    pairs = enumerate(zip(first, last, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), 0)
    return first[: first.rfind("-", 0, shared) + 1]


def _behind_groups(names: Iterable[str], everybody: Collection[str]) -> dict[str, str]:
    """Return the names of people behind those of their groups, as where groups hand in together.

    They are known by another assignment, if most of two or more names show one behind a hyphen.
    """
    distinct = set(names)
    found = {}
    for name in distinct:
        parts = name.split("-")
        rest = ("-".join(parts[at:]) for at in range(1, len(parts)))
        if known := next((each for each in rest if each in everybody), ""):
            found[name] = known
    return found if len(found) > 1 and 2 * len(found) > len(distinct) else {}


def _are_hidden(names: Sequence[str]) -> bool:
    """Return whether one word stands for all people of a download."""
    if len({*names}) > 1:
        return False
    word = _letters(plain(names[0]).rpartition("-")[2])
    known = {_letters(each.rpartition("-")[2]) for each in words_of(PARTICIPANT)}
    return word in known or len(names) >= FEWEST_HIDDEN


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))
