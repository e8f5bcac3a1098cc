"""What a folder of results says about a class, read back from its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from pathlib import Path

from cybernorms.classroom.scoring.item_statistics import (
    Credits,
    Gain,
    ItemStatistics,
    OptionCount,
    alpha_of,
    describe_alpha,
    gain,
    item_statistics,
)
from cybernorms.classroom.tables import read_table
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import must_have_keys

STUDENTS, OPTIONS, ITEMS = "students.csv", "options.csv", "items.csv"
NOT_ANSWERED = "not answered"


@dataclass(frozen=True)
class ClassResults:
    """The results of a class.

    `cells` has for each question, with `:again` behind it where it was asked again, what each
    student got: a credit from 0 to 1, or a word that says why there is none, always in the order
    of `students`; `attempts` counts the answers that the class gave.
    """

    students: tuple[str, ...]
    sets: tuple[QuestionSet, ...]
    cells: Mapping[str, Sequence[str]]
    counts: tuple[OptionCount, ...]
    attempts: Mapping[str, int]

    def credits(self, key: str) -> list[float | None]:
        """Return the credit of each student on a question, None where there is none."""
        return [_number(cell) for cell in self.cells[key]]

    def items(self, each: QuestionSet) -> list[Question]:
        """Return the graded questions of a set that a program marks and the class met."""
        return [
            question
            for question in each.questions
            if question.use == "graded"
            and not isinstance(question, Written)
            and any(credit is not None for credit in self._all_credits(question.id))
        ]

    def _all_credits(self, key: str) -> list[float | None]:
        return self.credits(key) if key in self.cells else []

    def takers(self, each: QuestionSet) -> list[int]:
        """Return the indexes of the students who answered anything in a set."""
        keys = [question.id for question in each.questions if question.id in self.cells]
        keys += [key + AGAIN for key in keys if key + AGAIN in self.cells]
        return [
            index
            for index in range(len(self.students))
            if any(self.cells[key][index] not in ("", NOT_ANSWERED) for key in keys)
        ]

    def test(self, each: QuestionSet) -> tuple[dict[str, Credits], dict[str, float]]:
        """Return credits and points of the graded questions of a set, of those who took it."""
        takers = self.takers(each)
        credits: dict[str, Credits] = {}
        for question in self.items(each):
            row = self.credits(question.id)
            credits[question.id] = [row[index] for index in takers]
        return credits, {question.id: question.points for question in self.items(each)}

    def statistics(self, each: QuestionSet) -> list[ItemStatistics]:
        """Return difficulty and discrimination of the graded questions of a set."""
        return item_statistics(*self.test(each))

    def alpha(self, each: QuestionSet) -> str:
        """Return Cronbach's alpha of a set as a sentence."""
        credits, points = self.test(each)
        return describe_alpha(alpha_of(credits, points), len(credits), len(self.takers(each)))

    def tests(self) -> list[QuestionSet]:
        """Return the sets with points of which anything was marked."""
        return [each for each in self.sets if self.items(each)]

    def points(self) -> list[float]:
        """Return the points of each student on all that a program marked.

        Whoever handed in some of the sets is measured by these alone, on the scale of all.
        """
        taken, out_of = [0.0] * len(self.students), [0.0] * len(self.students)
        for each in self.tests():
            columns = [(self.credits(one.id), one.points) for one in self.items(each)]
            for index in self.takers(each):
                taken[index] += fsum((row[index] or 0) * points for row, points in columns)
                out_of[index] += fsum(points for _, points in columns)
        most = self.out_of()
        return [got / of * most if of else 0.0 for got, of in zip(taken, out_of, strict=True)]

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


def read_results(folder: Path | str, questions: Path | None = None) -> ClassResults:
    """Return the results in a folder that `cybernorms mark` has written.

    Arguments:
        folder: of the results.
        questions: the folder of question sets that the class was marked by; the module's own if
            not given.

    Raises:
        CyberNormsError: it is no folder of results, or questions have no key here.
    """
    folder = Path(folder)
    sets = load_question_sets(questions)
    must_have_keys(sets, "A report on the class cannot be made")
    for name in (STUDENTS, OPTIONS, ITEMS):
        if not (folder / name).is_file():
            raise CyberNormsError(
                f"This is no folder of results: {name} is missing",
                where=str(folder),
                remedy="Mark the class first, with: cybernorms mark HAND-INS --to RESULTS",
            )
    columns, rows = read_table(folder / STUDENTS)
    known = {question.id for each in sets for question in each.questions}
    cells = {key: [row[key] for row in rows] for key in columns if key.removesuffix(AGAIN) in known}
    if not cells or not rows:
        raise CyberNormsError(
            "These results are of other questions than those that are here",
            where=str(folder / STUDENTS),
            remedy="Name the folder of question sets that the class was marked by: --questions",
        )
    return ClassResults(
        students=tuple(row["student"] for row in rows),
        sets=sets,
        cells=cells,
        counts=tuple(_counts(folder, sets)),
        attempts=_attempts(folder),
    )


def _counts(folder: Path, sets: Sequence[QuestionSet]) -> list[OptionCount]:
    """Return how often each option was chosen that has a reason."""
    offers = {question.id: question.offers() for each in sets for question in each.questions}
    marked = {
        row["question"]: int(_number(row["marked"]) or 0) for row in read_table(folder / ITEMS)[1]
    }
    found = []
    for row in read_table(folder / OPTIONS)[1]:
        key = row["question"]
        offer = offers.get(key, {}).get(row["option"])
        if offer and offer.reason:
            count = int(_number(row["chosen"]) or 0)
            found.append(OptionCount(key, offer, count, marked.get(key, 0)))
    return found


def _attempts(folder: Path) -> dict[str, int]:
    _, rows = read_table(folder / ITEMS)
    return {row["question"]: int(_number(row["attempts"]) or 0) for row in rows}
