"""Clauses are compared part by part."""

from __future__ import annotations

import pytest

from cybernorms.analysis.clauses import compare_parts, distance, nearest
from cybernorms.corpus.clauses import find_clause, load_clauses, load_parts
from cybernorms.corpus.lessons import EVERYTHING


def test_a_clause_is_like_itself_and_distance_has_no_direction() -> None:
    """Prevents a measure that depends on which clause stands first."""
    for one in load_clauses(lesson=EVERYTHING):
        assert distance(one.parts, one.parts) == 0
        for two in load_clauses(lesson=EVERYTHING):
            there, back = distance(one.parts, two.parts), distance(two.parts, one.parts)
            assert there == pytest.approx(back) and 0 <= there <= 7


def test_the_post_differs_from_the_newspaper_in_modality_and_qualifier_alone() -> None:
    """Prevents the lost not from being one difference among many."""
    first, second = (
        find_clause("nyt-first-use", lesson=EVERYTHING),
        find_clause("post-first-use", lesson=EVERYTHING),
    )
    changed = [e.slot for e in compare_parts(first.parts, second.parts) if not e.same]
    assert changed == ["modality", "qualifier"]
    assert distance(first.parts, second.parts) == pytest.approx(1 + 2 / 3)


def test_a_slot_shared_in_part_counts_in_part() -> None:
    """Prevents "conduct" from being as far from "conduct or support" as from "allow"."""
    parts = load_parts()
    alone, both = [parts["v-conduct"]], [parts["v-conduct"], parts["v-support"]]
    assert distance(alone, both) == pytest.approx(0.5)
    assert distance(alone, [parts["v-allow"]]) == 1
    assert distance([], []) == 0


def test_all_of_the_nearest_are_told() -> None:
    """Prevents one of two texts with the same words from being passed over."""
    kerry = find_clause("kerry-3", lesson=EVERYTHING)
    assert [each.id for each in nearest(kerry.parts, load_clauses(lesson="05"))] == ["kerry-3"]
    twins = nearest(
        find_clause("us-china-ip", lesson=EVERYTHING).parts, load_clauses(lesson=EVERYTHING)
    )
    assert [each.id for each in twins] == ["us-china-ip", "canada-china-ip"]
