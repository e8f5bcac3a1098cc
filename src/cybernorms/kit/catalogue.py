"""What is in the kit: every document of it, in the order in which a teacher looks for it."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.exercises.question_files import load_question_sets
from cybernorms.kit.books import afterwards, answer_sheet, exam, question_book
from cybernorms.kit.class_sheet import class_sheet
from cybernorms.kit.guides import course_pages, guide, guides_dir
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.paper import Sheet
from cybernorms.kit.role_play import role_play
from cybernorms.kit.summaries import summaries
from cybernorms.kit.votes import vote_aiken, vote_cards, vote_table


def documents(lessons: Sequence[TaughtLesson], *, whole: bool = True) -> list[Sheet]:
    """Return the documents of some lessons.

    Arguments:
        lessons: the lessons.
        whole: whether those that are about all lessons come too.
    """
    makers = [class_sheet, afterwards, *([guide] if guides_dir().is_dir() else [])]
    made = [make(lesson) for lesson in lessons for make in makers]
    if whole:
        sets = load_question_sets()
        made += [question_book(sets), exam(sets), answer_sheet(sets), vote_cards()]
        made += [*role_play(lessons), *course_pages(lessons), *summaries(lessons)]
    return made


def tables(lessons: Sequence[TaughtLesson]) -> dict[str, bytes]:
    """Return files for other programs, by their path in the kit."""
    return {
        "all-lessons/vote-questions.csv": vote_table(lessons),
        "all-lessons/vote-questions-aiken.txt": vote_aiken(lessons),
    }
