"""The sentence that is retold as a card: find the word that matters, then pass the sentence on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cybernorms.cards.card import Card, Values
from cybernorms.cards.explorer import show_field
from cybernorms.cards.parts import Fields, Html, Lane, Part, Piece, Retold, WordVerdict
from cybernorms.corpus.claims import Claim, load_claim_words
from cybernorms.corpus.lessons import LessonNumber
from cybernorms.document import Block, Paragraph, curly, line_html, to_html
from cybernorms.exercises.record import Record
from cybernorms.pages import retold
from cybernorms.pages.explorer import Field
from cybernorms.pages.kept import history_of
from cybernorms.pages.sourcing import bracketed

CLAIM, WORD, PICK = "claim", "word", "pick"


class RetoldSentence(Card):
    """A sentence in the hands that it went through, one below the other.

    Arguments:
        claim: the id of the claim whose sentence it is.
        lesson: what opens later stays closed.
        several: whether other sentences can be chosen.
        record: where the word that was found is kept; the learner's own record if not given.
    """

    wide = True
    label = retold.TITLE

    def __init__(
        self,
        claim: str,
        lesson: LessonNumber,
        *,
        several: bool = False,
        record: Record | None = None,
    ) -> None:
        super().__init__(record)
        self._lesson, self._several = lesson, several
        self._open(claim)

    def _open(self, claim: str) -> None:
        self.claim = retold.find_sentence(claim, lesson=self._lesson)
        last = history_of(self.record).last(self.key)
        self.word = last.response if last and isinstance(last.response, str) else ""

    @property
    def _begin(self) -> int:
        """Return the first hand that is shown: one sentence alone begins where it can be read."""
        return 0 if self._several else retold.first_read(self.claim)

    @property
    def key(self) -> str:  # type: ignore[override]
        return f"retold-{self.claim.id}"

    @property
    def answered(self) -> bool:
        return bool(self.word) or not load_claim_words(self.claim.id)

    def refresh(self) -> None:
        self._open(self.claim.id)

    def blocks(self) -> Sequence[Block]:
        return retold.retold_blocks(self.claim, self.answered, whole=self._several)

    def values(self) -> Values:
        return {CLAIM: self.claim.id, self._name: self.word}

    @property
    def _name(self) -> str:
        return f"{WORD}-{self.claim.id}"

    def change(self, name: str, values: Values) -> None:
        ids = [each.id for each in retold.sentences(self._lesson)]
        if name == CLAIM and values.get(CLAIM) in ids:
            self._open(str(values[CLAIM]))
            self.note("")

    def press(self, name: str, values: Values, item: str) -> None:
        """Keep the word that was pressed."""
        word = values.get(self._name)
        known = retold.lanes(self.claim)[self._begin :]
        if name != PICK or not isinstance(word, str) or word not in _words(known):
            return
        with self.errors_said():
            self.record.append(self.key, "", word)
            self.word = word
            self.say_saved()

    def parts(self) -> list[Part]:
        parts: list[Part] = []
        if self._several:
            options = [(each.name, each.id) for each in retold.sentences(self._lesson)]
            field = Field(CLAIM, "Sentence", lambda state: options)
            parts.append(Fields([show_field(field, options, wide=True)]))
        sources = [each for each in self.claim.steps[self._begin :] if each.source]
        where = "; ".join(line_html(bracketed(each)) for each in sources)
        return [*parts, self._lanes(self.claim), Html(f'<p class="cn-note">{where}</p>')]

    def _lanes(self, claim: Claim) -> Retold:
        words = load_claim_words(claim.id)
        verdicts: Mapping[str, WordVerdict] = {
            word: WordVerdict(each.verdict, to_html([Paragraph(each.reason)]))
            for word, each in words.items()
        }
        return Retold(
            self._name,
            retold.ASKED if words else retold.TITLE,
            [_lane(each) for each in retold.lanes(claim)[self._begin :]],
            verdicts,
            curly(retold.told_line(claim)),
            retold.key_word(claim.id),
        )


def _lane(lane: retold.Lane) -> Lane:
    return Lane(
        lane.hand,
        lane.when,
        curly(lane.before),
        _split(lane.words),
        curly(lane.after),
        [Piece(curly(text), kind) for text, kind in lane.pieces],
        lane.told,
    )


def _split(words: str) -> list[str]:
    return re.findall(r"\S+", curly(words))


def _words(lanes: Sequence[retold.Lane]) -> set[str]:
    return {word for lane in lanes for word in _split(lane.words)}
