"""What pages are made of: blocks, and the lines in them. They say what is there, not how it looks.

`html` and `text` write each of them in their own way.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Link(Struct, frozen=True):
    """Words that lead to an address."""

    text: str
    address: str


class Strong(Struct, frozen=True, cache_hash=True):
    """Words that carry weight."""

    text: str


class Added(Struct, frozen=True):
    """Words that a text has and the one before it had not."""

    text: str


class Lost(Struct, frozen=True):
    """Words that the text before had and this one has not."""

    text: str


class Sign(Struct, frozen=True, cache_hash=True):
    """A verdict in a word or two; `look` is its style, such as `correct`."""

    text: str
    look: str


class Pinpoint(Struct, frozen=True, cache_hash=True):
    """Where something stands, in brackets behind it."""

    text: str


class Verbatim(Struct, frozen=True, cache_hash=True):
    """Words that somebody typed, which are shown as they are."""

    text: str


class Quoted(Struct, frozen=True):
    """Words that stand in a source, or in an answer to choose, inside a sentence of ours."""

    text: str


class Small(Struct, frozen=True):
    """Words of less weight, such as an id behind a name."""

    text: str


class Status(Struct, frozen=True):
    """How well what stands before it was checked, as a mark beside `word`.

    `text` is what plain text says, where it says anything.
    """

    status: str
    word: str
    text: str = ""


Inline = str | Link | Strong | Added | Lost | Sign | Pinpoint | Verbatim | Quoted | Small | Status
Line = str | Sequence[Inline]


class Heading(Struct, frozen=True):
    """A heading; level 3 is the first inside a notebook's sections."""

    text: str
    level: int = 3


class Paragraph(Struct, frozen=True):
    """A paragraph; `role` is a style: `note`, `status`, `plain`, `result`, or none."""

    text: Line
    role: str = ""


class Labelled(Struct, frozen=True):
    """A paragraph behind a word that says what it is for, such as `Take away`."""

    label: str
    text: Line
    role: str = ""


class Typed(Struct, frozen=True):
    """A text that somebody typed, with its own line ends."""

    text: str


class Quote(Struct, frozen=True):
    """The words of a source, with the place where they stand, and with their force if known.

    The line beside them weakens as the force does: `binding`, `voluntary`, `proposed`, `reported`.
    """

    text: Line
    location: Line
    force: str = ""


class Bullets(Struct, frozen=True):
    """A list without order; `role` is a style: `reasons`, or none."""

    items: Sequence[Line]
    role: str = ""


class Facts(Struct, frozen=True):
    """Names with what is said about each."""

    pairs: Sequence[tuple[str, Line]]


class Table(Struct, frozen=True):
    """A table whose first column names the row.

    `fold` says whether it is folded where long tables are; if not said, its length decides.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Line]]
    fold: bool | None = None


class Picture(Struct, frozen=True):
    """A figure as an image, with the text that stands for it and a caption.

    `source` is the image as a data address, or the element of a drawing in SVG.
    """

    source: str
    alt: str
    caption: str


class Dots(Struct, frozen=True):
    """One dot for each person of a few groups; in large groups a dot stands for several.

    `groups` has the look (`full`, `hollow` or `dotted`) and the number of each; `alt` says it in
    words.
    """

    groups: Sequence[tuple[str, int]]
    alt: str


class ScaleRow(Struct, frozen=True):
    """A share with the interval that it may lie in, and what guessing would bring, from 0 to 1.

    `waits` says why there is no share, where there is none.
    """

    name: str
    note: str = ""
    share: float | None = None
    low: float = 0.0
    high: float = 1.0
    guess: float | None = None
    waits: str = ""


class Scale(Struct, frozen=True):
    """Shares one below the other, on one scale from 0 to 100 per cent."""

    rows: Sequence[ScaleRow]


class Section(Struct, frozen=True):
    """Blocks under a heading of their own, named for screen readers; `style` is a class.

    `id` is an address on the page, for links that lead here.
    """

    title: str
    blocks: Sequence[Block]
    level: int = 4
    style: str = ""
    id: str = ""


class Aside(Struct, frozen=True):
    """Blocks that a reader opens on demand, or that are open from the start.

    Plain text shows them always, under `heading`, or else under the summary in brackets.
    """

    summary: str
    blocks: Sequence[Block]
    heading: str = ""
    open: bool = False


class Columns(Struct, frozen=True):
    """Sections side by side where there is room, one below the other where there is not."""

    sections: Sequence[Section]


Block = (
    Heading
    | Paragraph
    | Labelled
    | Typed
    | Quote
    | Bullets
    | Facts
    | Table
    | Picture
    | Dots
    | Scale
    | Section
    | Aside
    | Columns
)
