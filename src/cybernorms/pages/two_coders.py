"""Two coders as two columns: where they agree, where they part, and what chance would have done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.analysis.agreement import cohens_kappa, equal_items, percent_by_chance
from cybernorms.corpus.codings import AXES, find_codings, load_axes, load_coders, values_of
from cybernorms.corpus.documents import coded_passages
from cybernorms.corpus.events import load_events
from cybernorms.corpus.lessons import LessonNumber
from cybernorms.document import Block, Heading, Line, Paragraph, Strong, Table, plural

TITLE = "Where two readers part"
INTRO = (
    "Two people coded the same passages and events, and didn’t see each other’s answers. Every "
    "small square is one item, once on each side. A level line means that they agree."
)
CHANCE = "Two people with such habits who never read a word would still agree on about {} of {}."


class Coded(Struct, frozen=True):
    """An item that both coded: its name, both values, and both reasons."""

    name: str
    one: str
    two: str
    reasons: tuple[str, str]


class Pair(Struct, frozen=True):
    """Both coders on one axis.

    Arguments:
        name: of the axis.
        question: what the axis asks.
        values: in their order, those that were used.
        items: all that both coded.
        agreed: on how many they agree.
        chance: the share from 0 to 1 on which they would agree by chance.
        kappa: the share of the rest that is agreement; None where it cannot be computed.
    """

    name: str
    question: str
    values: Sequence[str]
    items: Sequence[Coded]
    agreed: int
    chance: float
    kappa: float | None

    @property
    def apart(self) -> list[Coded]:
        """Return the items on which they part."""
        return [each for each in self.items if each.one != each.two]


def pairs(lesson: LessonNumber) -> list[Pair]:
    """Return both coders on each axis, on what a lesson may show."""
    names = {each.id: each.paraphrase for each in coded_passages(lesson=lesson)}
    names |= {each.id: each.name for each in load_events(lesson=lesson)}
    return [_pair(each.axis, each.question, names) for each in load_axes()]


def _pair(axis: str, question: str, names: dict[str, str]) -> Pair:
    first, second = load_coders()
    codings = {
        coder: {each.item: each for each in find_codings(axis=axis, coder=coder)}
        for coder in (first, second)
    }
    shared = [id for id in codings[first] if id in codings[second] and id in names]
    one, two = ({id: codings[coder][id].value for id in shared} for coder in (first, second))
    used = {*one.values(), *two.values()}
    items = [
        Coded(names[id], one[id], two[id], (codings[first][id].reason, codings[second][id].reason))
        for id in shared
    ]
    return Pair(
        AXES[axis],
        question,
        [each.value for each in values_of(axis) if each.value in used],
        items,
        len(equal_items(one, two)),
        (percent_by_chance(one, two).value or 0) / 100,
        cohens_kappa(one, two).value,
    )


def headline(pair: Pair) -> str:
    """Return how many lines cross, in a sentence."""
    apart = len(pair.apart)
    return f"{apart} of {plural(len(pair.items), 'line')} {'crosses' if apart == 1 else 'cross'}."


def chance_line(pair: Pair) -> str:
    """Return what chance alone would have done, in a sentence."""
    return CHANCE.format(round(pair.chance * len(pair.items)), len(pair.items))


def apart_table(pair: Pair) -> Table:
    """Return the items on which two coders part, with both values and reasons."""
    one, two = (f"Coder {coder}" for coder in load_coders())
    rows: list[list[Line]] = [
        [
            each.name,
            [Strong(f"{each.one}. "), each.reasons[0]],
            [Strong(f"{each.two}. "), each.reasons[1]],
        ]
        for each in pair.apart
    ]
    return Table(f"{pair.name}: where they part", ["Item", one, two], rows)


def pair_blocks(lesson: LessonNumber) -> list[Block]:
    """Return both coders on all axes as text."""
    blocks: list[Block] = [Heading(TITLE, 4), Paragraph(INTRO)]
    for pair in pairs(lesson):
        kappa = "none" if pair.kappa is None else f"{pair.kappa:.2f}"
        line = f"{headline(pair)} {chance_line(pair)} Kappa: {kappa}."
        blocks += [Paragraph([Strong(f"{pair.name}. "), line]), apart_table(pair)]
    return blocks
