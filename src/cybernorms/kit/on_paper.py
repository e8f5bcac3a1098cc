"""Questions of each kind on paper: to be answered with a pen, without a word of the key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.questions import Question
from cybernorms.kit.paper import SCALE, AnyBlock, Blank, Grid, Vote

SEED = "paper"
"""By which options are shuffled, so that every sheet has the same order."""


def on_paper(question: Question, letter: str, passages: Sequence[str] = ()) -> list[AnyBlock]:
    """Return a question with room for the answer.

    Arguments:
        question: as the set has it; its options are shuffled here.
        letter: what a class calls it by.
        passages: quotations to print above it.
    """
    shuffled = question.shuffled(SEED)
    blocks = ON_PAPER[type(question)](shuffled, letter, passages)
    return list(blocks)


def mixed(question: Question, items: Sequence[Any]) -> list[Any]:
    """Return items in an order that follows from their ids alone."""
    return sorted(items, key=lambda each: sha256(f"{question.id}:{each.id}".encode()).digest())


def _choice(question: Any, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    texts = [option.text for option in question.options]
    return [Vote(letter, question.prompt, texts, passages)]


def _several(question: Any, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    texts = [option.text for option in question.options]
    return [Vote(letter, question.prompt, texts, passages, several=True, counts=False)]


def _match(question: Match, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    rows = [[each.text, ""] for each in mixed(question, question.items)]
    return [
        Vote(letter, question.prompt, list(question.categories.values()), passages, counts=False),
        Grid("Write a letter into each box", ["Item", "Letter"], rows, [0.84, 0.16]),
    ]


def _order(question: Order, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    items = mixed(question, question.items)
    ranks = [each.rank for each in items]
    if ranks == sorted(ranks) and len(set(ranks)) > 1:  # the right order, by chance
        items.reverse()
    rows = [[each.text, ""] for each in items]
    return [
        Vote(letter, question.prompt, (), passages, counts=False),
        Grid("Number the lines from 1 on", ["Item", "Place"], rows, [0.84, 0.16]),
    ]


def _number(question: Number, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    unit = f" ({question.unit})" if question.unit else ""
    return [
        Vote(letter, question.prompt, (), passages, counts=False),
        Grid("Your number", ["Asked", "Answer"], [[f"Your number{unit}", ""]], [0.7, 0.3], 9),
    ]


def _forecast(question: Forecast, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    return [
        Vote(letter, question.prompt, (), passages, counts=False),
        forecast_grid([each.text for each in question.statements]),
    ]


def forecast_grid(statements: Sequence[str], scored: bool = False) -> Grid:
    """Return statements with a line from 0 to 100 and a box for a number.

    Arguments:
        statements: what may come true or not.
        scored: whether there are boxes for the score beside it.
    """
    rows = [[str(number), text, SCALE, ""] for number, text in enumerate(statements, 1)]
    columns, widths = ["No.", "Statement", "0 to 100", "Per cent"], [0.06, 0.54, 0.26, 0.14]
    if scored:
        rows = [[*row, "", ""] for row in rows]
        columns, widths = [*columns, *LATER], [0.05, 0.45, 0.18, 0.1, 0.1, 0.12]
    return Grid("Your forecast", columns, rows, widths, 10)


LATER = ("Came true: 1 or 0", "Distance squared")


def score_grid(statements: Sequence[str]) -> Grid:
    """Return statements with boxes for a number from 0 to 1, an outcome and their distance."""
    rows = [[str(number), text, "", "", ""] for number, text in enumerate(statements, 1)]
    columns = ["No.", "Statement", "My number / 100", *LATER]
    return Grid("Your score", columns, rows, [0.06, 0.5, 0.15, 0.14, 0.15], 8)


def _clause(question: Clause, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    rows = [
        [part.label, " / ".join(option.text for option in part.options), ""]
        for part in question.parts
    ]
    return [
        Vote(letter, question.prompt, (), passages, counts=False),
        Grid("Build the clause", ["Part", "On offer", "Your choice"], rows, [0.16, 0.56, 0.28]),
    ]


def _written(question: Written, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    least, most = question.words
    lines = max(6, most // 12)
    return [
        Vote(letter, question.prompt, (), passages, counts=False),
        Blank(f"Write {least} to {most} words.", lines),
    ]


def _value(question: Value, letter: str, passages: Sequence[str]) -> list[AnyBlock]:
    """Return nothing: what is computed isn't asked for on paper."""
    return []


ON_PAPER: Mapping[type[Question], Callable[[Any, str, Sequence[str]], Sequence[AnyBlock]]] = {
    Choice: _choice,
    Several: _several,
    Match: _match,
    Order: _order,
    Number: _number,
    Forecast: _forecast,
    Clause: _clause,
    Written: _written,
    Value: _value,
}
