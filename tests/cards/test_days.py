"""The card of the ten days says as text and in its table what it draws."""

from __future__ import annotations

import pytest

from cybernorms.cards.days import TenDays
from cybernorms.corpus.days import load_days
from cybernorms.document import curly
from tests.cards.messages import flat, parts_of, seen
from tests.texts import one_line


@pytest.mark.parametrize("lesson", ["01", "05", "06"])
def test_what_is_drawn_stands_in_the_table_and_in_the_text(lesson: str) -> None:
    """Prevents a timeline that says less to those who do not see it."""
    card = TenDays(lesson)
    [fold], text = parts_of(card, "fold"), one_line(card.text())
    for event in load_days(lesson=lesson):
        assert curly(event.name) in seen(card)
        assert curly(event.name) in flat(fold["html"]) and curly(event.what) in flat(fold["html"])
        assert one_line(event.name) in text.replace("’", "'").replace("\u2019", "'")


def test_an_event_to_open_with_is_sent_along() -> None:
    """Prevents a lesson that promises an event and shows none."""
    [drawn] = parts_of(TenDays("01", "night"), "days")
    assert drawn["open"] == "night" and drawn["closed"] and not drawn["years"]
