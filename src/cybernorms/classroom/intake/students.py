"""Who handed in what: the files of a class, brought together by student."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.names import is_called, letters_of, loose_key, name_key, spells
from cybernorms.classroom.intake.roster import Match, Roster
from cybernorms.classroom.intake.senders import ONE_NUMBER, find_senders
from cybernorms.classroom.tables import one_line

GIVEN_ITSELF = ("",)  # the zip that the teacher gave, as the steps to it


class Read(NamedTuple):
    """What is kept of a file that was read: who sent it, and where its answers lie.

    `earlier` names what it answers in another revision, and how much of each answer still fits;
    `is_record` says that it is a record of answers, given in place of a hand-in; `files` is how
    many it stands for, which is more than one where a sender has handed in too many.
    """

    path: str
    problem: str
    name: str = ""
    created: float | None = None
    notes: tuple[str, ...] = ()
    digest: str = ""
    answers: int = 0
    start: int = 0
    length: int = 0
    steps: tuple[str, ...] = ()
    sender: Sender = Sender()
    earlier: tuple[tuple[str, str], ...] = ()
    is_record: bool = False
    files: int = 1


class Unmatched(NamedTuple):
    """Files whose sender could not be found on the roster, and why."""

    paths: tuple[str, ...]
    problem: str

    def describe(self) -> str:
        """Return both as a line."""
        return f"{', '.join(one_line(path, 150) for path in self.paths)}: {self.problem}."


@dataclass
class Student:
    """Someone whose hand-ins are marked together.

    `key` and `page` follow from the hand-ins alone, whichever list of the class came along: the
    key that marks of written answers belong to, and the name that the student's page is called by.
    """

    key: str
    name: str
    sender: Sender
    row: int | None = None
    reads: list[Read] = field(default_factory=list)
    page: str = ""


def with_senders(reads: Sequence[Read], roster: Roster | None) -> list[Read]:
    """Return files with their senders, and a note on each whose name was not believed."""
    found = find_senders(
        [read.steps or (read.path,) for read in reads],
        roster.has if roster else None,
        roster.lms if roster else "",
        [read.name for read in reads],
    )
    return [
        read._replace(
            sender=sender,
            notes=(*read.notes, found.remarks[row]) if row in found.remarks else read.notes,
        )
        for row, (read, sender) in enumerate(zip(reads, found.senders, strict=True))
    ]


def without_numbers_of_several(reads: Sequence[Read], roster: Roster | None) -> list[Read]:
    """Return files without numbers that would make one of several people, as their names show.

    Those names are known only once the files are read, when their senders have been found.
    """
    if not _any_number_of_several(reads):
        return list(reads)
    again = with_senders([read._replace(notes=()) for read in reads], roster)
    return [
        read._replace(sender=new.sender, notes=(*read.notes, *new.notes))
        if read.sender.id and any(ONE_NUMBER in note for note in new.notes)
        else read
        for read, new in zip(reads, again, strict=True)
    ]


def _any_number_of_several(reads: Sequence[Read]) -> bool:
    """Return whether any number of Canvas has files in which several names are typed."""
    typed: dict[tuple[str, str], str] = {}
    return any(
        typed.setdefault((read.sender.folder, read.sender.id), name) != name
        for read in reads
        if read.sender.lms == "canvas" and (name := loose_key(read.name))
    )


def students_of(
    reads: Sequence[Read], roster: Roster | None
) -> tuple[list[Student], list[Unmatched]]:
    """Return the students in order, each with their hand-ins in order, and who was not found.

    Arguments:
        reads: the files that can be marked, with their senders.
        roster: the list of the class, or None.
    """
    owners = _owners(reads)
    matches = _matches(reads, owners, roster) if roster else [Match(None)] * len(reads)
    found: dict[int | str, list[int]] = defaultdict(list)
    unmatched: dict[str, list[str]] = defaultdict(list)
    for number, match in enumerate(matches):
        found[owners[number].key if match.row is None else match.row].append(number)
        if match.problem:
            unmatched[match.problem].append(reads[number].path)
    students: dict[str, Student] = {}
    for group, numbers in found.items():
        row = group if isinstance(group, int) else None
        student = _student([reads[n] for n in numbers], [owners[n] for n in numbers], row, roster)
        if student.key in students:  # which a list of the class has told apart
            student.key = f"{student.key} {row}"
        students[student.key] = student
    return sorted(students.values(), key=rank), list(_by_file(unmatched))


def _matches(reads: Sequence[Read], owners: Sequence[_Owner], roster: Roster) -> list[Match]:
    """Return whom of the roster each file is from; two people of an LMS are never one of it."""
    matches = [
        roster.find(read.sender, "" if owner.is_crowd else read.name)
        for read, owner in zip(reads, owners, strict=True)
    ]
    ids: dict[tuple[int, str], set[str]] = defaultdict(set)
    for read, match in zip(reads, matches, strict=True):
        if match.row is not None and read.sender.id:
            ids[match.row, _place_of_ids(read.sender)].add(read.sender.id)
    for number, (read, match) in enumerate(zip(reads, matches, strict=True)):
        if match.row is None or len(ids.get((match.row, _place_of_ids(read.sender)), ())) < 2:
            continue
        person = roster.people[match.row]
        if read.sender.id and (read.sender.system != roster.lms or read.sender.id != person.id):
            problem = f"the LMS has several people called {one_line(person.name, 60)!r}"
            matches[number] = Match(None, f"{problem}, and the roster tells one of them by name")
    return _of_one_system(reads, matches, roster)


def _of_one_system(reads: Sequence[Read], matches: Sequence[Match], roster: Roster) -> list[Match]:
    """Return matches, of which those are nobody's that another LMS than the class's has by name.

    A file by mail can be called as one of another LMS, with any name.
    """
    rows: dict[str, set[int]] = defaultdict(set)
    for read, match in zip(reads, matches, strict=True):
        if match.row is not None and read.sender.id:
            rows[read.sender.system].add(match.row)
    if len(rows) < 2:
        return list(matches)
    first = max(rows, key=lambda lms: (lms == roster.lms, len(rows[lms]), lms))
    return [
        Match(None, "has the name of somebody whose file another LMS has")
        if match.row in rows[first] and read.sender.id and read.sender.system != first
        else match
        for read, match in zip(reads, matches, strict=True)
    ]


def _place_of_ids(sender: Sender) -> str:
    """Return where the numbers of an LMS hold: everywhere in Canvas, in one download in Moodle."""
    return f"moodle {sender.folder}" if sender.system == "moodle" else sender.lms


def _by_file(unmatched: Mapping[str, list[str]]) -> Iterator[Unmatched]:
    """Yield problems with files; one that is of several people of one name is told once."""
    for problem, paths in unmatched.items():
        if "people on the roster" in problem:
            yield Unmatched(tuple(paths), problem)
        else:
            yield from (Unmatched((path,), problem) for path in paths)


class _Owner(NamedTuple):
    """Whose a file is by itself: the key, the name, whether a zip speaks for several people."""

    key: str
    name: str
    is_crowd: bool = False


def _owners(reads: Sequence[Read]) -> list[_Owner]:
    """Return whose each file is, as the files alone tell.

    What came by other ways than the LMS is of the one person there whose name it has.
    """
    moodle = _moodle_keys(reads)
    crowds = _crowds(reads)
    owners = [_owner(read, moodle, crowd) for read, crowd in zip(reads, crowds, strict=True)]
    _give_zips_one_owner(reads, owners)
    of_lms: dict[str, dict[str, str]] = defaultdict(dict)
    for read, owner in zip(reads, owners, strict=True):
        if read.sender.id and not read.sender.is_anonymous:
            of_lms[letters_of(read.sender.name)][owner.key] = read.sender.name
    for number, (read, owner) in enumerate(zip(reads, owners, strict=True)):
        if owner.key.startswith("name:") and " " in read.name.strip():
            same = of_lms.get(letters_of(read.name), {})
            keys = [key for key, name in same.items() if is_called(read.name, name)]
            if len(keys) == 1:
                owners[number] = _Owner(keys[0], owner.name)
    return owners


def _give_zips_one_owner(reads: Sequence[Read], owners: list[_Owner]) -> None:
    """Give files without a name the owner of the others in the same student's zip."""
    if not _any_zip(reads):
        return
    opened = opened_zips(reads)
    of_zip: dict[Hashable, _Owner] = {}
    for read, owner in zip(reads, owners, strict=True):
        if read.name and not read.sender.id:
            of_zip.setdefault(outermost(read, opened), owner)
    for row, read in enumerate(reads):
        if not (read.name or read.sender.id):
            around = outermost(read, opened)
            if isinstance(around, tuple):
                name = "/".join(filter(None, around))
                owners[row] = of_zip.get(around) or _Owner(f"file:{name}", name)


