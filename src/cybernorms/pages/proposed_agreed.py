"""The workbench of September 2015: guess what became of an element, then open what was agreed.

The first element that is opened closes the forecast of lesson 01, which could otherwise be changed
by somebody who knows how things came out.
"""

from __future__ import annotations

from collections.abc import Mapping

from cybernorms.corpus.commitments import Element, Version, load_elements
from cybernorms.corpus.rows import find_row
from cybernorms.document import (
    Block,
    Columns,
    Facts,
    Heading,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.exercises.record import Record
from cybernorms.pages.explorer import Field, among
from cybernorms.pages.kept import kept_ids
from cybernorms.pages.sourcing import bracketed, quote

LESSON = "06"
TITLE = "Proposed and agreed"
INTRO = (
    "Choose an element, read what was reported or proposed of it until 22 September 2015, and "
    "guess what became of it. Then open what was agreed."
)
STILL_OPEN = (
    "With the first element that you open, your forecast is closed. "
    "If you have not made one yet, make it first, in lesson 01: it takes five minutes."
)
GUESSES = {
    "as-expected": "It came in, much as reported or proposed",
    "after-all": "It came in, though no report had it or it was reported to stay out",
    "left-out": "It was reported and was left out",
    "neither": "It was not expected, and it did not come in",
}
FATE_OF_GUESS = {
    "in as reported": "as-expected",
    "in as proposed": "as-expected",
    "in after all": "after-all",
    "left out": "left-out",
    "in neither": "neither",
}


def version_section(title: str, version: Version) -> Section:
    """Return an element at one time: wording, stage, force and where it stands."""
    blocks: list[Block] = [Paragraph(version.text)]
    blocks += quote(version.quotation)
    facts: list[tuple[str, Line]] = [
        ("Stage", version.stage or "nothing there"),
        ("Force", version.force),
        ("Where", bracketed(version)),
    ]
    return Section(title, [*blocks, Facts(facts)], 4)


def element_blocks(element: Element, guess: str = "") -> list[Block]:
    """Return an element: the proposal alone, or with a guess also what was agreed.

    Arguments:
        element: the element.
        guess: the id of the guess that was kept; empty for none.
    """
    proposed = version_section("Until 22 September 2015", element.proposed)
    if not guess:
        return [proposed]
    right = FATE_OF_GUESS[element.fate]
    fact = f"{GUESSES[right]}."
    outcome: Line = [Strong("You guessed right: "), fact]
    if guess != right:
        yours = f"{GUESSES[guess]}. "
        outcome = [Strong("You guessed: "), yours, Strong("In fact: "), fact]
    return [
        Columns([proposed, version_section("On 25 September 2015", element.agreed)]),
        Paragraph(outcome),
        Paragraph([Strong("What changed. "), element.change]),
    ]


def overview(guesses: Mapping[str, str]) -> list[Block]:
    """Return the elements that were opened, and how many are left."""
    elements = load_elements(lesson=LESSON)
    opened = [each for each in elements if each.id in guesses]
    count = f"{len(opened)} of {len(elements)} elements opened."
    if not opened:
        return [Paragraph(count, "note")]
    rows: list[list[Line]] = [
        [
            each.name,
            GUESSES[guesses[each.id]],
            GUESSES[FATE_OF_GUESS[each.fate]],
            each.agreed.force if each.agreed.stage else "nothing agreed",
        ]
        for each in opened
    ]
    columns = ["Element", "Your guess", "What happened", "Force of what was agreed"]
    return [Paragraph(count, "note"), Table("Elements that you opened", columns, rows)]


def key_of(element: str) -> str:
    """Return what the record calls the guess on an element."""
    return f"element-{element}"


def kept_guesses(record: Record) -> dict[str, str]:
    """Return the guesses that the record holds, by id of the element."""
    keys = {id: key_of(id) for id in element_ids()}
    return kept_ids(record.read(), keys, GUESSES)


def element_ids() -> list[str]:
    """Return the ids of all elements, in their order."""
    return [each.id for each in load_elements(lesson=LESSON)]


def find_element(id: str) -> Element:
    """Return an element by its id."""
    return find_row(load_elements(lesson=LESSON), id, "element")


def head_blocks(closed: bool) -> list[Block]:
    """Return the title and how to go about it, with a warning while the forecast is still open."""
    warning = [] if closed else [Paragraph(STILL_OPEN, "note")]
    return [Heading(TITLE), Paragraph(INTRO), *warning]


ELEMENT = Field(
    "element",
    "Element",
    lambda state: [
        (f"{each.position}. {each.name}", each.id) for each in load_elements(lesson=LESSON)
    ],
)
GUESS = Field("guess", "My guess", among(GUESSES))
