"""The texts of a lesson: each once, in the words of the tables, with the place where they stand."""

from __future__ import annotations

import pytest

from cybernorms.kit.lessons import Shown, TaughtLesson
from cybernorms.kit.texts import _TEXTS, sentence_to_mark, texts_of
from tests.kit.kit import lesson, lessons


@pytest.mark.parametrize("each", lessons(), ids=lambda each: each.name)
def test_no_text_of_a_lesson_stands_in_another(each: TaughtLesson) -> None:
    """Prevents a sheet that prints norm (f) twice, because two explorers show it."""
    words = [one.words for one in texts_of(each)]
    assert len(words) == len(set(words))
    assert all(one.title and one.where for one in texts_of(each))


def test_a_claim_is_read_in_its_last_two_hands() -> None:
    passages = _TEXTS["show_claims"](Shown("show_claims", ("first-use",), "01"))
    assert len(passages) == 2
    assert "will not be the first" in passages[0].words
    assert "will not" not in passages[1].words.split("critical")[0]


def test_the_sentence_to_mark_is_the_one_that_lost_its_word() -> None:
    claim = sentence_to_mark(lesson("00"))
    assert claim is not None and claim.id == "first-use"
    assert sentence_to_mark(lesson("02")) is None
