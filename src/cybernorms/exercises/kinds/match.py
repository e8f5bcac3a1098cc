"""Put each item into a category."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import fsum
from typing import Any, ClassVar, Self

from msgspec import Struct

from cybernorms.document import Block, Bullets, Paragraph
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.options import OPEN_OPTION, Option, explain, read_named, read_option
from cybernorms.exercises.questions import Feedback, Judgement, Offer, Question, awaiting_lines
from cybernorms.exercises.responses import find_id, find_pairs, present_pairs


class Item(Struct, frozen=True):
    """Something to put into a category.

    `placements` has an option for each category that the author judged; its id is the category's.
    `otherwise` is the reason why every other category is wrong.
    """

    id: str
    text: str
    placements: Mapping[str, Option] = {}
    otherwise: str = ""
    source: str = ""
    pinpoint: str = ""

    def placed(self, category: str, text: str) -> Option:
        """Return what comes of putting the item into a category, which is called `text`."""
        return self.placements.get(category) or Option(
            category, text, "incorrect", 0.0, self.otherwise, self.source, self.pinpoint
        )


class Match(Question, frozen=True, dict=True):
    """Put each item into a category. Response: a mapping of item id to category id."""

    OPEN: ClassVar[Mapping[str, Any]] = {"category": OPEN_OPTION, "item": OPEN_OPTION}

    categories: Mapping[str, str]
    items: tuple[Item, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        categories = read_named(fields, "category")
        items = fields.read_each(
            "item",
            lambda table: _item(table, categories, known),
            least=2,
            differ=("id", "text"),
        )
        return cls(**common, categories=categories, items=items)

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        categories, items = read_named(fields, "category"), read_named(fields, "item")
        read = tuple(Item(id, text) for id, text in items.items())
        return cls(**common, categories=categories, items=read)

    def read_response(self, response: Any) -> dict[str, str]:
        """Return category by item, without the items that were left out."""
        texts, categories = self._texts, self.categories
        pairs = find_pairs(response, texts, "category")
        return {id: find_id(pairs[id], categories) for id in texts if id in pairs}

    def present_part(self, response: Any) -> dict[str, Any]:
        return present_pairs(response, self._texts, dict.fromkeys(self._texts, self.categories))

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {item.id: item.text for item in self.items}

    @cached_property
    def _judged(self) -> Mapping[str, Mapping[str, tuple[float, Feedback, str]]]:
        """Return credit, reason and what was chosen for each item in each category."""
        found: dict[str, dict[str, tuple[float, Feedback, str]]] = {}
        for item in self.items:
            placed = {id: item.placed(id, text) for id, text in self.categories.items()}
            found[item.id] = {
                id: (each.credit, explain(each, item.text), f"{item.id}: {id}")
                for id, each in placed.items()
            }
        return found

    def judge(self, given: dict[str, str]) -> Judgement:
        """Mean over all items: 1, the stated credit where defensible, 0 if wrong or left out."""
        credits, feedback, chosen = [], [], []
        for id, of_item in self._judged.items():
            if (category := given.get(id)) is None:
                feedback.append(Feedback(self._texts[id], "", "open", "Choose a category."))
                continue
            credit, reason, placed = of_item[category]
            credits.append(credit)
            feedback.append(reason)
            chosen.append(placed)
        return Judgement(fsum(credits) / len(self.items), tuple(feedback), tuple(chosen))

    def awaiting(self, given: dict[str, str]) -> str:
        return awaiting_lines(len(given), len(self.items))

    def offers(self) -> dict[str, Offer]:
        return {
            f"{item.id}: {category}": item.placed(category, text).offer(item.text)
            for item in self.items
            for category, text in self.categories.items()
        }

    def chances(self) -> Mapping[str, float]:
        return dict.fromkeys(self.offers(), 1 / len(self.categories))

    def credit_by_guessing(self) -> float | None:
        credits = [placed.credit for item in self.items for placed in item.placements.values()]
        return fsum(credits) / (len(self.items) * len(self.categories))

    def offer_blocks(self) -> list[Block]:
        return [
            Bullets([item.text for item in self.items]),
            Paragraph(f"Categories: {'; '.join(self.categories.values())}."),
        ]


def _item(table: Fields, categories: Mapping[str, str], known: Known) -> Item:
    item_id, text = table.id(), table.text("text")
    placements = _placements(table, categories, known)
    unjudged = [category for category in categories if category not in placements]
    return Item(
        id=item_id,
        text=text,
        placements=placements,
        otherwise=table.text("otherwise") if unjudged else table.text("otherwise", ""),
        **table.location(known),
    )


def _placements(table: Fields, categories: Mapping[str, str], known: Known) -> dict[str, Option]:
    options = table.read_each(
        "placement", lambda each: read_option(each, known, categories), differ=()
    )
    placements = {option.id: option for option in options}
    for category in placements:
        if sum(option.id == category for option in options) > 1:
            raise table.problem(
                "placement", f"The category {category!r} is judged twice", "Take one of them out"
            )
    if not any(option.verdict == "correct" for option in placements.values()):
        raise table.problem("placement", "No category is correct", "Mark one as correct")
    return placements
