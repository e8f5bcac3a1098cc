"""The negotiation: who sits at the table, what each wants, and what each says to a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal

from cybernorms.corpus.assembly import State
from cybernorms.corpus.clauses import Part, load_parts
from cybernorms.corpus.columns import SEMICOLONS, Date, IdIn, Status, TwoDigits
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow
from cybernorms.corpus.sources import Fact, Quotation, Source

Condition = str
"""What a draft has to have: names of parts and extras.

`;` stands for *and*, `|` for *or*, `!` before a name for *not*. So `o-secrets;!v-support|!v-allow`
holds for a draft on secrets that leaves out one of two verbs.
"""


class Role(TableRow, frozen=True, kw_only=True):
    """A seat at the table. `chair` says that it leads the talks and is bound by no clause."""

    table: ClassVar[str] = "roles"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    name: str
    in_text: str
    state: State
    chair: bool
    brief: str
    task: str
    opens_in: TwoDigits


class Extra(Fact, frozen=True, kw_only=True):
    """Something that can stand in a draft beside its clause.

    `text` is how the draft says it and `parts` are those of clauses that say the same; `agreed`
    tells whether the commitments of 25 September 2015 have it.
    """

    table: ClassVar[str] = "extras"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    label: str
    text: str
    meaning: str
    parts: Annotated[tuple[Part, ...], SEMICOLONS] = ()
    agreed: bool
    opens_in: TwoDigits


class Stake(Fact, frozen=True, kw_only=True):
    """What a role wants, from a position that its State has taken in public.

    `covered` says what a draft needs in order to serve it in full; with the first of its conditions
    alone, or with what `spoiled` names, it is served in part. `weight` says how much it counts.
    """

    table: ClassVar[str] = "stakes"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    role: Role
    name: str
    says: str
    quotation: Quotation | None = None
    date: Date
    covered: Condition
    spoiled: Condition = ""
    weight: int
    opens_in: TwoDigits

    def check(self) -> None:
        _check_names(self, "covered", "spoiled")


class Price(TableRow, frozen=True, kw_only=True):
    """What a draft costs a role, in the judgement of this module."""

    table: ClassVar[str] = "prices"

    id: str
    role: Annotated[str, IdIn("roles")]
    when: Condition
    gives_up: str
    status: Status
    judged_on: Date

    def check(self) -> None:
        _check_names(self, "when")


class Reply(TableRow, frozen=True, kw_only=True):
    """A line of a counterpart.

    `kind` is `object` (a red line while `when` holds), `trade` (it wants what `when` misses),
    `accept`, or `firm`, for when nothing new can be said. `unless` names what buys an objection
    off. `source` is the position that the line rests on; without one it says that it is made up.
    """

    table: ClassVar[str] = "replies"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    role: Annotated[str, IdIn("roles")]
    kind: Literal["object", "trade", "accept", "firm"]
    when: Condition = ""
    unless: Condition = ""
    line: str
    way_out: str = ""
    quotation: Quotation | None = None
    source: Source | None = None
    pinpoint: str = ""
    status: Status

    def check(self) -> None:
        _check_names(self, "when", "unless")
        if self.kind in ("object", "trade"):
            self.require("when", "way_out")
        if self.source:
            self.require("pinpoint")
        elif self.status != "judgement":
            raise self.problem("status", "A line without a source is ours", "Write judgement")


class Objection(TableRow, frozen=True, kw_only=True):
    """A question that a critical reader puts to a draft for which `when` holds."""

    table: ClassVar[str] = "objections"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    when: Condition
    objection: str
    listen_for: str
    source: Source
    pinpoint: str
    status: Status

    def check(self) -> None:
        _check_names(self, "when")


def names_in(condition: Condition) -> Iterator[str]:
    """Yield the parts and extras that a condition names.

    >>> list(names_in("o-secrets;!v-support|!v-allow"))
    ['o-secrets', 'v-support', 'v-allow']
    """
    for group in filter(None, condition.split(";")):
        for name in group.split("|"):
            yield name.removeprefix("!")


def holds(condition: Condition, present: Iterable[str]) -> bool:
    """Return whether a draft with these parts and extras has what a condition asks for.

    >>> holds("o-secrets;!v-support|!v-allow", {"o-secrets", "v-support"})
    True
    >>> holds("", set())
    True
    """
    there = set(present)
    return all(
        any((name.removeprefix("!") in there) != name.startswith("!") for name in group.split("|"))
        for group in condition.split(";")
        if group
    )


def _check_names(row: TableRow, *columns: str) -> None:
    """Raise an error where a condition names what no draft can have."""
    for column in columns:
        for name in names_in(getattr(row, column)):
            if name not in load_parts() and name not in Extra.by_id():
                remedy = "Write the id of a part or of an extra"
                raise row.problem(column, f"There is no part or extra called {name!r}", remedy)


def load_roles(*, lesson: LessonNumber) -> tuple[Role, ...]:
    """Return the roles that a lesson may show, the chair last."""
    return open_rows(Role.rows(), lesson)


def load_extras(*, lesson: LessonNumber) -> tuple[Extra, ...]:
    """Return what can stand in a draft beside its clause, as far as a lesson may show it."""
    return open_rows(Extra.rows(), lesson)


def load_stakes(*, lesson: LessonNumber) -> tuple[Stake, ...]:
    """Return what the roles want, as far as a lesson may show it."""
    return open_rows(Stake.rows(), lesson)


def load_prices() -> tuple[Price, ...]:
    """Return what drafts cost each role."""
    return Price.rows()


def load_replies() -> tuple[Reply, ...]:
    """Return the lines of all counterparts, the more pressing ones first."""
    return Reply.rows()


def load_objections() -> tuple[Objection, ...]:
    """Return what a critical reader may ask, the more pointed questions first."""
    return Objection.rows()
