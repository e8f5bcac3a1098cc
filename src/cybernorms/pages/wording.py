"""The wording lab: clauses side by side, slot by slot and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.analysis.clauses import SlotDifference, compare_parts
from cybernorms.corpus.clauses import GAP, SLOTS, Clause, Part, find_clause, load_clauses
from cybernorms.document import (
    Aside,
    Block,
    Columns,
    Facts,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.errors import CyberNormsError
from cybernorms.pages.explorer import Explorer, Field, Options, row
from cybernorms.pages.sourcing import location, marked, quoted

TITLE = "Wording lab"
NAMES = ("First", "Second", "Third")
MOST = len(NAMES)


class WordingState(Struct, frozen=True):
    """What the lab shows: ids of two or three clauses, and the lesson that shows them."""

    first: str = "nyt-first-use"
    second: str = "post-first-use"
    third: str = ""
    lesson: str = "05"


def clauses_of(state: WordingState) -> list[Clause]:
    """Return the clauses of a state, each of them once.

    Raises:
        CyberNormsError: a clause is not known, or opens in a later lesson.
    """
    ids = dict.fromkeys(id for id in (state.first, state.second, state.third) if id)
    return [find_clause(id, lesson=state.lesson) for id in ids]


def _text(clause: Clause) -> list[Block]:
    """Return the words of a clause: quoted, or paraphrased where only a part may be quoted."""
    where = location(clause)
    words = clause.quotation.text
    if clause.wording == words:
        return [quoted(clause.quotation, at=clause)]
    before, after = clause.wording.split(words, 1)
    return [Paragraph([before, "\u201c", words, "\u201d", after, " [", *where, "]"])]


def clause_section(clause: Clause, name: str) -> Section:
    """Return one clause with its words, stage and force."""
    blocks: list[Block] = [
        *_text(clause),
        Facts([("Text", clause.instrument.name), ("Stage", clause.stage), ("Force", clause.force)]),
    ]
    if clause.leaves_out:
        blocks.append(Paragraph(f"Not repeated here: {clause.leaves_out}.", "note"))
    if clause.note:
        blocks.append(Paragraph(clause.note, "note"))
    return Section(f"{name}: {clause.label}", blocks, 4)


def labels(parts: Sequence[Part]) -> str:
    """Return the labels of parts in a line."""
    return ", ".join(part.label for part in parts)


def words_in(clause: Clause, slot: str) -> str:
    """Return what a clause has in a slot: its own words, or ours where they are not quoted."""
    if words := clause.words[slot]:
        return f'"{words}"'
    if parts := clause.of(slot):
        return f"{labels(parts)} (our words)"
    return "nothing"


def describe(difference: SlotDifference, first: Clause, other: Clause, name: str) -> str:
    """Return in words whether the first clause and another, named by `name`, agree in a slot."""
    slot = difference.slot
    if not first.of(slot) and not other.of(slot):
        return "Both are silent."
    if difference.same:
        one, two = (each.words[slot].replace(GAP, " ").casefold() for each in (first, other))
        return "Same." if one == two else "Same, in other words."
    sides = []
    if difference.only_first:
        sides.append(f"only the first has {labels(difference.only_first)}")
    if difference.only_second:
        sides.append(f"only the {name} has {labels(difference.only_second)}")
    return f"Differs: {'; '.join(sides)}."


def slot_table(clauses: Sequence[Clause]) -> Table:
    """Return the clauses slot by slot, each later one compared with the first."""
    first, *others = clauses
    names = [name.casefold() for name in NAMES]
    found = [
        {each.slot: each for each in compare_parts(first.parts, other.parts)} for other in others
    ]
    rows: list[list[Line]] = []
    for slot, title in SLOTS.items():
        verdicts = [
            describe(differences[slot], first, other, name)
            for differences, other, name in zip(found, others, names[1:], strict=False)
        ]
        rows.append([title, *(words_in(each, slot) for each in clauses), *verdicts])
    compared = [f"{name.capitalize()} against first" for name in names[1 : len(clauses)]]
    columns = ["Slot", *NAMES[: len(clauses)], *compared]
    caption = f"Slot by slot: {' / '.join(each.label for each in clauses)}"
    return Table(caption, columns, rows, fold=False)


def word_by_word(before: Clause, after: Clause) -> Paragraph:
    """Return the second wording with marks for what it lost and added against the first."""
    return Paragraph(marked(before.wording, after.wording))


def meanings(clauses: Sequence[Clause]) -> list[tuple[str, Line]]:
    """Return the parts that the clauses do not share, each with what it does to a clause."""
    first, *others = clauses
    parts: dict[str, Part] = {}
    for other in others:
        for each in compare_parts(first.parts, other.parts):
            parts |= {part.id: part for part in (*each.only_first, *each.only_second)}
    order = list(SLOTS)
    listed = sorted(parts.values(), key=lambda part: (order.index(part.slot), part.position))
    return [(f"{SLOTS[part.slot]}: {part.label}", part.meaning) for part in listed]


def wording_blocks(state: WordingState) -> list[Block]:
    """Return what the lab shows for a state."""
    clauses = clauses_of(state)
    if len(clauses) < 2:
        return [Paragraph([Strong("Choose two different clauses. "), "A third one is optional."])]
    blocks: list[Block] = [
        Columns([clause_section(each, name) for each, name in zip(clauses, NAMES, strict=False)]),
        slot_table(clauses),
    ]
    compared: list[Block] = [Paragraph("Struck out: only in the earlier. Underlined: only here.")]
    for number, (before, after) in enumerate(pairwise(clauses)):
        names = f"From the {NAMES[number].casefold()} to the {NAMES[number + 1].casefold()}. "
        compared += [Paragraph([Strong(names)]), word_by_word(before, after)]
    blocks.append(Section("Word by word", compared, 4))
    if facts := meanings(clauses):
        blocks.append(Aside("What the parts that differ do to a clause", [Facts(facts)]))
    return blocks


def opened(state: WordingState, clauses: str | Sequence[str]) -> WordingState:
    """Return the state that opens with two or three clauses.

    Raises:
        CyberNormsError: there are fewer than two clauses or more than three, or one is not known.
    """
    if clauses == "":
        return state
    ids = (clauses,) if isinstance(clauses, str) else tuple(clauses)
    if not 2 <= len(dict.fromkeys(ids)) == len(ids) <= MOST:
        raise CyberNormsError(
            f"The wording lab compares two or three different clauses, not {len(ids)}",
            remedy='Write for example show_wording(("nyt-first-use", "post-first-use"))',
        )
    state = replace(state, **dict(zip(("first", "second", "third"), ids, strict=False)))
    clauses_of(state)
    return state


def _clauses(state: WordingState) -> Options:
    return [(each.label, each.id) for each in load_clauses(lesson=state.lesson)]


EXPLORER = Explorer(
    TITLE,
    WordingState,
    (
        row(
            Field("first", NAMES[0], _clauses),
            Field("second", NAMES[1], _clauses),
            Field("third", NAMES[2], lambda state: [("Nothing", ""), *_clauses(state)]),
        ),
    ),
    wording_blocks,
    opens="first",
    what="clause",
    first="05",
    opened=opened,
)
