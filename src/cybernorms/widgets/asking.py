"""`ask()`: a question as a card that saves, marks and explains."""

from __future__ import annotations

from textwrap import fill
from typing import Any

from cybernorms.cards.card import Card
from cybernorms.cards.form import CLOSED, Form
from cybernorms.cards.form_again import FormAgain, then_and_now_text
from cybernorms.cards.reading import Reading
from cybernorms.document import WIDTH, Aside, Paragraph
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import as_text
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Forecast, Value
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_blocks import question_blocks
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from cybernorms.widgets.showing import show

_MISSING = object()


def ask(id: str, answer: Any = _MISSING, *, again: bool = False, shuffle: bool = True) -> None:
    """Show a question as a form that saves, marks and explains.

    Arguments:
        id: the question's id.
        answer: an answer to save and mark at once; the result is then printed as plain text, and
            no form is shown.
        again: ask a question of lesson 00 once more, at the end of the course: the answer is kept
            beside the first one, and the reasons are shown with what changed.
        shuffle: each learner sees the options in an order of their own; False keeps them in the
            order of the question set and gives them letters, so that a class can vote by a show of
            hands.

    Raises:
        CyberNormsError: there is no such question, or the answer cannot be saved.
    """
    question = find_question(id)
    if again and question.use != "entry":
        raise CyberNormsError(
            f"The question {id!r} is not one of those that are asked twice",
            remedy="Leave out again=True, or choose a question of lesson 00",
        )
    if answer is not _MISSING:
        _answer(question, answer, again)
    else:
        show(("ask", id, again, shuffle), lambda: _card(question, again, shuffle))


def _card(question: Question, again: bool, shuffle: bool) -> Card:
    if isinstance(question, Value):
        blocks = [*question_blocks(question), Aside("Hint", [Paragraph(question.hint)])]
        return Reading(question.name, lambda: blocks)
    return FormAgain(question) if again else Form(question, shuffle=shuffle)


def _answer(question: Question, answer: Any, again: bool) -> None:
    """Save and mark an answer, and print the result."""
    if isinstance(question, Forecast) and is_closed(Record().read(), question.id):
        raise CyberNormsError("This forecast is closed", remedy=CLOSED)
    given = mark(question, answer)
    if given.state in ("marked", "awaiting teacher"):
        key = question.id + (AGAIN if again else "")
        Record().append(key, question.revision, answer)
    print(fill(question.prompt, WIDTH))
    print(as_text(question, given))
    if again:
        print(fill(then_and_now_text(Record(), question, given), WIDTH))
