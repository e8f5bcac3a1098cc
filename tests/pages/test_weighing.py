"""The verdict over the evidence names its method and its limits."""

from __future__ import annotations

import pytest

from cybernorms.cards.weigher import Weigher
from cybernorms.corpus.evidence import load_bearings
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_text
from cybernorms.exercises.record import Record
from cybernorms.pages.evidence import KEY, weighed_items
from cybernorms.pages.weighing import as_weighing, second_pass, verdict_blocks
from tests.cards.messages import parts_of
from tests.texts import one_line


def test_the_verdict_says_how_far_the_second_coder_agrees_and_what_would_be_in_front() -> None:
    """Prevents a sum that hides how much hangs on who judged."""
    everything = as_weighing({"items": {each.id: "1" for each in weighed_items()}})
    told = second_pass(everything)
    second = {
        (each.evidence, each.explanation): each
        for each in load_bearings(lesson=EVERYTHING, coder="B")
    }
    same = sum(
        each.weight == second[each.evidence, each.explanation].weight
        for each in load_bearings(lesson=EVERYTHING)
    )
    assert f"agree on {same} of {len(second)} bearings" in told and 0 < same < len(second)
    assert told.endswith("your weights would put Better hiding in front.")
    assert told in one_line(to_text(verdict_blocks(everything)))
    only = as_weighing({"items": {"first-half-2014": "1"}})
    assert second_pass(only).endswith("would put the same in front.")


def test_the_verdict_names_its_method_its_limits_and_what_a_fall_cannot_show() -> None:
    everything = as_weighing({"items": {each.id: "1" for each in weighed_items()}})
    text = one_line(to_text(verdict_blocks(everything)))
    assert "a device for thinking and not a measurement" in text
    assert "What would change it" in text and "invented" in text
    assert "16. The charges on jet engines (2018)" in text.split("decide between none")[1]


@pytest.mark.parametrize(
    "kept",
    [None, "", [1], {"items": [1]}, {"items": {"made-up": "1"}, "priors": {"the-deal": "9"}}],
)
def test_a_record_that_somebody_edited_weighs_nothing(kept: object) -> None:
    found = as_weighing(kept)
    assert not found.weights and not found.priors and not found.once_each
    Record().append(KEY, "", kept)
    assert not [each for each in parts_of(Weigher(), "fold") if "sum" in each["summary"]]
    assert "In front" not in Weigher().text()
