"""What the claim tracer says: the claim, its way to the post, its reading and its outcome."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.analysis.wording import changes, kept_share
from cybernorms.corpus.claims import JUDGEMENTS, KINDS, SUBJECTS, Claim, Step, load_claims
from cybernorms.corpus.lessons import LessonNumber, read_lesson
from cybernorms.corpus.rows import find_row
from cybernorms.document import (
    Block,
    Bullets,
    Facts,
    Heading,
    Inline,
    Line,
    Paragraph,
    Section,
    Strong,
)
from cybernorms.exercises.record import History
from cybernorms.pages.explorer import Field, all_or, check_open
from cybernorms.pages.kept import kept_ids
from cybernorms.pages.sourcing import bracketed, format_date, located, marked, quote

TITLE = "Claim tracer"
WHOLE = 0
ALIKE = 0.35  # two wordings that share less than this are compared by sense, not word by word
ASKED = "What is this claim, measured by its source? Choose, then save."
HELD = {
    "yes": "This prediction held.",
    "in part": "This prediction held in part.",
    "no": "This prediction did not hold.",
}


class TracerState(Struct, frozen=True):
    """What the tracer shows: a claim, one step of its way or the whole way, and the filters.

    `step` counts from 1; `WHOLE` stands for the whole way. `lesson` is the number of the lesson
    that shows it; outcomes that open later stay closed.
    """

    claim: str = "first-use"
    step: int = WHOLE
    kind: str = ""
    subject: str = ""
    lesson: str = "01"


def find_claim(id: str, *, lesson: LessonNumber) -> Claim:
    """Return a claim, with what a lesson may tell of it.

    Raises:
        CyberNormsError: there is no claim of that name, or no such lesson.
    """
    return find_row(load_claims(lesson=lesson), id, "claim")


def listed(state: TracerState) -> list[Claim]:
    """Return the claims that pass the filters of a state."""
    return [
        claim
        for claim in load_claims(lesson=state.lesson)
        if state.kind in ("", claim.kind) and state.subject in ("", claim.subject)
    ]


def count_line(state: TracerState, judged: int) -> str:
    """Return how many claims the filters let pass, and how many the learner has judged."""
    total = len(load_claims(lesson=state.lesson))
    return f"{len(listed(state))} of {total} claims in the list; {judged} of {total} judged."


# The claim


def claim_blocks(claim: Claim) -> list[Block]:
    """Return what the post claims, in which words, and what kind of claim it is."""
    blocks: list[Block] = [Paragraph([Strong("The post says, in short: "), claim.claim])]
    blocks.append(Paragraph(f"In our words. {left_out(claim.leaves_out)}".strip(), "note"))
    blocks += quote(claim.quotation)
    facts: list[tuple[str, Line]] = [("Kind of claim", claim.kind), ("Subject", claim.subject)]
    if claim.quoted_stage:
        facts.append(("Stage of the text or deal", claim.quoted_stage))
        facts.append(("Force of the text or deal", claim.quoted_force))
    blocks.append(Facts(facts))
    return [Section(f"Claim {claim.number}: {claim.name}", blocks, 4)]


# The way


def was_read(step: Step) -> bool:
    """Return whether the words of a step could be read, so that others can be compared with it."""
    return step.status in ("primary", "secondary")


def last_read(claim: Claim, step: Step) -> Step | None:
    """Return the last step before a step whose words could be read."""
    before = [each for each in claim.steps if each.position < step.position and was_read(each)]
    return before[-1] if before else None


def changed_words(before: str, after: str) -> str:
    """Return in a sentence which words are gone and which are new."""
    pieces = changes(before, after)

    def words_of(what: str) -> str:
        words = [f"\u201c{text.strip()}\u201d" for text, kind in pieces if kind == what]
        return ", ".join(word for word in words if any(letter.isalnum() for letter in word))

    gone, new = words_of("lost"), words_of("added")
    parts = [f"Gone: {gone}." if gone else "", f"New: {new}." if new else ""]
    return " ".join(part for part in parts if part)


def left_out(what: str) -> str:
    """Return a sentence on what the page leaves out of the words of a text, if anything."""
    return f"Not repeated here: {what}. " if what not in ("", "nothing") else ""


def own_words(step: Step) -> str:
    """Return which words of a step are the speaker's own, and what is left out of them."""
    if step.rendering == "verbatim":
        whose = "Word for word."
    elif step.quotation:
        whose = f"Word for word: \u201c{step.quotation.text}\u201d. The rest is in other words."
    else:
        whose = "In other words."
    return f"{whose} {left_out(step.leaves_out)}"


