"""The command writes the kit, and tells what it wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cybernorms.cli import main
from cybernorms.kit import writing


def test_one_lesson_is_written_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a list with a link to a file that is not there."""
    assert main(["kit", "--to", str(tmp_path), "--lesson", "01", "--no-pdf"]) == 0
    said = capsys.readouterr().out
    home = tmp_path / "01-reading-the-report"
    for name in ("class-sheet-01-a4.docx", "class-sheet-01-letter.docx", "class-sheet-01.html"):
        assert (home / name).stat().st_size > 2000
    assert (home / "slides-01.pptx").is_file() and "slides-01.pptx" in said
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', index)
    assert len(links) > 5 and all((tmp_path / link).is_file() for link in links)


def test_without_a_browser_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(writing, "find_browser", lambda: "")
    assert main(["kit", "--to", str(tmp_path), "--lesson", "00"]) == 0
    assert "No PDF files were made" in capsys.readouterr().out


def test_a_lesson_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kit", "--to", str(tmp_path), "--lesson", "99"]) == 1
    assert "There is no lesson '99'" in capsys.readouterr().err
