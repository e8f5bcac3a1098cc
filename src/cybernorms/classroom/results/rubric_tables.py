"""The two tables of rubric marks: the one that a teacher fills in, and the one that keeps them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from cybernorms.classroom.results.rubric_marks import (
    LONGEST_COMMENT,
    Marks,
    RubricMark,
    WrittenText,
    find_points,
    format_levels,
    format_mark,
    merged,
    read_mark,
)
from cybernorms.classroom.results.rubric_rows import AS_WRITTEN, TO_FILL_IN, RubricRow, read_rows
from cybernorms.classroom.results.workplace import is_results
from cybernorms.classroom.tables import cell, csv_lines, one_line
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.kinds.written import Criterion
from cybernorms.exercises.questions import Question
from cybernorms.exercises.responses import normalize
from cybernorms.files import write_whole

RUBRIC, WORKBOOK, KEPT = "rubric.csv", "rubric.xlsx", "rubric-marks.csv"
_KEPT_COLUMNS = ("question", "text", "criterion", "points", "comment")
_FIRST_WORDS = 50  # letters
_MARKS_OF_TABLES = re.compile("[\"',;=+\\-@|\0]")
_NO_MARK = RubricMark(None, "")


def first_words(text: str) -> str:
    """Return how a text begins, without marks that mean something in a table.

    >>> first_words('Minister, "the norms" are=voluntary; and')
    'Minister the norms are voluntary and'
    """
    line = " ".join(_MARKS_OF_TABLES.sub(" ", text[: 2 * _FIRST_WORDS]).split())
    return line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS + 1].rpartition(" ")[0]


def lines_to_fill_in(question: Written, text: WrittenText, words: int) -> str:
    """Return the lines of rubric.csv for one text, with the marks that it has."""
    begin = f"{question.id},{text.blind_id},{cell(first_words(text.text))},{words}"
    if not text.marks:
        return "".join([f"{begin},{cells},,\r\n" for cells in _criterion_cells(question.criteria)])
    lines = []
    for each, cells in zip(question.criteria, _criterion_cells(question.criteria), strict=True):
        given = text.marks.get(each.id)
        mark = csv_lines([[format_mark(given, each), given.comment]]) if given else ",\r\n"
        lines.append(f"{begin},{cells},{mark}")
    return "".join(lines)


@cache
def _criterion_cells(criteria: tuple[Criterion, ...]) -> list[str]:
    """Return what stands in rubric.csv on each criterion of any text."""
    rows = [[each.name, each.points, format_levels(each)] for each in criteria]
    return [csv_lines([row]).rstrip() for row in rows]


def read_marks(
    path: Path, questions: Mapping[str, Question], *, changed: bool | None = None
) -> Marks:
    """Return the marks that a teacher has filled in; lines without any are passed over.

    Arguments:
        path: rubric.csv or rubric.xlsx as a spreadsheet saved it, or rubric-marks.csv.
        questions: all questions, by id.
        changed: of a workbook, whether to return only marks that were changed since it was
            written, or only the others; all if not given.

    Raises:
        CyberNormsError: it cannot be read, or a mark in it cannot be; the message names the line.
    """
    found: Marks = {}
    for row in read_rows(path):
        given, comment, beside = _filled_in_cells(row)
        if not (given or comment or beside) or changed is row.is_as_written:
            continue
        where = f"{path.name}, line {row.number}"
        criterion, question = _criterion(row, questions, where)
        if beside and (row.is_split or not given):
            given, comment = _typed_beside(beside, criterion, (given, comment))
        points = read_mark(given, criterion, where) if given else None
        marks = found.setdefault((question.id, row.cells["text"]), {})
        marks[criterion.id] = RubricMark(points, one_line(comment, LONGEST_COMMENT))
    return found


def _filled_in_cells(row: RubricRow) -> tuple[str, str, list[str]]:
    cells = row.cells
    given = cells.get("mark") or cells.get("points", "")
    return given.removeprefix("'"), cells.get("comment", ""), row.beside


def _typed_beside(
    beside: list[str], criterion: Criterion, before: tuple[str, str]
) -> tuple[str, str]:
    """Return the mark and the comment that a teacher typed into cells without a column.

    Arguments:
        beside: these cells.
        criterion: what is marked.
        before: the mark and the comment in their own columns.
    """
    given, comment = before
    for each in beside:
        if find_points(each, criterion) is not None:
            rest = [other for other in beside if other is not each]
            return each, " ".join(rest) or comment
    return (given, comment) if given else (beside[0], comment)


def _criterion(
    row: RubricRow, questions: Mapping[str, Question], where: str
) -> tuple[Criterion, Written]:
    question = questions.get(row.cells.get("question", ""))
    if not isinstance(question, Written):
        raise CyberNormsError(
            f"There is no written question {one_line(row.cells.get('question', ''), 60)!r}",
            where=where,
            remedy="Leave the first columns of rubric.csv as they are, and name the question sets "
            "of this class with --questions",
        )
    name = row.cells.get("criterion", "")
    for each in question.criteria:
        if normalize(name) in (normalize(each.name), each.id):
            return each, question
    raise CyberNormsError(
        f"The question {question.id} has no criterion {one_line(name, 60)!r}",
        where=where,
        remedy="Leave the first columns of rubric.csv as they are",
    )


def marks_in(results: Path, questions: Mapping[str, Question]) -> Marks:
    """Return all rubric marks in a folder of results: those kept, and those just filled in.

    Where both rubric.csv and rubric.xlsx have another mark than the one kept, that of the file
    which was saved last counts.

    Raises:
        CyberNormsError: a mark that was filled in cannot be read.
    """
    kept, filled = (
        read_marks(path, questions) if path.is_file() else {}
        for path in (results / KEPT, results / RUBRIC)
    )
    # What was saved before the marks were kept last is among them.
    if not _saved(results / KEPT) <= _saved(results / WORKBOOK) > 0:
        return merged(kept, filled)
    in_workbook = read_marks(results / WORKBOOK, questions, changed=True)
    later = _saved(results / RUBRIC) > _saved(results / WORKBOOK)
    return merged(kept, filled, in_workbook, _other_than(kept, filled) if later else {})


def _saved(path: Path) -> int:
    """Return when a file was saved last, or 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _other_than(kept: Marks, filled: Marks) -> Marks:
    """Return the marks that were filled in and are not among those kept."""
    return {
        key: {id: mark for id, mark in marks.items() if kept.get(key, {}).get(id) != mark}
        for key, marks in filled.items()
    }