def step_section(claim: Claim, step: Step) -> Section:
    """Return one step of the way: who says it, when, in which words, and what was exchanged."""
    before = last_read(claim, step)
    blocks: list[Block] = []
    if not was_read(step):
        blocks.append(Paragraph([Strong("No words to read. "), step.wording]))
    elif before is None:
        blocks.append(Paragraph(step.wording, "plain"))
        if step.position > 1:
            blocks.append(Paragraph("There is nothing before it to compare it with.", "note"))
    elif kept_share(before.wording, step.wording) < ALIKE:
        blocks.append(Paragraph(step.wording, "plain"))
        note = f"The words are chosen anew. Compare the sense with step {before.position}."
        blocks.append(Paragraph(note, "note"))
    else:
        blocks.append(Paragraph(marked(before.wording, step.wording), "plain"))
        note = changed_words(before.wording, step.wording) or "No word has changed."
        blocks.append(Paragraph(note, "note"))
    whose = own_words(step) if was_read(step) else ""
    where = bracketed(step)
    blocks.append(Paragraph([whose, *where], "note"))
    title = f"Step {step.position} of {len(claim.steps)}: {step.speaker}, {format_date(step.date)}"
    return Section(title, blocks, 5)


def way_blocks(claim: Claim, step: int = WHOLE) -> list[Block]:
    """Return one step of the way of a claim, or all of them."""
    return [step_section(claim, each) for each in claim.steps if step in (WHOLE, each.position)]


# What it is


def verdict_on(claim: Claim, judgement: str) -> str:
    """Return what a judgement of a claim is worth, in words."""
    verdicts = {each.judgement: each.verdict for each in claim.readings}
    worth = {"correct": "the best reading", "defensible": "defensible"}
    return worth.get(verdicts.get(JUDGEMENTS[judgement], ""), "hard to defend here")


def reading_blocks(claim: Claim, judgement: str = "") -> list[Block]:
    """Return the module's reading of a claim, beside the learner's judgement if there is one."""
    blocks: list[Block] = []
    if judgement:
        yours = f"{JUDGEMENTS[judgement]}. This is {verdict_on(claim, judgement)}."
        blocks.append(Paragraph([Strong("Your judgement: "), yours]))
    for each in claim.readings:
        rank = "Best reading" if each.verdict == "correct" else "Defensible"
        blocks.append(Paragraph([Strong(f"{rank}, {each.judgement}. "), each.reason]))
    lines: list[list[Inline]] = [
        [Strong(f"{step.speaker}: "), step.change] for step in claim.steps if step.change
    ]
    blocks.append(Section("What changed on the way", [Bullets(lines)], 5))
    then = "What a careful reader could say on 22 September 2015"
    notes = [Paragraph(claim.note, "note")] if claim.note else []
    blocks.append(Section(then, [Paragraph(claim.as_of_2015), *notes], 5))
    return [Section("The module\u2019s reading", blocks, 4)]


def outcome_blocks(claim: Claim) -> list[Block]:
    """Return what came of a claim, where the lesson that it was loaded for may tell it."""
    if not claim.outcome or claim.outcome_source is None:
        closed = f"What came of it opens in lesson {claim.opens_in}."
        return [Paragraph(closed, "note")] if claim.opens_in else []
    blocks: list[Block] = []
    if claim.held:
        blocks.append(Paragraph([Strong(HELD[claim.held])]))
    where = located(claim.outcome_source, claim.outcome_pinpoint, claim.outcome_status)
    blocks.append(Paragraph([claim.outcome, " [", *where, "]"]))
    blocks += quote(claim.outcome_quotation)
    return [Section("What came of it", blocks, 4)]


def tracer_blocks(state: TracerState, judgement: str = "") -> list[Block]:
    """Return what the tracer shows for a state: the claim, its way, and the reading if open.

    Arguments:
        state: what to show.
        judgement: the learner's own, once it is kept; without it the reading stays closed.
    """
    if not listed(state):
        return [Paragraph([Strong("No claim fits both filters. "), "Set one of them to All."])]
    claim = find_claim(state.claim, lesson=state.lesson)
    reading = reading_blocks(claim, judgement) if judgement else []
    return [
        *claim_blocks(claim),
        *way_blocks(claim, state.step),
        Paragraph([Strong(ASKED), f" To choose from: {'; '.join(JUDGEMENTS.values())}."]),
        *reading,
        *outcome_blocks(claim),
    ]


def all_blocks(lesson: LessonNumber) -> list[Block]:
    """Return all claims with their ways and readings, one after the other."""
    return [
        Heading(TITLE),
        *(
            block
            for claim in load_claims(lesson=lesson)
            for block in (
                *claim_blocks(claim),
                *way_blocks(claim),
                *reading_blocks(claim),
                *outcome_blocks(claim),
            )
        ),
    ]


def key_of(claim: str) -> str:
    """Return the name under which the judgement of a claim is kept in the record."""
    return f"claim-{claim}"


def kept_judgements(history: History, lesson: str) -> dict[str, str]:
    """Return the judgements that were kept, by claim."""
    keys = {claim.id: key_of(claim.id) for claim in load_claims(lesson=lesson)}
    return kept_ids(history, keys, JUDGEMENTS)


def start(claim: str, lesson: LessonNumber) -> TracerState:
    """Return the state that opens with a claim.

    Raises:
        CyberNormsError: there is no such claim.
    """
    state = TracerState(lesson=read_lesson(lesson))
    claims = [each.id for each in load_claims(lesson=state.lesson)]
    return replace(state, claim=check_open(claim, claims, "claim") or state.claim)


KIND = Field("kind", "Kind of claim", lambda state: all_or(KINDS))
SUBJECT = Field("subject", "Subject", lambda state: all_or(SUBJECTS))
