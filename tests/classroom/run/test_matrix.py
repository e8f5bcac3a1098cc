"""Whatever one student hands in, the points of all others stay as they are, however it comes."""

from __future__ import annotations

import io
import itertools
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cybernorms.exercises.question_files import load_question_sets
from tests.answers import best_answer, worst_answer
from tests.classroom.factories import as_file, entry, graded, hand_in, marked, put, rows

SETS = ("02-un-norms", "03-norms-and-law", "05-the-proposed-deal")
NAMES = ("Ada Lovelace", "Grace Hopper", "Alan O’Neill", "Нина Петрова", "王 小明", "José Müller")
ODD = "Mallory Odd"
POLICIES = {
    "none": "",
    "per question": 'hand_ins = "per question last"',
    "best file": 'hand_ins = "best"\nattempt = "best"',
    "late": (
        'time_zone = "Europe/Berlin"\n[deadline]\n02 = 2026-02-28T09:00:00\n'
        "[late]\nper_cent_a_day = 10\n"
    ),
    "taking part": 'mode = "classroom"\nattempt = "first"',
}


class Way(NamedTuple):
    """How a class hands in: through which system, packed how, with which list and policy."""

    lms: str
    layout: str
    roster: str
    policy: str
    sets: int


WAYS = [
    Way(*each)
    for each in itertools.product(
        ("canvas", "moodle", "moodle flat", "mail"),
        ("zips", "folders", "together", "nested"),
        ("no roster", "gradebook", "worksheet", "participants"),
        POLICIES,
        (1, 2, 3),
    )
    if not (each[2] == "gradebook" and each[0].startswith("moodle"))
    if not (each[2] in ("worksheet", "participants") and each[0] == "canvas")
    if not (each[2] == "worksheet" and each[0] == "mail")
]


def id_of(name: str) -> int:
    return 9_001 + (*NAMES, ODD).index(name)


def name_of_file(way: Way, name: str, assignment: int, own: str) -> str:
    """Return how the system calls a student's file."""
    if way.lms == "mail":
        # What comes by mail has the name that a student's module gave it.
        return f"hand-in-{id_of(name)}-{assignment}-{own}"
    if way.lms == "canvas":
        run = "".join(letter for letter in name.casefold() if letter.isalnum())
        return f"{run}_{id_of(name)}_{100 * assignment + id_of(name)}_{own}"
    number = 70 * assignment + id_of(name)
    between = "_" if way.lms == "moodle flat" else "_/"
    return f"{name}_{number}_assignsubmission_file{between}{own}"


def laid_out(folder: Path, way: Way, files: dict[tuple[int, str], bytes]) -> Path:
    """Write the files of each assignment as a teacher has them."""
    by_assignment: dict[int, dict[str, bytes]] = {}
    for (assignment, name), content in files.items():
        by_assignment.setdefault(assignment, {})[name] = content
    folder.mkdir()
    for assignment, named in by_assignment.items():
        place = {"together": ".", "nested": f"term 2/week {assignment}/all"}.get(
            way.layout, f"set {assignment}"
        )
        if way.layout == "zips":
            with zipfile.ZipFile(folder / f"submissions-{assignment}.zip", "w") as archive:
                for name, content in named.items():
                    archive.writestr(name, content)
            continue
        for name, content in named.items():
            put(folder, f"{place}/{name}", content)
    return folder


def roster_of(path: Path, way: Way) -> Path | None:
    people = (*NAMES, ODD)
    if way.roster == "no roster":
        return None
    if way.roster == "gradebook":
        lines = ["Student,ID,SIS Login ID,Section", "    Points Possible,,,"]
        lines += [f'"{name}",{id_of(name)},u{id_of(name)},A' for name in people]
    elif way.roster == "worksheet":
        lines = ["Identifier,Full name,Email address,Status,Grade,Maximum Grade"]
        lines += [
            f"Participant {70 + id_of(name)},{name},u{id_of(name)}@x.org,Submitted for grading,,100"
            for name in people
        ]
    else:
        lines = ["First name,Last name,Email address"]
        for name in people:
            first, last = name.split()
            lines.append(f"{first},{last},u{id_of(name)}@x.org")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def honest_answers(chance: random.Random, set: str) -> list[dict[str, Any]]:
    """Return answers of which some are right, some wrong, some missing."""
    found = []
    for question in graded(set):
        if question.kind == "written" or chance.random() < 0.1:
            continue
        answer = best_answer if chance.random() < 0.6 else worst_answer
        found.append(entry(question.id, answer(question)))
    return found


def honest_files(way: Way, chance: random.Random) -> dict[tuple[int, str], bytes]:
    files = {}
    for name in NAMES:
        for assignment, set in enumerate(SETS[: way.sets], start=1):
            if assignment > 1 and chance.random() < 0.15:
                continue  # not everybody hands in everything
            content = hand_in(
                name, honest_answers(chance, set), created=f"2026-03-0{assignment}T10:00:00Z"
            )
            files[assignment, name_of_file(way, name, assignment, "h.json")] = as_file(content)
    return files


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def everything() -> list[dict[str, Any]]:
    return [
        entry(each.id, worst_answer(each))
        for set in load_question_sets()
        for each in set.questions
        if each.points and each.kind != "written"
    ]


