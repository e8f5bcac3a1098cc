"""The error hunt: lines of the post beside their sources, with and without a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from cybernorms.corpus.claims import (
    CHANGE_KINDS,
    Discrepancy,
    FaithfulRendering,
    load_discrepancies,
    load_faithful_renderings,
)
from cybernorms.document import (
    Block,
    Bullets,
    Facts,
    Inline,
    Paragraph,
    Section,
    Strong,
    curly,
)
from cybernorms.pages.sheet import Sheet
from cybernorms.pages.sourcing import bracketed

TITLE = "Error hunt"
NONE = "none"
INTRO = (
    "Each line has what the post has, then what its source has. Say what kind of change you see, "
    "if any: some lines are faithful."
)
KINDS = {
    "none": "no change that matters",
    "negation lost": "a \u201cnot\u201d is lost",
    "hedge dropped": "a word of doubt is lost",
    "scope widened": "it reaches further",
    "verb changed": "another verb for the same act",
    "qualifier dropped": "a condition or limit is lost",
    "place or date": "another place or time",
    "name or spelling": "a wrong name, term or spelling",
    "accusation hardened": "an accusation becomes a fact",
    "context left out": "something around it is left out",
    "cannot be checked": "it cannot be checked",
}
AROSE = {
    "the official": "It arose with the official.",
    "the newspaper": "It arose at the newspaper, and the post took it over.",
    "the post": "It arose in the post.",
    "unknown": "Where it arose cannot be told.",
}


class HuntPart(Struct, frozen=True):
    """One sheet of the hunt: its name, its lines in order, and what is only revealed."""

    id: str
    title: str
    lines: tuple[str, ...]
    revealed: tuple[str, ...] = ()


PARTS = (
    HuntPart(
        "promise",
        "1. The promise",
        (
            "missing-not",
            "peacetime",
            "most-likely",
            "cripple",
            "each-other",
            "arms-deal",
            "during-visit",
        ),
    ),
    HuntPart(
        "prohibition",
        "2. What the deal leaves out",
        (
            "may-not-contain",
            "general-acceptance",
            "initial-statement",
            "another-source",
            "code-or-norms",
            "first-version",
        ),
    ),
    HuntPart(
        "report",
        "3. The UN report and the accusations",
        (
            "law-qualifier",
            "infrastructure-words",
            "report-silent",
            "knowingly-support",
            "allow-condoning",
            "accused-of",
            "personnel-data",
            "conduct-in-cyberspace",
        ),
    ),
    HuntPart(
        "brazil",
        "4. The meeting in Brazil, and two speakers",
        (
            "april-meeting",
            "there",
            "three-conditions",
            "object-of-advance",
            "sepulveda-title",
            "department-of-secretary",
            "un-commission",
            "zeller",
            "hyphen",
        ),
    ),
    HuntPart(
        "thesis",
        "5. The thesis",
        (
            "slight-depart",
            "two-policies",
            "year-of-review",
            "review-left-open",
            "ellipsis",
            "multilateral-context",
            "july-remarks",
            "five-kinds",
            "slight-to-opposite",
        ),
        ("sanctions-threat", "opm", "meng-visit", "order-13694", "kerry-third-principle"),
    ),
)

HuntLine = Discrepancy | FaithfulRendering


def lines_by_id() -> dict[str, HuntLine]:
    """Return every line of the hunt, changed or faithful."""
    found: list[HuntLine] = [*load_discrepancies(), *load_faithful_renderings()]
    return {each.id: each for each in found}


def line_text(line: HuntLine) -> str:
    """Return a line as it is sorted: the post first, then its source."""
    return f"Post: {line.post_has}. Source: {line.source_has}."


def kinds_of(line: HuntLine) -> dict[str, str]:
    """Return the kinds of change that a line can be called, each with its verdict."""
    if isinstance(line, FaithfulRendering):
        return {NONE: "correct"}
    also: dict[str, str] = {line.also_kind: "defensible"} if line.also_kind else {}
    return {line.change_kind: "correct", **also}


def categories_of(part: HuntPart) -> dict[str, str]:
    """Return the kinds of change to choose from: those that a sheet has, in their order."""
    lines = lines_by_id()
    wanted = {kind for id in part.lines for kind in kinds_of(lines[id])}
    return {kind: KINDS[kind] for kind in CHANGE_KINDS if kind in wanted}


def score_line(part: HuntPart, chosen: Mapping[str, str]) -> str:
    """Return how many changes and faithful lines of a sheet were seen as such."""
    lines = lines_by_id()
    changed = [id for id in part.lines if isinstance(lines[id], Discrepancy)]
    seen = [id for id in changed if chosen.get(id, NONE) != NONE]
    named = [id for id in seen if chosen[id] in kinds_of(lines[id])]
    faithful = [id for id in part.lines if id not in changed]
    trusted = [id for id in faithful if chosen.get(id) == NONE]
    return (
        f"You found {len(seen)} of {len(changed)} changes and gave {len(named)} of them a name "
        f"that can be defended. You trusted {len(trusted)} of {len(faithful)} faithful lines."
    )


def choice_line(line: HuntLine, chosen: str) -> Paragraph:
    """Return the learner's choice with what it is worth."""
    verdict = kinds_of(line).get(chosen, "")
    readings = {"correct": "as this module reads it", "defensible": "defensible"}
    worth = readings.get(verdict, "another reading; compare the reasons")
    return Paragraph([Strong("Your choice: "), f"{KINDS[chosen]} ({worth})."])


