"""Who handed in what: real classes, whatever the LMS, the layout, the script and the roster."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter, defaultdict
from typing import NamedTuple

import pytest

from cybernorms.classroom.intake.roster import Person, Roster
from cybernorms.classroom.intake.students import Read, Student, students_of, with_senders

NAMES = (
    *("Ada Lovelace", "Bo Li", "Jean-Luc Picard", "José Núñez", "Zoë Ünal", "Tess O’Hara"),
    *("Милена Ковачевић", "राम कुमार", "मीरा कुमार", "สุดา ใจดี", "สีดา ใจดี", "小明 王", "محمد علي"),
    *("Anna-Lena Müller", "Łukasz Ørsted", "Ὀδυσσεύς Λαερτιάδης", "Ана Марија Петровић", "민수 김"),
)
LAYOUTS = ("zip itself", "folder", "zips", "teacher's folders", "group in front", "flat")
WORDS = ("Participant", "Teilnehmerin", "Participante", "Участник", "参加者")


class Made(NamedTuple):
    """Someone of a class: the name, the number in the LMS by assignment, a roster's number."""

    name: str
    numbers: tuple[str, ...]


class Class(NamedTuple):
    people: list[Made]
    reads: list[Read]
    owners: list[int]


def run_together(name: str) -> str:
    """Return a name as Canvas writes it in the names of files, the last name first."""
    *first, last = name.lower().split()
    kept = (each for each in "".join([last, *first]) if unicodedata.category(each)[0] in "LMN")
    return "".join(kept)


def made_class(lms: str, layout: str, seed: int, assignments: int) -> Class:
    """Return a class in which everybody has handed in something, some twice, two of one name."""
    luck = random.Random(f"{lms} {layout} {seed}")
    names = luck.sample(NAMES, 9)
    if lms != "mail":
        names.append(names[0])  # two people of one name
    pool = iter(luck.sample(range(1_000, 99_999), 200))
    people = [
        Made(
            name,
            tuple(
                str(number) if lms == "canvas" else str(next(pool))
                for number in [next(pool)] * assignments
            ),
        )
        for name in names
    ]
    word = luck.choice(WORDS)
    paths: list[tuple[tuple[str, ...], str, int]] = []
    for owner, person in enumerate(people):
        for assignment in range(assignments):
            for upload in range(luck.choice([1, 1, 2])):
                outer = f"set-0{assignment + 2}" if layout != "zip itself" else ""
                inner = inner_path(lms, layout, person, assignment, next(pool), upload, word)
                typed = luck.choice([person.name, ", ".join(reversed(person.name.split(" ", 1)))])
                if layout in ("zips", "group in front"):
                    steps: tuple[str, ...] = (f"{outer}.zip", inner)
                elif layout == "zip itself":
                    steps = ("", f"{outer}{inner}")
                elif layout == "teacher's folders":
                    steps = (f"2026-03 law/{outer} 12_3_2026/{inner}",)
                else:
                    steps = (f"{outer}/{inner}",)
                paths.append((steps, typed.upper() if luck.random() < 0.1 else typed, owner))
    luck.shuffle(paths)
    reads = [
        Read("/".join(filter(None, steps)), "", typed, float(n), steps=steps)
        for n, (steps, typed, _) in enumerate(paths)
    ]
    return Class(people, reads, [owner for *_, owner in paths])


def inner_path(
    lms: str, layout: str, person: Made, assignment: int, file: int, upload: int, word: str
) -> str:
    number = person.numbers[assignment]
    if lms == "canvas":
        return (
            f"{run_together(person.name)}{'_LATE' * upload}_{number}_{10_000 + file}_hand_in.json"
        )
    if lms == "mail":
        return f"hand in {file}.json"
    group = "Group 1-" if layout == "group in front" else ""
    shown = person.name.replace("’", "") if lms == "moodle" else word
    end = "_" if layout == "flat" else "/"
    return f"{group}{shown}_{number}_assignsubmission_file{end}x{upload}.json"