def _owner(read: Read, moodle: Mapping[Sender, str], crowd: str) -> _Owner:
    sender = read.sender
    if crowd:
        return _Owner(f"file:{crowd}", crowd, is_crowd=True)
    if sender.is_nobodys:
        return _Owner(f"file:{read.path}", read.path, is_crowd=True)
    if sender.is_anonymous:
        name = f"{sender.name} {sender.id}" if sender.name else f"anon_{sender.id}"
        return _Owner(f"{sender.system}:{sender.id}", one_line(name))
    if sender.lms == "moodle":
        return _Owner(moodle[sender], one_line(sender.name))
    if sender.id:
        # Typed as a name is written, where it is the name that Canvas has run together.
        name = read.name if spells(read.name, sender.name) else one_line(sender.name)
        return _Owner(f"{sender.lms}:{sender.id}", name)
    if name_key(read.name):
        return _Owner(f"name:{name_key(read.name)}", read.name)
    return _Owner(f"file:{read.path}", read.path)


def _student(
    reads: Sequence[Read], owners: Sequence[_Owner], row: int | None, roster: Roster | None
) -> Student:
    """Return the student of some files, known by what the LMS says rather than by a typed name."""
    best = min(range(len(reads)), key=lambda n: (not reads[n].sender.id, n))
    owner, sender = owners[best], reads[best].sender
    student = Student(owner.key, owner.name, sender, row, by_time(reads), owner.name)
    if roster and row is not None:
        person = roster.people[row]
        student.name = person.name or owner.name
        student.sender = sender if sender.id else Sender(id=person.id)
    elif owner.key.startswith("name:"):
        student.name = student.reads[-1].name
    return student


