"""What holds for all tests of marking a class."""

from __future__ import annotations

import pytest

from cybernorms.classroom.run import class_run

SECRET = b"the secret of all tests, 32 long"


@pytest.fixture(autouse=True)
def _one_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give all results of a test one secret, so that their names and bytes can be compared."""
    monkeypatch.setattr(class_run, "new_secret", lambda: SECRET)
