"""PDF files are printed by a browser, and without one the kit says so."""

from __future__ import annotations

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.kit import printing
from cybernorms.kit.printing import find_browser, print_pages
from tests.browser import lab
from tests.kit.kit import page


def test_a_browser_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_BROWSER", "/somewhere/chromium")
    assert find_browser() == "/somewhere/chromium"


def test_a_missing_browser_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a teacher without Chrome from getting nothing at all, or a traceback."""
    monkeypatch.setattr(printing, "find_browser", lambda: "")
    with pytest.raises(CyberNormsError, match="print them, or save the Word files as PDF"):
        print_pages({"a": "<p>b</p>"})


def test_a_program_that_is_no_browser_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "find_browser", lambda: "/bin/true")
    with pytest.raises(CyberNormsError, match="did not start"):
        print_pages({"a": "<p>b</p>"})


@pytest.mark.browser
def test_class_sheets_are_two_pages_that_a_screen_reader_can_read() -> None:
    """Prevents a PDF of pictures, and a third page."""
    if not find_browser():
        pytest.skip(lab.HOW_TO_GET_A_BROWSER)
    names = ("class-sheet-01", "class-sheet-02", "class-sheet-one-class")
    for content in print_pages({name: page(name) for name in names}).values():
        assert content.startswith(b"%PDF")
        assert content.count(b"/Type /Page\n") == 2
        assert b"/StructTreeRoot" in content
