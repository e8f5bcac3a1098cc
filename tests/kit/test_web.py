"""Pages in HTML: a language, headings in order, tables with heads, nothing from elsewhere."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from cybernorms.kit.web import web_page
from tests.kit.kit import page, sheet, sheets

every = pytest.mark.parametrize("name", [each.name for each in sheets()])


@every
def test_a_page_is_read_in_order(name: str) -> None:
    """Prevents a page without language, headings or table heads."""
    html = page(name)
    assert '<html lang="en">' in html
    assert re.search(r"<title>[^<]{5,}</title>", html)
    levels = [int(each) for each in re.findall(r"<h([1-6])[ >]", html)]
    assert levels[0] == 1 and levels.count(1) == 1
    jumps = pairwise(levels)
    assert all(following <= before + 1 for before, following in jumps), levels
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert 'scope="col"' in table and 'scope="row"' in table
    assert not re.search(r"<img(?![^>]*alt=)", html)


@every
def test_a_page_runs_nothing_and_loads_nothing(name: str) -> None:
    """Prevents a page that does not open on a computer without network."""
    assert not re.search(r"<script|<link|src=\"http|@import|url\(", page(name))


def test_the_paper_is_the_one_asked_for() -> None:
    made = sheet("class-sheet-01")
    assert "size: A4" in web_page(made) and "size: letter" in web_page(made, "letter")


def test_marks_in_texts_are_escaped() -> None:
    """Prevents a question with a `<` in it from ending the page."""
    assert "<script" not in page("question-book")
