"""The ten days as a card: events to open where they stand, and the years around them."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.card import Card
from cybernorms.cards.drawn import Day, Days, Happening, Year
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Fold, Html, Part
from cybernorms.corpus.days import DayEvent
from cybernorms.corpus.lessons import LessonNumber, read_lesson
from cybernorms.document import Block, Heading, Paragraph, curly, to_html
from cybernorms.pages import days


class TenDays(Card):
    """A timeline that shows what a lesson may tell.

    Arguments:
        lesson: what opens later stays closed.
        event: the id of the event to open with; none if not given.
    """

    wide = True
    label = days.TITLE

    def __init__(self, lesson: LessonNumber, event: str = "") -> None:
        super().__init__()
        self._lesson, self._event = read_lesson(lesson), event

    def blocks(self) -> Sequence[Block]:
        return days.days_blocks(self._lesson)

    def parts(self) -> list[Part]:
        lesson = self._lesson
        head: list[Block] = [Heading(days.TITLE), Paragraph(days.intro(lesson))]
        tables: list[Block] = [days.day_table(lesson)]
        if days.years(lesson):
            tables.append(days.year_table(lesson))
        return [
            Html(page_html(head)),
            Days(
                "days",
                [self._day(row) for row in days.rows(lesson)],
                [_year(year) for year in days.years(lesson)],
                list(days.LANES.values()),
                days.NOTHING,
                days.HERE,
                days.CLOSED if lesson < days.ALL_TOLD else "",
                self._event,
            ),
            Fold("Show it as a table", to_html(tables)),
        ]

    def _day(self, row: days.Row) -> Day:
        printed, said = (
            [self._event_of(each) for each in row.events if each.lane == lane]
            for lane in days.LANES
        )
        return Day(row.weekday, row.day, printed, said, row.look)

    def _event_of(self, event: DayEvent) -> Happening:
        new = days.is_new(event, self._lesson)
        html = to_html(days.event_blocks(event))
        return Happening(event.id, curly(event.name), html, curly(event.who), new)


def _year(year: days.Year) -> Year:
    events = [
        Happening(each.id, curly(each.name), to_html(days.year_blocks(each)))
        for each in year.events
    ]
    return Year(year.year, events, ten=year.year == days.DAY_OF_THE_POST.year)
