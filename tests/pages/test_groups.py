"""The table of the UN groups."""

from __future__ import annotations

from cybernorms.corpus.process import load_sessions
from cybernorms.document import to_text
from cybernorms.pages.groups import group_blocks


def test_the_table_of_the_groups_names_all_of_them_with_outcome() -> None:
    """Prevents a group from being dropped between figure and table."""
    text = to_text(group_blocks())
    assert text.count("no consensus") >= 2
    for session in load_sessions():
        assert f"- {session.short_name}:" in text
