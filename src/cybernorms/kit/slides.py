"""Slides as PowerPoint files: real titles, text and tables in placeholders, with notes.

Pictures and tables have a description, everything a language, and the order in which a screen
reader goes is the order on the slide.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Mm, Pt

from cybernorms.document import Picture, Table, curly, line_text
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.talk import Slide, slides_of

WIDE, HIGH = 338.67, 190.5  # millimetres, 16 to 9
SIDE, TOP, BODY = 16.0, 12.0, 46.0
FONT, LANGUAGE = "Arial", "en-GB"
MADE = datetime(2015, 9, 22)
INK = RGBColor(0, 0, 0)  # type: ignore[no-untyped-call]
ROW = 70  # characters for which a row counts at least
# Up to how many characters a type may have a size, in points.
_TITLE_SIZES = {70: 34, 110: 30, 150: 27, 260: 23, 10_000: 19}
_LINE_SIZES = {220: 36, 360: 32, 540: 28, 700: 24, 900: 21, 10_000: 18}
_TABLE_SIZES = {350: 26, 600: 22, 900: 18, 1300: 16, 10_000: 13}
TITLE_LAYOUT, TEXT_LAYOUT, DRAWN_LAYOUT = 0, 1, 5


def slides_file(lesson: TaughtLesson) -> bytes:
    """Return the slides of a lesson as a PowerPoint file."""
    return deck_file(lesson.title, lesson.label, slides_of(lesson))


def deck_file(title: str, over: str, slides: Sequence[Slide]) -> bytes:
    """Return slides as a PowerPoint file.

    Arguments:
        title: of the file.
        over: what stands small on each slide, such as `Lesson 02`.
        slides: what is on them.
    """
    deck = _new_deck(title)
    for number, slide in enumerate(slides, 1):
        _add(deck, slide, f"cybernorms, {over.lower()}  {number} / {len(slides)}")
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _new_deck(title: str) -> Any:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDE), Mm(HIGH)
    properties = deck.core_properties
    properties.title, properties.author, properties.language = curly(title), "cybernorms", LANGUAGE
    properties.created = properties.modified = MADE
    _set_theme(deck)
    width = WIDE - 2 * SIDE
    for number in (TITLE_LAYOUT, TEXT_LAYOUT, DRAWN_LAYOUT):
        for shape in list(deck.slide_layouts[number].placeholders):
            place = shape.placeholder_format.idx
            if place == 0 and number == TITLE_LAYOUT:
                _lay(shape, SIDE, 40, width, 40)
            elif place == 0:
                _lay(shape, SIDE, TOP, width, 32)
            elif place == 1 and number == TITLE_LAYOUT:
                _lay(shape, SIDE, 86, width, 76)
            elif place == 1:
                _lay(shape, SIDE, BODY, width, HIGH - BODY - 20)
            else:
                shape._element.getparent().remove(shape._element)
    return deck


def _set_theme(deck: Any) -> None:
    """Let all text be in one font that every computer has or replaces well."""
    for relation in deck.slide_masters[0].part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            theme = etree.fromstring(part.blob)
            for font in theme.iter(qn("a:latin")):
                font.set("typeface", FONT)
            part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8")


def _lay(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Mm(left), Mm(top), Mm(width), Mm(height)


def _add(deck: Any, slide: Slide, foot: str) -> None:
    layout = TITLE_LAYOUT if slide.is_title else DRAWN_LAYOUT if slide.drawn else TEXT_LAYOUT
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    _write_title(made.shapes.title, slide)
    if isinstance(slide.drawn, Table):
        _add_table(made, slide.drawn)
    elif isinstance(slide.drawn, Picture):
        _add_picture(made, slide.drawn)
    else:
        _write_lines(made.placeholders[1], slide)
    _add_foot(made, foot)
    made.notes_slide.notes_text_frame.text = curly(slide.notes)
    for run in made._element.iter(qn("a:rPr")):
        run.set("lang", LANGUAGE)


def _size(chars: float, sizes: Mapping[int, float]) -> float:
    return next(size for most, size in sizes.items() if chars <= most)


def _write_title(shape: Any, slide: Slide) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if slide.is_title else MSO_ANCHOR.MIDDLE
    size = 44 if slide.is_title else _size(len(slide.title), _TITLE_SIZES)
    _say(frame.paragraphs[0], slide.title, size, bold=True)


def _write_lines(shape: Any, slide: Slide) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    chars = sum(len(each) + 30 for each in slide.lines) * (1.6 if slide.is_title else 1)
    size = _size(chars, _LINE_SIZES)
    for number, line in enumerate(slide.lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        _say(paragraph, line, size)
        paragraph.space_after = Pt(8)
        _no_bullet(paragraph, hanging=slide.lettered)


def _no_bullet(paragraph: Any, *, hanging: bool) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = Mm(13) if hanging else Emu(0)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    for old in properties.findall(qn("a:buNone")):
        properties.remove(old)
    properties.append(etree.SubElement(properties, qn("a:buNone")))


def _say(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = curly(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, INK
    paragraph.alignment = PP_ALIGN.LEFT


def _add_table(made: Any, table: Table) -> None:
    """Add a table in black and white, with a header row."""
    width = WIDE - 2 * SIDE
    columns, rows = len(table.columns), len(table.rows)
    frame = made.shapes.add_table(
        rows + 1, columns, Mm(SIDE), Mm(BODY), Mm(width), Mm(9 * (rows + 1))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", curly(table.caption or table.columns[0]))
    grid = frame.table
    shares = _shares(table)
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Mm(width * share)
    cells = [line_text(cell) for row in table.rows for cell in row]
    chars = max(sum(map(len, cells)), ROW * (rows + 1))
    size = _size(chars, _TABLE_SIZES)
    for place, name in enumerate(table.columns):
        _fill(grid.cell(0, place), name or "Row", size, bold=True)
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            _fill(grid.cell(number, place), line_text(cell), size, bold=not place)


def _shares(table: Table) -> list[float]:
    lengths = [
        max(len(table.columns[place]), *(len(line_text(row[place])) for row in table.rows))
        for place in range(len(table.columns))
    ]
    weights = [min(max(each, 21), 70) for each in lengths]
    return [each / sum(weights) for each in weights]


def _fill(cell: Any, text: str, size: float, *, bold: bool) -> None:
    cell.fill.background()
    _say(cell.text_frame.paragraphs[0], text, size, bold=bold)
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("a:lnT", "a:lnB")):  # lines stand before the fill
        line = etree.Element(qn(side), w="12700")
        inside = etree.SubElement(line, qn("a:solidFill"))
        etree.SubElement(inside, qn("a:srgbClr"), val="000000")
        properties.insert(place, line)


def _add_picture(made: Any, picture: Picture) -> None:
    content = io.BytesIO(base64.b64decode(picture.source.partition(",")[2]))
    shape = made.shapes.add_picture(content, Mm(SIDE), Mm(BODY))
    width, height = Mm(WIDE - 2 * SIDE), Mm(HIGH - BODY - 18)
    scale = min(width / shape.width, height / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.left = int((Mm(WIDE) - shape.width) / 2)
    shape._element.nvPicPr.cNvPr.set("descr", curly(picture.alt))


def _add_foot(made: Any, text: str) -> None:
    box = made.shapes.add_textbox(Mm(SIDE), Mm(HIGH - 13), Mm(WIDE - 2 * SIDE), Mm(9))
    box.text_frame.word_wrap = True
    _say(box.text_frame.paragraphs[0], text, 12)