def shortened(line: HuntLine) -> list[Block]:
    """Return a note on what is left out of the words of both texts, where it is not nothing."""
    sides = {"post": line.post_leaves_out, "source": line.source_leaves_out}
    found = [
        f"of the {side}: {what}" for side, what in sides.items() if what not in ("", "nothing")
    ]
    return [Paragraph(f"Not repeated here, {'; '.join(found)}.", "note")] if found else []


def line_blocks(line: HuntLine, chosen: str = "") -> list[Block]:
    """Return what is said of a line once it is sorted."""
    blocks: list[Block] = [choice_line(line, chosen)] if chosen else []
    where = bracketed(line)
    if isinstance(line, FaithfulRendering):
        faithful = Paragraph([Strong("Faithful. "), line.explanation, " ", *where])
        return [*blocks, faithful, *shortened(line)]
    kind = KINDS[line.change_kind]
    blocks.append(
        Paragraph(
            [Strong(f"{kind[0].upper()}{kind[1:]}. "), line.effect, " ", AROSE[line.arose_at]]
        )
    )
    if line.also_kind:
        also = f"Also defensible, {KINDS[line.also_kind]}. "
        blocks.append(Paragraph([Strong(also), line.also_reason]))
    blocks.append(Paragraph([Strong("In fairness. "), line.explanation, " ", *where]))
    return [*blocks, *shortened(line)]


def revealed_blocks(part: HuntPart) -> list[Block]:
    """Return the differences that no line shows, because the post says nothing there."""
    lines = lines_by_id()
    lines_below: list[list[Inline]] = []
    for id in part.revealed:
        line = lines[id]
        if isinstance(line, Discrepancy):
            where = bracketed(line)
            words = f"{line.source_has}. {line.effect} {line.explanation} "
            lines_below.append([Strong(f"{line.name}: "), words, *where])
    return [Section("What no line can show", [Bullets(lines_below)], 4)] if lines_below else []


def look_of(line: str, choice: str) -> str:
    """Return what a choice for a line is worth: `correct`, `defensible` or `incorrect`."""
    return kinds_of(lines_by_id()[line]).get(choice, "incorrect")


def ending_of(part: HuntPart) -> Callable[[Mapping[str, str]], list[Block]]:
    """Return the function that tells how a sheet went, and what no line of it can show."""
    return lambda chosen: [Paragraph(score_line(part, chosen)), *revealed_blocks(part)]


def leading(line: HuntLine) -> list[Block]:
    """Return a line as it is looked at: the post, and below it the source."""
    return [Facts([("Post", curly(line.post_has)), ("Source", curly(line.source_has))])]


def reading_of(part: HuntPart) -> Callable[[Mapping[str, str]], list[Block]]:
    """Return the function that explains a sheet beside given choices."""

    def reading(chosen: Mapping[str, str]) -> list[Block]:
        lines = lines_by_id()
        return [
            Paragraph(score_line(part, chosen)),
            *(
                Section(curly(lines[id].name), line_blocks(lines[id], chosen.get(id, "")), 4)
                for id in part.lines
            ),
            *revealed_blocks(part),
        ]

    return reading


def parts() -> list[HuntPart]:
    """Return the parts of the hunt, without lines that the tables do not have here.

    Lines that rest on a leaked text are among them only where such texts are shown.
    """
    known = lines_by_id()
    return [
        HuntPart(part.id, part.title, tuple(id for id in part.lines if id in known), part.revealed)
        for part in PARTS
    ]


def hunt_sheets() -> list[Sheet]:
    """Return the sheets of the hunt, in the order of the post."""
    lines = lines_by_id()
    return [
        Sheet(
            id=f"hunt-{part.id}",
            title=part.title,
            intro=[Paragraph(INTRO)],
            lines={id: line_text(lines[id]) for id in part.lines},
            categories=categories_of(part),
            reading=reading_of(part),
            lead={id: leading(lines[id]) for id in part.lines},
            one=lambda line, choice: line_blocks(lines[line], choice),
            look=look_of,
            ending=ending_of(part),
        )
        for part in parts()
    ]


def all_blocks() -> list[Block]:
    """Return all lines with what is said of them, sheet by sheet."""
    blocks: list[Block] = []
    for sheet in hunt_sheets():
        lines = Bullets(list(sheet.lines.values()))
        blocks.append(Section(sheet.title, [*sheet.intro, lines, *sheet.reading({})[1:]], 4))
    return blocks
