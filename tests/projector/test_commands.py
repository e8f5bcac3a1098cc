"""The command for one explorer alone says what is wrong with what was typed."""

from __future__ import annotations

import pytest

from cybernorms.cli import main
from cybernorms.projector import server


def test_what_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "clams", "--no-browser"]) == 1
    assert "Did you mean 'claims'?" in capsys.readouterr().err


def test_a_card_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(server, "serve", lambda card, browser: shown.append((card.label, browser)))
    assert main(["show", "norms", "f", "--lesson", "02", "--no-browser"]) == 0
    assert len(shown) == 1 and shown[0][1] is False
