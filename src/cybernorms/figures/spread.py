"""How the promise on trade secrets spread, as steps, with the word "knowingly" in or out."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.commitments import Adopter
from cybernorms.document import Picture, curly
from cybernorms.figures.drawn import (
    SMALL,
    Across,
    Shape,
    drawing,
    line,
    named,
    scale,
    shape,
    words,
    years,
)
from cybernorms.figures.sessions import year_of

TOP, BOTTOM = 44, 250  # pixels
_LOOKS: dict[str, Shape] = {"yes": "disc", "no": "ring", "unknown": "cross"}

KNOWINGLY = {"yes": '"knowingly" in', "no": '"knowingly" out', "unknown": "wording not known"}


def running(adopters: Sequence[Adopter]) -> list[tuple[Adopter, int]]:
    """Return each text with the number of those who have promised it by then."""
    found, count = [], 0
    for each in adopters:
        count += each.added
        found.append((each, count))
    return found


def spread_alt(adopters: Sequence[Adopter]) -> str:
    """Return what the figure shows, in words."""
    sentences = [
        f"{each.name} ({each.date}): {count} in all, {KNOWINGLY[each.knowingly]}"
        for each, count in running(adopters)
        if each.date
    ]
    return curly(
        "A line of steps over time for the number of those who promise it, with a mark for each "
        f"text. {'; '.join(sentences)}."
    )


def draw_spread(adopters: Sequence[Adopter]) -> Picture:
    """Return a figure of steps: filled marks have "knowingly", hollow ones have not.

    A text without a date has no mark.
    """
    dated = [(each, count) for each, count in running(adopters) if each.date]
    places = [(year_of(each.date), count) for each, count in dated]
    first, last = int(min(places)[0]), int(max(places)[0]) + 1
    most = max(count for _, count in places)
    across = scale(first, last, left=8, right=97)
    up = scale(0, most, left=BOTTOM, right=TOP)
    shapes = years(across, range(first, last + 1), TOP - 14, BOTTOM)
    for count in range(0, most + 1, 5):
        shapes.append(line(8, up(count), 97, up(count), faint=True))
        shapes.append(words(6.5, up(count) + 4, str(count), anchor="end", size=SMALL))
    shapes += _steps(places, across, up)
    for number, ((each, count), (year, _)) in enumerate(zip(dated, places, strict=True), start=1):
        shapes.append(shape(across(year), up(count), _LOOKS[each.knowingly]))
        above = -11 if number % 2 else 21
        at = across(year)
        shapes.append(words(at, up(count) + above, str(number), anchor="middle", size=SMALL))
    shapes.append(words(0, 13, "How many States and members promise it", size=SMALL))
    for number, (kind, look) in enumerate(_LOOKS.items()):
        shapes.append(named(8, BOTTOM + 36 + 20 * number, look, curly(KNOWINGLY[kind])))
    return drawing(
        BOTTOM + 90,
        shapes,
        spread_alt(adopters),
        "The spread of the promise. The numbers at the marks are those of the table below, which "
        "says the same and gives the sources.",
    )


def _steps(places: Sequence[tuple[float, int]], across: Across, up: Across) -> list[str]:
    """Return a line that rises at each text and is level up to the next."""
    shapes = []
    nexts = [*(year for year, _ in places[1:]), places[-1][0] + 0.2]
    before = 0
    for (year, count), on in zip(places, nexts, strict=True):
        if before:
            shapes.append(line(across(year), up(before), across(year), up(count)))
        shapes.append(line(across(year), up(count), across(on), up(count)))
        before = count
    return shapes
