"""The figures of a set of questions: computed here, wherever they are told.

What a class did with a question is a column, with a cell for each student who took the set: the
credit from 0 to 1, or one of the codes below. Whoever gave no answer has 0 in totals and is not in
the difficulty of the question; whoever was kept from it is in neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from cybernorms.classroom.scoring.intervals import FEWEST, Interval, feldt, fisher, wilson
from cybernorms.classroom.scoring.item_statistics import (
    cronbach_alpha,
    discrimination,
    mean,
)
from cybernorms.classroom.tables import plural

NO_ANSWER, LEFT_OUT, WAITING = -1.0, -2.0, -3.0
_CODES = {
    "blank": NO_ANSWER,
    "unreadable": NO_ANSWER,
    "not answered": NO_ANSWER,
    "awaiting teacher": WAITING,
}
Column = Sequence[float]


def code_of(state: str) -> float:
    """Return the code of a state without a credit; what came too late or is excused is left out.

    >>> code_of("blank"), code_of("after the deadline")
    (-1.0, -2.0)
    """
    return _CODES.get(state, LEFT_OUT)


def known(column: Column) -> list[float]:
    """Return the credits of those who answered and were marked."""
    return [cell for cell in column if cell >= 0]


@dataclass(frozen=True)
class ItemStatistics:
    """What the answers of a class say about one question.

    `learners` took the set and were not kept from the question, `answered` of them gave an answer
    that was marked; `paired` of these are in the discrimination. Figures are None where they are
    undefined, and where some answers wait for their marks.
    """

    question: str
    learners: int
    answered: int
    difficulty: float | None = None
    discrimination: float | None = None
    paired: int = 0

    @property
    def difficulty_interval(self) -> Interval | None:
        """Return where the difficulty may lie."""
        return None if self.difficulty is None else wilson(self.difficulty, self.answered)

    @property
    def discrimination_interval(self) -> Interval | None:
        """Return where the discrimination may lie."""
        return None if self.discrimination is None else fisher(self.discrimination, self.paired)


@dataclass(frozen=True)
class SetStatistics:
    """The figures of one set.

    `items` has each question of it, `waiting` those of which some texts have still to be marked:
    they are in no figure. `written` of the questions that are in the totals were marked by a
    teacher. `learners` are in alpha: those who took the set and were kept from no question of it.
    """

    items: tuple[ItemStatistics, ...]
    waiting: tuple[str, ...]
    questions: int
    written: int
    learners: int
    alpha: float | None

    @property
    def alpha_interval(self) -> Interval | None:
        """Return where alpha may lie."""
        if self.alpha is None:
            return None
        return feldt(self.alpha, self.questions, self.learners)


def set_statistics(
    columns: Mapping[str, Column], points: Mapping[str, float], written: Collection[str] = ()
) -> SetStatistics:
    """Return the figures of the graded questions of a set.

    Arguments:
        columns: by question, all of the same students in the same order.
        points: what each question can bring.
        written: the questions that a teacher marks.
    """
    waiting = [item for item, column in columns.items() if WAITING in column]
    counted = {
        item: column
        for item, column in columns.items()
        if item not in waiting and max(column, default=NO_ANSWER) >= 0
    }
    whole = [LEFT_OUT not in row for row in zip(*counted.values(), strict=True)]
    gained = {
        item: [cell * points[item] for cell, each in zip(column, whole, strict=True) if each]
        for item, column in counted.items()
    }
    brought = [[cell if cell > 0 else 0.0 for cell in column] for column in gained.values()]
    rows = list(zip(*brought, strict=True))
    totals = list(map(fsum, rows))
    return SetStatistics(
        items=tuple(
            _item(item, column, gained.get(item), totals) for item, column in columns.items()
        ),
        waiting=tuple(waiting),
        questions=len(counted),
        written=sum(item in written for item in counted),
        learners=len(rows),
        alpha=cronbach_alpha(rows),
    )


def _item(
    item: str, column: Column, gained: Column | None, totals: Sequence[float]
) -> ItemStatistics:
    credits = known(column)
    learners = len(column) - column.count(LEFT_OUT)
    if gained is None:
        return ItemStatistics(item, learners, len(credits))
    paired = [None if cell < 0 else cell for cell in gained]
    return ItemStatistics(
        question=item,
        learners=learners,
        answered=len(credits),
        difficulty=mean(credits),
        discrimination=discrimination(paired, totals),
        paired=len(known(gained)),
    )


def describe_alpha(found: SetStatistics) -> str:
    """Return Cronbach's alpha as a sentence with what it can bear, or why there is none."""
    if found.questions < 2:
        return f"Cronbach's alpha is undefined: it needs at least two questions.{_missing(found)}"
    if found.learners < FEWEST:
        students = plural(found.learners, "student")
        return (
            f"No Cronbach's alpha: of {students} it would be mostly chance; "
            f"it stands here from {FEWEST}.{_missing(found)}"
        )
    if found.alpha is None or (interval := found.alpha_interval) is None:
        return f"Cronbach's alpha is undefined: all students have the same total.{_missing(found)}"
    written = f" ({found.written} written)" if found.written else ""
    low, high = f"{interval.low:.2f}", f"{interval.high:.2f}"
    return (
        f"Cronbach's alpha is {found.alpha:.2f}, at 99 per cent from {low} to {high}, "
        f"of {found.questions} questions{written} and {found.learners} students. It says "
        "how far the questions rise and fall together in this class, not "
        f"whether they measure the right thing.{_missing(found)}"
    )


def _missing(found: SetStatistics) -> str:
    if not found.waiting:
        return ""
    if len(found.waiting) == 1:
        return " The written question is in no figure until all its texts are marked."
    return f" {len(found.waiting)} written questions are in no figure until all texts are marked."
