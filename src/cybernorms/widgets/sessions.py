"""The UN groups as a figure and as a table."""

from __future__ import annotations

from cybernorms.corpus.process import Session, load_sessions
from cybernorms.corpus.sources import short_name
from cybernorms.document import Block, Heading, Inline, Line, Link, Paragraph, Table
from cybernorms.figures.sessions import draw_sessions
from cybernorms.widgets.view import Page, show


def _years(session: Session) -> str:
    if not session.end:
        return f"since {session.start[:4]}"
    start, end = session.start[:4], session.end[:4]
    return start if start == end else f"{start} to {end}"


def _report(session: Session) -> Line:
    if not session.report:
        return ""
    return [Link(session.report, f"https://docs.un.org/en/{session.report}")]


def _chair(session: Session) -> str:
    return f"{session.chair} ({session.chair_state})" if session.chair else "not found"


def _source(session: Session) -> Line:
    place: list[Inline] = [Link(short_name(session.source), session.source.address)]
    if session.status != "primary":
        place.append(f" ({session.status})")
    if session.as_of:
        place.append(f", as of {session.as_of}")
    return place


def group_blocks() -> list[Block]:
    """Return the groups as blocks: a figure, and a table that says the same and more."""
    sessions = load_sessions()
    rows = [
        [
            session.short_name,
            _years(session),
            str(session.experts) if session.experts else "all Member States",
            session.outcome,
            _report(session),
            _chair(session),
            session.summary,
            _source(session),
        ]
        for session in sessions
    ]
    columns = ["Group", "Years", "Experts", "Outcome", "Report", "Chair", "In short", "Source"]
    return [
        Heading("From 2004 to the Global Mechanism"),
        draw_sessions(sessions),
        Table("The UN groups on the security of ICTs", columns, rows),
        Paragraph("GGE: group of governmental experts. OEWG: open-ended working group.", "note"),
    ]


def show_groups() -> None:
    """Show the UN groups from 2004 to the Global Mechanism, as a figure and as a table."""
    show(Page(group_blocks()))
