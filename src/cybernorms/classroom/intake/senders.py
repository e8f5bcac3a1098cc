"""Who handed a file in: decided once for a class, from the outside in.

Canvas and Moodle put a name and a number in front of the name that a student gave a file. What
stands behind that, or inside a zip that a student packed, can be shaped by the student and proves
nothing. So only the outermost name is looked at, only in its complete form, only where most names
beside it have that form, and only while one number has one name. A folder among others with one
hand-in each is that student's own, and what an LMS's zip has without such a name is nobody's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.classroom.intake.file_names import Sender, may_be_of_canvas, readings_of
from cybernorms.classroom.intake.moodle_names import with_names_of_people
from cybernorms.classroom.intake.names import is_called, loose_key, name_key
from cybernorms.classroom.intake.readings import Knows, Name, choose_among_readings

Steps = tuple[str, ...]
FEWEST_OF_OTHER = 2  # people of another LMS than that of most
ONE_NUMBER = "several people would have one number"
_HAND_IN = (".json", ".json.txt", ".zip")
_TWO_FORMS = "has the form of two names of an LMS, of which the first counts"
_NOBODYS = (
    "lies among files that an LMS has packed and does not have a name as they do, so that the name "
    "inside it does not count"
)


class Senders(Struct, frozen=True):
    """The sender of each path, in order, and a remark on each name that was not believed."""

    senders: tuple[Sender, ...]
    remarks: Mapping[int, str] = {}


def find_senders(
    paths: Sequence[Steps],
    is_person: Knows | None = None,
    lms: str = "",
    typed: Sequence[str] = (),
) -> Senders:
    """Return who sent each file of a class.

    Arguments:
        paths: of each file, the path on disk below what was given, "" for a zip that was given
            itself, and then the path in each zip on the way.
        is_person: says of an id and a name whether a list of the class has them together; an
            empty name asks for the id alone.
        lms: the LMS of that list, which decides where names speak for two of them alike.
        typed: of each file, the name in it, if these are known; they prove nothing of one student.
    """
    known = is_person or (lambda id, name: False)
    paths = _without_teacher_s_zip(paths)
    alone = _folders_of_one(paths)
    downloads, in_doubt = _downloads(paths, alone)
    names = [_first_name(path, downloads) for path in paths]
    if not any(names) and not in_doubt:
        return Senders((Sender(),) * len(paths))
    systems = _systems_of(filter(None, names), lms)
    believed_folders = _believed_folders(paths, downloads, names, systems, alone)
    senders, remarks = [Sender()] * len(paths), {}
    for row, found in enumerate(names):
        if found is None:
            continue
        if not (readings := _of_one_system(found, systems)):
            remarks[row] = _remark(found, "the other names are not those of that system")
        elif found.folder not in believed_folders:
            remarks[row] = _remark(found, "most names beside it are of another form")
        else:
            senders[row] = readings[0]
            names[row] = replace(found, readings=tuple(readings))
    two = choose_among_readings(senders, names, known)
    for find in (_contradictions, partial(_with_crowds, typed=typed)):
        for row, reason in find(senders, known).items():
            found = names[row]
            assert found
            senders[row], remarks[row] = Sender(), _remark(found, reason)
    for row, found in enumerate(names):
        if found and senders[row].id and found.name.count("_assignsubmission_") > 1:
            remarks[row] = _TWO_FORMS
    inside = _nobodys(paths, downloads, senders, names, typed)
    for row in {*inside, *_formed_otherwise(paths, senders, names)}:
        senders[row] = Sender(is_nobodys=True)
        remarks[row] = _NOBODYS
    remarks |= two
    doubts = [len(path) > 1 and path[0] in in_doubt for path in paths]
    senders = [replace(one, in_doubt=each) for one, each in zip(senders, doubts, strict=True)]
    return Senders(tuple(with_names_of_people(senders)), remarks)


def _nobodys(
    paths: Sequence[Steps],
    downloads: set[str],
    senders: Sequence[Sender],
    names: Sequence[Name | None],
    typed: Sequence[str],
) -> list[int]:
    """Return the rows in an LMS's zip of which the LMS does not say whose they are.

    Only a name inside that is the LMS's own in front of a number counts there.
    """
    of_lms = {path[0] for path, one in zip(paths, senders, strict=True) if one.id and len(path) > 1}
    return [
        row
        for row, path in enumerate(paths)
        if len(path) > 1 and path[0] in of_lms & downloads and not senders[row].id
        if not ((found := names[row]) and typed and is_called(typed[row], found.readings[0].name))
    ]


def _formed_otherwise(
    paths: Sequence[Steps], senders: Sequence[Sender], names: Sequence[Name | None]
) -> list[int]:
    """Return the rows in folders of Canvas whose names have its numbers behind another name.

    What came by mail and lies there counts by the name inside it. But people can have Canvas show
    a name that looks as if it weren't Canvas's.
    """
    of_canvas = {one.folder.rstrip("/") for one in senders if one.system == "canvas"}
    return [
        row
        for row, (path, found) in enumerate(zip(paths, names, strict=True))
        if len(path) == 1 and not found and path[0].rpartition("/")[0] in of_canvas
        if may_be_of_canvas(path[0].rpartition("/")[2])
    ]


def _remark(found: Name, reason: str) -> str:
    system = "Moodle" if found.readings[0].lms == "moodle" else "Canvas"
    return f"has a name like those of {system}, but {reason}, so that the name inside it counts"


# --- Which zips are the LMS's -----------------------------------------------------------------


def _downloads(paths: Sequence[Steps], alone: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    """Return the zips on disk that an LMS packed, and those of them that may be one student's.

    Most names in them have its form.

    A zip beside more loose hand-ins than there are people in it is one student's; where a folder
    holds little but such zips, they are the teacher's. In between either can be: then they count
    for those who have no other file (`apart`). `alone` are the folders that hold one hand-in each.
    """
    inside: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder, _, name = path[0].rpartition("/")
        if path[0] and name.lower().endswith(_HAND_IN):
            beside[folder].add(path[0])
        if len(path) > 1:
            inside[path[0]].add(path[1])
    found, in_doubt = {""}, set[str]()
    for folder, files in beside.items():
        packed = {
            file
            for file in files
            if is_packed_by_lms(file, members := inside.get(file, set()))
            and not _is_one_students(folder, len(members), alone)
        }
        others = len(files - packed)
        if others > len(packed):  # as where hand-ins by mail lie beside the download of a class
            packed = {each for each in packed if _people_in(inside[each]) > others}
        found |= packed
        in_doubt |= packed if others else set()
    return found, in_doubt


def _people_in(members: Iterable[str]) -> int:
    return len({*filter(None, map(sender_in, members))})


def _folders_of_one(paths: Sequence[Steps]) -> Mapping[str, set[str]]:
    """Return by folder those folders in it that hold one hand-in each, of no LMS's form."""
    handed_in = {path[0] or path[1] for path in paths if path[0] or len(path) > 1}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in handed_in:
        *folders, _ = each.split("/")
        formed = any(readings_of(part, is_file=last) for part, last in _parts(each))
        for depth, folder in enumerate(folders):
            # Two stand for many, since a name of an LMS's form makes a folder none of one student.
            counts["/".join(folders[:depth])][folder] += 2 if formed else 1
    return {above: {one for one, n in below.items() if n == 1} for above, below in counts.items()}


