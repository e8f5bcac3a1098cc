"""Mark a written answer of one's own by its rubric, one criterion after the other."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.card import Card, Values, choices_of
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Choice, Deck, Fold, Html, Item, Part
from cybernorms.document import Aside, Block, Facts, Heading, Paragraph, Section, Strong, Typed
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import Unreadable, read_text
from cybernorms.pages.kept import history_of, kept_mapping

DECK = "levels"
NOT_YET = "You haven\u2019t saved a text for this question yet. Write it first, then come back."
OWN = (
    "Nobody else sees these levels, and they bring no points. They\u2019re for the second version "
    "of your text."
)


class SelfMarking(Card):
    """The criteria of a written question, to set against the text that was saved last.

    Arguments:
        question: the question whose answer is marked.
        record: where text and levels are kept; the learner's own record if not given.
    """

    wide = True

    def __init__(self, question: Written, record: Record | None = None) -> None:
        super().__init__(record)
        self.question = question
        self.label = f"Mark your own text: {question.title}"
        self.key = f"own-levels-{question.id}"
        self.levels = self._kept()

    def _kept(self) -> dict[str, str]:
        names = {each.id: [level.name for level in each.levels] for each in self.question.criteria}
        return kept_mapping(history_of(self.record), self.key, names)

    def refresh(self) -> None:
        """Read the text and the levels again."""
        self.levels = self._kept()

    def own_text(self) -> str:
        """Return the text that was saved last, or nothing."""
        last = history_of(self.record).last(self.question.id)
        try:
            return read_text(last.response) if last else ""
        except Unreadable:
            return ""

    @property
    def answered(self) -> bool:
        return len(self.levels) == len(self.question.criteria)

    def values(self) -> Values:
        return {DECK: dict(self.levels)}

    def press(self, name: str, values: Values, item: str) -> None:
        """Keep the level of one criterion."""
        level = choices_of(values.get(DECK)).get(item, "")
        known = {each.id: [one.name for one in each.levels] for each in self.question.criteria}
        if level not in known.get(item, ()) or not self.own_text():
            return
        new = {**self._kept(), item: level}
        with self.errors_said():
            self.record.append(self.key, "", new)
            self.levels = new
            self.say_saved()

    def points(self) -> float:
        """Return the points of the levels that were set."""
        return sum(
            each.points * level.share
            for each in self.question.criteria
            for level in each.levels
            if self.levels.get(each.id) == level.name
        )

    def sum_line(self) -> str:
        """Return the points by the own levels, in words."""
        most = sum(each.points for each in self.question.criteria)
        return f"By your own levels: {self.points():.3g} of {most:g}."

    def _text_blocks(self) -> list[Block]:
        text = self.own_text()
        if not text:
            return [Paragraph(NOT_YET, "note")]
        return [Section("Your text", [Typed(text)], 4)]

    def blocks(self) -> Sequence[Block]:
        criteria = [
            Section(each.name, [Facts([(level.name, level.text) for level in each.levels])], 4)
            for each in self.question.criteria
        ]
        marked = [Paragraph([Strong(self.sum_line())])] if self.levels else []
        return [
            Heading(self.label),
            *self._text_blocks(),
            *criteria,
            *marked,
            Paragraph(OWN, "note"),
        ]

    def parts(self) -> list[Part]:
        head: list[Block] = [Heading(self.label), *self._text_blocks()]
        if not self.own_text():
            return [Html(page_html(head))]
        names = [level.name for level in self.question.criteria[0].levels]
        items = []
        for each in self.question.criteria:
            levels = Facts([(level.name, level.text) for level in each.levels])
            chosen = self.levels.get(each.id, "")
            reading = page_html([Paragraph(f"You set: {chosen}.")]) if chosen else ""
            items.append(Item(each.id, page_html([levels]), each.name, 0, reading=reading))
        summary = page_html([Paragraph(self.sum_line())]) if self.answered else ""
        deck = Deck(
            DECK,
            "Criterion",
            items,
            [[Choice(name, name) for name in names]],
            ask="Which level does your text reach?",
            summary=summary,
        )
        example = page_html([Aside("The example", [Typed(self.question.exemplar.strip())])])
        compare = [Fold("The example, to compare", example)] if self.question.exemplar else []
        return [Html(page_html(head)), deck, *compare, Html(page_html([Paragraph(OWN, "note")]))]
