"""What Canvas and Moodle do with a table that is brought back: second, small implementations.

Written after `gradebook_importer.rb` of Canvas, and after `gradeimport_csv` and
`assignfeedback_offline` of Moodle; each also exports what it holds, as the LMS does.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class NotTaken(Exception):
    """The LMS refuses the table."""


def written(rows: Sequence[Sequence[object]]) -> str:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@dataclass
class Canvas:
    """A gradebook of Canvas: names by id, titles and points by assignment, grades by both."""

    people: dict[str, str]
    assignments: dict[str, tuple[str, float]] = field(default_factory=dict)
    grades: dict[tuple[str, str], str] = field(default_factory=dict)

    def export(self) -> str:
        head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        titles = [f"{title} ({id})" for id, (title, _) in self.assignments.items()]
        points = [f"{points:.2f}" for _, points in self.assignments.values()]
        rows = [
            [
                name,
                id,
                f"sis{id}",
                f"u{id}",
                "A",
                *(self.grades.get((id, a), "") for a in self.assignments),
                "9",
            ]
            for id, name in self.people.items()
        ]
        return written(
            [
                [*head, *titles, "Current Score"],
                ["    Points Possible", "", "", "", "", *points, "(read only)"],
                *rows,
                ["Student, Test", "999999", "", "x", "A", *("" for _ in titles), ""],
            ]
        )

    def take(self, text: str) -> None:
        head, *rows = read(text)
        if not (len(head) > 3 and "Student" in head[0] and "ID" in head[1]):
            raise NotTaken("Invalid header row")
        about = 3
        if "SIS Login ID" in head[2]:
            about += 1
        elif "SIS User ID" in head[2] and "SIS Login ID" in head[3]:
            about += 2
        if "Section" not in head[about - 1]:
            raise NotTaken("Invalid header row")
        columns = {
            number: self._assignment(title) for number, title in enumerate(head) if number >= about
        }
        for row in rows:
            if "Points Possible" in row[0]:
                for number, id in columns.items():
                    self.assignments[id] = (self.assignments[id][0], float(row[number]))
                continue
            if row[1] not in self.people:
                raise NotTaken(f"{row[0]} is no student of this course")
            for number, id in columns.items():
                self.grades[row[1], id] = row[number].strip()
        self.grades = {key: grade for key, grade in self.grades.items() if grade}

    def _assignment(self, heading: str) -> str:
        match = re.fullmatch(r"(.*) \((\d+)\)", heading)
        if match and match[2] in self.assignments:
            return match[2]
        for id, (title, _) in self.assignments.items():
            if title == heading:
                return id
        id = str(50_000 + len(self.assignments))
        self.assignments[id] = (heading, 0.0)
        return id


@dataclass
class MoodleGradebook:
    """A gradebook of Moodle: names by address, maxima by grade item, grades by both."""

    people: dict[str, tuple[str, str]]
    items: dict[str, float] = field(default_factory=dict)
    grades: dict[tuple[str, str], str] = field(default_factory=dict)

    def export(self, how: Sequence[str] = ("Real",)) -> str:
        head = [f"{item} ({each})" for item in self.items for each in how]
        rows = [
            [
                *name,
                address,
                *(self._shown(address, item, each) for item in self.items for each in how),
            ]
            for address, name in self.people.items()
        ]
        return written([["First name", "Last name", "Email address", *head], *rows])

    def _shown(self, address: str, item: str, how: str) -> str:
        grade = self.grades.get((address, item), "-")
        if grade == "-" or how == "Real":
            return grade
        return f"{100 * float(grade) / self.items[item]:.2f} %"

    def take(self, text: str, mapped: Mapping[str, str]) -> None:
        """Take a table; `mapped` has the item that the teacher maps each heading to."""
        head, *rows = read(text)
        by = head.index("Email address")
        for row in rows:
            if row[by] not in self.people:
                raise NotTaken(f"{row[by]} is nobody's address")
            for heading, item in mapped.items():
                grade = row[head.index(heading)]
                if grade and float(grade) > self.items[item]:
                    raise NotTaken(f"{grade} is more than {self.items[item]}")
                self.grades[row[by], item] = grade  # an empty cell is no grade
        self.grades = {key: grade for key, grade in self.grades.items() if grade}


@dataclass
class MoodleAssignment:
    """An assignment of Moodle: names by number, its maximum, grades and when they were given."""

    people: dict[int, str]
    most: float
    grades: dict[int, tuple[float, int]] = field(default_factory=dict)

    def export(self) -> str:
        head = [
            "Identifier",
            "Full name",
            "Status",
            "Grade",
            "Maximum grade",
            "Last modified (grade)",
        ]
        rows = []
        for number, name in self.people.items():
            grade, at = self.grades.get(number, ("", 0))
            shown = "" if grade == "" else f"{grade:.2f}"
            rows.append(
                [f"Participant {number}", name, "Submitted", shown, f"{self.most:.2f}", at or "-"]
            )
        return written([head, *rows])

    def take(self, text: str, now: int, *, allow_older: bool = False) -> None:
        head, *rows = read(text)
        if not {"Identifier", "Grade", "Last modified (grade)"} <= set(head):
            raise NotTaken("Moodle could not read the uploaded worksheet")
        for row in rows:
            cells = dict(zip(head, row, strict=True))
            number = int(cells["Identifier"][len("Participant") :])
            if number not in self.people or cells["Grade"] == "":
                continue
            seen = int(cells["Last modified (grade)"].replace("-", "0"))
            old = self.grades.get(number)
            if old and (old[0] == float(cells["Grade"]) or (old[1] > seen and not allow_older)):
                continue
            if float(cells["Grade"]) > self.most:
                raise NotTaken("more than the maximum")
            self.grades[number] = (float(cells["Grade"]), now)
