"""Which column of an LMS's gradebook a set belongs to, and the scale that this column has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cybernorms.classroom.intake.headings import PERCENTAGE, REAL, plain, words_of
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.tables import one_line
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.responses import Unreadable, read_number

_CANVAS_ID = re.compile(r"(?P<title>.*?)\s*\(\d+\)\Z", re.DOTALL)
_MOODLE_HOW = re.compile(r"(?P<title>.*?)\s*\((?P<how>[^()]*)\)\Z", re.DOTALL)
_OUT_OF = re.compile(r"\(of (?P<most>\d+(\.\d+)?)\)")
# Words before the number of a set; Assignment 2 may be anybody's.
_WORDS = r"((cyber ?norms|the|exercises?|question|problem|sets?|hand-?in)\W+)"
_ANOTHER = r"\W*(and|und|et|y|e|en|i|to)?\W*\d{1,2}\b"  # number, of a second set or a decimal
_OF_CANVAS = re.compile("(current|final|unposted|override) (score|points|grade|status)")


class Column(NamedTuple):
    """A column of the table for an LMS: its heading, out of how much it is.

    `given` is the column of the roster that it goes into, from which grades are repeated, or "".
    """

    heading: str
    most: float
    given: str = ""


def column_of(each: QuestionSet) -> str:
    """Return the name of a set's column in an LMS's gradebook."""
    return f"cybernorms {each.id}"


def columns_of(sets: Sequence[QuestionSet], roster: Roster | None, lms: str) -> list[Column]:
    """Return the column of each set: that of the roster if exactly one fits it, or our own.

    Arguments:
        sets: those with points.
        roster: the list of the class, or None.
        lms: "canvas" or "moodle".
    """
    titles = _titles(roster, lms) if roster else {}
    chosen = [_chosen(each, titles) for each in sets]
    found = []
    for each, column in zip(sets, chosen, strict=True):
        if column and chosen.count(column) == 1 and roster:
            found.append(Column(column, _most(column, each, roster), column))
        else:
            most = f" (of {format_points(each.points)})" if lms == "moodle" else ""
            found.append(Column(f"{column_of(each)}{most}", each.points))
    return found


def _titles(roster: Roster, lms: str) -> dict[str, set[str]]:
    """Return what each column with grades may be called, without what the LMS adds."""
    titles = {}
    for column in roster.columns:
        read_only = "read only" in roster.maxima.get(column, "").lower()
        if column in roster.fields.values() or read_only or _OF_CANVAS.search(plain(column)):
            continue
        titles[column] = _of_canvas(column) if lms == "canvas" else _of_moodle(column)
    return {column: found for column, found in titles.items() if _is_number(column, titles, lms)}


def _is_number(column: str, titles: Mapping[str, set[str]], lms: str) -> bool:
    """Return whether a column has grades as points, where Moodle shows one item in several ways."""
    how = _how(column)
    if lms == "canvas" or how in words_of(REAL):
        return True
    others = [each for each in titles if each != column and _how(each) in words_of(REAL)]
    return how not in words_of(PERCENTAGE) and not any(
        titles[each] & titles[column] for each in others
    )


def _of_canvas(column: str) -> set[str]:
    match = _CANVAS_ID.fullmatch(column)
    return {plain(match["title"] if match else column)}


def _of_moodle(column: str) -> set[str]:
    """Return the title of a grade item with and without the kind of activity before it."""
    match = _MOODLE_HOW.fullmatch(column)
    ours = _OUT_OF.search(column)
    title = plain(match["title"] if match and not ours else column)
    return {title, title.partition(": ")[2] or title}


def _how(column: str) -> str:
    """Return the words in which Moodle says how a grade is shown, such as Real."""
    match = _MOODLE_HOW.fullmatch(column)
    return plain(match["how"]) if match else ""


def _chosen(each: QuestionSet, titles: Mapping[str, set[str]]) -> str:
    """Return the only column that fits a set in the strictest way in which any does, or ""."""
    prefix, title, own = each.id.partition("-")[0], plain(each.title), plain(column_of(each))
    number = re.escape(prefix.lstrip("0") or "0")
    numbered = re.compile(rf"{_WORDS}*0*{number}")
    begins = re.compile(rf"({_WORDS}+0*{number}|{re.escape(prefix)})(?!{_ANOTHER})\W.*", re.DOTALL)
    ways: list[Callable[[str], object]] = [
        lambda text: text == own or text.startswith(f"{own} (of "),
        lambda text: each.id in re.split(r"[^\w-]", text),
        lambda text: text == title or numbered.fullmatch(text),
        lambda text: (title in text and " " in title) or begins.fullmatch(text),
    ]
    for fits in ways:
        found = [column for column, texts in titles.items() if any(map(fits, texts))]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _most(column: str, each: QuestionSet, roster: Roster) -> float:
    """Return out of how much a column of the roster is, or the points of the set."""
    ours = _OUT_OF.search(column)
    try:
        most = read_number(ours["most"] if ours else roster.maxima.get(column, ""))
    except Unreadable:
        return each.points
    return most if most > 0 else each.points


def describe_columns(
    name: str, sets: Sequence[QuestionSet], columns: Sequence[Column], roster: Roster | None
) -> list[str]:
    """Return lines on each set: into which column of the LMS it goes, and on which scale."""
    lines = []
    for each, column in zip(sets, columns, strict=True):
        if column.given:
            scale = ""
            if roster and roster.lms == "moodle" and not _OUT_OF.search(column.given):
                most = format_points(column.most)
                scale = f", out of {most}; see that the grade item has this maximum"
            elif abs(column.most - each.points) > 1e-9:
                most, points = format_points(column.most), format_points(each.points)
                scale = f", scaled from the set's {points} points to its {most}"
            lines.append(f"{name}: {each.id} goes into {one_line(column.heading, 80)!r}{scale}.")
    if own := [repr(column.heading) for column in columns if not column.given]:
        why = (
            "No column of the roster, or more than one, fits these sets. They" if roster else "Sets"
        )
        lines.append(f"{name}: {why} have columns that are new in your LMS: {', '.join(own)}.")
    return lines
