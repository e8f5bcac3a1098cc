"""A weight is kept before the bearing of its item opens, and the sum grows with each."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.analysis.evidence import Weighing
from cybernorms.cards.weigher import LONGEST_BAR, Weigher
from cybernorms.corpus.evidence import load_evidence, load_explanations
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.record import Record
from cybernorms.pages.evidence import KEY
from cybernorms.pages.weighing import standings
from tests.cards.keeping import cannot_write
from tests.cards.messages import at, change, deck_of, flat, parts_of, press, said, seen
from tests.texts import one_line

NONE = Weighing({}, {})


def weigh(weigher: Weigher, item: str, weight: str) -> dict[str, Any]:
    """Weigh one item and return the description."""
    return press(weigher, "pick", item, weights={**weigher.values()["weights"], item: weight})


def weighed(weigher: Weigher) -> list[str]:
    """Return the ids of all items that can be given a weight."""
    return [each["id"] for each in deck_of(weigher)["items"] if "options" in each]


def weigh_all(weigher: Weigher, weight: str = "1") -> None:
    for item in weighed(weigher):
        weigh(weigher, item, weight)


def sum_of(weigher: Weigher) -> str:
    """Return the sum as it is on the screen, nothing while there is none."""
    folds = [each for each in parts_of(weigher, "fold") if "sum" in each["summary"]]
    return flat(" ".join(each["html"] for each in folds))


def kept() -> Any:
    last = Record().read().last(KEY)
    return last and last.response


def test_the_bearing_of_an_item_stays_closed_until_its_weight_is_kept() -> None:
    """Prevents weights that are copied from the module's reading."""
    weigher = Weigher()
    first, second = weighed(weigher)[:2]
    assert "How this item bears" not in weigher.text() + seen(weigher) and not sum_of(weigher)
    described = weigh(weigher, first, "1")
    assert described["reply"]["saved"] and at(weigher) == "saved"
    assert kept()["items"] == {first: "1"}
    open_ones = [each["id"] for each in deck_of(weigher)["items"] if each.get("reading")]
    assert open_ones == [first] and second not in open_ones
    weigh_all(weigher)
    assert "How this item bears" in weigher.text()
    assert "In front: Reform at home and Better hiding" in weigher.text()
    assert "In front: Reform at home and Better hiding" in sum_of(weigher)
    assert weigher.describe()["answered"]


def test_explanations_that_are_all_level_are_not_said_to_be_in_front() -> None:
    """Prevents five winners after an item that speaks alike on all."""
    weigher = Weigher()
    weigh(weigher, "turbofan-2018", "1")
    text = one_line(weigher.text())
    assert "No explanation is in front: all are level. Items that count: 1 of 15." in text
    assert "In front" not in text.split("Where each explanation ends")[0].split("level.")[1]
    assert "In front" not in sum_of(weigher).split("Where each explanation ends")[0]


def test_the_weight_beside_an_item_is_the_one_in_the_sum() -> None:
    """Prevents a weight that is given while reading and lost on the way to the sum."""
    weigher = Weigher()
    weigh(weigher, "turbofan-2018", "0.5")
    described = weigh(weigher, "summer-2015", "2")
    given = {"turbofan-2018": "0.5", "summer-2015": "2"}
    assert described["values"]["weights"] == given == kept()["items"]


def test_an_item_that_is_not_weighed_can_be_given_no_weight() -> None:
    """Prevents a weight for what is only to be read."""
    weigher = Weigher()
    items = {each["id"]: each for each in deck_of(weigher)["items"]}
    assert "options" not in items["volt-typhoon-2024"]
    weigh(weigher, "volt-typhoon-2024", "2")
    assert kept() is None and not weigher.values()["weights"]


@pytest.mark.parametrize("weight", ["", "3", "zzz", 1, None, ["1"]])
def test_a_weight_that_is_not_on_offer_is_not_kept(weight: Any) -> None:
    """Prevents a sum with a number that nobody chose."""
    weigher = Weigher()
    weigh(weigher, "turbofan-2018", weight)
    assert kept() is None and not weigher.values()["weights"]


def test_all_items_are_there_in_their_order() -> None:
    """Prevents an item that no way leads to."""
    ids = [each["id"] for each in deck_of(Weigher())["items"]]
    assert ids == [each.id for each in load_evidence(lesson=EVERYTHING)]


def test_weights_are_there_after_a_restart() -> None:
    """Prevents fifteen items from being weighed twice."""
    weigher = Weigher()
    weigh_all(weigher, "0.5")
    change(weigher, priors={"the-deal": "2"})
    change(weigher, once=True)
    again = Weigher()
    values = again.values()
    assert values["weights"] == weigher.values()["weights"] and values["once"] is True
    assert values["priors"]["the-deal"] == "2" and "filled in" in said(again)
    assert one_line(again.text()) and sum_of(again) == sum_of(weigher)


