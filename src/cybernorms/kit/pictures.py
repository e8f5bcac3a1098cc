"""What an explorer of a lesson shows first, as a picture or a table that can stand by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from cybernorms.corpus.clauses import SLOTS, find_clause
from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.norms import find_norm, load_norms
from cybernorms.document import Block, Columns, Line, Picture, Quoted, Section, Table
from cybernorms.errors import CyberNormsError
from cybernorms.kit.lessons import Shown
from cybernorms.pages import groups, retold, spread, timeline, votes, wording
from cybernorms.pages.explorer import Explorer

MOST_ROWS = 9
Drawing = Picture | Table


@lru_cache(64)
def picture_of(shown: Shown) -> Drawing | None:
    """Return what an explorer opens with, where that is a picture or a table for a slide."""
    try:
        return PICTURES[shown.name](shown) if shown.name in PICTURES else None
    except CyberNormsError:  # what it opens with is no text of that lesson
        return None


def _retold(shown: Shown) -> Drawing:
    """Return a sentence in all its hands, with nothing marked."""
    claim = retold.find_sentence((*shown.open, retold.FIRST_USE)[0], lesson=shown.lesson)
    rows: list[list[Line]] = []
    for lane in retold.lanes(claim):
        words: Line = lane.told
        if lane.words:
            words = [f"{lane.before} ".lstrip(), Quoted(lane.words), f" {lane.after}".rstrip()]
        rows.append([lane.hand, lane.when, words])
    return Table("One sentence in several hands", ["Who", "When", "Words"], rows)


def _clauses(shown: Shown) -> Drawing:
    """Return two clauses slot by slot, in normal form."""
    opened = wording.WordingState(lesson=shown.lesson)
    ids = shown.open or tuple(each.id for each in wording.clauses_of(opened))
    clauses = [find_clause(id, lesson=shown.lesson) for id in ids[:2]]
    rows = [
        [label, *("; ".join(part.text for part in each.of(slot)) or "nothing" for each in clauses)]
        for slot, label in SLOTS.items()
    ]
    return Table("Slot by slot", ["Slot", *(clause.label for clause in clauses)], rows)


def _norms(shown: Shown) -> Drawing:
    norms = list(load_norms(lesson=shown.lesson))
    if shown.open:
        norms = [find_norm(letter, lesson=shown.lesson) for letter in shown.open]
        rows: list[list[Line]] = [[each.label, [Quoted(each.quotation.text)]] for each in norms]
        return Table("Two of the eleven norms", ["Norm", "Words"], rows)
    half = -(-len(norms) // 2)
    pairs = [
        [norms[place].label, norms[place + half].label if place + half < len(norms) else ""]
        for place in range(half)
    ]
    return Table("The eleven norms of 2015", ["Norms (a) to (f)", "Norms (g) to (k)"], pairs)


def _elements(shown: Shown) -> Drawing:
    elements = load_elements(lesson=shown.lesson)
    rows = [[each.name, "", ""] for each in elements]
    return Table("Guess before you look", ["Element", "In it", "Not in it"], rows)


def _opening(explorer: Explorer) -> Callable[[Shown], Drawing | None]:
    def draw(shown: Shown) -> Drawing | None:
        open = shown.open[0] if shown.open else ""
        state, _ = explorer.settle(explorer.start(open, shown.lesson))
        return _first(explorer.blocks(state))

    return draw


def _first(blocks: Iterable[Block]) -> Drawing | None:
    """Return the first picture among blocks, or the first short table."""
    flat = list(_flat(blocks))
    pictures: list[Drawing] = [each for each in flat if isinstance(each, Picture)]
    tables = [each for each in flat if isinstance(each, Table) and len(each.rows) <= MOST_ROWS]
    return next(iter([*pictures, *tables]), None)


def _flat(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _flat(block.blocks)
        elif isinstance(block, Columns):
            yield from _flat(block.sections)
        else:
            yield block


def _groups(_: Shown) -> Drawing | None:
    return _first(groups.group_blocks())


PICTURES: Mapping[str, Callable[[Shown], Any]] = {
    "show_retold": _retold,
    "show_claims": _retold,
    "show_wording": _clauses,
    "show_norms": _norms,
    "show_proposed_agreed": _elements,
    "show_votes": _opening(votes.EXPLORER),
    "show_spread": _opening(spread.EXPLORER),
    "show_timeline": _opening(timeline.EXPLORER),
    "show_groups": _groups,
}