def roster_of(kind: str, made: Class) -> Roster | None:
    """Return the list of the class; a worksheet is that of the first assignment."""
    people = [
        Person(
            each.numbers[0] if kind in ("canvas", "moodle worksheet") else "", shown(each, kind), {}
        )
        for each in made.people
    ]
    return None if kind == "none" else Roster(kind, (), tuple(people))


def shown(person: Made, kind: str) -> str:
    first, last = person.name.split(" ", 1)
    return f"{last}, {first}" if kind == "canvas" else person.name


CASES = [
    (lms, layout, assignments, kind)
    for lms, kinds in {
        "canvas": ("canvas", "list"),
        "moodle": ("moodle worksheet", "moodle participants", "list"),
        "anonymous": ("moodle worksheet",),
        "mail": ("canvas", "moodle participants", "list"),
    }.items()
    for layout in LAYOUTS
    for assignments in ((1, 2) if layout not in ("zip itself",) and lms != "anonymous" else (1,))
    for kind in kinds
    if not (lms in ("mail", "canvas") and layout in ("group in front", "flat"))
    if not (lms == "mail" and layout == "zips")  # a zip beside others is one student's
]


def students_in(made: Class, kind: str) -> list[Student]:
    roster = roster_of(kind, made)
    return students_of(with_senders(made.reads, roster), roster)[0]


def owners_of(made: Class, student: Student) -> set[int]:
    by_path = {read.path: owner for read, owner in zip(made.reads, made.owners, strict=True)}
    return {by_path[read.path] for read in student.reads}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("lms", "layout", "assignments", "kind"), CASES)
def test_a_class_has_as_many_students_as_people_with_and_without_a_roster(
    lms: str, layout: str, assignments: int, kind: str, seed: int
) -> None:
    made = made_class(lms, layout, seed, assignments)
    alone, listed = students_in(made, "none"), students_in(made, kind)
    twice = {
        name for name, count in Counter(each.name for each in made.people).items() if count > 1
    }
    for students in (alone, listed):
        for student in students:
            assert len(owners_of(made, student)) == 1, "two people are one student"
        owners = Counter(owner for each in students for owner in owners_of(made, each))
        for owner, count in owners.items():
            # Moodle gives two people of one name new numbers in each assignment.
            assert count == 1 or (lms == "moodle" and made.people[owner].name in twice)
        assert set(owners) == set(range(len(made.people)))
        assert len({student.key for student in students}) == len(students)
    for student in listed:
        [owner] = owners_of(made, student)
        if student.row is not None:
            assert student.row == owner
        else:
            assert made.people[owner].name in twice
    assert sum(student.row is not None for student in listed) >= len(made.people) - 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("lms", "layout", "assignments", "kind"), CASES)
def test_a_student_has_the_same_key_and_page_with_and_without_a_roster(
    lms: str, layout: str, assignments: int, kind: str, seed: int
) -> None:
    """Prevents marks of written answers that fit nothing once the roster comes along."""
    made = made_class(lms, layout, seed, assignments)
    known: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for student in students_in(made, "none"):
        for owner in owners_of(made, student):
            known[owner].add((student.key, student.page))
    for student in students_in(made, kind):
        for owner in owners_of(made, student):
            assert (student.key, student.page) in known[owner]


# --- Single oddities -----------------------------------------------------------------------------


def read(path: str, name: str = "", **more: object) -> Read:
    return Read(path, "", name, steps=tuple(path.split("in:")), **more)  # type: ignore[arg-type]


def names(reads: list[Read], roster: Roster | None = None) -> list[str]:
    return [student.name for student in students_of(with_senders(reads, roster), roster)[0]]


def worksheet(**people: str) -> Roster:
    found = tuple(Person(id[1:], name, {}) for id, name in people.items())
    return Roster("moodle worksheet", (), found)


MOODLE = "{}in:{}_{}_assignsubmission_file/x.json"


