"""The evidence weigher: items to read and weigh one at a time, and the sum as it grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cybernorms.analysis.evidence import Weighing, odds_in_words
from cybernorms.cards.card import Card, Values, choices_of, moment_of, text_of
from cybernorms.cards.drawn import Bar, Scales
from cybernorms.cards.parts import (
    Ask,
    Choice,
    Deck,
    Field,
    Fields,
    Fold,
    Html,
    Item,
    Line,
    Lines,
    Part,
)
from cybernorms.document import Block, Heading, to_html
from cybernorms.exercises.record import Record
from cybernorms.pages.evidence import (
    HERE,
    KEY,
    ONCE,
    PRIORS,
    WEIGHTS,
    bearing_table,
    explanation_table,
    find_item,
    head_blocks,
    item_ids,
    item_section,
    label,
    prior_fields,
    weight_fields,
)
from cybernorms.pages.explorer import Field as Described
from cybernorms.pages.weighing import Standing, as_weighing, standings, verdict_blocks

LONGEST_BAR = 8  # steps
DECK, PRIOR = "weights", "priors"
HOW_LIKELY = "How likely is each explanation, before you look?"


class Weigher(Card):
    """Items to read, weights and starting points to set, and the sum, kept at each press.

    Arguments:
        item: the id of the item to open with; the first one if not given.
        record: where the weights are kept; the learner's own record if not given.
    """

    key = KEY

    def __init__(self, item: str = "", record: Record | None = None) -> None:
        super().__init__(record)
        self.label = "Evidence weigher"
        self.opened = item or item_ids()[0]
        self.weights: dict[str, str] = {}
        self.priors: dict[str, str] = {}
        self.once = False
        self.refresh()

    def refresh(self) -> None:
        """Fill in the weights that were kept last."""
        with self.errors_said():
            if kept := self._kept():
                self.weights = _texts(kept.weights)
                self.priors = _texts(kept.priors)
                self.once = kept.once_each
                if self.weights:
                    self.note("Your earlier weights are filled in.")

    @property
    def holds(self) -> Sequence[str]:
        return (DECK, PRIOR, ONCE.name)

    def _kept(self) -> Weighing | None:
        """Return what the record holds, None where it holds nothing."""
        last = self.record.read().last(KEY)
        self.kept = moment_of(last)
        return as_weighing(last.response) if last else None

    def response(self) -> dict[str, Any]:
        """Return what is filled in, as the record keeps it."""
        priors = {field.name: self.priors.get(field.name, "0") for field in prior_fields()}
        return {"items": dict(self.weights), "priors": priors, "once": self.once}

    def weighing(self) -> Weighing | None:
        """Return what is kept, None while nothing is weighed."""
        return as_weighing(self.response()) if self.weights else None

    def blocks(self) -> Sequence[Block]:
        item, shown = find_item(self.opened), self.weighing()
        bearing = [bearing_table(item)] if item.weighed and shown else []
        verdict = verdict_blocks(shown) if shown else []
        page = [*head_blocks(), explanation_table(), item_section(item), *bearing]
        return [*page, *verdict]

    @property
    def answered(self) -> bool:
        return len(self.weights) == len(weight_fields())

    def values(self) -> Values:
        return {DECK: dict(self.weights), PRIOR: dict(self.priors), ONCE.name: self.once}

    def press(self, name: str, values: Values, item: str) -> None:
        """Keep the weight of an item, then show how it bears on the explanations."""
        given = values.get(DECK)
        weight = text_of(given.get(item)) if isinstance(given, Mapping) else ""
        if item in [each.name for each in weight_fields()] and weight and weight in WEIGHTS:
            self.opened = item
            kept = self._kept()  # another window may have added some
            others = _texts(kept.weights) if kept else {}
            self._keep({**self.weights, **others, item: weight}, values)

    def change(self, name: str, values: Values) -> None:
        """Take over starting points and the box; they are kept once an item is weighed.

        Weights come so where a browser kept them while there was no kernel.
        """
        if name in (PRIOR, ONCE.name):
            self._keep(self.weights, values)
        elif name == DECK:
            given, items = choices_of(values.get(DECK)), [each.name for each in weight_fields()]
            weights = {id: each for id, each in given.items() if id in items and each in WEIGHTS}
            self._keep({**self.weights, **weights}, values)

    def _keep(self, weights: dict[str, str], values: Values) -> None:
        before = (self.weights, self.priors, self.once)
        self.weights = weights
        given = choices_of(values.get(PRIOR, self.priors))
        names = [field.name for field in prior_fields()]
        self.priors = {id: each for id, each in given.items() if id in names and each in PRIORS}
        self.once = values.get(ONCE.name, self.once) is True
        if not self.weights:
            return
        try:
            self.record.append(KEY, "", self.response())
        except Exception:
            self.weights, self.priors, self.once = before
            raise
        self.say_saved()

    def parts(self) -> list[Part]:
        shown = self.weighing()
        once = Fields([Field(ONCE.name, ONCE.label, look="check")])
        sum_so_far: list[Part] = []
        if shown:
            whole = len(self.weights) == len(weight_fields())
            verdict = to_html(verdict_blocks(shown))
            sum_so_far = [once, Fold("What the sum says so far", verdict, open=whole)]
        return [
            Html(to_html(head_blocks())),
            Fold("The five explanations", to_html([explanation_table()])),
            Ask(HOW_LIKELY, _priors(prior_fields()), live=True),
            Html(to_html([Heading("Read the items, and weigh them", 4)])),
            self._deck(),
            *self._scales(),
            *sum_so_far,
        ]

    def _scales(self) -> list[Part]:
        """Return the bars, once an item is weighed."""
        shown = self.weighing()
        if not shown:
            return []
        last = self.opened if self.opened in self.weights else ""
        bars = [
            Bar(each.name, _part(each.steps), _part(each.before), _by(each), _odds(each))
            for each in standings(shown, last)
        ]
        return [Scales(bars, label(find_item(last)) if last else "")]

    def _deck(self) -> Deck:
        options = [Choice(value, text) for value, text in WEIGHTS.items() if value]
        items = []
        for id in item_ids():
            item = find_item(id)
            lead = to_html([item_section(item)])
            reading = to_html([bearing_table(item)]) if id in self.weights else ""
            place = 0 if item.weighed else None
            items.append(Item(id, lead, label(item), place, reading=reading))
        return Deck(DECK, "Item", items, [options], ask=HERE.label)


def _part(steps: float) -> float:
    """Return steps as a part of the length of a bar, from -1 to 1."""
    return round(max(-1.0, min(1.0, steps / LONGEST_BAR)), 4)


def _by(standing: Standing) -> str:
    moved = standing.steps - standing.before
    return f"{moved:+.1f}".replace(".0", "").replace("-", "\u2212") if moved else ""


def _odds(standing: Standing) -> str:
    return odds_in_words(standing.steps)


def _texts(numbers: Mapping[str, float]) -> dict[str, str]:
    return {id: f"{number:g}" for id, number in numbers.items()}


def _priors(fields: Sequence[Described]) -> Lines:
    lines = [Line(field.name, field.label) for field in fields]
    options = [Choice(value, text) for value, text in PRIORS.items()]
    return Lines(PRIOR, lines, options, chips=True)
