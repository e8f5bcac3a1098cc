"""The figure of the UN groups."""

from __future__ import annotations

from cybernorms.corpus.process import load_sessions
from cybernorms.figures.sessions import draw_sessions, sessions_alt, span


def test_the_figure_of_the_groups_has_a_text_that_says_the_same() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    sessions = load_sessions()
    figure = draw_sessions(sessions)
    assert figure.source.startswith("<svg") and figure.source.count("<rect") >= len(sessions)
    alt = sessions_alt(sessions)
    assert figure.alt == alt
    for session in sessions:
        assert f"{session.short_name}, " in alt and session.outcome in alt
    assert all(start < end for start, end in map(span, sessions))