def lines_of(marks: Marks) -> str:
    """Return marks as the content of rubric-marks.csv, in a fixed order."""
    rows: Iterable[list[object]] = (
        [*key, criterion, "" if mark.points is None else repr(mark.points), mark.comment]
        for key, of_text in sorted(marks.items())
        for criterion, mark in sorted(of_text.items())
    )
    return csv_lines([_KEPT_COLUMNS, *rows])


class RubricTable:
    """rubric.csv with its lines as they are, to be written again and again with other marks."""

    def __init__(self, path: Path, questions: Mapping[str, Question]) -> None:
        self._rows = read_rows(path)
        # A teacher's own are among them.
        own = [name for row in self._rows for name in row.cells if name not in AS_WRITTEN]
        self._columns = list(dict.fromkeys([*TO_FILL_IN, *own]))
        self._keys = [
            (row.cells["question"], row.cells["text"], criterion)
            for row in self._rows
            for criterion, _ in [_criterion(row, questions, f"{path.name}, line {row.number}")]
        ]
        # The mark with which each line was last made, so that only lines that change are made anew.
        self._written: list[RubricMark | None] = [None] * len(self._rows)
        self._lines = [""] * len(self._rows)

    @property
    def texts(self) -> Collection[tuple[str, str]]:
        """Return question and name of all texts in it."""
        return {(question, text) for question, text, _ in self._keys}

    def lines(self, marks: Marks) -> str:
        """Return the content of rubric.csv with these marks and no others."""
        for index, (question, text, criterion) in enumerate(self._keys):
            mark = marks.get((question, text), {}).get(criterion.id, _NO_MARK)
            if self._written[index] != mark:
                self._written[index] = mark
                self._lines[index] = self._line(self._rows[index], criterion, mark)
        return csv_lines([self._columns]) + "".join(self._lines)

    def _line(self, row: RubricRow, criterion: Criterion, mark: RubricMark) -> str:
        filled = {"mark": format_mark(mark, criterion), "comment": mark.comment}
        cells = row.cells | filled
        return csv_lines([[cells.get(name, "") for name in self._columns]])


def write_marks(results: Path, marks: Marks, table: RubricTable | None) -> None:
    """Write all marks into both tables; what was filled in by hand counts over what was kept.

    So rubric.csv is written first: where writing ends between the two, the new marks count.

    Raises:
        OSError: they cannot be written.
    """
    if table:
        write_whole(results / RUBRIC, table.lines(marks).encode("utf-8-sig"))
    write_whole(results / KEPT, lines_of(marks).encode("utf-8-sig"))


def must_be_results(results: Path) -> None:
    """See that a folder holds results.

    Raises:
        CyberNormsError: it does not.
    """
    if not is_results(results):
        raise CyberNormsError(
            "There are no results in this folder",
            where=str(results),
            remedy="Run cybernorms mark first, and name its folder of results",
        )
