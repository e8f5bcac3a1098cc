"""Keep what a card needs to be there, or let nothing be kept."""

from __future__ import annotations

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION


def keep_forecast(**percents: str) -> None:
    """Keep a forecast, as percentages by statement."""
    Record().append(QUESTION, "", {id.replace("_", "-"): text for id, text in percents.items()})


def cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer be saved from now on."""

    def refuse(*_: object) -> None:
        raise CyberNormsError("Not saved: the disk is full", remedy="Make room")

    monkeypatch.setattr(Record, "append", refuse)
