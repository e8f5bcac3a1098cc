"""The sentence that is retold: the same words in several hands, and what became of each of them.

Only words of a source move. What stands around them is ours and stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.analysis.wording import changes
from cybernorms.corpus.claims import Claim, ClaimWord, Step, load_claim_words, load_claims
from cybernorms.corpus.lessons import LessonNumber
from cybernorms.corpus.rows import find_row
from cybernorms.document import (
    Added,
    Block,
    Heading,
    Inline,
    Lost,
    Paragraph,
    Quoted,
    Section,
    Strong,
)
from cybernorms.pages.claims import was_read
from cybernorms.pages.sourcing import bracketed, format_date

TITLE = "The sentence that’s retold"
FIRST_USE = "first-use"
ASKED = "One word went missing on the way. Which one matters?"


class Lane(Struct, frozen=True):
    """A sentence in one hand: who says it and when, its words, and ours before and after them.

    `pieces` say what became of the words of the lane before: `kept`, `lost` or `added`; nothing
    for the first. `told` is our sentence where there are no words to read.
    """

    hand: str
    when: str
    before: str = ""
    words: str = ""
    after: str = ""
    pieces: Sequence[tuple[str, str]] = ()
    told: str = ""


def find_sentence(claim: str, *, lesson: LessonNumber) -> Claim:
    """Return a claim whose words can be followed from one text into the next.

    Raises:
        CyberNormsError: there is no claim of that name, or no such lesson.
    """
    return find_row(load_claims(lesson=lesson), claim, "claim")


def sentences(lesson: LessonNumber) -> list[Claim]:
    """Return the claims of which two texts or more have words to compare."""
    return [each for each in load_claims(lesson=lesson) if len(_quoted(each)) > 1]


def _quoted(claim: Claim) -> list[Step]:
    return [step for step in claim.steps if was_read(step) and step.quotation]


def lanes(claim: Claim) -> list[Lane]:
    """Return the sentence of a claim in each hand that it went through."""
    found: list[Lane] = []
    last = ""
    for step in claim.steps:
        hand, when = step.speaker, format_date(step.date)
        if step.quotation is None or not was_read(step):
            found.append(Lane(hand, when, told=step.wording))
            continue
        words = step.wording if step.rendering == "verbatim" else step.quotation.text
        before, _, after = step.wording.partition(words)
        pieces = changes(last, words) if last else ()
        found.append(Lane(hand, when, before.strip(), words, after.strip(), pieces))
        last = words
    return found


def key_word(claim: str) -> str:
    """Return the word whose loss matters, or nothing where none was singled out."""
    words = load_claim_words(claim).values()
    return next((each.word for each in words if each.verdict == "correct"), "")


def verdict_on(claim: str, word: str) -> ClaimWord:
    """Return what a word is worth as the one that matters."""
    words = load_claim_words(claim)
    return words.get(word.casefold(), words["*"])


def _marked(lane: Lane) -> list[Inline]:
    """Return the words of a lane with marks on what was lost and added."""
    if not lane.pieces:
        return [Quoted(lane.words)]
    kinds = {"kept": str, "lost": Lost, "added": Added}
    return [kinds[kind](text) for text, kind in lane.pieces]


def lane_section(claim: Claim, number: int) -> Section:
    """Return one hand with its sentence."""
    lane, step = lanes(claim)[number], claim.steps[number]
    if lane.told:
        words: list[Inline] = [lane.told]
    else:
        before = [f"{lane.before} "] if lane.before else []
        after = [f" {lane.after}"] if lane.after else []
        words = [*before, *_marked(lane), *after]
    return Section(f"{lane.hand}, {lane.when}", [Paragraph([*words, " ", *bracketed(step)])], 4)


def first_read(claim: Claim) -> int:
    """Return the number of the first hand whose words can be read."""
    return next(number for number, lane in enumerate(lanes(claim)) if lane.words)


def retold_blocks(claim: Claim, answered: bool = True, *, whole: bool = True) -> list[Block]:
    """Return a sentence in its hands; what was lost is marked once the question is answered.

    Arguments:
        claim: the claim whose sentence it is.
        answered: whether the word that matters has been found.
        whole: whether hands without words to read come first, too.
    """
    blocks: list[Block] = [Heading(TITLE)]
    begin = 0 if whole else first_read(claim)
    for number, lane in list(enumerate(lanes(claim)))[begin:]:
        if answered or lane.told or not lane.pieces:
            blocks.append(lane_section(claim, number))
            continue
        plain = "".join(text for text, kind in lane.pieces if kind != "lost")
        before, after = (f"{lane.before} ".lstrip(), f" {lane.after}".rstrip())
        line: list[Inline] = [before, Quoted(plain), after, " ", *bracketed(claim.steps[number])]
        blocks.append(Section(f"{lane.hand}, {lane.when}", [Paragraph(line)], 4))
    if not answered and key_word(claim.id):
        blocks.append(Paragraph([Strong(ASKED)]))
    return blocks


def told_line(claim: Claim) -> str:
    """Return in a sentence what was lost and added on the way, for those who do not see it move."""
    lost = [text.strip() for lane in lanes(claim) for text, kind in lane.pieces if kind == "lost"]
    added = [text.strip() for lane in lanes(claim) for text, kind in lane.pieces if kind == "added"]
    parts = []
    if lost:
        parts.append(f"Gone: {_listed(lost)}.")
    if added:
        parts.append(f"New: {_listed(added)}.")
    return " ".join(parts) or "Every word came through."


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
