"""A mark as plain text, for notebooks without widgets, for screen readers and for tests."""

from __future__ import annotations

from textwrap import fill

from cybernorms.corpus.sources import load_sources, short_name
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Feedback, Question

WIDTH = 88
OWN_READINGS = "cybernorms-readings"
SIGNS = {
    "correct": "Correct",
    "defensible": "Defensible",
    "partly correct": "Partly",
    "incorrect": "Not this one",
    "missed": "Missed",
    "open": "Open",
}


def format_points(points: float) -> str:
    """Return points as people write them: 1, 1.5, 0.33.

    >>> format_points(2.0), format_points(1.5), format_points(1 / 3)
    ('2', '1.5', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which empty lines divide."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def format_location(source: str, pinpoint: str) -> str:
    """Return the short name of a source with the pinpoint, or nothing."""
    if not source:
        return ""
    if source == OWN_READINGS:
        return f"this module, {pinpoint}" if pinpoint else "this module"
    found = load_sources().get(source)
    name = short_name(found) if found else source
    return f"{name}, {pinpoint}" if pinpoint else name


HEADLINES = {
    "correct": "Correct",
    "defensible": "Defensible",
    "partly correct": "Partly correct",
    "incorrect": "Not this one",
    "": "Kept",
}


def headline(mark: Mark) -> str:
    """Return the result in one line, such as `Defensible: 1 of 2 points`."""
    if mark.state == "blank":
        return "Not answered yet"
    if mark.state == "unreadable":
        return "Could not be read"
    if mark.state == "awaiting teacher":
        return "Saved"
    told = HEADLINES[mark.verdict]
    if mark.verdict == "incorrect" and len(mark.feedback) > 1:
        told = "Not yet"
    if not mark.out_of:
        return told
    unit = "point" if mark.out_of == 1 else "points"
    return f"{told}: {format_points(mark.points or 0)} of {format_points(mark.out_of)} {unit}"


def _line(feedback: Feedback) -> str:
    sign = SIGNS.get(feedback.verdict, "")
    about = ": ".join(part for part in (feedback.label, feedback.given) if part)
    place = format_location(feedback.source, feedback.pinpoint)
    text = ". ".join(part for part in (sign, about) if part)
    text = f"{text}. {feedback.reason}" if text else feedback.reason
    return f"{text} [{place}]" if place else text


def as_text(question: Question, mark: Mark) -> str:
    """Return headline, reasons, exemplar and closing of a mark, wrapped to 88 characters."""
    lines = [headline(mark)]
    if mark.message:
        lines.append(fill(mark.message, WIDTH))
    for feedback in mark.feedback:
        lines.append(fill(_line(feedback), WIDTH, initial_indent="- ", subsequent_indent="  "))
    if isinstance(question, Written) and question.exemplar and mark.state == "awaiting teacher":
        lines.append("Compare with this example:")
        lines += [fill(paragraph, WIDTH) for paragraph in paragraphs(question.exemplar)]
    if mark.closing:
        lines.append(fill(f"Take away: {mark.closing}", WIDTH))
    return "\n".join(lines)
