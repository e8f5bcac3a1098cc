"""What is kept and shown while a test runs is kept and shown for that test alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.exercises.record import Record
from cybernorms.widgets.carrying import CardWidget


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test write to a record of its own, never to that of whoever runs it."""
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path / "work"))


@pytest.fixture(autouse=True)
def _nothing_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin in a kernel that has shown no card."""
    monkeypatch.setattr(CardWidget, "shown", {})


@pytest.fixture
def record() -> Record:
    """Return the record of the test."""
    return Record()
