"""Where a learner stands: what is answered, what it brought, what is still open."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.exercises.earlier import mark_answer
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.record import History


class Standing(Struct, frozen=True):
    """A learner's standing in one set and one use of its questions.

    `points` counts marked answers only; `waiting` are the points of written answers that a
    teacher has still to mark; `open` are the names of questions without a readable answer.
    """

    set: str
    use: str
    answered: int
    questions: int
    points: float
    out_of: float
    waiting: float
    open: tuple[str, ...]


def format_standing(standing: Standing) -> str:
    """Return the points so far of those there are, and how many wait for a teacher."""
    if not standing.out_of:
        return "no points"
    points = f"{format_points(standing.points)} of {format_points(standing.out_of)}"
    waiting = f", {format_points(standing.waiting)} awaiting your teacher"
    return points + waiting if standing.waiting else points


def standing(
    questions: Sequence[Question], history: History, *, set: str = "", use: str = ""
) -> Standing:
    """Return the standing in some questions, by marking each last answer again."""
    answered, points, waiting, open_names = 0, 0.0, 0.0, []
    for question in questions:
        last = history.last(question.id)
        given = mark_answer(question, last) if last else None
        if given is None or given.state in ("blank", "unreadable"):
            open_names.append(question.name)
            continue
        answered += 1
        points += given.points or 0
        waiting += question.points if given.state == "awaiting teacher" else 0
    return Standing(
        set=set,
        use=use,
        answered=answered,
        questions=len(questions),
        points=points,
        out_of=sum(question.points for question in questions),
        waiting=waiting,
        open=tuple(open_names),
    )


def standings(sets: Sequence[QuestionSet], history: History) -> list[Standing]:
    """Return the standing in each set, for each use that it has questions of."""
    found = []
    for each in sets:
        for use in dict.fromkeys(question.use for question in each.questions):
            chosen = [question for question in each.questions if question.use == use]
            found.append(standing(chosen, history, set=each.id, use=use))
    return found
