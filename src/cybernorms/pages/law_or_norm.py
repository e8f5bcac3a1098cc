"""The law-or-norm sorter: passages with should, must and neither, sorted by force."""

from __future__ import annotations

from collections.abc import Mapping

from cybernorms.corpus.passages import KINDS_OF_FORCE, Passage, load_passages
from cybernorms.corpus.rows import find_row
from cybernorms.document import Block, Inline, Paragraph, Section, Strong
from cybernorms.pages.sheet import Sheet
from cybernorms.pages.sourcing import quote

TITLE = "Law or norm"
INTRO = (
    "Read each passage on its own. Ask whether it would bind a State if the report did not exist, "
    "whether it asks something of a State, or whether it does neither."
)


def passage_blocks(passage: Passage, chosen: str) -> list[Block]:
    """Return a passage with the learner's choice, all readings and what follows."""
    blocks: list[Block] = [*quote(passage.quotation, force=False)]
    verdicts = {each.force: each.verdict for each in passage.readings}
    if chosen:
        worth = {"correct": "the best reading", "defensible": "defensible"}
        verdict = worth.get(verdicts.get(chosen, ""), "hard to defend")
        blocks.append(
            Paragraph([Strong("Your choice: "), f"{KINDS_OF_FORCE[chosen]}. It is {verdict}."])
        )
    for each in passage.readings:
        best = "Best reading" if each.verdict == "correct" else "Defensible"
        line: list[Inline] = [Strong(f"{best}, {KINDS_OF_FORCE[each.force]}. "), each.reason]
        blocks.append(Paragraph(line))
    blocks.append(Paragraph([Strong("What follows. "), passage.follows]))
    return blocks


def verdict_on(line: str, choice: str) -> str:
    """Return what a choice for a passage is worth: `correct`, `defensible` or `incorrect`."""
    passage = find_row(load_passages(), line, "passage")
    return {each.force: each.verdict for each in passage.readings}.get(choice, "incorrect")


def one(line: str, choice: str) -> list[Block]:
    """Return the reading of one passage, without its words, beside the learner's choice."""
    return passage_blocks(find_row(load_passages(), line, "passage"), choice)[1:]


def ending(chosen: Mapping[str, str]) -> list[Block]:
    """Return how many passages were read as the module reads them."""
    verdicts = [verdict_on(line, choice) for line, choice in chosen.items()]
    count = (
        f"{verdicts.count('correct')} of {len(load_passages())} as the best reading has it, "
        f"{verdicts.count('defensible')} defensible."
    )
    return [Paragraph(count)]


def reading(chosen: Mapping[str, str]) -> list[Block]:
    """Return the reasoned reading of all passages beside the learner's choices."""
    passages = load_passages()
    sections: list[Block] = [
        Section(f"Passage {number}", passage_blocks(passage, chosen.get(passage.id, "")), 4)
        for number, passage in enumerate(passages, start=1)
    ]
    return [*ending(chosen), *sections]


def sheet() -> Sheet:
    """Return the one sheet of this sorter."""
    return Sheet(
        id="law-or-norm",
        title="Ten passages of three reports",
        intro=[Paragraph(INTRO)],
        lines={
            passage.id: f"{number}. \u201c{passage.quotation.text}\u201d"
            for number, passage in enumerate(load_passages(), start=1)
        },
        categories=dict(KINDS_OF_FORCE),
        reading=reading,
        unit="Passage",
        lead={each.id: quote(each.quotation, force=False) for each in load_passages()},
        one=one,
        look=verdict_on,
        ending=ending,
    )
