"""The tables on the report of 22 September 2015: each rule says which failure it prevents."""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise

import pytest

from tests.data.tables import Row, first_and_last_day, ids, rows

DAY_OF_THE_POST = date(2015, 9, 22)
POST = "crossroads-2015"
PRESS = {"news", "blog post"}

# What lesson 01 shows: it stands where the author of the post stood.
SHOWN_BEFORE = {
    "claims": ["name", "kind", "claim", "subject", "as_of_2015", "verdict_2015", "note"],
    "claim_readings": ["judgement", "reason"],
    "claim_steps": ["speaker", "date", "wording", "change"],
    "discrepancies": ["name", "post_has", "source_has", "also_reason", "effect", "explanation"],
    "faithful_renderings": ["name", "post_has", "source_has", "explanation"],
}
MONTHS = list(calendar.month_name)[1:]
A_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
A_MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
TELLS_THE_END = re.compile(
    r"\b(turned out|came true|was right about|failed|forecast held|in the end|later showed"
    r"|fact sheet|Seattle|preview call|was announced|press conference)\b",
    re.IGNORECASE,
)


def by_claim(table: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(table):
        found[row["claim"]].append(row)
    return found


def shown_before() -> list[tuple[str, str]]:
    """Return place and text of each cell that lesson 01 may show."""
    return [
        (f"{table}.csv, row {number}, {column}", row[column])
        for table, columns in SHOWN_BEFORE.items()
        for number, row in enumerate(rows(table), start=1)
        for column in columns
    ]


def days_named(text: str) -> list[date]:
    """Return the earliest day that each date in a text can mean; 2015 where no year is given."""
    days = [
        datetime.strptime(f"{day} {month} {year or 2015}", "%d %B %Y").date()
        for day, month, year in A_DAY.findall(text)
    ]
    months = [datetime.strptime(f"1 {m} {y}", "%d %B %Y").date() for m, y in A_MONTH.findall(text)]
    return days + months + [date(int(year), 1, 1) for year in A_YEAR.findall(text)]


def quotations_from(kinds: set[str]) -> list[Row]:
    kind = {row["id"]: row["kind"] for row in rows("sources")}
    return [row for row in rows("quotations") if kind[row["source"]] in kinds]


# The claims


def test_the_claims_are_numbered_from_1_to_22():
    # Prevents a claim of the post that nobody traced.
    assert [row["number"] for row in rows("claims")] == [str(n) for n in range(1, 23)]


@pytest.mark.parametrize("table", ["claim_readings", "claim_steps"])
def test_every_claim_has_its_steps_and_readings(table):
    # Prevents a claim tracer that is empty for one claim.
    assert set(by_claim(table)) == ids("claims")


def test_the_words_of_a_claim_are_words_of_the_post():
    # Prevents words of the newspaper shown as words of the post.
    for row in rows("claims"):
        assert row["source"] == POST
        assert not row["quotation"] or row["quotation"].startswith(f"{POST}:"), row["id"]


def test_only_claims_about_names_and_days_have_no_stage_and_force():
    # Prevents an empty cell that a learner reads as "none".
    for row in rows("claims"):
        assert bool(row["quoted_stage"]) == bool(row["quoted_force"]), row["id"]
        assert bool(row["quoted_stage"]) == (row["subject"] != "people and places"), row["id"]


def test_no_text_that_was_only_reported_has_a_force():
    # Prevents a deal that binds before it exists.
    reported = {row["quoted_force"] for row in rows("claims") if row["quoted_stage"] == "reported"}
    assert reported == {"none"}


def test_only_the_un_report_had_force_on_the_day_of_the_post():
    # Prevents norms that are called law, and speeches that are called norms.
    strong = {row["id"] for row in rows("claims") if row["quoted_force"] not in {"", "none"}}
    assert strong == {"condoning-or-conducting", "un-report-silent"}


# The outcomes


@pytest.mark.parametrize("table", ["claims", "forecasts"])
def test_an_outcome_opens_in_lesson_06_and_has_its_source(table):
    # Prevents an outcome that is told before the learner has forecast it, or without proof.
    outcome = {"claims": "outcome", "forecasts": "outcome_text"}[table]
    for row in rows(table):
        columns = ["opens_in", "outcome_source", "outcome_pinpoint", "outcome_status"]
        assert {bool(row[column]) for column in columns} == {bool(row[outcome])}, row["id"]
        assert row["opens_in"] in {"", "06"}, row["id"]


@pytest.mark.parametrize("table", ["claims", "forecasts"])
def test_the_words_of_an_outcome_exist(table):
    # Prevents an outcome whose quotation cannot be shown.
    assert {row["outcome_quotation"] for row in rows(table)} - {""} <= ids("quotations")


def test_every_prediction_and_nothing_else_held_or_did_not():
    # Prevents a tally of forecasts that counts a fact, or forgets one that held.
    for row in rows("claims"):
        predicts = row["kind"] in {"prediction", "reported prediction"}
        assert bool(row["held"]) == predicts, row["id"]


def test_predictions_that_held_get_their_due():
    # Prevents a lesson that remembers only what the post got wrong.
    held = {row["id"]: row["held"] for row in rows("claims") if row["held"]}
    assert {id for id, value in held.items() if value == "yes"} == {
        "no-explicit-prohibition",
        "code-of-conduct",
    }
    assert held["negotiate-during-visit"] == "in part"


def test_nothing_that_lesson_01_shows_names_a_day_after_the_post():
    # Prevents a lesson that gives the answers away.
    for place, text in shown_before():
        assert [day for day in days_named(text) if day > DAY_OF_THE_POST] == [], place


def test_nothing_that_lesson_01_shows_tells_an_outcome():
    # Prevents an outcome that is told without a date.
    assert [(place, text) for place, text in shown_before() if TELLS_THE_END.search(text)] == []
    texts = " ".join(text for _, text in shown_before())
    for row in rows("claims"):
        for sentence in re.split(r"(?<=\.) ", row["outcome"]):
            assert not sentence or sentence not in texts, row["id"]


@pytest.mark.parametrize("table", ["claims", "claim_steps", "discrepancies", "faithful_renderings"])
def test_what_lesson_01_shows_rests_on_texts_of_its_time(table):
    # Prevents a reader of 2015 who knows a text of 2016.
    issued = {row["id"]: row["date"] for row in rows("sources")}
    for row in rows(table):
        assert first_and_last_day(issued[row["source"]])[0] <= DAY_OF_THE_POST, row


# The readings


def test_every_claim_has_one_correct_reading_and_it_is_the_verdict():
    # Prevents a key that contradicts the table.
    found = by_claim("claim_readings")
    for row in rows("claims"):
        best = [r["judgement"] for r in found[row["id"]] if r["verdict"] == "correct"]
        assert best == [row["verdict_2015"]], row["id"]


def test_no_claim_can_be_read_in_every_way():
    # Prevents an exercise that every answer solves.
    for claim, found in by_claim("claim_readings").items():
        assert len(found) <= 3, claim


def test_the_fair_paraphrase_with_a_term_trap_can_be_argued_both_ways():
    # Prevents a key that marks a learner down for having seen the trap.
    verdicts = {
        row["judgement"]: row["verdict"] for row in by_claim("claim_readings")["code-of-conduct"]
    }
    assert verdicts["says what its source says"] == "correct"
    assert verdicts["means something else"] == "defensible"


def test_a_source_that_nobody_found_makes_a_claim_that_cannot_be_confirmed():
    # Prevents a quotation that is passed off as checked.
    unfound = {row["id"] for row in rows("claims") if row["verdict_2015"] == "cannot be confirmed"}
    words = {"review-2009", "current-policy", "web-page", "sepulveda-welcome", "zoller-remarks"}
    later_part = {"ip-theft-left-out", "bulk-of-conduct"}
    assert unfound == words | later_part
    for claim in words:
        assert by_claim("claim_steps")[claim][0]["status"] == "not found"
    for row in rows("claims"):
        if row["id"] in later_part:
            assert "part" in row["note"], row["id"]


# The steps


def test_steps_count_from_one_and_end_with_the_post():
    # Prevents a chain with a missing link.
    for claim, steps in by_claim("claim_steps").items():
        assert [step["position"] for step in steps] == [str(n + 1) for n in range(len(steps))]
        assert 2 <= len(steps) <= 4, claim
        assert [step["source"] for step in steps].count(POST) == 1
        assert steps[-1]["source"] == POST, claim


def test_dates_of_steps_never_go_backwards():
    # Prevents a source that is younger than the text that quotes it.
    for claim, steps in by_claim("claim_steps").items():
        days = [first_and_last_day(step["date"])[0] for step in steps]
        assert days == sorted(days), claim
        assert days[-1] == DAY_OF_THE_POST, claim


def test_only_a_first_step_has_no_change():
    # Prevents a change against nothing, and a step whose change is not told.
    for row in rows("claim_steps"):
        assert bool(row["change"]) == (row["position"] != "1"), row
        if row["position"] == "1":
            assert row["change_kind"] == "none", row


def test_a_quotation_stands_in_its_wording_and_comes_from_the_same_source():
    # Prevents a comparison, word for word, with words that the source does not have.
    quoted = {row["id"]: row for row in rows("quotations")}
    for row in rows("claim_steps"):
        if row["quotation"]:
            assert quoted[row["quotation"]]["text"] in row["wording"], row["claim"]
            assert quoted[row["quotation"]]["source"] == row["source"], row["claim"]


def test_what_nobody_could_read_says_so_and_quotes_nothing():
    # Prevents words in the mouth of a text that was not found.
    unread = re.compile(r"not found|not public|beyond the part|is said to")
    for row in rows("claim_steps"):
        if row["status"] in {"not found", "unverified"}:
            assert unread.search(row["wording"]), row
            assert not row["quotation"], row


def test_after_a_step_that_nobody_could_read_the_change_cannot_be_checked():
    # Prevents a charge against a writer whose source was not seen.
    for claim, steps in by_claim("claim_steps").items():
        for before, after in pairwise(steps):
            if before["status"] == "not found":
                assert after["change_kind"] == "cannot be checked", claim


def test_the_post_lost_the_not_and_the_newspaper_the_limit_by_law():
    # Prevents an error that is charged to the wrong link.
    newspaper, post = by_claim("claim_steps")["first-use"][1:]
    assert "will not be the first" in newspaper["wording"]
    assert " not " not in post["wording"] and post["change_kind"] == "negation lost"
    norm, newspaper, post = by_claim("claim_steps")["condoning-or-conducting"]
    assert "contrary to its obligations under international law" in norm["wording"]
    assert newspaper["change_kind"] == "qualifier dropped"
    arose = {row["id"]: row["arose_at"] for row in rows("discrepancies")}
    assert (arose["missing-not"], arose["law-qualifier"]) == ("the post", "the newspaper")


# The discrepancies


def test_there_are_at_least_18_discrepancies_in_order():
    # Prevents an error hunt that leaves known errors out.
    found = rows("discrepancies")
    assert len(found) >= 18
    assert [row["position"] for row in found] == [str(n + 1) for n in range(len(found))]


def test_two_hedges_were_dropped_and_each_has_its_row():
    # Prevents two errors that are counted as one, and a third that the post did not make.
    dropped = {row["id"] for row in rows("discrepancies") if row["change_kind"] == "hedge dropped"}
    assert dropped == {"most-likely", "may-not-contain"}


def test_what_the_post_leaves_out_is_listed():
    # Prevents a hunt that finds only what stands in the text.
    omissions = {"sanctions-threat", "opm", "meng-visit", "order-13694", "kerry-third-principle"}
    kinds = {row["id"]: row["change_kind"] for row in rows("discrepancies")}
    assert {kinds[id] for id in omissions} == {"context left out"}


def test_a_second_kind_of_change_is_another_one_and_has_its_reason():
    # Prevents a second reading that repeats the first, or that nobody can follow.
    for row in rows("discrepancies"):
        assert row["also_kind"] != row["change_kind"], row["id"]
        assert bool(row["also_kind"]) == bool(row["also_reason"]), row["id"]


def test_no_line_is_both_faithful_and_changed():
    # Prevents an error hunt that marks one and the same line both ways.
    assert not ids("faithful_renderings") & ids("discrepancies")
    names = [row["name"] for t in ("faithful_renderings", "discrepancies") for row in rows(t)]
    assert len(names) == len(set(names))


def test_discrepancies_and_steps_name_claims_that_exist():
    # Prevents a discrepancy that no claim shows.
    for table in ("discrepancies", "faithful_renderings", "claim_steps", "claim_readings"):
        assert set(by_claim(table)) <= ids("claims"), table


# The forecasts


def test_six_statements_can_turn_out_true_or_false_by_the_end_of_september():
    # Prevents a statement that nobody can ever settle.
    found = rows("forecasts")
    assert [row["position"] for row in found] == list("123456")
    assert all(row["statement"].startswith("By 30 September 2015 ") for row in found)


def test_some_statements_turned_out_true_and_some_false():
    # Prevents a form that is won with one number for all.
    outcomes = Counter(row["outcome"] for row in rows("forecasts"))
    assert min(outcomes["yes"], outcomes["no"]) >= 2


def test_every_statement_but_one_was_forecast_by_somebody_in_2015():
    # Prevents a statement without anybody to compare with, and words in the mouth of the post.
    forecast = {row["forecast"] for row in rows("forecasters")}
    assert ids("forecasts") - forecast == {"leaves-multistakeholder"}


def test_forecasts_were_made_before_the_deal_with_a_probability_in_range():
    # Prevents a forecast from hindsight, and a number that is no probability.
    for row in rows("forecasters"):
        assert 0 <= float(row["probability"]) <= 1, row
        assert first_and_last_day(row["date"])[0] < date(2015, 9, 25), row
        assert row["status"] == "judgement", row


def test_a_denial_is_turned_round_into_the_chance_that_the_statement_is_true():
    # Prevents "not likely" that is stored as 80 per cent.
    for row in rows("forecasters"):
        denied = re.search(r"\b(not likely|unlikely|would not|no such)\b", row["words"], re.I)
        if denied:
            assert float(row["probability"]) < 0.5, row


# Quotations and prose


def test_the_post_is_quoted_in_short_passages_only():
    # Prevents a reprint of a text whose rights are not ours.
    lengths = [len(r["text"].split()) for r in rows("quotations") if r["source"] == POST]
    assert max(lengths) <= 25
    assert sum(lengths) <= 250


def test_the_press_is_quoted_in_short_passages_only():
    # Prevents running passages of newspapers and blogs.
    long = [row["id"] for row in quotations_from(PRESS) if len(row["text"].split()) > 25]
    assert long == []


def test_sentences_end_with_a_full_stop():
    # Prevents sentences that were cut off.
    prose = {
        "claims": ["claim", "as_of_2015", "outcome", "note"],
        "claim_steps": ["change"],
        "discrepancies": ["also_reason", "effect", "explanation"],
        "faithful_renderings": ["explanation"],
        "forecasts": ["statement", "outcome_text"],
        "forecasters": ["words", "reason"],
    }
    for table, columns in prose.items():
        for row in rows(table):
            for column in columns:
                assert re.search(r"(^|[.?])$", row[column]), (table, column, row[column])
                assert "!" not in row[column], (table, column, row[column])
