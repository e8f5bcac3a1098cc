"""Policy documents in a row, and below each the topics on which it has something to say."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from msgspec import Struct

from cybernorms.document import Picture
from cybernorms.figures.drawn import SMALL, drawing, line, scale, shape, words

KEY, ROW = 18, 24  # pixels: of a topic in the key, and of a document

CAPTION = (
    "Each row is a document, the oldest at the top; a dot says that it has a passage on the "
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
        topics: the names of the columns, the first at the left.
        marks: the rows, from top to bottom.
    """
    top = KEY * len(topics) + 26
    across = scale(0, max(len(topics) - 1, 1), left=76, right=97)
    bottom = top + ROW * len(marks)
    shapes = []
    for number, topic in enumerate(topics):
        letter, x = ascii_uppercase[number], across(number)
        shapes.append(words(0, KEY * number + 14, f"{letter}  {topic}", size=SMALL))
        shapes.append(words(x, top - 6, letter, anchor="middle"))
        shapes.append(line(x, top, x, bottom, faint=True))
    for number, each in enumerate(marks):
        y = top + ROW * number
        shapes += [
            line(0, y, 100, y, faint=True),
            words(0, y + 16, each.name, size=SMALL, bold=each.cited),
        ]
        shapes += [
            shape(across(at), y + ROW / 2, "disc" if each.cited else "ring")
            for at, topic in enumerate(topics)
            if topic in each.topics
        ]
    return drawing(bottom + 4, shapes, documents_alt(topics, marks), CAPTION)
