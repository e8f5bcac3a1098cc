"""The reader of the events."""

from __future__ import annotations

import pytest

from cybernorms.corpus.events import find_event
from cybernorms.corpus.lessons import EVERYTHING


def test_what_is_read_cannot_be_changed() -> None:
    """Prevents an explorer that changes the facts for all others."""
    with pytest.raises(AttributeError):
        find_event("event-tunis-2005", lesson=EVERYTHING).name = "Tunis"  # type: ignore[misc]
