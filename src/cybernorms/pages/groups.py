"""The UN groups as a figure and as a table."""

from __future__ import annotations

from cybernorms.corpus.process import Session, load_sessions
from cybernorms.document import Block, Heading, Line, Link, Paragraph, Table
from cybernorms.figures.sessions import draw_sessions
from cybernorms.pages.sourcing import bracketed


def _years(session: Session) -> str:
    if not session.end:
        return f"since {session.start[:4]}"
    start, end = session.start[:4], session.end[:4]
    return start if start == end else f"{start} to {end}"


def _outcome(session: Session) -> Line:
    if not session.report:
        return session.outcome
    return [
        f"{session.outcome}, ",
        Link(session.report, f"https://docs.un.org/en/{session.report}"),
    ]


def _in_short(session: Session) -> Line:
    """Return what happened, who was in the chair, and where that stands."""
    chair = f" Chair: {session.chair} ({session.chair_state})." if session.chair else ""
    where = bracketed(session)
    return [f"{session.summary}{chair} ", *where]


def group_blocks() -> list[Block]:
    """Return the groups as blocks: a figure, and a table that says the same and more."""
    sessions = load_sessions()
    rows = [
        [
            session.short_name,
            _years(session),
            str(session.experts) if session.experts else "all Member States",
            _outcome(session),
            _in_short(session),
        ]
        for session in sessions
    ]
    columns = ["Group", "Years", "Experts", "Outcome", "In short"]
    return [
        Heading("From 2004 to the Global Mechanism"),
        draw_sessions(sessions),
        Table("The UN groups on the security of ICTs", columns, rows),
        Paragraph("GGE: group of governmental experts. OEWG: open-ended working group.", "note"),
    ]
