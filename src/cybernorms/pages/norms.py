"""The norm explorer: browse, filter, read and compare the eleven norms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.analysis.norms import filter_norms, split_clause
from cybernorms.corpus.norms import DUTIES, WORDINGS, Norm, find_norm, load_norms, load_themes
from cybernorms.corpus.sources import STATUS_NOTES
from cybernorms.document import (
    Aside,
    Block,
    Columns,
    Facts,
    Inline,
    Paragraph,
    Section,
    Strong,
)
from cybernorms.pages.explorer import Button, Count, Explorer, Field, Options, all_or, bar, row
from cybernorms.pages.sourcing import bracketed, quote, quoted, sourced

TITLE = "Norm explorer"


class NormState(Struct, frozen=True):
    """What the explorer shows: a norm, perhaps a second one, and the filters of the list.

    `lesson` is the number of the lesson that shows it; related texts that open later stay closed.
    """

    letter: str = "a"
    compare: str = ""
    wording: str = ""
    duty: str = ""
    theme: str = ""
    lesson: str = "02"


def listed(state: NormState) -> list[Norm]:
    """Return the norms that pass the filters of a state."""
    return filter_norms(
        load_norms(lesson=state.lesson),
        wording=state.wording,
        duty=state.duty,
        theme=state.theme,
    )


def _clause(text: str) -> list[Inline]:
    """Return the words of a norm with its modal verbs set off."""
    return [Strong(piece) if part == "modal" else piece for piece, part in split_clause(text)]


def _readings(norm: Norm, axis: str) -> list[Block]:
    blocks: list[Block] = []
    for reading in norm.readings:
        if reading.axis == axis:
            also = "" if reading.verdict == "correct" else " (can also be argued)"
            blocks.append(
                Paragraph([Strong(f"{reading.value.capitalize()}{also}. "), reading.reason])
            )
    return blocks


def norm_section(norm: Norm) -> Section:
    """Return everything the module says about a norm, as far as it was loaded for a lesson."""
    qualifiers = [piece for piece, part in split_clause(norm.quotation.text) if part == "qualifier"]
    blocks: list[Block] = [
        quoted(norm.quotation, _clause(norm.quotation.text)),
        Paragraph([Strong("In plain words. "), norm.plain], "plain"),
        Facts(
            [
                ("Wording", ", ".join(norm.values("wording"))),
                ("Duty", _values(norm, "duty")),
                ("Qualifiers", ", ".join(dict.fromkeys(qualifiers)) or "none marked"),
                ("Themes", ", ".join(theme.name for theme in norm.themes)),
            ]
        ),
        Section(
            "Common misreading",
            [
                block
                for each in norm.misreadings
                for block in (
                    Paragraph([Strong("\u201c" + each.misreading.rstrip(".") + ".\u201d")]),
                    Paragraph(sourced(each.reply, each)),
                )
            ],
            5,
        ),
        Aside(
            "What the report of 2021 added",
            [Paragraph(sourced(each.text, each)) for each in norm.guidance]
            + [Paragraph(STATUS_NOTES["secondary"], "note")],
        ),
        Aside("Why it is sorted this way", [*_readings(norm, "wording"), *_readings(norm, "duty")]),
        Aside("Related paragraphs", _related(norm)),
    ]
    return Section(f"Norm {norm.label}", blocks, 4)


def _values(norm: Norm, axis: str) -> str:
    values = [
        reading.value if reading.verdict == "correct" else f"{reading.value} (arguable)"
        for reading in norm.readings
        if reading.axis == axis
    ]
    return ", ".join(values)


def _main(norm: Norm, axis: str) -> list[str]:
    return [r.value for r in norm.readings if r.axis == axis and r.verdict == "correct"]


def _related(norm: Norm) -> list[Block]:
    blocks: list[Block] = []
    for each in norm.relations:
        title = f"{each.label} ({each.relation}). "
        blocks.append(Paragraph([Strong(title), each.text, " ", *bracketed(each)]))
        blocks += quote(each.quotation)
    return blocks


def _shared(one: Norm, two: Norm) -> Paragraph:
    """Say in a line what two norms have in common and where they part."""

    def describe(axis: str) -> str:
        first, second = _main(one, axis), _main(two, axis)
        if same := [value for value in first if value in second]:
            return f"same {axis}: {', '.join(same)}"
        parted = f"{axis}: {', '.join(first)} against {', '.join(second)}"
        both = [value for value in one.values(axis) if value in two.values(axis)]
        return f"{parted}, though {', '.join(both)} can be argued for both" if both else parted

    themes = [theme.name for theme in one.themes if theme in two.themes]
    common = f"shared themes: {', '.join(themes)}" if themes else "no shared theme"
    return Paragraph(
        [
            Strong("Side by side. "),
            f"{describe('wording')}; {describe('duty')}; {common}.".capitalize(),
        ]
    )


def explorer_blocks(state: NormState) -> list[Block]:
    """Return what the explorer shows for a state: one norm, or two side by side."""
    norms = listed(state)
    if not norms:
        return [
            Paragraph([Strong("No norm fits all of these filters. "), "Set one of them to All."])
        ]
    norm = find_norm(state.letter, lesson=state.lesson)
    if not state.compare or state.compare == state.letter:
        return [norm_section(norm)]
    other = find_norm(state.compare, lesson=state.lesson)
    return [
        _shared(norm, other),
        Columns([norm_section(each) for each in (norm, other)]),
    ]


def count_line(state: NormState) -> str:
    """Return how many of the norms the filters let pass, and which."""
    norms = listed(state)
    letters = ", ".join(f"({norm.letter})" for norm in norms)
    total = len(load_norms(lesson=state.lesson))
    return f"{len(norms)} of {total} norms: {letters}" if norms else f"0 of {total} norms"


def opened(state: NormState, norms: str | Sequence[str]) -> NormState:
    """Return the state that opens with a norm, or with two side by side."""
    letters = [norms] if isinstance(norms, str) else norms
    found = {
        name: find_norm(each, lesson=state.lesson).letter
        for name, each in zip(("letter", "compare"), letters, strict=False)
        if each
    }
    return replace(state, **found)


def all_blocks(lesson: str) -> list[Block]:
    """Return all norms, one after the other."""
    return [norm_section(norm) for norm in load_norms(lesson=lesson)]


def _step(step: int, state: NormState) -> NormState:
    """Return the state with the next norm of the list, or the one before."""
    letters = [norm.letter for norm in listed(state)]
    if not letters:
        return state
    index = (letters.index(state.letter) + step) % len(letters)
    return replace(state, letter=letters[index])


def _themes(state: NormState) -> Options:
    return [("All", ""), *((theme.name, id) for id, theme in load_themes().items())]


def _others(state: NormState) -> Options:
    others = [
        (norm.label, norm.letter)
        for norm in load_norms(lesson=state.lesson)
        if norm.letter != state.letter
    ]
    return [("Nothing", ""), *others]


EXPLORER = Explorer(
    TITLE,
    NormState,
    (
        row(
            Field("wording", "Wording", lambda state: all_or(WORDINGS)),
            Field("duty", "Duty", lambda state: all_or(DUTIES)),
            Field("theme", "Theme", _themes),
        ),
        Count(count_line),
        row(
            Field(
                "letter",
                "Norm",
                lambda state: [(norm.label, norm.letter) for norm in listed(state)],
                kind="tabs",
            ),
        ),
        row(Field("compare", "Compare with", _others)),
        bar(
            Button("Previous norm", partial(_step, -1)),
            Button("Next norm", partial(_step, 1)),
            Button(
                "Clear the filters",
                lambda state: NormState(letter=state.letter, lesson=state.lesson),
            ),
        ),
    ),
    explorer_blocks,
    opens="letter",
    what="norm",
    opened=opened,
)
