"""What stands on paper and on no screen: numbered lines, boxes to fill in, letters to vote for.

These blocks stand beside those of `document`; `web` and `word` write both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from cybernorms.document import Block

Run = tuple[str, bool]
"""Words, and whether they stand in a source."""
SCALE = "scale"
"""What a cell holds that is a line from 0 to 100 per cent."""
LETTERS = "ABCDEFGHIJ"


class Task(Struct, frozen=True):
    """The heading of something to do, with its number and how long it takes."""

    number: int
    title: str
    hint: str = ""


class Text(Struct, frozen=True):
    """A text to read, in lines that are numbered on from `first`; `where` says whose it is."""

    title: str
    where: str
    lines: Sequence[Sequence[Run]]
    first: int = 1


class Texts(Struct, frozen=True):
    """Texts side by side, in two columns, or in one where there is one text."""

    columns: Sequence[Sequence[Text]]


class Words(Struct, frozen=True):
    """A sentence in large type, to put rings round its words; `huge` is for a letter on a card."""

    text: str
    huge: bool = False


class Blank(Struct, frozen=True):
    """A request with lines to write on."""

    label: str
    lines: int = 2


class Vote(Struct, frozen=True):
    """A question with letters to choose from; `several` gives boxes to tick instead."""

    letter: str
    prompt: str
    options: Sequence[str]
    passages: Sequence[str] = ()
    several: bool = False
    counts: bool = True


class Grid(Struct, frozen=True):
    """A table to fill in: empty cells are boxes. `widths` are shares of the width."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    height: float = 7.0


class Notes(Struct, frozen=True):
    """Lines for notes that fill what is left of a page; `lines` is a safe number of them."""

    lines: int


class PageEnd(Struct, frozen=True):
    """Where a new page begins."""


Paper = Task | Text | Texts | Words | Blank | Vote | Grid | Notes | PageEnd
AnyBlock = Block | Paper


class Sheet(Struct, frozen=True):
    """A document of the kit.

    `name` is that of its files, `over` a line above its title; `form` has a line for a name;
    `source_line` stands below its last block. `keyed` says that it holds what only teachers get;
    `folder` is that of the kit in which it lies.
    """

    name: str
    title: str
    blocks: Sequence[AnyBlock]
    over: str = ""
    form: bool = False
    source_line: str = ""
    look: Literal["sheet", "book", "cards"] = "book"
    keyed: bool = False
    folder: str = ""


def wrap(runs: Sequence[Run], width: int) -> list[list[Run]]:
    """Return runs of words as lines of at most so many characters; spaces stand in the runs.

    >>> wrap([("each side", False), ("will not be", True), (", he says", False)], 14)[0]
    [('each side', False), (' will', True)]
    """
    lines: list[list[Run]] = []
    length = width
    for text, quoted in runs:
        for word in text.split():
            glued = bool(lines) and word[0] in ",;.)"
            space = "" if glued else " "
            if not glued and length + 1 + len(word) > width:
                lines.append([(word, quoted)])
                length = len(word)
                continue
            line, said = lines[-1], f"{space}{word}"
            if line[-1][1] == quoted:
                line[-1] = (f"{line[-1][0]}{said}", quoted)
            else:
                line.append((said, quoted))
            length += len(said)
    return lines


def height_of(block: AnyBlock) -> float:
    """Return about how high a block is on paper, in millimetres, on the safe side."""
    match block:
        case Task():
            return 11.0
        case Texts():
            return max(sum(text_height(each) for each in column) for column in block.columns) + 3
        case Words():
            return 11.0 * rows_of(block.text, 62) + 5
        case Blank():
            return 5.5 * rows_of(block.label, 105) + 8.0 * block.lines
        case Vote():
            quoted = sum(5.0 * rows_of(each, 100) + 1 for each in block.passages)
            options = sum(5.0 * rows_of(each, 96) for each in block.options)
            return 5.2 * rows_of(block.prompt, 92) + quoted + options + 6 * block.counts + 6
        case Grid():
            return 8.0 + sum(_row_height(block, row) for row in block.rows)
    return 0.0


def text_height(text: Text) -> float:
    """Return about how high a text in a column is, in millimetres."""
    return 11.0 + 5.9 * len(text.lines)


def rows_of(text: str, width: int) -> int:
    """Return about how many rows a text takes at so many characters a row."""
    return max(1, -(-len(text) // width))


def _row_height(grid: Grid, row: Sequence[str]) -> float:
    rows = max(
        rows_of(cell, max(8, int(105 * share))) if cell else 1
        for cell, share in zip(row, grid.widths, strict=True)
    )
    return max(grid.height, 4.6 * rows + 2.4)
