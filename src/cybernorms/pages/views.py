"""Where States stand: what States, groups and authors hold on a topic, in their own words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.corpus.instruments import View, load_views
from cybernorms.document import Block, Line, Paragraph, Section, Strong, Table
from cybernorms.pages.explorer import Count, Explorer, Field, Options, all_or, row
from cybernorms.pages.sourcing import bracketed, format_date, quote, sourced

TITLE = "Where States stand"
ASKED_OF = (
    "China",
    "Group of 77 and China",
    "Non-Aligned Movement",
    "Russia",
    "United States",
)
"""Holders whose silence on a topic is named: no text of theirs on it was found."""


class ViewState(Struct, frozen=True):
    """What the explorer shows: a topic and perhaps one holder of a view on it.

    An empty topic or holder lets all of them pass. `lesson` is the number of the lesson that shows
    it; views that open later stay closed.
    """

    topic: str = ""
    holder: str = ""
    lesson: str = "02"


def views_on(state: ViewState) -> list[View]:
    """Return the views on the topic of a state, whoever holds them."""
    found = load_views(lesson=state.lesson)
    return [each for each in found if state.topic in ("", each.topic)]


def listed(state: ViewState) -> list[View]:
    """Return the views that pass both filters."""
    return [each for each in views_on(state) if state.holder in ("", each.holder)]


def holders(views: Sequence[View]) -> list[str]:
    """Return who holds some views, in alphabetical order."""
    return sorted({each.holder for each in views})


def silent(state: ViewState) -> list[str]:
    """Return the holders to be asked of whom no view on the topic is here."""
    heard = holders(views_on(state))
    return [each for each in ASKED_OF if each not in heard]


def overview(views: Sequence[View]) -> Table:
    """Return some views in brief."""
    rows: list[list[Line]] = [
        [each.holder, format_date(each.date), each.topic, each.view] for each in views
    ]
    return Table("Views in our words", ["Who", "When", "On", "What it holds"], rows)


def view_blocks(view: View) -> list[Block]:
    """Return a view in our words and, where they were read, in those of its holder."""
    head = Strong(f"{view.holder}, {format_date(view.date)}. ")
    if view.quotation is None:
        note = "No words of the holder are quoted here."
        return [Paragraph([head, *sourced(view.view, view)]), Paragraph(note, "note")]
    blocks: list[Block] = [Paragraph([head, view.view]), *quote(view.quotation)]
    same = (view.source, view.pinpoint) == (view.quotation.source, view.quotation.pinpoint)
    return blocks if same else [*blocks, Paragraph(bracketed(view), "note")]


def states_blocks(state: ViewState) -> list[Block]:
    """Return the views that a state lets pass: topic by topic in full, or all of them in brief."""
    views = listed(state)
    if not state.topic and not state.holder:
        return [overview(views)]
    topics = list(dict.fromkeys(each.topic for each in views))
    blocks: list[Block] = []
    for topic in topics:
        found = [block for each in views if each.topic == topic for block in view_blocks(each)]
        blocks.append(Section(f"{topic[0].upper()}{topic[1:]}", found, 4))
    if state.topic and not state.holder and (missing := silent(state)):
        text = f"Nothing of theirs on this was found: {', '.join(missing)}. "
        rest = "That says something of the search, and nothing of what they think."
        blocks.append(Paragraph([Strong(text), rest], "note"))
    return blocks


def count_line(state: ViewState) -> str:
    """Return how many views there are, and of how many holders."""
    views = listed(state)
    held = "1 view" if len(views) == 1 else f"{len(views)} views"
    number = len(holders(views))
    return f"{held} of {number} {'holder' if number == 1 else 'holders'}."


def _topics(state: ViewState) -> Options:
    return all_or(dict.fromkeys(each.topic for each in load_views(lesson=state.lesson)))


def _holders(state: ViewState) -> Options:
    return all_or(holders(views_on(state)))


EXPLORER = Explorer(
    TITLE,
    ViewState,
    (
        row(Field("topic", "Topic", _topics), Field("holder", "Held by", _holders)),
        Count(count_line),
    ),
    states_blocks,
    opens="topic",
    what="topic of a view",
    first="02",
)
