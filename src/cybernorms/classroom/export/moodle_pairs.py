"""Sorting and putting in order for Moodle, both as pairs that are matched."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.classroom.export.moodle_bank import Bank
from cybernorms.classroom.export.moodle_text import element, html_element, plain_html, subquestion
from cybernorms.classroom.export.question_texts import per_cent, reason_of, reason_text
from cybernorms.exercises.kinds import Match, Order
from cybernorms.exercises.kinds.match import Item
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question


def _fitting(item: Item) -> tuple[str, Option]:
    """Return the category that is correct for an item, with its placement."""
    return next((id, each) for id, each in item.placements.items() if each.verdict == "correct")


def write_match(bank: Bank, question: Match) -> None:
    """Write each item with the category that is correct for it, and those that nothing fits."""
    pairs = [
        subquestion(item.text, question.categories[_fitting(item)[0]]) for item in question.items
    ]
    used = {_fitting(item)[0] for item in question.items}
    pairs += [subquestion("", text) for id, text in question.categories.items() if id not in used]
    lost = sum(
        max(each.credit * (each.verdict == "defensible") for each in item.placements.values())
        for item in question.items
    )
    if lost:
        message = "A defensible place of an item counts as wrong, which costs at most this part"
        bank.note(question, message, per_cent(lost / len(question.items)))
    if any(
        sum(each.verdict == "correct" for each in item.placements.values()) > 1
        for item in question.items
    ):
        bank.note(question, "Only the first of several correct places of an item counts")
    bank.note(question, "Reasons are shown together at the end, not for each item that was wrong")
    reasons = "".join(
        f"<li>{plain_html(item.text)}: {plain_html(question.categories[id])}. "
        f"{plain_html(reason_of(placed))}</li>"
        for item in question.items
        for id, placed in [_fitting(item)]
    )
    _add_matching(bank, question, pairs, reasons)


def _add_matching(bank: Bank, question: Question, pairs: Sequence[str], reasons: str) -> None:
    """Write a question of matching pairs, whose reasons are shown when it is over."""
    feedback = [
        html_element(name, f"<ul>{reasons}</ul>")
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    ]
    bank.add(question, "matching", [element("shuffleanswers", "true"), *feedback, *pairs])


def _positions(question: Order) -> dict[int, str]:
    """Return for each rank the place or places that items of that rank take."""
    ranks = sorted(item.rank for item in question.items)
    positions: dict[int, str] = {}
    for rank in dict.fromkeys(ranks):
        first, last = ranks.index(rank) + 1, ranks.index(rank) + ranks.count(rank)
        positions[rank] = f"Place {first}" if first == last else f"Places {first} to {last}"
    return positions


def write_order(bank: Bank, question: Order) -> None:
    """Write an order as matching items with places, which every version of Moodle knows."""
    positions = _positions(question)
    pairs = [subquestion(each.text, positions[each.rank]) for each in question.items]
    bank.note(
        question,
        "An order is matched with places; each place counts, not Kendall's tau. This is what an "
        "order brings of which two neighbours are exchanged",
        _exchanged(question),
    )
    reasons = "".join(
        f"<li>{positions[each.rank]}: {plain_html(each.text)}. "
        f"{plain_html(reason_text('', each.reason, each.source, each.pinpoint))}</li>"
        for each in sorted(question.items, key=lambda each: each.rank)
    )
    _add_matching(bank, question, pairs, reasons)


def _exchanged(question: Order) -> str:
    """Return what an order brings in which the first two neighbours that differ are exchanged."""
    items = sorted(question.items, key=lambda each: each.rank)
    first = next(place for place, each in enumerate(items[1:]) if each.rank > items[place].rank)
    ids = [each.id for each in items]
    ids[first], ids[first + 1] = ids[first + 1], ids[first]
    here, there = question.judge(ids).credit, 1 - 2 / len(ids)
    return f"{per_cent(there)} in place of {per_cent(here)}"
