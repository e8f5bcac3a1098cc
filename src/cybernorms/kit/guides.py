"""Guides for teachers: written in `notebooks/instructor/`, filled in from lessons and questions.

A paragraph such as `[[misconceptions]]` stands for what is made from the lesson itself, so that
nothing is written twice. A lesson without a guide gets one of these parts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cybernorms.corpus.process import load_outcomes
from cybernorms.corpus.sources import cite
from cybernorms.document import Block, Bullets, Heading, Line, Paragraph, Strong, Table, line_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import OWN_READINGS
from cybernorms.exercises.kinds import Choice, Several, Written
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.kit.keys import key_blocks, rubric_table
from cybernorms.kit.lessons import Shown, TaughtLesson
from cybernorms.kit.markdown import blocks_of
from cybernorms.kit.paper import Sheet
from cybernorms.kit.votes import vote_blocks
from cybernorms.paths import lessons_dir

MOST_MISTAKES = 5
MOST_SOURCES = 6
DIRECTIVE = re.compile(r"^\[\[([a-z]+)\]\]$", re.MULTILINE)
_BARE = """\
# Teaching lesson {number}: {title}

## What they should be able to do

[[aims]]

## The lesson by the minute

[[sections]]

## On the projector

[[shown]]

## What they get wrong

[[misconceptions]]

## The written answer

[[rubric]]

## Further reading

[[reading]]
"""


def guides_dir() -> Path:
    """Return the folder of the guides, which may be missing in a copy for students."""
    return lessons_dir() / "notebooks" / "instructor"


def guide(lesson: TaughtLesson) -> Sheet:
    """Return the guide to a lesson."""
    path = guides_dir() / f"{lesson.folder}.md"
    bare = _BARE.format(number=lesson.number, title=lesson.title)
    text = path.read_text(encoding="utf-8") if path.is_file() else bare
    title, blocks = filled(text, lesson, [lesson])
    over = f"For teachers, {lesson.label.lower()}"
    return Sheet(f"guide-{lesson.name}", title, blocks, over=over, folder=lesson.folder, keyed=True)


def course_pages(lessons: Sequence[TaughtLesson]) -> list[Sheet]:
    """Return what is written for teachers about the course as a whole."""
    sheets = []
    for path in sorted((guides_dir() / "course").glob("*.md")):
        title, blocks = filled(path.read_text(encoding="utf-8"), None, lessons)
        sheet = Sheet(
            path.stem, title, blocks, over="For teachers", folder="all-lessons", keyed=True
        )
        sheets.append(sheet)
    return sheets


def filled(
    text: str, lesson: TaughtLesson | None, lessons: Sequence[TaughtLesson]
) -> tuple[str, list[Block]]:
    """Return the title of a page for teachers, and its blocks with all parts filled in.

    Raises:
        CyberNormsError: there is no part of a name that it asks for.
    """
    blocks: list[Block] = []
    for number, piece in enumerate(DIRECTIVE.split(text)):
        blocks += _part(piece, lesson, lessons) if number % 2 else blocks_of(piece)
    first, *rest = blocks
    assert isinstance(first, Heading)  # each page begins with its title
    return first.text, _without_empty(rest)


def _part(
    name: str, lesson: TaughtLesson | None, lessons: Sequence[TaughtLesson]
) -> Sequence[Block]:
    if name == "votes":
        return vote_blocks(lessons)
    if name not in PARTS or lesson is None:
        raise CyberNormsError(
            f"A guide asks for a part {name!r}", remedy=f"Use one of: {', '.join(PARTS)}, votes"
        )
    return PARTS[name](lesson)


def _without_empty(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without the headings that nothing stands under."""
    kept: list[Block] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        empty = isinstance(block, Heading) and (
            following is None or (isinstance(following, Heading) and following.level <= block.level)
        )
        if not empty:
            kept.append(block)
    return kept


