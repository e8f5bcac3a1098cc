"""The explorers of lesson 06 show what their controls say, and keep closed what is not yet open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms.corpus.commitments import load_adopters, load_elements
from cybernorms.corpus.evidence import load_bearings, load_evidence, load_explanations
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import curly, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.record import Record
from cybernorms.figures.spread import draw_spread, running, spread_alt
from cybernorms.pages.evidence import KEY, bearing_table, item_section, weighed_items
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.forecast_score import kept_forecast, scored_blocks
from cybernorms.pages.proposed_agreed import FATE_OF_GUESS, GUESSES, element_blocks
from cybernorms.pages.spread import SpreadState, chosen, spread_blocks
from cybernorms.pages.weighing import as_weighing, second_pass, verdict_blocks
from cybernorms.widgets.scored_forecast import ForecastScore
from cybernorms.widgets.view import View
from cybernorms.widgets.weigher import Weigher
from cybernorms.widgets.workbench import Workbench
from tests.explorers import explore


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path / "work"))


def flat(text: str) -> str:
    return " ".join(text.split())


def keep_forecast(**percents: str) -> None:
    Record().append(QUESTION, "", {id.replace("_", "-"): text for id, text in percents.items()})


def cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise CyberNormsError("Not saved: the disk is full", remedy="Make room")

    monkeypatch.setattr(Record, "append", refuse)


# Proposed and agreed


@pytest.mark.parametrize("element", load_elements(lesson=EVERYTHING), ids=lambda each: each.id)
def test_what_was_agreed_stays_closed_until_a_guess_is_kept(element) -> None:
    """Prevents an outcome that is read before it was guessed."""
    before, after = (flat(to_text(element_blocks(element, guess))) for guess in ("", "neither"))
    assert flat(curly(element.proposed.text)) in before
    assert "On 25 September 2015" not in before and "What changed" not in before
    assert "On 25 September 2015" in after and "Stage" in after and "Force" in after


def test_every_fate_can_be_guessed() -> None:
    """Prevents an element whose right answer is not among the choices."""
    assert {FATE_OF_GUESS[each.fate] for each in load_elements(lesson=EVERYTHING)} == set(GUESSES)


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
    assert "your forecast is closed" in flat(bench.text())
    bench.submit()
    assert not is_closed(Record().read(), QUESTION)
    bench.guess.value = "left-out"
    bench.submit()
    assert is_closed(Record().read(), QUESTION)
    assert "your forecast is closed" not in flat(Workbench().text())


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


# The forecast


def test_no_outcome_is_told_before_the_button_is_pressed() -> None:
    """Prevents the forecast from being read beside what happened."""
    keep_forecast(no_first_use="70")
    shown = flat(ForecastScore().text())
    assert "70 per cent" in shown
    for each in load_forecasts(lesson=EVERYTHING):
        assert flat(each.outcome_text) not in shown


def test_opening_the_outcomes_closes_the_forecast_first() -> None:
    keep_forecast(no_first_use="70", ip_theft_covered="20")
    score = ForecastScore()
    assert not is_closed(Record().read(), QUESTION)
    score.submit()
    assert is_closed(Record().read(), QUESTION) and score.reveal.disabled
    assert "Brier score: 0.57" in flat(score.text())


def test_a_forecast_that_cannot_be_closed_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents outcomes that are seen while the forecast can still be changed."""
    score = ForecastScore()
    cannot_write(monkeypatch)
    score.submit()
    assert "the disk is full" in score._status.value and not score.opened
    assert "Scores" not in score._page.value


def test_without_a_forecast_the_way_to_one_is_told_and_the_outcomes_can_still_be_opened() -> None:
    score = ForecastScore()
    assert "Lesson 01 has the form" in flat(score.text())
    score.submit()
    text = flat(score.text())
    assert "You kept no forecast" in text and "The post: Statements: 3" in text
    assert "- You:" not in text


def test_an_open_forecast_is_open_after_a_restart() -> None:
    keep_forecast(no_first_use="70")
    ForecastScore().submit()
    assert "Statement 1" in ForecastScore().text()


def test_every_statement_says_what_happened_and_where_that_stands() -> None:
    text = flat(to_text(scored_blocks({})))
    for each in load_forecasts(lesson=EVERYTHING):
        assert flat(each.outcome_text).replace('"', "") in text.replace("\u201c", "")
        assert each.outcome_pinpoint in text


def test_a_record_that_somebody_edited_does_not_break_the_score() -> None:
    Record().append(QUESTION, "", {"no-first-use": "much", "ip-theft-covered": "20"})
    assert kept_forecast(Record()) == {}
    Record().append(QUESTION, "", {"no-first-use": "400", "ip-theft-covered": "20"})
    assert kept_forecast(Record()) == {"ip-theft-covered": 0.2}


# The spread


def test_the_count_rises_to_twenty_and_stays() -> None:
    counts = [count for _, count in running(load_adopters(lesson=EVERYTHING))]
    assert counts == [0, 2, 3, 3, 20, 20, 20, 20, 20, 20, 20]


def test_the_filter_leaves_the_five_texts_of_china() -> None:
    assert [each.id for each in chosen("china")] == [
        "us-china",
        "uk-china",
        "g20",
        "australia-china",
        "canada-china",
    ]
    text = to_text(spread_blocks(SpreadState("china")))
    assert "Kerry in Seoul" not in text and "Canada and China" in text


