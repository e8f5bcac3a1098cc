"""What is in the kit: every document of it, in the order in which a teacher looks for it."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.exercises.question_files import load_question_sets
from cybernorms.kit.books import afterwards, answer_sheet, exam, question_book
from cybernorms.kit.class_sheet import class_sheet
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.paper import Sheet


def documents(lessons: Sequence[TaughtLesson], *, whole: bool = True) -> list[Sheet]:
    """Return the documents of some lessons.

    Arguments:
        lessons: the lessons.
        whole: whether those that are about all lessons come too.
    """
    made = [make(lesson) for lesson in lessons for make in (class_sheet, afterwards)]
    if whole:
        sets = load_question_sets()
        made += [question_book(sets), exam(sets), answer_sheet(sets)]
    return made
