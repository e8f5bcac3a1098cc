"""Incidents, attributions and judgements: each rule says which failure it prevents."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from cybernorms.corpus.incidents import load_hours
from tests.data.tables import first_and_last_day, ids, rows
from tests.paths import ROOT

NORMS_DATED = (2015, 7)  # A/70/174 is dated 22 July 2015

NO_ANSWER = re.compile(r"\bno (official acknowledgement|comment|reply)\b", re.IGNORECASE)

QUOTED = re.compile(r'"([^"]*)"')

# Words that state authorship as a fact. Reported speech ("attributed it to", "said that") passes.
AS_A_FACT = re.compile(
    r"\b(?:done|carried out|conducted|perpetrated|committed|launched|orchestrated|hacked|attacked"
    r"|mounted|staged) by\b"
    r"|\b(?:russian?|chinese|china|iran(?:ian)?|(?:north )?korean?|israeli?|american?|us)"
    r" (?:(?:state |government |military )?(?:hackers|spies|attackers) )?"
    r"(?:hacked|attacked|stole|breached|broke into|infiltrated|sabotaged|spied)\b"
    r"|\b(?:russian|chinese|iranian|north korean|israeli|american) "
    r"(?:cyber[- ]?)?(?:attack|hack|intrusion|operation|malware|breach)\b"
    r"|\bresponsible (?:was|were)\b",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """Return text without the passages that stand in quotation marks."""
    return QUOTED.sub('""', text)


def replies() -> list[dict[str, str]]:
    return [row for row in rows("attributions") if row["kind"] == "denial"]


def accusations() -> list[dict[str, str]]:
    return [row for row in rows("attributions") if row["kind"] != "denial"]


def judged(letter: str) -> dict[str, set[str]]:
    """Return the judgements of both passes on one norm, by incident."""
    found: dict[str, set[str]] = {}
    for row in rows("incident_norms"):
        if row["norm"].endswith(f"13{letter}"):
            found.setdefault(row["incident"], set()).add(row["judgement"])
    return found


# Incidents


def test_the_incidents_are_numbered_in_the_order_of_their_start():
    # Prevents an incident that is missing, or out of its place in a timeline.
    table = rows("incidents")
    assert [int(row["number"]) for row in table] == list(range(1, 22))
    starts = [first_and_last_day(row["start"])[0] for row in table]
    assert starts == sorted(starts)


def test_no_incident_ends_before_it_starts_and_the_label_is_its_year():
    # Prevents two dates in each other's column, and a chart that puts an incident in another year.
    for row in rows("incidents"):
        assert row["start"].startswith(row["year_label"]), row["id"]
        assert row["id"].endswith(row["year_label"]), row["id"]
        if row["end"]:
            start, end = first_and_last_day(row["start"]), first_and_last_day(row["end"])
            assert start[0] <= end[1], row["id"]


def test_incidents_before_july_2015_are_marked_as_earlier_than_the_norms():
    # Prevents a lesson that measures an act by norms which did not yet exist.
    for row in rows("incidents"):
        start = first_and_last_day(row["start"])[0]
        earlier = (start.year, start.month) < NORMS_DATED
        assert (row["before_norms"] == "yes") == earlier, row["id"]


def test_an_incident_is_told_without_naming_an_author():
    # Prevents an account that accuses before the attributions are read.
    for row in rows("incidents"):
        for word in ("Chinese", "China", "North Korea", "Iran attack", "state-sponsored", "GRU"):
            assert word not in row["what_happened"], (row["id"], word)


@pytest.mark.parametrize(
    ("column", "target"),
    [("source", "sources"), ("quotation", "quotations"), ("incident", "incidents")],
)
def test_every_link_of_the_three_tables_resolves(column, target):
    # Prevents an explorer that fails on one incident only.
    for table in ("incidents", "attributions", "incident_norms"):
        named = {row[column] for row in rows(table) if row.get(column)}
        assert named <= ids(target), (table, named - ids(target))


# Attributions


def test_every_incident_has_an_attribution_or_says_that_none_was_found():
    # Prevents an incident without the question who said what about it.
    named = {row["incident"] for row in accusations()}
    for row in rows("incidents"):
        assert row["id"] in named or "no attribution" in row["note"].lower(), row["id"]


def test_dates_run_forward_within_an_incident():
    # Prevents a reply that is shown before what it answers.
    for incident in ids("incidents"):
        days = [
            first_and_last_day(row["date"])[0]
            for row in rows("attributions")
            if row["incident"] == incident and len(row["date"]) == 10
        ]
        assert days == sorted(days), incident


def test_no_statement_is_older_than_its_incident():
    # Prevents the year of one incident in a row of another.
    start = {row["id"]: first_and_last_day(row["start"])[0] for row in rows("incidents")}
    disclosed = {row["id"] for row in rows("incidents") if row["start_is"] == "disclosed"}
    for row in rows("attributions"):
        if row["date"] and row["incident"] not in disclosed:
            assert first_and_last_day(row["date"])[1] >= start[row["incident"]], row["id"]


def came_after(reply: dict[str, str], accusation: dict[str, str]) -> bool:
    """Return whether a reply of the named state can answer an accusation, as far as dates tell."""
    same = ("incident", "state")
    if any(reply[column] != accusation[column] for column in same):
        return False
    if not (reply["date"] and accusation["date"]):
        return True
    return first_and_last_day(reply["date"])[1] >= first_and_last_day(accusation["date"])[0]


def test_a_state_that_is_named_has_its_answer_as_a_row():
    # Prevents an accusation that is taught without the denial that followed it.
    for row in accusations():
        denied = bool(row["state"]) and any(came_after(reply, row) for reply in replies())
        assert (row["answer"] == "no state named") == (not row["state"]), row["id"]
        assert (row["answer"] == "denied") == denied, row["id"]
        if row["answer"] == "none found":
            assert NO_ANSWER.search(row["note"]) or "not a reply" in row["note"], row["id"]


def test_an_answer_answers_an_earlier_accusation_of_the_same_state():
    # Prevents a denial that is linked to another state's case, or to another denial.
    named = {row["id"]: row for row in accusations()}
    for row in rows("attributions"):
        assert (row["answer"] == "is an answer") == (row["kind"] == "denial"), row["id"]
        if row["answer_to"]:
            assert row["kind"] == "denial", row["id"]
            accusation = named[row["answer_to"]]
            assert accusation["incident"] == row["incident"], row["id"]
            assert accusation["state"] == row["state"], row["id"]
            if row["date"] and accusation["date"]:
                said = first_and_last_day(accusation["date"])[0]
                assert said <= first_and_last_day(row["date"])[1], row["id"]


def test_a_denial_that_answers_nothing_says_why():
    # Prevents a link that somebody forgot to make.
    for row in replies():
        assert row["answer_to"] or row["note"], row["id"]


@pytest.mark.parametrize("table", ["incidents", "attributions", "incident_norms"])
def test_attribution_stays_reported_speech(table):
    # Prevents "done by" in our own words: who did it is said by somebody, on a day.
    for row in rows(table):
        for column, text in row.items():
            found = AS_A_FACT.search(own_words(text))
            assert not found, (table, row.get("id") or row["incident"], column, found)


@pytest.mark.parametrize(
    "text",
    [
        "The network was attacked by the Russian military.",
        "It was carried out by the Russian secret service.",
        "Chinese hackers stole the files.",
        "A North Korean attack hit the company.",
        "This was done by six officers.",
    ],
)
def test_the_lint_sees_authorship_that_is_stated_as_a_fact(text):
    # Prevents a lint that lets everything pass.
    assert AS_A_FACT.search(own_words(text))


@pytest.mark.parametrize(
    "text",
    [
        "The government attributed it to the Russian military.",
        "The statement says that the Russian Government directed the compromises.",
        'The page has "carried out by the Russian military" in quotation marks.',
    ],
)
def test_the_lint_lets_reported_speech_pass(text):
    # Prevents a lint that forbids to report what somebody said.
    assert not AS_A_FACT.search(own_words(text))


def test_confidence_is_the_speakers_own_word():
    # Prevents a degree of certainty that the module made up.
    quoted = [(row["source"], row["text"]) for row in rows("quotations")]
    for row in rows("attributions"):
        if row["confidence"]:
            assert row["kind"] != "denial", row["id"]
            assert row["quotation"], row["id"]
            of_the_source = [text for source, text in quoted if source == row["source"]]
            assert any(row["confidence"] in text for text in of_the_source), row["id"]


@pytest.mark.parametrize("column", ["wording", "cites", "note"])
def test_what_stands_in_quotation_marks_is_a_quotation(column):
    # Prevents words in a speaker's mouth that nobody checked.
    texts = [row["text"] for row in rows("quotations")]
    for row in rows("attributions"):
        for words in QUOTED.findall(row[column]):
            assert any(words in text for text in texts), (row["id"], words)


def test_a_quotation_and_its_statement_have_one_source():
    # Prevents one speaker's words under another's name.
    source = {row["id"]: row["source"] for row in rows("quotations")}
    for row in rows("attributions"):
        if row["quotation"]:
            assert source[row["quotation"]] == row["source"], row["id"]


def test_what_was_agreed_in_2015_opens_in_lesson_06():
    # Prevents an outcome that is told before the learner has made a forecast.
    for row in rows("attributions"):
        tells = "commitment" in row["cites"]
        assert row["opens_in"] == ("06" if tells else "02"), row["id"]
    for row in rows("incident_norms"):
        assert "agreed" not in row["reason"] and "commitment" not in row["reason"], row


def test_ten_cases_from_2014_to_2024_can_be_compared_side_by_side():
    # Prevents a comparison of attribution statements with a gap in it.
    wanted = {"sony", "dnc", "wannacry", "notpetya", "cloud-hopper", "solarwinds", "exchange"}
    wanted |= {"viasat", "volt-typhoon", "salt-typhoon"}
    named = {row["incident"].rsplit("-", 1)[0] for row in accusations() if row["state"]}
    assert wanted <= named
    speakers = {row["speaker_kind"] for row in accusations() if row["incident"] == "exchange-2021"}
    assert {"a state", "a union of states", "a company"} <= speakers


def test_states_that_are_accused_most_are_heard_as_accusers_too():
    # Prevents a list in which some States only accuse and others are only accused.
    for accuser in ("China", "Russia"):
        said = {row["state"] for row in accusations() if row["speaker"].startswith(f"{accuser}, ")}
        assert "united-states" in said, accuser


# Norms and incidents


def test_every_incident_is_judged_by_some_norm_and_no_pass_judges_twice():
    # Prevents an empty panel, and two verdicts of one reader on one question.
    pairs = Counter((row["incident"], row["norm"], row["pass"]) for row in rows("incident_norms"))
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert {row["incident"] for row in rows("incident_norms")} == ids("incidents")
    assert {row["pass"] for row in rows("incident_norms")} <= {"1", "2"}
    assert {row["judgement"] for row in rows("incident_norms")} <= {
        "engaged",
        "arguable",
        "not engaged",
    }
    assert {row["status"] for row in rows("incident_norms")} == {"judgement"}


def test_a_second_pass_judges_what_the_first_judged():
    # Prevents a pair that only one reader saw once both have read.
    pairs = {
        number: {
            (row["incident"], row["norm"])
            for row in rows("incident_norms")
            if row["pass"] == number
        }
        for number in ("1", "2")
    }
    assert pairs["1"]
    assert pairs["2"] <= pairs["1"]
    if pairs["2"]:
        assert pairs["2"] == pairs["1"]


def test_mere_espionage_never_engages_norm_f():
    # Prevents the common error that norm (f) forbids to spy on critical infrastructure.
    verdicts = judged("f")
    for row in rows("incidents"):
        if row["espionage_only"] == "yes":
            assert "engaged" not in verdicts[row["id"]], row["id"]
    spied = {row["id"] for row in rows("incidents") if row["espionage_only"] == "yes"}
    assert {"opm-2015", "solarwinds-2020"} <= spied


def test_norm_f_is_judged_for_every_incident():
    # Prevents a sorter that leaves out the norm that everybody thinks of first.
    assert set(judged("f")) == ids("incidents")


def test_a_reason_quotes_only_words_of_its_norm():
    # Prevents a reason that rests on words which the norm does not have.
    text = {row["id"]: row["text"].lower() for row in rows("quotations")}
    for row in rows("incident_norms"):
        quoted = QUOTED.findall(row["reason"])
        if row["pass"] == "1":
            assert quoted, row
        for words in quoted:
            assert words.lower().rstrip(".,") in text[row["norm"]], (row["incident"], words)


def test_reasons_about_older_incidents_say_had_the_norm_existed():
    # Prevents the reading that a state broke a norm before it was written.
    earlier = {row["id"] for row in rows("incidents") if row["before_norms"] == "yes"}
    for row in rows("incident_norms"):
        if row["incident"] in earlier:
            assert "had the norm existed" in row["reason"].lower(), (row["incident"], row["norm"])


def test_the_night_in_dublin_is_told_in_the_lesson_as_the_table_has_it() -> None:
    """Prevents an hour that is told in one way in the lesson and in another in the table."""
    hours = load_hours("hse-2021")
    assert [each.number for each in hours] == list(range(1, len(hours) + 1))
    assert [each.day for each in hours] == sorted(each.day for each in hours)
    lesson = (ROOT / "notebooks" / "02-un-norms.ipynb").read_text(encoding="utf-8")
    timed = [each.time for each in hours if each.time]
    assert timed == sorted(timed) and all(f"{time} |" in lesson for time in timed)
