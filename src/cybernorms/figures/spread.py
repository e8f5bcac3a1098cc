"""How the promise on trade secrets spread, as steps, with the word "knowingly" in or out."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.commitments import Adopter
from cybernorms.document import Picture, curly
from cybernorms.figures.canvas import BLUE, GREY, INK, drawing, picture
from cybernorms.figures.sessions import year_of

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
    years = [year_of(each.date) for each, _ in dated]
    counts = [count for _, count in dated]
    with drawing(9.2, 3.6, (0.7, 0.9, 0.35, 0.35)) as figure:
        axes = figure.subplots()
        axes.step([*years, years[-1] + 0.4], [*counts, counts[-1]], where="post", color=INK)
        looks = {
            "yes": {"marker": "o", "color": BLUE, "markeredgecolor": INK},
            "no": {"marker": "o", "color": "white", "markeredgecolor": INK},
            "unknown": {"marker": "x", "color": INK, "markeredgecolor": INK},
        }
        for kind, look in looks.items():
            points = [
                (year, count)
                for (each, count), year in zip(dated, years, strict=True)
                if each.knowingly == kind
            ]
            if points:
                axes.plot(
                    [year for year, _ in points],
                    [count for _, count in points],
                    linestyle="none", markersize=9, label=KNOWINGLY[kind].replace('"', ""),
                    **look,  # type: ignore[arg-type]
                )  # fmt: skip
        for number, ((_, count), year) in enumerate(zip(dated, years, strict=True), start=1):
            axes.annotate(
                str(number), (year, count), textcoords="offset points",
                xytext=(0, 9) if number % 2 else (9, -17), ha="center", fontsize=9,
            )  # fmt: skip
        axes.set_ylim(-3.5, 24)
        axes.set_ylabel("States and members")
        axes.set_title("Who promises it, by number of the text", loc="left", fontsize=10)
        axes.set_xticks(range(2015, 2019))
        axes.set_xlim(2015.2, 2018)
        axes.grid(axis="y", color=GREY, linewidth=0.6)
        axes.set_axisbelow(True)
        figure.legend(loc="lower center", frameon=False, ncols=3, fontsize=9)
        return picture(
            figure,
            spread_alt(adopters),
            "The spread of the promise. The numbers are those of the table below, which says the "
            "same and gives the sources.",
        )
