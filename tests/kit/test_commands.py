"""The kit is listed among the commands."""

from __future__ import annotations

import pytest

from cybernorms.cli import main


def test_the_command_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["kit"])
    assert "--to" in capsys.readouterr().err
