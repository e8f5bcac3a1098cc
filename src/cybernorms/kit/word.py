"""Documents of the kit as Word files: real headings, lists and tables, to be edited.

Everything is text with a style; tables have a header row, pictures a description, the whole a
language and a title.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from cybernorms.document import (
    Added,
    Aside,
    Bullets,
    Columns,
    Dots,
    Facts,
    Heading,
    Inline,
    Labelled,
    Line,
    Link,
    Lost,
    Paragraph,
    Picture,
    Quote,
    Quoted,
    Scale,
    Section,
    Sign,
    Strong,
    Table,
    Typed,
    curly,
    line_text,
    to_text,
)
from cybernorms.kit.paper import (
    LETTERS,
    SCALE,
    AnyBlock,
    Blank,
    Grid,
    Notes,
    PageEnd,
    Sheet,
    Task,
    Text,
    Texts,
    Vote,
    Words,
)
from cybernorms.kit.word_styles import (
    SERIF,
    add_field,
    add_link,
    border,
    columns,
    describe_picture,
    describe_table,
    new_document,
    repeat_header,
    style_id,
    whole_rows,
)

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
SIDE = 16.0
RULE = "0 \u00b7 \u00b7 \u00b7 \u00b7 50 \u00b7 \u00b7 \u00b7 \u00b7 100"


def word_file(sheet: Sheet, size: str = "a4") -> bytes:
    """Return a document as a Word file.

    Arguments:
        sheet: what stands in it.
        size: of its paper, `a4` or `letter`.
    """
    writer = _Writer(sheet, *PAPERS[size])
    writer.write(sheet.blocks)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes blocks into a Word document."""

    def __init__(self, sheet: Sheet, wide: float, high: float) -> None:
        self.width = wide - 2 * SIDE
        self.document = new_document(sheet.title, wide, high, SIDE)
        self._frame(sheet)
        self.breaks = False
        self._plain(sheet.title, "Heading 1")
        self.writers: Mapping[type, Callable[[Any], None]] = {
            Heading: lambda block: self._heading(block.text, block.level),
            Paragraph: lambda block: self._say(block.text, _STYLES.get(block.role, "Normal")),
            Labelled: lambda block: self._say([Strong(f"{block.label}."), " ", *_list(block.text)]),
            Typed: lambda block: self._say(block.text),
            Quote: self._quote,
            Bullets: self._bullets,
            Facts: self._facts,
            Table: self._table,
            Picture: self._picture,
            Dots: lambda block: self._say(block.alt),
            Scale: lambda block: self._say(to_text([block])),
            Section: self._section,
            Aside: lambda block: self._section(Section(block.summary, block.blocks, 4)),
            Columns: lambda block: self.write(block.sections),
            Task: self._task,
            Texts: self._texts,
            Words: lambda block: self._plain(block.text, "Huge" if block.huge else "Large"),
            Blank: self._blank,
            Vote: self._vote,
            Grid: self._grid,
            Notes: lambda block: self._blank(Blank("Notes", block.lines)),
            PageEnd: lambda block: self._page_end(),
        }

    def write(self, blocks: Sequence[AnyBlock]) -> None:
        for block in blocks:
            self.writers[type(block)](block)

    def _frame(self, sheet: Sheet) -> None:
        """Write what stands on every page: whose it is, a name to fill in, sources, number."""
        section = self.document.sections[0]
        head = section.header.paragraphs[0]
        head.style = self.document.styles["Header"]
        head.add_run("cybernorms ").bold = True
        head.add_run(curly(sheet.over))
        if sheet.form:
            _rule_tabs(
                head, [(self.width - 70, False), (self.width - 22, True), (self.width, True)]
            )
            head.add_run("\tName \t Group \t")
        border(head, "bottom", 18)
        foot = section.footer.paragraphs[0]
        foot.style = self.document.styles["Footer"]
        if sheet.source_line:
            foot.add_run(f"{curly(sheet.source_line)} ")
        foot.add_run("Page ")
        add_field(foot, "PAGE")

    def _heading(self, text: str, level: int) -> None:
        self._plain(text, f"Heading {min(level, 4)}")

    def _say(self, line: Line, style: str = "Normal") -> Any:
        paragraph = self._plain("", style)
        _add_line(paragraph, line)
        return paragraph

    def _plain(self, text: str, style: str = "Normal") -> Any:
        """Add a paragraph; the library takes a hundred times as long to find its style."""
        paragraph = self.document.add_paragraph(curly(text))
        paragraph._p.style = style_id(style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before = True
            self.breaks = False
        return paragraph

    def _quote(self, block: Quote) -> None:
        self._say(block.text, "Quote")
        if line_text(block.location):
            self._say(block.location, "Small")

    def _bullets(self, block: Bullets) -> None:
        style = "List Number" if block.role == "numbered" else "List Bullet"
        if block.role == "numbered":  # the numbers stand in the text, so that they never restart
            style = "Option"
        for item in block.items:
            self._say(item, style)

    def _facts(self, block: Facts) -> None:
        for name, text in block.pairs:
            self._say([Strong(f"{name}."), " ", *_list(text)])

    def _table(self, block: Table) -> None:
        shares = _shares(block)
        self._any_table(block.caption, list(block.columns), block.rows, shares, 0.0)

    def _any_table(
        self,
        caption: str,
        names: Sequence[str],
        rows: Sequence[Sequence[Line]],
        shares: Sequence[float],
        height: float,
    ) -> None:
        if caption:
            self._plain(caption, "Caption")
        table = self.document.add_table(rows=1, cols=len(names))
        table._tbl.tblPr.style = style_id("Table Grid")
        table.autofit = False
        widths = [Mm(self.width * share) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        heads: list[Line] = [[Strong(name or "Row")] for name in names]
        for number, lines in enumerate([heads, *rows]):
            row = table.add_row() if number else table.rows[0]
            whole_rows(row)
            if number and height:
                row.height = Mm(height)
            for cell, line, width in zip(row.cells, lines, widths, strict=True):
                cell.width = width
                _fill(cell, RULE if line == SCALE else line)
        repeat_header(table.rows[0])
        describe_table(table, caption or ", ".join(names))
        self._plain("", "Gap")

    def _grid(self, block: Grid) -> None:
        self._any_table(block.caption, block.columns, block.rows, block.widths, block.height)

    def _picture(self, block: Picture) -> None:
        content = base64.b64decode(block.source.partition(",")[2])
        paragraph = self._plain("")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(self.width))
        describe_picture(shape, block.alt)
        self._plain(block.caption, "Caption")

    def _section(self, block: Section) -> None:
        self._heading(block.title, block.level)
        self.write(block.blocks)

    def _task(self, block: Task) -> None:
        paragraph = self._plain("", "Heading 2")
        paragraph.add_run(f"{block.number}  {curly(block.title)}")
        if block.hint:
            hint = paragraph.add_run(f"  {curly(block.hint)}")
            hint.bold, hint.font.size = False, Pt(8.5)

    def _texts(self, block: Texts) -> None:
        """Write texts in real columns, which are read one after the other."""
        columns(self.document.add_section(WD_SECTION.CONTINUOUS), len(block.columns))
        for number, column in enumerate(block.columns):
            for place, text in enumerate(column):
                self._text(text, break_before=bool(number) and not place)
        columns(self.document.add_section(WD_SECTION.CONTINUOUS), 1)

    def _text(self, text: Text, *, break_before: bool) -> None:
        heading = self._plain("", "Heading 3")
        if break_before:
            heading.add_run().add_break(WD_BREAK.COLUMN)
        heading.add_run(curly(text.title))
        where = heading.add_run(f"  {curly(text.where)}")
        where.bold, where.font.size = False, Pt(8)
        for number, line in enumerate(text.lines, text.first):
            paragraph = self._plain("", "Numbered line")
            paragraph.add_run(f"{number}\t").font.size = Pt(7.5)
            for words, quoted in line:
                run = paragraph.add_run(curly(words))
                if quoted:
                    run.font.name, run.font.size = SERIF, Pt(10.5)

    def _blank(self, block: Blank) -> None:
        self._plain(block.label, "Request")
        for _ in range(block.lines):
            line = self._plain("\t", "Writing line")
            _rule_tabs(line, [(self.width, True)])

    def _vote(self, block: Vote) -> None:
        self._plain(f"{block.letter}\t{block.prompt}", "Question")
        for passage in block.passages:
            self._plain(passage, "Quote")
        marks = ["\u2610"] * len(block.options) if block.several else LETTERS
        for mark, text in zip(marks, block.options, strict=False):
            self._plain(f"{mark}\t{text}", "Option").paragraph_format.keep_with_next = block.counts
        if block.counts:
            line = self._plain("because of line \t", "Small")
            stops = [(38.0, True)]
            for number, letter in enumerate(LETTERS[: len(block.options)]):
                line.add_run(f" {'class: ' if not number else ''}{letter} \t")
                stops.append((70.0 + 18 * number, True))
            _rule_tabs(line, stops)

    def _page_end(self) -> None:
        self.breaks = True


_STYLES = {"note": "Small", "status": "Small", "kicker": "Small", "result": "Question"}


def _list(line: Line) -> Sequence[Inline]:
    return [line] if isinstance(line, str) else line


def _shares(block: Table) -> list[float]:
    """Return shares of the width by what the cells of a table hold."""
    count = len(block.columns)
    lengths = [
        max([len(block.columns[place]), *(len(line_text(row[place])) for row in block.rows)])
        for place in range(count)
    ]
    weights = [min(max(length, 10), 60) for length in lengths]
    return [weight / sum(weights) for weight in weights]


def _fill(cell: Any, line: Line) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style_id("Cell")
    _add_line(paragraph, line)


def _add_line(paragraph: Any, line: Line) -> None:
    for piece in _list(line):
        if isinstance(piece, Link):
            add_link(paragraph, piece.text, piece.address)
            continue
        text = piece if isinstance(piece, str) else line_text([piece])
        run = paragraph.add_run(curly(text))
        match piece:
            case Strong() | Sign():
                run.bold = True
            case Added():
                run.underline = True
            case Lost():
                run.font.strike = True
            case Quoted():
                run.font.name = SERIF


def _rule_tabs(paragraph: Any, stops: Sequence[tuple[float, bool]]) -> None:
    """Set tab stops in millimetres; those with True are reached by a line to write on."""
    for place, line in stops:
        leader = WD_TAB_LEADER.LINES if line else WD_TAB_LEADER.SPACES
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(place), WD_TAB_ALIGNMENT.LEFT, leader)
