"""A lesson as the kit needs it: what its notebook says, asks and shows, step by step."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from cybernorms.corpus.process import Lesson, load_lessons
from cybernorms.document import Block, Heading, Paragraph, line_text
from cybernorms.errors import CyberNormsError
from cybernorms.kit.markdown import Folded, blocks_of, pieces, take_lead
from cybernorms.paths import lessons_dir

ONE_CLASS = "one-class-path.ipynb"
_TITLE = re.compile(r"^(?:\d+\s+)?(.*?)(?:\s*\((?:(core|depth|optional),\s*)?(\d+) minutes\))?$")
_WAY = re.compile(
    r"^(Before you start|Next\.|What this lesson was for|You need no programming|The whole story)"
)
_CUES = ("on the projector", "for the teacher")
_ENDS = ("key points", "sources", "check yourself", "write", "what you will be able to do")


class Prose(Struct, frozen=True):
    """What a cell says; `after` means that it stands behind a question of its section."""

    blocks: Sequence[Block]
    after: bool = False


class Asked(Struct, frozen=True):
    """A question that a lesson asks; `again` means for the second time."""

    question: str
    again: bool = False


class Shown(Struct, frozen=True):
    """An explorer or sheet that a lesson shows, and what it opens with."""

    name: str
    open: tuple[str, ...]
    lesson: str


class Reading(Struct, frozen=True):
    """What a question or explorer shows, once it is answered; `lead` is the thought in a line."""

    lead: str
    blocks: Sequence[Block]


class Cue(Struct, frozen=True):
    """What a lesson tells the teacher alone."""

    blocks: Sequence[Block]


Step = Prose | Asked | Shown | Reading | Cue


class Section(Struct, frozen=True):
    """A section of a lesson; `part` is core, depth, optional or nothing, `minutes` may be 0."""

    title: str
    part: str
    minutes: int
    steps: Sequence[Step]

    def asked(self) -> list[str]:
        """Return the ids of the questions asked here for the first time."""
        return [each.question for each in self.steps if isinstance(each, Asked) and not each.again]

    def readings(self) -> list[Reading]:
        """Return what stands here for those who have answered."""
        return [each for each in self.steps if isinstance(each, Reading)]

    def cues(self) -> list[Cue]:
        """Return what is said to the teacher here."""
        return [each for each in self.steps if isinstance(each, Cue)]


class TaughtLesson(Struct, frozen=True):
    """A lesson, or the path through several of them for one class.

    `name` is what its files are called by; `number` is that of the last lesson whose rows it may
    show; `row` is its row in the table of lessons, None for a path.
    """

    name: str
    number: str
    title: str
    scene: Sequence[Block]
    sections: Sequence[Section]
    ends: dict[str, Sequence[Block]]
    row: Lesson | None = None

    @property
    def label(self) -> str:
        """Return what it is called in a heading, such as `Lesson 02`."""
        return f"Lesson {self.number}" if self.row else "One class"

    @property
    def folder(self) -> str:
        """Return the folder of the kit in which its files lie."""
        return Path(self.row.notebook).stem if self.row else self.name

    def steps(self) -> list[Step]:
        """Return all steps in their order."""
        return [step for section in self.sections for step in section.steps]

    def asked(self) -> list[str]:
        """Return the ids of all questions that it asks for the first time."""
        return [id for section in self.sections for id in section.asked()]

    def shown(self) -> list[Shown]:
        """Return all explorers and sheets that it shows."""
        return [step for step in self.steps() if isinstance(step, Shown)]

    def key_points(self) -> list[Block]:
        """Return the key points, without what is about the way through the course."""
        blocks = self.ends.get("key points", ())
        return [
            each
            for each in blocks
            if not isinstance(each, Paragraph) or not _WAY.search(line_text(each.text))
        ]

    def first_paragraph(self) -> str:
        """Return the first paragraph of the scene."""
        paragraphs = [each for each in self.scene if isinstance(each, Paragraph)]
        return line_text(paragraphs[0].text) if paragraphs else ""


def load_taught() -> list[TaughtLesson]:
    """Return all lessons that have a notebook, and the path for one class last."""
    folder = lessons_dir() / "notebooks"
    found = []
    for row in load_lessons():
        path = folder / row.notebook
        if path.is_file():
            found.append(read_lesson_file(path, row.number, row.number, row))
    path = folder / ONE_CLASS
    if path.is_file():
        found.append(read_lesson_file(path, "one-class", _last_shown(found)))
    return found


def find_taught(name: str) -> TaughtLesson:
    """Return one lesson by its number, or the path for one class by its name.

    Raises:
        CyberNormsError: there is no such lesson, or it has no notebook yet.
    """
    lessons = {each.name: each for each in load_taught()}
    found = lessons.get(f"0{name}" if len(name) == 1 else name)
    if found is None:
        raise CyberNormsError(
            f"There is no lesson {name!r}", remedy=f"Choose one of: {', '.join(lessons)}"
        )
    return found


def _last_shown(lessons: Sequence[TaughtLesson]) -> str:
    """Return the number of the lesson by which the path for one class shows rows."""
    outcomes = [each.number for each in lessons for one in each.shown() if one.name in OUTCOMES]
    return max(outcomes, default=lessons[-1].number if lessons else "00")


OUTCOMES = ("show_proposed_agreed", "show_forecast_score")
"""Explorers that open what came of the talks: what a class guesses comes before them."""


def read_lesson_file(path: Path, name: str, number: str, row: Lesson | None = None) -> TaughtLesson:
    """Return a lesson as its notebook has it.

    Arguments:
        path: the notebook.
        name: what files made from it are called by.
        number: of the lesson whose rows it may show.
        row: of the table of lessons.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    title, scene, sections = "", [], []
    ends: dict[str, Sequence[Block]] = {}
    for heading, steps in _divided(cells, number):
        if not title:
            title, scene = _name_of(heading), steps
            continue
        name_of, part, minutes = _parted(heading)
        if _is_end(name_of):
            ends[name_of.casefold()] = [
                block
                for each in steps
                if isinstance(each, Prose | Reading)
                for block in each.blocks
            ]
        else:
            sections.append(Section(name_of, part, minutes, _marked_after(steps)))
    told = [block for each in scene if isinstance(each, Prose) for block in each.blocks]
    opening = [each for each in scene if not isinstance(each, Prose)]
    if opening:  # what a lesson shows or asks before its first section
        sections.insert(0, Section(title, "core", 0, _marked_after(opening)))
    return TaughtLesson(name, number, title, told, sections, ends, row)


