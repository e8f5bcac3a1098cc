"""How many questions of each notebook are answered; counted anew only where the record changed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.copies import find_copies
from cybernorms.exercises.earlier import mark_answer
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import History, Record

OPTIONAL = "value"  # the kind of question that is answered in code, which nobody has to
_State = tuple[tuple[str, int, int], ...]


class Count(Struct, frozen=True):
    """How many questions of a notebook are answered, of how many, and the names of the others."""

    answered: int
    questions: int
    open: tuple[str, ...]


class Progress:
    """Where learners stand, by the folder of their record."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[_State, dict[str, Count]]] = {}
        self._questions: dict[str, Question | None] = {}

    def standings(self, work: Path, asks: Mapping[str, tuple[str, ...]]) -> dict[str, Count]:
        """Return the standing in each of some notebooks.

        Arguments:
            work: the folder of the record.
            asks: the names of the questions of each notebook.
        """
        record = Record(work)
        state = _state_of(record)
        known = self._known.get(work)
        if known and known[0] == state and known[1].keys() == asks.keys():
            return known[1]
        try:
            history = record.read()
        except CyberNormsError:  # forms say what is wrong with it
            history = History()
        made = {path: self._standing(history, keys) for path, keys in asks.items()}
        self._known[work] = state, made
        return made

    def _standing(self, history: History, keys: tuple[str, ...]) -> Count:
        counted = {key: found for key in keys if (found := self._question(key)) is not None}
        open_keys = tuple(key for key in counted if not _answered(history, key, counted[key]))
        return Count(len(counted) - len(open_keys), len(counted), open_keys)

    def _question(self, key: str) -> Question | None:
        if key not in self._questions:
            self._questions[key] = _find(key)
        return self._questions[key]


def _answered(history: History, key: str, question: Question) -> bool:
    last = history.last(key)
    if last is None:
        return False
    return mark_answer(question, last).state not in ("blank", "unreadable")


def _find(key: str) -> Question | None:
    with contextlib.suppress(CyberNormsError):
        found = find_question(key.removesuffix(AGAIN))
        return None if found.kind == OPTIONAL else found
    return None


def _state_of(record: Record) -> _State:
    """Return what changes whenever the record or one of its copies does."""
    found = []
    for path in (record.path, *find_copies(record.path)):
        with contextlib.suppress(OSError):
            at = path.stat()
            found.append((path.name, at.st_mtime_ns, at.st_size))
    return tuple(found)
