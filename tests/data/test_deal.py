"""The tables on clauses, conduct and coverage: each rule says which failure it prevents."""

from __future__ import annotations

import re

from tests.data.tables import first_and_last_day, ids, rows

SLOTS = ("actor", "modality", "verb", "mental_element", "object", "qualifier", "exception")
BUILD_ONLY = {"m-must-not", "o-government-files", "e-self-defence"}
DEAL = "2015-09-25"

# The clauses


def test_the_words_of_a_clause_stand_in_its_quotation_letter_by_letter():
    # Prevents a comparison of words that nobody wrote.
    text = {row["id"]: row["text"] for row in rows("quotations")}
    for row in rows("clauses"):
        for slot in SLOTS:
            for piece in row[slot].split(" … "):
                assert piece in text[row["quotation"]], (row["id"], slot, piece)


def test_the_wording_of_a_clause_holds_its_quotation():
    # Prevents a paraphrase that is shown as the text.
    text = {row["id"]: row["text"] for row in rows("quotations")}
    for row in rows("clauses"):
        assert text[row["quotation"]] in row["wording"], row["id"]
        if row["wording"] != text[row["quotation"]]:
            assert row["note"], row["id"]


def test_every_norm_principle_and_agreement_in_play_is_taken_apart():
    # Prevents a text that the lesson names and the lab does not have.
    found = ids("clauses")
    assert {f"norm-13{letter}" for letter in "abcdefgj"} <= found
    assert {f"norm-13{letter}{part}" for letter in "hik" for part in "12"} <= found
    assert {f"kerry-{number}" for number in ("1", "2a", "2b", "3", "4", "5")} <= found
    instruments = {row["instrument"] for row in rows("clauses")}
    agreed = {"us-china", "uk-china", "g20-antalya", "australia-china", "canada-china"}
    assert agreed <= {id.rsplit("-", 1)[0] for id in instruments}
    assert {"g7-ise-shima-2016", "paris-call-2018", "xi-seattle-2015"} <= instruments


def test_nothing_that_was_agreed_on_25_september_2015_or_later_opens_before_lesson_06():
    # Prevents the outcome of a forecast from being told in lesson 05.
    date = {row["id"]: row["date"] for row in rows("instruments")}
    day = first_and_last_day(DEAL)[0]
    for row in rows("clauses"):
        later = first_and_last_day(date[row["instrument"]])[0] >= day
        assert row["opens_in"] == ("06" if later else "05"), row["id"]


def test_a_clause_has_the_stage_and_the_force_of_its_instrument():
    # Prevents a clause that binds more than the text in which it stands.
    of = {row["id"]: (row["stage"], row["force"]) for row in rows("instruments")}
    for row in rows("clauses"):
        assert (row["stage"], row["force"]) == of[row["instrument"]], row["id"]


def test_knowingly_stands_in_the_four_texts_that_have_it_and_in_no_other_on_theft():
    # Prevents the one word on which lesson 06 turns from wandering into another text.
    theft = {row["clause"] for row in rows("clause_parts") if row["part"] == "o-secrets"}
    known = {row["clause"] for row in rows("clause_parts") if row["part"] == "k-knowingly"}
    assert theft & known == {"us-china-ip", "g7-ip", "canada-china-ip"}
    assert theft - known == {"kerry-3", "uk-china-ip", "g20-ip", "australia-china-ip"}
    words = {row["id"]: row["mental_element"] for row in rows("clauses")}
    assert {id for id, text in words.items() if "knowingly" in text} == known


def test_the_not_is_lost_in_the_post_alone():
    # Prevents the change that the whole module starts from from being undone in the data.
    modal = {
        row["clause"]: row["part"] for row in rows("clause_parts") if row["slot"] == "modality"
    }
    assert modal["nyt-first-use"] == "m-will-not" and modal["post-first-use"] == "m-will"
    assert [id for id, part in modal.items() if part == "m-will"] == ["post-first-use"]


def test_whom_a_clause_speaks_to_is_all_supporters_or_states_that_are_known():
    # Prevents a promise held against a State that never made it.
    for row in rows("clauses"):
        assert row["bound"] in {"all", "supporters"} or set(row["bound"].split(";")) <= ids(
            "states"
        ), row["id"]


# The parts


def test_every_part_is_used_but_for_three_that_are_there_to_build_with():
    # Prevents parts that no clause has, and that a learner takes for common ones.
    used = {row["part"] for row in rows("clause_parts")}
    assert ids("parts") - used == BUILD_ONLY
    assert used <= ids("parts")


def test_every_clause_has_one_actor_one_modality_and_a_verb():
    # Prevents a clause that cannot be compared.
    for id in ids("clauses"):
        slots = [row["slot"] for row in rows("clause_parts") if row["clause"] == id]
        assert slots.count("actor") == slots.count("modality") == 1, id
        assert slots.count("verb") >= 1, id


def test_a_slot_with_words_has_a_part_that_says_what_they_mean():
    # Prevents words of a clause that its parts pass over in silence.
    filled = {(row["clause"], row["slot"]) for row in rows("clause_parts")}
    for row in rows("clauses"):
        for slot in ("actor", "modality", "verb", "mental_element", "object", "exception"):
            if row[slot]:
                assert (row["id"], slot.replace("_", " ")) in filled, (row["id"], slot)


