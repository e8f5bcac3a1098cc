"""How the promise on trade secrets spread, and how "knowingly" came and went."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from cybernorms.corpus.commitments import Adopter, load_adopters
from cybernorms.document import Block, Facts, Line, Paragraph, Picture, Section, Table
from cybernorms.figures.spread import KNOWINGLY, draw_spread, running
from cybernorms.pages.explorer import Explorer, Field, Figure, Options, among, row
from cybernorms.pages.sourcing import format_date, marked, quote, sourced

LESSON = "06"
TITLE = "How the promise spread"
WHO = {"all": "All texts", "china": "Only what China promised"}
MODEL = "us-china"


class SpreadState(Struct, frozen=True):
    """What is shown: all texts or those in which China promises it, and the text that is open."""

    who: str = "all"
    text: str = MODEL
    lesson: str = LESSON


def chosen(who: str) -> list[Adopter]:
    """Return the texts to show, oldest first."""
    return [each for each in load_adopters(lesson=LESSON) if who == "all" or each.china]


def _day(adopter: Adopter) -> str:
    return format_date(adopter.date) if adopter.date else "day not recorded"


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
    blocks: list[Block] = [Paragraph(sourced(adopter.summary, adopter))]
    blocks += quote(adopter.quotation)
    blocks += _beside_the_deal(adopter)
    return Section(f"{adopter.name}, {_day(adopter)}", blocks, 4)


def _beside_the_deal(adopter: Adopter) -> list[Block]:
    """Return what the wording of the deal has more or less than that of another text."""
    model = next(each for each in load_adopters(lesson=LESSON) if each.id == MODEL)
    if adopter.id == MODEL or not model.quotation or not adopter.quotation:
        return []
    return [Facts([("Beside the deal", marked(model.quotation.text, adopter.quotation.text))])]


def spread_blocks(state: SpreadState) -> list[Block]:
    """Return the open text and the table."""
    adopter = next(each for each in load_adopters(lesson=LESSON) if each.id == state.text)
    return [text_section(adopter), spread_table(state.who)]


@cache
def _figure(who: str) -> Picture:
    return draw_spread(chosen(who))


def _texts(state: SpreadState) -> Options:
    texts = enumerate(chosen(state.who), start=1)
    return [(f"{number}. {each.name}", each.id) for number, each in texts]


EXPLORER = Explorer(
    TITLE,
    SpreadState,
    (
        row(Field("who", "Texts", among(WHO)), Field("text", "Wording of", _texts)),
        Figure(lambda state: _figure(state.who)),
    ),
    spread_blocks,
    opens="text",
    what="text on the promise",
    first=LESSON,
)
