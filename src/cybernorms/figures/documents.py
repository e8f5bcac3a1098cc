"""Policy documents in a row, and below each the topics on which it has something to say."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.document import Picture
from cybernorms.figures.canvas import BLUE, GREY, INK, drawing, picture

CAPTION = (
    "Each column is a document, the oldest at the left; a dot says that it has a passage on the "
    "topic. Full dots and bold names: cited by the post. The passages are those that this module "
    "has read, and the topics its own reading."
)


class DocumentMark(Struct, frozen=True):
    """A document in the figure: its name, whether the post cites it, and its topics by name."""

    name: str
    cited: bool
    topics: frozenset[str]


def documents_alt(topics: Sequence[str], marks: Sequence[DocumentMark]) -> str:
    """Return what the figure shows, in words."""
    if not marks:
        return "An empty grid: no document fits."
    cited = [each for each in marks if each.cited]
    others = [each for each in marks if not each.cited]
    counts = [
        f"{topic}: {sum(topic in each.topics for each in cited)} of {len(cited)} cited by the "
        f"post, {sum(topic in each.topics for each in others)} of {len(others)} others"
        for topic in topics
    ]
    return f"{len(marks)} documents and the topics they speak of. {'; '.join(counts)}."


def draw_documents(topics: Sequence[str], marks: Sequence[DocumentMark]) -> Picture:
    """Return a figure of documents by topic.

    Arguments:
        topics: the names of the rows, the first at the top.
        marks: the columns, from left to right.
    """
    height = 0.42 * len(topics) + 2.0
    with drawing(9.2, height, (2.7, 1.8, 0.15, 0.1)) as figure:
        axes = figure.subplots()
        for row, topic in enumerate(reversed(topics)):
            for cited in (True, False):
                places = [
                    at
                    for at, each in enumerate(marks)
                    if each.cited is cited and topic in each.topics
                ]
                face = BLUE if cited else "white"
                axes.plot(
                    places,
                    [row] * len(places),
                    linestyle="",
                    marker="o",
                    markersize=11,
                    markerfacecolor=face,
                    markeredgecolor=BLUE if cited else INK,
                )
        axes.set_yticks(range(len(topics)), list(reversed(topics)))
        axes.set_ylim(-0.6, len(topics) - 0.4)
        axes.set_xlim(-0.6, max(len(marks), 1) - 0.4)
        labels = axes.set_xticks(range(len(marks)), [each.name for each in marks])
        for tick, each in zip(labels, marks, strict=True):
            tick.label1.set(rotation=40, ha="right", rotation_mode="anchor", fontsize=9)
            if each.cited:
                tick.label1.set_fontweight("bold")
        axes.tick_params(axis="both", length=0)
        axes.grid(color=GREY, linewidth=0.6)
        axes.set_axisbelow(True)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        return picture(figure, documents_alt(topics, marks), CAPTION)
