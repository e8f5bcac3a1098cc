"""What a folder of results says about a class, read back from its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
from pathlib import Path

from cybernorms.classroom.scoring.gains import Gain, gain
from cybernorms.classroom.scoring.set_statistics import (
    LEFT_OUT,
    NO_ANSWER,
    WAITING,
    Column,
    SetStatistics,
    code_of,
    describe_alpha,
    known,
    set_statistics,
)
from cybernorms.classroom.tables import read_table
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Offer, Question, QuestionSet
from cybernorms.exercises.withheld import must_have_keys

STUDENTS, OPTIONS, ITEMS = "students.csv", "options.csv", "items.csv"
OPTIONS_BY_SECTION = "options-by-section.csv"
NOT_ANSWERED = "not answered"


@dataclass(frozen=True)
class OptionCount:
    """How often something on offer was chosen: `count` of `answered` students chose it.

    `chance` is how likely a guesser is to choose it, or None where that is no fixed number.
    """

    question: str
    offer: Offer
    count: int
    answered: int
    chance: float | None = None

    @property
    def share(self) -> float:
        """Return the share of those who answered that chose this."""
        return self.count / self.answered if self.answered else 0.0


@dataclass(frozen=True)
class ClassResults:
    """The results of a class, or of one of its sections.

    `cells` has for each question, with `:again` behind it where it was asked again, what each
    student got: a credit from 0 to 1, or a word that says why there is none, always in the order
    of `students`; `attempts` counts the answers that the class gave; `left_out` students are in
    no figure.
    """

    students: tuple[str, ...]
    sets: tuple[QuestionSet, ...]
    cells: Mapping[str, Sequence[str]]
    counts: tuple[OptionCount, ...]
    attempts: Mapping[str, int]
    section: str = ""
    left_out: int = 0

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Return the cells as credits and codes."""
        return {key: [_cell(cell) for cell in cells] for key, cells in self.cells.items()}

    def credits(self, key: str) -> list[float | None]:
        """Return the credit of each student on a question, None where there is none."""
        return [None if cell < 0 else cell for cell in self.columns[key]]

    def graded(self, each: QuestionSet) -> list[Question]:
        """Return the questions of a set that bring points and that the class met."""
        return [one for one in each.questions if one.points and one.id in self.columns]

    def items(self, each: QuestionSet) -> list[Question]:
        """Return those of them that are marked: written ones once all their texts are."""
        return [
            question
            for question in self.graded(each)
            if WAITING not in self.columns[question.id] and known(self.columns[question.id])
        ]

    def takers(self, each: QuestionSet) -> list[int]:
        """Return the indexes of the students who answered anything in a set."""
        return self._takers[each.id]

    @cached_property
    def _takers(self) -> dict[str, list[int]]:
        found = {}
        for each in self.sets:
            keys = [question.id for question in each.questions if question.id in self.cells]
            keys += [key + AGAIN for key in keys if key + AGAIN in self.cells]
            found[each.id] = [
                index
                for index in range(len(self.students))
                if any(self.cells[key][index] not in ("", NOT_ANSWERED) for key in keys)
            ]
        return found

    def statistics(self, each: QuestionSet) -> SetStatistics:
        """Return the figures of the graded questions of a set, of those who took it."""
        takers, graded = self.takers(each), self.graded(each)
        return set_statistics(
            {one.id: [self.columns[one.id][index] for index in takers] for one in graded},
            {one.id: one.points for one in graded},
            [one.id for one in graded if one.by_teacher],
        )

    def alpha(self, each: QuestionSet) -> str:
        """Return Cronbach's alpha of a set as a sentence."""
        return describe_alpha(self.statistics(each))

    def tests(self) -> list[QuestionSet]:
        """Return the sets with points of which anything was marked."""
        return [each for each in self.sets if self.items(each)]

    def points(self) -> list[float | None]:
        """Return the points of each student on all that is marked, before penalties.

        Whoever handed in some of the sets, or was kept from some questions, is measured by the
        others alone, on the scale of all; None is for those of whom nothing is left. In a set in
        which somebody was kept from a question, no answer to another one says nothing.
        """
        taken, out_of = [0.0] * len(self.students), [0.0] * len(self.students)
        for each in self.tests():
            columns = [(self.columns[one.id], one.points) for one in self.items(each)]
            for index in self.takers(each):
                least = NO_ANSWER
                if any(column[index] == LEFT_OUT for column, _ in columns):
                    least = 0.0
                for column, points in columns:
                    if column[index] >= least:
                        taken[index] += max(0.0, column[index]) * points
                        out_of[index] += points
        most = self.out_of()
        return [got / of * most if of else None for got, of in zip(taken, out_of, strict=True)]

    def out_of(self) -> float:
        """Return the points that `points` are out of."""
        return fsum(question.points for each in self.sets for question in self.items(each))

    def gains(self) -> list[Gain]:
        """Return what became of each first question that was asked again."""
        return [
            gain(key, self.credits(key), self.credits(key + AGAIN))
            for key in self.cells
            if key + AGAIN in self.cells
        ]

    def question(self, id: str) -> Question:
        """Return a question by its id."""
        return next(one for each in self.sets for one in each.questions if one.id == id)


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _cell(cell: str) -> float:
    number = _number(cell)
    return code_of(cell) if number is None else number


