"""A guess is kept before what was agreed opens."""

from __future__ import annotations

import pytest

from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.widgets.workbench import Workbench
from tests.texts import one_line
from tests.widgets.keeping import cannot_write, keep_forecast


def test_nothing_opens_without_a_guess() -> None:
    bench = Workbench()
    bench.submit()
    assert "Choose a guess first" in bench._status.value and not bench.guesses
    assert "On 25 September 2015" not in bench.text()


def test_the_first_guess_stays_and_is_there_after_a_restart() -> None:
    """Prevents a guess that is made good once the answer is known."""
    bench = Workbench()
    bench.guess.value = "left-out"
    bench.submit()
    assert bench.guess.disabled and "You guessed right" in bench.text()
    bench.guess.value = "neither"
    bench.submit()
    again = Workbench()
    assert again.guesses == {"first-use": "left-out"} and "1 of 9 elements opened" in again.text()


def test_the_first_element_that_is_opened_closes_the_forecast() -> None:
    """Prevents a forecast that is made good by somebody who knows how things came out."""
    keep_forecast(no_first_use="70")
    bench = Workbench()
    assert "your forecast is closed" in one_line(bench.text())
    bench.submit()
    assert not is_closed(Record().read(), QUESTION)
    bench.guess.value = "left-out"
    bench.submit()
    assert is_closed(Record().read(), QUESTION)
    assert "your forecast is closed" not in one_line(Workbench().text())


def test_an_element_opens_closed_while_another_one_is_open() -> None:
    bench = Workbench()
    bench.guess.value = "left-out"
    bench.submit()
    bench.element.value = "ip-theft"
    assert not bench.guess.disabled and bench.guess.value == ""
    assert "On 25 September 2015" not in bench._page.value


def test_a_guess_that_cannot_be_kept_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Workbench()
    cannot_write(monkeypatch)
    bench.guess.value = "neither"
    bench.submit()
    assert "the disk is full" in bench._status.value
    assert "On 25 September 2015" not in bench._page.value
