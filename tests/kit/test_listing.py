"""The list of a kit leads to every file of it."""

from __future__ import annotations

from pathlib import Path

from cybernorms.kit.listing import index_page, slides_path
from tests.kit.kit import lesson, sheet


def test_files_are_listed_by_what_they_are(tmp_path: Path) -> None:
    """Prevents a list in which a class sheet and its reasons look alike."""
    taught, made = lesson("01"), [sheet("class-sheet-01"), sheet("what-came-of-it-01")]
    home = tmp_path / taught.folder
    home.mkdir()
    for name in ("class-sheet-01-a4.docx", "class-sheet-01.html", "what-came-of-it-01.docx"):
        (home / name).touch()
    html = index_page(tmp_path, made, [taught], ["01-reading-the-report/x.csv", "else/y.csv"])
    assert "Lesson 01: Reading the report" in html and "Class sheet: Reading" in html
    assert ">a4.docx</a>" in html and "What came of it: Reading the report (teachers only)" in html
    assert slides_path(taught) in html and "x.csv" in html and "y.csv" not in html
    assert html.count("<h2>") == 1
