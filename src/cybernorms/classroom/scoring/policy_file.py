"""Read a policy file, strictly: what is wrong in it is named with its place and a remedy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import tomli

from cybernorms.classroom.scoring.policy import ATTEMPTS, FEEDBACK, HAND_INS, MODES, Policy
from cybernorms.classroom.scoring.policy_fields import (
    Known,
    entries,
    moment_of,
    set_of,
    sets_of,
    subtable,
)
from cybernorms.classroom.scoring.rules_file import read_rules
from cybernorms.errors import CyberNormsError, did_you_mean
from cybernorms.exercises.fields import Fields
from cybernorms.exercises.questions import QuestionSet
from cybernorms.paths import policy_example

TOP = ("mode", "attempt", "hand_ins", "feedback", "sets", "drop", "full_marks", "time_zone")
TABLES = ("deadline", "late", "extension", "excused", "override", "group", "section")


def read_policy(path: Path, sets: Sequence[QuestionSet]) -> Policy:
    """Return the policy in a TOML file.

    Arguments:
        path: the file; exercises/policy-example.toml shows all that can stand in it.
        sets: the question sets.

    Raises:
        CyberNormsError: it cannot be read, or something in it is wrong; the message names it.
    """
    fields = _open(path)
    _must_be_above_tables(fields)
    zone = _zone(fields)
    drop = _questions(fields, "drop", sets)
    sets = Policy(drop=drop).apply_to(tuple(sets))
    known = Known(sets, zone, _deadlines(fields, sets, zone))
    late = subtable(fields, "late", fields.take("late", {}))
    policy = Policy(
        mode=fields.one_of("mode", MODES, "graded"),
        attempt=fields.one_of("attempt", ATTEMPTS, "last"),
        hand_ins=fields.one_of("hand_ins", HAND_INS, "last"),
        feedback=fields.one_of("feedback", FEEDBACK, "at once"),
        sets=sets_of(fields, "sets", fields.take("sets", []), sets),
        deadlines=known.deadlines,
        zone=zone or _common_offset(fields),
        per_day=late.number("per_cent_a_day", 0.0, high=100) / 100,
        at_most=late.number("at_most_per_cent", 100.0, high=100) / 100,
        grace=late.number("grace_minutes", 0.0, high=10_080),
        drop=drop,
        full_marks=_questions(fields, "full_marks", sets),
        named=read_rules(fields, known),
    )
    late.done()
    fields.done()
    _need_deadlines(fields, policy)
    _points_must_count(fields, policy, sets)
    return policy


def _open(path: Path) -> Fields:
    try:
        return Fields(tomli.loads(path.read_text(encoding="utf-8-sig")), path.name)
    except OSError as error:
        raise CyberNormsError(
            f"The policy cannot be opened: {error.strerror or error}",
            where=str(path),
            remedy=f"Name a file like {policy_example()}",
        ) from None
    except UnicodeDecodeError:
        raise CyberNormsError(
            "The policy is not in the encoding UTF-8",
            where=path.name,
            remedy="Save it as plain text in UTF-8, which an editor offers under Save as",
        ) from None
    except (ValueError, RecursionError) as error:
        raise CyberNormsError(
            f"The policy cannot be read: {error}",
            where=path.name,
            remedy=f"Correct that line; {policy_example()} shows the form",
        ) from None


def _must_be_above_tables(fields: Fields) -> None:
    """Raise an error where a line for the top stands below a table, whose part it is in TOML."""
    for table in TABLES:
        inside = fields.take(table, {})
        for field in TOP if isinstance(inside, dict) else ():
            if field in inside:
                what = f"This line stands below [{table}], and so in that table"
                remedy = "Move it up, above the first line in square brackets"
                raise fields.problem(field, what, remedy)


def _need_deadlines(fields: Fields, policy: Policy) -> None:
    """Raise an error where the policy speaks of being late and nothing has a deadline."""
    if policy.deadlines:
        return
    needing = {
        "attempt": policy.attempt == "last before deadline",
        "feedback": policy.feedback == "after deadline",
        "late": bool(fields.take("late", {})),
    }
    for field, needs in needing.items():
        if needs:
            remedy = "Add one below [deadline], such as 02 = 2026-03-01T23:59:00"
            raise fields.problem(field, "There is no deadline", remedy)


def _points_must_count(fields: Fields, policy: Policy, sets: Sequence[QuestionSet]) -> None:
    """Raise an error where somebody has points by hand in a set that does not count."""
    if not policy.sets:
        return
    counting = {each.id for each in sets if each.id in policy.sets}
    counting |= {one.id for each in sets if each.id in policy.sets for one in each.questions}
    for name, overrides in policy.named.overrides.items():
        if out := next((key for key in overrides if key not in counting), ""):
            what = f"{name!r} has points by hand for {out!r}, whose set does not count"
            raise fields.problem("sets", what, "Add the set here, or take the points out")


def _questions(fields: Fields, field: str, sets: Sequence[QuestionSet]) -> frozenset[str]:
    """Return the ids of the questions that a list names, each of which brings points."""
    questions = Known(sets).questions
    ids = fields.texts(field)
    for id in ids:
        if id not in questions:
            remedy = did_you_mean(id, questions, "cybernorms questions lists the ids")
            raise fields.problem(field, f"There is no question {id!r}", remedy)
        if not questions[id].points:
            remedy = "Take it out of the list"
            raise fields.problem(field, f"The question {id!r} brings no points anyway", remedy)
    return frozenset(ids)


def _zone(fields: Fields) -> tzinfo | None:
    name = fields.text("time_zone", "")
    if not name:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise fields.problem(
            "time_zone",
            f"The time zone {name!r} is not known on this computer",
            'Write one such as "Europe/Berlin", or leave it out and give each deadline its '
            "offset, as in 2026-03-01T23:59:00+01:00",
        ) from None


def _common_offset(fields: Fields) -> tzinfo | None:
    """Return the offset that all deadlines carry, in which they are told and days are counted."""
    table = fields.take("deadline", {})
    offsets = {each.tzinfo for each in table.values() if isinstance(each, datetime)}
    return offsets.pop() if len(offsets) == 1 else None


def _deadlines(
    fields: Fields, sets: Sequence[QuestionSet], zone: tzinfo | None
) -> dict[str, float]:
    found: dict[str, float] = {}
    for inner, name, given in entries(fields, "deadline"):
        set = set_of(inner, name, name, sets)
        if set in found:
            what = f"The set {set} has a second deadline here"
            raise inner.problem(name, what, "Leave one line for each set")
        found[set] = moment_of(inner, name, given, zone)
    return found
