"""The readers of instruments and their paragraphs."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from cybernorms.corpus.instruments import (
    find_instrument,
    load_paragraphs,
    load_views,
)
from cybernorms.corpus.lessons import EVERYTHING
from tests.corpus.spoiling import refusal


def test_an_instrument_is_found_by_its_id() -> None:
    """Prevents the search for one text in a list of all."""
    assert (
        find_instrument("paris-call-2018", lesson=EVERYTHING).issuer_kind
        == "a multistakeholder meeting"
    )


@pytest.mark.parametrize("id", ["paris", "", None, 5, [], "\ud800"])
def test_an_instrument_that_is_none_is_refused_with_the_ids(id: Any) -> None:
    """Prevents a traceback for a misspelt instrument."""
    assert "paris-call-2018" in refusal(partial(find_instrument, lesson=EVERYTHING), id).remedy


def test_paragraphs_bring_their_instrument_and_their_quotation() -> None:
    """Prevents a paragraph that a lesson cannot show with its words."""
    found = {paragraph.id: paragraph for paragraph in load_paragraphs(lesson=EVERYTHING)}
    proxies = found["un-a-70-174:28e-1"]
    assert proxies.instrument.short_name == "GGE report of 2015"
    assert proxies.quotation and proxies.quotation.text.startswith("States must not use proxies")
    assert found["un-a-70-174:28a"].quotation is None


def test_a_view_of_a_group_has_no_state() -> None:
    """Prevents the view of many States from being given to one."""
    views = {view.id: view for view in load_views(lesson=EVERYTHING)}
    state = views["cuba-2020-ihl"].state
    assert state and state.name == "Cuba"
    assert views["g77-2023-management"].state is None
