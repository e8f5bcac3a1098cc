"""What is on the slides of a lesson, before anybody draws them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from cybernorms.document import Block, Bullets, Table, to_text
from cybernorms.exercises.kinds import Choice, Forecast, Several
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.kit.class_sheet import is_on_screen, scene_of
from cybernorms.kit.keys import key_blocks
from cybernorms.kit.lessons import Asked, Cue, Prose, Reading, Section, Shown, TaughtLesson
from cybernorms.kit.markdown import paragraphs_of, spoken
from cybernorms.kit.on_paper import SEED
from cybernorms.kit.paper import LETTERS
from cybernorms.kit.pictures import Drawing, picture_of
from cybernorms.pages import forecast

MOST, MOST_OF_A_PATH = 12, 18
MOST_CHARS = 430
"""What a slide holds in a type that can be read from the last row."""
_WORKED = re.compile(
    r"\b(let['’]?s|let us)\b.*\btogether\b|\bworked example\b|\bdone once\b|\bthink\w* aloud\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.?!”])\s+(?=[A-Z“(])")


class Slide(Struct, frozen=True):
    """A slide: its title, lines or something drawn below it, and what is said to the teacher."""

    title: str
    lines: Sequence[str] = ()
    drawn: Drawing | None = None
    notes: str = ""
    is_title: bool = False
    lettered: bool = False


def slides_of(lesson: TaughtLesson) -> list[Slide]:
    """Return the slides of a lesson: a dozen at most, sources last."""
    scene = scene_of(lesson)
    ends = [_key_points(lesson), _sources(lesson)]
    end = [each for each in ends if each]
    start = [
        Slide(lesson.title, scene[:1], notes="\n\n".join(scene), is_title=True),
        _plan(lesson),
    ]
    most = MOST if lesson.row else MOST_OF_A_PATH
    room = most - len(start) - len(end)
    return [*start, *_middle(lesson, room), *end]


def _plan(lesson: TaughtLesson) -> Slide:
    lines = [
        f"{each.title}{f' ({each.minutes} minutes)' if each.minutes else ''}"
        for each in lesson.sections
        if each.part in ("core", "") and each.asked()
    ]
    promise = lesson.row.promise if lesson.row else lesson.first_paragraph()
    return Slide("What we'll do", lines[:8], notes=promise)


def _middle(lesson: TaughtLesson, room: int) -> list[Slide]:
    """Return question, picture and reading of as many sections as there is room for, core first."""
    parts = {number: _section_slides(each) for number, each in enumerate(lesson.sections)}
    worth = sorted(parts, key=lambda number: (_rank(lesson.sections[number]), number))
    chosen, count = [], 0
    worked = _worked(lesson)
    room -= len(worked)
    for number in worth:
        slides = parts[number][: room - count]
        if slides and len(slides) == len(parts[number]):
            chosen.append(number)
            count += len(slides)
    made = []
    for number in sorted(chosen):
        made += parts[number]
    return [*worked, *made]


def _rank(section: Section) -> int:
    """Return how late a section is left out: core with a picture last."""
    drawn = any(isinstance(each, Shown) and picture_of(each) for each in section.steps)
    return {"core": 0, "": 0}.get(section.part, 2) + (0 if drawn else 1)


def _worked(lesson: TaughtLesson) -> list[Slide]:
    """Return the example that a lesson works through, if it says of one that it does."""
    for section in lesson.sections:
        for step in section.steps:
            if isinstance(step, Prose):
                told = paragraphs_of(step.blocks)
                if any(_WORKED.search(each) for each in told[:2]):
                    notes = to_text(step.blocks)
                    return [Slide(f"Together: {section.title}", _fitting(told), notes=notes)]
    return []


def _section_slides(section: Section) -> list[Slide]:
    """Return the slides of a section: a question, what is looked at, and what it shows."""
    every = [find_question(id) for id in section.asked()]
    questions = [each for each in every if not is_on_screen(each)]
    asked = next((each for each in questions if isinstance(each, Choice | Several)), None)
    shown = [each for each in section.steps if isinstance(each, Shown)]
    drawn = next((found for each in shown if (found := picture_of(each))), None)
    slides = [_question(asked, section)] if asked else []
    if any(each.name == "show_forecast" for each in shown):
        slides.append(_forecast())
    if drawn:
        title = drawn.caption if isinstance(drawn, Table) and drawn.caption else section.title
        slides.append(Slide(title, drawn=drawn, notes=_said(section) or section.title))
    slides += [_reading(each, section) for each in section.readings()[:1]]
    return slides


def _question(question: Question, section: Section) -> Slide:
    shuffled = question.shuffled(SEED)
    options = getattr(shuffled, "options", ())
    lines = [f"{letter}  {option.text}" for letter, option in zip(LETTERS, options, strict=False)]
    key = to_text(key_blocks(question))
    notes = f"{question.name}. Vote, talk with a neighbour, vote again; then the reasons.\n\n{key}"
    cues = "\n\n".join(to_text(each.blocks) for each in section.cues())
    return Slide(question.prompt, lines, notes=f"{notes}\n\n{cues}".strip(), lettered=True)


def _forecast() -> Slide:
    question = find_question(forecast.QUESTION)
    assert isinstance(question, Forecast)
    lines = [f"{number}  {each.text}" for number, each in enumerate(question.statements, 1)]
    return Slide("How likely is it, in per cent?", lines, notes=question.prompt, lettered=True)


def _reading(reading: Reading, section: Section) -> Slide:
    told = paragraphs_of(reading.blocks)
    title = reading.lead or section.title
    tables = [each for each in reading.blocks if isinstance(each, Table)]
    notes = to_text(reading.blocks)
    if tables and not told:
        return Slide(title, drawn=tables[0], notes=notes)
    return Slide(title, _fitting(told), notes=notes)


def _said(section: Section) -> str:
    """Return what a section says before its first question, for the notes."""
    blocks: list[Block] = []
    for step in section.steps:
        if isinstance(step, Asked):
            break
        if isinstance(step, Prose | Cue):
            blocks += step.blocks
    return to_text(blocks)


def _fitting(paragraphs: Sequence[str]) -> list[str]:
    """Return as many whole sentences as a slide holds, one line for each paragraph."""
    lines, count = list[str](), 0
    for paragraph in paragraphs:
        kept: list[str] = []
        for sentence in _SENTENCE.split(paragraph):
            if (lines or kept) and count + len(sentence) > MOST_CHARS:
                return [*lines, *([" ".join(kept)] if kept else [])]
            kept.append(sentence)
            count += len(sentence)
        lines.append(" ".join(kept))
    return lines


def _key_points(lesson: TaughtLesson) -> Slide | None:
    points = paragraphs_of(lesson.key_points())
    return Slide("Key points", _fitting(points), notes="\n".join(points)) if points else None


def _sources(lesson: TaughtLesson) -> Slide | None:
    blocks = lesson.ends.get("sources", ())
    listed = [
        spoken(item) for block in blocks if isinstance(block, Bullets) for item in block.items
    ]
    notes = to_text(list(blocks))
    return Slide("Sources", listed[:7], notes=notes) if listed else None
