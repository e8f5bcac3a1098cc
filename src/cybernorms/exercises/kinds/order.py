"""Put items in order."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, permutations
from math import fsum
from typing import Any, ClassVar, Self

from msgspec import Struct

from cybernorms.document import Block, Bullets
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.options import OPEN_OPTION, read_named
from cybernorms.exercises.questions import (
    Feedback,
    Judgement,
    Offer,
    Question,
    Verdict,
    offers_by_outcome,
    verdict_of,
)
from cybernorms.exercises.responses import Unreadable, find_ids, present_ids

_MOST_TO_GUESS = 7  # items; of more there are too many orders


class Ranked(Struct, frozen=True):
    """Something to put in order; items of equal rank may stand either way round."""

    id: str
    text: str
    rank: int = 0
    reason: str = ""
    source: str = ""
    pinpoint: str = ""


class Order(Question, frozen=True):
    """Put items in order. Response: a list of all item ids, first to last.

    An answer to an earlier revision has None for each item that it could not have.
    """

    OPEN: ClassVar[Mapping[str, Any]] = {"item": OPEN_OPTION}

    items: tuple[Ranked, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        items = fields.read_each(
            "item", lambda table: _item(table, known), least=3, differ=("id", "text")
        )
        if len({item.rank for item in items}) < 2:
            raise fields.problem("item", "All ranks are equal", "Give the items ranks 1, 2, 3 …")
        return cls(**common, items=items)

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        items = read_named(fields, "item")
        return cls(**common, items=tuple(Ranked(id, text) for id, text in items.items()))

    def read_response(self, response: Any) -> list[str]:
        """Return all ids, first to last."""
        if isinstance(response, set | frozenset):
            raise Unreadable("a set has no order; give a list")
        texts = {item.id: item.text for item in self.items}
        given = find_ids(response, texts)
        missing = [text for id, text in texts.items() if id not in given]
        if missing and _gaps(response) != len(missing):
            raise Unreadable(f"the order is not complete; still missing: {'; '.join(missing)}")
        return given

    def present_part(self, response: Any) -> list[str | None]:
        found = present_ids(response, {item.id: item.text for item in self.items})
        return [*found, *[None] * (len(self.items) - len(found) if found else 0)]

    def judge(self, given: list[str]) -> Judgement:
        """Kendall's tau with the key, never below 0; a pair of which one is missing is neither."""
        items = {item.id: item for item in self.items}
        ranks = {id: item.rank for id, item in items.items()}
        feedback = []
        placed = sorted(ranks[id] for id in given)
        for number, (id, rank) in enumerate(zip(given, placed, strict=True), 1):
            item = items[id]
            verdict: Verdict = "correct" if item.rank == rank else "incorrect"
            reason = (item.reason, item.source, item.pinpoint)
            feedback.append(Feedback(f"Place {number}", item.text, verdict, *reason))
        for item in self.items:
            if item.id not in given:
                feedback.append(Feedback(item.text, "", "open", "Give it a place."))
        credit = max(0.0, kendall_tau(given, ranks))
        return Judgement(credit, tuple(feedback), (verdict_of(credit, feedback),))

    def credit_by_guessing(self) -> float | None:
        """Mean over all orders."""
        ranks = {item.id: item.rank for item in self.items}
        if len(ranks) > _MOST_TO_GUESS:
            return None
        taus = [max(0.0, kendall_tau(list(each), ranks)) for each in permutations(ranks)]
        return fsum(taus) / len(taus)

    def right_answers(self) -> Mapping[str, str]:
        """Return what stands in each place; items of equal rank share theirs."""
        ranked = sorted(self.items, key=lambda item: item.rank)
        return {
            f"Place {place}": " or ".join(item.text for item in ranked if item.rank == here.rank)
            for place, here in enumerate(ranked, 1)
        }

    def offers(self) -> dict[str, Offer]:
        return offers_by_outcome()

    def offer_blocks(self) -> list[Block]:
        return [Bullets([item.text for item in self.items])]


def _gaps(response: Any) -> int:
    return response.count(None) if isinstance(response, list | tuple) else 0


def _item(table: Fields, known: Known) -> Ranked:
    return Ranked(
        id=table.id(),
        text=table.text("text"),
        rank=table.whole("rank", low=1),
        reason=table.text("reason"),
        **table.location(known),
    )


def kendall_tau(given: list[str], ranks: dict[str, int]) -> float:
    """Return Kendall's tau between an order and a key, from -1 to 1.

    Pairs of equal rank in the key are left out of both sums, so that either order of them is
    right; without such pairs this is tau-a: (concordant - discordant) / number of pairs.
    Pairs of which one is missing count as neither concordant nor discordant.
    Source: M. G. Kendall, A New Measure of Rank Correlation, Biometrika 30 (1938), 81-93.

    Arguments:
        given: the ids, first to last.
        ranks: the rank of each id, 1 for what comes first.

    >>> kendall_tau(["a", "b", "c"], {"a": 1, "b": 2, "c": 3})
    1.0
    """
    pairs = [pair for pair in combinations(given, 2) if ranks[pair[0]] != ranks[pair[1]]]
    concordant = sum(ranks[one] < ranks[two] for one, two in pairs)
    asked = len(pairs)
    if len(given) < len(ranks):
        asked = sum(one != two for one, two in combinations(ranks.values(), 2))
    return (2 * concordant - len(pairs)) / asked
