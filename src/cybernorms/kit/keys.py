"""The keys of questions of each kind, with all verdicts, reasons and sources: for teachers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cybernorms.document import Block, Bullets, Labelled, Line, Paragraph, Strong, Table
from cybernorms.exercises.feedback import format_location, format_points, paragraphs, reason_line
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
from cybernorms.exercises.options import explain
from cybernorms.exercises.questions import Feedback, Question
from cybernorms.kit.on_paper import SEED
from cybernorms.kit.paper import LETTERS

STAYED = "The key of this question stayed with the teacher."
CREDITS = ("defensible",)


def key_blocks(question: Question) -> list[Block]:
    """Return what is right in a question and why, and what to take away from it."""
    if question.withheld:
        return [Paragraph(STAYED, "note")]
    blocks = KEYS[type(question)](question.shuffled(SEED))
    closing = [Labelled("Take away", question.closing)] if question.closing else []
    return [*blocks, *closing]


def source_line(question: Question) -> str:
    """Return the sources of a question in a line."""
    return "; ".join(dict.fromkeys(format_location(each, "") for each in question.sources))


def _options(question: Any) -> list[Block]:
    return [Bullets(_option_lines(question.options))]


def _option_lines(options: Sequence[Any], label: str = "") -> list[Line]:
    lines: list[Line] = []
    for letter, option in zip(LETTERS, options, strict=False):
        credit = (
            f" ({format_points(option.credit)} of the points)" if option.verdict in CREDITS else ""
        )
        lines.append([Strong(f"{letter} "), *reason_line(explain(option, label)), credit])
    return lines


def _match(question: Match) -> list[Block]:
    lines: list[Line] = []
    for item in question.items:
        for option in item.placements.values():
            lines.append(reason_line(explain(option, item.text)))
        if item.otherwise:
            lines.append([Strong(f"{item.text}: any other. "), item.otherwise])
    return [Bullets(lines)]


def _order(question: Order) -> list[Block]:
    ranked = sorted(question.items, key=lambda each: each.rank)
    lines = [
        reason_line(
            Feedback(f"{place}", each.text, "correct", each.reason, each.source, each.pinpoint)
        )
        for place, each in enumerate(ranked, 1)
    ]
    return [Bullets(lines)]


def _offers(question: Question) -> list[Block]:
    source, pinpoint = getattr(question, "source", ""), getattr(question, "pinpoint", "")
    lines: list[Line] = []
    for offer in question.offers().values():
        given: Any = offer.verdict
        said = Feedback("", offer.in_tables or offer.text, given, offer.reason)
        lines.append(reason_line(said))
    where = format_location(source, pinpoint)
    return [Bullets(lines), *([Paragraph(f"Source: {where}.", "note")] if where else [])]


def _value(question: Value) -> list[Block]:
    return [Bullets([f"{check.name}: {check.passed}" for check in question.checks])]


def _clause(question: Clause) -> list[Block]:
    blocks: list[Block] = []
    for part in question.parts:
        needed = "" if part.required else " (brings no points)"
        blocks.append(Paragraph([Strong(f"{part.label}{needed}")]))
        blocks.append(Bullets(_option_lines(part.options)))
    return blocks


def _forecast(question: Forecast) -> list[Block]:
    return [Paragraph("There is no right and wrong here: complete answers count.")]


def _written(question: Written) -> list[Block]:
    return [
        rubric_table(question),
        Paragraph([Strong("An example at the highest level")]),
        *(Paragraph(each) for each in paragraphs(question.exemplar)),
    ]


def rubric_table(question: Written) -> Table:
    """Return the rubric of a written question, best level first."""
    levels = [level.name for level in question.criteria[0].levels]
    rows = [
        [
            f"{each.name} ({format_points(each.points)})",
            *(level.text for level in each.levels),
        ]
        for each in question.criteria
    ]
    return Table("Rubric, with the points of each criterion", ["Criterion", *levels], rows, False)


KEYS: Mapping[type[Question], Callable[[Any], list[Block]]] = {
    Choice: _options,
    Several: _options,
    Match: _match,
    Order: _order,
    Number: _offers,
    Forecast: _forecast,
    Clause: _clause,
    Written: _written,
    Value: _value,
}
