"""The claim tracer: the way of each claim to the post, step by step, and what one makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ipywidgets as w

from cybernorms.analysis.wording import changes, kept_share
from cybernorms.corpus.claims import (
    JUDGEMENTS,
    KINDS,
    SUBJECTS,
    Claim,
    Step,
    load_claims,
)
from cybernorms.document import (
    Added,
    Block,
    Bullets,
    Facts,
    Heading,
    Inline,
    Line,
    Lost,
    Paragraph,
    Quote,
    Section,
    Strong,
    to_html,
    to_text,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import Unreadable, find_id
from cybernorms.widgets.sourcing import bracketed, place, said
from cybernorms.widgets.view import (
    View,
    bar,
    button,
    controls,
    html,
    plain_looks,
    show,
    wide_looks,
)

TITLE = "Claim tracer"
WHOLE = 0
ALIKE = 0.35  # two wordings that share less than this are compared by sense, not word by word
ASKED = "What is this claim, measured by its source? Choose, then save."
HELD_TOLD = {
    "yes": "This prediction held.",
    "in part": "This prediction held in part.",
    "no": "This prediction did not hold.",
}


@dataclass(frozen=True)
class TracerState:
    """What the tracer shows: a claim, one step of its way or the whole way, and the filters.

    `step` counts from 1; `WHOLE` stands for the whole way. `lesson` is the number of the lesson
    that shows it; outcomes that open later stay closed.
    """

    claim: str = "first-use"
    step: int = WHOLE
    kind: str = ""
    subject: str = ""
    lesson: str = "01"


def find_claim(id: str) -> Claim:
    """Return a claim.

    Raises:
        CyberNormsError: there is no claim of that name; the message lists them.
    """
    for claim in load_claims():
        if claim.id == id:
            return claim
    known = ", ".join(claim.id for claim in load_claims())
    raise CyberNormsError(f"There is no claim called {id!r}", remedy=f"Choose one of: {known}")


def listed(state: TracerState) -> list[Claim]:
    """Return the claims that pass the filters of a state."""
    return [
        claim
        for claim in load_claims()
        if state.kind in ("", claim.kind) and state.subject in ("", claim.subject)
    ]


def key_of(claim: str) -> str:
    """Return the name under which the judgement of a claim is kept in the record."""
    return f"claim-{claim}"


def count_line(state: TracerState, judged: int) -> str:
    """Return how many claims the filters let pass, and how many the learner has judged."""
    total = len(load_claims())
    return f"{len(listed(state))} of {total} claims in the list; {judged} of {total} judged."


# The claim


def claim_blocks(claim: Claim) -> list[Block]:
    """Return what the post claims, in which words, and what kind of claim it is."""
    blocks: list[Block] = [Paragraph([Strong("The post says, in short: "), claim.claim])]
    if claim.quotation:
        quoted = claim.quotation
        blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
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


def marked(before: str, after: str) -> list[Inline]:
    """Return a wording with the words marked that it has lost and added since the one before."""
    told = {"kept": str, "lost": Lost, "added": Added}
    return [told[what](text) for text, what in changes(before, after)]


def changed_words(before: str, after: str) -> str:
    """Return in a sentence which words are gone and which are new."""
    pieces = changes(before, after)

    def told(what: str) -> str:
        words = [f"\u201c{text.strip()}\u201d" for text, kind in pieces if kind == what]
        return ", ".join(word for word in words if any(letter.isalnum() for letter in word))

    gone, new = told("lost"), told("added")
    parts = [f"Gone: {gone}." if gone else "", f"New: {new}." if new else ""]
    return " ".join(part for part in parts if part)


def own_words(step: Step) -> str:
    """Return which words of a step are the speaker's own, and which are a paraphrase."""
    if step.quotation is None:
        return "In other words. "
    if step.quotation.text == step.wording:
        return "Word for word. "
    return f"Word for word: \u201c{step.quotation.text}\u201d. The rest is in other words. "


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
        told = f"The words are chosen anew. Compare the sense with step {before.position}."
        blocks.append(Paragraph(told, "note"))
    else:
        blocks.append(Paragraph(marked(before.wording, step.wording), "plain"))
        told = changed_words(before.wording, step.wording) or "No word has changed."
        blocks.append(Paragraph(told, "note"))
    whose = own_words(step) if was_read(step) else ""
    where = bracketed(step.source, step.pinpoint, step.status)
    blocks.append(Paragraph([whose, *where], "note"))
    title = f"Step {step.position} of {len(claim.steps)}: {step.speaker}, {said(step.date)}"
    return Section(title, blocks, 5)


