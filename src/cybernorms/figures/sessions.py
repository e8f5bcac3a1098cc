"""The UN groups from 2004 to the Global Mechanism on one line of time."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.process import KINDS, Session
from cybernorms.document import Picture
from cybernorms.figures.drawn import SMALL, Look, bar, drawing, key, line, scale, words, years

TOP, ROW = 28, 76  # pixels
_LABELS = {
    "group of experts": "Groups of governmental experts",
    "open-ended working group": "Open-ended working groups",
    "permanent mechanism": "Global Mechanism",
}
_LOOKS: dict[str, Look] = {
    "consensus report": "full",
    "no consensus": "hatched",
    "ongoing": "dashed",
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
    spans = [span(session) for session in sessions]
    first, last = int(min(spans)[0]), int(max(end for _, end in spans)) + 1
    across = scale(first - 0.5, last, left=1, right=99)
    bottom = TOP + ROW * len(KINDS)
    shapes = years(across, range(first, last, 4), TOP, bottom)
    for row, kind in enumerate(KINDS):
        top = TOP + ROW * row
        shapes += [line(0, top, 100, top, faint=True), words(0, top + 16, _LABELS[kind])]
    for session, (start, end) in zip(sessions, spans, strict=True):
        top = TOP + ROW * KINDS.index(session.kind)
        look = _LOOKS[session.outcome]
        shapes.append(bar(across(start), across(end), top + 42, 22, look))
        count = str(session.experts) if session.experts else "all"
        middle = across((start + end) / 2)
        shapes.append(words(middle, top + 37, count, anchor="middle", size=SMALL))
    meanings: list[tuple[str, Look]] = [
        ("consensus", "full"),
        ("no consensus", "hatched"),
        ("at work", "dashed"),
    ]
    shapes += key(0, 2, meanings, 34)
    shapes.append(words(0, bottom + 38, "Above a bar: experts, or all States", size=SMALL))
    return drawing(
        bottom + 44,
        shapes,
        sessions_alt(sessions),
        "The groups from 2004 to the Global Mechanism. The table below says the same.",
    )
