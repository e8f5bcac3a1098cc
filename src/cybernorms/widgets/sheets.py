"""Sheets to sort and pages to read as notebooks call them, with the arguments of every explorer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cybernorms.cards.forecast_form import ForecastForm
from cybernorms.cards.glossary import Glossary
from cybernorms.cards.policy_coder import PolicyCoder
from cybernorms.cards.reading import Reading
from cybernorms.cards.self_marking import SelfMarking
from cybernorms.cards.sorter import Sorter
from cybernorms.corpus.lessons import LessonNumber, from_lesson, read_lesson
from cybernorms.document import Block, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Written
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
    negotiation,
    negotiation_class,
    policy_coder,
)
from cybernorms.pages.explorer import check_open
from cybernorms.pages.kept import history_of
from cybernorms.pages.sheet import Sheet, all_blocks
from cybernorms.widgets.arguments import ALL_ALIKE, FILLED_IN, ONE_PAGE, takes
from cybernorms.widgets.showing import show

OWN_CLAUSE = "talks-clause"


@takes(ONE_PAGE, lesson=ALL_ALIKE)
def show_map(open: str = "", *, lesson: LessonNumber = "00", text: bool = False) -> None:
    """Show all lessons with links, minutes, points and your progress."""
    check_open(open, (), "part of the map")
    _read("The module at a glance", _map, lesson, text, changes=True)


def progress() -> None:
    """Show what you have answered, what it brought and what is still open."""
    show("progress", lambda: Reading("My progress", _progress, changes=True))


def _map() -> list[Block]:
    return module_map.map_blocks(Record().read())


def _progress() -> list[Block]:
    record = Record()
    return module_map.progress_blocks(record.read(), record.path)


@takes("what to look for; nothing for the whole glossary", lesson=ALL_ALIKE)
def show_glossary(open: str = "", *, lesson: LessonNumber = "00", text: bool = False) -> None:
    """Show the glossary, or the entries that have a word in their term or definition."""
    read_lesson(lesson)
    if text:
        print(to_text(glossary.glossary_blocks(open)))
    else:
        show(("glossary", open), lambda: Glossary(open))


@takes(ONE_PAGE, lesson=ALL_ALIKE)
def show_groups(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show the UN groups from 2004 to the Global Mechanism, as a figure and as a table."""
    check_open(open, (), "part of the table")
    _read("UN groups", groups.group_blocks, lesson, text)


@takes(ONE_PAGE, lesson=ALL_ALIKE, text="print what there is to forecast as plain text instead")
def show_forecast(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show the form for a forecast of what may come of the talks."""
    check_open(open, (), "part of the forecast")
    read_lesson(lesson)
    question = find_question(forecast.QUESTION)
    if text:
        print(to_text([*forecast.explained(), *question_blocks(question)]))
    else:
        show("forecast", lambda: ForecastForm(question))


@takes(ONE_PAGE)
def show_class_negotiation(
    open: str = "", *, lesson: LessonNumber = "08", text: bool = False
) -> None:
    """Show the negotiation for a class: rounds by the minute, rules, briefs and a debrief."""
    check_open(open, (), "part of the page")
    from_lesson(negotiation.LESSON, lesson, "negotiation")
    _read(negotiation_class.TITLE, negotiation_class.class_blocks, lesson, text)


@takes("the id of the written question; that on your clause if not given", lesson=ALL_ALIKE)
def show_own_levels(open: str = "", *, lesson: LessonNumber = "08", text: bool = False) -> None:
    """Show the rubric of a written question, to set against the text that was saved last."""
    read_lesson(lesson)
    question = find_question(open or OWN_CLAUSE)
    if not isinstance(question, Written):
        raise CyberNormsError(
            f"The question {open!r} has no rubric", remedy="Name a question with a written answer"
        )
    if text:
        print(SelfMarking(question).text())
    else:
        show(("own levels", open), lambda: SelfMarking(question))


@takes(
    'the sheet to open with, such as "promise"; the first one if not given',
    lesson=ALL_ALIKE,
    text="print all lines with what is said of them as plain text instead",
)
def show_error_hunt(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show lines of the post beside their sources, to be sorted by kind of change."""
    read_lesson(lesson)
    sheets = error_hunt.hunt_sheets()
    opened = _find(sheets, open, "hunt-")
    if text:
        print(to_text(error_hunt.all_blocks()))
    else:
        name = (error_hunt.TITLE, open)
        show(name, lambda: Sorter(error_hunt.TITLE, sheets, choose="Sheet", opened=opened))


@takes("the id of the incident to open with; the first one if not given", text=FILLED_IN)
def show_incidents(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show incidents to code against the norms, then two reasoned readings and the answers."""
    _sort(incidents.TITLE, incidents.sheets(lesson), open, text, "incident-")


@takes(ONE_PAGE, lesson=ALL_ALIKE, text=FILLED_IN)
def show_law_or_norm(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show passages to sort by force, then a reasoned reading of each."""
    read_lesson(lesson)
    _sort(law_or_norm.TITLE, [law_or_norm.sheet()], open, text)


@takes('the number of the sheet to open with; "1" if not given', lesson=ALL_ALIKE, text=FILLED_IN)
def show_policy_coder(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show passages to code on three axes, then the agreement with two coders and all reasons."""
    from_lesson(policy_coder.LESSON, lesson, "passage to code")
    sheets = policy_coder.sheets(Record())
    _sort(policy_coder.TITLE, sheets, open, text, "policy-", "Sheet", PolicyCoder)


@takes("the id of the sheet to open with; the first one if not given", text=FILLED_IN)
def show_conflicts(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show figures in conflict and words not found: what may be written comes before the notes."""
    _sort(conflicts.TITLE, conflicts.sheets(lesson), open, text)


def _find(sheets: Sequence[Sheet], open: str, prefix: str) -> str:
    """Return the id of the sheet to open with, which is called without its prefix."""
    check_open(open, [each.id.removeprefix(prefix) for each in sheets], "sheet")
    return prefix + open if open else ""


def _sort(
    title: str,
    sheets: Sequence[Sheet],
    open: str,
    text: bool,
    prefix: str = "",
    choose: str = "Case",
    card: type[Sorter] = Sorter,
) -> None:
    """Show sheets to sort, or print them all."""
    opened = _find(sheets, open, prefix)
    if text:
        print(to_text(all_blocks(title, sheets, history_of(Record()))))
    else:
        name = (title, opened, len(sheets))
        show(name, lambda: card(title, sheets, choose=choose, opened=opened))


def _read(
    label: str,
    make: Callable[[], Sequence[Block]],
    lesson: LessonNumber,
    text: bool,
    *,
    changes: bool = False,
) -> None:
    """Show a page to read, or print it."""
    read_lesson(lesson)
    if text:
        print(to_text(make()))
    else:
        show(label, lambda: Reading(label, make, changes=changes))
