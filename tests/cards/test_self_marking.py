from __future__ import annotations

import pytest

from cybernorms.cards.self_marking import NOT_YET, SelfMarking
from cybernorms.exercises.record import Record
from tests.cards.messages import press
from tests.factories import made_up
from tests.texts import one_line


def saved(text: str = "My clause, and why.") -> SelfMarking:
    question = made_up("written")
    Record().append(question.id, "", text)
    return SelfMarking(question)


def test_without_a_saved_text_there_is_nothing_to_mark() -> None:
    # Prevents levels for an answer that isn't there.
    card = SelfMarking(made_up("written"))
    assert NOT_YET in one_line(card.text())
    first = card.question.criteria[0]
    press(card, "pick", first.id, levels={first.id: first.levels[0].name})
    assert card.levels == {}


def test_levels_are_kept_and_add_up_to_points() -> None:
    # Prevents a sum that differs from what a teacher would give for the same levels.
    card = saved()
    for each in card.question.criteria:
        press(card, "pick", each.id, levels={each.id: each.levels[0].name})
    assert card.answered and card.points() == card.question.points
    again = SelfMarking(card.question)
    assert again.levels == card.levels and again.points() == card.points()
    last = card.question.criteria[-1]
    press(again, "pick", last.id, levels={last.id: last.levels[-1].name})
    assert again.points() == pytest.approx(card.question.points - last.points)


@pytest.mark.parametrize("level", ["", "Perfect", 7, None, ["Full"]])
def test_what_is_no_level_changes_nothing(level: object) -> None:
    # Prevents a mark by an edited page or a slip.
    card = saved()
    press(card, "pick", card.question.criteria[0].id,
          levels={card.question.criteria[0].id: level})  # fmt: skip
    assert card.levels == {}


def test_a_text_that_was_typed_is_shown_as_text() -> None:
    # Prevents that marks of HTML in an answer become part of the page.
    card = saved("<b>bold</b> & <script>alert(1)</script>")
    page = str(card.describe()["parts"])
    assert "<script>" not in page and "&lt;script&gt;" in page
