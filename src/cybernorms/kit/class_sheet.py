"""The class sheet: two pages for one lesson, without code, cues or answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count, pairwise

from msgspec.structs import replace

from cybernorms.analysis.wording import changes
from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.sources import load_quotations
from cybernorms.document import Paragraph, line_text
from cybernorms.exercises.kinds import Choice, Clause, Forecast, Match, Several
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.kit.lessons import OUTCOMES, Asked, Shown, TaughtLesson
from cybernorms.kit.on_paper import forecast_grid, on_paper, score_grid
from cybernorms.kit.paper import (
    AnyBlock,
    Blank,
    Grid,
    Notes,
    PageEnd,
    Sheet,
    Task,
    Text,
    Texts,
    Words,
    height_of,
    text_height,
    wrap,
)
from cybernorms.kit.texts import Passage, of_quotation, sentence_to_mark, texts_of
from cybernorms.pages import forecast as forecast_page, retold

PAGE = 248.0
"""What may stand on a page, in millimetres: that of the shorter paper, Letter, on the safe side."""
LINE = 8.0
SPARE = 2  # lines by which the heights are rated too high
LEAST_TEXT, MOST_TEXT = 80.0, 130.0
"""What must be free for texts, and how much they may take, in millimetres."""
MOST_TEXTS = 6
COLUMN = 39
"""Characters in a line of a text, of which two stand side by side."""
WIDE = 84
_ASIDES = re.compile(
    r"^(About \d+ minutes|Time\.|Before you start|You need no programming|It stands by itself)"
    r"|\bcells?\b|\bclick"
)
_ON_SCREEN = re.compile(r"\bpress Check\b")
_ASKED = (Choice, Several, Match)
_LETTERS = "abcdefghijklmnop"


def class_sheet(lesson: TaughtLesson) -> Sheet:
    """Return the class sheet of a lesson."""
    packer = _Packer()
    for text in scene_of(lesson):
        packer.add([Paragraph(text)])
    questions = asked_before_the_end(lesson)
    has_forecast = any(each.name == "show_forecast" for each in lesson.shown())
    if not has_forecast:  # it was made before, and what became of it is guessed first
        _guess(lesson, packer)
    left = _read(lesson, questions, packer)
    _mark(lesson, packer)
    _forecast(lesson, packer)
    if has_forecast:
        _guess(lesson, packer)
    _vote([each for each in questions if not isinstance(each, Forecast)], left, packer)
    return Sheet(
        f"class-sheet-{lesson.name}",
        lesson.title,
        packer.blocks(),
        over=f"Class sheet, {lesson.label.lower()}",
        form=True,
        source_line=_sources(lesson, questions),
        look="sheet",
        folder=lesson.folder,
    )


def scene_of(lesson: TaughtLesson) -> list[str]:
    """Return the opening of a lesson, without what is about the screen."""
    paragraphs = [line_text(each.text) for each in lesson.scene if isinstance(each, Paragraph)]
    return [each for each in paragraphs if not _ASIDES.search(each)][:2]


def asked_before_the_end(lesson: TaughtLesson) -> list[Question]:
    """Return the questions of a lesson that tell nothing of what came of the talks.

    Those that stand after the last explorer of the outcomes are left for later, and so are those
    that quote an outcome.
    """
    steps = lesson.steps()
    ends = [
        place
        for place, step in enumerate(steps)
        if isinstance(step, Shown) and step.name in OUTCOMES
    ]
    last = ends[-1] if ends else len(steps)
    ids = [step.question for step in steps[:last] if isinstance(step, Asked) and not step.again]
    outcomes = {
        each.agreed.quotation.id
        for each in load_elements(lesson=lesson.number)
        if each.agreed.quotation
    }
    questions = [find_question(id) for id in ids]
    return [
        each
        for each in questions
        if not outcomes.intersection(each.passages) and not is_on_screen(each)
    ]


def is_on_screen(question: Question) -> bool:
    """Return whether a question is about the buttons of a lesson, and so means nothing on paper."""
    return bool(_ON_SCREEN.search(question.prompt))


class _Packer:
    """Puts tasks on two pages: what does not fit on the first goes to the second, or nowhere."""

    def __init__(self) -> None:
        self.pages: list[list[AnyBlock]] = [[], []]
        self.used = [16.0, 0.0]  # the title, and nothing

    def add(self, blocks: Sequence[AnyBlock], page: int = 0, least: float = 0.0) -> bool:
        """Add blocks that belong together to the first page that has room, if one has."""
        height = sum(_height(each) for each in blocks)
        for place in range(page, 2):
            if self.used[place] + height + least <= PAGE:
                self.pages[place] += blocks
                self.used[place] += height
                return True
        return False

    def room(self, page: int) -> float:
        """Return what is free on a page, in millimetres."""
        return PAGE - self.used[page]

    def blocks(self) -> list[AnyBlock]:
        """Return both pages, with lines for notes where there is room."""
        made: list[AnyBlock] = []
        for number, page in enumerate(self.pages):
            free = int((PAGE - self.used[number] - 12) / LINE) + SPARE
            made += [*page, *([Notes(free)] if free >= 1 else []), PageEnd()]
        numbers = count(1)
        return [
            replace(each, number=next(numbers)) if isinstance(each, Task) else each
            for each in made[:-1]
        ]


def _height(block: AnyBlock) -> float:
    if isinstance(block, Paragraph):
        return 5.2 * -(-len(line_text(block.text)) // 98) + 1.5
    return height_of(block)


def _read(lesson: TaughtLesson, questions: Sequence[Question], packer: _Packer) -> set[str]:
    """Add the texts, and return the ids of the quotations among them."""
    quotations = load_quotations()
    passages = texts_of(lesson)[:MOST_TEXTS]
    for id in [id for each in questions if isinstance(each, _ASKED) for id in each.passages]:
        words = quotations[id].text
        if not any(words in each.words for each in passages):
            passages.append(of_quotation(quotations[id]))
    page = 0 if packer.room(0) > LEAST_TEXT else 1
    room = min(MOST_TEXT, packer.room(page) - 16)
    chosen: list[Passage] = []
    for passage in passages:
        if _columns_height(_columns([*chosen, passage])) < room:
            chosen.append(passage)
    if not chosen:
        return set()
    columns = _columns(chosen)
    last = columns[-1][-1]
    count = last.first + len(last.lines) - 1
    one = len(chosen) == 1
    title = "Read the text" if one else "Read the texts side by side"
    hint = f"lines 1 to {count}; name the line when you argue"
    packer.add([Task(0, title, hint), Texts(columns)], page=page)
    return {id for id, each in quotations.items() if any(each.text in one.words for one in chosen)}


def _columns_height(columns: Sequence[Sequence[Text]]) -> float:
    return max(sum(text_height(each) for each in column) for column in columns)


def _columns(passages: Sequence[Passage]) -> list[list[Text]]:
    """Return texts in two columns of about the same height, with lines numbered down them."""
    if len(passages) == 1:
        return [_numbered_texts(passages, 1, WIDE)]
    best: list[list[Text]] = []
    for cut in range(1, len(passages)):
        left = _numbered_texts(passages[:cut], 1, COLUMN)
        first = left[-1].first + len(left[-1].lines)
        columns = [left, _numbered_texts(passages[cut:], first, COLUMN)]
        if not best or _columns_height(columns) < _columns_height(best):
            best = columns
    return best


def _numbered_texts(passages: Sequence[Passage], first: int, width: int) -> list[Text]:
    texts = []
    for passage in passages:
        lines = [line for sentence in passage.sentences for line in wrap(sentence, width)]
        texts.append(Text(passage.title, passage.where, lines, first))
        first += len(lines)
    return texts


def _mark(lesson: TaughtLesson, packer: _Packer) -> None:
    """Add the sentence that lost a word, to be marked with a pen."""
    claim = sentence_to_mark(lesson)
    if claim is None:
        return
    lanes = [lane for lane in retold.lanes(claim) if lane.words]
    before = next(one for one, other in pairwise(lanes) if _lost(one, other))
    packer.add(
        [
            Task(0, "Mark it", "in pairs"),
            Paragraph(
                "Put a ring round the one word whose loss matters most. Then underline every "
                "other change that you find in the texts."
            ),
            Words(before.words),
            Blank("How could a reader who has only the later text have noticed?", 2),
        ]
    )


def _lost(one: retold.Lane, other: retold.Lane) -> bool:
    return any(kind == "lost" for _, kind in changes(one.words, other.words))


def _forecast(lesson: TaughtLesson, packer: _Packer) -> None:
    """Add the boxes for a forecast, where the lesson has one made."""
    names = [each.name for each in lesson.shown()]
    if "show_forecast" not in names and "show_forecast_score" not in names:
        return
    question = find_question(forecast_page.QUESTION)
    assert isinstance(question, Forecast)
    statements = [each.text for each in question.statements]
    scored = "show_forecast_score" in names
    if "show_forecast" in names:
        line = f"{question.prompt} Put a cross on the line and the number in the box."
        hint = "alone, before we tell you"
        packer.add([Task(0, "Forecast", hint), Paragraph(line), forecast_grid(statements, scored)])
    else:
        packer.add([Task(0, "Score it", "once the outcomes are open"), score_grid(statements)])


def _guess(lesson: TaughtLesson, packer: _Packer) -> None:
    """Add the elements of the deal as they were proposed, to guess what became of them."""
    if "show_proposed_agreed" not in [each.name for each in lesson.shown()]:
        return
    elements = load_elements(lesson=lesson.number)
    rows = [[each.name, each.proposed.text, ""] for each in elements]
    grid = Grid(
        "Proposed, and agreed?",
        ["Element", "As reported or proposed", "In it? yes / no"],
        rows,
        [0.2, 0.64, 0.16],
    )
    packer.add([Task(0, "Guess what was agreed", "hands up, line by line"), grid])


def _vote(questions: Sequence[Question], printed: set[str], packer: _Packer) -> None:
    """Add questions with letters, as many as there is room for; those to choose from come first."""
    quotations = load_quotations()
    heading: list[AnyBlock] = [Task(0, "Hands up", "vote, then name your line")]
    page = 0
    letters = iter(_LETTERS)
    for question in _in_turn(questions):
        loose = [quotations[id].text for id in question.passages if id not in printed]
        letter = next(letters)
        blocks = [*heading, *on_paper(question, letter, loose)]
        if packer.add(blocks, page=page):
            heading = []
            page = 1 if packer.pages[1] else 0
        else:
            letters = iter([letter, *letters])


def _in_turn(questions: Sequence[Question]) -> list[Question]:
    """Return questions in the order in which paper has room for them."""
    first = [each for each in questions if isinstance(each, Choice | Several | Clause | Match)]
    return sorted(first, key=lambda each: isinstance(each, Clause | Match))


def _sources(lesson: TaughtLesson, questions: Sequence[Question]) -> str:
    """Return the sources of the texts in a line."""
    found: Mapping[str, None] = dict.fromkeys(
        each.source or each.where for each in texts_of(lesson)
    )
    where = "; ".join(each for each in found if each)
    texts = f"Texts: {where}. " if where else ""
    return f"{texts}Serif type stands in the source; the rest is ours. Questions from the course."