def way_blocks(claim: Claim, step: int = WHOLE) -> list[Block]:
    """Return one step of the way of a claim, or all of them."""
    return [step_section(claim, each) for each in claim.steps if step in (WHOLE, each.position)]


# What it is


def verdict_on(claim: Claim, judgement: str) -> str:
    """Return what a judgement of a claim is worth, in words."""
    verdicts = {each.judgement: each.verdict for each in claim.readings}
    told = {"correct": "the best reading", "defensible": "defensible"}
    return told.get(verdicts.get(JUDGEMENTS[judgement], ""), "hard to defend here")


def reading_blocks(claim: Claim, judgement: str = "") -> list[Block]:
    """Return the module's reading of a claim, beside the learner's judgement if there is one."""
    blocks: list[Block] = []
    if judgement:
        told = f"{JUDGEMENTS[judgement]}. This is {verdict_on(claim, judgement)}."
        blocks.append(Paragraph([Strong("Your judgement: "), told]))
    for each in claim.readings:
        rank = "Best reading" if each.verdict == "correct" else "Defensible"
        blocks.append(Paragraph([Strong(f"{rank}, {each.judgement}. "), each.reason]))
    lines: list[list[Inline]] = [
        [Strong(f"{step.speaker}: "), step.change] for step in claim.steps if step.change
    ]
    blocks.append(Section("What changed on the way", [Bullets(lines)], 5))
    told = "What a careful reader could say on 22 September 2015"
    notes = [Paragraph(claim.note, "note")] if claim.note else []
    blocks.append(Section(told, [Paragraph(claim.as_of_2015), *notes], 5))
    return [Section("The module\u2019s reading", blocks, 4)]


def outcome_blocks(claim: Claim, lesson: str) -> list[Block]:
    """Return what came of a claim, where the lesson may tell it."""
    told = claim.outcome_for(lesson)
    if not told or claim.outcome_source is None:
        closed = f"What came of it opens in lesson {claim.opens_in}."
        return [Paragraph(closed, "note")] if claim.opens_in and not told else []
    blocks: list[Block] = []
    if held := claim.held_for(lesson):
        blocks.append(Paragraph([Strong(HELD_TOLD[held])]))
    where = bracketed(claim.outcome_source, claim.outcome_pinpoint, claim.outcome_status)
    blocks.append(Paragraph([told, " ", *where]))
    if claim.outcome_quotation:
        quoted = claim.outcome_quotation
        blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
    return [Section("What came of it", blocks, 4)]


def tracer_blocks(state: TracerState, judgement: str = "") -> list[Block]:
    """Return what the tracer shows for a state: the claim, its way, and the reading if open.

    Arguments:
        state: what to show.
        judgement: the learner's own, once it is kept; without it the reading stays closed.
    """
    if not listed(state):
        return [Paragraph([Strong("No claim fits both filters. "), "Set one of them to All."])]
    claim = find_claim(state.claim)
    reading = reading_blocks(claim, judgement) if judgement else []
    return [
        *claim_blocks(claim),
        *way_blocks(claim, state.step),
        Paragraph([Strong(ASKED), f" To choose from: {'; '.join(JUDGEMENTS.values())}."]),
        *reading,
        *outcome_blocks(claim, state.lesson),
    ]


