"""The claim tracer: walk each claim to the post, judge it, and see what it can be called."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace

from cybernorms.cards.card import Card, Values, shown_for
from cybernorms.cards.explorer import show_field, text_values
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Ask, Button, Choice, Fields, Html, Options, Part
from cybernorms.corpus.claims import JUDGEMENTS, Claim, load_claims
from cybernorms.document import Block, Heading, Paragraph
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
from cybernorms.pages.explorer import Field

CLAIM = Field("claim", "Claim")
JUDGEMENT, SAVE = "judgement", "save"
PREVIOUS, NEXT, ALL = "previous", "next", "whole"


class ClaimTracer(Card):
    """A claim with its way to the post, a judgement to keep, and the reading that it opens.

    Arguments:
        state: what to open with.
        record: where judgements are kept; the learner's own record if not given.
    """

    keeps = True
    label = TITLE

    def __init__(self, state: TracerState | None = None, record: Record | None = None) -> None:
        super().__init__(record)
        self.shown = state or TracerState()
        self._judged: dict[str, str] = {}
        self.refresh()

    @property
    def key(self) -> str:  # type: ignore[override]
        return key_of(self.shown.claim)

    @property
    def _name(self) -> str:
        """Return the name of the control for the judgement of the claim on the screen."""
        return f"{JUDGEMENT}-{self.shown.claim}"

    def refresh(self) -> None:
        with suppress(CyberNormsError):  # saving will say so
            self._judged = kept_judgements(self.record.read(), self.shown.lesson)
        self._set(self.shown)

    def blocks(self) -> Sequence[Block]:
        return [
            Heading(TITLE),
            Paragraph(count_line(self.shown, len(self._judged))),
            *tracer_blocks(self.shown, self._judged.get(self.shown.claim, "")),
        ]

    @property
    def answered(self) -> bool:
        return self.shown.claim in self._judged

    def values(self) -> Values:
        shown = self.shown
        fields = {KIND.name: shown.kind, SUBJECT.name: shown.subject, CLAIM.name: shown.claim}
        return {**fields, self._name: self._judged.get(shown.claim)}

    def change(self, name: str, values: Values) -> None:
        """Take the state from the lists; another claim begins with its whole way."""
        given = text_values(values, [KIND.name, SUBJECT.name, CLAIM.name])
        claims = [(claim.name, claim.id) for claim in listed(self.shown)]
        offered = {each.name: each.offers(None) for each in (KIND, SUBJECT)} | {CLAIM.name: claims}
        if name not in given or given[name] not in [value for _, value in offered[name]]:
            return
        state = replace(self.shown, **{name: given[name]})
        self._set(replace(state, step=WHOLE) if name == CLAIM.name else state)

    def press(self, name: str, values: Values, item: str) -> None:
        if name == SAVE:
            claims = [each.id for each in load_claims(lesson=self.shown.lesson)]
            claim = shown_for(values, JUDGEMENT, claims, self.shown.claim)
            self.submit(values.get(f"{JUDGEMENT}-{claim}"), claim)
        elif name in (PREVIOUS, NEXT):
            self._move(1 if name == NEXT else -1)
        elif name == ALL:
            self._set(replace(self.shown, step=WHOLE))

    def submit(self, judgement: object, claim: str = "") -> None:
        """Keep the judgement and open the reading; nothing opens before it is kept.

        Arguments:
            judgement: the id of a judgement.
            claim: the id of the claim; the one that is shown if not given.
        """
        claim = claim or self.shown.claim
        if not isinstance(judgement, str) or judgement not in JUDGEMENTS:
            self.complain("", "Choose a judgement first, then save it.")
            return
        with self.errors_said():
            self.record.append(key_of(claim), "", judgement)
            self._judged[claim] = judgement
            self._set(self.shown)
            if claim == self.shown.claim:
                self.say_saved()

    def _steps(self) -> int:
        return len(find_claim(self.shown.claim, lesson=self.shown.lesson).steps)

    def _move(self, by: int) -> None:
        """Go a step on or back; from the whole way to its first or last step."""
        last = self._steps()
        step = self.shown.step or (0 if by > 0 else last + 1)
        self._set(replace(self.shown, step=min(last, max(1, step + by))))

    def _set(self, state: TracerState) -> None:
        """Bring the card into a state, the claim moved into the filtered list."""
        claims = listed(state)
        if claims and state.claim not in [claim.id for claim in claims]:
            state = replace(state, claim=claims[0].id, step=WHOLE)
        self.shown = state
        judged = state.claim in self._judged
        self.said = replace(
            self.said,
            at="saved" if judged else "",
            text="Your judgement is saved and filled in." if judged else "",
        )

    def parts(self) -> list[Part]:
        state, claims = self.shown, listed(self.shown)
        listing = replace(CLAIM, offers=lambda _: [(self._label(c), c.id) for c in claims])
        fields = [show_field(each, each.offers(None)) for each in (KIND, SUBJECT)]
        top: list[Part] = [
            Html(page_html([Heading(TITLE)])),
            Fields([*fields, show_field(listing, listing.offers(None), wide=True)]),
            Html(page_html([Paragraph(count_line(state, len(self._judged)), "note")]), live=True),
        ]
        if not claims:
            return [*top, Html(page_html(tracer_blocks(state)))]
        claim = find_claim(state.claim, lesson=state.lesson)
        return [*top, *self._claim_parts(claim)]

    def _claim_parts(self, claim: Claim) -> list[Part]:
        step, last = self.shown.step, len(claim.steps)
        judged = self._judged.get(claim.id, "")
        options = [Choice(id, text) for id, text in JUDGEMENTS.items()]
        reading = page_html(reading_blocks(claim, judged)) if judged else ""
        return [
            Html(page_html(claim_blocks(claim))),
            Actions(
                [
                    Button(PREVIOUS, "Previous step", off=step == 1),
                    Button(NEXT, "Next step", off=step == last),
                    Button(ALL, "The whole way", off=step == WHOLE),
                ]
            ),
            Html(page_html(way_blocks(claim, step)), live=step != WHOLE),
            Ask(ASKED, Options(self._name, options)),
            Actions([Button(SAVE, "Save my judgement", main=True)], said=True),
            Html(reading, answered=True),
            Html(page_html(outcome_blocks(claim))),
        ]

    def _label(self, claim: Claim) -> str:
        judged = ", judged" if claim.id in self._judged else ""
        return f"{claim.number}. {claim.name}{judged}"
