"""Classes at random, as courses are: nobody's points change with what one hostile sender adds."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category

import pytest

from tests.answers import best_answer, worst_answer
from tests.classroom.factories import as_file, entry, graded, hand_in, marked, put, rows
from tests.classroom.run.test_what_one_student_shapes import zipped

SETS = ("02-un-norms", "03-norms-and-law")
PEOPLE = (
    *("Ada Lovelace", "José Núñez", "Zoë Ünal", "Tess O’Neil", "Jean-Luc Roe", "Łukasz Ørsted"),
    *("राम कुमार", "मीरा कुमार", "สุดา ใจดี", "王 小明", "محمد علي", "Анна Хара", "김 민수"),
)
NAMESAKE = "Bo Li"
LATEST = "2098-01-01T00:00:00Z"
LAYOUTS = ("canvas", "canvas zip", "moodle", "moodle flat", "moodle zip", "mail")


class Person(NamedTuple):
    name: str
    id: int
    by_mail: bool


class Course(NamedTuple):
    """A class as it was handed in: who, in which layout, the files, what they are marked by."""

    people: list[Person]
    layout: str
    files: dict[str, bytes]
    more: dict[str, Path]

    @property
    def is_mail(self) -> bool:
        return self.layout == "mail"

    def place(self, person: Person, number: int, name: str, *, late: bool = False) -> str:
        """Return what the LMS, or a teacher, calls a file."""
        if self.is_mail or person.by_mail:
            return f"by mail/{person.id}-{number}-{name}"
        if self.layout.startswith("canvas"):
            run = "".join(each for each in person.name.lower() if category(each)[0] in "LMN")
            return f"{run}{'_LATE' * late}_{person.id}_{number}_{name}"
        between = "_" if self.layout == "moodle flat" else "_/"
        return f"{person.name}_{person.id}_assignsubmission_file{between}{name}"

    def lay_out(self, folder: Path, own: Mapping[str, bytes]) -> Path:
        """Write the class with what else there is; a zip of an LMS holds all without a folder."""
        files = {**self.files, **own}
        if self.layout.endswith("zip"):
            inside = {name: each for name, each in files.items() if not name.startswith("by mail/")}
            files = {name: each for name, each in files.items() if name not in inside}
            files["course/all.zip"] = zipped(inside)
        for name, content in files.items():
            put(folder, name, content)
        return folder


def answers(chance: random.Random, set: str) -> list[dict[str, Any]]:
    """Return some answers to a set, each in a second of its own."""
    found = []
    for question in graded(set):
        if question.kind != "written" and chance.random() < 0.8:
            answer = best_answer if chance.random() < 0.6 else worst_answer
            day, hour, minute = chance.randint(1, 3), chance.randint(8, 19), chance.randint(10, 59)
            at = f"2026-03-0{day}T{hour:02}:{minute}:07Z"
            found.append(entry(question.id, answer(question), at=at))
    return found


def a_course(seed: int, folder: Path) -> Course:
    chance = random.Random(seed)
    layout = LAYOUTS[seed % len(LAYOUTS)]
    names = chance.sample(PEOPLE, 5)
    if layout != "mail":  # by mail, two of one name are one
        names += [NAMESAKE, NAMESAKE]
    people = [
        Person(name, 9_001 + number, layout != "mail" and number == 0)
        for number, name in enumerate(names)
    ]
    course = Course(people, layout, {}, {})
    for person in people:
        own = answers(chance, SETS[1])
        file = as_file(hand_in(person.name, own))
        place = course.place(person, 500 + person.id, "h.json", late=chance.random() < 0.2)
        course.files[place] = file
        if person.id == 9_002:  # a fuller one by mail goes on the one before
            more = as_file(hand_in(person.name, own + answers(chance, SETS[0]), created=LATEST))
            course.files["by mail/later.json"] = more
    policy = [
        'time_zone = "Asia/Kolkata"',
        f'attempt = "{chance.choice(("last", "best", "first"))}"',
        f'[group]\nred = ["{names[2]}", "{names[3]}"]',
        "[deadline]\n03 = 2026-03-02T12:00:00\n[late]\nper_cent_a_day = 5",
    ]
    course.more["policy"] = put(folder, "policy.toml", "\n".join(policy).encode()) / "policy.toml"
    if seed % 3:
        lines = {
            "canvas": ["Student,ID", *(f"{each.name},{each.id}" for each in people)],
            "moodle": [
                "Identifier,Full name,Maximum Grade",
                *(f"Participant {each.id},{each.name},100" for each in people),
            ],
        }.get(layout.split()[0], ["Name,Email", *(f"{each.name}," for each in people)])
        course.more["roster"] = put(folder, "r.csv", "\n".join(lines).encode()) / "r.csv"
    return course


def wrong(name: str, set: str = SETS[1]) -> bytes:
    own = [entry(each.id, None, at=LATEST) for each in graded(set)]
    return as_file(hand_in(name, own, created=LATEST))


Attack = Callable[[Course, Person], dict[str, bytes]]
MALLORY = Person("Mal Lory", 9_666, by_mail=False)
NUMBERS = [(9_101 + n, 77_000 + n) for n in range(12)]

# What somebody can do who hands in as all do, and by mail too. Of each file the name is known.
ANYWHERE: dict[str, Attack] = {
    "all names in one zip": lambda course, victim: {
        course.place(MALLORY, 9_900, "mallory.zip"): zipped(
            {f"{n}.json": wrong(each.name) for n, each in enumerate(course.people)}
        )
    },
    "numbers as those of Canvas": lambda course, victim: {
        f"by mail/mallory/malm{id % 7}_{id}_{file}_mallory.json": wrong(f"M {file}")
        for id, file in NUMBERS
    },
    "another set, and all names of the LMS in it": lambda course, victim: {
        course.place(MALLORY, 9_900, f"mallory_{victim.id}_9901_h.json"): wrong("Mal", SETS[0])
    },
    "numbers in a shown name": lambda course, victim: {
        course.place(
            MALLORY._replace(name=f"{victim.name}_{victim.id}_88000_mallory"), 9_900, "mallory.json"
        ): wrong(victim.name if not course.is_mail else "Mal")
    },
}
BESIDE_AN_LMS: dict[str, Attack] = {
    "a name by mail": lambda course, victim: {"by mail/mallory.json": wrong(victim.name)},
    "a name by mail, another set": lambda course, victim: {
        "by mail/mallory.json": wrong(victim.name, SETS[0])
    },
    "a group by mail": lambda course, victim: {"by mail/mallory.json": wrong("red")},
    "a classmate's name in the file": lambda course, victim: {
        course.place(MALLORY, 9_900, "mallory.json"): wrong(victim.name)
    },
    "the form of the other LMS by mail": lambda course, victim: {
        f"by mail/{victim.name}_{victim.id}_assignsubmission_file_mallory.json"
        if course.layout.startswith("canvas")
        else f"by mail/x_{victim.id}_99000_mallory.json": wrong(victim.name)
    },
}


def points(results: Path) -> list[tuple[str, ...]]:
    """Return name, number and points by set of all students that have no file of Mallory."""
    return sorted(
        (row["student"], row["lms id"], *(row[f"{set} points"] for set in SETS[1:]))
        for row in rows(results / "gradebook.csv")
        if "mallory" not in row["files"]
    )


@pytest.mark.parametrize("seed", range(30))
def test_nobodys_points_change_with_what_one_hostile_sender_adds(tmp_path: Path, seed: int) -> None:
    """Prevents a way of handing in for somebody else that nobody has thought of one by one."""
    course = a_course(seed, tmp_path)
    chance = random.Random(-seed)
    alone, _ = marked(course.lay_out(tmp_path / "in", {}), **course.more)
    wanted = points(alone)
    assert len(wanted) == len(course.people)
    kinds = {**ANYWHERE, **({} if course.is_mail else BESIDE_AN_LMS)}
    by_lms = [each for each in course.people[2:] if not each.by_mail]
    for number, kind in enumerate(chance.sample(sorted(kinds), 2)):
        own = kinds[kind](course, chance.choice(by_lms))
        results, _ = marked(course.lay_out(tmp_path / str(number) / "in", own), **course.more)
        assert points(results) == wanted, kind
