"""Packets of written answers by question, for whoever marks them; their writers are not named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from cybernorms.classroom.results.rubric_marks import (
    WrittenText,
    credit_of,
    format_mark,
    is_begun,
)
from cybernorms.classroom.results.rubric_tables import lines_to_fill_in
from cybernorms.classroom.tables import plural, readable
from cybernorms.document import (
    Aside,
    Bullets,
    Inline,
    Line,
    Link,
    Paragraph,
    Section,
    Table,
    Typed,
    Verbatim,
    to_html,
)
from cybernorms.document.blocks import Block
from cybernorms.document.page import page_frame
from cybernorms.exercises.feedback import format_points, paragraphs
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import Question
from cybernorms.exercises.responses import count_words

FOLDER = "written"
TEXTS = "texts.jsonl"
STATES = ("marked", "begun", "new")


class TextEntry(msgspec.Struct, frozen=True):
    """A written answer as texts.jsonl keeps it, a line each; its writers are not named."""

    question: str
    id: str
    words: int
    students: int
    text: str


class PacketText(NamedTuple):
    """A written answer as a packet, rubric.csv and texts.jsonl have it; `state` is of STATES."""

    question: str
    blind_id: str
    state: str
    words: int
    html: bytes
    lines: bytes
    text: bytes


def packet_text(question: Written, text: WrittenText) -> PacketText:
    """Return what the results have of a written answer."""
    words = count_words(text.text)
    state = _state(question, text) if text.marks else "new"
    # Halves of letters, which UTF-8 cannot hold, become a sign.
    whole = text.text.encode("utf-8", "replace")
    about = Paragraph(f"{words} words. {state.capitalize()}.", "note")
    blocks: list[Block] = [about, Typed(readable(whole.decode()))]
    if text.marks and (marks := _marks(question, text)):
        blocks.append(Bullets(marks))
    html = to_html([Section(text.blind_id, blocks, 2, id=text.blind_id)])
    lines = lines_to_fill_in(question, text, words)
    return PacketText(
        *(question.id, text.blind_id, state, words),
        *(f"{html}\n".encode("utf-8", "replace"), lines.encode("utf-8", "replace"), whole),
    )


def _state(question: Written, text: WrittenText) -> str:
    if credit_of(question, text.marks) is not None:
        return "marked"
    return "begun" if is_begun(text.marks) else "new"


def _marks(question: Written, text: WrittenText) -> list[Line]:
    """Return a line on each mark that a text has by now."""
    lines: list[Line] = []
    for each in question.criteria:
        if mark := text.marks.get(each.id):
            line: list[Inline] = [f"{each.name}: {format_mark(mark, each) or 'not marked'}"]
            lines.append([*line, ". ", Verbatim(mark.comment)] if mark.comment else line)
    return lines


class _Kept(NamedTuple):
    """Where a text lies in the spool until the packets are written."""

    state: str
    words: int
    start: int
    html: int
    lines: int
    text: int


class Packets:
    """All written answers of a class, each once, however many students handed it in.

    Arguments:
        spool: a file for what waits.
    """

    def __init__(self, spool: BinaryIO) -> None:
        self._spool = spool
        self._texts: dict[tuple[str, str], _Kept] = {}
        self._students: Counter[tuple[str, str]] = Counter()

    @property
    def names(self) -> Collection[tuple[str, str]]:
        """Return question and blind id of all texts."""
        return self._texts.keys()

    @property
    def unmarked(self) -> int:
        """Return how many texts a teacher has still to mark, in whole or in part."""
        return sum(text.state != "marked" for text in self._texts.values())

    def add(self, text: PacketText) -> None:
        """Keep a written answer of one student."""
        key = (text.question, text.blind_id)
        self._students[key] += 1
        if key not in self._texts:
            sizes = (len(text.html), len(text.lines), len(text.text))
            self._texts[key] = _Kept(text.state, text.words, self._spool.tell(), *sizes)
            self._spool.write(text.html + text.lines + text.text)

    def write(self, folder: Path, questions: Mapping[str, Question]) -> Iterator[str]:
        """Write a page for each question and a file of all texts; yield lines of rubric.csv.

        Arguments:
            folder: a new folder for them.
            questions: all questions, by id.
        """
        folder.mkdir()
        if not self._texts:
            return
        with (folder / TEXTS).open("wb") as entries:
            # An order that tells nothing of the writers.
            for id, keys in groupby(sorted(self._texts), key=lambda key: key[0]):
                question = questions[id]
                assert isinstance(question, Written)
                yield from self._write(folder / f"{id}.html", question, list(keys), entries)

    def _write(
        self, path: Path, question: Written, keys: list[tuple[str, str]], entries: BinaryIO
    ) -> Iterator[str]:
        states = {blind: self._texts[key].state for key in keys for blind in [key[1]]}
        top, bottom = _frame(question, states)
        with path.open("wb") as file:
            file.write(top.encode())
            for key in keys:
                kept, students = self._texts[key], self._students[key]
                self._spool.seek(kept.start)
                file.write(self._spool.read(kept.html))
                if students > 1:
                    several = f"{students} students handed in this same text. Mark it once."
                    file.write(to_html([Paragraph(several, "note")]).encode())
                yield self._spool.read(kept.lines).decode()
                text = self._spool.read(kept.text).decode()
                entry = TextEntry(*key, kept.words, students, text)
                entries.write(msgspec.json.encode(entry) + b"\n")
            file.write(bottom.encode())


def rubric_blocks(question: Written) -> list[Block]:
    """Return prompt, rubric and exemplar of a written question, for its markers."""
    names = [level.name for level in question.criteria[0].levels]
    alike = all([level.name for level in each.levels] == names for each in question.criteria)
    heads = names if alike else [f"Level {number}" for number in range(1, len(names) + 1)]
    rows: list[list[Line]] = []
    for each in question.criteria:
        row: list[Line] = [f"{each.name} ({format_points(each.points)})"]
        row += (level.text if alike else f"{level.name}: {level.text}" for level in each.levels)
        rows.append(row)
    table = Table("Rubric", ["Criterion (points)", *heads], rows)
    return [*prompt_blocks(question), table, example_block(question)]


def prompt_blocks(question: Written) -> list[Block]:
    """Return what a written question asks for."""
    words = [str(each) for each in question.words]
    in_prompt = all(each in question.prompt for each in words)
    return [
        Paragraph(question.prompt),
        *([] if in_prompt else [Paragraph(f"{' to '.join(words)} words.")]),
    ]


def example_block(question: Written) -> Block:
    """Return the exemplar of a written question, folded."""
    return Aside("An example", [Paragraph(each) for each in paragraphs(question.exemplar)])


def _frame(question: Written, states: Mapping[str, str]) -> tuple[str, str]:
    """Return what stands above and below the written answers to a question.

    Arguments:
        question: the question.
        states: of each text, by blind id.
    """
    how = Paragraph(
        "To mark in the browser, run cybernorms essays RESULTS. Or use rubric.csv: find each text "
        "by its name, such as abcd-efgh-ijkl, and write a level or points into the column mark. "
        "When you've finished, blind-ids.csv says who wrote which text."
    )
    top, bottom = page_frame(question.name, over="Written answers to mark")
    return top + to_html([how, *_contents(states), *rubric_blocks(question)]), bottom


def _contents(states: Mapping[str, str]) -> list[Block]:
    """Return how many texts are marked, begun and new, with links to those that wait."""
    counts = Counter(states.values())
    each = ", ".join(f"{counts[state]:,} {state}" for state in STATES)
    blocks: list[Block] = [Paragraph(f"{plural(len(states), 'text')}: {each}.", "result")]
    for state in STATES[1:]:
        line: list[Inline] = [f"{state.capitalize()}: "]
        for blind, its in states.items():
            if its == state:
                line += [*([", "] if len(line) > 1 else []), Link(blind, f"#{blind}")]
        if len(line) > 1:
            blocks.append(Paragraph(line))
    return blocks