def in_all_names() -> bytes:
    return zipped(
        {
            f"{number}.json": as_file(hand_in(name, [], created="2099-01-01T00:00:00Z"))
            for number, name in enumerate(NAMES)
        }
    )


def odd(set: str, name: str = ODD, **changes: Any) -> bytes:
    return as_file(hand_in(name, [entry(each.id, None) for each in graded(set)], **changes))


# What one student hands in: the name that it has there, and its content.
ODDITIES: dict[str, Callable[[Way], tuple[str, bytes]]] = {
    "another set": lambda way: ("h.json", odd("06-what-was-agreed")),
    "the whole module": lambda way: ("h.json", as_file(hand_in(ODD, everything()))),
    "no answers": lambda way: ("h.json", as_file(hand_in(ODD, []))),
    "no hand-in": lambda way: ("h.json", b"PK nothing"),
    "an empty file": lambda way: ("h.json", b""),
    "an empty zip": lambda way: ("h.zip", zipped({})),
    "all names in one zip": lambda way: ("h.zip", in_all_names()),
    "a name of the other system": lambda way: (
        "x_9001_assignsubmission_file_.json" if way.lms == "canvas" else "x_9001_999999_h.json",
        odd(SETS[0], created="2099-01-01T00:00:00Z"),
    ),
    "a classmate’s name in the file": lambda way: (
        "h.json",
        # By mail a name is all there is, and nobody can tell whose it is.
        odd(SETS[0], ODD if way.lms == "mail" else NAMES[0], created="2099-01-01T00:00:00Z"),
    ),
    "times of the future": lambda way: (
        "h.json",
        as_file(hand_in(ODD, [entry(each.id, 1, at="2199-01-01T00:00:00Z") for each in graded()])),
    ),
    "times that are none": lambda way: (
        "h.json",
        as_file(hand_in(ODD, [entry(each.id, 1, at="soon") for each in graded()], created=[])),
    ),
    "four hundred copies": lambda way: (
        "h.zip",
        zipped({f"{number}.json": odd(SETS[0]) for number in range(400)}),
    ),
}


def points_of(results: Path) -> dict[str, list[str]]:
    """Return the points of each honest student by set, as the gradebook has them."""
    columns = [f"{set} points" for set in SETS]
    return {
        row["student"]: [row.get(column, "") for column in columns]
        for row in rows(results / "gradebook.csv")
        if ODD not in row["student"] and row["files"].count(str(id_of(ODD))) == 0
    }


def grades_of(results: Path) -> dict[str, list[str]]:
    """Return what goes back to the LMS of each honest student."""
    found = {}
    for path in sorted(results.glob("*.csv")):
        if not path.name.startswith(("canvas", "moodle")):
            continue
        for row in rows(path):
            cells = list(row.values())
            who = " ".join(cells[:2])
            if not any(sign in who.casefold() for sign in ("odd", "possible")):
                own = [column for column in row if column == "Grade" or SETS[0] in column]
                found[f"{path.name}: {who}"] = [row[column] for column in own]
    return found


def seeded(ways: list[Way], chance: random.Random) -> Iterator[tuple[Way, str]]:
    kinds = list(ODDITIES)
    for number, way in enumerate(ways):
        if number % len(kinds) == 0:
            chance.shuffle(kinds)
        yield way, kinds[number % len(kinds)]


def cases() -> list[tuple[Way, str]]:
    """Return the ways with an oddity each: all of them, or a seeded part."""
    chance = random.Random(2015)
    found = list(seeded(WAYS, chance))
    return found if os.environ.get("CYBERNORMS_ENDURANCE") else chance.sample(found, 30)


def name_of(way: Way, oddity: str) -> str:
    return "-".join(map(str, (*way, oddity))).replace(" ", "_").replace("’", "")


def test_there_are_five_hundred_ways() -> None:
    assert len(WAYS) >= 500


@pytest.mark.endurance
@pytest.mark.parametrize(
    ("way", "oddity"), [pytest.param(*each, id=name_of(*each)) for each in cases()]
)
def test_one_students_files_change_nobody_elses_points(
    tmp_path: Path, way: Way, oddity: str
) -> None:
    chance = random.Random(repr(way))
    files = honest_files(way, chance)
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICIES[way.policy])
    more = {"policy": policy, "roster": roster_of(tmp_path / "roster.csv", way)}
    alone, _ = marked(laid_out(tmp_path / "in", way, files), **more)
    before, grades = points_of(alone), grades_of(alone)
    assert len(before) == len(NAMES)
    assert any(any(points) for points in before.values())
    own, content = ODDITIES[oddity](way)
    files[1, name_of_file(way, ODD, 1, own)] = content
    (tmp_path / "odd").mkdir()
    results, _ = marked(laid_out(tmp_path / "odd" / "in", way, files), **more)
    assert points_of(results) == before
    assert grades_of(results) == grades
