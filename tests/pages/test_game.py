"""The deal game as text: it says what the numbers say, and leaves no gap."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from cybernorms.analysis.deal_crowd import HABITS
from cybernorms.analysis.deal_game import LIMITS, check_deal, holds, set_number
from cybernorms.document import to_text
from cybernorms.pages.game import STEPS, as_kept, find_step, game_blocks, quiet_of, step_ids
from cybernorms.pages.game_settings import (
    AXES,
    DIALS,
    GAPS,
    KNOWN_HABITS,
    LOOSE,
    PRESETS,
    START,
    deal_of,
    figure,
    reads,
    say,
)
from cybernorms.pages.game_words import DAYLIGHT


def flat(step: str) -> str:
    return " ".join(to_text(game_blocks(step)).split())


@pytest.mark.parametrize("step", step_ids())
def test_the_text_of_a_step_has_no_gap(step: str) -> None:
    """Prevents "{n} names" in place of a number."""
    text = flat(step)
    assert len(text) > 300
    assert not re.search(r"[{}]|nan|None", text)


def test_sentences_have_gaps_that_can_be_filled() -> None:
    """Prevents a sentence with a brace too many, which would stop the page."""
    for step in STEPS:
        for sentences in step.words.values():
            assert sentences
            for sentence in sentences:
                gaps = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
                assert all(re.fullmatch(r"\w+", gap) for gap in gaps), sentence


def test_in_fog_an_honest_player_meets_both_false_names() -> None:
    """Prevents a first game in which nothing is to be discovered."""
    text = flat("fog")
    assert text.count("You’re named, and you didn’t do it.") == 1
    assert text.count("They’re named.") == 1
    assert "It broke twice, and nobody had broken it" in text


def test_the_map_begins_where_it_does_not_hold_and_all_but_patience_can_change_that() -> None:
    """Prevents a hunt for something that is not there, and a reveal that is not true."""
    start = deal_of(START)
    assert not holds(start)
    for name, dial in DIALS.items():
        if name in START:
            steps = round((dial.high - dial.low) / dial.step)
            values = [(dial.low + dial.step * step) / dial.per for step in range(steps + 1)]
            tried = [set_number(start, name, value) for value in values]
            possible = [each for each in tried if each.one.false_names <= each.one.detection]
            assert any(map(holds, possible)) is (name != "patience"), name


def test_rules_that_reach_thirty_seasons_exist_and_the_obvious_ones_do_not() -> None:
    """Prevents a task that cannot be done, or is done before it is understood."""
    assert quiet_of(deal_of({"sanction": 5, "off": 1, "patience": 0.9}), 40) >= 30
    assert quiet_of(deal_of({"sanction": 0, "off": 3, "patience": 0.9}), 40) == 0
    assert 0 < quiet_of(deal_of({"sanction": 0, "off": 12, "patience": 0.98}), 40) < 30


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_moment_has_numbers_within_the_dials_and_says_that_they_are_invented(preset) -> None:
    """Prevents a guess of ours that passes for a measurement."""
    check_deal(deal_of({**LOOSE, **preset.numbers}))
    for name, value in preset.numbers.items():
        assert DIALS[name].low <= value * DIALS[name].per <= DIALS[name].high
    words = find_step("sandbox").words
    told = say(words, "preset", **{"name": preset.name, "note": preset.note})
    assert "invented" in told and "made up" in words["presets"][0]


def test_dials_stay_within_what_can_be_computed() -> None:
    """Prevents a slider that leads where the formula ends."""
    for name, dial in DIALS.items():
        low, high = LIMITS[name]
        assert low <= dial.low / dial.per < dial.high / dial.per <= high
    assert {name for pair in AXES for name in pair} <= set(START)


def test_habits_are_those_of_the_model_and_a_habit_can_be_put_together() -> None:
    """Prevents a tournament without one of its players."""
    assert [each.id for each in KNOWN_HABITS] == list(HABITS)
    assert [gap.name for gap in GAPS] == ["begins", "answer", "forgives", "contrite", "tries"]
    for gap in GAPS:
        assert len({float(value) for _, value in gap.options}) == len(gap.options) >= 2


def test_the_crowd_says_who_is_left_in_which_fog() -> None:
    """Prevents a reading of lesson 07 that its own numbers contradict."""
    text = flat("crowd")
    assert "Haze: Left: Takes its punishment (20 States)" in text
    assert "Fog: Left: Takes what it can (20 States)" in text


def test_two_worlds_have_the_same_names() -> None:
    """Prevents a hint in the picture."""
    counts = re.findall(r"World [AB]: ([\d, ]+) names", flat("worlds"))
    assert len(counts) == 2 and counts[0] == counts[1]


def test_numbers_read_as_in_the_page() -> None:
    """Prevents two ways to write a number."""
    assert [figure(2.0), figure(2.25, 2), figure(-3.04), figure(0.0), figure(10)] == [
        "2", "2.25", "−3", "0", "10",
    ]  # fmt: skip
    assert reads(DIALS["off"], 1) == "1 season" and reads(DIALS["off"], 3) == "3 seasons"
    assert reads(DIALS["detection"], 0.6) == "60 times in 100"
    assert say(DAYLIGHT, "kept", 9) == DAYLIGHT["kept"][-1]


def test_what_is_kept_is_only_what_a_step_keeps() -> None:
    """Prevents a record that grows with whatever a page sends."""
    step = find_step("crowd")
    assert as_kept(step, {"begins": "1", "fog": "2"}) == {"begins": "1", "fog": "2"}
    assert as_kept(step, {"begins": "1", "other": "2"}) is None
    assert as_kept(step, {"begins": float("inf")}) is None
