"""The card of the sentence that is retold keeps the word that was pressed."""

from __future__ import annotations

import pytest

from cybernorms.cards.retold import RetoldSentence
from cybernorms.exercises.record import Record
from tests.cards.messages import change, press


def sentence(claim: str = "first-use", *, several: bool = False) -> RetoldSentence:
    return RetoldSentence(claim, "01", several=several)


def test_the_word_that_is_pressed_is_kept_and_comes_back() -> None:
    """Prevents a find that is gone with the next day."""
    card = sentence()
    assert not card.answered
    described = press(card, "pick", **{"word-first-use": "not"})
    assert described["reply"]["saved"] and described["answered"]
    last = Record().read().last("retold-first-use")
    assert last is not None and last.response == "not"
    again = sentence()
    assert again.answered and again.values()["word-first-use"] == "not"


@pytest.mark.parametrize("odd", ["never", "", None, 7, ["not"], {"not": 1}])
def test_what_is_no_word_of_the_sentence_is_not_kept(odd: object) -> None:
    """Prevents a record with words that nobody could press."""
    card = sentence()
    described = press(card, "pick", **{"word-first-use": odd})
    assert not described["reply"].get("saved") and not Record().path.exists()


def test_every_word_of_the_newspaper_can_be_pressed_and_has_a_verdict() -> None:
    """Prevents a word that does nothing."""
    part = next(each for each in sentence().describe()["parts"] if each["is"] == "retold")
    lane = next(each for each in part["lanes"] if each["words"])
    assert len(lane["words"]) > 10
    assert {"*", "not", "cripple"} <= set(part["verdicts"])
    assert all(each["html"] and each["look"] for each in part["verdicts"].values())


def test_another_sentence_can_be_chosen_and_one_that_is_not_there_cannot() -> None:
    """Prevents a list that changes nothing, and a message that breaks the card."""
    card = sentence(several=True)
    described = change(card, claim="condoning-or-conducting")
    assert described["key"] == "retold-condoning-or-conducting"
    assert change(card, claim="nobody")["key"] == "retold-condoning-or-conducting"
    assert card.answered  # nothing is asked of this one