def _is_end(title: str) -> bool:
    return title.casefold() in _ENDS or title.casefold().startswith(
        ("the page to keep", "the plan")
    )


def _name_of(heading: str) -> str:
    return re.sub(r"^\d+\s+", "", heading)


def _parted(heading: str) -> tuple[str, str, int]:
    """Return title, part and minutes of a section by its heading.

    >>> _parted("2 My forecast (core, 8 minutes)")
    ('My forecast', 'core', 8)
    """
    found = _TITLE.match(heading)
    assert found  # the pattern takes any line
    return found[1], found[2] or "", int(found[3] or 0)


def _divided(cells: Sequence[dict[str, Any]], number: str) -> Iterator[tuple[str, list[Step]]]:
    """Return the parts between headings of the first two levels, each with its steps."""
    heading, steps = "", list[Step]()
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            steps += _calls(source, number)
            continue
        for piece in pieces(source):
            if isinstance(piece, Folded):
                steps.append(_opened(piece))
                continue
            for text in re.split(r"(?m)^(?=##? )", piece):
                found = re.match(r"##? (.*)", text)
                if found and heading:
                    yield heading, steps
                if found:
                    heading, steps = found[1].strip(), []
                steps += _told(text[found.end() :] if found else text)
    if heading:
        yield heading, steps


def _told(text: str) -> list[Step]:
    """Return what a cell says, with what is meant for the teacher by itself."""
    if not text.strip():
        return []
    blocks, cue = blocks_of(text), list[Block]()
    said = list[Block]()
    for block in blocks:
        start = line_text(block.text).casefold() if isinstance(block, Paragraph) else ""
        (cue if start.startswith(_CUES) else said).append(block)
    steps: list[Step] = [Prose(said)] if said else []
    return [*steps, Cue(cue)] if cue else steps


def _opened(folded: Folded) -> Step:
    if folded.summary.casefold().startswith(_CUES):
        return Cue(blocks_of(folded.text))
    lead, rest = take_lead(folded.text)
    blocks = blocks_of(rest)
    if folded.later:
        return Reading(lead, blocks)
    return Prose([Paragraph(folded.summary), *blocks], after=True)


def _marked_after(steps: Sequence[Step]) -> list[Step]:
    """Return steps in which what follows a question is told apart from what leads to it."""
    made, asked = list[Step](), False
    for step in steps:
        asked = asked or isinstance(step, Asked)
        if asked and isinstance(step, Prose):
            first, *rest = step.blocks
            if isinstance(first, Heading):
                made.append(Reading(first.text, rest))
            else:
                made.append(Prose(step.blocks, after=True))
        else:
            made.append(step)
    return made


def _calls(source: str, number: str) -> list[Step]:
    """Return what a code cell asks and shows."""
    found: list[Step] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name = node.func.id
        given = [text for each in node.args for text in _texts(each)]
        named = {each.arg: _value(each.value) for each in node.keywords}
        if name == "ask" and given:
            found.append(Asked(given[0], bool(named.get("again"))))
        elif name.startswith("show_"):
            found.append(Shown(name, tuple(given), str(named.get("lesson") or number)))
    return found


def _texts(node: ast.expr) -> list[str]:
    value = _value(node)
    return [value] if isinstance(value, str) else [each for each in value or () if each]


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
