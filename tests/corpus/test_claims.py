"""The readers of the claims, and what they say of a table that was spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.corpus.claims import (
    CHANGE_KINDS,
    JUDGEMENTS,
    Claim,
    load_claims,
    load_discrepancies,
    load_faithful_renderings,
)
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.tables import read_table
from tests.corpus.spoiling import refusal, spoil


def find(id: str) -> Claim:
    return next(claim for claim in load_claims(lesson=EVERYTHING) if claim.id == id)


# What the tables hold


def test_every_row_is_read() -> None:
    """Prevents a reader that leaves rows out without a word."""
    claims, forecasts = load_claims(lesson=EVERYTHING), load_forecasts(lesson=EVERYTHING)
    assert len(claims) == len(read_table("claims", []))
    assert sum(len(each.steps) for each in claims) == len(read_table("claim_steps", []))
    assert sum(len(each.readings) for each in claims) == len(read_table("claim_readings", []))
    assert sum(len(each.discrepancies) for each in claims) == len(load_discrepancies())
    assert len(load_discrepancies()) == len(read_table("discrepancies", []))
    assert len(load_faithful_renderings()) == len(read_table("faithful_renderings", []))
    assert len(forecasts) == len(read_table("forecasts", []))
    assert sum(len(each.forecasters) for each in forecasts) == len(read_table("forecasters", []))


def test_claims_stand_in_the_order_of_the_post() -> None:
    """Prevents a tracer that begins in the middle."""
    assert [claim.number for claim in load_claims(lesson=EVERYTHING)] == list(range(1, 23))


def test_a_claim_shows_the_words_of_each_step() -> None:
    """Prevents a comparison of wordings that has nothing to compare."""
    steps = find("first-use").steps
    assert [step.position for step in steps] == [1, 2, 3]
    assert steps[1].quotation is not None
    assert steps[1].quotation.text in steps[1].wording
    assert steps[-1].change_kind == "negation lost"


def test_the_best_reading_comes_first() -> None:
    """Prevents a list in which a defensible reading looks like the best one."""
    for claim in load_claims(lesson=EVERYTHING):
        assert claim.readings[0].verdict == "correct"
        assert claim.readings[0].judgement == claim.verdict_2015


def test_every_judgement_and_every_kind_of_change_is_used() -> None:
    """Prevents an option that is never right, and a legend of words that nobody uses."""
    assert {claim.verdict_2015 for claim in load_claims(lesson=EVERYTHING)} == set(
        JUDGEMENTS.values()
    )
    kinds = {each.change_kind for each in load_discrepancies()}
    kinds |= {step.change_kind for claim in load_claims(lesson=EVERYTHING) for step in claim.steps}
    assert kinds == set(CHANGE_KINDS)


@pytest.mark.parametrize("lesson", ["00", "01", "05", "5"])
def test_an_outcome_stays_closed_before_lesson_06(lesson: str) -> None:
    """Prevents an outcome that is told before the learner has forecast it."""
    claims = load_claims(lesson=lesson)
    assert {claim.outcome for claim in claims} == {claim.held for claim in claims} == {""}
    assert {claim.outcome_quotation for claim in claims} == {None}
    assert {claim.outcome_source for claim in claims} == {None}


@pytest.mark.parametrize("lesson", ["06", "6", "08"])
def test_an_outcome_is_open_from_lesson_06_on(lesson: str) -> None:
    """Prevents a lesson 06 that shows nothing."""
    claims = {claim.id: claim for claim in load_claims(lesson=lesson)}
    assert claims["ip-theft-left-out"] == find("ip-theft-left-out")
    assert claims["ip-theft-left-out"].outcome != ""
    assert claims["ip-theft-left-out"].held == "no"
    assert claims["julie-zeller"].outcome == ""


def test_claims_cannot_be_changed() -> None:
    """Prevents a cell of a notebook that changes the data for all later cells."""
    with pytest.raises(AttributeError):
        load_claims(lesson=EVERYTHING)[0].outcome = ""  # type: ignore[misc]


def test_tables_are_read_once() -> None:
    """Prevents a widget that reads eight tables at each click."""
    assert load_discrepancies() is load_discrepancies()
    for load in (load_claims, load_forecasts):
        first, second = load(lesson="06"), load(lesson="06")
        assert all(one is two for one, two in zip(first, second, strict=True))


# Tables that were spoilt


@pytest.mark.parametrize(
    ("table", "row", "values"),
    [
        ("claims", 1, {"kind": "rumour"}),
        ("claims", 1, {"quotation": "crossroads-2015:nothing"}),
        ("claims", 1, {"quoted_force": "strong"}),
        ("claims", 1, {"outcome_source": ""}),
        ("claims", 1, {"opens_in": ""}),
        ("claims", 1, {"outcome_status": "certain"}),
        ("claims", 1, {"verdict_2015": "own reading"}),
        ("claims", 3, {"held": ""}),
        ("claims", 1, {"held": "yes"}),
        ("claims", 15, {"outcome_status": "primary"}),
        ("claim_steps", 1, {"claim": "nothing"}),
        ("claim_steps", 1, {"wording": "Other words."}),
        ("claim_steps", 2, {"change": ""}),
        ("claim_steps", 2, {"change_kind": "improved"}),
        ("claim_readings", 1, {"judgement": "fine"}),
        ("claim_readings", 1, {"verdict": "defensible"}),
        ("discrepancies", 1, {"claim": "nothing"}),
        ("discrepancies", 1, {"change_kind": "none"}),
        ("discrepancies", 1, {"also_kind": "none"}),
        ("discrepancies", 1, {"also_kind": "verb changed", "also_reason": ""}),
        ("discrepancies", 1, {"arose_at": "the printer"}),
        ("discrepancies", 1, {"effect": ""}),
    ],
)
def test_a_claim_that_cannot_be_right_is_refused(
    folder: Path, table: str, row: int, values: dict[str, str]
) -> None:
    """Prevents a tracer that shows a wrong cell as if it were checked."""
    spoil(folder, table, row, **values)
    error = refusal(load_claims, lesson=EVERYTHING)
    assert any(f"{field!r}" in str(error) for field in [*values, "verdict_2015"])


def test_a_rendering_that_cannot_be_right_is_refused(folder: Path) -> None:
    """Prevents a line of the hunt that belongs to no claim."""
    spoil(folder, "faithful_renderings", 1, claim="nothing")
    assert "'claim'" in str(refusal(load_faithful_renderings))


def test_a_claim_without_steps_is_refused(folder: Path) -> None:
    """Prevents a claim whose way nobody can follow."""
    for row in (1, 2):
        spoil(folder, "claim_steps", row, claim="first-use")
    assert "step" in refusal(load_claims, lesson=EVERYTHING).what
