"""A learner's own answers to a lesson or exercise set, to print or keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from cybernorms.document import Block, Bullets, Heading, Paragraph, Typed, Verbatim, plural
from cybernorms.document.page import page
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.again import chosen
from cybernorms.exercises.earlier import describe_fit, fit_answer
from cybernorms.exercises.feedback import feedback_blocks, headline
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Value, Written
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Answer, History
from cybernorms.exercises.shipped import Shipped, kind_of, number_of

NAMES = {"lesson": "Lesson", "exercises": "Exercise set"}


def my_answers(path: str, notebook: Shipped, history: History) -> str:
    """Return the whole page for one notebook.

    Arguments:
        path: of the notebook, in the folder of the module.
        notebook: what it asks.
        history: what the record holds.
    """
    asked = list(_asked(notebook))
    answers = [(key, question, history.last(key)) for key, question in asked]
    given = [(key, question, answer) for key, question, answer in answers if answer]
    open_titles = [_title(key, question) for key, question, answer in answers if not answer]
    count = f"{len(given)} of {plural(len(asked), 'question')} answered."
    blocks: list[Block] = [Paragraph(count)]
    for key, question, answer in given:
        is_first = question.use == "entry" and not key.endswith(AGAIN)
        said = _given_blocks(question, answer) if is_first else _answer_blocks(question, answer)
        blocks += [Heading(_title(key, question), 2), *said]
    if open_titles:
        blocks += [Heading("Still open", 2), Bullets(open_titles)]
    over = f"{NAMES.get(kind_of(path), '')} {number_of(path)}".strip()
    return page(f"Your answers: {notebook.title}", blocks, over=over)


def _asked(notebook: Shipped) -> Iterator[tuple[str, Question]]:
    """Return the questions of a notebook that there are, each with its name in the record."""
    for key in notebook.asks:
        with suppress(CyberNormsError):
            yield key, find_question(key.removesuffix(AGAIN))


def _title(key: str, question: Question) -> str:
    again = " (asked again at the end)" if key.endswith(AGAIN) else ""
    return f"{question.title or question.prompt}{again}"


def _given_blocks(question: Question, answer: Answer) -> list[Block]:
    """Return the question and the answer alone: those before the course get their reasons later."""
    made = mark(question, fit_answer(question, answer).response)
    blocks: list[Block] = [Paragraph(question.prompt)]
    if words := chosen(made):
        blocks.append(Paragraph([f"Your answer: {words}"]))
    elif typed := _typed(question, answer.response):
        blocks += [Paragraph("Your answer:"), Typed(typed)]
    return blocks


def _answer_blocks(question: Question, answer: Answer) -> list[Block]:
    """Return the question, the answer, and what a mark says of it."""
    fitted = fit_answer(question, answer)
    made = mark(question, fitted.response)
    blocks = _given_blocks(question, answer)
    if answer.revision not in question.revisions:
        blocks.append(Paragraph(describe_fit(fitted.fits), "note"))
    blocks.append(Paragraph(headline(made), "result"))
    if made.message and not isinstance(question, Written):
        blocks.append(Paragraph([Verbatim(made.message)]))
    return [*blocks, *feedback_blocks(question, made)]


def _typed(question: Question, response: Any) -> str:
    """Return an answer as it was typed."""
    if isinstance(response, str | int | float):
        return str(response)
    return str(response) if isinstance(question, Value) and response is not None else ""
