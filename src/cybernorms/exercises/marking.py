"""Mark a response to a question of any kind.

The rules are the same everywhere. A mark is never a silent zero: its state says whether the
response was marked, was blank, could not be read, or waits for a teacher.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from cybernorms.exercises.questions import Feedback, Question, Verdict, verdict_of
from cybernorms.exercises.responses import Unreadable, is_blank

State = Literal["marked", "blank", "unreadable", "awaiting teacher"]


class Mark(Struct, frozen=True):
    """The result of marking one response.

    `credit` runs from 0 to 1 and `points` from 0 to `out_of`; both are None unless `state` is
    `marked`. `message` is for the other states and says what is missing. `chosen` are the ids of
    what was chosen, as `Question.offers` has them.
    """

    question: str
    state: State
    credit: float | None
    points: float | None
    out_of: float
    verdict: Verdict
    feedback: tuple[Feedback, ...]
    message: str = ""
    closing: str = ""
    chosen: tuple[str, ...] = ()


def mark(question: Question, response: Any) -> Mark:
    """Mark any response to a question; nothing that a learner can hand in raises an error.

    Returns:
        A mark whose state is `blank` for an empty response, `unreadable` where it cannot be
        understood, `awaiting teacher` for written text and where the key is withheld, and else
        `marked`.
    """
    try:
        if not question.may_be_empty and is_blank(response):
            return _unmarked(question, "blank", "Nothing is filled in yet.")
        given = question.read_response(response)
        if given is None:
            message = "There is no result yet. Finish your code, then run the cell."
            return _unmarked(question, "blank", message)
        if question.by_teacher or question.withheld:
            return _unmarked(question, "awaiting teacher", question.awaiting(given))
        judgement = question.judge(given)
    except Unreadable as problem:
        message = str(problem)
        return _unmarked(question, "unreadable", f"{message[:1].upper()}{message[1:]}.")
    except Exception:  # a learner's own object may fail in any way when it is looked at
        return _unmarked(question, "unreadable", "It fails when it is looked at.")
    return Mark(
        question=question.id,
        state="marked",
        credit=judgement.credit,
        points=judgement.credit * question.points,
        out_of=question.points,
        verdict=verdict_of(judgement.credit, judgement.feedback) if question.judged else "",
        feedback=judgement.feedback,
        closing=question.closing,
        chosen=judgement.chosen,
    )


def _unmarked(question: Question, state: State, message: str) -> Mark:
    closing = question.closing if state == "awaiting teacher" else ""
    return Mark(question.id, state, None, None, question.points, "", (), message, closing)
