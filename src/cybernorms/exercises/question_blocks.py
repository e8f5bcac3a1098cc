"""A question as blocks: what stands above its form, and the whole of it without controls."""

from __future__ import annotations

from math import ceil, floor

from cybernorms.corpus.sources import load_quotations
from cybernorms.document import Block, Inline, Paragraph, Quote, Strong
from cybernorms.exercises.feedback import format_location, format_points, unit_of
from cybernorms.exercises.questions import Question


def format_minutes(question: Question) -> str:
    """Return how long a question takes, in whole minutes."""
    if question.minutes < 1:
        return "less than a minute"
    least, most = floor(question.minutes), ceil(question.minutes)
    if most == 1:
        return "about a minute"
    return f"about {most} minutes" if least == most else f"{least} to {most} minutes"


def kicker(question: Question) -> str:
    """Return the small line above a prompt: use, points and minutes."""
    if question.use == "graded":
        points = f"{format_points(question.points)} {unit_of(question.points)}"
        return f"Graded question, {points}, {format_minutes(question)}"
    name = {"practice": "Practice, no points", "entry": "Before you start, no points"}
    return f"{name[question.use]}, {format_minutes(question)}"


def title_line(question: Question, kind: str) -> Paragraph:
    """Return the line above a prompt: its title, if it has one, and what kind of question it is."""
    title: list[Inline] = [Strong(f"{question.title}. ")] if question.title else []
    return Paragraph([*title, kind], "kicker")


def passage_blocks(question: Question) -> list[Block]:
    """Return the quotations that stand above the form."""
    quotations = load_quotations()
    passages = [quotations[id] for id in question.passages]
    return [Quote(each.text, format_location(each.source.id, each.pinpoint)) for each in passages]


def head_blocks(question: Question) -> list[Block]:
    """Return what stands above the inputs of a question."""
    return [
        title_line(question, kicker(question)),
        Paragraph(question.prompt, "prompt"),
        *passage_blocks(question),
    ]


def question_blocks(question: Question) -> list[Block]:
    """Return a question as a page without controls."""
    return [*head_blocks(question), *question.offer_blocks()]
