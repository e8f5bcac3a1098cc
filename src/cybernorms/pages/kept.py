"""What a learner has chosen before, read back from the record."""

from __future__ import annotations

from collections.abc import Container, Mapping
from contextlib import suppress

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import History, Record
from cybernorms.exercises.responses import Unreadable, find_id


def history_of(record: Record) -> History:
    """Return what a record holds; nothing where it cannot be opened, which saving will say."""
    try:
        return record.read()
    except CyberNormsError:
        return History()


def kept_mapping(
    history: History, key: str, choices: Mapping[str, Container[str]]
) -> dict[str, str]:
    """Return the choices of one answer that were kept last; what is no choice is left out.

    Arguments:
        history: what the record holds.
        key: the name of the answer in the record.
        choices: what there was to choose from, by what was chosen for.
    """
    last = history.last(key)
    given = last.response if last and isinstance(last.response, Mapping) else {}
    return {
        id: value
        for id, known in choices.items()
        if isinstance(value := given.get(id), str) and value in known
    }


def kept_ids(
    history: History, keys: Mapping[str, str], choices: Mapping[str, str]
) -> dict[str, str]:
    """Return the choices that were kept last; what cannot be read is left out.

    Arguments:
        history: what the record holds.
        keys: the names of the choices in the record, by what was chosen for.
        choices: what there was to choose from, texts by id.
    """
    found = {}
    for id, key in keys.items():
        last = history.last(key)
        with suppress(Unreadable):
            if last:
                found[id] = find_id(last.response, choices)
    return found
