"""The tables on policy documents, codings and events: each rule says which failure it prevents."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import date
from itertools import groupby

import pytest

from tests.data.tables import Row, first_and_last_day, ids, rows

POST = "crossroads-2015"
CHECKED = ["primary", "secondary", "unverified", "not found"]
OWN_WORDS = {
    "documents": ["summary", "note"],
    "document_topics": ["definition"],
    "document_passages": ["paraphrase", "note"],
    "coding_axes": ["rule"],
    "coding_values": ["definition", "borderline"],
    "codings": ["reason"],
    "events": ["what", "note"],
    "conflicting_figures": ["counted", "note"],
    "unfound_quotations": ["looked_for", "looked_in", "found_instead"],
}
AXES = {
    "participants": ["states only", "multistakeholder"],
    "number": ["unilateral", "bilateral", "regional or plurilateral", "multilateral"],
    "subject": ["internet governance", "state security", "crime", "trade"],
}
QUOTED = re.compile(r'"([^"]+)"')
UNREAD = re.compile(r"\bAs the post has it\b|\bis said to\b")


def own_words() -> list[tuple[str, str]]:
    """Return place and text of each cell in our own words."""
    return [
        (f"{table}.csv, row {number}, {column}", row[column])
        for table, columns in OWN_WORDS.items()
        for number, row in enumerate(rows(table), start=1)
        for column in columns
        if row[column]
    ]


def coded_items() -> list[str]:
    """Return the ids of all passages and events that are to be coded."""
    passages = [row["id"] for row in rows("document_passages") if row["coded"] == "yes"]
    return passages + [row["id"] for row in rows("events")]


def by(table: str, column: str) -> dict[str, Row]:
    return {row[column]: row for row in rows(table)}


def codings_of(coder: str) -> dict[tuple[str, str], str]:
    """Return the values that a coder chose, by item and axis."""
    return {
        (row["item"], row["axis"]): row["value"] for row in rows("codings") if row["coder"] == coder
    }


# Own words


def test_own_words_end_with_a_full_stop_and_never_shout():
    # Prevents sentences that were cut off.
    assert [place for place, text in own_words() if not text.endswith(".") or "!" in text] == []


def test_four_words_in_quotation_marks_are_a_quotation():
    # Prevents words in somebody's mouth that nobody checked.
    texts = [row["text"].lower() for row in rows("quotations")]
    for place, text in own_words():
        for words in QUOTED.findall(text):
            if len(words.split()) > 3:
                assert any(words.lower().rstrip(".,") in known for known in texts), (place, words)


# The documents


def test_the_five_sources_that_the_post_cites_are_there_with_what_stands_around_them():
    # Prevents a reader that shows the post's choice of texts only.
    cited = {row["id"] for row in rows("documents") if row["cited_by_post"] == "yes"}
    assert cited == {
        "us-review-2009",
        "us-web-page-2015",
        "sepulveda-2013",
        "us-netmundial-2014",
        "zoller-2015",
    }
    assert len(rows("documents")) >= 3 * len(cited)


def test_a_document_is_called_like_its_source():
    # Prevents a document whose source is another text.
    assert [row["id"] for row in rows("documents") if row["id"] != row["source"]] == []


def test_documents_stand_in_order_of_their_dates():
    # Prevents a list in which the learner cannot see what came first.
    last = [first_and_last_day(row["date"])[1] for row in rows("documents")]
    assert last == sorted(last)


def test_a_state_that_states_its_policy_binds_nobody():
    # Prevents speeches and strategies that are called law.
    law = {row["kind"] for row in rows("documents") if row["force"] == "national law or order"}
    assert law == {"directive", "order"}
    for row in rows("documents"):
        if row["issuer_kind"] == "a state" and row["kind"] not in law:
            assert row["force"] == "none", row["id"]


def test_what_is_in_force_says_as_of_when():
    # Prevents an order that is shown as valid long after it may have ended.
    for row in rows("documents"):
        assert bool(row["as_of"]) == (row["stage"] == "in force"), row["id"]


def test_leaked_documents_say_that_they_were_leaked_and_when():
    # Prevents a secret paper that passes for a published one.
    leaked = {row["id"]: row["note"] for row in rows("documents") if "leaked" in row["note"]}
    assert set(leaked) == {"us-review-2009-annex-e", "us-ppd-20"}
    assert all("Snowden" in note and re.search(r"20\d\d", note) for note in leaked.values())


def test_no_document_of_lesson_04_tells_what_was_agreed_in_september_2015():
    # Prevents an outcome that is told before its lesson.
    tells = re.compile(r"25 September 2015|fact sheet of 2015|was agreed with China")
    for table in ("documents", "document_passages", "conflicting_figures"):
        for row in rows(table):
            assert not any(tells.search(text) for text in row.values()), row["id"]
    assert all(row["opens_in"] == "04" for row in rows("documents"))


# Their passages


def test_every_document_has_a_passage_and_every_passage_a_topic():
    # Prevents an empty page in the document reader.
    passages = rows("document_passages")
    assert {row["document"] for row in passages} == ids("documents")
    links = rows("document_passage_topics")
    assert {row["passage"] for row in links} == {row["id"] for row in passages}
    assert {row["topic"] for row in links} == ids("document_topics")


@pytest.mark.parametrize(
    ("table", "group"), [("document_passages", "document"), ("conflicting_figures", "question")]
)
def test_positions_count_from_one_and_what_belongs_together_stands_together(table, group):
    # Prevents rows that change places each time they are sorted.
    groups = [(name, list(found)) for name, found in groupby(rows(table), lambda r: r[group])]
    assert len(groups) == len({name for name, _ in groups})
    for name, found in groups:
        assert [row["position"] for row in found] == [str(n + 1) for n in range(len(found))], name


def test_a_passage_and_its_quotation_have_one_source_and_the_better_checked_is_the_quotation():
    # Prevents words of one text shown under another, and a paraphrase that claims too much.
    quotation = by("quotations", "id")
    for row in rows("document_passages"):
        if row["quotation"]:
            quoted = quotation[row["quotation"]]
            assert quoted["source"] == row["source"], row["id"]
            assert CHECKED.index(row["status"]) >= CHECKED.index(quoted["status"]), row["id"]


def test_what_nobody_could_read_says_so_and_quotes_nothing():
    # Prevents words in the mouth of a text that was not found.
    for row in rows("document_passages"):
        unread = row["status"] in {"not found", "unverified"}
        assert bool(UNREAD.search(row["paraphrase"])) == unread, row["id"]
        assert not (unread and row["quotation"]), row["id"]


def test_only_passages_that_were_read_are_coded_and_there_are_enough_of_them():
    # Prevents codings of words that perhaps nobody wrote, and figures that jump.
    coded = [row for row in rows("document_passages") if row["coded"] == "yes"]
    assert len(coded) >= 16
    assert {row["status"] for row in coded} <= {"primary", "secondary"}


# The scheme


def test_the_scheme_has_three_axes_and_a_way_out_on_each():
    # Prevents a coder who has to lie because no value fits.
    assert [row["axis"] for row in rows("coding_axes")] == list(AXES)
    for axis, values in AXES.items():
        found = [row for row in rows("coding_values") if row["axis"] == axis]
        assert [row["value"] for row in found] == [*values, "none of these"]
        assert [row["position"] for row in found] == [str(n + 1) for n in range(len(found))]


def test_every_value_says_how_to_decide_on_its_border():
    # Prevents a scheme that leaves the hard cases to taste.
    assert all(len(row["borderline"].split()) >= 12 for row in rows("coding_values"))


# The codings


def test_no_passage_has_the_id_of_an_event():
    # Prevents a coding of which nobody can say what was coded.
    assert ids("document_passages") & ids("events") == set()


def test_every_coder_codes_every_item_once_on_every_axis():
    # Prevents figures of agreement that rest on fewer items than they say.
    wanted = Counter((item, axis) for item in coded_items() for axis in AXES)
    coders = {row["coder"] for row in rows("codings")}
    assert "A" in coders and coders <= {"A", "B"}
    for coder in coders:
        found = Counter(
            (row["item"], row["axis"]) for row in rows("codings") if row["coder"] == coder
        )
        assert found == wanted, coder


def test_a_coding_has_a_value_of_its_axis_and_is_a_judgement_with_a_day():
    # Prevents a subject that is filed as a number of States.
    for row in rows("codings"):
        assert row["value"] in [*AXES[row["axis"]], "none of these"], row
        assert row["status"] == "judgement" and row["judged_on"], row


def test_no_coder_speaks_of_the_other():
    # Prevents two readings that are not independent.
    for row in rows("codings"):
        assert not re.search(r"\b(coder|other pass|both passes)\b", row["reason"], re.I), row


def test_speeches_orders_and_charges_are_unilateral_events():
    # Prevents the common mix of an act against another State with an act of two States.
    values = codings_of("A")
    for event in ("indictment-2014", "order-2015", "kerry-2015", "donilon-2013", "rousseff-2013"):
        assert values[f"event-{event}", "number"] == "unilateral", event


def test_a_proposed_rule_for_every_country_is_multilateral_as_a_passage():
    # Prevents a passage that is coded by who speaks, against the scheme.
    values = codings_of("A")
    for number in range(1, 6):
        assert values[f"kerry-{number}", "number"] == "multilateral", number


def test_neither_axis_can_be_told_from_another():
    # Prevents a set of items that would prove the post's mix of the three questions right.
    values = codings_of("A")
    pairs = {(values[item, "number"], values[item, "participants"]) for item in coded_items()}
    assert {("bilateral", "states only"), ("bilateral", "multistakeholder")} <= pairs
    assert {("multilateral", "states only"), ("multilateral", "multistakeholder")} <= pairs
    bilateral = {
        values[item, "subject"] for item in coded_items() if values[item, "number"] == "bilateral"
    }
    assert {"internet governance", "state security"} <= bilateral


# The events


def said(first: str, last: str) -> str:
    """Return two dates as prose says them, and one where there is only one."""

    def parts(text: str) -> list[str]:
        names = [*map(int, text.split("-"))]
        day = [str(names[2])] if len(names) == 3 else []
        return [*day, calendar.month_name[names[1]], str(names[0])]

    if not last:
        return " ".join(parts(first))
    one, two = parts(first), parts(last)
    shared = 0
    while shared < len(one) - 1 and one[-1 - shared] == two[-1 - shared]:
        shared += 1
    days = first_and_last_day(last)[0] - first_and_last_day(first)[1]
    return (
        f"{' '.join(one[: len(one) - shared])} {'and' if days.days == 1 else 'to'} {' '.join(two)}"
    )


def test_prose_says_the_date_of_an_event_as_the_table_has_it():
    # Prevents two dates for one event.
    for row in rows("events"):
        assert row["date_said"] == said(row["date"], row["date_end"]), row["id"]


def test_events_run_from_1998_to_2025_in_order_and_end_after_they_begin():
    # Prevents an event out of its place.
    days = [first_and_last_day(row["date"])[0] for row in rows("events")]
    assert days == sorted(days)
    assert (days[0].year, days[-1].year) == (1998, 2025)
    for row in rows("events"):
        if row["date_end"]:
            assert row["date"] < row["date_end"], row["id"]


def test_a_date_that_was_not_read_says_so():
    # Prevents a day from memory that passes for a checked one.
    unread = {
        row["id"]: row["note"] for row in rows("events") if row["date_status"] == "unverified"
    }
    assert set(unread) == {"event-two-tracks-2018"}
    assert all("general knowledge" in note for note in unread.values())


@pytest.mark.parametrize(
    ("column", "table"), [("document", "documents"), ("instrument", "instruments")]
)
def test_an_event_has_the_date_of_its_text_or_comes_later(column, table):
    # Prevents two dates for one text in two tables.
    issued = by(table, "id")
    for row in rows("events"):
        if row[column]:
            begun = first_and_last_day(issued[row[column]]["date"])[0]
            assert begun <= first_and_last_day(row["date_end"] or row["date"])[1], row["id"]
    days = {(row[column], row[day]) for row in rows("events") for day in ("date", "date_end")}
    for text in {row[column] for row in rows("events")} - {""}:
        assert (text, issued[text]["date"]) in days, text


def test_what_was_agreed_in_september_2015_opens_in_lesson_06():
    # Prevents an outcome that is told before its lesson.
    later = {row["id"] for row in rows("events") if row["opens_in"] != "04"}
    assert later == {"event-us-china-2015", "event-g20-2015"}
    for row in rows("events"):
        if row["opens_in"] == "04":
            assert "competitive advantage" not in row["what"], row["id"]


def test_two_things_happened_on_16_december_2015():
    # Prevents the loss of the day on which both ways of governing had their say.
    day = {row["id"] for row in rows("events") if row["date"] == "2015-12-16"}
    assert day == {"event-review-of-summit-2015", "event-wuzhen-2015"}


# Figures in conflict


def test_every_question_has_answers_that_differ():
    # Prevents a conflict in which nothing conflicts.
    for question, found in groupby(rows("conflicting_figures"), lambda row: row["question"]):
        figures = [row["figure"] for row in found]
        assert len(figures) == len(set(figures)) > 1, question


def test_a_number_is_the_one_in_its_figure():
    # Prevents a plot that shows another number than the text.
    for row in rows("conflicting_figures"):
        if not row["number"]:
            assert re.search(r"\b(19|20)\d\d\b", row["figure"]), row["id"]
            continue
        number = int(row["number"])
        stated = [n.replace(",", "") for n in re.findall(r"\d[\d.,]*", row["figure"])]
        if "million" in row["figure"]:
            assert number == round(float(stated[0]) * 1_000_000), row["id"]
        else:
            numbers = [int(n.strip(".")) for n in stated]
            assert number in {numbers[0], sum(numbers)}, row["id"]


def test_the_arithmetic_of_the_notes_is_right():
    # Prevents a subtraction that a learner can correct.
    number = {row["id"]: int(row["number"] or 0) for row in rows("conflicting_figures")}
    assert number["dubai-eligible"] - number["dubai-signed"] == number["dubai-not-signed"]
    assert number["opm-background"] / 1e6 == pytest.approx(19.7 + 1.8)
    summed = number["opm-records"] + number["opm-background"]
    assert (summed / 1e6, (summed - number["opm-all"]) / 1e6) == pytest.approx((25.7, 3.6))


def test_those_who_did_not_sign_at_dubai_are_called_a_subtraction():
    # Prevents the common error that 55 States voted against.
    note = by("conflicting_figures", "id")["dubai-not-signed"]["note"]
    assert "subtraction" in note and "no vote" in note


# Words that nobody found


def test_the_words_that_nobody_found_are_words_of_the_post_about_texts_that_it_cites():
    # Prevents a charge against the post that rests on another text.
    quotation, document = by("quotations", "id"), by("documents", "id")
    for row in rows("unfound_quotations"):
        assert quotation[row["words"]]["source"] == POST, row["id"]
        assert document[row["document"]]["cited_by_post"] == "yes", row["id"]
        assert row["status"] == "not found", row["id"]


def test_every_passage_that_the_post_quotes_in_vain_has_its_search():
    # Prevents a passage without a word on where it was looked for.
    searched = {row["document"] for row in rows("unfound_quotations")}
    unfound = {row["document"] for row in rows("document_passages") if row["status"] == "not found"}
    assert searched == unfound
    claimed = {
        row["quotation"]
        for row in rows("claims")
        if row["verdict_2015"] == "cannot be confirmed" and row["kind"] == "quotation"
    }
    assert claimed <= {row["words"] for row in rows("unfound_quotations")}


def test_no_date_is_later_than_the_day_of_the_judgements():
    # Prevents an event from the future.
    judged = max(date.fromisoformat(row["judged_on"]) for row in rows("codings"))
    assert max(first_and_last_day(row["date"])[1] for row in rows("events")) < judged