def _is_one_students(folder: str, size: int, alone: Mapping[str, set[str]]) -> bool:
    """Return whether a folder with so many names stands among more that hold one hand-in each.

    So it is where a teacher has made a folder for each student, who can have shaped all in it.
    """
    parts = folder.strip("/").split("/") if folder else []
    return any(
        len(alone.get("/".join(parts[:depth]), set()) - {part}) > size
        for depth, part in enumerate(parts)
        if size
    )


def _without_teacher_s_zip(paths: Sequence[Steps]) -> Sequence[Steps]:
    """Return paths as from a folder, where the zip that was given holds zips."""
    if any(path[0] or len(path) < 2 for path in paths) or all(len(path) == 2 for path in paths):
        return paths
    return [path[1:] for path in paths]


def is_packed_by_lms(file: str, members: set[str]) -> bool:
    """Return whether the name of a zip is nobody's, and most names in it have an LMS's form."""
    if readings_of(file.rpartition("/")[2]):
        return False
    formed = sum(
        any(readings_of(part, is_file=last) for part, last in _parts(member)) for member in members
    )
    return 2 * formed > len(members)


def sender_in(path: str) -> tuple[str, str] | None:
    """Return the LMS and the number in the first name of its form in a path, or None."""
    for part, is_file in _parts(path):
        if readings := readings_of(part, is_file=is_file):
            return readings[0].lms, readings[0].id
    return None


def _parts(path: str) -> Iterator[tuple[str, bool]]:
    """Yield the names in a path, from the outside in, and whether each is the file itself."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    for index, part in enumerate(parts, start=1):
        yield part, index == len(parts)


def _outer_names(path: Steps, downloads: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the folders and names that a student has not shaped: folder, name, is a file."""
    is_download = len(path) > 1 and path[0] in downloads
    folder = ""
    for part, last in _parts(path[0]):
        if not (last and is_download):
            yield folder, part, last
        folder = f"{folder}{part}/"
    if is_download:
        for part, last in _parts(path[1]):
            yield folder, part, last
            folder = f"{folder}{part}/"


# --- What is believed -------------------------------------------------------------------------


def _first_name(path: Steps, downloads: set[str]) -> Name | None:
    for folder, name, is_file in _outer_names(path, downloads):
        if readings := readings_of(name, is_file=is_file):
            return Name(folder, name, tuple(replace(each, folder=folder) for each in readings))
    return None


