"""The tables and packets of a class, written as students are marked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import groupby
from typing import NamedTuple, TextIO

from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.students import Read, Student
from cybernorms.classroom.results.doubts import loud_lines, remarks
from cybernorms.classroom.results.feedback_zip import (
    Page,
    describe_zips,
    pages_for,
    write_feedback_zips,
)
from cybernorms.classroom.results.grades import Grade
from cybernorms.classroom.results.lms import lms_tables
from cybernorms.classroom.results.packets import PacketText, packet_frame
from cybernorms.classroom.results.rubric_marks import TO_FILL_IN
from cybernorms.classroom.results.run_report import make_report
from cybernorms.classroom.results.workplace import Workplace
from cybernorms.classroom.run.worker import Marked, MarkedChunk, Worker
from cybernorms.classroom.scoring.tallies import ITEMS, OPTIONS, Tallies, describe_sets
from cybernorms.classroom.tables import csv_lines, plural
from cybernorms.exercises.kinds import Written


class KeptText(NamedTuple):
    """A written answer that waits for its packet: where it and its lines lie in the spool."""

    question: str
    blind_id: str
    start: int
    html: int
    lines: int


class Gradebook:
    """The tables of results, written line by line as students are marked."""

    def __init__(self, work: Workplace, worker: Worker, roster: Roster | None) -> None:
        self._work, self._worker, self._roster = work, worker, roster
        self._tallies = Tallies(worker.keys)
        self._grades: list[Grade] = []
        self._texts: list[KeptText] = []
        self._unmarked = 0
        self._essays_wait = False
        self._feedback: list[Page] = []
        self.loud: list[str] = []
        self._points = [each.points for each in worker.graded]
        self._files = ExitStack()
        (work.new / "pages").mkdir()
        self._gradebook = self._open("gradebook.csv", self._head())
        columns = ["student", "lms id", *(key for _, key, _ in worker.keys)]
        self._students = self._open("students.csv", columns)
        self._blind_ids = self._open("blind-ids.csv", ["question", "text", "student", "lms id"])
        self._spool = self._files.enter_context((work.folder / "texts").open("w+b"))

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
        row = marked.row
        out_of = [
            most
            for most, points in zip(self._points, row.points, strict=True)
            if points is not None
        ]
        cells: list[object] = [student.name, student.sender.id]
        cells += [_total(row.points), sum(out_of) if out_of else None]
        cells += [_total(row.waiting), _total(row.lost)]
        for most, points, waiting in zip(self._points, row.points, row.waiting, strict=True):
            cells += [points, most, waiting]
        cells += [f"pages/{marked.page}", "; ".join(read.path for read in student.reads)]
        self._grades.append(Grade(student.name, student.sender, student.row, row.grade))
        self._essays_wait |= any(row.waiting) and row.grade == row.points
        senders = (read.sender for read in student.reads)
        self._feedback += pages_for(student.sender, senders, marked.page)
        self._texts += [self._kept(each) for each in marked.texts]
        return cells

    def _kept(self, text: PacketText) -> KeptText:
        """Return what is kept of a written answer; it waits in a file for the packets."""
        self._unmarked += not text.is_marked
        kept = KeptText(
            *(text.question, text.blind_id),
            *(self._spool.tell(), len(text.html), len(text.lines)),
        )
        self._spool.write(text.html + text.lines)
        return kept

    def finish(
        self, reads: Sequence[Read], students: Sequence[Student], notes: Sequence[str]
    ) -> int:
        """Write what needs the whole class; return how many problems the report tells of."""
        for_lms = self._write_for_lms()
        self._write("items.csv", [ITEMS, *self._tallies.item_rows()])
        self._write("options.csv", [OPTIONS, *self._tallies.option_rows()])
        self._packets()
        report = make_report(reads, students, notes, self._roster)
        self.loud += loud_lines(students, self._roster)
        report.figures = [*self.loud, *report.figures, *for_lms]
        report.add("Remarks", remarks(students, self._roster))
        report.figures += describe_sets(self._tallies, self._worker.graded)
        if few := self._handed_in_by_some():
            report.parts.append(
                (
                    "Sets that only some handed in",
                    "Whoever handed in no answer to a set has empty cells for it, and no zero.",
                    few,
                )
            )
        if waiting := self._unmarked:
            report.figures.append(
                f"{plural(waiting, 'written answer')} to mark: read the packets in written/, "
                "fill in rubric.csv, then mark again. Until then their points are in no total."
            )
        (self._work.new / "report.txt").write_text(
            report.text(), encoding="utf-8", errors="replace", newline=""
        )
        (self._work.new / "report.html").write_text(
            report.html(), encoding="utf-8", errors="replace", newline=""
        )
        return report.problems

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

    def _packets(self) -> None:
        """Write the written answers by question, in an order that does not tell their writers."""
        self._texts.sort()
        rubric = self._open("rubric.csv", TO_FILL_IN)
        folder = self._work.new / "written"
        folder.mkdir()
        for id, texts in groupby(self._texts, key=lambda text: text.question):
            question = self._worker.questions[id]
            assert isinstance(question, Written)
            with (folder / f"{id}.html").open("wb") as file:
                top, bottom = packet_frame(question)
                file.write(top.encode())
                for text in texts:
                    self._spool.seek(text.start)
                    content = self._spool.read(text.html + text.lines)
                    file.write(content[: text.html])
                    rubric.write(content[text.html :].decode())
                file.write(bottom.encode())


def _total(points: Sequence[float | None]) -> float | None:
    """Return the sum of what there is, or None where there is nothing."""
    given = [each for each in points if each is not None]
    return sum(given) if given else None
