"""A guess is kept before what was agreed opens."""

from __future__ import annotations

from typing import Any

import pytest

from cybernorms.cards.workbench import Workbench
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.proposed_agreed import key_of
from tests.cards.keeping import cannot_write, keep_forecast
from tests.cards.messages import at, buttons_of, change, parts_of, press, said, seen
from tests.texts import one_line

AGREED = "On 25 September 2015"


def guess(bench: Workbench, guessed: str | None) -> dict[str, Any]:
    """Choose a guess for the element on the screen and press the button."""
    return press(bench, "open", **{f"guess-{bench.values()['element']}": guessed})


def kept(element: str) -> Any:
    last = Record().read().last(key_of(element))
    return last and last.response


def test_nothing_opens_without_a_guess() -> None:
    """Prevents an answer that is looked up before it is thought of."""
    bench = Workbench()
    described = guess(bench, None)
    assert "Choose a guess first" in said(bench) and at(bench) == "problem"
    assert not described.get("answered") and not Record().read().answers
    assert AGREED not in bench.text() and AGREED not in seen(bench)


def test_the_first_guess_stays_and_is_there_after_a_restart() -> None:
    """Prevents a guess that is made good once the answer is known."""
    bench = Workbench()
    assert guess(bench, "left-out")["answered"]
    assert not parts_of(bench, "ask") and "open" not in buttons_of(bench)
    assert "You guessed right" in bench.text() and "You guessed right" in seen(bench)
    guess(bench, "neither")
    assert "Your first guess stays" in said(bench)
    again = Workbench()
    assert kept("first-use") == "left-out" and again.values()["guess-first-use"] == "left-out"
    assert "1 of 9 elements opened" in again.text()


def test_the_first_guess_stays_whatever_a_second_window_says() -> None:
    """Prevents a guess that is made good in a window which was opened before."""
    one, two = Workbench(), Workbench()
    guess(one, "left-out")
    guess(two, "neither")
    assert kept("first-use") == "left-out" and "Your first guess stays" in said(two)


def test_the_first_element_that_is_opened_closes_the_forecast() -> None:
    """Prevents a forecast that is made good by a learner who knows how things came out."""
    keep_forecast(no_first_use="70")
    bench = Workbench()
    assert "your forecast is closed" in one_line(bench.text())
    guess(bench, None)
    assert not is_closed(Record().read(), QUESTION)
    guess(bench, "left-out")
    assert is_closed(Record().read(), QUESTION)
    assert "your forecast is closed" not in one_line(Workbench().text())


def test_an_element_opens_closed_while_another_one_is_open() -> None:
    """Prevents one guess from opening two elements."""
    bench = Workbench()
    guess(bench, "left-out")
    described = change(bench, element="ip-theft")
    assert described["values"] == {"element": "ip-theft", "guess-ip-theft": None}
    assert parts_of(bench, "ask") and not described.get("answered")
    assert AGREED not in seen(bench)


def test_the_next_element_follows_and_the_first_comes_after_the_last() -> None:
    """Prevents a way through the elements that ends before all of them were seen."""
    bench = Workbench()
    first, passed = bench.values()["element"], []
    for _ in range(9):
        passed.append(bench.values()["element"])
        press(bench, "next")
    assert len(set(passed)) == 9 and bench.values()["element"] == first


def test_a_guess_that_cannot_be_kept_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents an element that is open now and closed after a restart."""
    bench = Workbench()
    cannot_write(monkeypatch)
    described = guess(bench, "neither")
    assert "the disk is full" in said(bench) and not described["reply"].get("saved")
    assert AGREED not in seen(bench)


def test_a_guess_is_kept_by_the_browser_until_it_is_saved_and_then_stays() -> None:
    """Prevents a guess that is gone with its kernel, or one that is filled in over the first."""
    bench = Workbench()
    assert bench.describe()["keeps"] and bench.describe().get("state", "open") == "open"
    assert guess(bench, "left-out")["state"] == "closed"
    assert change(bench, element="ip-theft").get("state", "open") == "open"
