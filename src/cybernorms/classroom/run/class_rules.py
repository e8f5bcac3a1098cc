"""Whom the rules of a policy are about: names become students, groups hand in together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cybernorms.classroom.intake.directory import Directory
from cybernorms.classroom.intake.file_names import Sender
from cybernorms.classroom.intake.names import loose_key, name_key
from cybernorms.classroom.intake.roster import Roster, cell_below
from cybernorms.classroom.intake.students import Read, Student, by_time, rank, students_of
from cybernorms.classroom.scoring.rules import NamedRules, Override, StudentRules
from cybernorms.classroom.tables import one_line, plural


class ClassRules(NamedTuple):
    """The students of a class in order, what holds for each, and what is to be said of that.

    `problems` are names in the policy that fit nobody or several people; `groups` is a line on each
    group that handed in.
    """

    students: list[Student]
    rules: list[StudentRules]
    problems: list[str]
    groups: list[str]


def rules_of(students: Sequence[Student], roster: Roster | None, named: NamedRules) -> ClassRules:
    """Return what holds for each student.

    Arguments:
        students: who handed in, in order.
        roster: the list of the class, or None.
        named: the rules by the names that stand in the policy.
    """
    return _Resolution(students, roster).resolve(named)


class _Person:
    """Somebody whom the policy names, and what it says of them."""

    def __init__(self) -> None:
        self.extensions: dict[str, float] = {}
        self.excused: set[str] = set()
        self.overrides: dict[str, Override] = {}
        self.group = self.section = ""


class _Resolution:
    def __init__(self, students: Sequence[Student], roster: Roster | None) -> None:
        self._handed_in, self._students, self._roster = students, list(students), roster
        self._by_target = {_target(student.row, student.key): student for student in students}
        self._people: dict[int | str, _Person] = {}
        self._problems: list[str] = []
        self._groups: list[str] = []
        self._members: dict[str, tuple[str, ...]] = {}

    def resolve(self, named: NamedRules) -> ClassRules:
        for group, members in named.groups.items():
            self._join(group, members)
        for section, members in named.sections.items():
            for name in members:
                self._put(name, "section", section)
        together = {**named.sections, **named.groups}
        self._members = {loose_key(name): members for name, members in together.items()}
        for name, deadlines in named.extensions.items():
            for person in self._all("extension", name):
                for set, deadline in deadlines.items():
                    person.extensions[set] = max(deadline, person.extensions.get(set, deadline))
        for name, sets in named.excused.items():
            for person in self._all("excused", name):
                person.excused.update(sets)
        for name, overrides in named.overrides.items():
            for member in self._members.get(loose_key(name), [name]):
                self._override(member, overrides)
        students = sorted(self._students, key=rank)
        return ClassRules(
            students, [self._rules(each) for each in students], self._problems, self._groups
        )

    @cached_property
    def _directory(self) -> Directory:
        """Return where names are looked up, which is made only for a policy that has names."""
        return Directory(self._handed_in, self._roster)

    def _find(self, table: str, name: str) -> _Person | None:
        entry, problem = self._directory.find(name)
        if entry is None:
            self._problem(table, name, problem)
            return None
        return self._person(_target(entry.row, entry.key))

    def _all(self, table: str, name: str) -> list[_Person]:
        """Return whom a name means: the members of a group or section of this policy, or one."""
        members = self._members.get(loose_key(name), [name])
        return [person for each in members if (person := self._find(table, each))]

    def _person(self, target: int | str) -> _Person:
        return self._people.setdefault(target, _Person())

    def _problem(self, table: str, name: str, what: str) -> None:
        end = "" if what.endswith("?") else "."
        self._problems.append(f"[{table}] {one_line(name, 60)!r}: {what}{end}")

    def _put(self, name: str, table: str, value: str) -> None:
        if (person := self._find(table, name)) is None:
            return
        if (present := getattr(person, table)) and present != value:
            self._problem(table, name, f"stands in {present!r} and in {value!r}; the first counts")
        else:
            setattr(person, table, value)

    def _override(self, name: str, overrides: Mapping[str, Override]) -> None:
        if (person := self._find("override", name)) is None:
            return
        for id, override in overrides.items():
            if id in person.overrides:
                self._problem("override", name, f"{id} has points twice; the first count")
            else:
                person.overrides[id] = override
        self._student(name)

    def _join(self, group: str, names: Sequence[str]) -> None:
        """Let what any member of a group handed in count for each."""
        members = [name for name in names if self._may_join(group, name)]
        found = [self._directory.meant_by(name) for name in members]
        targets = [_target(one[0].row, one[0].key) for one in found if one]
        own = [self._by_target[each] for each in targets if each in self._by_target]
        ids = set(map(id, own))
        others = [each for each in self._under_name(group) if id(each) not in ids]
        reads = by_time([read for sender in (*own, *others) for read in sender.reads])
        if not reads:
            return
        for other in others:
            if other.row is None:
                self._students = [each for each in self._students if each is not other]
            else:
                self._problem("group", group, f"handed in by {other.name!r}, who is not in it")
        for name in members:
            student = self._student(name)
            student.reads = reads
            self._person(_target(student.row, student.key)).group = group
        everyone = "; ".join(one_line(self._student(name).name, 60) for name in members)
        self._groups.append(f"{one_line(group, 60)}, {plural(len(reads), 'file')}: {everyone}.")

    def _may_join(self, group: str, name: str) -> bool:
        """Return whether a name is that of one member, who without a roster may be unknown."""
        entry, problem = self._directory.find(name)
        if entry is None:
            unknown = not self._directory.meant_by(name) and not self._directory.near(name)
            if self._roster is None and unknown and name_key(name):
                return True
            self._problem("group", name, problem)
            return False
        present = self._person(_target(entry.row, entry.key)).group
        if present:
            what = f"stands in {present!r} and in {group!r}; the first counts"
            self._problem("group", name, what)
        return not present

    def _under_name(self, group: str) -> list[Student]:
        """Return who handed in under the name of a group, as Canvas writes it or as typed."""
        keys = dict.fromkeys((loose_key(group), loose_key("".join(group.split()))))
        return [student for key in keys for student in self._by_any_name.get(key, [])]

    @cached_property
    def _by_any_name(self) -> dict[str, list[Student]]:
        found: dict[str, list[Student]] = {}
        for student in self._students:
            names = (student.name, *(read.sender.name for read in student.reads))
            for key in dict.fromkeys(map(loose_key, names)):
                found.setdefault(key, []).append(student)
        return found

    def _student(self, name: str) -> Student:
        """Return the student of a name that fits one person, made where nothing was handed in."""
        entry, _ = self._directory.find(name)
        if entry and (student := self._by_target.get(_target(entry.row, entry.key))):
            return student
        sender, claimed = Sender(), name
        if entry and entry.row is not None and self._roster:
            person = self._roster.people[entry.row]
            sender, claimed = Sender(self._roster.lms, person.id, person.name), person.name
        [made], _ = students_of([Read("", "", claimed, sender=sender)], self._roster)
        made.reads = []
        if entry and entry.row is not None and made.row is None:  # one of two of this name
            made.row, made.key = entry.row, f"{made.key} {entry.row}"
        self._students.append(made)
        self._by_target[_target(made.row, made.key)] = made
        if entry is None:
            self._directory.add(made)
        return made

    def _rules(self, student: Student) -> StudentRules:
        person = self._people.get(_target(student.row, student.key)) or _Person()
        return StudentRules(
            extensions=person.extensions,
            excused=frozenset(person.excused),
            overrides=person.overrides,
            group=person.group,
            section=person.section or self._section_on_roster(student),
            in_statistics=self._roster is None or student.row is not None,
        )

    def _section_on_roster(self, student: Student) -> str:
        if self._roster is None or student.row is None:
            return ""
        return cell_below("section", self._roster.people[student.row].row)


def _target(row: int | None, key: str) -> int | str:
    return key if row is None else row
