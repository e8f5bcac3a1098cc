"""What the notebooks of an exported course call when nbgrader grades them.

Its name stands in notebooks that teachers have handed out, so it stays where it is.
"""

from __future__ import annotations

import os
from pathlib import Path

from cybernorms.exercises.earlier import mark_answer
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import TEACHER_MARKS, QuestionSet
from cybernorms.exercises.record import Record
from cybernorms.exercises.withheld import must_have_keys

ANSWERS = "answers"


def points(id: str, folder: Path = Path(ANSWERS)) -> float | None:
    """Return the points that the last answer to a question brings; nbgrader takes them as a grade.

    Where the key is withheld, as on a student's computer, a sentence is printed in place of them.

    Arguments:
        id: the question.
        folder: of the record of answers.

    Raises:
        CyberNormsError: nbgrader is grading and the key is withheld, for it would otherwise take
            silence for full points.
    """
    question = find_question(id)
    if question.withheld:
        if os.environ.get("NBGRADER_EXECUTION") == "autograde":
            must_have_keys([QuestionSet(id, id, "", (question,))], "nbgrader cannot grade")
        print(TEACHER_MARKS)
        return None
    last = Record(folder).read().last(id)
    given = mark_answer(question, last) if last else None
    return float((given.points if given else 0) or 0)
