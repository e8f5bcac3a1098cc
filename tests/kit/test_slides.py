"""Slides: a dozen for a lesson, with notes, in an order that can be read out."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from cybernorms.document import Picture
from cybernorms.kit.slides import HIGH, LANGUAGE, WIDE, deck_file, slides_file
from cybernorms.kit.talk import Slide
from tests.kit.kit import lesson, lessons
from tests.kit.test_word import PIXEL

NAMES = [each.name for each in lessons()]
every = pytest.mark.parametrize("name", NAMES)


@cache
def deck(name: str) -> Any:
    return Presentation(io.BytesIO(slides_file(lesson(name))))


@every
def test_every_slide_has_a_title_notes_and_a_language(name: str) -> None:
    """Prevents slides that are read out as `Slide 7`, and a lecturer without a word to say."""
    for slide in deck(name).slides:
        assert slide.shapes.title.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()
        languages = {each.get("lang") for each in slide._element.iter(qn("a:rPr"))}
        assert languages == {LANGUAGE}


@every
def test_what_is_drawn_is_described_and_tables_have_a_header_row(name: str) -> None:
    for slide in deck(name).slides:
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.table.first_row
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
            elif shape.shape_type == 13:
                assert shape._element.nvPicPr.cNvPr.get("descr")


@every
def test_the_title_is_read_first(name: str) -> None:
    """Prevents the foot of a slide from being read before its text."""
    for slide in deck(name).slides:
        assert slide.shapes[0] == slide.shapes.title or slide.shapes[0].is_placeholder
        assert not slide.shapes[-1].is_placeholder  # the foot


@every
def test_nothing_stands_outside_a_slide(name: str) -> None:
    """Prevents words cut off at the edge of a wall."""
    for slide in deck(name).slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert (shape.left + shape.width) / 36000 <= WIDE + 0.1
            assert (shape.top + shape.height) / 36000 <= HIGH + 0.1


def test_a_picture_fits_its_slide_and_has_its_text() -> None:
    made = deck_file("T", "Lesson 00", [Slide("Look", drawn=Picture(PIXEL, "One dot", "A dot"))])
    shapes = list(Presentation(io.BytesIO(made)).slides[0].shapes)
    picture = next(each for each in shapes if each.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "One dot"
    assert (picture.top + picture.height) / 36000 < HIGH
