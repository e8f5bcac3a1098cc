"""Styles are black, in fonts that every computer has, and found by their ids."""

from __future__ import annotations

from docx.shared import RGBColor

from cybernorms.kit.word_styles import _LOOKS, SANS, SERIF, new_document, style_id


def test_every_style_is_black_and_has_a_font_that_all_computers_have() -> None:
    """Prevents blue headings that are grey on paper, and a font that one office alone has."""
    document = new_document("Title", 210, 297, 16)
    for name in _LOOKS:
        style = document.styles[name]
        assert style.font.color.rgb == RGBColor(0, 0, 0)  # type: ignore[no-untyped-call]
        assert style.font.name in (SANS, SERIF)
        assert style.style_id == style_id(name)
