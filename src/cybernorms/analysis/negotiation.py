"""The rules of the negotiation: what a draft gives each side, and how a counterpart answers it.

Everything here is a function of the tables and of what has been said; there is no chance in it. The
judgements stand in the tables, so that they can be read and argued with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from cybernorms.corpus.clauses import Part
from cybernorms.corpus.talks import (
    Extra,
    Objection,
    Price,
    Reply,
    Stake,
    holds,
)

EVENINGS = ("9 September", "10 September", "11 September", "12 September")
"""The days of 2015 on which the talks in Washington took place; each text put takes one."""
LEVELS = ("silent", "in part", "covered")
CONTENT = 0.6  # of its stakes: from here on a counterpart asks for nothing more
ENOUGH = 0.25  # of its stakes: below this it has no reason to sign


class Draft(Struct, frozen=True):
    """What lies on the table: the parts of a clause, and what stands beside it."""

    parts: tuple[Part, ...]
    extras: tuple[Extra, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Return the ids of all that is in it, of which the conditions of the tables speak."""
        return frozenset({each.id for each in self.parts} | {each.id for each in self.extras})

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """Return the parts of its clause, and those that its extras stand for."""
        return (*self.parts, *(part for each in self.extras for part in each.parts))


def level(stake: Stake, draft: Draft) -> int:
    """Return how far a draft serves a stake: 0 for silent, 1 for in part, 2 for covered."""
    if not holds(stake.covered.split(";")[0], draft.names):
        return 0
    whole = holds(stake.covered, draft.names)
    spoiled = bool(stake.spoiled) and holds(stake.spoiled, draft.names)
    return 2 if whole and not spoiled else 1


def share(stakes: Iterable[Stake], draft: Draft) -> float:
    """Return how much of its stakes a role finds in a draft, from 0 to 1, by their weights."""
    weighed = [(each.weight, level(each, draft)) for each in stakes]
    most = sum(2 * weight for weight, _ in weighed)
    return sum(weight * found for weight, found in weighed) / most if most else 0.0


def given_up(role: str, prices: Iterable[Price], draft: Draft) -> list[Price]:
    """Return what a draft costs a role."""
    return [each for each in prices if each.role == role and holds(each.when, draft.names)]


def _fits(reply: Reply, draft: Draft) -> bool:
    bought = bool(reply.unless) and holds(reply.unless, draft.names)
    return holds(reply.when, draft.names) and not bought


def answer(
    draft: Draft, replies: Sequence[Reply], stakes: Sequence[Stake], said: Collection[str]
) -> Reply:
    """Return what a counterpart says to a draft; no line that was said comes again.

    A red line comes first. Then, while it has too little of what it wants, it asks for something in
    return; with enough it signs, and else it has nothing new to say.

    Arguments:
        draft: what was put to it.
        replies: its lines, the more pressing ones first.
        stakes: what it wants.
        said: ids of the lines that it has used.
    """
    fitting = [each for each in replies if _fits(each, draft)]
    new = [each for each in fitting if each.id not in said]
    red = [each for each in fitting if each.kind == "object"]
    if red:
        return next((each for each in new if each.kind == "object"), _firm(new))
    has = share(stakes, draft)
    wish = next((each for each in new if each.kind == "trade"), None)
    if wish and has < CONTENT:
        return wish
    if has < ENOUGH:
        return _firm(new)
    return next(each for each in new if each.kind == "accept")


def _firm(new: Iterable[Reply]) -> Reply:
    return next(each for each in new if each.kind == "firm")


def pointed(objections: Sequence[Objection], draft: Draft, many: int = 3) -> list[Objection]:
    """Return the questions that press a draft most, as they come in the table.

    Those that a word of the draft calls for come before those that ask for what no draft has.
    """
    fitting = [each for each in objections if holds(each.when, draft.names)]
    by_words = [each for each in fitting if not each.when.startswith("!")]
    others = [each for each in fitting if each.when.startswith("!")]
    # Two for the words at most, so that something is left for what the draft is silent on.
    chosen = by_words[: many - 1] + others
    return [each for each in objections if each in [*chosen, *by_words][:many]]


class Covered(Struct, frozen=True):
    """How far a draft says what one clause of another text says: 0, 1 or 2, as in LEVELS."""

    label: str
    level: int


def says_what(clause_parts: Iterable[Part], draft: Draft) -> int:
    """Return how far a draft says what a clause says, by its verbs and objects.

    With the same object and one of its verbs it covers it; with the object alone it does in part.
    """
    there = {each.id for each in draft.all_parts}
    objects = {each.id for each in clause_parts if each.slot == "object"}
    verbs = {each.id for each in clause_parts if each.slot == "verb"}
    if not objects & there:
        return 0
    return 2 if verbs & there else 1