def test_a_worksheet_of_another_assignment_gives_nobody_another_s_file() -> None:
    # Moodle numbers people anew in each assignment, so that 5 is Ada here and Bo there.
    reads = [
        read(MOODLE.format("02.zip", who, n), who) for who, n in (("Ada King", 5), ("Bo Li", 6))
    ]
    students, _ = students_of(with_senders(reads, None), worksheet(_5="Bo Li", _15="Ada King"))
    assert [(each.name, each.reads[0].name) for each in students] == [
        ("Bo Li", "Bo Li"),
        ("Ada King", "Ada King"),
    ]
    students, lines = students_of(with_senders(reads, None), worksheet(_5="Cleo Doe"))
    assert {each.row for each in students} == {None}
    assert len(lines) == 2


def test_two_people_of_an_lms_are_never_one_line_of_a_roster() -> None:
    # Of two of one name the roster has one, such as after the other has left the course.
    reads = [read(MOODLE.format("02.zip", "Jane Doe", n), "Jane Doe") for n in (5, 6)]
    for roster in (worksheet(_5="Jane Doe"), Roster("list", (), (Person("", "Jane Doe", {}),))):
        students, lines = students_of(with_senders(reads, roster), roster)
        assert len(students) == 2
        assert any("several people called 'Jane Doe'" in line.problem for line in lines)
    reads = [read(f"doejane_{n}_{70 + n}_x.json", "Jane Doe") for n in (5, 6)]
    roster = Roster("canvas", (), (Person("5", "Doe, Jane", {}),))
    students, _ = students_of(with_senders(reads, roster), roster)
    assert [(each.row, each.sender.id) for each in students] == [(0, "5"), (None, "6")]


def test_two_people_of_one_name_on_a_roster_are_told_once() -> None:
    roster = Roster("list", (), (Person("", "Jane Doe", {}), Person("", "Jane Doe", {})))
    reads = [read(MOODLE.format("02.zip", "Jane Doe", n), "Jane Doe") for n in (5, 6)]
    students, lines = students_of(with_senders(reads, roster), roster)
    assert len(students) == 2
    [line] = lines
    assert line.describe().count("assignsubmission") == 2
    assert "2 people on the roster are called" in line.describe()


def test_what_came_by_mail_is_of_the_one_person_in_the_lms_with_that_name() -> None:
    canvas = [read("in:lovelaceada_9001_70_x.json"), read("in:lovelacecara_9002_71_x.json")]
    mail = read("by-mail/x.json", "Lovelace, Ada")
    students = students_of(with_senders([*canvas, mail], None), None)[0]
    assert sorted(len(each.reads) for each in students) == [1, 2]
    twin = read("in:lovelaceada_9003_72_x.json")
    students = students_of(with_senders([*canvas, twin, mail], None), None)[0]
    assert len(students) == 4


def test_a_zip_that_speaks_for_several_people_is_nobody_of_them() -> None:
    zipped = [read(f"mallory.zipin:{n}.json", name) for n, name in enumerate(("Ada King", "Bo Li"))]
    students, _ = students_of(with_senders([*zipped, read("ada.json", "Ada King")], None), None)
    assert sorted(each.key for each in students) == ["file:mallory.zip", "name:ada king"]


@pytest.mark.parametrize("word", [*WORDS, "Osallistuja"])
def test_anonymous_submissions_of_moodle_stay_anonymous(word: str) -> None:
    reads = [read(MOODLE.format("02.zip", word, n), f"Real Name {n}") for n in (12, 14, 9)]
    students, _ = students_of(with_senders(reads, None), None)
    assert sorted(each.name for each in students) == [f"{word} 12", f"{word} 14", f"{word} 9"]
    assert all(each.sender.is_anonymous for each in students)
    roster = Roster("moodle participants", (), (Person("", "Real Name 12", {}),))
    students, lines = students_of(with_senders(reads, roster), roster)
    assert {each.row for each in students} == {None}
    assert "grading worksheet" in lines[0].problem


def test_two_people_called_jean_are_no_group() -> None:
    reads = [
        read(MOODLE.format("02.zip", n, i), n)
        for i, n in enumerate(("Jean-Luc A", "Jean-Paul B"), 5)
    ]
    assert names(reads) == ["Jean-Luc A", "Jean-Paul B"]


