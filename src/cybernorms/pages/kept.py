"""What a learner has chosen before, read back from the record."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from cybernorms.exercises.record import History
from cybernorms.exercises.responses import Unreadable, find_id


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
