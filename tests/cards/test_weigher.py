"""Weights are kept before bearings and verdict open."""

from __future__ import annotations

import pytest

from cybernorms.corpus.evidence import load_evidence, load_explanations
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.widgets.weigher import Weigher
from tests.texts import one_line
from tests.widgets.keeping import cannot_write


def weigh_all(weigher: Weigher, weight: str = "1") -> None:
    for field in weigher.weights.values():
        field.value = weight
    weigher.submit()


def test_the_bearing_of_an_item_stays_closed_until_weights_are_kept() -> None:
    """Prevents weights that are copied from the module's reading."""
    weigher = Weigher()
    assert "How this item bears" not in weigher.text()
    weigher.submit()
    assert "Weigh at least one item" in weigher._status.value
    weigh_all(weigher)
    assert "How this item bears" in weigher.text()
    assert "In front: Reform at home and Better hiding" in weigher.text()


def test_explanations_that_are_all_level_are_not_said_to_be_in_front() -> None:
    """Prevents five winners after an item that speaks alike on all."""
    weigher = Weigher()
    weigher.weights["turbofan-2018"].value = "1"
    weigher.submit()
    text = one_line(weigher.text())
    assert "No explanation is in front: all are level. Items that count: 1 of 15." in text
    assert "In front" not in text.split("Where each explanation ends")[0].split("level.")[1]


def test_the_weight_beside_an_item_and_the_one_in_the_list_are_the_same() -> None:
    """Prevents a weight that is given while reading and lost on the way to the sum."""
    weigher = Weigher()
    weigher.item.value = "turbofan-2018"
    weigher.here.value = "0.5"
    assert weigher.weights["turbofan-2018"].value == "0.5"
    weigher.item.value = "summer-2015"
    assert weigher.here.value == ""
    weigher.weights["summer-2015"].value = "2"
    assert weigher.here.value == "2"
    assert weigher.response()["items"] == {"turbofan-2018": "0.5", "summer-2015": "2"}


def test_an_item_that_is_not_weighed_can_be_given_no_weight() -> None:
    weigher = Weigher()
    weigher.here.value = "2"
    weigher.item.value = "volt-typhoon-2024"
    assert weigher.here.disabled and weigher.here.value == ""
    assert weigher.response()["items"] == {"attempts-2015": "2"}


def test_the_next_item_follows_and_the_first_comes_after_the_last() -> None:
    weigher = Weigher()
    seen = []
    for _ in load_evidence(lesson=EVERYTHING):
        seen.append(weigher.item.value)
        weigher.go_on()
    assert seen == [each.id for each in load_evidence(lesson=EVERYTHING)]
    assert weigher.item.value == seen[0]


def test_weights_are_there_after_a_restart() -> None:
    weigher = Weigher()
    weigher.priors["the-deal"].value = "2"
    weigher.once.value = True
    weigh_all(weigher, "0.5")
    again = Weigher()
    assert again.response() == weigher.response()
    assert again.text() == weigher.text()


def test_a_starting_point_moves_an_explanation_and_is_shown() -> None:
    weigher = Weigher()
    weigher.priors["the-deal"].value = "2"
    weigher.priors["stealth"].value = "-2"
    weigh_all(weigher)
    text = one_line(weigher.text())
    assert "In front: Reform at home." in text and "The deal: Start: +2" in text


def test_weights_of_zero_give_no_verdict() -> None:
    weigher = Weigher()
    weigh_all(weigher, "0")
    assert "No item counts yet" in weigher.text()


def test_weights_that_cannot_be_kept_give_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    weigher = Weigher()
    cannot_write(monkeypatch)
    weigh_all(weigher)
    assert "the disk is full" in weigher._status.value and not weigher._verdict.value


def test_every_explanation_is_shown_with_what_would_count_against_it() -> None:
    text = one_line(Weigher().text())
    for each in load_explanations(lesson=EVERYTHING):
        assert each.name in text and one_line(each.against) in text
