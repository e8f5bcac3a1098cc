"""Questions without their key: what students get where marks count.

A question with `key = "withheld"` has no verdict, credit, reason, answer or exemplar. Its form
saves an answer and says no more; a teacher who has the full question marks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.questions import Question, QuestionSet

WITHHELD = "withheld"

# What may be handed out of any question; each kind names its own fields. A field that holds tables
# names the fields of these that may be handed out. All else stays with the teacher, and so does the
# revision of the full question: where few keys are possible, each could be tried against it.
OPEN: Mapping[str, Any] = dict.fromkeys(
    (
        *("id", "title", "kind", "use", "outcome", "minutes", "points", "prompt", "hint"),
        *("sources", "passages", "ordered"),
    )
)


# What is put in an order that follows from ids alone.
MIXED = {"option", "item"}


def withhold(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the TOML table of a question without its key.

    Options and items stand in an order that follows from their ids alone, for the order in which
    an author writes them may tell the key; those of an `ordered` question stay as they are.

    Arguments:
        table: of the full question.
    """
    kind = KINDS.get(table.get("kind", ""), Question)
    mixed = table if table.get("ordered") else _mixed(table)
    return {**_open_part(mixed, {**OPEN, **kind.OPEN}), "key": WITHHELD}


def _mixed(table: Mapping[str, Any]) -> dict[str, Any]:
    def place(each: Mapping[str, Any]) -> bytes:
        return sha256(f"{table['id']}:{each['id']}".encode()).digest()

    mixed = dict(table)
    for name in MIXED & table.keys():
        mixed[name] = sorted(table[name], key=place)
        ranks = [each.get("rank", 0) for each in mixed[name]]
        if ranks == sorted(ranks) != ranks[::-1]:  # a form must not open with the right order
            mixed[name].reverse()
    if "part" in table:
        mixed["part"] = [_mixed(part) for part in table["part"]]
    return mixed


def _open_part(table: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [_open_part(each, inner) for each in table[name]] if inner else table[name]
        for name, inner in fields.items()
        if name in table
    }


def must_have_keys(sets: Sequence[QuestionSet], what: str) -> None:
    """Raise an error where questions have no key, for something that cannot be done without.

    Arguments:
        sets: the question sets.
        what: what is to be done, such as `A class cannot be marked`.
    """
    for each in sets:
        for question in each.questions:
            if question.withheld:
                raise CyberNormsError(
                    f"{what}: question {question.id!r} has no key",
                    where=each.id,
                    remedy="This is a package for students; use the teacher's copy of the module",
                )
