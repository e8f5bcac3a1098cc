"""Where a fact stands, as learners see it: short name, pinpoint, official address, status."""

from __future__ import annotations

from calendar import month_name
from functools import cache
from typing import Protocol

from cybernorms.analysis.wording import changes
from cybernorms.corpus.clauses import Clause
from cybernorms.corpus.law import Rule
from cybernorms.corpus.sources import Quotation, Source, short_name
from cybernorms.document import Added, Inline, Line, Link, Lost, Quote, Status

FORCES = {
    "binding on its parties": "binding",
    "national law or order": "binding",
    "voluntary norm": "voluntary",
    "political commitment": "voluntary",
}
STAGES = {"proposed": "proposed", "reported": "reported"}


class Located(Protocol):
    """What says where it stands: a fact, or a part of one. Some also say as of which day."""

    @property
    def source(self) -> Source: ...
    @property
    def pinpoint(self) -> str: ...
    @property
    def status(self) -> str: ...


def located(source: Source, pinpoint: str, status: str, as_of: str = "") -> list[Inline]:
    """Return a link to a source with pinpoint, and its status where it is not primary."""
    if status == "judgement":
        own = "this module\u2019s own reading"
        return [Status(status, own, own)]
    name = ", ".join(part for part in (short_name(source), pinpoint) if part)
    parts: list[Inline] = [Link(name, source.address) if source.address else name]
    if status != "primary":
        parts += [" ", Status(status, status, f"({status})")]
    if as_of:
        parts.append(f", as of {as_of}")
    return parts


def location(fact: Located) -> list[Inline]:
    """Return where a fact stands, and as of which day where that matters."""
    return located(fact.source, fact.pinpoint, fact.status, getattr(fact, "as_of", ""))


def bracketed(fact: Located) -> list[Inline]:
    """Return where a fact stands in brackets, to follow a sentence."""
    return ["[", *location(fact), "]"]


def sourced(text: str, fact: Located) -> list[Inline]:
    """Return a sentence with the location of what it states behind it."""
    return [text, " ", *bracketed(fact)]


@cache
def _forces() -> dict[str, str]:
    """Return the force of quotations by id, as the tables of clauses and of rules have it."""
    found = {
        rule.quotation.id: FORCES.get(rule.force, "") for rule in Rule.rows() if rule.quotation
    }
    for clause in Clause.rows():
        found[clause.quotation.id] = STAGES.get(clause.stage) or FORCES.get(clause.force, "")
    return found


def quoted(
    quotation: Quotation, text: Line = "", *, at: Located | None = None, force: bool = True
) -> Quote:
    """Return a quotation with its location, how well it was checked, and its force.

    Arguments:
        quotation: what is quoted.
        text: its words where some of them are set off.
        at: what says where it stands, if not the quotation itself.
        force: whether to say what force it has; not where that is the question.
    """
    fact = at or quotation
    where = location(fact)
    if fact.status == "primary":
        where += [" ", Status("primary", "primary")]
    known = _forces().get(quotation.id, "") if force else ""
    return Quote(text or quotation.text, where, known)


def quote(quotation: Quotation | None, *, force: bool = True) -> list[Quote]:
    """Return a quotation as a block, as `quoted` does; no block where there is none."""
    return [quoted(quotation, force=force)] if quotation else []


def marked(before: str, after: str) -> list[Inline]:
    """Return a wording with marks on the words that it has lost and added since the one before."""
    mark = {"kept": str, "lost": Lost, "added": Added}
    return [mark[kind](text) for text, kind in changes(before, after)]


def format_date(date: str) -> str:
    """Return a date in words.

    >>> format_date("2018-12-05"), format_date("2023-12"), format_date("2010")
    ('5 December 2018', 'December 2023', '2010')
    """
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = month_name[int(parts[1])]
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{month} {parts[0]}"
