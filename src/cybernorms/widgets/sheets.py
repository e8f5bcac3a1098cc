"""Sheets to sort and pages to read as notebooks call them, with the arguments of every explorer."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.lessons import LessonNumber, from_lesson, read_lesson
from cybernorms.document import Block, to_text
from cybernorms.exercises.question_blocks import question_blocks
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.pages import (
    conflicts,
    error_hunt,
    forecast,
    glossary,
    groups,
    incidents,
    law_or_norm,
    module_map,
    policy_coder,
)
from cybernorms.pages.explorer import check_open
from cybernorms.pages.sheet import Sheet, all_blocks, history_of
from cybernorms.widgets.forecast_form import ForecastForm
from cybernorms.widgets.sorter import Sorter
from cybernorms.widgets.view import Page, show


def show_map(open: str = "", *, lesson: LessonNumber = "00", text: bool = False) -> None:
    """Show all lessons with links, minutes, points and your progress.

    Arguments:
        open: nothing; the map is one page.
        lesson: the number of the lesson; the map is the same in all of them.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: something is to be opened, or your answers cannot be read.
    """
    check_open(open, (), "part of the map")
    _read(module_map.map_blocks(Record().read()), lesson, text)


def progress() -> None:
    """Show what you have answered, what it brought and what is still open."""
    record = Record()
    show(Page(module_map.progress_blocks(record.read(), record.path)))


def show_glossary(open: str = "", *, lesson: LessonNumber = "00", text: bool = False) -> None:
    """Show the glossary, or the entries that have a word in their term or definition.

    Arguments:
        open: what to look for; nothing for the whole glossary.
        lesson: the number of the lesson; the glossary is the same in all of them.
        text: print it as plain text instead.
    """
    _read(glossary.glossary_blocks(open), lesson, text)


def show_groups(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show the UN groups from 2004 to the Global Mechanism, as a figure and as a table.

    Arguments:
        open: nothing; the groups stand in one table.
        lesson: the number of the lesson; the groups are the same in all of them.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: something is to be opened.
    """
    check_open(open, (), "part of the table")
    _read(groups.group_blocks(), lesson, text)


def show_forecast(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show the form for a forecast of what may come of the talks.

    Arguments:
        open: nothing; the statements stand one below the other.
        lesson: the number of the lesson; the forecast is the same in all of them.
        text: print what there is to forecast as plain text instead.

    Raises:
        CyberNormsError: something is to be opened.
    """
    check_open(open, (), "part of the forecast")
    read_lesson(lesson)
    question = find_question(forecast.QUESTION)
    if text:
        print(to_text([*forecast.explained(), *question_blocks(question)]))
    else:
        show(ForecastForm(question))


def show_error_hunt(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show lines of the post beside their sources, to be sorted by kind of change.

    Arguments:
        open: the sheet to open with, such as "promise"; the first one if not given.
        lesson: the number of the lesson; the lines are the same in all of them.
        text: print everything as plain text instead, all lines with what is said of them.

    Raises:
        CyberNormsError: there is no such sheet.
    """
    sheets = error_hunt.hunt_sheets()
    opened = _find(sheets, open, "hunt-")
    read_lesson(lesson)
    if text:
        print(to_text(error_hunt.all_blocks()))
    else:
        show(Sorter(error_hunt.TITLE, sheets, choose="Sheet", opened=opened))


def show_incidents(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show incidents to code against the norms, then two reasoned readings and the answers.

    Arguments:
        open: the id of the incident to open with; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print all sheets as plain text instead, with what is filled in.

    Raises:
        CyberNormsError: there is no such sheet.
    """
    sheets = incidents.sheets(lesson)
    opened = _find(sheets, open, "incident-")
    _sort(incidents.TITLE, sheets, opened, text)


def show_law_or_norm(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show passages to sort by force, then a reasoned reading of each.

    Arguments:
        open: nothing; the passages are one sheet.
        lesson: the number of the lesson; the passages are the same in all of them.
        text: print all sheets as plain text instead, with what is filled in.

    Raises:
        CyberNormsError: there is no such sheet.
    """
    read_lesson(lesson)
    sheets = [law_or_norm.sheet()]
    opened = _find(sheets, open, "")
    _sort(law_or_norm.TITLE, sheets, opened, text)


def show_policy_coder(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show passages to code on three axes, then the agreement with two coders and all reasons.

    Arguments:
        open: the number of the sheet to open with; "1" if not given.
        lesson: the number of the lesson; the passages are the same in all of them.
        text: print all sheets as plain text instead, with what is filled in.

    Raises:
        CyberNormsError: there is no such sheet.
    """
    record = Record()
    from_lesson(policy_coder.LESSON, lesson, "passage to code")
    sheets = policy_coder.sheets(record)
    opened = _find(sheets, open, "policy-")
    _sort(policy_coder.TITLE, sheets, opened, text, "Sheet", record)


def show_conflicts(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show figures in conflict and words not found: what may be written comes before the notes.

    Arguments:
        open: the id of the sheet to open with; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print all sheets as plain text instead, with what is filled in.

    Raises:
        CyberNormsError: there is no such sheet.
    """
    sheets = conflicts.sheets(lesson)
    opened = _find(sheets, open, "")
    _sort(conflicts.TITLE, sheets, opened, text)


def _find(sheets: Sequence[Sheet], open: str, prefix: str = "") -> str:
    """Return the id of the sheet to open with, which is called without its prefix."""
    check_open(open, [each.id.removeprefix(prefix) for each in sheets], "sheet")
    return prefix + open if open else ""


def _sort(
    title: str,
    sheets: Sequence[Sheet],
    opened: str,
    text: bool,
    choose: str = "Case",
    record: Record | None = None,
) -> None:
    """Show sheets to sort, or print them all."""
    if text:
        print(to_text(all_blocks(title, sheets, history_of(record or Record()))))
    else:
        show(Sorter(title, sheets, choose=choose, opened=opened, record=record))


def _read(blocks: Sequence[Block], lesson: LessonNumber, text: bool) -> None:
    """Show a page to read, or print it."""
    read_lesson(lesson)
    if text:
        print(to_text(blocks))
    else:
        show(Page(blocks))
