"""Read the tables of a policy file that are about some students alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cybernorms.classroom.scoring.policy_fields import (
    Known,
    entries,
    find_set,
    moment_of,
    set_of,
    sets_of,
    subtable,
)
from cybernorms.classroom.scoring.rules import NamedRules, Override
from cybernorms.errors import did_you_mean
from cybernorms.exercises.fields import Fields


def read_rules(fields: Fields, known: Known) -> NamedRules:
    """Return what a policy says of some students alone, by the names that stand there.

    Raises:
        CyberNormsError: something in it is wrong; the message names it.
    """
    return NamedRules(
        extensions={
            name: _extension(inner, name, given, known)
            for inner, name, given in entries(fields, "extension")
        },
        excused={
            name: sets_of(inner, name, given, known.sets)
            for inner, name, given in entries(fields, "excused")
        },
        overrides={
            name: _overrides(subtable(inner, name, given), given, known)
            for inner, name, given in entries(fields, "override")
        },
        groups={line[1]: _members(*line) for line in entries(fields, "group")},
        sections={line[1]: _members(*line) for line in entries(fields, "section")},
    )


def _extension(fields: Fields, name: str, given: Any, known: Known) -> Mapping[str, float]:
    """Return somebody's deadlines by set; one date alone holds for all sets with a deadline."""
    if not known.deadlines:
        raise fields.problem(name, "There is no deadline to extend", "Add one below [deadline]")
    if not isinstance(given, dict):
        return dict.fromkeys(known.deadlines, moment_of(fields, name, given, known.zone))
    inner = subtable(fields, name, given)
    found: dict[str, float] = {}
    for key in given:
        set = set_of(inner, key, key, known.sets)
        if set not in known.deadlines:
            raise inner.problem(key, f"The set {set} has no deadline", "Add it below [deadline]")
        if set in found:
            raise inner.problem(key, f"The set {set} stands twice here", "Leave one line of it")
        found[set] = moment_of(inner, key, inner.take(key), known.zone)
    return found


def _overrides(fields: Fields, table: Mapping[str, Any], known: Known) -> dict[str, Override]:
    """Return somebody's points by question or set."""
    found: dict[str, Override] = {}
    for key in table:
        about = known.questions.get(key) or find_set(key, known.sets)
        if about is None:
            ids = [*known.questions, *(each.id for each in known.sets)]
            remedy = did_you_mean(key, ids, "cybernorms questions lists the ids")
            raise fields.problem(key, f"There is no question or set {key!r}", remedy)
        if about.id in found:
            raise fields.problem(key, f"{about.id!r} stands twice here", "Leave one line of it")
        inner = subtable(fields, key, fields.take(key))
        points = inner.number("points", high=about.points)
        found[about.id] = Override(points, inner.text("reason"))
        inner.done()
    return found


def _members(fields: Fields, name: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise fields.problem(
            name, "A list of names or ids is expected here", 'Write it as ["Ada Lovelace", "40102"]'
        )
    for each in given:
        if not isinstance(each, str) or not each.strip():
            raise fields.problem(
                name, f"{each!r} is no name or id", "Write each in quotation marks"
            )
    return tuple(dict.fromkeys(given))
