"""The tables and packets of a class, written as students are marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TextIO

from cybernorms.classroom.intake.apart import lines_on
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.results.class_remarks import earlier_wordings
from cybernorms.classroom.results.doubts import loud_lines, remarks
from cybernorms.classroom.results.feedback_zip import (
    Page,
    describe_zips,
    pages_for,
    write_feedback_zips,
)
from cybernorms.classroom.results.grades import Grade
from cybernorms.classroom.results.lms import lms_tables
from cybernorms.classroom.results.packets import FOLDER, Packets
from cybernorms.classroom.results.rubric_rows import TO_FILL_IN
from cybernorms.classroom.results.run_report import (
    ClassRemarks,
    RunReport,
    make_report,
)
from cybernorms.classroom.results.workplace import Workplace
from cybernorms.classroom.run.late_count import LateCount
from cybernorms.classroom.run.worker import Marked, MarkedChunk, Worker
from cybernorms.classroom.scoring.tallies import (
    ITEMS,
    OPTIONS,
    OPTIONS_BY_SECTION,
    Tallies,
    describe_sets,
)
from cybernorms.classroom.tables import csv_lines, one_line, plural

MOST_NAMED = 10  # files of a student


class Gradebook:
    """The tables of results, written line by line as students are marked."""

    def __init__(self, work: Workplace, worker: Worker, roster: Roster | None) -> None:
        self._work, self._worker, self._roster = work, worker, roster
        self.late = LateCount(worker.graded, worker.settings.policy)
        self._tallies = Tallies(worker.keys)
        self._grades: list[Grade] = []
        self._unreadable: Counter[str] = Counter()
        self._lacking: dict[str, Mapping[str, int]] = {}
        self._essays_wait = False
        self._feedback: list[Page] = []
        self.loud: list[str] = []
        self._files = ExitStack()
        (work.new / "pages").mkdir()
        self._gradebook = self._open("gradebook.csv", self._head())
        columns = ["student", "lms id", "section", "in statistics"]
        columns += [key for _, key, _ in worker.keys]
        self._students = self._open("students.csv", columns)
        self._blind_ids = self._open("blind-ids.csv", ["question", "text", "student", "lms id"])
        spool = self._files.enter_context((work.folder / "texts").open("w+b"))
        self._packets = Packets(spool)

    def _open(self, name: str, head: Sequence[str]) -> TextIO:
        # The mark at the front tells spreadsheets that this is UTF-8.
        path = self._work.new / name
        file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        file.write(csv_lines([head]))
        return self._files.enter_context(file)

    def _write(self, name: str, rows: Sequence[Sequence[object]]) -> None:
        path = self._work.new / name
        path.write_text(csv_lines(rows), encoding="utf-8-sig", errors="replace", newline="")

    def _head(self) -> list[str]:
        head = ["student", "lms id", "points", "out of", "awaiting teacher", "lost for lateness"]
        for each in self._worker.graded:
            head += [f"{each.id} points", f"{each.id} out of", f"{each.id} awaiting teacher"]
        return [*head, "page", "files"]

    @property
    def essays(self) -> int:
        """Return how many written answers a teacher has still to mark."""
        return self._packets.unmarked

    def add(self, students: Sequence[Student], chunk: MarkedChunk) -> None:
        """Write the lines of some students."""
        self._students.write(chunk.lines)
        self._tallies.merge(chunk.tallies)
        rows = [self._add(*pair) for pair in zip(students, chunk.students, strict=True)]
        self._gradebook.write(csv_lines(rows))
        self._blind_ids.writelines(
            f"{text.question},{text.blind_id},{marked.who}\r\n"
            for marked in chunk.students
            for text in marked.texts
        )

    def _add(self, student: Student, marked: Marked) -> list[object]:
        """Keep what is needed of a student at the end, and return the line of the gradebook."""
        sets = marked.points
        self.late.add(sets)
        self._unreadable.update(marked.unreadable)
        if marked.lacking:
            self._lacking[student.key] = marked.lacking
        out_of = [each.out_of for each in sets if each.points is not None]
        cells: list[object] = [student.name, student.sender.id]
        cells += [_total([each.points for each in sets]), sum(out_of) if out_of else None]
        cells += [_total([each.waiting for each in sets]), _total([each.lost for each in sets])]
        for each in sets:
            cells += [each.points, None if each.excused else each.out_of, each.waiting]
        cells += [f"pages/{marked.page}", _names_of(student.reads)]
        grades = [each.grade for each in sets]
        excused = tuple(row for row, each in enumerate(sets) if each.excused)
        self._grades.append(Grade(student.name, student.sender, student.row, grades, excused))
        if not self._essays_wait:
            self._essays_wait = any(each.waiting and each.grade == each.points for each in sets)
        senders = (read.sender for read in student.reads)
        self._feedback += pages_for(student.sender, senders, marked.page)
        for text in marked.texts:
            self._packets.add(text)
        return cells

    def finish(self, reads: Sequence[Read], told: ClassRemarks) -> RunReport:
        """Write what needs the whole class; return the report."""
        for_lms = self._write_for_lms()
        self._write("items.csv", [ITEMS, *self._tallies.item_rows()])
        self._write("options.csv", [OPTIONS, *self._tallies.option_rows()])
        if sections := self._tallies.section_rows():
            self._write("options-by-section.csv", [OPTIONS_BY_SECTION, *sections])
        rubric = self._open("rubric.csv", TO_FILL_IN)
        rubric.writelines(self._packets.write(self._work.new / FOLDER, self._worker.questions))
        told = told._replace(
            late=tuple(self.late.lines()),
            earlier=tuple(earlier_wordings(reads, self._unreadable, self._worker.questions)),
            some=tuple(self._handed_in_by_some()),
            lacking=self._lacking,
        )
        report = make_report(reads, told, self._roster)
        self.loud += (f"Error in the policy: {line}" for line in told.policy)
        self.loud += [*lines_on(reads), *told.one_name]
        self.loud += loud_lines(told.students, self._roster, told.members)
        self.loud += filter(None, [self.late.summary()])
        report.figures = [*self.loud, *report.figures, *self._written_answers(), *for_lms]
        report.add("Remarks", remarks(told.students, self._roster))
        report.figures += describe_sets(self._tallies, self._worker.graded)
        for name, content in (("report.txt", report.text()), ("report.html", report.html())):
            path = self._work.new / name
            path.write_text(content, encoding="utf-8", errors="replace", newline="")
        return report

    def _write_for_lms(self) -> list[str]:
        """Write what goes back to the LMS; return lines on it."""
        lines = describe_zips(write_feedback_zips(self._work.new, self._feedback))
        if self._worker.settings.policy.mode == "self-study":
            return lines
        tables = lms_tables(
            self._grades, self._worker.graded, self._roster, essays_wait=self._essays_wait
        )
        for name, rows in tables.files.items():
            self._write(name, rows)
        return [*tables.lines, *lines]

    def _written_answers(self) -> list[str]:
        """Return a line on the texts that wait for marks, and one on marks without their text."""
        lines = []
        if self.essays:
            lines.append(
                f"{plural(self.essays, 'written answer')} to mark: run cybernorms essays RESULTS, "
                "or read them in written/ and fill in rubric.csv; then mark again. "
                "Until then no total has their points."
            )
        if others := len(self._worker.rubric.keys() - self._packets.names):
            one = others == 1
            lines.append(
                f"{plural(others, 'text')} {'has' if one else 'have'} marks in rubric-marks.csv "
                f"that belong to no text of this run: {'it was' if one else 'they were'} changed "
                "since, or named with another secret.txt. The marks are kept."
            )
        return lines

    def _handed_in_by_some(self) -> list[str]:
        """Return a line on each set to which some students have handed in nothing."""
        everybody = len(self._grades)
        lines = []
        for row, each in enumerate(self._worker.graded):
            count = sum(grade.points[row] is not None for grade in self._grades)
            if 0 < count < everybody:
                lines.append(f"{each.id}: {count:,} of {plural(everybody, 'student')}.")
        return lines

    def close(self) -> None:
        """Close all files."""
        self._files.close()


def _names_of(reads: Sequence[Read]) -> str:
    """Return where a student's files lay; of many, the last ones and how many more there are."""
    paths = [one_line(read.path) for read in reads[-MOST_NAMED:]]
    more = len(reads) - len(paths)
    return "; ".join([*paths, *([f"and {more:,} more"] if more else [])])


def _total(points: Sequence[float | None]) -> float | None:
    """Return the sum of what there is, or None where there is nothing."""
    given = [each for each in points if each is not None]
    return sum(given) if given else None
