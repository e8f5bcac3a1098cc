"""What an explorer shows on a slide: a table or a picture, with nothing given away."""

from __future__ import annotations

import pytest

from cybernorms.document import Picture, Table, to_html
from cybernorms.kit.lessons import Shown
from cybernorms.kit.pictures import MOST_ROWS, PICTURES, picture_of
from tests.kit.kit import lessons

SHOWN = [each for one in lessons() for each in one.shown() if each.name in PICTURES]


@pytest.mark.parametrize("shown", SHOWN, ids=lambda each: f"{each.name}-{each.lesson}")
def test_what_is_drawn_has_its_text(shown: Shown) -> None:
    """Prevents an empty slide where a lesson opens an explorer in a new way."""
    drawn = picture_of(shown)
    assert drawn is not None
    if isinstance(drawn, Table):
        assert drawn.rows and len(drawn.rows) <= MOST_ROWS
        assert all(len(row) == len(drawn.columns) for row in drawn.rows)
    else:
        assert isinstance(drawn, Picture) and len(drawn.alt) > 20


def test_a_retold_sentence_is_not_marked_before_the_class_has_looked() -> None:
    """Prevents the lost word from being struck out on the slide that asks for it."""
    drawn = picture_of(Shown("show_retold", (), "00"))
    assert isinstance(drawn, Table)
    assert "<del>" not in to_html([drawn]) and "<ins>" not in to_html([drawn])


def test_what_is_not_on_the_list_has_no_picture() -> None:
    assert picture_of(Shown("show_map", (), "00")) is None
