"""Bring a table of rubric marks, filled in elsewhere, into a folder of results."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from cybernorms.classroom.results.rubric_marks import Marks, credit_of, is_begun, merged
from cybernorms.classroom.results.rubric_tables import (
    RUBRIC,
    RubricTable,
    marks_in,
    must_be_results,
    read_marks,
    write_marks,
)
from cybernorms.classroom.results.workplace import holding
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import Question


class Imported(NamedTuple):
    """What an import kept: texts marked whole, texts begun, and those of other results."""

    whole: int
    begun: int
    strange: int


def import_marks(results: Path, table: Path, questions: Mapping[str, Question]) -> Imported:
    """Keep the marks of a table with the results, and return how many texts have marks now.

    Raises:
        CyberNormsError: there are no results there, or the table cannot be read, has no mark in
            it, or is of another class.
    """
    must_be_results(results)
    given = read_marks(table, questions)
    if not any(is_begun(marks) for marks in given.values()):
        raise CyberNormsError(
            "No mark was found in this table",
            where=table.name,
            remedy="Write a level or points into the column mark, save the table as CSV, and name "
            "that file",
        )
    with holding(results):
        rubric = RubricTable(path, questions) if (path := results / RUBRIC).is_file() else None
        known = rubric.texts if rubric else set(given)
        strange = sum(key not in known for key in given)
        if strange == len(given):
            raise CyberNormsError(
                "None of the texts in this table is among those of these results",
                where=table.name,
                remedy="It is of another class, or of results with another secret: name the "
                "folder of results that its rubric.csv came from",
            )
        # What a workbook was written with takes the place of no later mark.
        before = read_marks(table, questions, changed=False)
        changed = read_marks(table, questions, changed=True)
        marks = merged(before, marks_in(results, questions), changed)
        write_marks(results, marks, rubric)
    return Imported(*_counts(marks, questions, known), strange)


def _counts(
    marks: Marks, questions: Mapping[str, Question], known: Collection[tuple[str, str]]
) -> tuple[int, int]:
    """Return how many texts are marked whole, and how many have been begun."""
    credits = [
        credit_of(question, of_text)
        for key, of_text in marks.items()
        if key in known and is_begun(of_text)
        if isinstance(question := questions[key[0]], Written)
    ]
    whole = sum(credit is not None for credit in credits)
    return whole, len(credits) - whole
