"""The rubric of a written answer, in sight while it is written."""

from __future__ import annotations

from cybernorms.cards.parts import Fold
from cybernorms.document import Table, to_html
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import Question

COUNTS = ("no", "one", "two", "three", "four", "five", "six")


def rubric_parts(question: Question) -> list[Fold]:
    """Return the rubric as a fold that is open, or nothing for a question without one."""
    if not isinstance(question, Written):
        return []
    many = len(question.criteria)
    count = COUNTS[many] if many < len(COUNTS) else str(many)
    return [Fold(f"How it\u2019s marked: {count} criteria", to_html([_table(question)]), open=True)]


def _table(question: Written) -> Table:
    columns = ["Criterion (points)", *(each.name for each in question.criteria[0].levels)]
    rows = [
        [f"{each.name} ({each.points:g})", *(level.text for level in each.levels)]
        for each in question.criteria
    ]
    return Table(f"Rubric for {question.title}", columns, rows)