def read_results(
    folder: Path | str, questions: Path | None = None, section: str = ""
) -> ClassResults:
    """Return the results in a folder that `cybernorms mark` has written.

    Students whom the results keep out of the statistics are left out.

    Arguments:
        folder: of the results.
        questions: the folder of question sets that the class was marked by; the module's own if
            not given.
        section: of the class; the whole class if not given.

    Raises:
        CyberNormsError: it is no folder of results, or questions have no key here.
    """
    folder = Path(folder)
    sets = load_question_sets(questions)
    must_have_keys(sets, "A report on the class cannot be made")
    columns, rows = _students(folder)
    mine = [row for row in rows if section in ("", row.get("section", ""))]
    counted = [row for row in mine if row.get("in statistics") != "no"]
    ids = {question.id for each in sets for question in each.questions}
    cells = {
        key: [row[key] for row in counted] for key in columns if key.removesuffix(AGAIN) in ids
    }
    if not cells or not rows:
        raise CyberNormsError(
            "These results are of other questions than those that are here",
            where=str(folder / STUDENTS),
            remedy="Name the folder of question sets that the class was marked by: --questions",
        )
    results = ClassResults(
        students=tuple(row["student"] for row in counted),
        sets=sets,
        cells=cells,
        counts=(),
        attempts={} if section else _attempts(folder),
        section=section,
        left_out=len(mine) - len(counted),
    )
    return replace(results, counts=tuple(_counts(folder, results)))


def sections_of(folder: Path) -> list[str]:
    """Return the sections of the class in a folder of results, where there are two or more.

    Raises:
        CyberNormsError: it is no folder of results.
    """
    _, rows = _students(folder)
    found = {row.get("section", "") for row in rows if row.get("in statistics") != "no"} - {""}
    return sorted(found) if len(found) > 1 else []


def _students(folder: Path) -> tuple[list[str], list[dict[str, str]]]:
    for name in (STUDENTS, OPTIONS, ITEMS):
        if not (folder / name).is_file():
            raise CyberNormsError(
                f"This is no folder of results: {name} is missing",
                where=str(folder),
                remedy="Mark the class first, with: cybernorms mark HAND-INS --to RESULTS",
            )
    return read_table(folder / STUDENTS)


def _counts(folder: Path, results: ClassResults) -> list[OptionCount]:
    """Return how often each option was chosen that has a reason."""
    questions = {one.id: one for each in results.sets for one in each.questions}
    offers = {key: question.offers() for key, question in questions.items()}
    chances = {key: question.chances() for key, question in questions.items()}
    path = folder / (OPTIONS_BY_SECTION if results.section else OPTIONS)
    found = []
    for row in read_table(path)[1] if path.is_file() else ():
        key, option = row["question"], row["option"]
        offer = offers.get(key, {}).get(option)
        if offer and offer.reason and row.get("section", "") == results.section:
            count = int(_number(row["chosen"]) or 0)
            answered = max(count, len(known(results.columns.get(key, ()))))
            found.append(OptionCount(key, offer, count, answered, chances[key].get(option)))
    return found


def _attempts(folder: Path) -> dict[str, int]:
    _, rows = read_table(folder / ITEMS)
    return {row["question"]: int(_number(row["attempts"]) or 0) for row in rows}
