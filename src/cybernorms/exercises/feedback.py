"""What a mark says, as blocks: for forms, printed results and the pages that teachers hand out."""

from __future__ import annotations

from functools import lru_cache

from cybernorms.corpus.sources import load_sources, short_name
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Inline,
    Labelled,
    Line,
    Paragraph,
    Pinpoint,
    Sign,
    Strong,
    Verbatim,
    to_text,
)
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Feedback, Question

OWN_READINGS = "cybernorms-readings"
SIGNS = {
    "correct": "Correct",
    "defensible": "Defensible",
    "partly correct": "Partly",
    "incorrect": "Not this one",
    "missed": "Missed",
    "open": "Open",
}
HEADLINES = {
    "correct": "Correct",
    "defensible": "Defensible",
    "partly correct": "Partly correct",
    "incorrect": "Not this one",
    "": "Kept",
}
_STATES = {
    "blank": "Not answered yet",
    "unreadable": "Could not be read",
    "awaiting teacher": "Saved",
}
_LOOKS = {"partly correct": "partly", "missed": "incorrect", "": "saved"}
_REASONS_KEPT = 4_000  # enough for all reasons of all question sets


def format_points(points: float) -> str:
    """Return points as people write them: 1, 1.5, 0.33.

    >>> format_points(2.0), format_points(1.5), format_points(1 / 3)
    ('2', '1.5', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def unit_of(points: float) -> str:
    """Return what points are called behind a number of them."""
    return "point" if points == 1 else "points"


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


def look_of(verdict: str) -> str:
    """Return the style of a verdict."""
    return _LOOKS.get(verdict, verdict)


def headline(mark: Mark) -> str:
    """Return the result in one line, such as `Defensible: 1 of 2 points`."""
    if mark.state != "marked":
        return _STATES[mark.state]
    result = HEADLINES[mark.verdict]
    if mark.verdict == "incorrect" and len(mark.feedback) > 1:
        result = "Not yet"
    if not mark.out_of:
        return result
    points = f"{format_points(mark.points or 0)} of {format_points(mark.out_of)}"
    return f"{result}: {points} {unit_of(mark.out_of)}"


@lru_cache(_REASONS_KEPT)
def reason_line(feedback: Feedback) -> tuple[Inline, ...]:
    """Return verdict, part, reason and location of a piece of feedback in one line."""
    parts: list[Inline] = []
    if sign := SIGNS.get(feedback.verdict):
        parts += [Sign(f"{sign}.", look_of(feedback.verdict)), " "]
    if about := ": ".join(part for part in (feedback.label, feedback.given) if part):
        parts += [Strong(f"{about}."), " "]
    parts.append(feedback.reason)
    if location := format_location(feedback.source, feedback.pinpoint):
        parts += [" ", Pinpoint(location)]
    return tuple(parts)


def feedback_blocks(question: Question, mark: Mark) -> list[Block]:
    """Return the reasons, the exemplar and what to take away; the result is not in it."""
    blocks: list[Block] = []
    if mark.feedback:
        blocks.append(Bullets([reason_line(each) for each in mark.feedback], "reasons"))
    if isinstance(question, Written) and question.exemplar and mark.state == "awaiting teacher":
        exemplar = [Paragraph(each) for each in paragraphs(question.exemplar)]
        heading = "Compare with this example:"
        blocks.append(Aside("Compare with an example", exemplar, heading))
        blocks += [Aside(name, shown) for name, shown in samples_of(question)]
    if mark.closing:
        blocks.append(Labelled("Take away", mark.closing, "closing"))
    return blocks


def samples_of(question: Written) -> list[tuple[str, list[Block]]]:
    """Return answers marked by the rubric, from weak to good: what to call each, and its blocks."""
    found: list[tuple[str, list[Block]]] = []
    for sample in question.samples:
        marked = question.marked(sample)
        points = sum(level.share * each.points for each, level in marked)
        name = f"{sample.name}, marked: {points:.2g} of {question.points:g} points"
        rows: list[Line] = [
            [Strong(f"{each.name.partition(':')[0]}, {level.name.lower()}. "), level.text]
            for each, level in marked
        ]
        text = [Paragraph(each) for each in paragraphs(sample.text)]
        found.append((name, [*text, Bullets(rows), Paragraph(sample.note)]))
    return found


def result_blocks(question: Question, mark: Mark) -> list[Block]:
    """Return all that a mark says: result, message, reasons, exemplar and what to take away."""
    message = [Paragraph([Verbatim(mark.message)])] if mark.message else []
    return [Paragraph(headline(mark), "result"), *message, *feedback_blocks(question, mark)]


def as_text(question: Question, mark: Mark) -> str:
    """Return all that a mark says as plain text."""
    return to_text(result_blocks(question, mark), compact=True)
