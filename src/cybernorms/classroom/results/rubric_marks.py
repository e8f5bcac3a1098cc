"""Written answers: blind ids, the packet to mark from, and marks that come back as a table."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cybernorms.classroom.results.workplace import plain_errors
from cybernorms.classroom.tables import csv_lines, one_line, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.kinds.written import Criterion, Level
from cybernorms.exercises.questions import Question
from cybernorms.exercises.responses import Unreadable, normalize, read_number
from cybernorms.files import write_whole

TO_FILL_IN = ("question", "text", "words", "criterion", "most", "levels", "mark", "comment")
KEPT = ("question", "text", "criterion", "points", "comment")
LONGEST_COMMENT = 2_000


class RubricMark(NamedTuple):
    """The points on one criterion of one text, with a comment."""

    points: float
    comment: str


class WrittenText(NamedTuple):
    """A written answer with the marks that it has by now, by criterion."""

    blind_id: str
    text: str
    marks: Mapping[str, RubricMark]


# Marks by question and blind id, then by criterion.
Marks = dict[tuple[str, str], dict[str, RubricMark]]


def blind_id(student: str, question: str, text: str) -> str:
    """Return the name under which a text is marked; it tells nothing of who wrote it.

    A changed text has another one, so that no mark is ever given to words that were not read.

    >>> blind_id("canvas:1", "un-minister", "Dear Minister")
    'kmyh-q27h'
    """
    whole = "\0".join((student, question, text)).encode("utf-8", "replace")
    letters = base64.b32encode(hashlib.sha256(whole).digest()[:5]).decode().lower()
    return f"{letters[:4]}-{letters[4:]}"


def format_levels(criterion: Criterion) -> str:
    """Return what can stand in the column `mark`, such as `Full = 0.5; Good = 0.35`."""
    return "; ".join(
        f"{level.name} = {format_points(level.share * criterion.points)}"
        for level in criterion.levels
    )


def level_of(mark: RubricMark, criterion: Criterion) -> Level | None:
    """Return the level that brings exactly these points, or None."""
    for level in criterion.levels:
        if abs(level.share * criterion.points - mark.points) < 1e-9:
            return level
    return None


def format_mark(mark: RubricMark, criterion: Criterion) -> str:
    """Return a mark as a teacher writes it: the name of its level, or the points."""
    level = level_of(mark, criterion)
    return level.name if level else format_points(mark.points)


def lines_to_fill_in(
    question: Written, blind: str, words: int, marks: Mapping[str, RubricMark]
) -> str:
    """Return the lines of rubric.csv for one text, with the marks that it has."""
    text = f"{question.id},{blind},{words}"  # of letters, digits and hyphens
    lines = []
    for each, cells in zip(question.criteria, _criterion_cells(question.criteria), strict=True):
        given = marks.get(each.id)
        mark = csv_lines([[format_mark(given, each), given.comment]]) if given else ",\r\n"
        lines.append(f"{text},{cells},{mark}")
    return "".join(lines)


@cache
def _criterion_cells(criteria: tuple[Criterion, ...]) -> list[str]:
    """Return what stands in rubric.csv on each criterion of any text."""
    rows = [[each.name, each.points, format_levels(each)] for each in criteria]
    return [csv_lines([row]).rstrip() for row in rows]


def credit_of(question: Written, marks: Mapping[str, RubricMark]) -> float | None:
    """Return the share of the points that a text has, or None while a criterion is unmarked."""
    if any(each.id not in marks for each in question.criteria):
        return None
    points = sum(marks[each.id].points for each in question.criteria)
    return min(1.0, points / sum(each.points for each in question.criteria))


def read_marks(path: Path, questions: Mapping[str, Question]) -> Marks:
    """Return the marks that a teacher has filled in; lines without a mark are passed over.

    Arguments:
        path: rubric.csv as a spreadsheet saved it, or rubric-marks.csv.
        questions: all questions, by id.

    Raises:
        CyberNormsError: it cannot be read, or a mark in it cannot be; the message names the line.
    """
    columns, rows = read_table(path)
    mark = next((each for each in ("mark", "points") if each in columns), None)
    if mark is None or not {"question", "text", "criterion"} <= set(columns):
        raise CyberNormsError(
            "This is not a table of rubric marks",
            where=path.name,
            remedy=f"Fill in rubric.csv, whose columns are {', '.join(TO_FILL_IN)}",
        )
    found: Marks = {}
    for number, row in enumerate(rows, start=2):
        given = row[mark].strip().removeprefix("'")
        if not given:
            continue
        where = f"{path.name}, line {number}"
        criterion, question = _criterion(row, questions, where)
        points = _points(given, criterion, where)
        comment = one_line(row.get("comment", "").removeprefix("'"), LONGEST_COMMENT)
        marks = found.setdefault((question.id, row["text"].strip()), {})
        marks[criterion.id] = RubricMark(points, comment)
    return found


def _criterion(
    row: Mapping[str, str], questions: Mapping[str, Question], where: str
) -> tuple[Criterion, Written]:
    question = questions.get(row["question"].strip())
    if not isinstance(question, Written):
        raise CyberNormsError(
            f"There is no written question {one_line(row['question'], 60)!r}",
            where=where,
            remedy="Leave the first columns of rubric.csv as they are, and name the question sets "
            "of this class with --questions",
        )
    wanted = normalize(row["criterion"].removeprefix("'"))
    for each in question.criteria:
        if wanted in (normalize(each.name), each.id):
            return each, question
    raise CyberNormsError(
        f"The question {question.id} has no criterion {one_line(row['criterion'], 60)!r}",
        where=where,
        remedy="Leave the first columns of rubric.csv as they are",
    )


def _points(given: str, criterion: Criterion, where: str) -> float:
    """Return the points meant by a number or by the name of a level."""
    for level in criterion.levels:
        if normalize(given) == normalize(level.name):
            return level.share * criterion.points
    try:
        points = read_number(given)
    except Unreadable:
        points = -1.0
    if 0 <= points <= criterion.points + 1e-9:
        return points
    raise CyberNormsError(
        f"The mark {one_line(given, 40)!r} is neither a level nor a number from 0 to "
        f"{format_points(criterion.points)}",
        where=where,
        remedy=f"Write one of: {format_levels(criterion)}",
    )


def merged(*tables: Marks) -> Marks:
    """Return marks of several tables in one; where two have the same, the later counts."""
    found: Marks = {}
    for table in tables:
        for key, marks in table.items():
            found[key] = {**found.get(key, {}), **marks}
    return found


def marks_in(results: Path, questions: Mapping[str, Question]) -> Marks:
    """Return all rubric marks in a folder of results: those kept, and those just filled in.

    Raises:
        CyberNormsError: a mark that was filled in cannot be read.
    """
    tables = [results / name for name in ("rubric-marks.csv", "rubric.csv")]
    return merged(*(read_marks(path, questions) for path in tables if path.is_file()))


def lines_of(marks: Marks) -> str:
    """Return marks as the content of rubric-marks.csv, in a fixed order."""
    rows: Iterable[list[object]] = (
        [question, blind, criterion, repr(mark.points), mark.comment]
        for (question, blind), of_text in sorted(marks.items())
        for criterion, mark in sorted(of_text.items())
    )
    return csv_lines([KEPT, *rows])


def _filled_in(path: Path, marks: Marks, questions: Mapping[str, Question]) -> str:
    """Return the content of rubric.csv with all marks that are known by now."""
    columns, rows = read_table(path)
    for number, row in enumerate(rows, start=2):
        criterion, question = _criterion(row, questions, f"{path.name}, line {number}")
        mark = marks.get((question.id, row["text"].strip()), {}).get(criterion.id)
        if mark:
            row["mark"], row["comment"] = format_mark(mark, criterion), mark.comment
    return csv_lines([columns, *([row[each] for each in columns] for row in rows)])


def import_marks(results: Path, table: Path, questions: Mapping[str, Question]) -> tuple[int, int]:
    """Keep the marks of a table with the results; return texts marked whole, and begun.

    Raises:
        CyberNormsError: there are no results there, or the table cannot be read.
    """
    if not (results / "gradebook.csv").is_file():
        raise CyberNormsError(
            "There are no results in this folder",
            where=str(results),
            remedy="Run cybernorms mark first, and name its folder of results",
        )
    marks = merged(marks_in(results, questions), read_marks(table, questions))
    rubric = results / "rubric.csv"
    with plain_errors(results):
        write_whole(results / "rubric-marks.csv", lines_of(marks).encode("utf-8-sig"))
        if rubric.is_file():  # else what stands there would count again
            write_whole(rubric, _filled_in(rubric, marks, questions).encode("utf-8-sig"))
    whole = sum(
        credit_of(question, of_text) is not None
        for (id, _), of_text in marks.items()
        if isinstance(question := questions[id], Written)
    )
    return whole, len(marks) - whole
