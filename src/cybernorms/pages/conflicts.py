"""Figures in conflict and words that nobody found: decide what may be written, then compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from cybernorms.corpus.documents import (
    ConflictingFigure,
    UnfoundQuotation,
    load_conflicting_figures,
    load_unfound_quotations,
)
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import Block, Facts, Inline, Line, Paragraph, Section, Strong, Table
from cybernorms.pages.sheet import Sheet
from cybernorms.pages.sourcing import bracketed, quote

TITLE = "Figures in conflict, words not found"
FEWEST = 3
"""Figures on a question that make a sheet of their own; questions with fewer share one."""

INTRO = (
    "Each of these figures has been printed as an answer to the question. "
    "Choose what it counts. The notes open once your choices are saved."
)
WHAT_TO_WRITE = {
    "says": "The source says so",
    "not found": "The post quotes it so; no copy of the text was found",
    "part": "The post quotes it so; only another part of the text could be read",
    "made up": "The post made the words up",
}
BEST = {"text not found": "not found", "part not readable": "part"}
AGAINST = {
    "says": "You would vouch for words that you have from the post alone.",
    "not found": "A copy was found, and its beginning was read. Say that much.",
    "part": "This says that a copy was at hand. None was.",
    "made up": "Not finding words proves nothing of the kind, and it's an accusation.",
}


def by_question(lesson: str) -> dict[str, list[ConflictingFigure]]:
    """Return the figures that a lesson may show, by the question that they answer."""
    figures = load_conflicting_figures(lesson=lesson)
    return {question: list(each) for question, each in groupby(figures, key=lambda f: f.question)}


def differs(figures: Sequence[ConflictingFigure]) -> bool:
    """Return whether the figures count different things, so that there is something to choose."""
    return len({each.counted for each in figures}) > 1


def bare(figure: str) -> str:
    """Return a figure without the words that tell what it counts.

    >>> bare("151 attended"), bare("over 1,200"), bare("930 from 110 countries")
    ('151', 'over 1,200', '930 from 110 countries')
    """
    match = re.match(r"((?:over |more than )?\d[\d.,]*(?: million)?) ?([^\d]*)$", figure)
    return match.group(1) if match else figure


def _figure_lines(figures: Sequence[ConflictingFigure]) -> dict[str, str]:
    return {each.id: f"{bare(each.figure)} ({each.said_by})" for each in figures}


def _counts(figures: Sequence[ConflictingFigure]) -> dict[str, str]:
    """Return what the figures count, by the id of the first that does, in alphabetical order."""
    found: dict[str, str] = {}
    for each in sorted(figures, key=lambda figure: figure.counted):
        if _counted(each) not in found.values():
            found[each.id] = _counted(each)
    return found


def _counted(figure: ConflictingFigure) -> str:
    return figure.counted.rstrip(".")


def figures_reading(
    figures: Sequence[ConflictingFigure], chosen: Mapping[str, str]
) -> tuple[int, Table]:
    """Return how many choices are as the sources have it, and the figures with their notes."""
    counts, right = _counts(figures), 0
    rows: list[list[Line]] = []
    for each in figures:
        yours = counts.get(chosen.get(each.id, ""), "")
        right += yours == _counted(each)
        choice: list[Line] = ["the same" if yours == _counted(each) else yours]
        said_by = [f"{each.said_by} ", *bracketed(each)]
        asked = choice if differs(figures) else []
        rows.append([each.figure, _counted(each), *asked, each.note, said_by])
    choices = ["Your choice"] if differs(figures) else []
    columns = ["Figure", "What it counts", *choices, "Note", "Who says so"]
    return right, Table(figures[0].question, columns, rows)


def figures_sheet(id: str, title: str, questions: Sequence[Sequence[ConflictingFigure]]) -> Sheet:
    """Return a sheet on one question or more, each with its own figures to choose from."""
    lines: dict[str, str] = {}
    own: dict[str, Mapping[str, str]] = {}
    above: dict[str, Sequence[Block]] = {}
    asked = [figures for figures in questions if differs(figures)]
    for figures in asked:
        lines |= _figure_lines(figures)
        own |= dict.fromkeys((each.id for each in figures), _counts(figures))
        above[figures[0].id] = [Paragraph([Strong(figures[0].question)])]

    def reading(chosen: Mapping[str, str]) -> list[Block]:
        read = [figures_reading(figures, chosen) for figures in questions]
        right = sum(count for count, _ in read)
        count = f"{right} of {len(lines)} as the sources have it."
        return [Paragraph(count), *(table for _, table in read)]

    return Sheet(
        id,
        title,
        [Paragraph(INTRO)],
        lines,
        {},
        reading,
        own,
        above,
        unit="Figure",
        lead=_figure_leads(asked),
        one=lambda line, choice: figure_blocks(_figure(asked, line), choice == _right(asked, line)),
        look=lambda line, choice: "correct" if choice == _right(asked, line) else "incorrect",
        ending=lambda chosen: [reading(chosen)[0]],
    )


def _figure(questions: Sequence[Sequence[ConflictingFigure]], line: str) -> ConflictingFigure:
    return next(each for figures in questions for each in figures if each.id == line)


def _right(questions: Sequence[Sequence[ConflictingFigure]], line: str) -> str:
    """Return the choice that says what a figure counts."""
    figures = next(each for each in questions if line in [figure.id for figure in each])
    counted = _counted(_figure(questions, line))
    return next(id for id, count in _counts(figures).items() if count == counted)


def _figure_leads(
    questions: Sequence[Sequence[ConflictingFigure]],
) -> dict[str, Sequence[Block]]:
    """Return each figure as it is looked at: the question that it answers, and who says so."""
    return {
        each.id: [
            Paragraph([Strong(each.question)]),
            Paragraph(f"{bare(each.figure)}, says {each.said_by}.", "plain"),
        ]
        for figures in questions
        for each in figures
    }


def figure_blocks(figure: ConflictingFigure, right: bool) -> list[Block]:
    """Return what a figure counts, with its note and who says so."""
    start = "It does. " if right else "It counts: "
    counted = "" if right else f"{_counted(figure)}. "
    return [Paragraph([Strong(f"{start}{counted}"), figure.note, " ", *bracketed(figure)])]


def unfound_blocks(quotation: UnfoundQuotation, yours: str) -> list[Block]:
    """Return what may be written of words that were not found, beside a choice if there is one."""
    best = BEST[quotation.kind]
    found: list[Block] = []
    if yours and yours != best:
        line: list[Inline] = [Strong("Your choice: "), f"{WHAT_TO_WRITE[yours]}. "]
        found.append(Paragraph([*line, AGAINST[yours]]))
    return [
        *found,
        Paragraph([Strong("What may be written: "), f"{WHAT_TO_WRITE[best]}."]),
        Paragraph([Strong("Found instead: "), quotation.found_instead]),
        *quote(quotation.found_quotation),
    ]


def unfound_reading(
    quotations: Sequence[UnfoundQuotation],
) -> Callable[[Mapping[str, str]], list[Block]]:
    """Return the function that tells what may be written beside given choices."""

    def reading(chosen: Mapping[str, str]) -> list[Block]:
        right = sum(chosen.get(each.id) == BEST[each.kind] for each in quotations)
        blocks: list[Block] = [Paragraph(f"{right} of {len(quotations)} as this module puts it.")]
        for number, each in enumerate(quotations, start=1):
            found = unfound_blocks(each, chosen.get(each.id, ""))
            blocks.append(Section(f"Words {number}", found, 4))
        return blocks

    return reading


def unfound_sheet(quotations: Sequence[UnfoundQuotation]) -> Sheet:
    """Return the sheet on words that the post quotes and that were not found."""
    intro = (
        "The post puts these words in quotation marks. Read where they were looked for, "
        "and choose the sentence that you could answer for."
    )
    above: dict[str, Sequence[Block]] = {}
    for each in quotations:
        looked: list[tuple[str, Line]] = [
            ("Looked for", each.looked_for),
            ("Looked in", each.looked_in),
        ]
        above[each.id] = [*quote(each.words), Facts(looked)]
    return Sheet(
        "unfound",
        "Words that nobody found",
        [Paragraph(intro)],
        {each.id: f"Words {number}" for number, each in enumerate(quotations, start=1)},
        WHAT_TO_WRITE,
        unfound_reading(quotations),
        above=above,
        unit="Words",
        lead=above,
        one=lambda line, choice: unfound_blocks(_words(quotations, line), choice),
        look=lambda line, choice: (
            "correct" if choice == BEST[_words(quotations, line).kind] else "incorrect"
        ),
        ending=lambda chosen: [unfound_reading(quotations)(chosen)[0]],
    )


def _words(quotations: Sequence[UnfoundQuotation], line: str) -> UnfoundQuotation:
    return next(each for each in quotations if each.id == line)


def sheets(lesson: LessonNumber = "04") -> list[Sheet]:
    """Return the sheets: one for each question with several figures, pairs, and lost words.

    Raises:
        CyberNormsError: there is no such lesson, or no figure is open in it yet.
    """
    questions = by_question(from_lesson("04", lesson, "figure in conflict"))
    large = {q: figures for q, figures in questions.items() if len(figures) >= FEWEST}
    found = [
        figures_sheet(f"figures-{figures[0].id}", question, [figures])
        for question, figures in large.items()
    ]
    pairs = [figures for question, figures in questions.items() if question not in large]
    if pairs:
        found.append(figures_sheet("figures-pairs", "Pairs of figures and dates", pairs))
    return [*found, unfound_sheet(load_unfound_quotations())]
