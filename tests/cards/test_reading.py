"""A page to read, and one that looks again."""

from __future__ import annotations

from cybernorms.cards.reading import Reading
from cybernorms.document import Paragraph
from tests.cards.messages import buttons_of, press, seen


def test_a_page_that_can_go_out_of_date_has_a_button_that_looks_again() -> None:
    """Prevents a learner's progress from standing still until the cell is run again."""
    told = ["one"]
    page = Reading("My progress", lambda: [Paragraph(told[-1])], changes=True)
    told.append("two")
    assert page.text() == "one" and "two" not in seen(page)
    press(page, "look")
    assert page.text() == "two" and "two" in seen(page)
    told.append("three")
    page.refresh()
    assert page.text() == "three"


def test_a_page_that_stays_as_it_is_has_none() -> None:
    """Prevents a button that does nothing."""
    assert not buttons_of(Reading("Glossary", lambda: [Paragraph("Text")]))
