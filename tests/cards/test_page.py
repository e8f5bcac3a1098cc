"""The blocks of a page as the HTML of a card: long tables are folded, whatever holds them."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import pytest

from cybernorms.cards.explorer import ExplorerCard
from cybernorms.cards.page import MOST_ROWS, page_html
from cybernorms.document import Aside, Block, Columns, Section, Table, to_text
from cybernorms.pages import coverage, rooms, spread, timeline, votes, wording
from cybernorms.pages.explorer import Explorer

FOLD = "<summary>Show the numbers: States by group</summary>"


def table(rows: int, *, fold: bool | None = None) -> Table:
    return Table("States by group", ["State", "Seats"], [[f"{n}", "1"] for n in range(rows)], fold)


@pytest.mark.parametrize(
    "page",
    [
        [table(MOST_ROWS + 1)],
        [table(1, fold=True)],
        [Section("Seats", [table(MOST_ROWS + 1)])],
        [Columns([Section("One", [table(MOST_ROWS + 1)]), Section("Two", [])])],
    ],
)
def test_a_long_table_is_folded(page: Sequence[Block]) -> None:
    """Prevents that a reader has to scroll past 44 rows to the next question."""
    assert page_html(page).count(FOLD) == 1


@pytest.mark.parametrize("page", [[table(MOST_ROWS)], [table(MOST_ROWS + 1, fold=False)]])
def test_a_short_table_and_one_that_the_page_is_for_stay_open(page: Sequence[Block]) -> None:
    assert "<details" not in page_html(page)


def test_a_table_in_a_fold_is_not_folded_twice() -> None:
    """Prevents that it takes two presses to see a table."""
    page = page_html([Aside("Cases that it misses", [table(20)])])
    assert page.count("<details") == 1
    assert "Show the numbers" not in page


def test_the_text_form_has_every_row() -> None:
    """Prevents that what is folded on a screen is missing for those who read text."""
    page = [table(MOST_ROWS + 1)]
    page_html(page)
    assert to_text(page).count("Seats: 1") == MOST_ROWS + 1


def fold_of(explorer: Explorer) -> str:
    card = ExplorerCard(explorer, explorer.start("", "06"))
    return str(card.describe()["parts"])


@pytest.mark.parametrize("page", [coverage, rooms, spread, timeline, votes])
def test_the_long_tables_of_explorers_are_folded(page: ModuleType) -> None:
    """Prevents that the limit is raised over the tables that it is for."""
    assert "Show the numbers" in fold_of(page.EXPLORER)


def test_what_the_wording_lab_compares_stays_open() -> None:
    assert "Show the numbers" not in fold_of(wording.EXPLORER)
