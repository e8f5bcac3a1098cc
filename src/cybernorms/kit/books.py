"""Question books: all questions with their keys for teachers, and a paper exam for students."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from cybernorms.corpus.sources import load_quotations
from cybernorms.document import Block, Heading, Paragraph
from cybernorms.exercises.feedback import format_points, unit_of
from cybernorms.exercises.kinds import Forecast, Value, Written
from cybernorms.exercises.question_blocks import format_minutes, kicker, passage_blocks
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.kit.class_sheet import asked_before_the_end, class_sheet
from cybernorms.kit.keys import key_blocks, source_line
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.on_paper import on_paper
from cybernorms.kit.paper import LETTERS, AnyBlock, Grid, PageEnd, Sheet, Vote

ALL = "all-lessons"


def question_book(sets: Sequence[QuestionSet]) -> Sheet:
    """Return all questions of all lessons with options, verdicts, reasons and sources."""
    count = sum(len(each.questions) for each in sets)
    blocks: list[AnyBlock] = [
        Paragraph(
            f"{count} questions, lesson by lesson, with all that a learner is told after "
            "answering. Letters are those of the class sheets and the slides."
        )
    ]
    for number, each in enumerate(sets):
        if number:
            blocks.append(PageEnd())
        points = format_points(each.points)
        blocks.append(Heading(_set_title(each), 2))
        blocks.append(Paragraph(f"{len(each.questions)} questions, {points} points"))
        for question in each.questions:
            blocks += _with_key(question)
    return Sheet(
        "question-book",
        "All questions with their keys",
        blocks,
        over="For teachers",
        folder=ALL,
        keyed=True,
    )


def _set_title(each: QuestionSet) -> str:
    number, _, _ = each.id.partition("-")
    return f"{number} {each.title}"


def _with_key(question: Question) -> list[Block]:
    sources = source_line(question)
    return [
        Heading(question.name, 3),
        Paragraph(f"{kicker(question)}; {question.outcome}; id {question.id}", "kicker"),
        Paragraph(question.prompt),
        *passage_blocks(question),
        *key_blocks(question),
        *([Paragraph(f"Sources: {sources}.", "note")] if sources else []),
    ]


def exam(sets: Sequence[QuestionSet]) -> Sheet:
    """Return the graded questions as a paper exam, without a word of their keys."""
    blocks: list[AnyBlock] = [
        Paragraph(
            "Write your answers into the boxes and onto the lines. The points stand beside each "
            "question. Choose what your teacher names: this paper has the graded questions of all "
            "lessons."
        )
    ]
    for each in sets:
        graded = [one for one in each.questions if one.use == "graded"]
        if not graded:
            continue
        if len(blocks) > 1:
            blocks.append(PageEnd())
        points = sum(one.points for one in graded)
        blocks.append(Heading(_set_title(each), 2))
        blocks.append(Paragraph(f"{len(graded)} questions, {format_points(points)} points."))
        blocks += exam_questions(graded)
    return Sheet("exam", "Questions on paper", blocks, over="For students", folder=ALL, form=True)


def exam_questions(questions: Sequence[Question]) -> list[AnyBlock]:
    """Return questions with numbers, points and room for answers."""
    quotations = load_quotations()
    blocks: list[AnyBlock] = []
    for number, question in enumerate(questions, 1):
        passages = [quotations[id].text for id in question.passages]
        for block in on_paper(question, str(number), passages):
            if isinstance(block, Vote):
                block = replace(block, counts=False, prompt=_with_points(question))
            blocks.append(block)
    return blocks


def _with_points(question: Question) -> str:
    points = format_points(question.points)
    return f"{question.prompt} ({points} {unit_of(question.points)}, {format_minutes(question)})"


def answer_sheet(sets: Sequence[QuestionSet]) -> Sheet:
    """Return a sheet with a row for each question of the exam that is answered by letters."""
    blocks: list[AnyBlock] = [
        Paragraph("One row for each question. Ring the letters, or write into the box.")
    ]
    for each in sets:
        graded = [one for one in each.questions if one.use == "graded"]
        rows = [
            [str(number), _to_ring(question), "", format_points(question.points)]
            for number, question in enumerate(graded, 1)
        ]
        if rows:
            columns = ["No.", "Letters", "Answer", "Points"]
            widths = [0.08, 0.3, 0.5, 0.12]
            blocks.append(Grid(_set_title(each), columns, rows, widths, 8))
    return Sheet("answer-sheet", "Answer sheet", blocks, over="For students", folder=ALL, form=True)


def _to_ring(question: Question) -> str:
    if isinstance(question, Written | Forecast | Value):
        return "on the paper"
    options = getattr(question, "options", ())
    return "   ".join(LETTERS[: len(options)]) or "in the box"


def afterwards(lesson: TaughtLesson) -> Sheet:
    """Return what came of the class sheet, to be given out later: answers and readings."""
    blocks: list[AnyBlock] = [
        Paragraph(
            "For later, when everybody has voted and written. Letters are those of the class sheet."
        )
    ]
    sheet = class_sheet(lesson)
    letters = {each.prompt: each.letter for each in sheet.blocks if isinstance(each, Vote)}
    if letters:
        blocks.append(Heading("The questions", 2))
    for question in asked_before_the_end(lesson):
        if question.use == "entry":  # the course gives its reasons at the end alone
            continue
        if letter := letters.get(question.prompt):
            blocks.append(Heading(f"{letter} {question.name}", 3))
            blocks += key_blocks(question)
    blocks.append(Heading("What it shows", 2))
    for section in lesson.sections:
        for reading in section.readings():
            blocks.append(Heading(reading.lead or section.title, 3))
            blocks += reading.blocks
    if points := lesson.key_points():
        blocks += [Heading("Key points", 2), *points]
    return Sheet(
        f"what-came-of-it-{lesson.name}",
        f"What came of it: {lesson.title}",
        blocks,
        over=f"For later, {lesson.label.lower()}",
        folder=lesson.folder,
        keyed=True,
    )


def left_for_later(lesson: TaughtLesson) -> list[Question]:
    """Return the questions of a lesson that its class sheet leaves out."""
    asked = {each.id for each in asked_before_the_end(lesson)}
    return [find_question(id) for id in lesson.asked() if id not in asked]