def test_a_meaning_is_a_sentence():
    # Prevents a fragment in the list that explains the parts.
    for row in rows("parts"):
        assert re.fullmatch(r"[A-Z].*\.", row["meaning"]), row["id"]


# Conduct


def test_every_reading_of_conduct_is_a_judgement_with_its_day():
    # Prevents an invented case or a reading of an incident from passing for a fact.
    for table in ("part_tests", "conducts", "incident_conducts"):
        assert {row["status"] for row in rows(table)} == {"judgement"}
        assert {row["judged_on"] for row in rows(table)} == {"2026-11-25"}


def test_a_counter_reading_stands_where_one_can_argue_and_nowhere_else():
    # Prevents a doubt of which only one side is told.
    for row in rows("part_tests"):
        assert bool(row["counter"]) == (row["verdict"] == "arguable"), row


def test_an_invented_case_is_told_of_letters_and_not_of_states():
    # Prevents an invented deed from being laid at the door of a State.
    names = [row["name"] for row in rows("states")]
    for row in rows("conducts"):
        assert re.search("States? A", row["story"]), row["id"]
        assert not [name for name in names if name in row["story"] + row["label"]], row["id"]


def test_the_statement_behind_a_reading_of_an_incident_is_about_that_incident():
    # Prevents an incident that is read in the words of somebody who spoke of another.
    of = {row["id"]: row for row in rows("attributions")}
    for row in rows("incident_conducts"):
        statement = of[row["attribution"]]
        assert statement["incident"] == row["incident"], row["id"]
        assert statement["kind"] != "denial", row["id"]


def test_victims_are_states_that_are_known():
    # Prevents a protected State that the rule never finds.
    for row in rows("incident_conducts"):
        assert {id for id in row["victims"].split(";") if id} <= ids("states"), row["id"]


def test_incidents_that_the_lesson_names_are_read():
    # Prevents a clause lab without the cases that lesson 06 comes back to.
    named = {"opm", "great-cannon", "cloud-hopper", "exchange", "volt-typhoon"}
    assert named <= {row["incident"].rsplit("-", 1)[0] for row in rows("incident_conducts")}


def test_choices_bring_parts_that_exist():
    # Prevents a choice in the clause lab that stands for nothing.
    for row in rows("clause_choices"):
        assert {id for id in row["parts"].split(";") if id} <= ids("parts"), row["id"]
        assert bool(row["parts"]) == (row["label"] != "nothing"), row["id"]


# Coverage


def cells_of(coder: str) -> set[tuple[str, str]]:
    return {
        (row["instrument"], row["norm"] or row["interest"])
        for row in rows("coverage")
        if row["coder"] == coder
    }


def test_the_first_pass_judges_every_cell_of_the_matrix_once():
    # Prevents a cell that reads as silent because nobody has judged it.
    instruments = {row["instrument"] for row in rows("coverage")}
    own = {("un-a-70-174", id) for id in ids("norms")}
    every = {(i, t) for i in instruments for t in ids("norms") | ids("interests")} - own
    assert cells_of("A") == every
    assert len(rows("coverage")) == len({row["id"] for row in rows("coverage")})


def test_both_coders_judge_the_same_cells():
    # Prevents a cell that looks agreed because only one coder has judged it.
    assert {row["coder"] for row in rows("coverage")} == {"A", "B"}
    assert cells_of("A") == cells_of("B")


def test_a_judgement_is_on_a_norm_or_on_an_interest_and_named_for_it():
    # Prevents a row that stands in two rows of the matrix, or in none.
    for row in rows("coverage"):
        assert bool(row["norm"]) != bool(row["interest"]), row["id"]
        target = row["interest"] or row["norm"][-1]
        assert row["id"] == f"{row['instrument']}:{target}:{row['coder']}"
        assert row["status"] == "judgement" and row["judged_on"] == "2026-11-25"


def test_no_two_cells_of_a_text_have_the_same_reason():
    # Prevents a stock phrase in place of a reason.
    for instrument in {row["instrument"] for row in rows("coverage")}:
        reasons = [row["reason"] for row in rows("coverage") if row["instrument"] == instrument]
        again = {reason for reason in reasons if reasons.count(reason) > 1}
        assert not again, (instrument, again)


def test_an_interest_is_told_in_words_of_its_holder_or_says_where_it_stands():
    # Prevents a wish that is put into somebody's mouth.
    source_of = {row["id"]: row["source"] for row in rows("quotations")}
    for row in rows("interests"):
        assert not row["quotation"] or source_of[row["quotation"]] == row["source"], row["id"]
    holders = {row["holder"] for row in rows("interests")}
    assert {"United States", "China"} < holders


def test_interests_of_lesson_05_were_stated_before_the_deal():
    # Prevents hindsight about what a side wanted.
    for row in rows("interests"):
        if row["opens_in"] <= "05":
            assert row["date"] < DEAL, row["id"]
