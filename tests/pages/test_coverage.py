"""The coverage matrix."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cybernorms import show_coverage
from cybernorms.analysis.coverage import DIFFER, Matrix, agreed, count_values, differing, matrix
from cybernorms.corpus.clauses import load_clauses
from cybernorms.corpus.coverage import Coverage, load_coverage, load_interests, opens_in
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import load_norms
from cybernorms.document import line_text, to_html
from cybernorms.errors import CyberNormsError
from cybernorms.pages.coverage import (
    SHORT,
    CoverageState,
    agreement_line,
    cell_text,
    coverage_blocks,
    instruments,
    totals,
)
from tests.cards.messages import change, options_of
from tests.explorers import explore
from tests.texts import flat


def found_05() -> Matrix:
    """Return the matrix of the first pass alone, so that a second one changes nothing here."""
    return matrix(each for each in load_coverage(lesson="05") if each.coder == "A")


def judgement(coder: str, value: str) -> Coverage:
    some = load_coverage(lesson=EVERYTHING)[0]
    return replace(some, id=f"x:{coder}", coder=coder, value=value)


# The coverage matrix


def test_where_coders_differ_both_are_shown() -> None:
    """Prevents one of two readings from being dropped."""
    cell = (judgement("A", "covers"), judgement("B", "silent"))
    assert agreed(cell) == DIFFER
    assert cell_text(cell) == "differ: covers (A), silent (B)"
    assert cell_text(cell[:1]) == "covers"
    found = matrix([cell[1], cell[0]])
    assert [[each.coder for each in one] for one in differing(found)] == [["A", "B"]]
    assert count_values([cell, cell[:1]]) == {
        "covers": 1, "covers in part": 0, "silent": 0, DIFFER: 1,
    }  # fmt: skip


def test_agreement_is_told_once_there_is_a_second_coder() -> None:
    """Prevents one reading from passing for the judgement of two."""
    same = (judgement("A", "covers"), judgement("B", "covers"))
    apart = (judgement("A", "covers"), judgement("B", "silent"))
    assert agreement_line({"x": {"i": same[:1]}}) == "Judged once so far."
    told = agreement_line({"x": {"i": same, "j": apart}})
    assert told == "Judged by 2 coders apart, who agree on 1 of 2 cells."


def test_every_cell_opens_with_its_reason() -> None:
    """Prevents a cell whose reason cannot be read."""
    found = matrix(load_coverage(lesson="05"))
    for target, row in found.items():
        for instrument, cell in row.items():
            text = flat(coverage_blocks(CoverageState("", target, instrument, "05"))[:1])
            for each in cell:
                assert f"Coder {each.coder}: {each.value}." in text
                assert each.reason[:20] in text.replace("“", '"').replace("”", '"')


def test_a_cell_on_which_the_coders_differ_says_so_and_gives_both_reasons() -> None:
    """Prevents a second judgement that nobody gets to see."""
    cell = differing(matrix(load_coverage(lesson="05")))[0]
    state = CoverageState("", cell[0].target.id, cell[0].instrument.id, "05")
    text = flat(coverage_blocks(state))
    assert "The coders differ." in text
    assert all(f"Coder {each.coder}: {each.value}." in text for each in cell) and len(cell) == 2
    assert f"differ: {SHORT[cell[0].value]} (A), {SHORT[cell[1].value]} (B)" in text


def test_the_matrix_shows_norms_interests_or_both() -> None:
    """Prevents a filter that lets a row through or forgets one."""
    card = explore("coverage", lesson="05")
    norms, wishes = len(load_norms(lesson=EVERYTHING)), len(load_interests(lesson="05"))

    def count() -> int:
        return to_html(card.blocks()).count('<th scope="row">')

    assert count() == norms + wishes
    change(card, rows="norms")
    assert count() == norms
    change(card, rows="interests")
    assert count() == wishes
    change(card, instrument="un-a-70-174")
    change(card, target=load_norms(lesson=EVERYTHING)[0].id)
    assert "The norm is this text’s own." in card.text()


def test_every_text_is_counted_over_the_rows_in_sight() -> None:
    """Prevents a count that leaves out a text, or counts rows that nobody sees."""
    state = CoverageState("interests")
    lines = [line_text(line) for line in totals(state, found_05())]
    assert len(lines) == len(instruments(state))
    assert "Kerry, 2015: covers 2, covers in part 0, silent 6." in lines


def test_rows_that_are_not_there_are_refused() -> None:
    """Prevents a matrix without rows."""
    with pytest.raises(CyberNormsError, match="zzz"):
        show_coverage("zzz")


# What opens later


def test_lesson_06_opens_the_rest() -> None:
    """Prevents texts that no lesson ever shows."""
    assert (
        len(load_clauses(lesson="06"))
        == len(load_clauses(lesson=EVERYTHING))
        > len(load_clauses(lesson="05"))
    )
    before, after = instruments(CoverageState()), instruments(CoverageState(lesson="06"))
    assert set(before) < set(after) and "us-china-2015" in set(after) - set(before)
    assert {opens_in(each) for id, each in after.items() if id not in before} == {"06"}
    assert after["paris-call-2018"].opens_in < "06"  # named in lesson 02, judged in lesson 06
    assert "paris-call-2018" not in before
    assert "US-China 2015" in options_of(explore("wording", lesson="06"), "first")[-9][0]
