"""Rules of law on what a State answers for, the cases behind them, and what States hold of two."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from cybernorms.corpus.assembly import State
from cybernorms.corpus.columns import Date, Day
from cybernorms.corpus.instruments import Force
from cybernorms.corpus.sources import Fact, Quotation

RuleSubject = Literal[
    "whose act it is",
    "what the responsible State owes",
    "how the injured State may answer",
    "what can excuse an act",
    "territory and sovereignty",
    "the text itself",
]
Disputed = Literal["sovereignty", "due diligence"]
Holding = Literal[
    "a rule of law", "no rule of its own", "a voluntary norm", "open in what was read"
]
SUBJECTS: tuple[str, ...] = get_args(RuleSubject)
HOLDINGS: tuple[str, ...] = get_args(Holding)


class Case(Fact, frozen=True, kw_only=True):
    """A judgment of the International Court of Justice: what had happened, and what it held."""

    table: ClassVar[str] = "cases"

    id: str
    name: str
    parties: str
    date: Day
    what_happened: str
    held: str
    note: str = ""


class Rule(Fact, frozen=True, kw_only=True):
    """A rule of law in the module's own words.

    `force` is that of the text in which it was read, `binds` says whom the rule binds, and
    `meaning` is the module's own reading of it for a State whose networks are used. `disputed`
    names the subject on which positions of States are recorded, where the rule is one of those.
    """

    table: ClassVar[str] = "rules"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    name: str
    subject: RuleSubject
    rule: str
    meaning: str
    quotation: Quotation | None = None
    force: Force
    binds: str
    case: Case | None = None
    disputed: Disputed | Literal[""] = ""


class LegalPosition(Fact, frozen=True, kw_only=True):
    """What a State, or a union of States, holds on a disputed rule."""

    table: ClassVar[str] = "positions"

    id: str
    state: State | None = None
    union: str = ""
    subject: Disputed
    holds: Holding
    position: str
    quotation: Quotation | None = None
    date: Date = ""

    @property
    def holder(self) -> str:
        """The name of the State or the union that holds it."""
        return self.state.name if self.state else self.union

    def check(self) -> None:
        if self.state:
            self.forbid("union")
        else:
            self.require("union")


def load_rules() -> tuple[Rule, ...]:
    """Return the rules in their order.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return Rule.rows()


def load_legal_positions(subject: str = "") -> tuple[LegalPosition, ...]:
    """Return the positions on a subject, or all of them for an empty one.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return tuple(each for each in LegalPosition.rows() if subject in ("", each.subject))