def test_the_figure_says_in_words_what_it_shows() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    alt = draw_spread(chosen("all")).alt
    assert alt == spread_alt(chosen("all"))
    for each in chosen("all"):
        assert (each.name in alt) == bool(each.date), each.id
    assert "United States and China (2015-09-25): 2 in all, \u201cknowingly\u201d in" in alt


def test_a_text_is_set_beside_the_wording_of_the_deal() -> None:
    text = flat(to_text(spread_blocks(SpreadState("all", "uk-china"))))
    assert "Beside the deal" in text and "knowingly" in text.split("Beside the deal")[1]
    deal = flat(to_text(spread_blocks(SpreadState("all", "us-china"))))
    assert "Beside the deal" not in deal


def test_a_filter_that_lacks_the_open_text_opens_its_first() -> None:
    view = explore("spread", lesson="06")
    view.fields["text"].value = "kerry"
    view.fields["who"].value = "china"
    assert view.state == SpreadState("china", "us-china")
    view.fields["who"].value = "all"
    assert view.state == SpreadState("all", "us-china")


def test_the_figure_follows_the_filter() -> None:
    view = explore("spread", lesson="06")
    assert "Kerry" in view.static_html()
    view.fields["who"].value = "china"
    assert "Kerry" not in view.static_html()


# The evidence


@pytest.mark.parametrize("item", load_evidence(lesson=EVERYTHING), ids=lambda each: each.id)
def test_an_item_shows_source_quality_and_the_answer_of_china(item) -> None:
    text = flat(to_text([item_section(item)])).replace("\u201c", '"').replace("\u201d", '"')
    for part in (item.says, item.good_for, item.weak_because, item.answer.text):
        assert flat(part) in text
    assert item.pinpoint in text and "China\u2019s answer" in text


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
    text = flat(weigher.text())
    assert "No explanation is in front: all are level. Items that count: 1 of 15." in text
    assert "In front" not in text.split("Where each explanation ends")[0].split("level.")[1]


def test_where_coders_differ_an_item_shows_the_weights_and_reasons_of_both() -> None:
    """Prevents one of two readings from being dropped."""
    item = next(each for each in load_evidence(lesson=EVERYTHING) if each.id == "first-half-2014")
    rows = {name: (weight, reason) for name, weight, reason in bearing_table(item).rows}
    second = {
        each.explanation: each
        for each in load_bearings(lesson=EVERYTHING, coder="B")
        if each.evidence == item.id
    }
    weight, reason = rows["Better hiding"]
    assert weight == "differ: for (A), neutral (B)"
    assert reason.endswith(f"B: {second['stealth'].reason}") and reason.startswith("A: ")
    assert rows["Exposure and charges"][0] == "strongly for"


def test_the_verdict_says_how_far_the_second_coder_agrees_and_what_would_be_in_front() -> None:
    """Prevents a sum that hides how much hangs on who judged."""
    everything = as_weighing({"items": {each.id: "1" for each in weighed_items()}})
    told = second_pass(everything)
    second = {
        (each.evidence, each.explanation): each
        for each in load_bearings(lesson=EVERYTHING, coder="B")
    }
    same = sum(
        each.weight == second[each.evidence, each.explanation].weight
        for each in load_bearings(lesson=EVERYTHING)
    )
    assert f"agree on {same} of {len(second)} bearings" in told and 0 < same < len(second)
    assert told.endswith("your weights would put Better hiding in front.")
    assert told in flat(to_text(verdict_blocks(everything)))
    only = as_weighing({"items": {"first-half-2014": "1"}})
    assert second_pass(only).endswith("would put the same in front.")


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
    text = flat(weigher.text())
    assert "In front: Reform at home." in text and "The deal: Start: +2" in text


def test_weights_of_zero_give_no_verdict() -> None:
    weigher = Weigher()
    weigh_all(weigher, "0")
    assert "No item counts yet" in weigher.text()


def test_the_verdict_names_its_method_its_limits_and_what_a_fall_cannot_show() -> None:
    everything = as_weighing({"items": {each.id: "1" for each in weighed_items()}})
    text = flat(to_text(verdict_blocks(everything)))
    assert "a device for thinking and not a measurement" in text
    assert "What would change it" in text and "invented" in text
    assert "16. The charges on jet engines (2018)" in text.split("decide between none")[1]


@pytest.mark.parametrize(
    "kept",
    [None, "", [1], {"items": [1]}, {"items": {"made-up": "1"}, "priors": {"the-deal": "9"}}],
)
def test_a_record_that_somebody_edited_weighs_nothing(kept: object) -> None:
    found = as_weighing(kept)
    assert not found.weights and not found.priors and not found.once_each
    Record().append(KEY, "", kept)
    assert not Weigher()._verdict.value


def test_weights_that_cannot_be_kept_give_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    weigher = Weigher()
    cannot_write(monkeypatch)
    weigh_all(weigher)
    assert "the disk is full" in weigher._status.value and not weigher._verdict.value


def test_every_explanation_is_shown_with_what_would_count_against_it() -> None:
    text = flat(Weigher().text())
    for each in load_explanations(lesson=EVERYTHING):
        assert each.name in text and flat(each.against) in text


@pytest.mark.parametrize(
    "make", [Workbench, ForecastScore, lambda: explore("spread", lesson="06"), Weigher]
)
def test_every_explorer_has_a_still_form(make: Callable[[], View]) -> None:
    """Prevents an empty cell on a printed page."""
    view = make()
    assert "still picture" in view.static_html() and view.text()
