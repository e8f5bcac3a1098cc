"""What all exports say in the same words: prompts, reasons, rubrics, how to write a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from cybernorms.corpus.sources import load_quotations
from cybernorms.exercises.feedback import format_location, format_points, paragraphs, unit_of
from cybernorms.exercises.kinds import Number, Written
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question

FOR_GRADERS = "for-graders.txt"


def html_paragraphs(text: str) -> str:
    """Return text as HTML paragraphs."""
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs(text))


def quotations_of(question: Question) -> list[tuple[str, str]]:
    """Return text and location of the quotations that stand above the form of a question."""
    quotations = load_quotations()
    return [
        (each.text, format_location(each.source.id, each.pinpoint))
        for each in (quotations.get(id) for id in question.passages)
        if each
    ]


def prompt_html(question: Question) -> str:
    """Return the prompt of a question and the quotations that stand above its form."""
    return html_paragraphs(question.prompt) + "".join(
        f"<blockquote><p>{escape(text, quote=False)}</p>"
        f"<p>{escape(location, quote=False)}</p></blockquote>"
        for text, location in quotations_of(question)
    )


def prompt_text(question: Question) -> str:
    """Return the prompt of a question and its quotations in one line."""
    quoted = [f"“{text}” ({location})" for text, location in quotations_of(question)]
    return " ".join([question.prompt, *quoted])


def reason_text(verdict: str, reason: str, source: str = "", pinpoint: str = "") -> str:
    """Return a reason with its location, and with the verdict before it where it is arguable.

    >>> reason_text("defensible", "It can be argued.")
    'Defensible. It can be argued.'
    """
    location = format_location(source, pinpoint)
    text = f"Defensible. {reason}" if verdict == "defensible" else reason
    return f"{text} [{location}]" if location else text


def reason_of(option: Option) -> str:
    """Return the reason of an option with its location."""
    return reason_text(option.verdict, option.reason, option.source, option.pinpoint)


def count_points(points: float) -> str:
    """Return points with what they are called.

    >>> count_points(1), count_points(1.5)
    ('1 point', '1.5 points')
    """
    return f"{format_points(points)} {unit_of(points)}"


def per_cent(part: float) -> str:
    """Return a part of something in per cent.

    >>> per_cent(0.125), per_cent(1 / 6)
    ('12.5%', '16.7%')
    """
    return f"{100 * part:.3g}%"


def criteria_text(question: Written, factor: float = 1) -> str:
    """Return what counts in a written answer, for whoever writes it.

    Arguments:
        question: the written question.
        factor: by what its points are multiplied.
    """
    names = [f"{each.name} ({count_points(each.points * factor)})" for each in question.criteria]
    return f"What counts: {'; '.join(names)}."


def rubric_lines(question: Written, factor: float = 1) -> list[str]:
    """Return the rubric of a written question for graders, a line for each criterion and level.

    Arguments:
        question: the written question.
        factor: by what its points are multiplied.
    """
    lines = []
    for criterion in question.criteria:
        points = criterion.points * factor
        lines.append(f"{criterion.name} ({count_points(points)})")
        lines += [
            f"{level.name} ({format_points(level.share * points)}): {level.text}"
            for level in criterion.levels
        ]
    return lines


def grader_lines(question: Written, factor: float = 1) -> list[str]:
    """Return what only whoever grades a written answer may see, as lines of FOR_GRADERS."""
    prompt = f"{question.id}: {prompt_text(question)}"
    rubric = rubric_lines(question, factor)
    return [prompt, *rubric, "Example:", *paragraphs(question.exemplar), ""]


def graders_file(lines_by_set: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """Return the file FOR_GRADERS by its name, or nothing where there is nothing to grade."""
    lines = [line for title, lines in lines_by_set.items() if lines for line in (title, "", *lines)]
    head = "Rubrics and examples, for the grader; not for students"
    return {FOR_GRADERS: "\n".join([head, "", *lines]).encode("utf-8")} if lines else {}


def can_have_fraction(question: Number) -> bool:
    """Return whether an answer that brings points can have a fraction."""
    numbers = (question.answer, question.tolerance, question.wide_tolerance or 0)
    return any(not float(number).is_integer() for number in numbers)


def number_advice(question: Number) -> str:
    """Return how to write the number, so that another system can read it."""
    unit = f", without “{question.unit}”" if question.unit else ""
    point = " Use a decimal point, not a comma." if can_have_fraction(question) else ""
    return f"Write the number alone, in digits{unit}.{point}"
