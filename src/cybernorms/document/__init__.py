"""Pages made of blocks, each of which can be written as HTML and as plain text.

An explorer says what it shows once, as blocks; the two forms come from the same blocks, so that
what a screen reader, a test or a printed page gets is what the screen shows.
"""

from __future__ import annotations

from cybernorms.document.blocks import (
    Added as Added,
    Aside as Aside,
    Block as Block,
    Bullets as Bullets,
    Columns as Columns,
    Dots as Dots,
    Facts as Facts,
    Heading as Heading,
    Inline as Inline,
    Labelled as Labelled,
    Line as Line,
    Link as Link,
    Lost as Lost,
    Paragraph as Paragraph,
    Picture as Picture,
    Pinpoint as Pinpoint,
    Quote as Quote,
    Quoted as Quoted,
    Scale as Scale,
    ScaleRow as ScaleRow,
    Section as Section,
    Sign as Sign,
    Small as Small,
    Status as Status,
    Strong as Strong,
    Table as Table,
    Typed as Typed,
    Verbatim as Verbatim,
)
from cybernorms.document.html import line_html as line_html, to_html as to_html
from cybernorms.document.text import (
    WIDTH as WIDTH,
    curly as curly,
    line_text as line_text,
    plural as plural,
    to_text as to_text,
)
