"""The ten days of September 2015, and the years around them: one timeline that grows by lessons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from cybernorms.corpus.days import DayEvent, load_days
from cybernorms.corpus.events import Event, load_events
from cybernorms.corpus.lessons import is_open
from cybernorms.corpus.process import Session, load_sessions
from cybernorms.document import Block, Heading, Inline, Line, Paragraph, Quoted, Section, Table
from cybernorms.pages.sourcing import location, quote, sourced

TITLE = "Ten days in September 2015"
YEARS_TITLE = "The years around them, 1998 to 2026"
LANES = {"print": "In print", "governments": "By the two governments"}
FIRST_DAY, DAY_OF_THE_POST = date(2015, 9, 14), date(2015, 9, 22)
TEN_DAYS_BEGIN = date(2015, 9, 16)
AHEAD = date(2015, 9, 24)  # the day on which Xi was expected
LAST_DAY = date(2015, 9, 26)
ALL_TOLD, YEARS_FROM = "06", "04"
FIRST_YEAR, LAST_YEAR = 1998, 2026
MECHANISM = "global-mechanism"
HERE = "You’re here"
CLOSED = "What came of it opens in lesson 06"
NOTHING = "Nothing in our sources"
INTROS = {
    "00": "You know two things: what the newspaper printed on Saturday, and what the post made of "
    "it on Tuesday.",
    "01": "It’s Tuesday the 22nd, and you’re where the author of the post sat. Above the blue dot "
    "is what could be known; below it stays closed, because you’ll forecast it first.",
    "04": "Your forecast is on paper, so now you can step back and see the years around these "
    "days.",
    "05": "One more event opens: what Xi Jinping said in Seattle on the very day of the post.",
    "06": "All of it is open. Three days after the post, the two governments published what they "
    "had agreed.",
}


class Row(Struct, frozen=True):
    """A day, or a few: its date in words, and what happened on it.

    `look` is `before` the ten days, `still` without news, `here` where the reader stands, `plan`
    for a day that is only expected, or nothing.
    """

    weekday: str
    day: str
    events: Sequence[DayEvent] = ()
    look: str = ""


class Year(Struct, frozen=True):
    """A year with its events, and with the Global Mechanism where it began."""

    year: int
    events: Sequence[Event | Session] = ()


def intro(lesson: str) -> str:
    """Return where the reader of a lesson stands."""
    return INTROS[max(number for number in INTROS if number <= max(lesson, "00"))]


def rows(lesson: str) -> list[Row]:
    """Return the days that a lesson may show, one after the other, also those without news."""
    events = load_days(lesson=lesson)
    talks = [each for each in events if date.fromisoformat(each.date) < FIRST_DAY]
    last = LAST_DAY if lesson >= ALL_TOLD else AHEAD
    found = [Row("", "9–12", talks, "before")] if talks else []
    first = FIRST_DAY if talks else date.fromisoformat(events[0].date)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        own = [each for each in events if date.fromisoformat(each.date) == day]
        if day > DAY_OF_THE_POST and not own and lesson < ALL_TOLD:
            continue
        found.append(Row(f"{day:%a}", str(day.day), own, _look(day, own, lesson)))
    return found


def _look(day: date, events: Sequence[DayEvent], lesson: str) -> str:
    if lesson < ALL_TOLD and day == DAY_OF_THE_POST:
        return "here"
    if lesson < ALL_TOLD and day > DAY_OF_THE_POST:
        return "plan"
    if day < TEN_DAYS_BEGIN:
        return "before" if events else "still"
    return "" if events else "still"


def is_new(event: DayEvent, lesson: str) -> bool:
    """Return whether a lesson is the first that shows an event."""
    return event.opens_in == lesson and lesson > "01"


def years(lesson: str) -> list[Year]:
    """Return every year from 1998 to 2026 with the events that a lesson may show; perhaps none."""
    if not is_open(YEARS_FROM, lesson):
        return []
    found: dict[int, list[Event | Session]] = {
        year: [] for year in range(FIRST_YEAR, LAST_YEAR + 1)
    }
    for event in load_events(lesson=lesson):
        found[int(event.date[:4])].append(event)
    for session in load_sessions():
        if session.id == MECHANISM:
            found[int(session.start[:4])].append(session)
    return [Year(year, events) for year, events in found.items()]


def event_blocks(event: DayEvent) -> list[Block]:
    """Return what happened, in our words and in those that are quoted, with the source."""
    if event.quotation:
        return [Paragraph(event.what), *quote(event.quotation)]
    return [Paragraph(sourced(event.what, event))]


def year_blocks(event: Event | Session) -> list[Block]:
    """Return what happened in a year, with its date and its source."""
    if isinstance(event, Session):
        return [Paragraph(sourced(event.summary, event))]
    return [Paragraph([f"{event.date_said}. ", *sourced(event.what, event)])]


def day_table(lesson: str) -> Table:
    """Return the days that a lesson may show as a table."""
    found: list[list[Line]] = []
    for row in rows(lesson):
        when = f"{row.weekday} {row.day}".strip()
        for event in row.events:
            said: list[Inline] = [event.what]
            if event.quotation:
                said += [" ", Quoted(event.quotation.text)]
            name = f"{event.name}, {event.who}"
            found.append([when, LANES[event.lane], name, said, location(event)])
    return Table(
        "September 2015, day by day", ["Day", "Where", "What", "In short", "Source"], found
    )


def year_table(lesson: str) -> Table:
    """Return the years that a lesson may show as a table."""
    found: list[list[Line]] = []
    for year in years(lesson):
        for event in year.events:
            said = event.summary if isinstance(event, Session) else event.what
            found.append([str(year.year), event.name, said, location(event)])
    return Table(YEARS_TITLE, ["Year", "What", "In short", "Source"], found)


def days_blocks(lesson: str) -> list[Block]:
    """Return the timeline as a lesson may show it, with everything opened."""
    blocks: list[Block] = [Heading(TITLE), Paragraph(intro(lesson)), day_table(lesson)]
    if lesson < ALL_TOLD:
        blocks.append(Paragraph(f"{CLOSED}."))
    return [*blocks, Section(YEARS_TITLE, [year_table(lesson)], 4)] if years(lesson) else blocks


def event_ids(lesson: str) -> list[str]:
    """Return the ids of the events around the post that a lesson may open."""
    return [event.id for row in rows(lesson) for event in row.events]