def test_a_starting_point_moves_an_explanation_and_is_shown() -> None:
    """Prevents a starting point that is set and forgotten."""
    weigher = Weigher()
    weigh_all(weigher)
    change(weigher, priors={"the-deal": "2", "stealth": "-2"})
    text = one_line(weigher.text())
    assert "In front: Reform at home." in text and "The deal: Start: +2" in text


def test_starting_points_are_set_before_anything_is_weighed() -> None:
    """Prevents a starting point that is lost because nothing was weighed yet."""
    weigher = Weigher()
    change(weigher, priors={"the-deal": "2"})
    assert kept() is None and weigher.values()["priors"] == {"the-deal": "2"}
    weigh(weigher, "turbofan-2018", "1")
    assert kept()["priors"]["the-deal"] == "2"


def test_a_message_without_starting_points_leaves_them() -> None:
    """Prevents half a message from wiping out what was set."""
    weigher = Weigher()
    weigh(weigher, "turbofan-2018", "1")
    change(weigher, priors={"the-deal": "2"})
    change(weigher, once=True)
    values = {"weights": {"summer-2015": "1"}}
    weigher.receive({"do": "press", "name": "pick", "item": "summer-2015", "values": values})
    assert kept()["priors"]["the-deal"] == "2" and kept()["once"] is True
    assert kept()["items"] == {"turbofan-2018": "1", "summer-2015": "1"}


def test_two_windows_keep_the_weights_of_each_other() -> None:
    """Prevents an old window from taking back what was weighed in a newer one."""
    one, two = Weigher(), Weigher()
    weigh(one, "turbofan-2018", "1")
    weigh(two, "summer-2015", "2")
    assert kept()["items"] == {"turbofan-2018": "1", "summer-2015": "2"}


def test_weights_of_zero_give_no_verdict() -> None:
    """Prevents a winner of nothing."""
    weigher = Weigher()
    weigh_all(weigher, "0")
    assert "No item counts yet" in weigher.text() and "No item counts yet" in sum_of(weigher)


def test_weights_that_cannot_be_kept_give_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a verdict that is gone after a restart."""
    weigher = Weigher()
    cannot_write(monkeypatch)
    described = weigh(weigher, "turbofan-2018", "1")
    assert "the disk is full" in said(weigher) and at(weigher) == "problem"
    assert not sum_of(weigher) and not described["reply"].get("saved")
    assert not weigher.values()["weights"]


def test_every_explanation_is_shown_with_what_would_count_against_it() -> None:
    """Prevents an explanation that nothing could count against."""
    text, screen = one_line(Weigher().text()), seen(Weigher())
    for each in load_explanations(lesson=EVERYTHING):
        assert each.name in text and one_line(each.against) in text
        assert each.name in screen and flat(each.against) in screen


def test_weights_and_starting_points_that_a_browser_kept_are_taken_over() -> None:
    """Prevents weights that are lost because their kernel had gone when they were set."""
    weigher = Weigher()
    assert set(weigher.describe()["holds"]) == {"weights", "priors", "once"}
    change(weigher, priors={"the-deal": "2"})
    assert kept() is None
    given = {"turbofan-2018": "1", "volt-typhoon-2024": "2", "summer-2015": "zzz"}
    assert change(weigher, weights=given)["reply"]["saved"]
    assert kept()["items"] == {"turbofan-2018": "1"} and kept()["priors"]["the-deal"] == "2"
    assert Weigher().describe()["kept"] > 1e12, "a browser tells by it which is later"


def test_the_bars_move_by_what_the_table_says() -> None:
    """Prevents a picture of the sum that disagrees with the sum."""
    weigher = Weigher()
    assert not parts_of(weigher, "scales")
    weigh(weigher, "summer-2015", "1")
    weigh(weigher, "first-half-2014", "1")
    [scales] = parts_of(weigher, "scales")
    assert "The fall began in 2014" in scales["moved"]
    for bar, standing in zip(scales["bars"], standings(weigher.weighing() or NONE), strict=True):
        assert bar["name"] == standing.name
        assert round(bar["at"] * LONGEST_BAR, 2) == round(standing.steps, 2)
        assert bar["odds"] in sum_of(weigher)
        moved = bar["by"].replace("\u2212", "-")
        assert round((bar["at"] - bar["before"]) * LONGEST_BAR, 1) == float(moved or 0)


def test_a_bar_never_leaves_its_track() -> None:
    """Prevents a sum of all items that is drawn beyond the card."""
    weigher = Weigher()
    change(weigher, priors={each.id: "2" for each in load_explanations(lesson=EVERYTHING)})
    weigh_all(weigher, "2")
    [scales] = parts_of(weigher, "scales")
    assert all(-1 <= bar["at"] <= 1 and -1 <= bar["before"] <= 1 for bar in scales["bars"])
