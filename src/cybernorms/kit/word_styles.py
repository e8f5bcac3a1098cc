"""How Word files of the kit look, and what Word needs that its library leaves to XML."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cybernorms.document import curly

SANS, SERIF = "Arial", "Times New Roman"
LANGUAGE = "en-GB"
MADE = datetime(2015, 9, 22)
"""The date that files name: the day on which the course begins, and not that of printing."""
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
# Size, bold, space before and after in points, by style.
_LOOKS = {
    "Normal": (10, False, 0, 4),
    "Heading 1": (20, True, 0, 6),
    "Heading 2": (12.5, True, 9, 3),
    "Heading 3": (10, True, 4, 0),
    "Heading 4": (10, True, 6, 1),
    "Quote": (10.5, False, 1, 3),
    "Caption": (8.5, True, 4, 2),
    "Header": (9, False, 0, 4),
    "Footer": (7.5, False, 2, 0),
    "List Bullet": (10, False, 0, 2),
    "List Number": (10, False, 0, 2),
    "Small": (8.5, False, 0, 3),
    "Question": (10, True, 5, 1),
    "Option": (10, False, 0, 1),
    "Request": (9.5, False, 5, 0),
    "Cell": (9, False, 1, 1),
    "Large": (14, False, 4, 6),
    "Huge": (480, True, 60, 0),
    "Numbered line": (10, False, 0, 0),
    "Writing line": (9, False, 11, 0),
    "Gap": (4, False, 0, 0),
}
_HANGING = {"Question": 6.0, "Option": 6.0, "Numbered line": 8.0}
_LEFT = {"Option": 12.0, "Question": 6.0, "Numbered line": 8.0, "Quote": 6.0}


def style_id(name: str) -> str:
    """Return the id by which a file knows a style."""
    return name.replace(" ", "")


@cache
def _template() -> bytes:
    """Return an empty file with the kit's styles."""
    document = Document()
    for name, look in _LOOKS.items():
        _set_style(document, name, *look)
    for name in ("Header", "Footer"):  # whose tab stops are those of another paper
        for tabs in document.styles[name].element.iter(qn("w:tabs")):
            tabs.getparent().remove(tabs)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def new_document(title: str, wide: float, high: float, side: float) -> Any:
    """Return an empty document with the kit's styles, in millimetres."""
    document = Document(io.BytesIO(_template()))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin, section.bottom_margin = Mm(19), Mm(16)
    section.header_distance, section.footer_distance = Mm(9), Mm(7)
    properties = document.core_properties
    properties.title, properties.author, properties.language = curly(title), "cybernorms", LANGUAGE
    properties.comments = ""
    properties.created = properties.modified = MADE
    return document


def _set_style(
    document: Any, name: str, size: float, bold: bool, before: float, after: float
) -> None:
    known = {style.name for style in document.styles}
    if name in known:
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    font = style.font
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    _set_font(style, SERIF if name in ("Quote", "Large") else SANS)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if name == "Huge":
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form.line_spacing = 1.8 if name == "Large" else 1.1
    if name in _LEFT:
        form.left_indent = Mm(_LEFT[name])
        form.first_line_indent = Mm(-_HANGING.get(name, 0))
        form.tab_stops.add_tab_stop(Mm(_LEFT[name]))
    if name.startswith("Heading") or name in ("Question", "Caption", "Request"):
        form.keep_with_next = True


def _set_font(style: Any, name: str) -> None:
    """Set a font for all scripts; a font of the theme would win otherwise."""
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for part in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{part}"), name)
        theme = qn(f"w:{part}Theme")
        if fonts.get(theme) is not None:
            del fonts.attrib[theme]


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def border(paragraph: Any, side: str, eighths: int) -> None:
    """Draw a line at a side of a paragraph, in eighths of a point."""
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{side}", val="single", sz=str(eighths), space="1", color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)


def columns(section: Any, count: int) -> None:
    """Set the number of columns of a section."""
    element = section._sectPr.find(qn("w:cols"))
    if element is None:
        element = _element("w:cols")
        section._sectPr.append(element)
    element.set(qn("w:num"), str(count))
    element.set(qn("w:space"), "454")


def repeat_header(row: Any) -> None:
    """Say that a row is the header of its table, on each page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def whole_rows(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def describe_table(table: Any, text: str) -> None:
    """Give a table the description that a screen reader says."""
    properties = table._tbl.tblPr
    properties.append(_element("w:tblCaption", val=curly(text)))


def describe_picture(shape: Any, text: str) -> None:
    """Give a picture its text alternative."""
    shape._inline.docPr.set("descr", text)


def add_field(paragraph: Any, code: str) -> None:
    """Add a field, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            instruction = _element("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def add_link(paragraph: Any, text: str, address: str) -> None:
    """Add words that lead to an address."""
    link = _element("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, _LINKS, is_external=True))
    run = paragraph.add_run(curly(text))
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)
