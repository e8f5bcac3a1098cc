"""Policy documents in a row, and below each the topics on which it has something to say."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.document import Picture
from cybernorms.figures.drawn import drawing, line, scale, shape, slanted, words

ROW, NAMES = 40, 130  # pixels: of a topic, and of the names below

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
    across = scale(0, max(len(marks) - 1, 1), left=28, right=97)
    bottom = ROW * len(topics)
    shapes = []
    for number, topic in enumerate(topics):
        y = ROW * number
        shapes += [line(0, y + ROW, 100, y + ROW, faint=True), words(0, y + 16, topic)]
        shapes += [
            shape(across(at), y + 24, "disc" if each.cited else "ring")
            for at, each in enumerate(marks)
            if topic in each.topics
        ]
    shapes += [
        slanted(across(at), bottom + 14, each.name, each.cited) for at, each in enumerate(marks)
    ]
    return drawing(bottom + NAMES, shapes, documents_alt(topics, marks), CAPTION)
