"""How the promise on trade secrets spread, and how "knowingly" came and went."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w
from msgspec import Struct

from cybernorms.analysis.wording import changes
from cybernorms.corpus.commitments import Adopter, load_adopters
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import (
    Added,
    Block,
    Facts,
    Heading,
    Inline,
    Line,
    Lost,
    Paragraph,
    Picture,
    Quote,
    Section,
    Table,
    to_html,
)
from cybernorms.figures.spread import KNOWINGLY, draw_spread, running
from cybernorms.widgets.sourcing import bracketed, place, said
from cybernorms.widgets.view import View, controls, html, plain_looks, show

LESSON = "06"
TITLE = "How the promise spread"
WHO = {"all": "All texts", "china": "Only what China promised"}
MODEL = "us-china"


class SpreadState(Struct, frozen=True):
    """What is shown: all texts or those in which China promises it, and the text that is open."""

    who: str = "all"
    text: str = MODEL


def chosen(who: str) -> list[Adopter]:
    """Return the texts to show, oldest first."""
    return [each for each in load_adopters(lesson=LESSON) if who == "all" or each.china]


def _day(adopter: Adopter) -> str:
    return said(adopter.date) if adopter.date else "day not recorded"


def spread_table(who: str) -> Table:
    """Return the texts with what each added, and whether "knowingly" is in."""
    rows: list[list[Line]] = []
    for number, (each, count) in enumerate(running(chosen(who)), start=1):
        new = f"{each.added}: {each.added_names}" if each.added else "nobody new"
        rows.append(
            [
                f"{number}. {each.name}",
                _day(each),
                each.kind,
                new,
                str(count),
                KNOWINGLY[each.knowingly],
                "yes" if each.china else "no",
                each.force,
            ]
        )
    columns = ["Text", "Day", "What it is", "New", "In all", "Wording", "China promises", "Force"]
    return Table("Texts that take up the promise", columns, rows)


def text_section(adopter: Adopter) -> Section:
    """Return a text with its wording, and how that differs from the wording of the deal."""
    where = bracketed(adopter.source, adopter.pinpoint, adopter.status, adopter.as_of)
    blocks: list[Block] = [Paragraph([adopter.summary, " ", *where])]
    quoted = adopter.quotation
    if quoted:
        blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
        blocks += _beside_the_deal(adopter, quoted.text)
    return Section(f"{adopter.name}, {_day(adopter)}", blocks, 4)


def _beside_the_deal(adopter: Adopter, text: str) -> list[Block]:
    """Return what the wording of the deal has more or less than that of another text."""
    model = next(each for each in load_adopters(lesson=LESSON) if each.id == MODEL)
    if adopter.id == MODEL or not model.quotation:
        return []
    marks = {"kept": str, "lost": Lost, "added": Added}
    pieces: list[Inline] = [
        marks[what](piece) for piece, what in changes(model.quotation.text, text)
    ]
    facts: list[tuple[str, Line]] = [("Beside the deal", pieces)]
    return [Facts(facts)]


def spread_blocks(state: SpreadState) -> list[Block]:
    """Return the open text and the table."""
    adopter = next(each for each in load_adopters(lesson=LESSON) if each.id == state.text)
    return [text_section(adopter), spread_table(state.who)]


class Spread(View):
    """A filter, a text to open, the figure and the table."""

    def __init__(self) -> None:
        self._figures: dict[str, Picture] = {}
        self.who = w.Dropdown(
            **plain_looks(), description="Texts", options=[(text, id) for id, text in WHO.items()]
        )
        self.text_field = w.Dropdown(**plain_looks(), description="Wording of")
        self._figure, self._page = html(""), html("")
        super().__init__(
            [
                html(to_html([Heading(TITLE)])),
                controls(self.who, self.text_field),
                self._figure,
                self._page,
            ],
            "cn-explorer",
        )
        self._setting = False
        self._list()
        self.who.observe(lambda _: self._list(), names="value")
        self.text_field.observe(lambda _: self._draw(), names="value")

    @property
    def state(self) -> SpreadState:
        """Return what the controls say."""
        return SpreadState(self.who.value, self.text_field.value)

    def figure(self) -> Picture:
        """Return the figure of the texts that are shown; each is drawn once."""
        who = self.who.value
        if who not in self._figures:
            self._figures[who] = draw_spread(chosen(who))
        return self._figures[who]

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), self.figure(), *spread_blocks(self.state)]

    def _list(self) -> None:
        """Offer the texts of the filter, and keep the one that is open if it is among them."""
        texts = chosen(self.who.value)
        before = self.text_field.value or MODEL
        ids = [each.id for each in texts]
        self._setting = True
        try:
            self.text_field.options = [
                (f"{number}. {each.name}", each.id) for number, each in enumerate(texts, start=1)
            ]
            self.text_field.value = before if before in ids else ids[0]
        finally:
            self._setting = False
        self._figure.value = to_html([self.figure()])
        self._draw()

    def _draw(self) -> None:
        if not self._setting:
            self._page.value = to_html(spread_blocks(self.state))


def show_spread(*, lesson: LessonNumber = LESSON) -> None:
    """Show who took up the promise on trade secrets, when, and with which wording.

    Arguments:
        lesson: the number of the lesson.

    Raises:
        CyberNormsError: there is no such lesson, or no text is open in it yet.
    """
    from_lesson(LESSON, lesson, "text on the promise")
    show(Spread())