def questions_of(lesson: TaughtLesson) -> list[Question]:
    """Return the questions that a lesson asks, and then the others of its set."""
    asked = [find_question(id) for id in lesson.asked()]
    ids = {each.id for each in asked}
    own = [each for each in load_question_sets() if lesson.row and each.id == lesson.folder]
    return [*asked, *(one for each in own for one in each.questions if one.id not in ids)]


def _aims(lesson: TaughtLesson) -> list[Block]:
    if objectives := lesson.ends.get("what you will be able to do"):
        return list(objectives)
    lines: list[Block] = []
    for block in lesson.ends.get("key points", ()):
        if isinstance(block, Paragraph) and line_text(block.text).startswith("What this lesson"):
            lines.append(block)
    outcomes = load_outcomes()
    named = {each.outcome for each in questions_of(lesson) if each.use == "graded"}
    told: list[Line] = [f"{id}: {outcomes[id]}" for id in sorted(named) if id in outcomes]
    promise = [Paragraph(lesson.row.promise)] if lesson.row and not lines else []
    return [*promise, *lines, *([Bullets(told)] if told else [])]


def _sections(lesson: TaughtLesson) -> list[Block]:
    rows = [
        [each.title, str(each.minutes) if each.minutes else "", each.part or "core"]
        for each in lesson.sections
        if each.asked() or each.minutes
    ]
    return [Table("Sections of the lesson", ["Section", "Minutes", "Part"], rows)]


def _shown(lesson: TaughtLesson) -> list[Block]:
    """Return how to open each explorer by itself."""
    commands = dict.fromkeys(show_command(each) for each in lesson.shown())
    return [
        Paragraph("Each of these opens one explorer alone, in large type:"),
        Bullets(list(commands)),
    ]


def show_command(shown: Shown) -> str:
    """Return what to type in order to see an explorer alone."""
    name = shown.name.removeprefix("show_").replace("_", "-")
    opened = " ".join(f'"{each}"' if " " in each else each for each in shown.open)
    return f"cybernorms show {name} {opened}".strip() + f" --lesson {shown.lesson}"


def _misconceptions(lesson: TaughtLesson) -> list[Block]:
    """Return wrong options with the reason that each is told, from as many questions."""
    rows: list[list[Line]] = []
    for question in questions_of(lesson):
        if not isinstance(question, Choice | Several) or question.use == "entry":
            continue
        wrong = [each for each in question.options if each.verdict == "incorrect" and each.reason]
        if wrong and len(rows) < MOST_MISTAKES:
            worst = max(wrong, key=lambda each: len(each.reason))
            rows.append([worst.text, f"{question.name} ({question.id})", worst.reason])
    columns = ["What you’ll hear", "The question that shows it", "What to answer"]
    return [Table("Misconceptions", columns, rows)] if rows else []


def _rubric(lesson: TaughtLesson) -> list[Block]:
    blocks: list[Block] = []
    for question in questions_of(lesson):
        if isinstance(question, Written):
            blocks += [Paragraph([Strong(f"{question.name}. "), question.prompt])]
            blocks += [rubric_table(question)] if question.withheld else key_blocks(question)
    return blocks


def _reading(lesson: TaughtLesson) -> list[Block]:
    ids = [id for each in questions_of(lesson) for id in each.sources if id != OWN_READINGS]
    lines: list[Line] = []
    for id in dict.fromkeys(ids):
        try:
            lines.append(cite(id))
        except CyberNormsError:  # a source of a teacher's own questions
            continue
    return [Bullets(lines[:MOST_SOURCES])] if lines else []


def _cues(lesson: TaughtLesson) -> list[Block]:
    blocks: list[Block] = []
    for section in lesson.sections:
        cues = [block for each in section.cues() for block in each.blocks]
        blocks += [Heading(section.title, 3), *cues] if cues else []
    return blocks


PARTS: Mapping[str, Callable[[TaughtLesson], list[Block]]] = {
    "aims": _aims,
    "sections": _sections,
    "shown": _shown,
    "misconceptions": _misconceptions,
    "rubric": _rubric,
    "reading": _reading,
    "cues": _cues,
}
