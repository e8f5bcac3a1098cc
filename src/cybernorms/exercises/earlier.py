"""Answers to an earlier revision of a question: what of them still exists in the present one."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Answer
from cybernorms.exercises.responses import Unreadable, is_blank

Fits = Literal["whole", "in part", "not"]


class Fitted(NamedTuple):
    """A response as the present revision of its question can read it, and how much of it that is.

    Where nothing fits, the response is as it was given, so that marking says that it cannot be
    read.
    """

    response: Any
    fits: Fits


def fit(question: Question, response: Any) -> Fitted:
    """Return what still exists of a response that was given to an earlier revision.

    Items and options that are gone are left out of it; those that are new are not answered.
    """
    try:
        question.read_response(response)
    except Unreadable:
        pass
    except Exception:  # a hand-in may hold anything
        return Fitted(response, "not")
    else:
        return Fitted(response, "whole")
    if is_blank(response):
        return Fitted(response, "whole")
    try:
        present = question.present_part(response)
        if is_blank(present):
            return Fitted(response, "not")
        question.read_response(present)
    except Exception:
        return Fitted(response, "not")
    return Fitted(present, "in part")


def fit_answer(question: Question, answer: Answer) -> Fitted:
    """Return what still exists of an answer of the record."""
    if answer.revision in question.revisions:
        return Fitted(answer.response, "whole")
    return fit(question, answer.response)


def mark_answer(question: Question, answer: Answer) -> Mark:
    """Mark an answer of the record, which may have been given to an earlier revision."""
    return mark(question, fit_answer(question, answer).response)


def describe_fit(fits: Fits) -> str:
    """Return what a learner is told whose answer was given to an earlier revision."""
    if fits == "not":
        return "The question has changed since then, and nothing of your answer fits it any more."
    if fits == "in part":
        return (
            "The question has changed since then: what is gone was left out of your answer, and "
            "what is new is still open. Please look at it again."
        )
    return "The question has changed since then: please look at it again."
