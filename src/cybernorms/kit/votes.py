"""Questions to vote on: eight that split a room, cards with letters, and files for voting tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from msgspec import Struct

from cybernorms.document import Block, Bullets, Heading, Paragraph, curly
from cybernorms.exercises.kinds import Choice
from cybernorms.exercises.question_files import find_question
from cybernorms.kit.class_sheet import is_on_screen
from cybernorms.kit.keys import key_blocks
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.on_paper import SEED
from cybernorms.kit.paper import LETTERS, PageEnd, Sheet, Words

COUNT = 8
CARDS = 4
LONGEST = 320
"""Characters of a prompt that a class reads from the wall in a minute."""


class Voted(Struct, frozen=True):
    """A question to vote on, from its lesson on."""

    lesson: TaughtLesson
    question: Choice

    @property
    def options(self) -> Sequence[str]:
        """Return the texts of its options, in the order of all that the kit prints."""
        return [each.text for each in self.question.shuffled(SEED).options]

    @property
    def right(self) -> str:
        """Return the letter that is right, or nothing where the key was withheld."""
        options = self.question.shuffled(SEED).options
        marked = zip(LETTERS, options, strict=False)
        return next((letter for letter, each in marked if each.verdict == "correct"), "")


def chosen(lessons: Sequence[TaughtLesson]) -> list[Voted]:
    """Return eight questions, from as many lessons as there are, in their order.

    What splits a room comes first: an option that can be argued, and no text to read before.
    """
    ranked = [_ranked(each) for each in lessons if each.row]
    found: list[Voted] = []
    for place in range(COUNT):
        for questions in ranked:
            if place < len(questions) and len(found) < COUNT:
                found.append(questions[place])
    return sorted(found, key=lambda each: each.lesson.number)


def _ranked(lesson: TaughtLesson) -> list[Voted]:
    questions = [find_question(id) for id in lesson.asked()]
    fit = [
        each
        for each in questions
        if isinstance(each, Choice)
        and each.use == "practice"
        and 3 <= len(each.options) <= CARDS
        and len(each.prompt) <= LONGEST
        and not is_on_screen(each)
    ]
    splits = {each.id: any(one.verdict == "defensible" for one in each.options) for each in fit}
    fit.sort(key=lambda each: (not splits[each.id], bool(each.passages)))
    return [Voted(lesson, each) for each in fit]


def vote_blocks(lessons: Sequence[TaughtLesson]) -> list[Block]:
    """Return the eight questions with their keys, and from which lesson on each may be asked."""
    blocks: list[Block] = []
    for number, voted in enumerate(chosen(lessons), 1):
        question = voted.question
        lines = [f"{letter} {text}" for letter, text in zip(LETTERS, voted.options, strict=False)]
        blocks += [
            Heading(f"{number} {question.name}", 3),
            Paragraph(f"From lesson {voted.lesson.number} on", "kicker"),
            Paragraph(question.prompt),
            Bullets(lines, "numbered"),
            *key_blocks(question),
        ]
    return blocks


def vote_cards() -> Sheet:
    """Return cards with the letters A to D, one on a page, to be held up."""
    blocks: list[Words | PageEnd] = []
    for letter in LETTERS[:CARDS]:
        blocks += [Words(letter, huge=True), PageEnd()]
    return Sheet(
        "vote-cards",
        "Vote cards A to D",
        blocks[:-1],
        over="hold it up",
        look="cards",
        folder="all-lessons",
    )


def vote_table(lessons: Sequence[TaughtLesson]) -> bytes:
    """Return the eight questions as a table in CSV, for spreadsheets and voting tools."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    letters = list(LETTERS[:CARDS])
    writer.writerow(["Lesson", "Question", *letters, "Correct"])
    for voted in chosen(lessons):
        options = [curly(each) for each in voted.options]
        padded = [*options, *[""] * (CARDS - len(options))]
        writer.writerow([voted.lesson.number, curly(voted.question.prompt), *padded, voted.right])
    return text.getvalue().encode("utf-8-sig")


def vote_aiken(lessons: Sequence[TaughtLesson]) -> bytes:
    """Return the eight questions in the Aiken format, which Moodle and several tools import.

    A question without a key is left out, since the format has to name one.
    """
    parts = []
    for voted in chosen(lessons):
        if voted.right:
            lines = [
                f"{letter}. {_one_line(text)}"
                for letter, text in zip(LETTERS, voted.options, strict=False)
            ]
            prompt = _one_line(voted.question.prompt)
            parts.append("\n".join([prompt, *lines, f"ANSWER: {voted.right}"]))
    return ("\n\n".join(parts) + "\n").encode()


def _one_line(text: str) -> str:
    return " ".join(curly(text).split())