def _moodle_keys(reads: Sequence[Read]) -> dict[Sender, str]:
    """Return a key for each sender of Moodle, whose numbers are others in each assignment.

    So a name is one person in all assignments, if no assignment has it twice.
    """
    senders = {read.sender for read in reads if read.sender.lms == "moodle"}
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sender in senders:
        numbers[name_key(sender.name), sender.folder].add(sender.id)
    twice = {name for (name, _), ids in numbers.items() if len(ids) > 1}
    by_number = [
        sender
        for sender in senders
        if (name := name_key(sender.name)) in twice or (" " not in name and name.isascii())
    ]
    people = Counter(id for id, _ in {(each.id, name_key(each.name)) for each in by_number})
    keys = {sender: f"moodle:{name_key(sender.name)}" for sender in senders}
    for each in by_number:
        more = f" {name_key(each.name)}" if people[each.id] > 1 else ""
        keys[each] = f"moodle:{each.id}{more}"
    return keys


def _crowds(reads: Sequence[Read]) -> list[str]:
    """Return of each file the zip around it in which one student speaks for several, or nothing.

    One file is one sender, so that nobody can hand in for others. Where zips with several names
    are most of what lies side by side, a teacher has packed them: one student hands in one thing
    among many.
    """
    if not _any_zip(reads):
        return [""] * len(reads)
    opened = opened_zips(reads)
    names = _names_by_zip(reads, opened)
    return [
        "/".join(filter(None, each)) if isinstance(each, tuple) and len(names[each]) > 1 else ""
        for each in (outermost(read, opened) for read in reads)
    ]


def opened_zips(reads: Sequence[Read]) -> set[Hashable]:
    """Return the zips that a teacher has packed, as the names in the files in them tell.

    They are more than the people beside them, of whom each counts once, with all files.
    """
    opened: set[Hashable] = {GIVEN_ITSELF}
    if not _any_zip(reads):
        return opened
    while True:
        names = _names_by_zip(reads, opened)
        crowds = {each for each in names if isinstance(each, tuple) and len(names[each]) > 1}
        beside = {
            around if isinstance(around, Sender) else next(iter(typed))
            for around, typed in names.items()
            if around not in crowds and (typed or isinstance(around, Sender))
        }
        if not crowds or len(crowds) <= len(beside):
            return opened
        opened |= crowds


def _any_zip(reads: Sequence[Read]) -> bool:
    """Return whether any file lies in a zip."""
    return any(len(read.steps) > 1 for read in reads)


def _names_by_zip(reads: Sequence[Read], opened: Collection[Hashable]) -> dict[Hashable, set[str]]:
    names: dict[Hashable, set[str]] = defaultdict(set)
    for read in reads:
        names[outermost(read, opened)].update(filter(None, [loose_key(read.name)]))
    return names


def outermost(read: Read, opened: Collection[Hashable]) -> Hashable:
    """Return the sender of a file, or the outermost zip around it that is not opened, or itself."""
    if read.sender.id:
        return read.sender
    zips = (read.steps[:length] for length in range(1, len(read.steps)))
    return next((each for each in zips if each not in opened), read.path)


def by_time(reads: Sequence[Read]) -> list[Read]:
    """Return the hand-ins of one student, the last one last.

    Canvas numbers files as they come in, which decides among its own; others come in by the time
    at which they say that they were made.
    """
    latest, timed = 0.0, []
    for read in sorted(reads, key=lambda read: (read.sender.file, read.created or 0.0, read.path)):
        made = read.created or 0.0
        if read.sender.file:
            latest = made = max(latest, made)
        timed.append((made, read.sender.file, read.path, read))
    return [each[-1] for each in sorted(timed, key=lambda each: each[:-1])]


def rank(student: Student) -> tuple[bool, int, str, str]:
    """Return what students are put in order by: the roster, then those who are not on it."""
    return student.row is None, student.row or 0, name_key(student.name), student.key
