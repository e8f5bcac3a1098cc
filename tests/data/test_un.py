"""The tables on who sat in the UN groups, how States voted, and what the instruments are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.data.tables import Row, cells, first_and_last_day, ids, package, rows

SIX_IN_ALL_GROUPS = {
    "china", "france", "germany", "russian-federation", "united-kingdom", "united-states",
}  # fmt: skip

# How many Member States the United Nations had, from the day of the change on.
MEMBERSHIP = [
    (date(1994, 12, 15), 185),
    (date(1999, 9, 14), 188),
    (date(2000, 9, 5), 189),
    (date(2002, 9, 27), 191),
    (date(2006, 6, 28), 192),
    (date(2011, 7, 14), 193),
]

# Votes of which the sources name every State that voted no.
ALL_WHO_VOTED_NO = {
    ("un-a-res-60-45", "plenary"): 1,
    ("un-a-res-61-54", "plenary"): 1,
    ("un-a-res-62-17", "plenary"): 1,
    ("un-a-res-63-37", "plenary"): 1,
    ("un-a-res-73-266", "plenary"): 12,
    ("un-a-res-74-28", "plenary"): 10,
    ("un-a-res-74-28", "First Committee"): 10,
    ("un-a-res-74-29", "plenary"): 6,
    ("un-a-res-77-37", "First Committee"): 6,
}

PREFIX = {"plenary": "", "First Committee": "committee_"}
ON_ONE_PARAGRAPH = {"92-52-24"}  # the paragraph of 75/240 that sets up the open-ended group
NOT_YET = {"reported", "proposed"}


def members_of(session: str) -> set[str]:
    return {row["state"] for row in rows("members") if row["session"] == session}


def groups_of_experts() -> list[Row]:
    return [row for row in rows("sessions") if row["kind"] == "group of experts"]


def figures(resolution: Row, body: str) -> list[str]:
    """Return the figures of a vote as they stand in the table, empty cells included."""
    return [resolution[PREFIX[body] + column] for column in ("yes", "no", "abstain")]


def members_of_the_un_on(day: date) -> int:
    return max((since, number) for since, number in MEMBERSHIP if since <= day)[1]


def named(body: str, vote: str) -> Counter[str]:
    """Return, by resolution, how many States are named with a vote."""
    wanted = (body, vote)
    return Counter(
        row["resolution"]
        for row in rows("positions_on_votes")
        if (row["body"], row["vote"]) == wanted
    )


def resolutions() -> dict[str, Row]:
    return {row["id"]: row for row in rows("resolutions")}


# Who sat in the groups


def test_each_group_has_as_many_members_as_experts():
    # Prevents a room matrix whose columns do not add up to the number that the lesson states.
    counted = Counter(row["session"] for row in rows("members"))
    assert counted == {row["id"]: int(row["experts"]) for row in groups_of_experts()}
    assert [counted[row["id"]] for row in groups_of_experts()] == [15, 15, 15, 20, 25, 25]


def test_no_state_sits_twice_in_one_group():
    # Prevents a State that is counted twice, and another that it pushed out.
    seats = Counter((row["session"], row["state"]) for row in rows("members"))
    assert [seat for seat, number in seats.items() if number > 1] == []


def test_six_states_sat_in_all_six_groups():
    # Prevents the claim that only the permanent members did, or that Brazil or India did too.
    rooms = [members_of(row["id"]) for row in groups_of_experts()]
    assert set.intersection(*rooms) == SIX_IN_ALL_GROUPS


def test_india_did_not_sit_in_the_group_that_wrote_the_eleven_norms():
    # Prevents the common belief that it did.
    assert "india" not in members_of("gge-2014")
    assert {"brazil", "pakistan", "ghana"} <= members_of("gge-2014")


def test_a_member_takes_its_status_from_how_its_group_was_checked():
    # Prevents a recalled list of members that is shown as if it had been read.
    statuses = defaultdict(Counter)
    for row in rows("members"):
        statuses[row["session"]][row["status"]] += 1
    assert statuses == {
        "gge-2004": {"unverified": 15},
        "gge-2009": {"secondary": 4, "unverified": 11},
        "gge-2012": {"primary": 15},
        "gge-2014": {"primary": 20},
        "gge-2016": {"secondary": 13, "unverified": 12},
        "gge-2019": {"secondary": 25},
    }


def test_a_chair_comes_from_a_member_of_the_group():
    # Prevents a list of members that lost the State of the chair.
    name = {row["id"]: row["name"] for row in rows("states")}
    for row in groups_of_experts():
        assert row["chair_state"] in {name[state] for state in members_of(row["id"])}, row["id"]


# States


def test_five_states_are_permanent_members():
    # Prevents a sixth permanent member, and the loss of one.
    permanent = {row["id"] for row in rows("states") if row["p5"] == "yes"}
    assert permanent == SIX_IN_ALL_GROUPS - {"germany"}


def test_what_is_general_knowledge_about_states_says_so():
    # Prevents regional groups, which nobody looked up, from being shown as checked.
    assert {row["status"] for row in rows("states")} == {"unverified"}


def test_states_stand_in_alphabetical_order_under_a_readable_id():
    # Prevents a State that is added twice under two spellings.
    names = [row["name"].casefold() for row in rows("states")]
    assert names == sorted(names)
    shortened = {
        "North Korea": "dpr-korea",
        "Russia": "russian-federation",
        "South Korea": "republic-of-korea",
        "Türkiye": "turkiye",
    }
    for row in rows("states"):
        slug = row["name"].lower().replace(" ", "-")
        assert row["id"] == shortened.get(row["name"], slug)


def test_one_name_for_a_state_stands_in_all_tables():
    # Prevents a reader who takes Russia and the Russian Federation for two.
    other = re.compile(
        r"Russian Federation|Democratic People's Republic|Republic of Korea|DPRK|Syrian Arab|USA\b"
        r"|Islamic Republic|Bolivarian|Great Britain|Plurinational"
    )
    own_form = {"un_name", "text", "title", "checked_at", "address"}  # those of the document
    body = re.compile(
        r"IGF-USA|(Permanent Mission|Ministry of Foreign Affairs) of the \S+ Federation"
    )
    found = [
        (place, text)
        for place, column, text in cells()
        if column not in own_form and other.search(body.sub("", text))
    ]
    assert found == []


def test_every_state_is_used():
    # Prevents a State in the list of which the module says nothing.
    tables = ("members", "positions_on_votes", "views", "attributions")
    used = {row.get("state") for table in tables for row in rows(table)}
    assert ids("states") - used == set()


# Resolutions and votes


def test_a_resolution_has_the_id_of_its_symbol():
    # Prevents a vote that is filed under another resolution.
    for row in rows("resolutions"):
        session, number = row["symbol"].removeprefix("A/RES/").split("/")
        assert row["id"] == f"un-a-res-{session}-{number}"


def test_a_resolution_falls_into_its_session():
    # Prevents a wrong year: the session with number n begins in September of 1945 + n.
    for row in rows("resolutions"):
        year = 1945 + int(row["symbol"].split("/")[2])
        first, last = first_and_last_day(row["date"])
        assert date(year, 9, 1) <= last and first <= date(year + 1, 9, 30), row["id"]


def test_numbers_of_resolutions_ascend_with_their_dates():
    # Prevents two dates of one session in each other's row.
    def number(row: Row) -> list[int]:
        return [int(part) for part in row["symbol"].split("/")[2:]]

    table = rows("resolutions")
    assert [number(row) for row in table] == sorted(number(row) for row in table)
    for earlier, later in pairwise(table):
        first, last = first_and_last_day(earlier["date"])[0], first_and_last_day(later["date"])[1]
        assert first <= last, later["id"]


@pytest.mark.parametrize("body", PREFIX)
def test_three_figures_are_given_or_none(body):
    # Prevents an empty cell that a plot draws as no votes at all.
    for row in rows("resolutions"):
        assert len({bool(figure) for figure in figures(row, body)}) == 1, row["id"]


@pytest.mark.parametrize("body", PREFIX)
def test_no_vote_has_more_votes_than_the_un_had_members(body):
    # Prevents a digit too many or two figures that changed places with another vote's.
    for row in rows("resolutions"):
        if all(figures(row, body)):
            cast = sum(map(int, figures(row, body)))
            members = members_of_the_un_on(first_and_last_day(row["date"])[0])
            assert members / 2 < cast <= members, row["id"]


def test_a_text_that_was_voted_on_and_adopted_has_a_majority():
    # Prevents the figures for and against in each other's column.
    for row in rows("resolutions"):
        for body in PREFIX:
            yes, no, _ = figures(row, body)
            if yes:
                assert int(yes) > int(no), (row["id"], body)


def test_only_recorded_votes_have_figures():
    # Prevents figures for a text that nobody voted on.
    for row in rows("resolutions"):
        if any(figures(row, "plenary")):
            assert row["mode"] == "recorded vote", row["id"]
        if row["mode"] in {"without a vote", "by consensus"}:
            assert not any(figures(row, "First Committee")), row["id"]


def test_a_vote_whose_figures_were_not_checked_says_so():
    # Prevents figures from memory, and a gap that looks like a slip.
    for row in rows("resolutions"):
        if row["mode"] == "recorded vote":
            checked = row["vote_status"] in {"primary", "secondary"}
            assert checked == all(figures(row, "plenary")), row["id"]
            assert checked or "not checked" in row["summary"], row["id"]
        if row["mode"] == "not found":
            assert row["vote_status"] == "not found", row["id"]


def test_figures_of_the_first_committee_have_a_source_of_their_own():
    # Prevents a figure of the committee that rests on a source for the plenary.
    for row in rows("resolutions"):
        told = {bool(row[f"committee_{each}"]) for each in ("source", "pinpoint", "status", "yes")}
        assert len(told) == 1, row["id"]


def test_figures_in_words_are_those_of_the_columns():
    # Prevents a summary that still has the old figures after a correction.
    for row in rows("resolutions"):
        known = {"-".join(figures(row, body)) for body in PREFIX} | ON_ONE_PARAGRAPH
        told = set(re.findall(r"\d+-\d+-\d+", f"{row['summary']} {row['note']}"))
        assert told <= known, row["id"]
        if all(figures(row, "plenary")):
            assert "-".join(figures(row, "plenary")) in row["summary"], row["id"]


@pytest.mark.parametrize("body", PREFIX)
@pytest.mark.parametrize("vote", ["yes", "no", "abstain"])
def test_no_more_states_are_named_than_voted_so(body, vote):
    # Prevents a State that is named with a vote which the count has no room for.
    table = resolutions()
    for resolution, number in named(body, vote).items():
        total = table[resolution][PREFIX[body] + vote]
        assert total and number <= int(total), (resolution, body, vote)


def test_where_all_who_voted_no_are_known_they_are_all_named():
    # Prevents a list of opponents that lost one of them.
    table = resolutions()
    for (resolution, body), number in ALL_WHO_VOTED_NO.items():
        assert named(body, "no")[resolution] == number, (resolution, body)
        assert table[resolution][PREFIX[body] + "no"] == str(number), (resolution, body)


def test_no_state_votes_twice():
    # Prevents a State that is shown for and against one text.
    votes = Counter(
        (row["resolution"], row["body"], row["state"]) for row in rows("positions_on_votes")
    )
    assert max(votes.values()) == 1


def test_mandates_agree_with_the_resolutions():
    # Prevents two dates for one resolution, in the list of sources and in that of resolutions.
    dates = {row["id"]: row["date"] for row in rows("sources")}
    for row in rows("resolutions"):
        if dates.get(row["id"]):
            assert dates[row["id"]] == row["date"], row["id"]


# Instruments


def test_stage_and_force_can_go_together():
    # Prevents a proposal that binds, and a text in force that asks for nothing.
    for row in rows("instruments"):
        if row["stage"] in NOT_YET:
            assert row["force"] == "none", row["id"]
        if row["stage"] == "in force":
            assert row["force"] in {"binding on its parties", "national law or order"}, row["id"]
        if row["force"] == "binding on its parties":
            assert row["stage"] in {"adopted or agreed", "in force", "ended"}, row["id"]
        assert (row["force"] == "expert opinion") == (row["issuer_kind"] == "experts"), row["id"]


def test_a_treaty_can_be_adopted_and_not_in_force():
    # Prevents the belief that adoption by the General Assembly makes a treaty bind.
    stage = {row["id"]: (row["stage"], row["force"]) for row in rows("instruments")}
    binding = "binding on its parties"
    assert stage["un-convention-cybercrime"] == ("adopted or agreed", binding)
    assert stage["budapest-convention"] == ("in force", binding)


def test_how_many_states_stand_behind_a_text_fits_its_issuer():
    # Prevents a bilateral text of one State, and a number of States behind a book of experts.
    for row in rows("instruments"):
        expected = {
            "a state": {"unilateral"},
            "several states": {"bilateral", "regional or plurilateral", "multilateral"},
            "a UN body": {"multilateral"},
            "a multistakeholder meeting": {"multilateral"},
        }
        assert row["number"] in expected.get(row["issuer_kind"], {""}), row["id"]


def test_what_was_agreed_in_september_2015_and_after_it_opens_in_lesson_06():
    # Prevents the outcome of a forecast from being told before the learner has made it.
    deal = ("us-china", "uk-china", "australia-china", "canada-china", "g20-", "g7-")
    opened = {row["id"]: row["opens_in"] for row in rows("instruments")}
    assert {lesson for id, lesson in opened.items() if id.startswith(deal)} == {"06"}
    before = ("kerry-", "nyt-", "crossroads-", "xi-seattle-")
    assert {lesson for id, lesson in opened.items() if id.startswith(before)} == {"05"}
    rest = {lesson for id, lesson in opened.items() if not id.startswith((*deal, *before))}
    assert rest == {"02", "03"}
    telling = re.compile("intellectual property|trade secret", re.IGNORECASE)
    for table in ("instruments", "paragraphs"):
        for row in rows(table):
            if telling.search(" ".join(row.values())):
                earliest = "05" if row["id"].startswith(before) else "06"
                assert row["opens_in"] == earliest, row["id"]


def test_instruments_stand_in_the_order_of_their_dates():
    # Prevents a timeline that jumps.
    for earlier, later in pairwise(rows("instruments")):
        first, last = first_and_last_day(earlier["date"])[0], first_and_last_day(later["date"])[1]
        assert first <= last, later["id"]


def test_what_can_go_out_of_date_says_as_of_when():
    # Prevents numbers of parties, signatories and supporters that nobody can date.
    as_of = {row["id"]: row["as_of"] for row in rows("instruments")}
    for id in ("budapest-convention", "un-convention-cybercrime", "paris-call-2018"):
        assert as_of[id], id


# Paragraphs, views and terms


def test_a_paragraph_belongs_to_its_instrument_and_opens_with_it_or_later():
    # Prevents a paragraph under another text, or before its text may be shown.
    opened = {row["id"]: row["opens_in"] for row in rows("instruments")}
    for row in rows("paragraphs"):
        assert row["id"].split(":")[0] == row["instrument"]
        assert row["opens_in"] >= opened[row["instrument"]], row["id"]


@pytest.mark.parametrize("table", ["paragraphs", "views"])
def test_a_row_and_its_quotation_have_one_source(table):
    # Prevents words of one text shown under the name of another.
    source_of = {row["id"]: row["source"] for row in rows("quotations")}
    for row in rows(table):
        if row["quotation"]:
            assert source_of[row["quotation"]] == row["source"], row["id"]


def test_a_paragraph_is_never_better_checked_than_its_quotation():
    # Prevents a paraphrase that claims more than the words it rests on.
    order = ["primary", "secondary", "unverified", "not found"]
    status = {row["id"]: row["status"] for row in rows("quotations")}
    for row in rows("paragraphs"):
        if row["quotation"]:
            assert order.index(row["status"]) >= order.index(status[row["quotation"]]), row["id"]


def test_a_paragraph_that_was_not_read_is_not_quoted():
    # Prevents words from memory in quotation marks.
    for row in rows("paragraphs"):
        if row["status"] == "unverified":
            assert not row["quotation"], row["id"]
            assert not row["checked_at"], row["id"]


def test_the_paragraphs_on_law_of_the_report_of_2015_are_all_there():
    # Prevents a lesson on norms and law without one of the paragraphs that it rests on.
    places = {
        row["id"].split(":")[1] for row in rows("paragraphs") if row["instrument"] == "un-a-70-174"
    }
    wanted = "10-1 10-2 13-chapeau 24 25 26 27 28-chapeau 28a 28b-1 28b-2 28c 28d 28e-1 28e-2"
    assert places == {*wanted.split(), "28f-1", "28f-2", "28f-3"}


def test_must_and_should_stand_where_the_text_has_them():
    # Prevents the mix of a duty and an expectation within one sentence.
    verb = {row["id"]: row["force_words"] for row in rows("paragraphs")}
    assert verb["un-a-70-174:28e-1"].startswith("must not")
    assert verb["un-a-70-174:28e-2"].startswith("should")
    assert verb["un-a-70-174:28f-3"].startswith("should")
    assert verb["un-a-68-98:23-2"].startswith("must not")
    assert verb["un-a-68-98:23-3"].startswith("should")
    text = {row["id"]: row["text"].lower() for row in rows("quotations")}
    for row in rows("paragraphs"):
        if row["quotation"] and row["force_words"] != "not read":
            first = row["force_words"].split()[0]
            if first in {"must", "should", "may"}:
                assert first in text[row["quotation"]], row["id"]


def test_the_own_words_of_these_tables_end_with_a_full_stop_and_never_shout():
    # Prevents sentences that were cut off.
    prose = {"paragraphs": ("text", "what_follows"), "views": ("view",)}
    for table, columns in prose.items():
        for row in rows(table):
            for column in columns:
                assert row[column].endswith("."), (table, row["id"])
                assert "!" not in row[column], (table, row["id"])


def test_a_holder_that_is_a_state_is_linked_to_it():
    # Prevents a view that the list of a State's votes and views does not show.
    by_name = {row["name"]: row["id"] for row in rows("states")}
    for row in rows("views"):
        assert row["state"] == by_name.get(row["holder"], ""), row["id"]


def test_both_sides_of_the_quarrel_of_2017_are_heard():
    # Prevents a lesson that gives the reasons of one side only.
    topic = "self-defence and humanitarian law"
    holders = {row["holder"] for row in rows("views") if row["topic"] == topic}
    assert {"Cuba", "China", "United States"} <= holders
    quoted = [row["quotation"] for row in rows("views") if row["holder"] == "Cuba"]
    assert len(quoted) == 3 and all(quoted)


@pytest.mark.parametrize(
    ("table", "column"),
    [("paragraphs", "topic"), ("views", "topic"), ("resolutions", "track")],
)
def test_every_value_that_may_be_chosen_is_used(table, column):
    # Prevents a choice in a control that shows nothing.
    (resource,) = [r for r in package()["resources"] if Path(r["path"]).stem == table]
    (field,) = [f for f in resource["schema"]["fields"] if f["name"] == column]
    assert {row[column] for row in rows(table)} == set(field["constraints"]["enum"])


def test_the_glossary_has_at_least_sixty_terms():
    # Prevents terms of the later lessons from being used without a definition.
    assert len(rows("glossary")) >= 60


def test_a_definition_is_short():
    # Prevents a definition that a learner would have to study instead of look up.
    for row in rows("glossary"):
        assert len(row["definition"].split()) <= 60, row["id"]
