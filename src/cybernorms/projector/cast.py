"""Which cards can be shown alone, by the names that notebooks call them by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from cybernorms.cards.card import Card
from cybernorms.cards.claim_tracer import NEXT, ClaimTracer
from cybernorms.errors import CyberNormsError, did_you_mean
from cybernorms.widgets import asking, explorers, sheets
from cybernorms.widgets.showing import shown_on

QUESTION = "question"
_PREFIX = "show_"


def names() -> dict[str, Callable[..., None]]:
    """Return what shows each card, by its name in the command."""
    found = {
        name.removeprefix(_PREFIX).replace("_", "-"): value
        for module in (explorers, sheets)
        for name, value in vars(module).items()
        if name.startswith(_PREFIX)
    }
    return {**found, QUESTION: asking.ask}


def find_card(name: str, open: Sequence[str] = (), lesson: str = "") -> Card:
    """Return a card as it is before anybody has answered or moved anything.

    Arguments:
        name: such as `claims`, as in `show_claims`; `question` for a question.
        open: what to open it with; the id of a question.
        lesson: the number of the lesson, if not the first that has such a card.

    Raises:
        CyberNormsError: there is no such card, or nothing of that name in it.
    """
    known = names()
    wanted = name.removeprefix(_PREFIX).replace("_", "-")
    if wanted not in known:
        remedy = did_you_mean(wanted, known, f"Choose one of: {', '.join(sorted(known))}")
        raise CyberNormsError(f"There is nothing to show called {name!r}", remedy=remedy)
    given: dict[str, Any] = {"lesson": lesson} if lesson and wanted != QUESTION else {}
    made: list[Card] = []

    def stage(_: Hashable, make: Callable[[], Card]) -> None:
        made.append(make())

    with shown_on(stage):
        known[wanted](*_opened(wanted, open), **given)
    card = made[0]
    if isinstance(card, ClaimTracer):  # it opens with the whole way, which tells the end of it
        card.press(NEXT, card.values(), "")
    return card


def _opened(name: str, open: Sequence[str]) -> list[Any]:
    if name == QUESTION and len(open) != 1:
        raise CyberNormsError(
            "A question is shown by its id", remedy="Write: cybernorms show question its-id"
        )
    return [] if not open else [open[0]] if len(open) == 1 else [tuple(open)]
