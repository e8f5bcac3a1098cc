"""`check()`: mark a value that a learner computed in code."""

from __future__ import annotations

from typing import Any

from cybernorms.exercises.feedback import as_text
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.exercises.values import simplify


def check(id: str, value: Any) -> None:
    """Mark a computed value, save it and print which checks hold and what to look at.

    Arguments:
        id: the question's id.
        value: a number, text, list, mapping, or a pandas Series or DataFrame.

    Raises:
        CyberNormsError: there is no such question, or the value cannot be saved.
    """
    question = find_question(id)
    given = mark(question, value)
    if given.state == "marked":
        Record().append(question.id, question.revision, simplify(value))
    print(as_text(question, given))
