"""An item of evidence shows source, quality and answer, and where coders differ."""

from __future__ import annotations

import pytest

from cybernorms.corpus.evidence import load_bearings, load_evidence
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_text
from cybernorms.pages.evidence import bearing_table, item_section
from tests.texts import one_line


@pytest.mark.parametrize("item", load_evidence(lesson=EVERYTHING), ids=lambda each: each.id)
def test_an_item_shows_source_quality_and_the_answer_of_china(item) -> None:
    text = one_line(to_text([item_section(item)])).replace("\u201c", '"').replace("\u201d", '"')
    for part in (item.says, item.good_for, item.weak_because, item.answer.text):
        assert one_line(part) in text
    assert item.pinpoint in text and "China\u2019s answer" in text


def test_where_coders_differ_an_item_shows_the_weights_and_reasons_of_both() -> None:
    """Prevents one of two readings from being dropped."""
    item = next(each for each in load_evidence(lesson=EVERYTHING) if each.id == "first-half-2014")
    rows = {name: (weight, reason) for name, weight, reason in bearing_table(item).rows}
    second = {
        each.explanation: each
        for each in load_bearings(lesson=EVERYTHING, coder="B")
        if each.evidence == item.id
    }
    weight, reason = rows["Better hiding"]
    assert weight == "differ: for (A), neutral (B)"
    assert reason.endswith(f"B: {second['stealth'].reason}") and reason.startswith("A: ")
    assert rows["Exposure and charges"][0] == "strongly for"
