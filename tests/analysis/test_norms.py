"""The eleven norms by their wording and by their duty."""

from __future__ import annotations

from cybernorms.analysis.norms import filter_norms, split_clause
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import DUTIES, WORDINGS, load_norms, load_themes


def letters(**filters: str) -> str:
    return "".join(norm.letter for norm in filter_norms(load_norms(lesson=EVERYTHING), **filters))


def test_three_norms_say_should_not() -> None:
    """Prevents a filter that tells learners something else than the report."""
    assert letters(wording="should not") == "cfk"
    assert len(letters(wording="should")) == 8


def test_a_duty_finds_correct_and_defensible_readings() -> None:
    """Prevents norm (c) from being hidden under one of its two readings."""
    assert "c" in letters(duty="restraint") and "c" in letters(duty="due diligence")


def test_every_filter_alone_lets_something_pass() -> None:
    """Prevents dead choices in a list."""
    for wording in WORDINGS:
        assert letters(wording=wording)
    for duty in DUTIES:
        assert letters(duty=duty)
    for theme in load_themes():
        assert letters(theme=theme)


def test_the_wording_of_each_norm_has_one_correct_reading() -> None:
    """Prevents a norm without, or with two, correct readings of its wording."""
    norms = load_norms(lesson=EVERYTHING)
    assert len(norms) == 11
    for norm in norms:
        correct = [each for each in norm.readings if each.verdict == "correct"]
        assert [each.axis for each in correct].count("wording") == 1


def test_a_clause_in_pieces_is_the_clause() -> None:
    """Prevents words of a norm from being lost in the emphasis."""
    for norm in load_norms(lesson=EVERYTHING):
        pieces = split_clause(norm.quotation.text)
        assert "".join(text for text, _ in pieces) == norm.quotation.text
        assert any(part == "modal" for _, part in pieces)
