"""Questions without their key: what students get where marks count.

A question with `key = "withheld"` has no verdict, credit, reason, answer or exemplar. Its form
saves an answer and says no more; a teacher who has the full question marks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.questions import Question, QuestionSet

WITHHELD = "withheld"

# What may be handed out of any question; each kind names its own fields. A field that holds tables
# names the fields of these that may be handed out. All else stays with the teacher.
OPEN: Mapping[str, Any] = dict.fromkeys(
    (
        *("id", "title", "kind", "use", "outcome", "minutes", "points", "prompt", "hint"),
        *("sources", "passages", "ordered"),
    )
)


def withhold(table: Mapping[str, Any], revision: str) -> dict[str, Any]:
    """Return the TOML table of a question without its key.

    Arguments:
        table: of the full question.
        revision: of the full question, which goes along so that answers can be told apart.
    """
    kind = KINDS.get(table.get("kind", ""), Question)
    open_part = _open_part(table, {**OPEN, **kind.OPEN})
    return {**open_part, "key": WITHHELD, "revision": revision}


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
