"""The UN groups from 2004 to the Global Mechanism on one line of time."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.process import KINDS, Session
from cybernorms.document import Picture
from cybernorms.figures.canvas import BLUE, GREY, INK, drawing, picture

_ROWS = {kind: row for row, kind in enumerate(reversed(KINDS))}
_LABELS = {
    "group of experts": "Groups of\ngovernmental experts",
    "open-ended working group": "Open-ended\nworking groups",
    "permanent mechanism": "Global\nMechanism",
}


def year_of(date: str) -> float:
    """Return a date, YYYY or YYYY-MM or YYYY-MM-DD, as a year with its fraction."""
    year, *rest = (int(part) for part in date.split("-"))
    month, day = (*rest, 1, 1)[:2] if rest else (1, 1)
    return year + (month - 1) / 12 + (day - 1) / 365


def span(session: Session) -> tuple[float, float]:
    """Return when a session began and ended, in years; a bare year of ending counts whole."""
    start = year_of(session.start)
    if not session.end:
        return start, start + 0.8
    end = year_of(session.end) + (1 if len(session.end) == 4 else 0)
    return start, max(end, start + 0.4)


def sessions_alt(sessions: Sequence[Session]) -> str:
    """Return what the figure shows, in words."""
    sentences = []
    for each in sessions:
        years = f"{each.start[:4]} to {each.end[:4]}" if each.end else f"since {each.start[:4]}"
        who = f"{each.experts} experts" if each.experts else "all Member States"
        sentences.append(f"{each.short_name}, {years}, {who}, {each.outcome}")
    return "Bars on a line of time. " + "; ".join(sentences) + "."


def draw_sessions(sessions: Sequence[Session]) -> Picture:
    """Return a figure with a bar for each group: filled for consensus, hatched for none."""
    with drawing(9.2, 3.2, (1.75, 0.7, 0.15, 0.35)) as figure:
        axes = figure.subplots()
        spans = [span(session) for session in sessions]
        rows = [_ROWS[session.kind] for session in sessions]
        filled = [session.outcome == "consensus report" for session in sessions]
        bars = axes.barh(
            rows,
            [end - start for start, end in spans],
            left=[start for start, _ in spans],
            height=0.5,
            color=[BLUE if each else "white" for each in filled],
            edgecolor=["white" if each else INK for each in filled],
        )
        for session, row, (start, end), bar in zip(sessions, rows, spans, bars, strict=True):
            if session.outcome == "no consensus":
                bar.set_hatch("////")
            if session.outcome == "ongoing":
                bar.set_linestyle("--")
            count = str(session.experts) if session.experts else "all"
            axes.text((start + end) / 2, row + 0.27, count, ha="center", va="bottom", fontsize=9)
        axes.set_yticks(list(_ROWS.values()), [_LABELS[kind] for kind in _ROWS])
        axes.set_ylim(-0.6, 2.75)
        axes.set_xlim(2003.5, 2028)
        axes.set_xticks(range(2004, 2028, 2))
        axes.set_title(
            "The number above a bar: experts in the group, or all States", loc="left", fontsize=10
        )
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        from matplotlib.patches import Patch

        key = [
            Patch(facecolor=BLUE, edgecolor=BLUE, label="report by consensus"),
            Patch(facecolor="white", edgecolor=INK, hatch="////", label="no consensus"),
            Patch(facecolor="white", edgecolor=INK, linestyle="--", label="at work"),
        ]
        figure.legend(handles=key, loc="lower center", frameon=False, ncols=3, fontsize=9)
        axes.grid(axis="x", color=GREY, linewidth=0.6)
        axes.set_axisbelow(True)
        return picture(
            figure,
            sessions_alt(sessions),
            "The groups from 2004 to the Global Mechanism. The table below says the same.",
        )
