"""One page each to keep, from the lesson on that has told it."""

from __future__ import annotations

from cybernorms.corpus.norms import load_norms
from cybernorms.document import Table
from cybernorms.kit.paper import Grid
from cybernorms.kit.summaries import summaries
from tests.kit.kit import lesson, lessons


def test_the_norms_the_slots_the_deal_and_the_report_each_have_a_page() -> None:
    made = {each.name: each for each in summaries(lessons())}
    assert {"summary-eleven-norms", "summary-seven-slots", "summary-deal-and-forecasts"} <= {*made}
    norms = next(each for each in made["summary-eleven-norms"].blocks if isinstance(each, Table))
    assert len(norms.rows) == len(load_norms(lesson="02")) == 11
    slots = next(each for each in made["summary-seven-slots"].blocks if isinstance(each, Grid))
    assert len(slots.rows) == 7


def test_a_summary_says_from_which_lesson_on_it_may_be_given_out() -> None:
    """Prevents the outcome from lying beside the forecast in the same pile."""
    made = {each.name: each.over for each in summaries(lessons())}
    assert made["summary-deal-and-forecasts"] == "To keep, from lesson 06 on"
    assert [each.name for each in summaries([lesson("01")])] == ["summary-01"]
