"""Work out which conduct a clause reaches, with a reason for every condition.

The rule is plain. Each part of a clause may ask something of conduct: who acts, what is done, to
what, why, when. Verbs are alternatives, and so are objects; everything else must be met as well.
One condition that is missed, and the clause misses; one that is arguable, and so is the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from cybernorms.corpus.clauses import Part
from cybernorms.corpus.conducts import OTHER, ClauseChoice, IncidentConduct, PartTest
from cybernorms.errors import CyberNormsError

RESULTS = {"met": "reaches it", "arguable": "arguable", "missed": "misses it"}
ALTERNATIVES = ("verb", "object")
ORDER = ("met", "arguable", "missed")
THE_OTHER = "o-other-infrastructure"


class Finding(Struct, frozen=True):
    """One condition of a clause, with the verdict on one case.

    `about` names the part or the question; `counter` is the reading against, where one can argue.
    """

    about: str
    verdict: str
    reason: str
    counter: str = ""


class Reach(Struct, frozen=True):
    """Whether a clause reaches a case, and all findings on the way."""

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """Return `met`, `arguable` or `missed`, the weakest of the findings."""
        return weakest(self.findings)

    @property
    def result(self) -> str:
        """Return the verdict in words."""
        return RESULTS[self.verdict]

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """Return the findings on which the verdict rests."""
        return tuple(each for each in self.findings if each.verdict == self.verdict)


def weakest(findings: Iterable[Finding]) -> str:
    """Return the weakest verdict of some findings, `met` where there are none.

    >>> weakest([Finding("verb", "met", "It acts."), Finding("time", "missed", "It is war.")])
    'missed'
    """
    return max((each.verdict for each in findings), key=ORDER.index, default="met")


def part_findings(
    part: Part, attributes: Mapping[str, str], tests: Sequence[PartTest]
) -> list[Finding]:
    """Return what one part finds in a case, one finding for each attribute that it asks about.

    Raises:
        CyberNormsError: the part asks about an attribute and says nothing on its value.
    """
    asked: dict[str, dict[str, PartTest]] = defaultdict(dict)
    for test in tests:
        if test.part == part.id:
            asked[test.attribute][test.value] = test
    findings = []
    for attribute, by_value in asked.items():
        value = attributes[attribute]
        fitting = by_value.get(value) or by_value.get(OTHER)
        if fitting is None:
            raise CyberNormsError(
                f"The part {part.id!r} says nothing on {attribute} {value!r}",
                where="part_tests.csv",
                remedy=f"Add a row for that value, or one for {OTHER!r}",
            )
        findings.append(Finding(part.label, fitting.verdict, fitting.reason, fitting.counter))
    return findings


def _best(alternatives: Sequence[list[Finding]]) -> list[Finding]:
    """Return the findings of the alternative that goes furthest, or all where none holds."""
    least = min((weakest(each) for each in alternatives), key=ORDER.index, default="met")
    if least == "missed":
        return [finding for each in alternatives for finding in each if finding.verdict == "missed"]
    return next((each for each in alternatives if weakest(each) == least), [])


def reach(parts: Iterable[Part], attributes: Mapping[str, str], tests: Sequence[PartTest]) -> Reach:
    """Return whether a clause reaches a case, with a reason for every condition.

    Arguments:
        parts: the parts of the clause.
        attributes: the case, with a value for each attribute.
        tests: what the parts ask.
    """
    by_slot: dict[str, list[list[Finding]]] = defaultdict(list)
    for part in parts:
        by_slot[part.slot].append(part_findings(part, attributes, tests))
    findings: list[Finding] = []
    for slot, found in by_slot.items():
        if slot in ALTERNATIVES:
            findings += _best(found)
        else:
            findings += [finding for each in found for finding in each]
    return Reach(tuple(findings))


def _speaks_to(bound: str, case: IncidentConduct) -> list[Finding]:
    """Return whether a clause speaks to the State that was named."""
    about = "whom it speaks to"
    if bound == "all":
        return []
    if bound == "supporters":
        return [
            Finding(
                about,
                "arguable",
                "If the State that was named supports the call, the call speaks to it.",
                "Whether it does has to be looked up first.",
            )
        ]
    if case.named is None:
        return [
            Finding(
                about,
                "arguable",
                "If one of those who promised were behind it, the promise would speak to it.",
                "Nobody has named a State.",
            )
        ]
    if case.named.id in bound.split(";"):
        return [Finding(about, "met", f"{case.named.name} was named, and is one of those bound.")]
    reason = f"{case.named.name} was named, and has not made this promise."
    return [Finding(about, "missed", reason)]


def _protects(bound: str, parts: Sequence[Part], case: IncidentConduct) -> list[Finding]:
    """Return whether the other side of a bargain was hit, where a clause protects only that one."""
    if bound in ("all", "supporters") or all(part.id != THE_OTHER for part in parts):
        return []
    others = set(bound.split(";")) - {case.named.id if case.named else ""}
    if others & {state.id for state in case.victims}:
        return [Finding("whom it protects", "met", "The other side of the bargain was hit.")]
    reason = "The clause protects the other side of the bargain alone, and that was not hit."
    return [Finding("whom it protects", "missed", reason)]


def reach_incident(
    parts: Sequence[Part], bound: str, case: IncidentConduct, tests: Sequence[PartTest]
) -> Reach:
    """Return whether a clause would reach an incident if the attribution were right.

    Arguments:
        parts: the parts of the clause.
        bound: whom it speaks to, as in the table of clauses.
        case: the incident as one statement attributes it.
        tests: what the parts ask.
    """
    findings = reach(parts, case.attributes, tests).findings
    return Reach((*_speaks_to(bound, case), *_protects(bound, parts, case), *findings))


def sentence(chosen: Sequence[ClauseChoice]) -> str:
    """Return the choices of a built clause as a sentence.

    Arguments:
        chosen: one choice of each list, in the order of the lists.
    """
    text = {each.list: each.text for each in chosen}
    minds = {part.id for each in chosen if each.list == "mental element" for part in each.parts}
    mind = "knowingly " if "k-knowingly" in minds else ""
    intent = "intentionally " if "k-intentionally" in minds else ""
    thing = text["object"]
    if intent and "{intent}" not in thing:
        thing = f"intended {thing}"
    words = [
        text["actor"],
        text["modality"],
        text["verb"].replace("{mind}", mind),
        thing.replace("{intent}", intent),
        text["purpose"],
        text["limit"],
    ]
    built = " ".join(word for word in words if word)
    ending = f", {text['exception']}." if text["exception"] else "."
    return built[:1].upper() + built[1:] + ending


def bound_by(parts: Iterable[Part]) -> str:
    """Return whom a built clause speaks to: all States, or the two of the deal of 2015."""
    actors = {part.id for part in parts if part.slot == "actor"}
    return "china;united-states" if actors & {"a-each", "a-governments"} else "all"
