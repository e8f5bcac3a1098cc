"""The readers of groups, lessons, outcomes and words of the glossary."""

from __future__ import annotations

from cybernorms.corpus.norms import load_themes
from cybernorms.corpus.process import load_glossary, load_lessons, load_outcomes, load_sessions


def test_everything_else_loads() -> None:
    """Prevents a table that its reader cannot read."""
    assert [session.status for session in load_sessions()]
    assert [lesson.number for lesson in load_lessons()] == [f"{number:02}" for number in range(9)]
    assert sum(lesson.points for lesson in load_lessons()) == 100
    assert list(load_outcomes()) == [f"O{number}" for number in range(1, 9)]
    terms = [term.term.casefold() for term in load_glossary()]
    assert terms == sorted(terms)
    assert load_themes()


def test_the_experts_of_an_open_group_are_none_and_not_nought() -> None:
    """Prevents an open group from being drawn as one without people."""
    experts = {session.kind: session.experts for session in load_sessions()}
    assert experts["open-ended working group"] is None
    assert experts["group of experts"]
