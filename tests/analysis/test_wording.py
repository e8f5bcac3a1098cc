"""What changed between two wordings."""

from __future__ import annotations

import pytest

from cybernorms.analysis.wording import changes, kept_share


def test_a_lost_not_is_found() -> None:
    """Prevents the change that matters most from being shown as no change."""
    pieces = changes(
        "that it will not be the first to use it", "that it will be the first to use it"
    )
    assert [text.strip() for text, what in pieces if what == "lost"] == ["not"]
    assert not [text for text, what in pieces if what == "added"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("could become", "will most likely become"), ("", "a word"), ("a word", ""), ("", "")],
)
def test_both_wordings_can_be_put_together_again(before: str, after: str) -> None:
    """Prevents words from being lost by the comparison itself."""
    pieces = changes(before, after)
    assert "".join(text for text, what in pieces if what != "lost") == after
    old = "".join(text for text, what in pieces if what != "added")
    assert old.casefold() == before.casefold()


def test_case_alone_is_no_change() -> None:
    """Prevents the beginning of a sentence from looking like a change."""
    assert [what for _, what in changes("States should", "states should")] == ["kept"]


def test_a_run_of_changed_words_is_one_change() -> None:
    """Prevents a sentence that is cut into crumbs at each space."""
    before, after = "not, at least at first, protect against theft", "not likely address theft"
    assert [text for text, what in changes(before, after) if what == "lost"] == [
        ", at least at first, protect against"
    ]


@pytest.mark.parametrize(
    ("before", "after", "share"), [("a b c", "a b c", 1.0), ("a b", "c d", 0.0), ("", "", 1.0)]
)
def test_the_share_of_kept_words_runs_from_none_to_all(
    before: str, after: str, share: float
) -> None:
    """Prevents a threshold that nothing, or everything, passes."""
    assert kept_share(before, after) == share
