"""The glossary."""

from __future__ import annotations

import pytest

from cybernorms import show_glossary


def test_the_glossary_finds_words_and_says_when_it_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prevents an empty page as an answer."""
    show_glossary("Due Diligence")
    assert "due diligence:" in capsys.readouterr().out
    show_glossary("zebra")
    assert "nothing on \u201czebra\u201d" in capsys.readouterr().out
