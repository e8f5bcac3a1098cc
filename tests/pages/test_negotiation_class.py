from __future__ import annotations

from cybernorms.corpus.talks import load_roles
from cybernorms.pages.negotiation_class import (
    DEBRIEF,
    ROUNDS,
    RULES,
    class_blocks,
    minutes,
    placard_lines,
    rounds_table,
)
from tests.texts import flat


def test_the_rounds_fill_a_class_of_75_minutes_without_a_gap() -> None:
    # Prevents a plan by the minute that does not add up.
    assert minutes() == sum(each.minutes for each in ROUNDS) == 75
    starts = [str(row[0]).split("\u2013") for row in rounds_table().rows]
    ends = [end for _, end in starts]
    assert [begin for begin, _ in starts] == ["0", *ends[:-1]] and ends[-1] == "75"


def test_each_seat_has_a_placard_and_one_of_them_the_chair() -> None:
    # Prevents a delegation without a name on its table.
    placards = [placard_lines(role) for role in load_roles(lesson="08")]
    assert [seat for _, seat in placards].count("In the chair") == 1
    assert len({name for name, _ in placards}) == 3


def test_the_page_has_rules_briefs_and_a_debrief() -> None:
    # Prevents a handout that leaves the class without one of them.
    text = flat(class_blocks())
    for line in (*RULES, *DEBRIEF):
        assert line in text
    for role in load_roles(lesson="08"):
        assert role.task in text
