"""The clause lab shows what a clause reaches, and why."""

from __future__ import annotations

import pytest

from cybernorms import show_clause_lab
from cybernorms.corpus.clauses import find_clause
from cybernorms.corpus.conducts import load_choices, load_conducts, load_incident_conducts
from cybernorms.document import Aside, Table
from cybernorms.errors import CyberNormsError
from cybernorms.pages.clause_board import verdicts
from cybernorms.pages.clause_lab import (
    AS_TABLE,
    START,
    LabState,
    built_parts,
    chosen,
    lab_blocks,
    start,
)
from tests.texts import flat


def test_every_list_and_every_case_is_in_the_text() -> None:
    """Prevents a case that only the screen shows."""
    text = flat(lab_blocks(LabState()))
    for case in load_conducts():
        assert case.label in text
    for incident in load_incident_conducts(lesson="05"):
        assert f"by {incident.attribution.speaker}".casefold() in text.casefold()
    assert "Of 18 invented cases" in text and "Each line takes one public statement" in text


def test_a_result_is_told_by_sign_and_word_with_its_reasons() -> None:
    """Prevents a result that is told by a sign alone, or without what it rests on."""
    text = flat(lab_blocks(LabState()))
    assert "The clause: ✓ reaches it; Why: Every condition is met. The State's own people" in text
    assert "The clause: ✗ misses it; Why: Others act. Turning a blind eye isn't conducting." in text
    argued = flat(lab_blocks(LabState(clause="kerry-1")))
    assert "The clause: ◐ arguable; Why: For: A State that breaks in this way" in argued


def test_all_cases_are_in_one_fold_each_of_them_once() -> None:
    """Prevents a case that the board has and the table has not."""
    [fold] = [
        block
        for block in lab_blocks(LabState(clause="nyt-first-use"))
        if isinstance(block, Aside) and block.summary == AS_TABLE
    ]
    compared, shown, missed = (each for each in fold.blocks if isinstance(each, Table))
    assert {row[1] for row in shown.rows} == {"\u2713 reaches it", "\u25d0 arguable"}
    assert {row[1] for row in missed.rows} == {"\u2717 misses it"}
    assert len(shown.rows) + len(missed.rows) == len(compared.rows) == len(load_conducts())
    assert {row[3] for row in compared.rows} == {"the same", "they differ"}


def test_a_clause_or_a_case_that_is_not_there_is_refused() -> None:
    """Prevents a lab that opens on nothing."""
    with pytest.raises(CyberNormsError, match="zzz"):
        show_clause_lab("zzz")
    with pytest.raises(CyberNormsError, match="us-china-ip"):
        show_clause_lab("us-china-ip", lesson="5")
    with pytest.raises(CyberNormsError, match="zzz"):
        chosen(LabState(choices={"verb": "zzz"}))


@pytest.mark.parametrize("id", ["nyt-first-use", "kerry-1", "kerry-3", "norm-13c", "norm-13f"])
def test_a_real_clause_opens_as_a_sentence_that_reaches_the_same_cases(id: str) -> None:
    """Prevents a comparison that begins with a difference which nobody has made."""
    clause = find_clause(id, lesson="05")
    state = start(id, "05")
    assert state.clause == id and state.choices != START
    assert verdicts(built_parts(state)) == verdicts(clause.parts)


def test_a_clause_that_cannot_be_built_leaves_the_first_choices() -> None:
    """Prevents a promise on power grids from opening as one on trade secrets, word for word."""
    assert start("post-first-use", "05").choices == START


def test_the_first_choices_are_choices() -> None:
    """Prevents a lab that opens with an error after a row was renamed."""
    assert set(START) == set(load_choices())
    assert len(chosen(LabState())) == len(START)