def test_a_name_that_nobody_can_see_is_no_name() -> None:
    reads = [read("a.json", "\u3164"), read("b.json", "Ada King\u3164"), read("c.json", "Ada King")]
    students, _ = students_of(with_senders(reads, None), None)
    assert sorted(each.key for each in students) == ["file:a.json", "name:ada king"]


def test_two_hidden_people_are_known_by_moodle_s_word_alone() -> None:
    reads = [read(MOODLE.format("02.zip", "Group 1-Teilnehmerin", n)) for n in (12, 14)]
    students, _ = students_of(with_senders(reads, None), None)
    assert all(each.sender.is_anonymous for each in students)
    reads = [read(MOODLE.format("02.zip", "Jane Doe", n)) for n in (12, 14)]
    assert names(reads) == ["Jane Doe", "Jane Doe"]


def test_a_person_is_one_in_a_download_of_a_group_and_in_one_of_all() -> None:
    people = ("Ada King", "Bo Li", "Cleo Doe")
    reads = [read(MOODLE.format("02.zip", f"CS-1-{n}", i), n) for i, n in enumerate(people)]
    reads += [read(MOODLE.format("03.zip", n, i), n) for i, n in enumerate(people, 10)]
    assert names(reads) == [*people]


def test_groups_of_one_assignment_are_no_part_of_names_in_all() -> None:
    teams = {"Ada King": "Team 1", "Bo Li": "Team 1", "Jean-Luc Roe": "Team 2", "Cleo Doe": "A-2"}
    reads = [
        read(MOODLE.format("02.zip", f"{team}-{name}", n), name)
        for n, (name, team) in enumerate(teams.items())
    ]
    reads += [read(MOODLE.format("03.zip", name, n), name) for n, name in enumerate(teams, 10)]
    assert sorted(names(reads)) == sorted(teams)
    # One name behind another is no group: Luc Roe is not Jean-Luc Roe.
    reads = [read(MOODLE.format("02.zip", f"{name}", 1), name) for name in ("Jean-Luc Roe",)]
    reads += [read(MOODLE.format("02.zip", "Bo Li", 2), "Bo Li")]
    reads += [read(MOODLE.format("03.zip", "Luc Roe", 3), "Luc Roe")]
    assert sorted(names(reads)) == ["Bo Li", "Jean-Luc Roe", "Luc Roe"]


def test_two_students_never_share_a_key() -> None:
    # The worksheet is of 02 and has two of this name, so that nobody can say whose 15 is in 03.
    reads = [
        read(MOODLE.format(f"{each}.zip", "Ada King", n)) for each, n in (("02", 5), ("03", 15))
    ]
    roster = worksheet(_5="Ada King", _6="Ada King")
    students, _ = students_of(with_senders(reads, roster), roster)
    assert len({each.key for each in students}) == len(students) == 2


def test_one_number_in_two_assignments_is_two_people() -> None:
    people = [("02", "Ada", 1), ("02", "Bo", 2), ("03", "Bo", 1), ("03", "Cleo Doe", 2)]
    people += [("02", "Kim Lee", 7), ("02", "Kim Lee", 8), ("03", "Jo Ray", 7), ("03", "Jo Ray", 9)]
    reads = [read(MOODLE.format(f"{zip}.zip", name, n), name) for zip, name, n in people]
    students, _ = students_of(with_senders(reads, None), None)
    assert sorted(each.name for each in students) == sorted(name for _, name, _ in people)
    assert len({each.key for each in students}) == len(people)


def test_a_student_is_known_by_the_lms_before_a_typed_name() -> None:
    roster = Roster("list", (), (Person("", "Ada King", {}, ("ada@example.org",)),))
    reads = [
        read("a/by mail.json", "ada@example.org"),
        read(MOODLE.format("02.zip", "Ada King", 5)),
    ]
    [student], _ = students_of(with_senders(reads, roster), roster)
    assert (student.key, student.name, student.sender.id) == ("moodle:ada king", "Ada King", "5")
