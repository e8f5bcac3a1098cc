"""The claim tracer: walk each claim to the post, judge it, and see what it can be called."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import ipywidgets as w
from msgspec.structs import replace

from cybernorms.corpus.claims import JUDGEMENTS, Claim
from cybernorms.document import Block, Heading, Paragraph, Strong, to_html
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.claims import (
    ASKED,
    KIND,
    SUBJECT,
    TITLE,
    WHOLE,
    TracerState,
    claim_blocks,
    count_line,
    find_claim,
    kept_judgements,
    key_of,
    listed,
    outcome_blocks,
    reading_blocks,
    tracer_blocks,
    way_blocks,
)
from cybernorms.widgets.explorer import draw
from cybernorms.widgets.view import (
    View,
    bar,
    button,
    controls,
    html,
    outcome,
    plain_looks,
    wide_looks,
)


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
        self.kind = draw(KIND, KIND.offers(None))
        self.subject = draw(SUBJECT, SUBJECT.offers(None))
        self.claim = w.Dropdown(**plain_looks(), description="Claim")
        self.claim.add_class("cn-whole-row")
        self.previous, self.next = button("Previous step"), button("Next step")
        self.whole = button("The whole way")
        judgements = [(text, id) for id, text in JUDGEMENTS.items()]
        self.judgement = w.RadioButtons(options=judgements, value=None, **wide_looks())
        self.save = button("Save my judgement", main=True)
        self._count, self._claim, self._way = html(""), html(""), html("")
        self._reading, self._outcome = outcome(), html("")
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
        with suppress(CyberNormsError):  # saving will say so
            self._kept = kept_judgements(self._record.read(), self.state.lesson)
        self._set(self.state)
        for field in (self.kind, self.subject, self.claim):
            field.observe(lambda _: self._read(), names="value")
        self.judgement.observe(lambda _: self._judged(), names="value")
        self.previous.on_click(lambda _: self._move(-1))
        self.next.on_click(lambda _: self._move(1))
        self.whole.on_click(lambda _: self._set(replace(self.state, step=WHOLE)))
        self.save.on_click(lambda _: self.submit())

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
            self.say("problem", "Choose a judgement first, then save it.")
            return
        with self.errors_said():
            self._record.append(key_of(id), "", chosen)
            self._kept[id] = chosen
            self._unsaved.pop(id, None)
            self._set(self.state)
            self.say("saved", "Saved. Compare it with the reading below.")

    def _open_judgement(self) -> str:
        """Return the judgement that is kept and not being changed, or nothing."""
        id = self.state.claim
        return "" if id in self._unsaved else self._kept.get(id, "")

    def _read(self) -> None:
        """Take the state from the lists; another claim begins with its whole way."""
        if self._filling:
            return
        state = replace(self.state, kind=self.kind.value, subject=self.subject.value)
        if self.claim.value and self.claim.value != state.claim:
            state = replace(state, claim=self.claim.value, step=WHOLE)
        self._set(state)

    def _move(self, by: int) -> None:
        """Go a step on or back; from the whole way to its first or last step."""
        last = len(find_claim(self.state.claim, lesson=self.state.lesson).steps)
        step = self.state.step or (0 if by > 0 else last + 1)
        self._set(replace(self.state, step=min(last, max(1, step + by))))

    def _judged(self) -> None:
        """Note a choice that is not kept yet; the reading closes until it is."""
        if not self._filling:
            self._unsaved[self.state.claim] = self.judgement.value
            self._set(self.state)

    def _set(self, state: TracerState) -> None:
        """Bring controls and page into a state, the claim moved into the filtered list."""
        claims = listed(state)
        if claims and state.claim not in [claim.id for claim in claims]:
            state = replace(state, claim=claims[0].id, step=WHOLE)
        self.state = state
        id = state.claim
        with self.filling(), self.hold_sync():
            self.kind.value, self.subject.value = state.kind, state.subject
            self._list(claims)
            self.judgement.value = self._unsaved.get(id, self._kept.get(id))
        count = count_line(state, len(self._kept))
        self._count.value = f"<p class='cn-note' role='status'>{count}</p>"
        self._page(claims)

    def _page(self, claims: Sequence[Claim]) -> None:
        state, chosen = self.state, self._open_judgement()
        if not claims:
            self._claim.value = to_html(tracer_blocks(state))
            self._way.value = self._status.value = self._reading.value = self._outcome.value = ""
            return
        claim = find_claim(state.claim, lesson=state.lesson)
        self._claim.value = to_html(claim_blocks(claim))
        self._way.value = to_html(way_blocks(claim, state.step))
        self._reading.value = to_html(reading_blocks(claim, chosen)) if chosen else ""
        self._outcome.value = to_html(outcome_blocks(claim))
        if state.claim in self._unsaved:
            self.note("Not saved yet: press Save my judgement, then the reading opens.")
        elif chosen:
            self.say("saved", "Your judgement is saved and filled in.")
        else:
            self._status.value = ""

    def _list(self, claims: Sequence[Claim]) -> None:
        """Fill the list of claims, with a word on those that are judged."""
        options = [(self._label(claim), claim.id) for claim in claims]
        if list(self.claim.options) != options:
            self.claim.options = options
        if claims and self.claim.value != self.state.claim:
            self.claim.value = self.state.claim

    def _label(self, claim: Claim) -> str:
        judged = ", judged" if claim.id in self._kept else ""
        return f"{claim.number}. {claim.name}{judged}"
