"""A part of the report, and how figures and questions are written in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cybernorms.classroom.scoring.intervals import Interval
from cybernorms.document import Block, Line, Small, to_html, to_text
from cybernorms.exercises.questions import Question

NOTHING_MARKED = "No answer to a graded question was marked yet."


@dataclass(frozen=True)
class ReportPart:
    """A part of the report, which a notebook shows as HTML and a terminal as text."""

    blocks: Sequence[Block]

    def _repr_html_(self) -> str:
        return to_html(self.blocks)

    def __repr__(self) -> str:
        return to_text(self.blocks)


def percent(share: float | None) -> str:
    """Return a share in per cent, or a dash where it is undefined."""
    return "–" if share is None else f"{share:.0%}"


def figure(value: float | None) -> str:
    """Return a figure with two decimals, or a dash where it is undefined."""
    return "–" if value is None else f"{value:.2f}"


def name_of(question: Question) -> str:
    """Return a question in words: its title, or else its prompt."""
    return question.title or question.prompt


def named(question: Question) -> Line:
    """Return a question in words, with its id small behind it, as the question files have it."""
    return [name_of(question), " ", Small(question.id)]


def format_interval(value: float | None, interval: Interval | None) -> str:
    """Return a figure with its interval, or a dash where it is undefined."""
    if value is None or interval is None:
        return "–"
    low, high = f"{interval.low:.2f}", f"{interval.high:.2f}"
    # Spaces that do not break keep the interval on one line.
    return f"{value:.2f} ({low}\u00a0to\u00a0{high})".replace("-", "\u2212")