def all_blocks(lesson: str) -> list[Block]:
    """Return all claims with their ways and readings, one after the other."""
    return [
        Heading(TITLE),
        *(
            block
            for claim in load_claims()
            for block in (
                *claim_blocks(claim),
                *way_blocks(claim),
                *reading_blocks(claim),
                *outcome_blocks(claim, lesson),
            )
        ),
    ]


class ClaimTracer(View):
    """Controls bound to a TracerState, a judgement to keep, and the reading that it opens.

    Arguments:
        state: what to open with.
        record: where judgements are kept; the learner's own record if not given.
    """

    def __init__(self, state: TracerState | None = None, record: Record | None = None) -> None:
        self.state = state or TracerState()
        self._record = record or Record()
        self._kept: dict[str, str] = {}
        self._unsaved: dict[str, str] = {}
        self._setting = False
        self.kind = self._filter("Kind of claim", KINDS)
        self.subject = self._filter("Subject", SUBJECTS)
        self.claim = w.Dropdown(**plain_looks(), description="Claim")
        self.previous, self.next = button("Previous step"), button("Next step")
        self.whole = button("The whole way")
        judgements = [(text, id) for id, text in JUDGEMENTS.items()]
        self.judgement = w.RadioButtons(options=judgements, value=None, **wide_looks())
        self.save = button("Save my judgement", main=True)
        self._count, self._claim, self._way = html(""), html(""), html("")
        self._status, self._reading, self._outcome = html(""), html(""), html("")
        super().__init__(
            [
                html(to_html([Heading(TITLE)])),
                controls(self.kind, self.subject, self.claim),
                self._count,
                self._claim,
                bar(self.previous, self.next, self.whole),
                self._way,
                html(to_html([Paragraph([Strong(ASKED)])])),
                self.judgement,
                bar(self.save),
                self._status,
                self._reading,
                self._outcome,
            ],
            "cn-explorer",
        )
        self._read_kept()
        self._set(self.state)
        for field in (self.kind, self.subject, self.claim):
            field.observe(lambda _: self._read(), names="value")
        self.judgement.observe(lambda _: self._judged(), names="value")
        self.previous.on_click(lambda _: self._move(-1))
        self.next.on_click(lambda _: self._move(1))
        self.whole.on_click(lambda _: self._set(replace(self.state, step=WHOLE)))
        self.save.on_click(lambda _: self.submit())

    def _filter(self, label: str, values: Sequence[str]) -> w.Dropdown:
        options = [("All", ""), *((text, text) for text in values)]
        return w.Dropdown(**plain_looks(), description=label, options=options)

    def blocks(self) -> Sequence[Block]:
        return [
            Heading(TITLE),
            Paragraph(count_line(self.state, len(self._kept))),
            *tracer_blocks(self.state, self._open_judgement()),
        ]

    def submit(self) -> None:
        """Keep the judgement and open the reading; nothing opens before it is kept."""
        id, chosen = self.state.claim, self.judgement.value
        if not chosen:
            self._say("problem", "Choose a judgement first, then save it.")
            return
        try:
            self._record.append(key_of(id), "", chosen)
        except CyberNormsError as error:
            self._say("problem", str(error))
            return
        self._kept[id] = chosen
        self._unsaved.pop(id, None)
        self._set(self.state)
        self._say("saved", "Saved. Compare it with the reading below.")

    def _open_judgement(self) -> str:
        """Return the judgement that is kept and not being changed, or nothing."""
        id = self.state.claim
        return "" if id in self._unsaved else self._kept.get(id, "")

    def _read_kept(self) -> None:
        """Take the judgements that were kept; what cannot be read is left alone."""
        try:
            history = self._record.read()
        except CyberNormsError:  # told as soon as something is to be saved
            return
        for claim in load_claims():
            last = history.last(key_of(claim.id))
            try:
                if last:
                    self._kept[claim.id] = find_id(last.response, JUDGEMENTS)
            except Unreadable:
                continue

    def _read(self) -> None:
        """Take the state from the lists; another claim begins with its whole way."""
        if self._setting:
            return
        state = replace(self.state, kind=self.kind.value, subject=self.subject.value)
        if self.claim.value and self.claim.value != state.claim:
            state = replace(state, claim=self.claim.value, step=WHOLE)
        self._set(state)

    def _move(self, by: int) -> None:
        """Go a step on or back; from the whole way to its first or last step."""
        last = len(find_claim(self.state.claim).steps)
        at = self.state.step or (0 if by > 0 else last + 1)
        self._set(replace(self.state, step=min(last, max(1, at + by))))

    def _judged(self) -> None:
        """Note a choice that is not kept yet; the reading closes until it is."""
        if not self._setting:
            self._unsaved[self.state.claim] = self.judgement.value
            self._set(self.state)

    def _set(self, state: TracerState) -> None:
        """Bring controls and page into a state, the claim moved into the filtered list."""
        claims = listed(state)
        if claims and state.claim not in [claim.id for claim in claims]:
            state = replace(state, claim=claims[0].id, step=WHOLE)
        self.state = state
        id = state.claim
        self._setting = True
        try:
            with self.hold_sync():
                self.kind.value, self.subject.value = state.kind, state.subject
                self._list(claims)
                self.judgement.value = self._unsaved.get(id, self._kept.get(id))
        finally:
            self._setting = False
        told = count_line(state, len(self._kept))
        self._count.value = f"<p class='cn-note' role='status'>{told}</p>"
        self._page(claims)

    def _page(self, claims: Sequence[Claim]) -> None:
        state, chosen = self.state, self._open_judgement()
        if not claims:
            self._claim.value = to_html(tracer_blocks(state))
            self._way.value = self._status.value = self._reading.value = self._outcome.value = ""
            return
        claim = find_claim(state.claim)
        self._claim.value = to_html(claim_blocks(claim))
        self._way.value = to_html(way_blocks(claim, state.step))
        self._reading.value = to_html(reading_blocks(claim, chosen)) if chosen else ""
        self._outcome.value = to_html(outcome_blocks(claim, state.lesson))
        if state.claim in self._unsaved:
            note = "Not saved yet: press Save my judgement, then the reading opens."
            self._status.value = f"<p class='cn-note'>{note}</p>"
        elif chosen:
            self._say("saved", "Your judgement is saved and filled in.")
        else:
            self._status.value = ""

    def _list(self, claims: Sequence[Claim]) -> None:
        """Fill the list of claims, those that are judged told as such."""
        options = [(self._label(claim), claim.id) for claim in claims]
        if list(self.claim.options) != options:
            self.claim.options = options
        if claims and self.claim.value != self.state.claim:
            self.claim.value = self.state.claim

    def _label(self, claim: Claim) -> str:
        judged = ", judged" if claim.id in self._kept else ""
        return f"{claim.number}. {claim.name}{judged}"

    def _say(self, look: str, told: str) -> None:
        line = to_html([Paragraph(told)]).removeprefix("<p>").removesuffix("</p>")
        self._status.value = f"<p class='cn-result cn-{look}' role='alert'>{line}</p>"


def show_claims(claim: str = "first-use", *, lesson: str = "01", text: bool = False) -> None:
    """Show the claim tracer.

    Arguments:
        claim: the claim to open with.
        lesson: the number of the lesson; outcomes that open later stay closed.
        text: print everything as plain text instead, all claims with their readings.

    Raises:
        CyberNormsError: there is no claim of that name.
    """
    state = TracerState(find_claim(claim).id, lesson=lesson)
    if text:
        print(to_text(all_blocks(lesson)))
    else:
        show(ClaimTracer(state))
