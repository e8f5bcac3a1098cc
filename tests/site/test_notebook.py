"""Notebooks as pages: what can be read without scripts, and what stands there until they run."""

from __future__ import annotations

import os
import re
from functools import cache

import pytest

from cybernorms.exercises.shipped import shipped_notebooks
from cybernorms.paths import lessons_dir
from cybernorms.site.notebook import Lesson, Live, Prose, markdown, read_lesson, slug
from cybernorms.site.wording import for_pages

PATHS = sorted(shipped_notebooks())
LINK = re.compile(r'href="([^"]*)"')


@cache
def lesson(path: str) -> Lesson:
    return read_lesson(path, (lessons_dir() / path).read_bytes(), PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_every_cell_of_a_page_shows_something_and_none_fails(path: str) -> None:
    """Prevents a page with a gap where a card should be, without scripts or with them."""
    live = [each for each in lesson(path).cells if isinstance(each, Live)]
    assert not [each.shown.problem for each in live if each.shown.problem]
    assert all(each.still for each in live if each.shown.views)
    assert sum(len(each.shown.views) for each in live) >= 3


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_nothing_of_jupyter_and_names_no_folder_of_this_computer(path: str) -> None:
    """Prevents instructions that can't be followed in a browser, and paths of whoever built it."""
    for each in lesson(path).cells:
        html = each.html if isinstance(each, Prose) else each.still + str(each.shown)
        assert not re.search(r"Run All Cells|JupyterLab|run the (next )?cell|\.ipynb|/tmp/", html)


@pytest.mark.parametrize("path", PATHS)
def test_links_between_pages_lead_somewhere(path: str) -> None:
    """Prevents links that lead nowhere once notebooks are pages."""
    pages = {each.removesuffix(".ipynb") + ".html" for each in PATHS} | {"index.html"}
    folder = path.split("/")[0]
    for each in lesson(path).cells:
        html = each.html if isinstance(each, Prose) else each.still
        for href in LINK.findall(html):
            if ":" in href or href.startswith("#"):
                continue
            assert os.path.normpath(f"{folder}/{href.split('#')[0]}") in pages, href


def test_headings_of_a_page_have_names_of_their_own() -> None:
    """Prevents a link to a section from leading to another."""
    for path in PATHS:
        ids = re.findall(
            r'id="([^"]+)"', "".join(c.html for c in lesson(path).cells if isinstance(c, Prose))
        )
        cells = [each.id for each in lesson(path).cells if isinstance(each, Live)]
        assert len({*ids, *cells}) == len(ids) + len(cells), path


def test_cards_in_an_order_of_the_learners_own_are_marked_as_such() -> None:
    """Prevents options from jumping under a reader once the order is known."""
    shown = {
        view.card.get("key"): view.card.get("shuffled", False)
        for each in lesson("exercises/03-norms-and-law.ipynb").cells
        if isinstance(each, Live)
        for view in each.shown.views
    }
    assert shown["law-untouched"] and not shown["law-waterworks"]


def test_nobodys_work_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a teacher's own record from being shown to everybody, or lost from sight."""
    monkeypatch.setenv("CYBERNORMS_WORK", "/somewhere/else")
    before = dict(os.environ)
    read_lesson(PATHS[0], (lessons_dir() / PATHS[0]).read_bytes(), PATHS)
    assert dict(os.environ) == before


def test_what_is_true_of_jupyter_alone_is_left_out() -> None:
    """Prevents a reader from looking for a menu that isn't there."""
    start = "They come up by themselves; where they don't, choose **Run**, then **Run All Cells**."
    assert for_pages(start) == "They come up by themselves."
    assert for_pages("In plain JupyterLab you'll see grey boxes.") == ""


def test_tables_can_be_scrolled_by_keyboard_and_links_lead_to_pages() -> None:
    """Prevents a wide table from being cut on a phone."""
    html = markdown("| a | b |\n|---|---|\n| [x](02-un-norms.ipynb#votes) | y |\n")
    assert 'class="cn-scroll" tabindex="0"' in html and 'href="02-un-norms.html#votes"' in html


def test_names_of_headings_are_plain() -> None:
    assert slug("3 Who sat in the room? (core, 6 minutes)") == "3-who-sat-in-the-room"