def _systems_of(names: Iterable[Name], preferred: str) -> list[str]:
    """Return the LMSs that names are believed of: that of most people first.

    Another one counts too if it has several people. Otherwise many files by mail, with names of
    that other LMS, would disown a small class; so they only stand beside it.

    Arguments:
        names: the first name of an LMS's form in each path.
        preferred: the LMS that comes first where as many people are of each.
    """
    # People are counted, not files, of which one student can bring any number.
    people = {(each.folder, each.readings[0].id, each.readings[0].system) for each in names}
    count = Counter(system for *_, system in people)
    ranked = sorted(count, key=lambda lms: (-count[lms], lms != preferred))
    if len(ranked) > 1 and count[ranked[0]] == count[ranked[1]] and preferred not in ranked:
        return [lms for lms in ranked if count[lms] >= FEWEST_OF_OTHER]
    return [lms for lms in ranked if lms == ranked[0] or count[lms] >= FEWEST_OF_OTHER]


def _of_one_system(found: Name, systems: Sequence[str]) -> list[Sender]:
    """Return how a name can be read as one of the first LMS of which it can be."""
    by_system = ([one for one in found.readings if one.system == lms] for lms in systems)
    return next(filter(None, by_system), [])


def _believed_folders(
    paths: Sequence[Steps],
    downloads: set[str],
    names: Sequence[Name | None],
    systems: Sequence[str],
    alone: Mapping[str, set[str]],
) -> set[str]:
    """Return the folders and zips in which more than half of the names have an LMS's form."""
    formed: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for path, found in zip(paths, names, strict=True):
        for folder, name, is_file in _outer_names(path, downloads):
            if is_file and name.lower().endswith(_HAND_IN):
                beside[folder].add(name)
        if found and (of_lms := _of_one_system(found, systems)):
            formed[found.folder].add(found.name)
            ids[found.folder].add(of_lms[0].id)
    return {
        folder
        for folder, with_form in formed.items()
        if len(ids[folder]) > len(beside[folder] - with_form)
        and not _is_one_students(folder, len(ids[folder]), alone)
    }


def _contradictions(senders: Sequence[Sender], known: Knows) -> dict[int, str]:
    """Return the rows whose number has several names, but for the name that the list has.

    In Moodle, a number is that of one person in one download alone. Where most names of Canvas in a
    folder contradict each other, none is one.
    """
    rows: dict[Hashable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, sender in enumerate(senders):
        if sender.id:
            place = sender.folder if sender.lms == "moodle" else ""
            name = normalize("NFC", sender.name).casefold()
            rows[sender.lms, place, sender.id][name].append(row)
    found: dict[int, str] = {}
    for by_name in rows.values():
        if _are_one_name(by_name):
            continue
        for these in by_name.values():
            id = senders[these[0]].id
            if not known(id, senders[these[0]].name):
                found.update(dict.fromkeys(these, f"several names have the number {id}"))
    wrong = _people_by_folder(senders[row] for row in found)
    of_canvas = _people_by_folder(one for one in senders if one.lms == "canvas")
    for row, sender in enumerate(senders):
        most = 2 * wrong[sender.folder] > of_canvas[sender.folder]
        if sender.lms == "canvas" and most and not known(sender.id, sender.name):
            found.setdefault(row, "most names beside it contradict each other")
    return found


def _people_by_folder(senders: Iterable[Sender]) -> Counter[str]:
    """Return how many people there are in each folder, however many files each of them has."""
    return Counter(folder for folder, *_ in {(one.folder, one.id, one.name) for one in senders})


def _with_crowds(senders: Sequence[Sender], known: Knows, typed: Sequence[str]) -> dict[int, str]:
    """Return the rows of folders in which numbers of Canvas would make one of several people.

    There, at least half of the numbers have files with several typed names, and no name in any file
    is like that before the number, as in week_3_1_ada.json and week_3_2_grace.json.
    """
    folders: dict[str, list[int]] = defaultdict(list)
    for row, sender in enumerate(senders[: len(typed)]):
        if sender.lms == "canvas" and name_key(typed[row]):
            folders[sender.folder].append(row)
    found: dict[int, str] = {}
    for rows in folders.values():
        if any(known(senders[row].id, "") or _is_like(typed[row], senders[row]) for row in rows):
            continue
        names: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            names[senders[row].id].add(loose_key(typed[row]))
        if 2 * sum(len(each) > 1 for each in names.values()) >= len(names):
            reason = f"{ONE_NUMBER}, and none the name before it"
            found.update(dict.fromkeys(rows, reason))
    return found


def _is_like(typed: str, sender: Sender) -> bool:
    """Return whether any word of a typed name is in what Canvas has made of a name."""
    letters = "".join(loose_key(sender.name).split())
    words = loose_key(typed).split()
    return any(word in letters for word in words if len(word) > 1 or not word.isascii())


def _are_one_name(names: Iterable[str]) -> bool:
    """Return whether names differ in nothing but the group that Moodle puts in front of them."""
    shortest, *longer = sorted(names, key=len)
    return all(each.endswith(f"-{shortest}") for each in longer)
