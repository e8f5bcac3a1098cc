"""The tables on what came of the deal of 2015: each rule says which failure it prevents."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from tests.data.tables import first_and_last_day, ids, rows

DAY_OF_THE_DEAL = date(2015, 9, 25)
TABLES = (
    "evidence",
    "explanations",
    "meetings",
    "adopters",
    "elements",
    "series",
)


@pytest.mark.parametrize("table", TABLES)
def test_what_came_after_opens_in_lesson_06(table):
    # Prevents an outcome that is told before the learner has forecast it.
    assert {row["opens_in"] for row in rows(table)} == {"06"}


@pytest.mark.parametrize("table", ["evidence", "explanations", "adopters", "elements"])
def test_positions_count_from_one(table):
    # Prevents rows that change places each time they are sorted.
    positions = [int(row["position"]) for row in rows(table)]
    assert positions == list(range(1, len(positions) + 1))


# The evidence


def test_the_ledger_is_in_order_of_year():
    # Prevents a later finding that is read before an earlier one.
    years = [row["date"][:4] for row in rows("evidence") if row["id"] != "csis-survey"]
    assert years == sorted(years)


def test_every_item_says_what_it_is_good_for_why_it_is_weak_and_what_china_answered():
    # Prevents one-sided evidence.
    for row in rows("evidence"):
        for column in ("good_for", "weak_because", "china_answer", "answer_source"):
            assert row[column], (row["id"], column)


def test_an_answer_that_was_not_looked_up_says_so():
    # Prevents silence that is read as consent.
    general = {
        row["china_answer"] for row in rows("evidence") if row["answer_source"] == "xi-seattle-2015"
    }
    assert len(general) == 1 and general.pop().startswith("Whether China answered this was")


def test_no_item_states_an_intrusion_as_a_fact():
    # Prevents an accusation that this module would make in its own name.
    accused = re.compile(r"\bChina (stole|hacked|broke|entered|attacked|violated)\b", re.IGNORECASE)
    for row in rows("evidence"):
        assert not accused.search(row["says"]), row["id"]


def test_an_item_that_ends_before_the_deal_says_that_it_cannot_show_a_breach():
    # Prevents the charges on jet engines from being cited as proof of a breach.
    row = next(row for row in rows("evidence") if row["id"] == "turbofan-2018")
    assert first_and_last_day(row["date"])[0] > DAY_OF_THE_DEAL
    assert row["about"] == "before the deal" and "cannot show a breach" in row["weak_because"]


def test_figures_have_a_kind_and_a_unit():
    # Prevents a bound that is plotted as a value.
    for row in rows("evidence"):
        assert bool(row["figure"]) == (row["figure_kind"] != "none") == bool(row["unit"]), row["id"]
        assert row["figure"].startswith("<") <= (row["figure_kind"] == "upper bound"), row["id"]


def test_only_items_about_theft_of_trade_secrets_are_weighed():
    # Prevents Volt Typhoon from counting for or against a promise on another subject.
    for row in rows("evidence"):
        if row["about"] == "another subject":
            assert row["weighed"] == "no", row["id"]


# The explanations and the weights


def pairs_of(coder: str) -> Counter[tuple[str, str]]:
    return Counter(
        (row["evidence"], row["explanation"])
        for row in rows("evidence_explanations")
        if row["coder"] == coder
    )


def test_every_item_that_is_weighed_bears_on_every_explanation_once():
    # Prevents a sum that forgets an item or counts it twice.
    weighed = {row["id"] for row in rows("evidence") if row["weighed"] == "yes"}
    pairs = pairs_of("A")
    assert set(pairs) == {(item, each) for item in weighed for each in ids("explanations")}
    assert set(pairs.values()) == {1}


def test_both_coders_weigh_the_same_pairs():
    # Prevents a figure of agreement on pairs that only one of them judged.
    assert {row["coder"] for row in rows("evidence_explanations")} == {"A", "B"}
    assert pairs_of("A") == pairs_of("B")


def test_reasons_for_weights_differ():
    # Prevents a reason that was copied from one pair to the next.
    reasons = Counter(row["reason"] for row in rows("evidence_explanations"))
    assert [text for text, count in reasons.items() if count > 1] == []


def test_weights_are_judgements_with_their_day():
    # Prevents a judgement that passes for a finding.
    for row in rows("evidence_explanations"):
        assert (row["status"], row["source"]) == ("judgement", "cybernorms-readings")
        assert row["judged_on"]


def test_every_explanation_has_items_for_and_against_it():
    # Prevents a weigher that is built to give one answer.
    for each in ids("explanations"):
        for coder in ("A", "B"):
            weights = {
                row["weight"]
                for row in rows("evidence_explanations")
                if row["explanation"] == each and row["coder"] == coder
            }
            assert weights & {"for", "strongly for"}, (each, coder)
            assert weights & {"against", "strongly against"}, (each, coder)


# Meetings, adopters, elements, series


def test_a_meeting_known_from_an_announcement_only_is_called_scheduled():
    # Prevents a meeting that never took place from being counted.
    found = {row["id"]: row["outcome"] for row in rows("meetings")}
    assert [id for id, outcome in found.items() if outcome == "scheduled"] == ["dialogue-4"]


def test_the_meetings_held_are_those_that_the_series_counts():
    # Prevents two tables that count the same meetings differently.
    held = Counter(
        row["date"][:4]
        for row in rows("meetings")
        if row["outcome"] == "held" and row["kind"] == "dialogue"
    )
    told = {
        row["period"]: int(row["value"])
        for row in rows("series")
        if row["series"] == "dialogue-held"
    }
    assert dict(held) == told


def test_the_adopters_reach_twenty_with_the_g20_and_nobody_joins_after():
    # Prevents States that are counted again each time they repeat the promise.
    added = {row["id"]: int(row["added"]) for row in rows("adopters")}
    assert {id: count for id, count in added.items() if count} == {
        "us-china": 2,
        "uk-china": 1,
        "g20": 17,
    }
    for row in rows("adopters"):
        assert bool(row["added_names"]) == (row["added"] != "0"), row["id"]


def test_of_the_texts_that_china_promised_three_say_knowingly():
    # Prevents the word from being put back into a text that has not got it.
    china = {row["id"]: row["knowingly"] for row in rows("adopters") if row["china"] == "yes"}
    assert china == {
        "us-china": "yes",
        "uk-china": "no",
        "g20": "no",
        "germany-china": "yes",
        "australia-china": "no",
        "canada-china": "yes",
    }


def test_the_words_of_a_text_bear_out_what_is_said_of_knowingly():
    # Prevents a column that says something else than the quotation beside it.
    text = {row["id"]: row["text"] for row in rows("quotations")}
    for row in rows("adopters"):
        if row["quotation"]:
            assert ("knowingly" in text[row["quotation"]]) == (row["knowingly"] == "yes"), row["id"]


def test_adopters_and_instruments_do_not_contradict_each_other():
    # Prevents one text with two dates or two forces.
    instruments = {row["id"]: row for row in rows("instruments")}
    for row in rows("adopters"):
        if row["instrument"]:
            instrument = instruments[row["instrument"]]
            assert row["force"] == instrument["force"], row["id"]
            assert row["date"].startswith(instrument["date"]), row["id"]


def test_nothing_that_was_not_agreed_has_a_force():
    # Prevents an element that binds without having been agreed.
    for row in rows("elements"):
        for when in ("proposed", "agreed"):
            assert row[f"{when}_stage"] or row[f"{when}_force"] == "none", row["id"]
        came_in = row["fate"].startswith("in ") and row["fate"] != "in neither"
        assert bool(row["agreed_stage"]) == came_in, row["id"]


def test_what_was_agreed_is_a_political_commitment_and_no_more():
    # Prevents the deal from being called a treaty.
    assert {row["agreed_force"] for row in rows("elements")} == {"none", "political commitment"}


def test_the_core_of_the_deal_is_what_the_press_had_ruled_out():
    # Prevents the turn of the story from being lost.
    fates = {row["id"]: row["fate"] for row in rows("elements")}
    assert fates["ip-theft"] == "in after all" and fates["first-use"] == "left out"
    assert fates["un-norms"] == "in as reported" and fates["verification"] == "in neither"


def test_invented_figures_say_so_three_times():
    # Prevents an invented curve that is copied as a finding.
    for row in rows("series"):
        invented = row["value_kind"] == "invented"
        assert row["series"].startswith("invented-") == invented, row["id"]
        assert row["note"].startswith("Invented:") == invented, row["id"]
        assert (row["status"] == "judgement") == invented, row["id"]


def test_only_a_range_has_two_ends():
    # Prevents a range that is plotted as one value.
    for row in rows("series"):
        assert bool(row["high"]) == (row["value_kind"] == "range"), row["id"]
