"""The map of the module, and how far the learner has come."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cybernorms.corpus.process import Lesson, load_lessons
from cybernorms.document import Block, Bullets, Heading, Line, Link, Paragraph, Table
from cybernorms.exercises.again import then_and_now
from cybernorms.exercises.copies import describe_copies
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.record import History
from cybernorms.exercises.standing import Standing, format_standing, standings
from cybernorms.paths import place_of_work

MOST_PROBLEMS = 5
ONE_CLASS = "one-class-path.ipynb"
_USES = {"entry": "questions before you start", "practice": "practice", "graded": "graded"}


def _folder_of(kind: str) -> Path | None:
    """Return the folder `notebooks` or `exercises` that lies beside or above the current one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "exercises").is_dir():
            return folder / kind
    return None


def _link(text: str, kind: str, file: str) -> Line:
    """Return a link to a notebook from the current folder, or the text where there is no file."""
    folder = _folder_of(kind)
    if not file or folder is None or not (folder / file).is_file():
        return text
    return [Link(text, Path(os.path.relpath(folder / file)).as_posix())]


def _progress_of(lesson: Lesson, found: list[Standing]) -> str:
    counts = [
        f"{_USES[each.use]}: {each.answered} of {each.questions}"
        for each in found
        if each.set.split("-")[0] == lesson.number
    ]
    return "; ".join(counts)


def _points_of(lesson: Lesson, found: list[Standing]) -> str:
    """Return the points of a lesson's set as it is, or as planned where there is none yet."""
    there = sum(each.out_of for each in found if each.set.split("-")[0] == lesson.number)
    return format_points(there or lesson.points) if there or lesson.points else "none"


def map_blocks(history: History) -> list[Block]:
    """Return the map of all lessons with links, minutes, points and progress."""
    found = standings(load_question_sets(), history)
    rows: list[list[Line]] = []
    for lesson in load_lessons():
        title = _link(f"{lesson.number} {lesson.title}", "notebooks", lesson.notebook)
        here = not isinstance(title, str)
        exercises = _link("exercises", "exercises", lesson.exercises)
        points = _points_of(lesson, found)
        minutes = f"{lesson.minutes} ({lesson.core_minutes})"
        if lesson.core_minutes in (0, lesson.minutes):
            minutes = str(lesson.minutes)
        rows.append(
            [
                title,
                lesson.promise,
                minutes,
                points if isinstance(exercises, str) else [f"{points}, in the ", *exercises],
                (_progress_of(lesson, found) or "ready") if here else "not in this version yet",
            ]
        )
    columns = ["Lesson", "What you will do", "Minutes (core)", "Points", "Your progress"]
    path = _link("In one class", "notebooks", ONE_CLASS)
    shortcut: list[Block] = []
    if not isinstance(path, str):
        shortcut = [Paragraph(["Only fifty minutes? ", *path, " takes the core of four lessons."])]
    return [
        Heading("The module at a glance"),
        Table("Lessons in the order in which they are read", columns, rows, fold=False),
        Paragraph(
            "Minutes in brackets are for the core sections, which make a whole of their own.",
            "note",
        ),
        *shortcut,
    ]


def _eight_questions(sets: Sequence[QuestionSet], history: History) -> list[Block]:
    """Return a line on the questions of lesson 00 that were answered again at the end."""
    asked = [one for each in sets for one in each.questions if one.use == "entry"]
    found = then_and_now(asked, history)
    if not found.both:
        return []
    answered = f"{found.both} of {len(asked)}"
    line = (
        f"Of the questions of lesson 00 you have answered {answered} again: "
        f"{found.right_then} right at the start, {found.right_now} right now."
    )
    return [Paragraph(line)]


def _not_begun(many: int) -> str:
    if not many:
        return "You have begun every lesson and every set."
    parts = "One part" if many == 1 else f"{many} parts"
    return f"{parts} of the course not begun yet: practice in a lesson, or an exercise set."


def _kept_in(where: Path) -> str:
    place = place_of_work()
    return f"in {place}" if place else f"on this computer, in {where}"


def progress_blocks(history: History, where: Path) -> list[Block]:
    """Return what is answered, what it brought and what is open, from the learner's record."""
    sets = load_question_sets()
    titles = {each.id: each.title for each in sets}
    rows: list[list[Line]] = []
    found = standings(sets, history)
    begun = [each for each in found if each.answered]
    for each in begun:
        rows.append(
            [
                f"{each.set[:2]} {titles[each.set]}: {_USES[each.use]}",
                f"{each.answered} of {each.questions}",
                format_standing(each),
                "; ".join(each.open)
                if 0 < len(each.open) <= 4
                else f"{len(each.open)} questions"
                if each.open
                else "nothing",
            ]
        )
    columns = ["Questions", "Answered", "Points", "Still open"]
    blocks: list[Block] = [
        Heading("My progress"),
        *([Table("Answers saved so far", columns, rows, fold=False)] if rows else []),
        Paragraph(_not_begun(len(found) - len(begun))),
        *_eight_questions(sets, history),
        Paragraph(f"Your answers are kept {_kept_in(where)}.", "note"),
    ]
    if history.copies:
        blocks.append(Paragraph(f"{describe_copies(where.name, history.copies)}.", "note"))
    if history.problems:
        blocks.append(Paragraph("Some lines of that file could not be read. Nothing was deleted:"))
        problems = list(history.problems[:MOST_PROBLEMS])
        if more := len(history.problems) - len(problems):
            problems.append(f"… and {more} more.")
        blocks.append(Bullets(problems))
    return blocks
