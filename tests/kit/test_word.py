"""Word files pass a check of accessibility: Word's own isn't everywhere."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from docx.oxml.ns import qn

from cybernorms.document import Columns, Facts, Heading, Paragraph, Picture, Section, Table
from cybernorms.kit.paper import Sheet
from cybernorms.kit.word import word_file
from cybernorms.kit.word_styles import LANGUAGE
from tests.kit.kit import sheets, word, word_bytes

every = pytest.mark.parametrize("name", [each.name for each in sheets()])
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


@every
def test_a_file_has_a_title_and_a_language(name: str) -> None:
    """Prevents a screen reader from spelling English with the sounds of another language."""
    document = word(name)
    assert document.core_properties.title and document.core_properties.language == LANGUAGE
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {LANGUAGE}


@every
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    """Prevents an outline with a hole in it, and a document without one."""
    levels = [
        int(each.style.name[-1])
        for each in word(name).paragraphs
        if each.style.name.startswith("Heading")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    jumps = pairwise(levels)
    assert all(following <= before + 1 for before, following in jumps), levels


@every
def test_tables_have_a_header_row_and_a_description(name: str) -> None:
    """Prevents a table that is read out cell by cell, without what the cells are about."""
    for table in word(name).tables:
        first = table.rows[0]
        assert first._tr.trPr is not None and first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text.strip() for cell in first.cells)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        widths = [len(row._tr.tc_lst) for row in table.rows]
        assert len(set(widths)) == 1  # no merged cells


@every
def test_all_text_has_a_style(name: str) -> None:
    """Prevents text that only looks like a heading."""
    bold = [
        each.text
        for each in word(name).paragraphs
        if each.style.name == "Normal"
        and each.runs
        and all(run.bold for run in each.runs)
        and len(each.text) > 60
    ]
    assert not bold


def test_a_file_does_not_say_when_it_was_printed() -> None:
    """Prevents a handout that looks as old as the teacher's last print."""
    first = word_bytes("class-sheet-01")
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2015-09-22" in core


def test_pictures_have_their_text_and_sections_their_headings() -> None:
    """Prevents a figure that a blind reader meets as `image1.png`."""
    blocks = [
        Section("Part", [Picture(PIXEL, "One dot", "A dot"), Facts([("Name", "said")])], 2),
        Columns([Section("Left", [Paragraph("l")], 3), Section("Right", [Paragraph("r")], 3)]),
        Table("", ["A", ""], [["1", "2"]]),
        Heading("End", 2),
    ]
    content = word_file(Sheet("made-up", "Made up", blocks, over="Test"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert 'descr="One dot"' in xml
    for text in ("Part", "said", "Left", "Right", "End"):
        assert text in xml


def test_a_sheet_for_letter_paper_has_its_size() -> None:
    import docx

    each = next(one for one in sheets() if one.look == "sheet")
    section = docx.Document(io.BytesIO(word_file(each, "letter"))).sections[0]
    assert round(section.page_width.mm, 1) == 215.9
